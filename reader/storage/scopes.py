"""What a scope asks, taken apart: what chooses the way to walk, and what is checked on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from msgspec import Struct, field

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable
    from datetime import datetime

    from reader.model.scope import Scope

FEEDS_IN_CATEGORY = """
WITH RECURSIVE inside (id) AS (
    SELECT ? UNION SELECT category.id FROM category JOIN inside ON parent_id = inside.id
)
SELECT feed.id FROM inside CROSS JOIN feed ON category_id = inside.id WHERE removed_at IS NULL
"""


class Moment(Struct, frozen=True):
    """What a query is relative to: the time with the person's zone, and the newest article
    (by id) that was there when the person last looked.
    """

    now: datetime
    looked: int = 0


class Sql(Struct):
    """A condition and the values of its marks."""

    where: str
    values: tuple[object, ...] = ()


class TagSize(NamedTuple):
    """How many listed articles carry a tag, and its id."""

    articles: int
    id: int


class Wanted(Struct):
    """Conditions that an article of a list must fulfil, all of them.

    ``feeds`` is None for every feed; ``tags`` are in the order of their sizes. ``since``
    and ``before`` are seconds. ``words`` is a full-text query, "" for none, and ``rest``
    what is left to be checked on each article; ``scan`` tells that this takes the articles'
    own rows, of which reading all is faster than walking to many. ``slow`` is what of
    ``rest`` has to be looked for in each article, for few articles at a time, and ``quick``
    what is left of it without that. ``everything`` tells that hidden articles are not left
    out.
    """

    feeds: tuple[int, ...] | None = None
    tags: list[TagSize] = field(default_factory=list)
    unread: bool = False
    starred: bool = False
    hidden: bool = False
    since: int | None = None
    before: int | None = None
    words: str = ""
    rest: Sql | None = None
    slow: Sql | None = None
    quick: Sql | None = None
    scan: bool = False
    everything: bool = False
    sort: Literal["date", "score"] = "date"

    @property
    def impossible(self) -> bool:
        """Whether it is known without looking that nothing is wanted."""
        return self.feeds == () or any(not tag.articles for tag in self.tags)

    @property
    def simple(self) -> bool:
        """Whether the counters alone know how many there are."""
        unasked = (self.since, self.before, self.rest) == (None, None, None)
        return unasked and not (self.tags or self.words or self.hidden or self.everything)


def wanted(connection: sqlite3.Connection, scope: Scope, moment: Callable[[], Moment]) -> Wanted:
    """Take a scope apart. What its query has no sense in is left out."""
    asked = Wanted(unread=scope.show == "unread", starred=scope.show == "starred")
    tag_ids = list(scope.tag_ids)
    if scope.category_id is not None:
        rows = connection.execute(FEEDS_IN_CATEGORY, (scope.category_id,))
        asked.feeds = tuple(row[0] for row in rows)
    if scope.feed_id is not None:
        asked.feeds = (scope.feed_id,)
    if scope.query.strip():
        # Imported late: a start without a query has no use for the language of queries.
        from reader.storage.queries import narrow

        narrow(connection, asked, scope.query, moment(), tag_ids)
    asked.tags = _sized(connection, tag_ids)
    return asked


def _sized(connection: sqlite3.Connection, tag_ids: list[int]) -> list[TagSize]:
    """The tags with their sizes, the rarest first."""
    sizes = []
    for one in dict.fromkeys(tag_ids):
        row = connection.execute("SELECT articles FROM tag WHERE id = ?", (one,)).fetchone()
        sizes.append(TagSize(0 if row is None else row[0], one))
    return sorted(sizes)
