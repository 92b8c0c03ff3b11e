"""The feed around the items: its title and site, how often it changes, where items are."""

import re
from collections.abc import Iterator
from datetime import datetime
from xml.etree.ElementTree import Element

from reader.sources import feedvalues as values
from reader.sources.feeditem import (
    Context,
    alternate,
    article,
    authors_of,
    children_of,
    title_of,
)
from reader.sources.feedmedia import Children
from reader.sources.feedparts import Articles, EnoughArticles, ParsedFeed
from reader.sources.feedxml import ITEMS, NAMES

_FORMS = {"rss": "rss", "rdf:rdf": "rdf", "rdf": "rdf", "feed": "atom", "channel": "rss"}
_PERIODS = {
    "hourly": 3600,
    "daily": 86400,
    "weekly": 604800,
    "monthly": 2592000,
    "yearly": 31536000,
}
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MOST_MINUTES = 60 * 24 * 366


class FeedReader:
    """Reads one document; items may come one by one before the rest is known."""

    def __init__(self, *, url: str, now: datetime) -> None:
        self._url = url
        self._now = now
        self._articles = Articles()
        self._context: Context | None = None

    def take(self, root: Element, item: Element) -> None:
        """Read an item of a document too large to be held whole."""
        if self._context is None:
            self._context = self._context_of(root) or Context(
                form="rss", base=self._url, based=False, now=self._now
            )
        self._articles.add(article(item, self._context))

    def note(self, problem: str) -> None:
        """Remember what is wrong with the document."""
        self._articles.note(problem)

    def feed(self, root: Element, problem: str = "") -> ParsedFeed | None:
        """The feed with this root element and all items taken so far; None for no feed."""
        outer = _feed_element(root)
        context = self._context_of(root)
        if outer is None or context is None:
            return None
        try:
            for item in [outer] if _is_item(outer) else _items(outer):
                self._articles.add(article(item, context))
        except EnoughArticles:
            pass
        self._articles.note(problem)
        return self._parsed(outer, context)

    def _parsed(self, outer: Element, context: Context) -> ParsedFeed:
        children = _metadata(outer)
        articles = self._articles.done()
        links = children.get("link", [])
        return ParsedFeed(
            form=context.form,
            title=title_of(children, context.base, context),
            site=_site(children, outer, context.base if context.based else self._url),
            self_url=_related(links, "self", context.base),
            hub=_related(links, "hub", context.base),
            language=context.language,
            ttl_s=60 * values.number(values.first(children.get("ttl")), _MOST_MINUTES),
            update_period_s=_update_period(children),
            skip_hours=_skip_hours(children),
            skip_days=_skip_days(children),
            articles=articles,
            problems=tuple(self._articles.problems),
        )

    def _context_of(self, root: Element) -> Context | None:
        outer = _feed_element(root)
        if outer is None:
            return None
        form = _form(outer)
        children = _metadata(outer)
        base, based = self._url, False
        for element in (outer, *_channels(outer)):
            own = values.base(element, base)
            based, base = based or own != base, own
        if not based and form != "atom":
            # Generators that write relative links mean the site, not the feed's own place.
            base = _site(children, outer, self._url) or base
        return Context(
            form=form,
            base=base,
            based=based,
            now=self._now,
            language=_language(children, outer),
            authors=authors_of(children) if form == "atom" else (),
        )


def _is_item(element: Element) -> bool:
    return NAMES[element.tag] in ITEMS


def _feed_element(root: Element) -> Element | None:
    """The element that is a feed: the root, or one that some envelope holds."""
    if NAMES[root.tag] in _FORMS or _is_item(root):
        return root
    return next((e for e in root.iter() if NAMES[e.tag] in _FORMS), None)


def _form(outer: Element) -> str:
    name = NAMES[outer.tag]
    if name == "channel" and any(
        key.lower() in {"href", "base", "lastmod"} for key in outer.attrib
    ):
        return "cdf"
    return "atom" if name == "entry" else _FORMS.get(name, "rss")


def _channels(outer: Element) -> Iterator[Element]:
    return (child for child in outer if NAMES[child.tag] in {"channel", "feed"})


def _items(outer: Element) -> Iterator[Element]:
    """Items in document order, at whatever depth a feed puts them; none inside another."""
    waiting = list(reversed(outer))
    while waiting:
        element = waiting.pop()
        if _is_item(element):
            yield element
        elif len(element) and NAMES[element.tag] not in {"image", "textinput", "source"}:
            waiting.extend(reversed(element))


def _metadata(outer: Element) -> dict[str, list[Element]]:
    """What describes the feed: children of the channel, then of the element around it."""
    children: dict[str, list[Element]] = {}
    for element in (*_channels(outer), outer):
        for name, found in children_of(element).items():
            if name not in ITEMS:
                children.setdefault(name, []).extend(found)
    return children


def _site(children: Children, outer: Element, url: str) -> str:
    if site := alternate(children.get("link", ()), url):
        return site
    return values.link(outer.get("href") or outer.get("HREF") or "", url)


def _related(links: list[Element], relation: str, base: str) -> str:
    for element in links:
        related = relation in (element.get("rel") or "").lower().split()
        if related and (found := values.link((element.get("href") or "").strip(), base)):
            return found
    return ""


def _language(children: Children, outer: Element) -> str:
    for name in ("language", "dc:language"):
        if code := values.language_code(values.first(children.get(name))):
            return code
    return next((c for e in (outer, *_channels(outer)) if (c := values.language(e))), "")


def _update_period(children: Children) -> int:
    period = _PERIODS.get(values.first(children.get("sy:updateperiod")).lower(), 0)
    frequency = values.number(values.first(children.get("sy:updatefrequency")), 10_000) or 1
    return period // frequency


def _skip_hours(children: Children) -> tuple[int, ...]:
    """RSS 0.91 counts from 1 to 24, RSS 2.0 from 0 to 23: 24 is midnight in both."""
    told = (values.text(hour) for outer in children.get("skiphours", ()) for hour in outer)
    hours = {int(hour) % 24 for hour in told if re.fullmatch(r"\d{1,2}", hour) and int(hour) <= 24}
    return tuple(sorted(hours))


def _skip_days(children: Children) -> tuple[int, ...]:
    told = (values.text(day).lower() for outer in children.get("skipdays", ()) for day in outer)
    return tuple(sorted({_DAYS.index(day) for day in told if day in _DAYS}))
