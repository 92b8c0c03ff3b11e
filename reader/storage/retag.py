"""Putting tags on articles and taking them off, one or several at once, with the way back."""

from __future__ import annotations

import json
from array import array
from typing import TYPE_CHECKING, TypeAlias

from reader.storage import tags

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping, Sequence

    from reader.storage.packing import Ids

Edits: TypeAlias = list[tuple[str, bool]]
"""Names of tags, each with whether it is put on."""
Parts: TypeAlias = "dict[str, Ids]"


def edit(connection: sqlite3.Connection, ids: Iterable[int], name: str, *, add: bool) -> Parts:
    """Put a tag on, or take it off; what is needed to take that back.

    The ids of the articles that changed, by the kind of tag they have or had; ``freed`` are
    those among them that a person had taken the tag from.
    """
    if add:
        changed, freed = tags.put_on(connection, ids, name, "user")
        return {"user": changed, "freed": freed}
    parts = tags.take_off(connection, ids, name)
    tags.keep_off(connection, changed_of(parts), name)
    return parts


def reverse(
    connection: sqlite3.Connection,
    parts: Mapping[str, Ids],
    name: str,
    *,
    add: bool,
    redo: bool,
) -> Ids:
    """Take an edit back, or do it again; the articles that changed."""
    if redo:
        return changed_of(edit(connection, changed_of(parts), name, add=add))
    if not add:
        return tags.restore(connection, name, parts)
    changed = changed_of(tags.take_off(connection, parts["user"], name))
    tags.keep_off(connection, parts["freed"], name)
    return changed


def edit_all(
    connection: sqlite3.Connection, ids: Sequence[int], edits: Edits
) -> tuple[Edits, Parts]:
    """Do several edits; those that changed something, and the parts of all of them.

    The parts of each edit begin with its number and a point.
    """
    done: Edits = []
    parts: Parts = {}
    for name, add in edits:
        found = edit(connection, ids, name, add=add)
        if any(found.values()):
            parts |= {f"{len(done)}.{kind}": mine for kind, mine in found.items()}
            done.append((name, add))
    return done, parts


def reverse_all(
    connection: sqlite3.Connection, parts: Mapping[str, Ids], subject: str, *, redo: bool
) -> Ids:
    """Take several edits back, the last one first, or do them again."""
    edits = list(enumerate(read_subject(subject)))
    changed: set[int] = set()
    for number, (name, add) in edits if redo else reversed(edits):
        begin = f"{number}."
        mine = {kind.removeprefix(begin): ids for kind, ids in parts.items()
                if kind.startswith(begin)}  # fmt: skip
        changed.update(reverse(connection, mine, name, add=add, redo=redo))
    return array("q", sorted(changed))


def subject_of(edits: Edits) -> str:
    """Edits as what a line of the journal is about."""
    return json.dumps(edits)


def read_subject(subject: str) -> Edits:
    """The edits of ``subject_of``."""
    return [(name, add) for name, add in json.loads(subject)]


def changed_of(parts: Mapping[str, Ids]) -> Ids:
    """The articles that parts are about, ascending."""
    found = {one for kind, ids in parts.items() if not kind.endswith("freed") for one in ids}
    return array("q", sorted(found))


def told(edits: Edits) -> str:
    """Edits as a person would say them: ``tagged a, b, untagged c``."""
    on = ", ".join(name for name, add in edits if add)
    off = ", ".join(name for name, add in edits if not add)
    return ", ".join(part for part in (on and f"tagged {on}", off and f"untagged {off}") if part)
