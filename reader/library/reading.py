"""The verbs of reading on: the full texts of articles, and pages that links lead to."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from reader.library.aside import in_thread
from reader.library.door import Door
from reader.model.article import Article, RawArticle, StoredArticle
from reader.model.errors import NetworkFailed, SourceUnreadable
from reader.model.records import replace

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from reader.model.change import Actor
    from reader.model.page import FullText
    from reader.net.client import Client
    from reader.sources.webpage import WebPage
    from reader.storage.pages import WantedPage
    from reader.update.fulltext import PageReader
    from reader.update.shelf import Shelf


class ReadingVerbs(Door):
    """What a person does who wants to read more than a feed gave."""

    # --- full texts

    def stored_full_text(self, article_id: int) -> FullText | None:
        """The text of an article's page as it is kept, None where it was never asked for."""
        # Imported late: a list of headlines has no use for it.
        from reader.storage import pages

        with self.store.read() as connection:
            return pages.stored(connection, article_id)

    async def full_text(self, article_id: int, *, again: bool = False) -> FullText:
        """The text of an article's page: as it is kept, or fetched, taken out and kept.

        ``again`` fetches it anyhow. Never raises for what a server does: ``problem`` says
        what went wrong. Raises ``SourceUnreadable`` for an article that is gone or has no
        link. Addresses in private networks are refused, as a feed named them.
        """
        kept = await in_thread(self.stored_full_text, article_id)
        if kept is not None and kept.complete and not again:
            return kept
        wanted = await in_thread(self._page_of, article_id)
        from reader.update.fulltext import FullTexts, requester

        async with self._pages() as reader:
            texts = FullTexts(
                store=self.store,
                writer=self.writer,
                reader=reader,
                page_request=requester(self._options()),
            )
            found = await texts.fetch(wanted)
            await in_thread(texts.keep, [found])
        return found

    def _page_of(self, article_id: int) -> WantedPage:
        from reader.storage import pages

        with self.store.read() as connection:
            wanted = pages.of_article(connection, article_id)
        if wanted is None:
            raise SourceUnreadable("This article is gone.")
        if not wanted.link.startswith(("http:", "https:")):
            raise SourceUnreadable("This article has no link to a page.")
        return wanted

    def wants_full_text(self, article: StoredArticle) -> bool:
        """Whether what an article's feed gave is a stub, and its page was never asked for.

        An article that comes with sound or film is none: that is what it is about.
        """
        from reader.text.plain import visible_text
        from reader.text.stub import is_stub

        content = article.content
        if article.path or not content.link.startswith(("http:", "https:")):
            return False
        if any(one.mime.startswith(("audio/", "video/")) for one in content.enclosures):
            return False
        if not is_stub(visible_text(content.body, content.kind), title=content.title):
            return False
        return self.stored_full_text(article.headline.id) is None

    # --- pages

    async def page(self, url: str, *, typed: bool = False) -> Article:
        """The article of any page, not kept; what is wrong with it stands in ``problems``.

        An address that a person ``typed`` may be short ("example.org") and lead into a
        private network, one that an article named may not. Raises ``NetworkFailed``, and
        ``SourceUnreadable`` for what is no page.
        """
        from reader.update.clean import clean

        page = _usable(await self._fetched(url, typed=typed))
        problems = tuple(filter(None, [page.problem]))
        return clean(replace(page.article, problems=problems), now=self._clock()).article

    async def read_page(self, url: str, *, typed: bool = False) -> StoredArticle:
        """Fetch a page to read it now; it is kept among the pages read, as a read article.

        Raises as ``page`` does. A page that was read before is brought up to date.
        """
        return await self._keep(_usable(await self._fetched(url, typed=typed)), "Pages read")

    async def read_later(
        self, url: str, *, title: str = "", typed: bool = False, actor: Actor = "key"
    ) -> StoredArticle:
        """Put a page aside, unread, with its text where it can be had now.

        ``title`` is what the link said, for a page that cannot be had: nothing that was put
        aside is lost. Raises ``SourceUnreadable`` for what is no web address.
        """
        from reader.sources.webpage import WebPage
        from reader.text import urls

        address = self._address(url, typed=typed)
        try:
            page = await self._fetched(url, typed=typed)
            if not page.article.title:
                page = replace(page, article=replace(page.article, title=title))
        except (NetworkFailed, SourceUnreadable) as error:
            article = RawArticle(
                identity=urls.canonical(address), title=title, body="", kind="html", link=address
            )
            page = WebPage(article=article, words=0, obstacle="network", problem=str(error))
        return await self._keep(page, "Put aside", actor=actor)

    async def _fetched(self, url: str, *, typed: bool) -> WebPage:
        from reader.update.fulltext import request_for

        request = request_for(self._address(url, typed=typed), typed=typed, urgent=True)
        async with self._pages() as reader:
            return await reader.read(request)

    def _address(self, url: str, *, typed: bool) -> str:
        from reader.net import address
        from reader.text import urls

        found = urls.absolute(address.typed(url) if typed else url, "")
        if not found.startswith("http"):
            raise SourceUnreadable("This is no address of a web page.")
        return urls.without_tracking(found)

    async def _keep(self, page: WebPage, shelf: Shelf, *, actor: Actor = "key") -> StoredArticle:
        from reader.update.shelf import Shelves

        shelves = Shelves(store=self.store, writer=self.writer, clock=self._clock)

        def keep() -> StoredArticle:
            from reader.storage import reading

            article_id, _ = shelves.keep(page, shelf, actor=actor)
            with self.store.read() as connection:
                kept = reading.article(connection, article_id)
            if kept is None:
                raise SourceUnreadable("The page is gone.")
            return kept

        return await in_thread(keep)

    # --- the network

    @asynccontextmanager
    async def _client(self) -> AsyncIterator[Client]:
        # Imported late: the network is for those who ask for it.
        from reader.net.client import Client

        async with Client(self._options().net()) as client:
            yield client

    @asynccontextmanager
    async def _pages(self) -> AsyncIterator[PageReader]:
        """What fetches and reads pages; the process that reads starts while they are fetched."""
        from reader.update.fulltext import PageReader, warm_up
        from reader.update.workers import Workers

        workers = Workers(processes=1)
        try:
            workers.submit(warm_up)
            async with self._client() as client:
                yield PageReader(client=client, workers=workers, clock=self._clock)
        finally:
            await in_thread(workers.close)


def _usable(page: WebPage) -> WebPage:
    """A page that can be shown. Raises ``SourceUnreadable`` with the reason where it cannot."""
    if not page.words:
        raise SourceUnreadable(page.problem or "There is nothing to read on this page.")
    return page
