"""The texts that articles had before, and which of them a person read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from reader.storage.packing import unpack, unpack_body
from reader.storage.times import from_seconds, to_seconds

if TYPE_CHECKING:
    import sqlite3
    from datetime import datetime

    from reader.text.blocks import BodyKind

_MOST_MARKS = 20_000
"""Marks that are looked through for the last time an article was read."""


class StoredText(Struct, frozen=True):
    """A text as it is stored; the article's newest is ``current``."""

    id: int
    stored: datetime
    kind: BodyKind
    body: str
    current: bool


def texts(connection: sqlite3.Connection, article_id: int) -> list[StoredText]:
    """Every text of an article, the oldest first; those that were let go are left out."""
    rows = connection.execute(
        "SELECT body.id, saved_at, kind, raw, body.id = body_id FROM body"
        " JOIN article ON article.id = article_id WHERE article_id = ? ORDER BY body.id",
        (article_id,),
    ).fetchall()
    found = [
        StoredText(row[0], from_seconds(row[1]), row[2], unpack_body(row[3]), bool(row[4]))
        for row in rows
    ]
    return [one for one in found if one.body or one.current]


def read_before(
    connection: sqlite3.Connection, article_id: int, moment: datetime
) -> datetime | None:
    """When an article was last marked read before a moment, None where that is not known."""
    rows = connection.execute(
        "SELECT at, payload FROM journal WHERE verb = 'read' AND value = 1 AND at <= ?"
        " ORDER BY id DESC LIMIT ?",
        (to_seconds(moment), _MOST_MARKS),
    )
    for at, payload in rows:
        if any(article_id in ids for ids in unpack(payload).values()):
            return from_seconds(at)
    return None
