"""Marks on articles: read, starred, hidden; and taking them back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from reader.storage.counters import count, touch

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from reader.model.change import Mark
    from reader.storage.packing import Ids

_COLUMN = {"read": "unread", "starred": "starred", "hidden": "hidden"}


def set_mark(connection: sqlite3.Connection, ids: Iterable[int], mark: Mark, *, value: bool) -> Ids:
    """Set a mark; returns the ids of which it was not true before, ascending."""
    column = _COLUMN[mark]
    stored = int(value) if mark != "read" else int(not value)
    changed = touch(connection, ids, where=f"article.{column} = {1 - stored}")
    if not changed:
        return changed
    update = f"UPDATE article SET {column} = {stored} WHERE id IN (SELECT id FROM touched)"  # noqa: S608
    if mark == "hidden":
        # What is hidden is not counted, so this is counted while it can be seen.
        if value:
            count(connection, -1)
        connection.execute(update)
        if not value:
            count(connection, 1)
    else:
        connection.execute(update)
        count(connection, 1 if stored else -1, "unread" if mark == "read" else "starred")
    return changed


def sign_hidden(connection: sqlite3.Connection, ids: Iterable[int], by: str) -> None:
    """Note which rule hid articles, "" for a person."""
    connection.execute(
        "UPDATE detail SET hidden_by = ? WHERE article_id IN (SELECT value FROM json_each(?))",
        (by, json.dumps(list(ids))),
    )
