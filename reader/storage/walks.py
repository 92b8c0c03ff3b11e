"""The walks that lead to a list: which index, from where, and what is checked on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from msgspec import Struct

from reader.model.records import replace
from reader.storage.scopes import Sql, Wanted

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Sequence

Key = tuple[int, int]
"""An article's place in every list: when it was published, and its id."""

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


class Walk(Struct, frozen=True):
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


def choose(connection: sqlite3.Connection, asked: Wanted, *, whole: bool) -> list[Walk]:
    """The indexes to walk: one, or one of each feed where there are several."""
    if asked.hidden or asked.everything:
        return [checked(asked, "article INDEXED BY article_hidden" if asked.hidden else "article")]
    if asked.impossible:
        return [Walk("article", ("article.id < 0",))]
    size = _size(connection, asked) if asked.tags or asked.rest else 0
    if asked.tags and asked.tags[0].articles <= size:
        return [_tag_walk(asked)]
    if asked.feeds is None:
        if whole and asked.scan:
            return [checked(asked, "article NOT INDEXED")]
        facts = asked.rest and 8 * size > total(connection, "articles", None)
        return [checked(asked, f"article INDEXED BY article_{'facts' if facts else flag(asked)}")]
    source = f"article INDEXED BY article_feed_{flag(asked)}"
    if whole or len(asked.feeds) > _MOST_WALKS:
        return [checked(asked, source)]
    return [checked(replace(asked, feeds=(feed,)), source) for feed in asked.feeds]


def flag(asked: Wanted) -> str:
    """The mark that all the articles have, for which there is an index; else "newest"."""
    return "starred" if asked.starred else "unread" if asked.unread else "newest"


def checked(asked: Wanted, source: str) -> Walk:
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
    return Walk(source, (*where, rest.where), (*values, *rest.values))


def _tag_walk(asked: Wanted) -> Walk:
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
    return Walk(source, (*where, rest.where), values, "tagged.published", "tagged.article_id")


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


def hit_walk(asked: Wanted) -> Walk:
    """All hits of the words, each joined to its article."""
    walk = checked(asked, "word CROSS JOIN article ON article.body_id = word.rowid")
    return replace(walk, where=("word MATCH ?", *walk.where), values=(asked.words, *walk.values))


def _size(connection: sqlite3.Connection, asked: Wanted) -> int:
    """How long a walk over the articles of the feeds can be, from the counters."""
    column = flag(asked).replace("newest", "articles")
    return total(connection, column, asked.feeds)


def total(connection: sqlite3.Connection, column: str, feeds: Sequence[int] | None) -> int:
    """The sum of a counter over feeds, None for all."""
    where = "1" if feeds is None else f"id IN ({', '.join(map(str, feeds))})"
    row = connection.execute(f"SELECT sum({column}) FROM feed WHERE {where}").fetchone()  # noqa: S608
    return row[0] or 0
