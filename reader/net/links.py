"""The feeds that a web page names: declared in its head, or linked in its text. Pure."""

import re

from msgspec import Struct

from reader.model.candidate import Candidate, Kind, Origin
from reader.text import urls
from reader.text.decode import decode
from reader.text.terminal import clean_line

READ_BYTES = 2 << 20
"""A page's links beyond this are not looked for."""
_TEXT_LIMIT = 200

_TYPES: dict[str, Kind] = {
    "application/rss+xml": "rss",
    "application/rdf+xml": "rss",
    "application/atom+xml": "atom",
    "application/feed+json": "json",
    "application/xml": "feed",
    "text/xml": "feed",
    "text/rss": "rss",
    "text/rss+xml": "rss",
    "text/atom+xml": "atom",
    "application/x.atom+xml": "atom",
    "application/x-atom+xml": "atom",
}
_JSON_FEED = re.compile(r"feed[^/]*\.json$|/feed/json/?$", re.IGNORECASE)
_COMMENTS = re.compile(r"\bcomments?\b|kommentar|commentaires|comentarios|reacties", re.IGNORECASE)
_FEED_ADDRESS = re.compile(
    r"\.(?:rss|atom|rdf)$|/(?:rss|atom|feeds?|rdf|index)\d?\.xml$"
    r"|/(?:rss|atom|feeds?|rss2)/?$|[?&](?:feed|format|type)=(?:rss2?|atom|xml)\b",
    re.IGNORECASE,
)
_FEED_TEXT = re.compile(r"\b(?:rss|atom|feed)\b", re.IGNORECASE)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)


class _Link(Struct):
    href: str
    rel: frozenset[str]
    type: str
    title: str
    text: str = ""


class _Collector:
    """What of a page matters here, gathered while it is parsed; no tree is built."""

    def __init__(self) -> None:
        self.links: list[_Link] = []
        self.anchors: list[_Link] = []
        self.base = ""
        self._open: _Link | None = None

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        if tag not in ("link", "a", "area", "base"):
            return
        named = {str(name).lower(): value or "" for name, value in attributes.items()}
        href = named.get("href", "").strip()
        if tag == "base":
            self.base = self.base or href
        elif href:
            link = _Link(
                href,
                frozenset(named.get("rel", "").lower().split()),
                named.get("type", "").partition(";")[0].strip().lower(),
                named.get("title", ""),
            )
            if tag == "link":
                self.links.append(link)
            else:
                self.anchors.append(link)
                self._open = link

    def data(self, text: str) -> None:
        """Text, which counts inside a link."""
        if self._open is not None and len(self._open.text) < _TEXT_LIMIT:
            self._open.text += text[:_TEXT_LIMIT]

    def end(self, tag: str) -> None:
        """An element ends."""
        if tag == "a":
            self._open = None

    def close(self) -> "_Collector":
        """The page ended."""
        return self


def declared(body: bytes, url: str, *, content_type: str = "") -> list[Candidate]:
    """The feeds that the page ``body`` at ``url`` declares with ``<link>``, best first.

    In the page's order, but for feeds of comments, which come last.
    """
    page = _read(body, content_type)
    base = urls.absolute(page.base, url) or url
    found = []
    for link in page.links:
        kind = _declared_kind(link)
        if kind and (target := urls.absolute(link.href, base)):
            found.append(_candidate(target, link.title, kind, "declared"))
    return _in_order(found)


def linked(body: bytes, url: str, *, content_type: str = "") -> list[Candidate]:
    """The feeds that the page's text seems to link to, those on its own site first."""
    page = _read(body, content_type)
    base = urls.absolute(page.base, url) or url
    found = []
    for link in page.anchors:
        target = urls.absolute(link.href, base)
        if target.startswith("http") and _leads_to_a_feed(link, target):
            title = link.title or " ".join(link.text.split())
            found.append(_candidate(target, title, _TYPES.get(link.type, "feed"), "linked"))
    outlet = urls.outlet(url)
    return _in_order(sorted(found, key=lambda one: urls.outlet(one.url) != outlet))


def seems_a_feed(url: str) -> bool:
    """Whether an address looks like that of a feed, going by its last part."""
    return bool(_FEED_ADDRESS.search(url.partition("#")[0]))


def text_of(body: bytes, content_type: str = "") -> str:
    """The beginning of a page as text."""
    charset = _CHARSET.search(content_type) or _CHARSET.search(body[:2048].decode("latin-1"))
    return decode(body[:READ_BYTES], declared=charset[1] if charset else "")[0]


def _read(body: bytes, content_type: str) -> _Collector:
    from lxml import etree

    collector = _Collector()
    data = text_of(body, content_type).encode("utf-8", "replace")
    if not data.strip():
        return collector
    parser = etree.HTMLParser(target=collector, encoding="utf-8", recover=True, no_network=True)
    try:
        parser.feed(data)
        parser.close()
    except etree.LxmlError:
        return collector  # what was gathered up to there
    return collector


def _declared_kind(link: _Link) -> Kind | None:
    if "stylesheet" in link.rel:
        return None
    kind = _TYPES.get(link.type)
    if "alternate" in link.rel:
        if link.type == "application/json" and _JSON_FEED.search(link.href):
            return "json"
        return kind
    # rel=feed without alternate was in drafts of HTML 5.
    return (kind or "feed") if "feed" in link.rel else None


def _leads_to_a_feed(link: _Link, target: str) -> bool:
    if link.type in _TYPES or seems_a_feed(target):
        return True
    return bool(_FEED_TEXT.search(link.text) and re.search("xml|rss|atom|feed", target.lower()))


def _candidate(url: str, title: str, kind: Kind, origin: Origin) -> Candidate:
    return Candidate(
        url=url.partition("#")[0], title=clean_line(title, 200), kind=kind, origin=origin
    )


def _in_order(found: list[Candidate]) -> list[Candidate]:
    """Each feed once, comments last."""
    once: dict[str, Candidate] = {}
    for candidate in found:
        once.setdefault(urls.canonical(candidate.url), candidate)
    return sorted(once.values(), key=lambda one: bool(_COMMENTS.search(f"{one.title} {one.url}")))
