"""The full text of an article, from its page: by key, or by itself where its feed gives a stub."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.model.records import replace
from reader.tui.screens.finding import Finding
from reader.tui.screens.hinting import NO_ARTICLE

if TYPE_CHECKING:
    from reader.model.article import StoredArticle
    from reader.model.page import FullText

PAGE = "page"
LONGER = 2
"""A page's text that is this many times as long as the feed's is shown when it is there."""


class FullTexts(Finding):
    """Fetches pages in the background; the feed's own text stays one key away."""

    _asked: int | None = None
    """The article that was last looked at for being a stub."""

    def action_article_full_text(self) -> None:
        """Show the text of the article's page, or the feed's again."""
        view = self.article
        if view.reading is None:
            self.status.tell(NO_ARTICLE)
        elif view.instead == PAGE:
            view.again()
            self.status.tell("The feed's text")
        elif self.bridge.busy("full text"):
            self.status.tell("A page is being fetched already")
        else:
            self.bridge.run("full text", self._fetch, view.reading.stored)

    def mark_read(self, article_id: int) -> None:
        """Mark an article read; where only its beginning is there, get the rest."""
        super().mark_read(article_id)
        if article_id != self._asked and self.config.full_text.stubs:
            self._asked = article_id
            self.bridge.run("stub", self._complete, article_id)

    async def _complete(self, article_id: int) -> None:
        await self.bridge.settled("article")
        reading = self.article.reading
        if reading is None or reading.id != article_id or self.article.instead:
            return
        stored = reading.stored
        kept = await self.bridge.call("read", self.library.stored_full_text, article_id)
        if kept is not None:
            if kept.complete and kept.words > LONGER * stored.content.words:
                self._show_page(stored, kept)
        elif await self.bridge.call("read", self.library.wants_full_text, stored):
            self.bridge.run("full text", self._fetch, stored)

    async def _fetch(self, stored: StoredArticle) -> None:
        self.status.progress("Fetching the page…")
        try:
            found = await self.library.full_text(stored.headline.id)
        finally:
            self.status.progress("")
        reading = self.article.reading
        if reading is not None and reading.id == stored.headline.id:
            self._show_page(reading.stored, found)

    def _show_page(self, stored: StoredArticle, found: FullText) -> None:
        if not found.words:
            self.status.tell(found.problem or "There is nothing to read on this page")
            return
        problems = (*stored.content.problems, *filter(None, [found.problem]))
        content = replace(
            stored.content,
            body=found.body,
            kind=found.kind,
            base=found.base,
            words=found.words,
            problems=problems,
        )
        self.article.show_instead(PAGE, replace(stored, content=content))
        self.status.tell(found.problem or "The page's text · x shows the feed's")
