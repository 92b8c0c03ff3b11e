"""Lists: the ids a scope shows, newest first, by walking the shortest index that serves."""

import heapq
import sqlite3
from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import cast

from reader.model.scope import Scope
from reader.storage.compile import Moment, Sql
from reader.storage.packing import Ids
from reader.storage.scopes import TagSize, Wanted, wanted

Key = tuple[int, int]
"""An article's place in every list: when it was published, and its id."""

Clock = Callable[[], Moment]

_WINDOW = 2000
"""So many of the newest articles are looked through for words before all hits are joined."""

_MOST_WALKS = 2000
"""A page of more feeds than this is sorted instead of merged."""

_NOT_UNLISTED = (
    "NOT EXISTS (SELECT 1 FROM article INDEXED BY article_unlisted"
    " WHERE id = tagged.article_id AND (away <> 0 OR hidden <> 0))"
)
_CARRIES = (
    "EXISTS (SELECT 1 FROM article_tag AS other WHERE other.tag_id = ?"
    " AND other.published = {} AND other.article_id = {})"
)
_IN_INDEX = (
    "EXISTS (SELECT 1 FROM article AS flagged INDEXED BY article_{0} WHERE"
    " flagged.published = tagged.published AND flagged.id = tagged.article_id"
    " AND flagged.away = 0 AND flagged.hidden = 0 AND flagged.{0} = 1)"
)


@dataclass(frozen=True, slots=True)
class _Walk:
    """One index walked in order: ``source`` (FROM), conditions, and the columns of the key."""

    source: str
    where: tuple[str, ...]
    values: tuple[object, ...] = ()
    published: str = "article.published"
    id: str = "article.id"

    def rows(
        self,
        connection: sqlite3.Connection,
        columns: str,
        after: Key | None,
        limit: int,
        *,
        back: bool = False,
    ) -> Iterator[tuple[int, ...]]:
        """Rows from below ``after`` downwards, or from above it upwards."""
        return connection.execute(*self.select(columns, after, limit, back=back))

    def select(
        self, columns: str, after: Key | None, limit: int, *, back: bool = False
    ) -> tuple[str, tuple[object, ...]]:
        """The statement of ``rows`` and its values."""
        order, side = ("ASC", ">") if back else ("DESC", "<")
        where, values = " AND ".join(self.where), self.values
        if after is not None:
            where += f" AND ({self.published}, {self.id}) {side} (?, ?)"
            values = (*values, *after)
        statement = (
            f"SELECT {columns} FROM {self.source} WHERE {where}"  # noqa: S608
            f" ORDER BY {self.published} {order}, {self.id} {order} LIMIT ?"
        )
        return statement, (*values, limit)

    def keys(
        self, connection: sqlite3.Connection, after: Key | None, limit: int, *, back: bool = False
    ) -> Iterator[Key]:
        """The articles' keys, as ``rows``."""
        columns = f"{self.published}, {self.id}"
        return cast("Iterator[Key]", self.rows(connection, columns, after, limit, back=back))


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
    key = None if after is None else _key(connection, after)
    most = -1 if limit is None else limit
    if limit is None and not asked.words:
        walks = _walks(connection, asked, whole=True)
        return array("q", (row[0] for row in walks[0].rows(connection, walks[0].id, key, most)))
    return array("q", (row[1] for row in _keys(connection, asked, key, most)))


def next_unread(
    connection: sqlite3.Connection, scope: Scope, moment: Clock, after: int | None, *, back: bool
) -> int | None:
    """The nearest unread article of the scope below ``after``, or above it."""
    key = None if after is None else _key(connection, after)
    if back and key is None:
        return None
    asked = replace(wanted(connection, scope, moment), unread=True)
    for _, article_id in _keys(connection, asked, key, 1, back=back):
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
    articles = _count(connection, asked)
    unread = articles if asked.unread else _count(connection, replace(asked, unread=True))
    return articles, unread


def new_since(connection: sqlite3.Connection, scope: Scope, moment: Clock, newest_id: int) -> int:
    """How many articles of the scope were stored after the article ``newest_id``."""
    if newest_id >= newest(connection):
        return 0
    walk = _checked(wanted(connection, scope, moment), "article")
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


def _key(connection: sqlite3.Connection, article_id: int) -> Key | None:
    row: Key | None = connection.execute(
        "SELECT published, id FROM article WHERE id = ?", (article_id,)
    ).fetchone()
    return row


def _keys(
    connection: sqlite3.Connection,
    asked: Wanted,
    after: Key | None,
    limit: int,
    *,
    back: bool = False,
) -> Iterator[Key]:
    if asked.words:
        return _hits(connection, asked, after, limit, back=back)
    if after is None and asked.unread and len(asked.tags) == 1:
        limit = _capped(connection, asked.tags[0], limit)
    walks = _walks(connection, asked, whole=limit < 0)
    pages = [walk.keys(connection, after, limit, back=back) for walk in walks]
    if len(pages) == 1:
        return pages[0]
    return islice(heapq.merge(*pages, reverse=not back), limit)


def _capped(connection: sqlite3.Connection, tag: TagSize, limit: int) -> int:
    """The limit, at most as many as the tag has: then its read articles need no looking at."""
    row = connection.execute("SELECT unread FROM tag WHERE id = ?", (tag.id,)).fetchone()
    most = 0 if row is None else int(row[0])
    return most if limit < 0 else min(limit, most)


def _walks(connection: sqlite3.Connection, asked: Wanted, *, whole: bool) -> list[_Walk]:
    """The indexes to walk: one, or one of each feed where there are several."""
    if asked.hidden or asked.everything:
        return [_checked(asked, "article INDEXED BY article_hidden" if asked.hidden else "article")]
    size = _size(connection, asked)
    if asked.tags and asked.tags[0].articles <= size:
        return [_tag_walk(asked)]
    if asked.feeds is None:
        index = "facts" if asked.rest and 8 * size > _total(connection) else _flag(asked)
        return [_checked(asked, f"article INDEXED BY article_{index}")]
    source = f"article INDEXED BY article_feed_{_flag(asked)}"
    if not asked.feeds:
        return [_Walk("article", ("article.id < 0",))]
    if whole or len(asked.feeds) > _MOST_WALKS:
        return [_checked(asked, source)]
    return [_checked(replace(asked, feeds=(feed,)), source) for feed in asked.feeds]


def _flag(asked: Wanted) -> str:
    return "starred" if asked.starred else "unread" if asked.unread else "newest"


def _checked(asked: Wanted, source: str) -> _Walk:
    """A walk of articles on which every condition is checked."""
    where = _flags(asked)
    values: list[object] = []
    if asked.feeds is not None:
        if len(asked.feeds) == 1:
            where.append(f"article.feed_id = {asked.feeds[0]}")
        else:
            where.append(f"article.feed_id IN ({', '.join(map(str, asked.feeds))})")
    for tag in asked.tags:
        where.append(_CARRIES.format("article.published", "article.id"))
        values.append(tag.id)
    where += _dates(asked, "article.published")
    if asked.words and not source.startswith("word"):
        where.append("article.body_id IN (SELECT rowid FROM word WHERE word MATCH ?)")
        values.append(asked.words)
    rest = asked.rest or Sql("1")
    return _Walk(source, (*where, rest.where), (*values, *rest.values))


def _tag_walk(asked: Wanted) -> _Walk:
    """Walk the rarest tag's list. Articles' rows are read only where a condition needs them."""
    first, *others = asked.tags
    where = ["tagged.tag_id = ?"]
    source = "article_tag AS tagged"
    rest = asked.rest or Sql("1")
    if asked.feeds is not None or asked.rest:
        source += " CROSS JOIN article ON article.id = tagged.article_id"
        where += _flags(asked)
        if asked.feeds is not None:
            where.append(f"article.feed_id IN ({', '.join(map(str, asked.feeds))})")
    elif asked.unread or asked.starred:
        flags = (("unread", asked.unread), ("starred", asked.starred))
        where += [_IN_INDEX.format(flag) for flag, wanted_so in flags if wanted_so]
    else:
        where.append(_NOT_UNLISTED)
    where += [_CARRIES.format("tagged.published", "tagged.article_id") for _ in others]
    where += _dates(asked, "tagged.published")
    values = (first.id, *(tag.id for tag in others), *rest.values)
    return _Walk(source, (*where, rest.where), values, "tagged.published", "tagged.article_id")


def _flags(asked: Wanted) -> list[str]:
    flags = ["article.away = 0"]
    if not asked.everything:
        flags.append(f"article.hidden = {int(asked.hidden)}")
    if asked.unread:
        flags.append("article.unread = 1")
    if asked.starred:
        flags.append("article.starred = 1")
    return flags


def _dates(asked: Wanted, column: str) -> list[str]:
    dates = []
    if asked.since is not None:
        dates.append(f"{column} >= {asked.since}")
    if asked.before is not None:
        dates.append(f"{column} < {asked.before}")
    return dates


# --- words


def _hits(
    connection: sqlite3.Connection, asked: Wanted, after: Key | None, limit: int, *, back: bool
) -> Iterator[Key]:
    """Articles that have words: a common word's newest are among the newest articles of all,
    a rare word has few hits to join and sort.
    """
    if 0 < limit <= _WINDOW // 4:
        found = _in_window(connection, asked, after, limit, back=back)
        if len(found) == limit:
            return iter(found)
    return _hit_walk(asked).keys(connection, after, limit, back=back)


def _in_window(
    connection: sqlite3.Connection, asked: Wanted, after: Key | None, limit: int, *, back: bool
) -> list[Key]:
    (walk,) = _walks(connection, replace(asked, words="", tags=[]), whole=True)
    if asked.tags:
        walk = _checked(replace(asked, words=""), walk.source)
    columns = "article.published AS published, article.id AS id, article.body_id AS body_id"
    window, values = walk.select(columns, after, _WINDOW, back=back)
    order = "ASC" if back else "DESC"
    return connection.execute(
        f"WITH nearest AS MATERIALIZED ({window}) SELECT published, id FROM nearest"  # noqa: S608
        " WHERE body_id IN (SELECT rowid FROM word WHERE word MATCH ? AND rowid BETWEEN"
        " (SELECT min(body_id) FROM nearest) AND (SELECT max(body_id) FROM nearest))"
        f" ORDER BY published {order}, id {order} LIMIT ?",
        (*values, asked.words, limit),
    ).fetchall()


def _hit_walk(asked: Wanted) -> _Walk:
    walk = _checked(asked, "word CROSS JOIN article ON article.body_id = word.rowid")
    return replace(walk, where=("word MATCH ?", *walk.where), values=(asked.words, *walk.values))


def _scored(
    connection: sqlite3.Connection, asked: Wanted, limit: int | None, after: int | None
) -> Ids:
    """The best hits first; a title counts five times, an author twice what the text does."""
    walk = _hit_walk(asked)
    rows = connection.execute(
        f"SELECT article.id FROM {walk.source} WHERE {' AND '.join(walk.where)}"  # noqa: S608
        " ORDER BY bm25(word, 5.0, 2.0, 1.0), article.published DESC, article.id DESC LIMIT ?",
        (*walk.values, -1 if limit is None or after is not None else limit),
    )
    found = array("q", (row[0] for row in rows))
    start = found.index(after) + 1 if after in found else 0
    return found[start:] if limit is None else found[start : start + limit]


# --- counting


def _size(connection: sqlite3.Connection, asked: Wanted) -> int:
    """How long a walk over the articles of the feeds can be, from the counters."""
    column = _flag(asked).replace("newest", "articles")
    return _sum(connection, column, asked.feeds)


def _total(connection: sqlite3.Connection) -> int:
    return _sum(connection, "articles", None)


def _sum(connection: sqlite3.Connection, column: str, feeds: Sequence[int] | None) -> int:
    where = "1" if feeds is None else f"id IN ({', '.join(map(str, feeds))})"
    row = connection.execute(f"SELECT sum({column}) FROM feed WHERE {where}").fetchone()  # noqa: S608
    return row[0] or 0


def _counters(connection: sqlite3.Connection, asked: Wanted) -> tuple[int, int]:
    column = _flag(asked).replace("newest", "articles")
    unread = "starred_unread" if asked.starred else "unread"
    return _sum(connection, column, asked.feeds), _sum(connection, unread, asked.feeds)


def _count(connection: sqlite3.Connection, asked: Wanted) -> int:
    """Count by walking."""
    (walk,) = [_hit_walk(asked)] if asked.words else _walks(connection, asked, whole=True)
    row = connection.execute(
        f"SELECT count(*) FROM {walk.source} WHERE {' AND '.join(walk.where)}",  # noqa: S608
        walk.values,
    ).fetchone()
    return int(row[0])
