"""Lists: the ids a scope shows, newest first, by walking an index and never by counting rows."""

import heapq
import sqlite3
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from reader.model.errors import QueryMistaken
from reader.model.scope import Scope, Show

_SMART: dict[str, Show] = {"is:unread": "unread", "is:starred": "starred"}
_SHOW = {"all": "", "unread": " AND article.unread = 1", "starred": " AND article.starred = 1"}
_INDEX = {"all": "newest", "unread": "unread", "starred": "starred"}
_CATEGORY = """
WITH RECURSIVE inside (id) AS (
    SELECT ? UNION SELECT category.id FROM category JOIN inside ON parent_id = inside.id
)
SELECT feed.id FROM inside CROSS JOIN feed ON category_id = inside.id WHERE removed_at IS NULL
"""

Key = tuple[int, int]
"""An article's place in every list: when it was published, and its id."""


@dataclass(frozen=True, slots=True)
class _Walk:
    """One index walked in order: ``source`` (FROM), conditions, and the columns of the key."""

    source: str
    where: str
    parameters: tuple[object, ...]
    published: str = "article.published"
    id: str = "article.id"

    def keys(
        self, connection: sqlite3.Connection, after: Key | None, limit: int, *, back: bool
    ) -> Iterator[Key]:
        """Keys from below ``after`` downwards, or from above it upwards."""
        order, side = ("ASC", ">") if back else ("DESC", "<")
        where, values = self.where, self.parameters
        if after is not None:
            where += f" AND ({self.published}, {self.id}) {side} (?, ?)"
            values = (*values, *after)
        return connection.execute(
            f"SELECT {self.published}, {self.id} FROM {self.source} WHERE {where}"  # noqa: S608
            f" ORDER BY {self.published} {order}, {self.id} {order} LIMIT ?",
            (*values, limit),
        )


def ids(
    connection: sqlite3.Connection, scope: Scope, limit: int | None, after: int | None
) -> "array[int]":
    """The ids of the scope's articles, newest first; at most ``limit``, from below ``after``."""
    key = None if after is None else _key(connection, after)
    if limit is None:
        limit = -1
    return array("q", [row[1] for row in _keys(connection, scope, key, limit)])


def next_unread(
    connection: sqlite3.Connection, scope: Scope, after: int | None, *, back: bool
) -> int | None:
    """The nearest unread article of the scope below ``after``, or above it."""
    key = None if after is None else _key(connection, after)
    if back and key is None:
        return None
    for _, article_id in _keys(connection, scope, key, 1, back=back, unread=True):
        return article_id
    return None


def _key(connection: sqlite3.Connection, article_id: int) -> Key | None:
    row: Key | None = connection.execute(
        "SELECT published, id FROM article WHERE id = ?", (article_id,)
    ).fetchone()
    return row


def _keys(
    connection: sqlite3.Connection,
    scope: Scope,
    after: Key | None,
    limit: int,
    *,
    back: bool = False,
    unread: bool = False,
) -> Iterator[Key]:
    walks = _walks(connection, _without_query(scope), whole=limit < 0, unread=unread)
    if len(walks) == 1:
        return walks[0].keys(connection, after, limit, back=back)
    pages = [walk.keys(connection, after, limit, back=back) for walk in walks]
    return islice(heapq.merge(*pages, reverse=not back), limit)


def _without_query(scope: Scope) -> Scope:
    query = scope.query.strip()
    if not query:
        return scope
    if query in _SMART:
        return replace(scope, query="", show=_SMART[query])
    raise QueryMistaken(f"This query is not understood: {query}")


def _walks(
    connection: sqlite3.Connection, scope: Scope, *, whole: bool, unread: bool
) -> list[_Walk]:
    """The indexes to walk: one, or one of each feed of a category."""
    listed = "article.away = 0 AND article.hidden = 0" + _SHOW[scope.show]
    listed += _SHOW["unread"] if unread else ""
    index = "unread" if unread else _INDEX[scope.show]
    feeds: list[int] | None = None
    if scope.category_id is not None:
        feeds = [row[0] for row in connection.execute(_CATEGORY, (scope.category_id,))]
    if scope.feed_id is not None:
        feeds = [scope.feed_id]
    if scope.tag_ids:
        return [_tag_walk(scope.tag_ids, listed, feeds)]
    if feeds is None:
        return [_Walk(f"article INDEXED BY article_{index}", listed, ())]
    source = f"article INDEXED BY article_feed_{index}"
    if whole or not feeds:
        marks = ", ".join("?" * len(feeds))
        return [_Walk(source, f"article.feed_id IN ({marks}) AND {listed}", tuple(feeds))]
    return [_Walk(source, f"article.feed_id = ? AND {listed}", (feed,)) for feed in feeds]


def _tag_walk(tag_ids: tuple[int, ...], listed: str, feeds: list[int] | None) -> _Walk:
    first, *others = tag_ids
    where = f"tagged.tag_id = ? AND {listed}"
    for _ in others:
        where += (
            " AND EXISTS (SELECT 1 FROM article_tag AS other WHERE other.tag_id = ?"
            " AND other.published = tagged.published AND other.article_id = tagged.article_id)"
        )
    if feeds is not None:
        where += f" AND article.feed_id IN ({', '.join('?' * len(feeds))})"
    return _Walk(
        "article_tag AS tagged CROSS JOIN article ON article.id = tagged.article_id",
        where,
        (first, *others, *(feeds or ())),
        "tagged.published",
        "tagged.article_id",
    )


def counts(connection: sqlite3.Connection, scope: Scope) -> tuple[int, int]:
    """How many articles the scope has, and how many of them are unread."""
    scope = _without_query(scope)
    if scope.tag_ids:
        return _counted(connection, scope, "1")
    columns = {
        "all": "sum(articles), sum(unread)",
        "unread": "sum(unread), sum(unread)",
        "starred": "sum(starred), sum(starred_unread)",
    }[scope.show]
    where = "1"
    values: tuple[int, ...] = ()
    if scope.feed_id is not None:
        where, values = "id = ?", (scope.feed_id,)
    elif scope.category_id is not None:
        found = [row[0] for row in connection.execute(_CATEGORY, (scope.category_id,))]
        where, values = f"id IN ({', '.join('?' * len(found))})", tuple(found)
    row = connection.execute(f"SELECT {columns} FROM feed WHERE {where}", values).fetchone()  # noqa: S608
    return row[0] or 0, row[1] or 0


def new_since(connection: sqlite3.Connection, scope: Scope, newest_id: int) -> int:
    """How many articles of the scope were stored after the article ``newest_id``."""
    return _counted(connection, _without_query(scope), "article.id > ?", newest_id)[0]


def _counted(
    connection: sqlite3.Connection, scope: Scope, condition: str, *values: object
) -> tuple[int, int]:
    """Count by looking at every article that fulfils ``condition``."""
    where = f"{condition} AND away = 0 AND hidden = 0" + _SHOW[scope.show]
    feeds: tuple[int, ...] | None = None
    if scope.category_id is not None:
        feeds = tuple(row[0] for row in connection.execute(_CATEGORY, (scope.category_id,)))
    if scope.feed_id is not None:
        feeds = (scope.feed_id,)
    if feeds is not None:
        where += f" AND feed_id IN ({', '.join('?' * len(feeds))})"
    for _ in scope.tag_ids:
        where += " AND id IN (SELECT article_id FROM article_tag WHERE tag_id = ?)"
    row = connection.execute(
        f"SELECT count(*), sum(unread) FROM article WHERE {where}",  # noqa: S608
        (*values, *(feeds or ()), *scope.tag_ids),
    ).fetchone()
    return row[0], row[1] or 0


def newest_id(connection: sqlite3.Connection) -> int:
    """The id of the article stored last, 0 in an empty library."""
    row = connection.execute("SELECT max(id) FROM article").fetchone()
    return row[0] or 0
