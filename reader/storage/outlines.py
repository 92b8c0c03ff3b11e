"""What imported lists said of feeds and categories beyond what is understood."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.text.terminal import clean_line

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

Path = tuple[str, ...]


def of_feeds(connection: sqlite3.Connection) -> dict[int, str]:
    """The attributes of each feed that has any, as JSON by its id."""
    return dict(connection.execute("SELECT id, attributes FROM feed WHERE attributes <> ''"))


def of_categories(connection: sqlite3.Connection) -> dict[Path, str]:
    """The attributes of each category that has any, as JSON by the titles from the top."""
    rows = {
        row[0]: row[1:]
        for row in connection.execute(
            "SELECT id, parent_id, title, attributes FROM category WHERE removed_at IS NULL"
        )
    }
    found: dict[Path, str] = {}
    for parent, title, attributes in rows.values():
        if attributes:
            path, above = [title], parent
            while above is not None:
                above, name, _ = rows[above]
                path.append(name)
            found[tuple(reversed(path))] = attributes
    return found


def describe(connection: sqlite3.Connection, categories: Iterable[tuple[Path, str]]) -> None:
    """Keep what a list said of categories that are there; what was said before stays."""
    for path, attributes in categories:
        place = _find(connection, path)
        if place is not None:
            connection.execute(
                "UPDATE category SET attributes = ? WHERE id = ? AND attributes = ''",
                (attributes, place),
            )


def _find(connection: sqlite3.Connection, path: Path) -> int | None:
    place: int | None = None
    for part in path:
        row = connection.execute(
            "SELECT id FROM category WHERE parent_id IS ? AND title = ? AND removed_at IS NULL",
            (place, clean_line(part, 200)),
        ).fetchone()
        if row is None:
            return None
        place = row[0]
    return place
