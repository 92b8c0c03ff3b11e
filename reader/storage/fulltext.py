"""The full text: filled when an article brings its text along, else behind in small steps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.storage.packing import unpack_body
from reader.text.words import fold

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from reader.storage.intents import Incoming
    from reader.storage.store import Store

INDEXED_CHARACTERS = 1_000_000
"""So much of a text can be found."""

_INSERT = "INSERT INTO word (rowid, title, author, text) VALUES (?, ?, ?, ?)"


def index(connection: sqlite3.Connection, bodies: Iterable[tuple[int, Incoming]]) -> None:
    """Make articles that brought their visible text findable, by their bodies' ids."""
    connection.executemany(
        _INSERT,
        [
            (
                body_id,
                fold(item.article.title),
                fold(", ".join(item.article.authors)),
                fold(item.text),
            )
            for body_id, item in bodies
            if item.text is not None
        ],
    )


def is_complete(connection: sqlite3.Connection) -> bool:
    """Whether every article can be found."""
    return connection.execute("SELECT 1 FROM body WHERE indexed = 0 LIMIT 1").fetchone() is None


def catch_up(store: Store, limit: int = 200) -> int:
    """Make up to ``limit`` of the articles findable that are not yet; returns how many there were.

    Call it until it returns 0. Texts are read and folded outside the transaction, which
    then takes a few milliseconds; several sessions may do this at once.
    """
    from reader.text.plain import visible_text

    with store.read() as connection:
        waiting = connection.execute(
            "SELECT body.id, title, author, body.kind, body.raw, full_text.kind, full_text.raw"
            " FROM body JOIN article ON article.body_id = body.id"
            " LEFT JOIN full_text ON full_text.article_id = article.id"
            " WHERE indexed = 0 ORDER BY body.id LIMIT ?",
            (limit,),
        ).fetchall()
    words = {
        body_id: (
            fold(title),
            fold(author),
            "\n".join(
                fold(visible_text(unpack_body(raw), kind, INDEXED_CHARACTERS))
                for kind, raw in zip(texts[::2], texts[1::2], strict=True)
                if raw is not None
            ),
        )
        for body_id, title, author, *texts in waiting
    }
    with store.write() as connection:
        still = [body_id for body_id in words if _claim(connection, body_id)]
        connection.executemany(_INSERT, [(body_id, *words[body_id]) for body_id in still])
        if len(waiting) < limit:
            # What is left are revisions that were replaced before their turn came.
            connection.execute(
                "UPDATE body SET indexed = 1 WHERE indexed = 0 AND id NOT IN"
                " (SELECT body_id FROM article WHERE article.id = body.article_id)"
            )
    return len(waiting)


def _claim(connection: sqlite3.Connection, body_id: int) -> bool:
    """Whether the body still waits; from now on it does not."""
    cursor = connection.execute(
        "UPDATE body SET indexed = 1 WHERE id = ? AND indexed = 0", (body_id,)
    )
    return cursor.rowcount == 1
