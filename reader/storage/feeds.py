"""Sources, feeds, categories and the rows of the feed list."""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, TypeAlias

from reader.model.feed import Feed, FeedRow, Source
from reader.storage.times import to_seconds
from reader.text.terminal import SafeText, clean_line

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable
    from pathlib import Path

SAVED = 100
"""Saved smart feeds are numbered from here in the feed list; those that come along, below."""

LATER = "later"
"""The tag of what is to be read later; it has a smart feed of its own."""

_TODAY = timedelta(days=1)

_Children: TypeAlias = dict[int | None, list[tuple[int, str, bool]]]

_FEED = (
    "feed.id, source_id, kind, location, key, coalesce(nullif(name, ''), title), category_id,"
    " site, articles, unread, problem"
)

_FEED_ROWS = """
SELECT category_id, kind, feed.id, coalesce(nullif(name, ''), title), articles, unread,
    paused, problem
FROM feed JOIN source ON source.id = source_id
WHERE feed.removed_at IS NULL AND source.removed_at IS NULL
"""


def sources(connection: sqlite3.Connection) -> tuple[Source, ...]:
    """Every source that was not removed, in the order they were added."""
    rows = connection.execute(
        "SELECT id, kind, location FROM source WHERE removed_at IS NULL ORDER BY id"
    )
    return tuple(Source(id=row[0], kind=row[1], location=os.fsdecode(row[2])) for row in rows)


def add_source(connection: sqlite3.Connection, kind: str, location: str, now: datetime) -> Source:
    """The source at ``location``, made where it is missing and brought back where removed."""
    place = os.fsencode(location)
    connection.execute(
        "INSERT INTO source (kind, location, added_at) VALUES (?, ?, ?)"
        " ON CONFLICT (location) DO UPDATE SET removed_at = NULL",
        (kind, place, to_seconds(now)),
    )
    row = connection.execute("SELECT id, kind FROM source WHERE location = ?", (place,)).fetchone()
    return Source(id=row[0], kind=row[1], location=location)


def covering_folder(connection: sqlite3.Connection, path: Path) -> Source | None:
    """The folder source that ``path`` is or lies in, None where there is none."""
    for source in sources(connection):
        if source.kind == "folder" and path.is_relative_to(source.location):
            return source
    return None


def ensure(
    connection: sqlite3.Connection, source_id: int, titles: Iterable[str], now: datetime
) -> dict[str, int]:
    """The ids of a source's feeds by title, made where they are missing.

    The one feed of a web source is known by the empty title.
    """
    ids = {}
    for title in titles:
        connection.execute(
            "INSERT INTO feed (source_id, key, title, added_at) VALUES (?, ?, ?, ?)"
            " ON CONFLICT DO NOTHING",
            (source_id, title, title, to_seconds(now)),
        )
        ids[title] = connection.execute(
            "SELECT id FROM feed WHERE source_id = ? AND key = ?", (source_id, title)
        ).fetchone()[0]
    return ids


def feeds(connection: sqlite3.Connection) -> tuple[Feed, ...]:
    """Every feed that was not removed, by title."""
    paths = category_paths(connection)
    rows = connection.execute(
        f"SELECT {_FEED} FROM feed JOIN source ON source.id = source_id"  # noqa: S608
        " WHERE feed.removed_at IS NULL AND source.removed_at IS NULL"
    ).fetchall()
    found = [
        Feed(
            id=row[0],
            source_id=row[1],
            source_kind=row[2],
            location=os.fsdecode(row[3]),
            key=row[4],
            title=SafeText(row[5]),
            category=paths.get(row[6], ()),
            site=row[7],
            articles=row[8],
            unread=row[9],
            problem=SafeText(row[10]),
        )
        for row in rows
    ]
    return tuple(sorted(found, key=lambda feed: (feed.title.casefold(), feed.id)))


def category_paths(connection: sqlite3.Connection) -> dict[int, tuple[SafeText, ...]]:
    """The titles from the top to each category, itself included."""
    rows = {
        row[0]: (row[1], SafeText(row[2]))
        for row in connection.execute("SELECT id, parent_id, title FROM category")
    }

    def path(category_id: int | None) -> tuple[SafeText, ...]:
        if category_id is None:
            return ()
        parent, title = rows[category_id]
        return (*path(parent), title)

    return {category_id: path(category_id) for category_id in rows}


def describe(connection: sqlite3.Connection, feed_id: int, *, title: str, site: str) -> bool:
    """Keep what a feed says of itself; returns whether that is news. An empty title is none."""
    cursor = connection.execute(
        "UPDATE feed SET title = coalesce(nullif(?1, ''), title), site = ?2"
        " WHERE id = ?3 AND (title <> ?1 AND ?1 <> '' OR site <> ?2)",
        (title, site, feed_id),
    )
    return cursor.rowcount > 0


def relocate(connection: sqlite3.Connection, source_id: int, url: str) -> None:
    """Follow a source that moved for good; not where another source is there already."""
    connection.execute(
        "UPDATE OR IGNORE source SET location = ? WHERE id = ?", (os.fsencode(url), source_id)
    )


def collapse(connection: sqlite3.Connection, category_id: int, *, collapsed: bool) -> None:
    """Fold a category, or open it."""
    connection.execute("UPDATE category SET collapsed = ? WHERE id = ?", (collapsed, category_id))


def rows(connection: sqlite3.Connection, now: datetime) -> tuple[FeedRow, ...]:
    """The feed list from top to bottom, read from counters alone."""
    by_category: dict[int | None, list[FeedRow]] = {}
    children = _children(connection)
    depths = _depths(children)
    for category_id, kind, feed_id, title, articles, unread, paused, problem in connection.execute(
        _FEED_ROWS
    ):
        if articles or kind == "web":
            by_category.setdefault(category_id, []).append(
                FeedRow(
                    kind="feed",
                    id=feed_id,
                    title=SafeText(title),
                    depth=depths.get(category_id, 0),
                    unread=unread,
                    articles=articles,
                    paused=bool(paused),
                    problem=SafeText(problem),
                )
            )
    smart = (*_smart_rows(connection, now), *_saved_rows(connection))
    return (*smart, *_branch(children, by_category, None, 0))


def _smart_rows(connection: sqlite3.Connection, now: datetime) -> tuple[FeedRow, ...]:
    articles, unread, starred, starred_unread = connection.execute(
        "SELECT coalesce(sum(articles), 0), coalesce(sum(unread), 0), coalesce(sum(starred), 0),"
        " coalesce(sum(starred_unread), 0) FROM feed"
    ).fetchone()
    since = to_seconds(now - _TODAY)
    today = connection.execute(
        "SELECT count(*) FROM article WHERE away = 0 AND hidden = 0 AND published > ?", (since,)
    ).fetchone()[0]
    today_unread = connection.execute(
        "SELECT count(*) FROM article WHERE away = 0 AND hidden = 0 AND unread = 1"
        " AND published > ?",
        (since,),
    ).fetchone()[0]
    return tuple(
        FeedRow(
            kind="smart",
            id=place,
            title=clean_line(title),
            depth=0,
            unread=row_unread,
            articles=row_articles,
            query=query,
        )
        for place, (title, query, row_articles, row_unread) in enumerate(
            (
                ("All articles", "", articles, unread),
                ("Unread", "is:unread", unread, unread),
                ("Today", "age:<1d", today, today_unread),
                ("Starred", "is:starred", starred, starred_unread),
                ("Read later", f"#{LATER}", *_tagged_later(connection)),
            )
        )
    )


def _saved_rows(connection: sqlite3.Connection) -> list[FeedRow]:
    """The smart feeds that a person saved, with the numbers counted last."""
    found = connection.execute(
        "SELECT id, title, query, articles, unread FROM smart"
        " WHERE removed_at IS NULL ORDER BY position, id"
    )
    return [
        FeedRow(
            kind="smart",
            id=SAVED + row[0],
            title=SafeText(row[1]),
            depth=0,
            unread=row[4],
            articles=row[3],
            query=row[2],
        )
        for row in found
    ]


def _tagged_later(connection: sqlite3.Connection) -> tuple[int, int]:
    """How many articles are tagged to be read later, and how many of them are unread."""
    row = connection.execute("SELECT articles, unread FROM tag WHERE folded = ?", (LATER,))
    return row.fetchone() or (0, 0)


def _children(connection: sqlite3.Connection) -> _Children:
    """The categories inside each category, None for the top, in their order."""
    children: _Children = {}
    for category_id, parent_id, title, collapsed in connection.execute(
        "SELECT id, parent_id, title, collapsed FROM category"
        " WHERE removed_at IS NULL ORDER BY position, id"
    ):
        children.setdefault(parent_id, []).append((category_id, title, bool(collapsed)))
    return children


def _depths(children: _Children) -> dict[int | None, int]:
    """How deep the feeds of each category stand."""
    depths: dict[int | None, int] = {None: 0}
    waiting: list[int | None] = [None]
    while waiting:
        parent = waiting.pop()
        for category_id, _, _ in children.get(parent, ()):
            depths[category_id] = depths[parent] + 1
            waiting.append(category_id)
    return depths


def _branch(
    children: _Children,
    by_category: dict[int | None, list[FeedRow]],
    parent: int | None,
    depth: int,
) -> list[FeedRow]:
    branch: list[FeedRow] = []
    for category_id, title, collapsed in children.get(parent, ()):
        inside = _branch(children, by_category, category_id, depth + 1)
        direct = [row for row in inside if row.depth == depth + 1]
        branch.append(
            FeedRow(
                kind="category",
                id=category_id,
                title=SafeText(title),
                depth=depth,
                unread=sum(row.unread for row in direct),
                articles=sum(row.articles for row in direct),
                collapsed=collapsed,
            )
        )
        branch.extend(inside)
    branch.extend(
        sorted(by_category.get(parent, ()), key=lambda row: (row.title.casefold(), row.id))
    )
    return branch
