"""The full text: filling it, at once or behind."""

import sqlite3
from collections.abc import Iterable

from reader.storage.intents import Incoming
from reader.text.words import fold


def index(connection: sqlite3.Connection, bodies: Iterable[tuple[int, Incoming]]) -> None:
    """Make articles that brought their visible text findable, by their bodies' ids."""
    connection.executemany(
        "INSERT INTO word (rowid, title, author, text) VALUES (?, ?, ?, ?)",
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
