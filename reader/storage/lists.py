"""Lists: the ids a scope shows, newest first, by walking the shortest index that serves."""

from __future__ import annotations

import heapq
import json
from array import array
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from reader.model.records import replace
from reader.storage.scopes import Moment, TagSize, Wanted, wanted
from reader.storage.walks import Key, checked, choose, flag, hit_walk, total

if TYPE_CHECKING:
    import sqlite3

    from reader.model.scope import Scope
    from reader.storage.packing import Ids

Clock = Callable[[], Moment]

_WINDOW = 2000
"""So many of the newest articles are looked through before all there is."""

_COMMON = 5000
"""Words with more hits than this are first looked for in the newest articles."""

# --- what heads ask


def ids(
    connection: sqlite3.Connection,
    scope: Scope,
    moment: Clock,
    *,
    limit: int | None = None,
    after: int | None = None,
) -> Ids:
    """The ids of the scope's articles in its order; at most ``limit``, from below ``after``."""
    asked = wanted(connection, scope, moment)
    if asked.words and asked.sort == "score":
        return _scored(connection, asked, limit, after)
    key = None if after is None else key_of(connection, after)
    most = -1 if limit is None else limit
    if limit is None and not asked.words:
        walk = choose(connection, asked, whole=True)[0]
        return array("q", (row[0] for row in walk.rows(connection, walk.id, key, most)))
    return array("q", (row[1] for row in keys(connection, asked, key, most)))


def next_unread(
    connection: sqlite3.Connection, scope: Scope, moment: Clock, after: int | None, *, back: bool
) -> int | None:
    """The nearest unread article of the scope below ``after``, or above it."""
    key = None if after is None else key_of(connection, after)
    if back and key is None:
        return None
    asked = replace(wanted(connection, scope, moment), unread=True)
    for _, article_id in keys(connection, asked, key, 1, back=back):
        return article_id
    return None


def counts(connection: sqlite3.Connection, scope: Scope, moment: Clock) -> tuple[int, int]:
    """How many articles the scope has, and how many of them are unread."""
    asked = wanted(connection, scope, moment)
    tagged_only = replace(asked, tags=[]).simple
    if asked.simple and not (asked.unread and asked.starred):
        return _counters(connection, asked)
    if len(asked.tags) == 1 and asked.feeds is None and not asked.starred and tagged_only:
        articles, unread = connection.execute(
            "SELECT articles, unread FROM tag WHERE id = ?", (asked.tags[0].id,)
        ).fetchone() or (0, 0)
        return (unread if asked.unread else articles), unread
    if asked.words or asked.rest:
        articles, unread = _count(connection, asked, "count(*), coalesce(sum(article.unread), 0)")
        return articles, unread
    articles = _count(connection, asked, "count(*)")[0]
    if asked.unread:
        return articles, articles
    return articles, _count(connection, replace(asked, unread=True), "count(*)")[0]


def new_since(connection: sqlite3.Connection, scope: Scope, moment: Clock, newest_id: int) -> int:
    """How many articles of the scope were stored after the article ``newest_id``."""
    if newest_id >= newest(connection):
        return 0
    walk = checked(wanted(connection, scope, moment), "article")
    where = " AND ".join(("article.id > ?", *walk.where))
    row = connection.execute(
        f"SELECT count(*) FROM article WHERE {where}",  # noqa: S608
        (newest_id, *walk.values),
    ).fetchone()
    return int(row[0])


def newest(connection: sqlite3.Connection) -> int:
    """The id of the article stored last, 0 in an empty library."""
    row = connection.execute("SELECT max(id) FROM article").fetchone()
    return row[0] or 0


# --- walking


def key_of(connection: sqlite3.Connection, article_id: int) -> Key | None:
    """An article's place in every list; None when it is gone."""
    row: Key | None = connection.execute(
        "SELECT published, id FROM article WHERE id = ?", (article_id,)
    ).fetchone()
    return row


def keys(
    connection: sqlite3.Connection,
    asked: Wanted,
    after: Key | None,
    limit: int,
    *,
    back: bool = False,
) -> Iterator[Key]:
    """The keys of what is wanted, at most ``limit`` (-1: all) from below ``after`` or above it."""
    if asked.words or asked.scan:
        return _scanned(connection, asked, after, limit, back=back)
    if after is None and asked.unread and len(asked.tags) == 1:
        limit = _capped(connection, asked.tags[0], limit)
    walks = choose(connection, asked, whole=limit < 0)
    pages = [walk.keys(connection, after, limit, back=back) for walk in walks]
    if len(pages) == 1:
        return pages[0]
    return islice(heapq.merge(*pages, reverse=not back), limit)


def _capped(connection: sqlite3.Connection, tag: TagSize, limit: int) -> int:
    """The limit, at most as many as the tag has: then its read articles need no looking at."""
    row = connection.execute("SELECT unread FROM tag WHERE id = ?", (tag.id,)).fetchone()
    most = 0 if row is None else int(row[0])
    return most if limit < 0 else min(limit, most)


# --- words, and what no index knows


def _scanned(
    connection: sqlite3.Connection, asked: Wanted, after: Key | None, limit: int, *, back: bool
) -> Iterator[Key]:
    """A page of what can only be found by looking at all there is, and then sorting it.

    If that is much, a page is likely among the newest articles: those are looked at first.
    """
    if asked.impossible:
        return iter(())
    if 0 < limit <= _WINDOW // 4 and _are_many(connection, asked):
        found = _in_window(connection, asked, after, limit, back=back)
        if found is not None:
            return iter(found)
    walk = hit_walk(asked) if asked.words else choose(connection, asked, whole=True)[0]
    return walk.keys(connection, after, limit, back=back)


def _are_many(connection: sqlite3.Connection, asked: Wanted) -> bool:
    if not asked.words:
        return True
    (hits,) = connection.execute(
        "SELECT count(*) FROM (SELECT 1 FROM word WHERE word MATCH ? LIMIT ?)",
        (asked.words, _COMMON),
    ).fetchone()
    return int(hits) == _COMMON


def _in_window(
    connection: sqlite3.Connection, asked: Wanted, after: Key | None, limit: int, *, back: bool
) -> list[Key] | None:
    """The page, if it lies within the nearest articles; None where it may not."""
    plain = replace(asked, words="", scan=False, rest=None if asked.scan else asked.rest)
    walk = choose(connection, replace(plain, tags=[]), whole=True)[0]
    walk = checked(plain, walk.source)
    columns = "article.published, article.id, article.body_id"
    window = list(walk.rows(connection, columns, after, _WINDOW, back=back))
    if asked.scan:
        fitting = _fitting(connection, asked, [row[1] for row in window])
        found = [(row[0], row[1]) for row in window if row[1] in fitting]
    else:
        bodies = [row[2] for row in window] or [0]
        hits = {
            row[0]
            for row in connection.execute(
                "SELECT rowid FROM word WHERE word MATCH ? AND rowid BETWEEN ? AND ?",
                (asked.words, min(bodies), max(bodies)),
            )
        }
        found = [(row[0], row[1]) for row in window if row[2] in hits]
    return found[:limit] if len(found) >= limit or len(window) < _WINDOW else None


def _fitting(connection: sqlite3.Connection, asked: Wanted, ids: Sequence[int]) -> set[int]:
    """Those of the articles that fulfil every condition."""
    walk = checked(asked, "json_each(?) AS near CROSS JOIN article ON article.id = near.value")
    rows = connection.execute(
        f"SELECT article.id FROM {walk.source} WHERE {' AND '.join(walk.where)}",  # noqa: S608
        (json.dumps(ids), *walk.values),
    )
    return {row[0] for row in rows}


def _scored(
    connection: sqlite3.Connection, asked: Wanted, limit: int | None, after: int | None
) -> Ids:
    """The best hits first; a title counts five times, an author twice what the text does."""
    walk = hit_walk(asked)
    rows = connection.execute(
        f"SELECT article.id FROM {walk.source} WHERE {' AND '.join(walk.where)}"  # noqa: S608
        " ORDER BY bm25(word, 5.0, 2.0, 1.0), article.published DESC, article.id DESC LIMIT ?",
        (*walk.values, -1 if limit is None or after is not None else limit),
    )
    found = array("q", (row[0] for row in rows))
    start = found.index(after) + 1 if after in found else 0
    return found[start:] if limit is None else found[start : start + limit]


# --- counting


def _counters(connection: sqlite3.Connection, asked: Wanted) -> tuple[int, int]:
    column = flag(asked).replace("newest", "articles")
    unread = "starred_unread" if asked.starred else "unread"
    return total(connection, column, asked.feeds), total(connection, unread, asked.feeds)


def _count(connection: sqlite3.Connection, asked: Wanted, sums: str) -> tuple[int, ...]:
    """Count by walking."""
    (walk,) = [hit_walk(asked)] if asked.words else choose(connection, asked, whole=True)
    counted: tuple[int, ...] = connection.execute(
        f"SELECT {sums} FROM {walk.source} WHERE {' AND '.join(walk.where)}",  # noqa: S608
        walk.values,
    ).fetchone()
    return counted
