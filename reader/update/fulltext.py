"""Fetches pages to be read: the full texts of articles, and pages that a person asks for."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from reader.model.change import Actor, ArticlesStored
from reader.model.errors import NetworkFailed, ReaderError, SourceUnreadable
from reader.model.page import FullText
from reader.net import address
from reader.net.client import Client
from reader.net.message import ACCEPT_PAGE, Request
from reader.net.secrets import Secrets
from reader.storage import journal, pages
from reader.storage.pages import WantedPage
from reader.storage.store import Store
from reader.text import urls
from reader.text.terminal import clean_line
from reader.update.options import UpdateOptions, secret_key
from reader.update.workers import Workers

if TYPE_CHECKING:
    # Not to be imported by updates, which seldom read a page.
    from reader.sources.webpage import WebPage

LARGEST: Final = 8 << 20
"""Bytes of a page that are fetched."""
PATIENCE_S: Final = 30.0
HOPS: Final = 2
"""Pages without a text that are followed to where they lead."""

EACH_FEED: Final = 20
MOST: Final = 100
"""Full texts that one update fetches behind; the next one goes on."""
AT_ONCE: Final = 8


def read_page(
    data: bytes, url: str, asked: str, content_type: str, selector: str, now: datetime
) -> "WebPage":
    """Read a page; runs in a process of its own. Raises ``SourceUnreadable``."""
    from reader.sources import webpage

    try:
        return webpage.read(
            data, url=url, asked=asked, content_type=content_type, selector=selector, now=now
        )
    except Exception as error:  # the edge: one broken page costs no other
        raise SourceUnreadable("it is broken") from error


def warm_up() -> None:
    """Import what reading a page needs, in a process that waits for one."""
    import lxml.html
    import readability

    from reader.sources import webpage

    _ = lxml.html, readability, webpage


def request_for(url: str, *, typed: bool = False, urgent: bool = False) -> Request:
    """The request for a page. What a person ``typed`` may lead into a private network."""
    return Request(
        url=url,
        accept=ACCEPT_PAGE,
        max_bytes=LARGEST,
        total_timeout_s=PATIENCE_S,
        allow_private=typed,
        urgent=urgent,
    )


def requester(options: UpdateOptions) -> Callable[[WantedPage], Request]:
    """Makes the request for an article's page.

    What the person keeps for its feed (cookies, a password) goes along to the feed's own
    server and to no other. Raises ``SecretsUnusable``, at once or for a feed whose secret
    cannot be had.
    """
    kept = Secrets(options.secrets)
    secretive = frozenset(kept.keys())

    def page_request(wanted: WantedPage) -> Request:
        request = request_for(urls.without_tracking(wanted.link))
        key = secret_key(wanted.feed_id)
        if key not in secretive or not wanted.feed_url:
            return request
        if not address.parse(wanted.feed_url).trusts(address.parse(wanted.link)):
            return request
        secret = kept.get(key)
        return secret.applied(request) if secret else request

    return page_request


class PageReader(Struct, frozen=True, kw_only=True):
    """Fetches pages, and has them read where that can be stopped."""

    client: Client
    workers: Workers
    clock: Callable[[], datetime]

    async def read(self, request: Request, *, selector: str = "") -> "WebPage":
        """A page, or the one it leads to. Raises ``NetworkFailed`` and ``SourceUnreadable``."""
        page = await self._read(request, selector)
        for _ in range(HOPS):
            if not page.leads_to:
                break
            page = await self._read(request_for(page.leads_to), selector)
        return page

    async def _read(self, request: Request, selector: str) -> "WebPage":
        answer = await self.client.fetch(request)
        job = self.workers.submit(
            read_page,
            answer.body,
            answer.final_url,
            request.url,
            answer.header("content-type"),
            selector,
            self.clock(),
        )
        return await asyncio.wrap_future(job)


class FullTexts(Struct, frozen=True, kw_only=True):
    """Fetches the pages of articles and keeps their texts. What fails is kept as that."""

    store: Store
    writer: Callable[[Actor], journal.Writer]
    reader: PageReader
    page_request: Callable[[WantedPage], Request]

    async def fetch(self, wanted: WantedPage) -> FullText:
        """The text of an article's page; ``obstacle`` and ``problem`` say what went wrong."""
        try:
            request = self.page_request(wanted)
            page = await self.reader.read(request, selector=wanted.selector)
        except SourceUnreadable as error:
            return self._failed(wanted, f"The page cannot be read: {error}.")
        except NetworkFailed as error:
            return self._failed(wanted, f"{error} {error.advice}")
        except ReaderError as error:
            return self._failed(wanted, str(error))
        return FullText(
            article_id=wanted.article_id,
            body=page.article.body,
            kind=page.article.kind,
            base=page.article.base,
            words=page.words,
            fetched=self.reader.clock(),
            obstacle=page.obstacle,
            problem=clean_line(page.problem),
        )

    def _failed(self, wanted: WantedPage, problem: str) -> FullText:
        return FullText(
            article_id=wanted.article_id,
            body="",
            kind="html",
            base=wanted.link,
            words=0,
            fetched=self.reader.clock(),
            obstacle="network",
            problem=clean_line(problem),
        )

    def keep(self, found: Sequence[FullText]) -> list[ArticlesStored]:
        """Keep texts in one transaction; tells which articles have another text to read."""
        with self.store.write() as connection:
            changed = [one.article_id for one in found if pages.keep(connection, one)]
            return pages.tell(connection, changed, self.writer("update"))

    async def run(self, feed_ids: Sequence[int] | None = None) -> AsyncIterator[ArticlesStored]:
        """Fetch what new articles of feeds lack that ask for full texts, a few at a time."""
        with self.store.read() as connection:
            waiting = pages.wanted(connection, feed_ids=feed_ids, each=EACH_FEED, limit=MOST)
        running: set[asyncio.Task[FullText]] = set()
        try:
            while waiting or running:
                while waiting and len(running) < AT_ONCE:
                    running.add(asyncio.create_task(self.fetch(waiting.pop(0))))
                done, running = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
                for change in await asyncio.to_thread(self.keep, [one.result() for one in done]):
                    yield change
        finally:
            for task in running:
                task.cancel()
            await asyncio.gather(*running, return_exceptions=True)
