"""Lists: the ids a scope shows, newest first, by walking an index and never by counting rows."""

import heapq
import sqlite3
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import NamedTuple

from reader.model.errors import QueryMistaken
from reader.model.scope import Scope, Show
from reader.storage.packing import Ids

_SMART: dict[str, Show] = {"is:unread": "unread", "is:starred": "starred"}
_SHOW = {"all": "", "unread": " AND article.unread = 1", "starred": " AND article.starred = 1"}
_INDEX = {"all": "newest", "unread": "unread", "starred": "starred"}
_LISTED = "article.away = 0 AND article.hidden = 0"
_NOT_UNLISTED = (
    "NOT EXISTS (SELECT 1 FROM article INDEXED BY article_unlisted"
    " WHERE id = tagged.article_id AND (away <> 0 OR hidden <> 0))"
)
_CARRIES = (
    " AND EXISTS (SELECT 1 FROM article_tag AS other WHERE other.tag_id = ?"
    " AND other.published = {} AND other.article_id = {})"
)
_CATEGORY = """
WITH RECURSIVE inside (id) AS (
    SELECT ? UNION SELECT category.id FROM category JOIN inside ON parent_id = inside.id
)
SELECT feed.id FROM inside CROSS JOIN feed ON category_id = inside.id WHERE removed_at IS NULL
"""

Key = tuple[int, int]
"""An article's place in every list: when it was published, and its id."""


class _TagSize(NamedTuple):
    """How many listed articles carry a tag, and its id."""

    articles: int
    id: int


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


def ids(connection: sqlite3.Connection, scope: Scope, limit: int | None, after: int | None) -> Ids:
    """The ids of the scope's articles, newest first; at most ``limit``, from below ``after``."""
    key = None if after is None else _key(connection, after)
    if limit is None:
        limit = -1
    return array("q", (row[1] for row in _keys(connection, scope, key, limit)))


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
    scope = _without_query(scope)
    walks = _walks(connection, scope, whole=limit < 0, unread=unread)
    if after is None and (unread or scope.show == "unread"):
        limit = _capped(connection, scope, limit)
    if len(walks) == 1:
        return walks[0].keys(connection, after, limit, back=back)
    pages = [walk.keys(connection, after, limit, back=back) for walk in walks]
    return islice(heapq.merge(*pages, reverse=not back), limit)


def _capped(connection: sqlite3.Connection, scope: Scope, limit: int) -> int:
    """The limit, at most as many as the tag has: then its read articles need no looking at."""
    if len(scope.tag_ids) != 1:
        return limit
    row = connection.execute("SELECT unread FROM tag WHERE id = ?", scope.tag_ids).fetchone()
    most = 0 if row is None else int(row[0])
    return most if limit < 0 else min(limit, most)


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
    index = "unread" if unread else _INDEX[scope.show]
    listed = _LISTED + _SHOW[scope.show] + (_SHOW["unread"] if unread else "")
    feeds = _feeds(connection, scope)
    tags = _tags(connection, scope)
    if tags and tags[0].articles <= _size(connection, feeds, index):
        return [_tag_walk(tags, feeds, listed if index != "newest" else "")]
    carried: tuple[object, ...] = tuple(tag.id for tag in tags)
    where = listed + "".join(_CARRIES.format("article.published", "article.id") for _ in tags)
    if feeds is None:
        return [_Walk(f"article INDEXED BY article_{index}", where, carried)]
    source = f"article INDEXED BY article_feed_{index}"
    if whole or not feeds:
        return [
            _Walk(source, f"article.feed_id IN ({_marks(feeds)}) AND {where}", (*feeds, *carried))
        ]
    return [_Walk(source, f"article.feed_id = ? AND {where}", (one, *carried)) for one in feeds]


def _tag_walk(tags: Sequence[_TagSize], feeds: Sequence[int] | None, listed: str) -> _Walk:
    """Walk the rarest tag's list. Articles' rows are read only where a condition needs them."""
    source = "article_tag AS tagged"
    where = "tagged.tag_id = ? AND "
    if listed or feeds is not None:
        source += " CROSS JOIN article ON article.id = tagged.article_id"
        where += listed or _LISTED
    else:
        where += _NOT_UNLISTED
    where += "".join(_CARRIES.format("tagged.published", "tagged.article_id") for _ in tags[1:])
    if feeds is not None:
        where += f" AND article.feed_id IN ({_marks(feeds)})"
    values = (*(tag.id for tag in tags), *(feeds or ()))
    return _Walk(source, where, values, "tagged.published", "tagged.article_id")


def _size(connection: sqlite3.Connection, feeds: Sequence[int] | None, index: str) -> int:
    """How long a walk over the articles of feeds (None for all) can be, from the counters."""
    column = "articles" if index == "newest" else index
    where = "1" if feeds is None else f"id IN ({_marks(feeds)})"
    row = connection.execute(f"SELECT sum({column}) FROM feed WHERE {where}", feeds or ())  # noqa: S608
    return row.fetchone()[0] or 0


def _tags(connection: sqlite3.Connection, scope: Scope) -> list[_TagSize]:
    """The scope's tags, the rarest first."""
    if not scope.tag_ids:
        return []
    wanted = tuple(dict.fromkeys(scope.tag_ids))
    sizes = dict(
        connection.execute(
            f"SELECT id, articles FROM tag WHERE id IN ({_marks(wanted)})",  # noqa: S608
            wanted,
        ).fetchall()
    )
    return sorted(_TagSize(sizes.get(one, 0), one) for one in wanted)


def _feeds(connection: sqlite3.Connection, scope: Scope) -> tuple[int, ...] | None:
    """The feeds that a scope is narrowed to, None where it is not."""
    if scope.feed_id is not None:
        return (scope.feed_id,)
    if scope.category_id is not None:
        return tuple(row[0] for row in connection.execute(_CATEGORY, (scope.category_id,)))
    return None


def _marks(values: Sequence[int]) -> str:
    return ", ".join("?" * len(values))


def counts(connection: sqlite3.Connection, scope: Scope) -> tuple[int, int]:
    """How many articles the scope has, and how many of them are unread."""
    scope = _without_query(scope)
    if scope.tag_ids:
        return _counted_tags(connection, scope)
    columns = {
        "all": "sum(articles), sum(unread)",
        "unread": "sum(unread), sum(unread)",
        "starred": "sum(starred), sum(starred_unread)",
    }[scope.show]
    feeds = _feeds(connection, scope)
    where = "1" if feeds is None else f"id IN ({_marks(feeds)})"
    row = connection.execute(f"SELECT {columns} FROM feed WHERE {where}", feeds or ())  # noqa: S608
    articles, unread = row.fetchone()
    return articles or 0, unread or 0


def _counted_tags(connection: sqlite3.Connection, scope: Scope) -> tuple[int, int]:
    tags = _tags(connection, scope)
    if len(tags) == 1 and _feeds(connection, scope) is None and scope.show != "starred":
        articles, unread = connection.execute(
            "SELECT articles, unread FROM tag WHERE id = ?", (tags[0].id,)
        ).fetchone() or (0, 0)
        return (unread if scope.show == "unread" else articles), unread
    articles = len(ids(connection, scope, None, None))
    if scope.show == "unread":
        return articles, articles
    return articles, sum(1 for _ in _keys(connection, scope, None, -1, unread=True))


def new_since(connection: sqlite3.Connection, scope: Scope, newest_id: int) -> int:
    """How many articles of the scope were stored after the article ``newest_id``."""
    return _counted(connection, _without_query(scope), "article.id > ?", newest_id)[0]


def _counted(
    connection: sqlite3.Connection, scope: Scope, condition: str, *values: object
) -> tuple[int, int]:
    """Count by looking at every article that fulfils ``condition``."""
    where = f"{condition} AND {_LISTED}{_SHOW[scope.show]}"
    feeds = _feeds(connection, scope)
    if feeds is not None:
        where += f" AND article.feed_id IN ({_marks(feeds)})"
    where += "".join(_CARRIES.format("article.published", "article.id") for _ in scope.tag_ids)
    row = connection.execute(
        f"SELECT count(*), coalesce(sum(unread), 0) FROM article WHERE {where}",  # noqa: S608
        (*values, *(feeds or ()), *scope.tag_ids),
    ).fetchone()
    return row[0], row[1]


def newest_id(connection: sqlite3.Connection) -> int:
    """The id of the article stored last, 0 in an empty library."""
    row = connection.execute("SELECT max(id) FROM article").fetchone()
    return row[0] or 0
