"""Categories as a person arranges them inside each other; undoable."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.storage import subscriptions

if TYPE_CHECKING:
    import sqlite3

    from reader.storage.journal import Writer


def move(
    connection: sqlite3.Connection, writer: Writer, category_id: int, path: tuple[str, ...]
) -> int:
    """Put a category into the one at ``path``, made where it is missing; () is the top.

    0, and nothing done, where it would come to lie inside itself.
    """
    parent = subscriptions.ensure_category(connection, path)
    above = parent
    while above is not None:
        if above == category_id:
            return 0
        above = connection.execute(
            "SELECT parent_id FROM category WHERE id = ?", (above,)
        ).fetchone()[0]
    return subscriptions.edit(
        connection,
        writer,
        [("category", category_id, {"parent_id": parent})],
        label=f"moved a category to {' / '.join(path) or 'the top'}",
    )


def path(connection: sqlite3.Connection, category_id: int) -> tuple[str, ...]:
    """The titles from the top down to a category."""
    titles: list[str] = []
    here: int | None = category_id
    while here is not None:
        here, title = connection.execute(
            "SELECT parent_id, title FROM category WHERE id = ?", (here,)
        ).fetchone()
        titles.append(title)
    return tuple(reversed(titles))


def paths(connection: sqlite3.Connection) -> list[tuple[str, ...]]:
    """Every category as the titles from the top, in alphabetical order."""
    ids = connection.execute("SELECT id FROM category WHERE removed_at IS NULL").fetchall()
    return sorted((path(connection, row[0]) for row in ids), key=_folded)


def _folded(titles: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(title.casefold() for title in titles)
