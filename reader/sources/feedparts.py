"""What a parsed feed is, whatever language it was written in, and what makes it one."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from hashlib import blake2b

from msgspec import Struct

from reader.model.article import RawArticle
from reader.model.errors import SourceUnreadable
from reader.model.records import replace

MOST_ARTICLES = 10_000
"""A feed with more articles keeps the newest of them."""
MOST_LOOKED_AT = 100_000
MOST_PROBLEMS = 20

_NEVER = datetime(1, 1, 1, tzinfo=UTC)


class NotAFeed(SourceUnreadable):
    """The document is a web page: the feed of the site has to be looked for."""


class ParsedFeed(Struct, frozen=True, kw_only=True):
    """A feed as its document gives it; nothing cleaned, nothing trusted.

    ``form`` is one of rss, rdf, atom, json and cdf. ``site``, ``self_url`` and ``hub`` are
    absolute URLs or "". ``ttl_s`` and ``update_period_s`` are in seconds, 0 where not told.
    ``skip_hours`` are hours of the day in UTC, ``skip_days`` days with Monday as 0.
    ``articles`` stand in document order, each identity once. ``problems`` are plain
    sentences about the document.
    """

    form: str
    title: str
    site: str = ""
    self_url: str = ""
    hub: str = ""
    language: str = ""
    ttl_s: int = 0
    update_period_s: int = 0
    skip_hours: tuple[int, ...] = ()
    skip_days: tuple[int, ...] = ()
    articles: tuple[RawArticle, ...] = ()
    problems: tuple[str, ...] = ()


class EnoughArticles(Exception):
    """What follows in the document would not be kept."""


class Articles:
    """Collects the articles of a feed, in bounded memory."""

    def __init__(self) -> None:
        self._kept: list[RawArticle] = []
        self._seen = 0
        self.problems: list[str] = []

    def add(self, article: RawArticle | None) -> None:
        """Take an article; None is an item that holds nothing.

        Raises ``EnoughArticles`` when more would not be kept: there are many and they come
        newest first, or there are too many to look at them all.
        """
        if article is None:
            self.note("it has an item without anything in it")
            return
        self._seen += 1
        self._kept.append(article)
        if len(self._kept) >= 2 * MOST_ARTICLES:
            newest_first = _when(self._kept[0]) > _when(self._kept[-1])
            self._kept = _newest(self._kept)
            if newest_first or self._seen >= MOST_LOOKED_AT:
                raise EnoughArticles

    def note(self, problem: str) -> None:
        """Remember what is wrong with the document, once and not without end."""
        if problem and problem not in self.problems and len(self.problems) < MOST_PROBLEMS:
            self.problems.append(problem)

    def done(self) -> tuple[RawArticle, ...]:
        """The articles, each with an identity of its own."""
        kept = _newest(self._kept)
        if len(kept) < self._seen:
            self.note(f"it has {self._seen} articles or more; the newest {len(kept)} are taken")
        distinct = _told_apart(kept)
        if len(distinct) < len(kept):
            self.note(f"it has {len(kept) - len(distinct)} articles twice")
        return tuple(distinct)


def _when(article: RawArticle) -> datetime:
    return article.published or _NEVER


def _newest(articles: list[RawArticle]) -> list[RawArticle]:
    """At most ``MOST_ARTICLES``, in their order; where dates are equal the first ones."""
    if len(articles) <= MOST_ARTICLES:
        return articles
    places = sorted(range(len(articles)), key=lambda n: _when(articles[n]), reverse=True)
    return [articles[place] for place in sorted(places[:MOST_ARTICLES])]


def _told_apart(articles: Sequence[RawArticle]) -> list[RawArticle]:
    """Articles with one identity: repeats are dropped, different ones are named apart.

    All that share an identity get a new one, not only the later ones: what comes first
    changes with every update, and an article must not take over another one's name.
    """
    uses = Counter(article.identity for article in articles if article.identity)
    if len(uses) == sum(uses.values()):
        return list(articles)
    shared = {identity for identity, number in uses.items() if number > 1}
    firsts: set[tuple[str, str]] = set()
    result = []
    for article in articles:
        if article.identity in shared:
            name = (article.identity, _features(article))
            if name in firsts:
                continue
            firsts.add(name)
        result.append(article)
    several = Counter(identity for identity, _features in firsts)
    return [
        replace(article, identity=f"{article.identity} {_features(article)}")
        if several[article.identity] > 1
        else article
        for article in result
    ]


def _features(article: RawArticle) -> str:
    """What tells two articles of one identity apart; a revision of one has the same."""
    when = article.published.isoformat() if article.published else article.body
    features = f"{article.link}\0{article.title}\0{when}"
    return blake2b(features.encode(errors="replace"), digest_size=8).hexdigest()


def once(values: Iterable[str], most: int) -> tuple[str, ...]:
    """The values that are not empty, each once, in order, at most ``most`` of them."""
    return tuple(dict.fromkeys(value for value in values if value))[:most]
