"""Finds the feeds of a site: what is known of it, what its pages say, where feeds often are."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol
from urllib.parse import urljoin

from msgspec import Struct

from reader.model.candidate import Candidate, Kind
from reader.model.errors import ConnectionInsecure, FetchTimedOut, HostUnreachable, NetworkFailed
from reader.model.records import replace
from reader.net import address, links, sites
from reader.net.failures import failure
from reader.net.message import ACCEPT_FEED, ACCEPT_PAGE, Request, Response
from reader.text.terminal import clean_line

MOST_CANDIDATES = 12

_ROOT = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*|<\?[^>]*\?>\s*|<!--.*?-->\s*|<!DOCTYPE\s+(?!html)[^>]*>\s*)*"
    rb"<(?:\w+:)?(rss|rdf|feed|channel)[\s>/]",
    re.IGNORECASE | re.DOTALL,
)
_JSON_FEED = re.compile(
    rb'^\s*\{.{0,2000}?"version"\s*:\s*"https?:\\?/\\?/jsonfeed\.org', re.DOTALL
)
_KINDS: dict[bytes, Kind] = {b"rss": "rss", b"rdf": "rss", b"feed": "atom", b"channel": "rss"}


class Fetcher(Protocol):
    """What fetches; ``reader.net.client.Client`` is one."""

    def fetch(self, request: Request) -> Awaitable[Response]:
        """The answer to a request. Raises ``NetworkFailed``."""


class Inspected(Struct, frozen=True, kw_only=True):
    """What looking into a feed showed. ``articles`` is None where they were not counted."""

    title: str = ""
    kind: Kind = "feed"
    articles: int | None = None
    newest: tuple[str, ...] = ()


Inspect = Callable[[Response], Inspected | None]
"""Looks into an answer: None where it is no feed."""


def sniff(response: Response) -> Inspected | None:
    """Tell a feed from other documents by how it begins."""
    head = response.body[:8192].lstrip(b"\xef\xbb\xbf")
    if b"\0" in head:
        head = links.text_of(head).encode()
    if match := _ROOT.match(head):
        return Inspected(kind=_KINDS[match[1].lower()])
    return Inspected(kind="json") if _JSON_FEED.match(head) else None


_ENDINGS_OF_FILES = (".opml", ".xml", ".txt", ".html", ".htm", ".json", ".rss")


async def discover(text: str, client: Fetcher, *, inspect: Inspect = sniff) -> list[Candidate]:
    """The feeds behind what a person typed: an address with or without scheme, or @name@host.

    A feed's own address gives that one feed. Else each step is tried until one finds
    something: what is known of the site, what its page declares, what it links to, where
    feeds often are. Every candidate was fetched and is a feed; [] where there is none.
    Raises ``NetworkFailed`` where the page itself cannot be fetched.
    """
    typed = address.typed(sites.fediverse(text) or text)
    asked = address.parse(typed)
    search = _Search(client, inspect, asked.host)
    may_be_path = "://" not in text and (
        "." not in asked.host or asked.host.endswith(_ENDINGS_OF_FILES)
    )
    if not links.seems_a_feed(asked.url) and (found := await search.among(_known(asked.url))):
        return found
    try:
        page = await search.page(typed, may_fall_back="://" not in text)
    except HostUnreachable as error:
        if may_be_path and error.code == "dns":
            raise failure("no-address", text) from error
        raise
    if (itself := inspect(page)) is not None:
        return [_verified(Candidate(url=asked.url, origin="itself"), page, itself)]
    here, content_type = page.final_url, page.header("content-type")
    if here != asked.url and (found := await search.among(_known(here))):
        return found
    if found := await search.among(_named(page)):
        return found
    if found := await search.among(links.declared(page.body, here, content_type=content_type)):
        return found
    if found := await search.among(links.linked(page.body, here, content_type=content_type)):
        return found
    return await search.first(guesses(here))


def guesses(url: str) -> list[Candidate]:
    """Where the feed of a site at ``url`` often is: beside the page, and at the root."""
    bases = (urljoin(url, "."), urljoin(url, "/"))
    addresses = dict.fromkeys(urljoin(base, path) for base in bases for path in sites.COMMON_PATHS)
    return [Candidate(url=guess, origin="guessed") for guess in addresses]


class _Search:
    """Fetches for one discovery. ``host`` is what the person typed, and may be private."""

    def __init__(self, client: Fetcher, inspect: Inspect, host: str) -> None:
        self._client = client
        self._inspect = inspect
        self._host = host

    async def page(self, url: str, *, may_fall_back: bool) -> Response:
        """The page asked for; by http where https was a guess that failed."""
        request = Request(url=url, accept=f"{ACCEPT_PAGE}, {ACCEPT_FEED}", allow_private=True)
        try:
            return await self._client.fetch(request)
        except (ConnectionInsecure, FetchTimedOut, HostUnreachable):
            if not may_fall_back or not url.startswith("https://"):
                raise
            return await self._client.fetch(replace(request, url="http" + url[5:]))

    async def among(self, candidates: Sequence[Candidate]) -> list[Candidate]:
        """Those of ``candidates`` that are feeds, each once, in their order."""
        looked = await asyncio.gather(*map(self._look, candidates[:MOST_CANDIDATES]))
        return list({found.url: found for found in reversed(looked) if found}.values())[::-1]

    async def first(self, candidates: Sequence[Candidate]) -> list[Candidate]:
        """The first of ``candidates`` that is a feed; no more are fetched than that takes."""
        for candidate in candidates:
            if found := await self._look(candidate):
                return [found]
        return []

    async def _look(self, candidate: Candidate) -> Candidate | None:
        try:
            own = address.parse(candidate.url).host == self._host
            response = await self._client.fetch(Request(url=candidate.url, allow_private=own))
        except NetworkFailed:
            return None
        inspected = self._inspect(response)
        return _verified(candidate, response, inspected) if inspected else None


def _verified(candidate: Candidate, response: Response, inspected: Inspected) -> Candidate:
    """A candidate with what looking into its answer showed."""
    return Candidate(
        url=response.permanent_url,
        title=clean_line(inspected.title, 200) or candidate.title,
        kind=inspected.kind,
        origin=candidate.origin,
        articles=inspected.articles,
        newest=tuple(clean_line(title, 200) for title in inspected.newest),
    )


def _known(url: str) -> list[Candidate]:
    return [
        Candidate(url=feed, title=clean_line(title), origin="site")
        for feed, title in sites.feeds_of(url)
    ]


def _named(page: Response) -> list[Candidate]:
    source = links.text_of(page.body, page.header("content-type"))
    named = sites.feed_in(page.final_url, source)
    return [Candidate(url=named, origin="site")] if named else []
