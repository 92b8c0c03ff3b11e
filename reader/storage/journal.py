"""The journal: what happened, in order, with enough to take it back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Literal, cast

from msgspec import Struct

from reader.model.change import Actor, JournalEntry
from reader.storage.memory import recall, remember
from reader.storage.packing import Ids, pack, unpack
from reader.storage.times import from_seconds, to_seconds
from reader.text.terminal import SafeText

if TYPE_CHECKING:
    import sqlite3
    from array import array
    from collections.abc import Collection, Mapping
    from datetime import datetime

Verb = Literal[
    "read", "starred", "hidden", "tag", "retag", "stored", "digested", "feeds", "tags", "merge"
]
"""What a row did: set a mark, put a tag on articles or took it off, did so with several, stored
articles, looked into their texts, changed the feed list or the list of tags, merged a tag into
another."""

BY_PERSON = ("key", "cli")
"""Whose changes undo takes back when it is not told which."""

TOLD_FOR_S = 86_400
"""How long rows that only tell other sessions are kept."""

KEPT = 10_000
"""How many changes are kept to be taken back."""

_PRUNED_EVERY = 512
_PRUNED = "journal.pruned"

_COLUMNS = "id, session, at, actor, undone, verb, value, subject, label, articles, payload"


class Row(Struct, frozen=True, kw_only=True):
    """A line of the journal.

    ``value`` and ``subject`` are the verb's: the mark's value, whether a tag was put on
    and its name. ``undone`` is the id of the row that took it back, else 0.
    """

    id: int
    session: int
    at: int
    actor: Actor
    undone: int
    verb: Verb
    value: bool
    subject: str
    label: str
    articles: int
    payload: bytes

    @property
    def parts(self) -> dict[str, array[int]]:
        """The ids that it was about, by their names."""
        return unpack(self.payload)

    @property
    def entry(self) -> JournalEntry:
        """The row as a line of the history."""
        return JournalEntry(
            id=self.id,
            at=from_seconds(self.at),
            actor=self.actor,
            label=SafeText(self.label),
            articles=self.articles,
            undone=bool(self.undone),
        )


class Writer(Struct, frozen=True, kw_only=True):
    """Who writes journal rows, and when: what every state change is signed with."""

    session: int
    at: datetime
    actor: Actor = "key"


def write(
    connection: sqlite3.Connection,
    writer: Writer,
    verb: Verb,
    parts: Mapping[str, Ids],
    *,
    value: bool = True,
    subject: str = "",
    label: str = "",
    articles: int = 0,
    undoable: bool = True,
) -> int:
    """Append a row inside the caller's transaction; returns its id."""
    cursor = connection.execute(
        "INSERT INTO journal (at, session, actor, undoable, verb, value, subject, label,"
        " articles, payload) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            to_seconds(writer.at),
            writer.session,
            writer.actor,
            undoable,
            verb,
            value,
            subject,
            label,
            articles,
            pack(parts),
        ),
    )
    row_id = cast("int", cursor.lastrowid)
    if row_id % _PRUNED_EVERY == 0:
        _prune(connection, to_seconds(writer.at))
    return row_id


def _prune(connection: sqlite3.Connection, now: int) -> None:
    """Forget what every session has heard of, and the oldest of what can be taken back."""
    dropped = connection.execute(
        "DELETE FROM journal WHERE undoable = 0 AND at < ? OR undoable = 1 AND id <="
        " (SELECT id FROM journal WHERE undoable = 1 ORDER BY id DESC LIMIT 1 OFFSET ?)"
        " RETURNING id",
        (now - TOLD_FOR_S, KEPT),
    ).fetchall()
    if dropped:
        remember(connection, {_PRUNED: str(max(row[0] for row in dropped))})


def set_undone(connection: sqlite3.Connection, row_id: int, undone: int) -> None:
    """Note which row took ``row_id`` back, or with 0 that it holds again."""
    connection.execute("UPDATE journal SET undone = ? WHERE id = ?", (undone, row_id))


def history(connection: sqlite3.Connection, limit: int) -> list[JournalEntry]:
    """The newest undoable rows."""
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM journal WHERE undoable = 1 ORDER BY id DESC LIMIT ?",  # noqa: S608
        (limit,),
    )
    return [_row(row).entry for row in rows]


def to_undo(
    connection: sqlite3.Connection,
    row_id: int | None,
    *,
    session: int = 0,
    known: Collection[int] = (),
) -> Row | None:
    """The row that undo takes back: the given one, else the newest that holds.

    What the person did in this ``session`` comes first: two screens, or one and a script, do
    not take each other's changes back while they have their own. A row of this session that
    another one took back is given as well, so that it can be told, unless it is ``known``.
    """
    if row_id is not None:
        return _one(connection, "undoable = 1 AND id = ?", row_id)
    own = _one(connection, _MINE, *BY_PERSON, session, session, json.dumps(list(known)))
    return own or _one(connection, "undoable = 1 AND undone = 0 AND actor IN (?, ?)", *BY_PERSON)


_MINE = (
    "undoable = 1 AND actor IN (?, ?) AND session = ? AND (undone = 0 OR EXISTS (SELECT 1"
    " FROM journal AS back WHERE back.id = journal.undone AND back.session <> ?))"
    " AND NOT (undone > 0 AND id IN (SELECT value FROM json_each(?)))"
)


def to_redo(connection: sqlite3.Connection) -> Row | None:
    """The row undone last, unless the person did something new since."""
    row = connection.execute(
        "SELECT id, undone FROM journal WHERE undoable = 1 AND undone > 0"
        " ORDER BY undone DESC LIMIT 1"
    ).fetchone()
    if row is None:
        return None
    newest = _one(connection, "undoable = 1 AND actor IN (?, ?)", *BY_PERSON)
    if newest is not None and newest.id > row[1]:
        return None
    return _one(connection, "undoable = 1 AND id = ?", row[0])


def newest(connection: sqlite3.Connection) -> int:
    """The id of the last row of any kind, 0 where there is none."""
    row = connection.execute("SELECT max(id) FROM journal").fetchone()
    return row[0] or 0


def since(connection: sqlite3.Connection, row_id: int) -> list[Row] | None:
    """The rows after ``row_id``, oldest first; None where some are forgotten already."""
    if int(recall(connection).get(_PRUNED, "0")) > row_id:
        return None
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM journal WHERE id > ? ORDER BY id",  # noqa: S608
        (row_id,),
    )
    return [_row(row) for row in rows]


def _one(connection: sqlite3.Connection, where: str, *values: object) -> Row | None:
    row = connection.execute(
        f"SELECT {_COLUMNS} FROM journal WHERE {where} ORDER BY id DESC LIMIT 1",  # noqa: S608
        values,
    ).fetchone()
    return None if row is None else _row(row)


def _row(row: tuple[Any, ...]) -> Row:
    names = _COLUMNS.split(", ")
    values = dict(zip(names, row, strict=True))
    values["value"] = bool(values["value"])
    return Row(**values)
