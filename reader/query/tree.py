"""The query tree: what a query asks, with names and words folded and times still relative.

Two readers walk it and must agree: ``reader.query.match`` for rules, and the storage
room's SQL for lists. Where a meaning needs saying it is said here, once.
"""

from datetime import UTC, date, datetime, time, timedelta
from typing import Final, Literal

from msgspec import Struct

from reader.text.words import Phrase

Place = Literal["any", "title", "author"]
NameField = Literal["feed", "category", "tag"]
State = Literal["unread", "read", "starred", "hidden", "new"]
Kind = Literal["enclosure", "image"]
Comparison = Literal["<", "<=", "=", ">=", ">"]
Sort = Literal["date", "score"]
Unit = Literal["day", "week", "month", "year"]

EARLIEST: Final = datetime(1, 1, 2, tzinfo=UTC)
LATEST: Final = datetime(9999, 12, 30, tzinfo=UTC)


class And(Struct, frozen=True):
    """True where every part is; ``And(())`` is true of every article."""

    parts: "tuple[Node, ...]"


class Or(Struct, frozen=True):
    """True where some part is; ``Or(())`` is true of none."""

    parts: "tuple[Node, ...]"


class Not(Struct, frozen=True):
    """True where the part is not."""

    part: "Node"


class Text(Struct, frozen=True):
    """The words in a row inside one of title, author or text (never across two of them).

    ``phrase`` always has words. ``place`` "any" looks in all three. Words are those of
    ``reader.text.words`` (``found(phrase, haystack(title))``); the text is the visible one.
    """

    phrase: Phrase
    place: Place = "any"


class Named(Struct, frozen=True):
    """The article's feed, a category it is in at any depth, or a tag of any kind it carries.

    ``reader.query.match.names`` decides for one name, so that storage can ask it for every
    feed, category and tag it knows and compare ids.
    """

    field: NameField
    value: str
    prefix: bool = False


class Language(Struct, frozen=True):
    """The article's language is ``code`` (lower case) or a variety of it: "nl", "nl-be"."""

    code: str


class Link(Struct, frozen=True):
    """The article's link contains ``part``; both with A-Z lowered, nothing else folded."""

    part: str


class Site(Struct, frozen=True):
    """The host of the article's link is ``host`` or ends in "." + ``host`` (lower case).

    The host of a link is ``reader.query.match.host(link)``.
    """

    host: str


class Is(Struct, frozen=True):
    """A state of the article; ``new`` is what came since the person last looked."""

    state: State


class Has(Struct, frozen=True):
    """The article comes with at least one enclosure, or with a lead image."""

    kind: Kind


class Length(Struct, frozen=True):
    """The number of words of the visible text compares so with ``words``."""

    comparison: Comparison
    words: int


class Regex(Struct, frozen=True):
    """``pattern`` (RE2, case ignored) is found in title, author or text as they are shown.

    Use ``reader.query.regex.searcher``: it is bounded in time and answers False for a
    pattern that cannot be used.
    """

    pattern: str
    place: Place = "any"


class Ago(Struct, frozen=True):
    """``seconds`` before now."""

    seconds: int


class Day(Struct, frozen=True):
    """The first moment of a calendar day where the person is."""

    day: date


class Weekday(Struct, frozen=True):
    """The first moment of the latest Monday (0) to Sunday (6), today included."""

    number: int


class This(Struct, frozen=True):
    """The first moment of this day, week (from Monday), month or year, or of ``back`` before."""

    unit: Unit
    back: int = 0


When = Ago | Day | Weekday | This


class Dated(Struct, frozen=True):
    """Published at or after ``when``; with ``before``, earlier than it. Whole seconds count."""

    when: When
    before: bool = False


Node = And | Or | Not | Text | Named | Language | Link | Site | Is | Has | Length | Regex | Dated

EVERYTHING: Final = And(())


def resolve(when: When, now: datetime) -> datetime:
    """The moment meant, in UTC, to the second; days begin where ``now`` says (its time zone).

    ``now`` is aware: pass ``clock().astimezone()`` for the person's own days. Never
    raises; what falls outside the calendar is its nearest end.
    """
    try:
        moment = _resolve(when, now).astimezone(UTC).replace(microsecond=0)
    except (OverflowError, ValueError):
        return LATEST if isinstance(when, Day) and when.day.year > now.year else EARLIEST
    return min(max(moment, EARLIEST), LATEST)


def _resolve(when: When, now: datetime) -> datetime:
    today = now.date()
    match when:
        case Ago(seconds):
            return now - timedelta(seconds=seconds)
        case Day(day):
            start = day
        case Weekday(number):
            start = today - timedelta(days=(today.weekday() - number) % 7)
        case This("day", back):
            start = today - timedelta(days=back)
        case This("week", back):
            start = today - timedelta(days=today.weekday() + 7 * back)
        case This("month", back):
            months = today.year * 12 + today.month - 1 - back
            start = date(months // 12, months % 12 + 1, 1)
        case This(_, back):
            start = date(today.year - back, 1, 1)
    return datetime.combine(start, time(), tzinfo=now.tzinfo)


def nodes(tree: Node) -> "list[Node]":
    """Every node of the tree, the whole first."""
    seen: list[Node] = []
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        seen.append(node)
        if isinstance(node, And | Or):
            waiting.extend(reversed(node.parts))
        elif isinstance(node, Not):
            waiting.append(node.part)
    return seen


def asks_hidden(tree: Node) -> bool:
    """Whether the query speaks of ``is:hidden``: lists leave hidden articles out otherwise."""
    return any(isinstance(node, Is) and node.state == "hidden" for node in nodes(tree))
