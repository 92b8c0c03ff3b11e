"""Which articles are one: the same article through several feeds, or one event in several outlets.

Everything is pure and explainable: two articles are put together for a ``Reason`` that can
be shown.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from heapq import nsmallest
from typing import Final, Literal, NamedTuple
from urllib.parse import urlsplit
from zlib import crc32

from msgspec import Struct

from reader.text.topics import Topic, without_outlet
from reader.text.topicwords import function_words
from reader.text.words import key, tokens

SKETCH: Final = 64
"""Hashes of a text that are kept: similarity is told to within about 0.06."""

_READ: Final = 300
_HEAD: Final = 60
_SHORTEST: Final = 12
_NEAR: Final = 0.6
_INSIDE: Final = 0.8
_COMPARED: Final = 50
_NAME_COUNTS: Final = 1.5
_NAMES: Final = 6
_COMMON: Final = 500
_SHARED_EVENT: Final = 0.34
_SHARED_LOOSELY: Final = 0.2
_EVENT: Final = timedelta(hours=72)
_FEWEST_SHARED: Final = 3
_TOLD: Final = 4
_WORDS_A_MINUTE: Final = 230

Kind = Literal["link", "text", "teaser", "event"]


class Fingerprint(Struct, frozen=True):
    """What of an article is compared for being the same: small, and the same on every machine.

    ``title`` is its words, without an outlet behind it. ``sketch`` holds the ``SKETCH``
    smallest hashes of three words in a row of the first 300 words, rising; ``head`` those
    of the first 60 words, in order. ``words`` counts the words read (300 for "or more").
    """

    title: str
    sketch: tuple[int, ...]
    head: tuple[int, ...]
    words: int


class Reason(Struct, frozen=True):
    """Why two articles belong together. ``similarity`` is 0.0 to 1.0."""

    kind: Kind
    similarity: float = 1.0
    shared: tuple[str, ...] = ()

    def __str__(self) -> str:
        """In words."""
        share = f"{self.similarity:.0%}"
        match self.kind:
            case "link":
                return "same link"
            case "text":
                return f"same title, {share} the same text"
            case "teaser":
                return "same title, and one text begins the other"
            case "event":
                return f"both about {', '.join(self.shared)}"


class Copy(Struct, frozen=True):
    """An article as duplicates are told by: ``link`` is canonical, "" for none."""

    feed_id: int
    link: str
    fingerprint: Fingerprint


def fingerprint(title: str, text: str) -> Fingerprint:
    """The fingerprint of an article; ``text`` is its visible text. Linear, on a bounded start."""
    words = tokens(text[: _READ * 20])[:_READ]
    shingles = [
        crc32(f"{first} {second} {third}".encode())
        for first, second, third in zip(words, words[1:], words[2:], strict=False)
    ]
    return Fingerprint(
        title=title_key(title),
        sketch=tuple(nsmallest(SKETCH, set(shingles))),
        head=tuple(shingles[: _HEAD - 2]),
        words=len(words),
    )


def title_key(title: str) -> str:
    """The title of a ``Fingerprint``: where no other article has it, none has its text either."""
    return " ".join(tokens(without_outlet(title)))


def same(one: Copy, other: Copy, *, by_link: bool = True) -> Reason | None:
    """Why two articles of different feeds are one article; None where they are two.

    Two of one feed are two: the feed says so. A link to a site's front page says nothing,
    nor does a title where the texts are not near the same or too short to tell. Without
    ``by_link`` links are not looked at.
    """
    if one.feed_id == other.feed_id:
        return None
    if by_link and one.link and one.link == other.link and _is_page(one.link):
        return Reason("link")
    return _same_text(one.fingerprint, other.fingerprint)


def _same_text(one: Fingerprint, other: Fingerprint) -> Reason | None:
    if not one.title or one.title != other.title or min(one.words, other.words) < _SHORTEST:
        return None
    similarity = resemblance(one.sketch, other.sketch)
    if similarity >= _NEAR:
        return Reason("text", similarity)
    shorter, longer = sorted((one, other), key=lambda print_: print_.words)
    if shorter.words <= _HEAD and shorter.words < longer.words:
        inside = len(set(shorter.head) & set(longer.head)) / len(set(shorter.head))
        if inside >= _INSIDE:
            return Reason("teaser", inside)
    return None


def resemblance(one: Sequence[int], other: Sequence[int]) -> float:
    """The share of shingles that two texts have in common, estimated from their sketches."""
    both = set(one) & set(other)
    if not both:
        return 0.0
    smallest = sorted({*one, *other})[:SKETCH]
    return sum(value in both for value in smallest) / len(smallest)


class Terms(NamedTuple):
    """What a report tells its event by: the names it is about, and other words of its title."""

    names: tuple[str, ...]
    words: tuple[str, ...]


def terms(title: str, topics: Iterable[Topic]) -> Terms:
    """The terms of an article; names are those of its topics, which are alike in all languages."""
    found = [key(topic.surname) if topic.surname else topic.key for topic in topics]
    names = tuple(dict.fromkeys(found[:_NAMES]))
    said = {word for name in names for word in tokens(name)}
    told = (word for word in tokens(without_outlet(title)) if _tells(word) and word not in said)
    return Terms(names, tuple(dict.fromkeys(told)))


class Report(Struct, frozen=True):
    """An article as stories are told by. ``terms`` are those of the function ``terms``."""

    feed_id: int
    published: datetime
    terms: Terms


class Stories:
    """Puts reports of one event into a story as they come in.

    A report joins the story of the report most like it: within three days, with three
    terms in common at least, weighted by how rare they are, and not unlike the rest of the
    story. A story is called by the id of its first article.
    """

    def __init__(self) -> None:
        self._reports: dict[int, Report] = {}
        self._by_term: defaultdict[str, list[int]] = defaultdict(list)
        self._story_of: dict[int, int] = {}
        self._members: defaultdict[int, list[int]] = defaultdict(list)

    def add(self, article_id: int, report: Report) -> tuple[int, Reason | None]:
        """Add a report; the story it belongs to, and why (None where it begins one)."""
        story, reason = self._nearest(report)
        if reason is None:
            story = article_id
        self._reports[article_id] = report
        self._story_of[article_id] = story
        self._members[story].append(article_id)
        for term in _all(report):
            self._by_term[term].append(article_id)
        return story, reason

    def outlets(self, story: int) -> int:
        """How many feeds report a story."""
        return len({self._reports[member].feed_id for member in self._members[story]})

    def _nearest(self, report: Report) -> tuple[int, Reason | None]:
        shared: Counter[int] = Counter()
        for term in _all(report):
            shared.update(self._by_term.get(term, ())[-_COMMON:])
        best, best_similarity = 0, 0.0
        for other, count in shared.most_common(_COMPARED):
            if count < _FEWEST_SHARED:
                break
            apart = abs(self._reports[other].published - report.published)
            similarity = self._similarity(report, self._reports[other]) if apart <= _EVENT else 0.0
            if similarity > best_similarity and self._fits(report, self._story_of[other]):
                best, best_similarity = other, similarity
        if best_similarity < _SHARED_EVENT:
            return 0, None
        common = [term for term in _all(report) if term in set(_all(self._reports[best]))]
        told = tuple(sorted(common, key=self._weight, reverse=True)[:_TOLD])
        return self._story_of[best], Reason("event", best_similarity, told)

    def _fits(self, report: Report, story: int) -> bool:
        """Whether a report is not unlike the newest of a story, so that stories do not chain."""
        newest = self._members[story][-5:]
        total = sum(self._similarity(report, self._reports[member]) for member in newest)
        return total >= _SHARED_LOOSELY * len(newest)

    def _similarity(self, one: Report, other: Report) -> float:
        names = {*one.terms.names, *other.terms.names}
        mine, theirs = set(_all(one)), set(_all(other))
        weights = {
            term: self._weight(term) * (_NAME_COUNTS if term in names else 1.0)
            for term in mine | theirs
        }
        either = sum(weights.values())
        return sum(weights[term] for term in mine & theirs) / either if either else 0.0

    def _weight(self, term: str) -> float:
        """How much a term tells: the rarer the more."""
        return math.log(2 + len(self._reports) / (1 + len(self._by_term.get(term, ()))))


class Waiting(Struct, frozen=True, kw_only=True):
    """An unread article, for the catch-up queue.

    ``story`` is 0 for none, ``outlets`` how many feeds report it; ``tags`` are keys.
    """

    id: int
    published: datetime
    words: int
    starred: bool = False
    tags: tuple[str, ...] = ()
    story: int = 0
    outlets: int = 1


class Queue(Struct, frozen=True):
    """What to read, best first; how many minutes that takes; and the ids left out."""

    ids: tuple[int, ...]
    minutes: float
    rest: tuple[int, ...]


def queue(
    articles: Sequence[Waiting],
    minutes: float,
    *,
    now: datetime,
    tag_weights: Mapping[str, float],
    words_a_minute: int = _WORDS_A_MINUTE,
) -> Queue:
    """What to read in so many minutes.

    Worth: a star, the tags one cares for (``tag_weights`` by key, 1.0 for an ordinary
    favourite), how many outlets report the story, and how new it is; longer texts must be
    worth more. Of a story one article is taken. What does not fit is left out, so the
    queue is never longer than asked, unless nothing is short enough: then it is the best.
    """
    ranked = sorted(
        articles,
        key=lambda article: (
            -_worth(article, now, tag_weights)
            / math.sqrt(max(1.0, reading_minutes(article.words, words_a_minute))),
            article.published,
            article.id,
        ),
    )
    taken: list[int] = []
    told: set[int] = set()
    spent = 0.0
    for article in ranked:
        needs = reading_minutes(article.words, words_a_minute)
        if spent + needs <= minutes and not (article.story and article.story in told):
            taken.append(article.id)
            told.add(article.story)
            spent += needs
    if not taken and ranked and minutes > 0:
        taken = [ranked[0].id]
        spent = reading_minutes(ranked[0].words, words_a_minute)
    chosen = set(taken)
    rest = tuple(article.id for article in articles if article.id not in chosen)
    return Queue(tuple(taken), spent, rest)


def reading_minutes(words: int, words_a_minute: int = _WORDS_A_MINUTE) -> float:
    """Minutes to read so many words; a headline alone takes a quarter of one."""
    return max(0.25, words / words_a_minute)


def _worth(article: Waiting, now: datetime, tag_weights: Mapping[str, float]) -> float:
    days = max(0.0, (now - article.published).total_seconds() / 86_400)
    liked = sum(tag_weights.get(tag, 0.0) for tag in article.tags)
    return (
        1.0
        + 3.0 * article.starred
        + 2.0 * math.tanh(liked / 2)
        + math.log2(max(1, article.outlets))
        + 1.0 / (1.0 + days)
    )


def _all(report: Report) -> tuple[str, ...]:
    return report.terms.names + report.terms.words


def _tells(word: str) -> bool:
    return word.isdigit() or (len(word) > 2 and word not in function_words())


def _is_page(link: str) -> bool:
    """Whether the link is to more than a site's front page."""
    parts = urlsplit(link)
    return parts.path not in ("", "/") or bool(parts.query)
