"""What a scope asks, taken apart: what chooses the way to walk, and what is checked on it."""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from reader.model.scope import Scope
from reader.query.parse import parse
from reader.query.tree import (
    EVERYTHING,
    And,
    Dated,
    Is,
    Link,
    Named,
    Node,
    Regex,
    Sort,
    asks_hidden,
)
from reader.storage.compile import (
    FEEDS_IN_CATEGORY,
    Compiler,
    Moment,
    Sql,
    asks,
    conjuncts,
    fulltext,
)


class TagSize(NamedTuple):
    """How many listed articles carry a tag, and its id."""

    articles: int
    id: int


@dataclass(slots=True)
class Wanted:
    """Conditions that an article of a list must fulfil, all of them.

    ``feeds`` is None for every feed; ``tags`` are in the order of their sizes. ``since``
    and ``before`` are seconds. ``words`` is a full-text query, "" for none, and ``rest``
    what is left to be checked on each article; ``scan`` tells that this takes the articles'
    own rows, of which reading all is faster than walking to many. ``everything`` tells that
    hidden articles are not left out.
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
    scan: bool = False
    everything: bool = False
    sort: Sort = "date"

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
        parsed = parse(scope.query)
        asked.sort = parsed.sort or "date"
        compiler = Compiler(connection, moment())
        if asks_hidden(parsed.tree):
            _with_hidden(asked, parsed.tree, compiler)
        else:
            _narrow(asked, parsed.tree, compiler, tag_ids)
    asked.tags = _sized(connection, tag_ids)
    return asked


def _with_hidden(asked: Wanted, tree: Node, compiler: Compiler) -> None:
    """Lists that may show hidden articles are rare and small: one condition does."""
    asked.hidden = Is("hidden") in conjuncts(tree)
    asked.everything = not asked.hidden
    asked.rest = compiler.condition(tree)


def _narrow(asked: Wanted, tree: Node, compiler: Compiler, tag_ids: list[int]) -> None:
    """Find the conditions that an index serves; the others become ``rest``."""
    rest: list[Node] = []
    worded: list[Node] = []
    for part in conjuncts(tree):
        match part:
            case Is("unread"):
                asked.unread = True
            case Is("starred"):
                asked.starred = True
            case Named("tag", _, False):
                # No tag has the id 0: a name that is not known leads to an empty list.
                tag_ids.append((compiler.tags(part) or [0])[0])
            case Named("feed" | "category"):
                found = compiler.feeds(part)
                asked.feeds = tuple(
                    one for one in found if asked.feeds is None or one in asked.feeds
                )
            case Dated(when, True):
                seconds = compiler.seconds(when)
                asked.before = seconds if asked.before is None else min(seconds, asked.before)
            case Dated(when, False):
                seconds = compiler.seconds(when)
                asked.since = seconds if asked.since is None else max(seconds, asked.since)
            case _ if fulltext(part):
                worded.append(part)
            case _:
                rest.append(part)
    asked.words = fulltext(And(tuple(worded)))
    left = And(tuple(part for part in rest if part != EVERYTHING))
    if left.parts:
        asked.rest = compiler.condition(left)
        asked.scan = asks(left, Link) and not asks(left, Regex)


def _sized(connection: sqlite3.Connection, tag_ids: list[int]) -> list[TagSize]:
    """The tags with their sizes, the rarest first."""
    sizes = []
    for one in dict.fromkeys(tag_ids):
        row = connection.execute("SELECT articles FROM tag WHERE id = ?", (one,)).fetchone()
        sizes.append(TagSize(0 if row is None else row[0], one))
    return sorted(sizes)
