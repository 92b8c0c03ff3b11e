"""What the screen asked to remember across starts."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping


def recall(connection: sqlite3.Connection) -> dict[str, str]:
    """Everything remembered."""
    return dict(connection.execute("SELECT key, value FROM memory"))


def remember(connection: sqlite3.Connection, values: Mapping[str, str]) -> None:
    """Keep values beside those remembered before."""
    connection.executemany(
        "INSERT INTO memory (key, value) VALUES (?, ?)"
        " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        values.items(),
    )


def remember_position(connection: sqlite3.Connection, article_id: int, position: float) -> None:
    """Keep how far an article was read."""
    connection.execute(
        "UPDATE article SET position = ? WHERE id = ?",
        (min(max(position, 0.0), 1.0), article_id),
    )
