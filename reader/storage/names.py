"""The names a query can ask for, as completion offers them: those most used first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.text.words import key

if TYPE_CHECKING:
    import sqlite3

MOST = 50

_STATEMENTS = {
    "feed": (
        "SELECT coalesce(nullif(name, ''), title) FROM feed"
        " WHERE removed_at IS NULL AND articles > 0 ORDER BY articles DESC"
    ),
    "category": "SELECT title FROM category WHERE removed_at IS NULL ORDER BY position, id",
    "tag": "SELECT name FROM tag WHERE articles > 0 ORDER BY articles DESC, folded",
    "lang": "SELECT code FROM language WHERE code <> ''",
    "site": "SELECT host FROM site ORDER BY id",
    "author": (
        "SELECT author FROM (SELECT author FROM article INDEXED BY article_newest"
        " WHERE away = 0 AND hidden = 0 ORDER BY published DESC LIMIT 5000)"
        " WHERE author <> '' GROUP BY author ORDER BY count(*) DESC"
    ),
}

_EVERY = {
    "feed": (
        "SELECT coalesce(nullif(name, ''), title) FROM feed WHERE removed_at IS NULL"
        " ORDER BY articles DESC"
    ),
    "category": _STATEMENTS["category"],
    "tag": (
        "SELECT iif(merged_into IS NULL, name, folded) FROM tag"
        " WHERE articles > 0 OR merged_into IS NOT NULL ORDER BY articles DESC"
    ),
}


def every(connection: sqlite3.Connection, field: str) -> list[str]:
    """Every name of a feed, category or tag that a query can ask for, the most used first."""
    return [row[0] for row in connection.execute(_EVERY[field])]


def names(connection: sqlite3.Connection, field: str, typed: str = "") -> list[str]:
    """Names of a field (feed, category, tag, lang, site, author) that hold what was typed.

    At most ``MOST``. Authors are those of the newest 5,000 articles.
    """
    if field == "tag" and typed:
        rows = connection.execute(
            "SELECT DISTINCT meant.name FROM tag AS named"
            " JOIN tag AS meant ON meant.id = coalesce(named.merged_into, named.id)"
            " WHERE named.folded >= ?1 AND named.folded < ?1 || char(0x10ffff)"
            " AND meant.articles > 0 ORDER BY meant.articles DESC, meant.folded LIMIT ?2",
            (key(typed), MOST),
        )
        found = [row[0] for row in rows]
        if found:
            return found
    wanted = key(typed)
    matching = []
    for (name,) in connection.execute(_STATEMENTS[field]):
        if wanted in key(name):
            matching.append(name)
            if len(matching) == MOST:
                break
    return matching
