"""Doing, undoing and redoing what a person does to articles, with the journal row beside it."""

from __future__ import annotations

from array import array
from dataclasses import replace
from typing import TYPE_CHECKING

from reader.model.change import (
    ArticlesMarked,
    ArticlesStored,
    Change,
    FeedsChanged,
    JournalEntry,
    LibraryChanged,
    Mark,
    TagsEdited,
)
from reader.storage import copies, journal, marks, tags
from reader.text.terminal import SafeText, clean_line

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping

    from reader.storage.journal import Row, Verb, Writer
    from reader.storage.packing import Ids

_MARK_LABELS = {
    ("read", True): "marked read",
    ("read", False): "marked unread",
    ("starred", True): "starred",
    ("starred", False): "unstarred",
    ("hidden", True): "hidden",
    ("hidden", False): "shown again",
}


def mark(
    connection: sqlite3.Connection,
    writer: Writer,
    ids: Iterable[int],
    mark: Mark,
    *,
    value: bool,
    by: str = "",
) -> ArticlesMarked:
    """Set a mark, on what stands behind the articles too, and journal it.

    ``by`` is the rule that wants it.
    """
    changed = marks.set_mark(connection, copies.with_copies(connection, ids), mark, value=value)
    listed = copies.without_copies(connection, changed)
    row_id = 0
    if changed:
        if mark == "hidden" and value:
            marks.sign_hidden(connection, changed, by)
        row_id = _write(
            connection,
            writer,
            mark,
            {"ids": changed},
            value=value,
            subject=by,
            label=f"{_articles(listed)} {_MARK_LABELS[mark, value]}{_by(by)}",
            articles=len(listed),
        )
    return ArticlesMarked(
        mark=mark, value=value, ids=tuple(listed), journal_id=row_id, actor=writer.actor
    )


def tag(
    connection: sqlite3.Connection,
    writer: Writer,
    ids: Iterable[int],
    name: str,
    *,
    add: bool,
    by: str = "",
) -> TagsEdited:
    """Put a user tag on articles, or take a tag of any kind from them; journal it.

    ``by`` is the rule that wants it.
    """
    safe = clean_line(name)
    parts = _edit_tag(connection, ids, safe, add=add)
    changed = _changed(parts)
    row_id = 0
    if changed:
        label = f"{_articles(changed)} {'tagged' if add else 'untagged'} {safe}{_by(by)}"
        row_id = _write(connection, writer, "tag", parts, value=add, subject=safe, label=label)
    return TagsEdited(
        tag=safe, added=add, ids=tuple(changed), journal_id=row_id, actor=writer.actor
    )


def undo(
    connection: sqlite3.Connection, writer: Writer, row_id: int | None
) -> tuple[JournalEntry, Change] | None:
    """Take a row back, for the articles that still are as it left them."""
    row = journal.to_undo(connection, row_id)
    if row is None:
        return None
    if row.undone:
        return row.entry, _change(row, array("q"), value=not row.value)
    return _reverse(connection, writer, row, redo=False)


def redo(connection: sqlite3.Connection, writer: Writer) -> tuple[JournalEntry, Change] | None:
    """Do the row undone last again."""
    row = journal.to_redo(connection)
    return None if row is None else _reverse(connection, writer, row, redo=True)


def told(row: Row) -> Change:
    """What a row of another session did, as a Change."""
    parts = row.parts
    if row.verb == "stored":
        return ArticlesStored(
            source_id=parts["source"][0],
            feed_ids=tuple(parts["feeds"]),
            new=tuple(parts["new"]),
            changed=tuple(parts["changed"]),
            gone=tuple(parts["gone"]),
        )
    if row.verb == "feeds":
        return FeedsChanged()
    if row.verb in ("digested", "tags", "merge"):
        return LibraryChanged()
    return _change(replace(row, id=0, actor="other"), _changed(parts), value=row.value)


def _reverse(
    connection: sqlite3.Connection, writer: Writer, row: Row, *, redo: bool
) -> tuple[JournalEntry, Change]:
    value = row.value if redo else not row.value
    changed: Ids = array("q")
    if row.verb in ("feeds", "tags"):
        from reader.storage import subscriptions

        subscriptions.reverse(connection, row, redo=redo)
    elif row.verb == "merge":
        from reader.storage import tagedits

        tagedits.reverse(connection, row, redo=redo)
    elif row.verb == "tag":
        changed = _reverse_tag(connection, row, redo=redo)
    else:
        mark: Mark = row.verb  # type: ignore[assignment]
        changed = marks.set_mark(connection, row.parts["ids"], mark, value=value)
        if mark == "hidden" and redo and value:
            marks.sign_hidden(connection, changed, row.subject)
    undo_id = _write(
        connection, writer, row.verb, {"ids": changed}, value=value, subject=row.subject,
        undoable=False,
    )  # fmt: skip
    journal.set_undone(connection, row.id, 0 if redo else undo_id)
    entry = replace(row.entry, undone=not redo)
    return entry, _change(row, copies.without_copies(connection, changed), value=value)


def _reverse_tag(connection: sqlite3.Connection, row: Row, *, redo: bool) -> Ids:
    parts = row.parts
    if redo:
        return _changed(_edit_tag(connection, _changed(parts), row.subject, add=row.value))
    if not row.value:
        return tags.restore(connection, row.subject, parts)
    changed = _changed(tags.take_off(connection, parts["user"], row.subject))
    tags.keep_off(connection, parts["freed"], row.subject)
    return changed


def _edit_tag(
    connection: sqlite3.Connection, ids: Iterable[int], name: str, *, add: bool
) -> dict[str, Ids]:
    """The ids of the articles that changed, by the kind of tag they have or had.

    ``freed`` are those among them that a person had taken the tag from.
    """
    if add:
        changed, freed = tags.put_on(connection, ids, name, "user")
        return {"user": changed, "freed": freed}
    parts = tags.take_off(connection, ids, name)
    tags.keep_off(connection, _changed(parts), name)
    return parts


def _changed(parts: Mapping[str, Ids]) -> Ids:
    return array("q", sorted(one for name, ids in parts.items() if name != "freed" for one in ids))


def _change(row: Row, changed: Ids, *, value: bool) -> Change:
    """The Change of a row, for the articles that changed."""
    if row.verb == "feeds":
        return FeedsChanged(journal_id=row.id)
    if row.verb in ("tags", "merge"):
        return LibraryChanged()
    row_id = row.id if changed else 0
    if row.verb == "tag":
        return TagsEdited(
            tag=SafeText(row.subject),
            added=value,
            ids=tuple(changed),
            journal_id=row_id,
            actor=row.actor,
        )
    mark: Mark = row.verb  # type: ignore[assignment]
    return ArticlesMarked(
        mark=mark, value=value, ids=tuple(changed), journal_id=row_id, actor=row.actor
    )


def _write(
    connection: sqlite3.Connection,
    writer: Writer,
    verb: Verb,
    parts: Mapping[str, Ids],
    *,
    value: bool,
    subject: str = "",
    label: str = "",
    articles: int | None = None,
    undoable: bool = True,
) -> int:
    return journal.write(
        connection,
        writer,
        verb,
        parts,
        value=value,
        subject=subject,
        label=label,
        articles=len(_changed(parts)) if articles is None else articles,
        undoable=undoable,
    )


def _by(rule: str) -> str:
    return f" by the rule {rule}" if rule else ""


def _articles(ids: Ids) -> str:
    return "1 article" if len(ids) == 1 else f"{len(ids):,} articles"
