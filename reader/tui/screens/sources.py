"""The source of an article in the place of its text: its body, then its whole document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.model.errors import SourceUnreadable
from reader.model.records import replace
from reader.text.terminal import clean_line
from reader.tui.screens.changes import WhatChanged
from reader.tui.screens.hinting import NO_ARTICLE

if TYPE_CHECKING:
    from reader.model.article import StoredArticle
    from reader.text.blocks import BodyKind
    from reader.text.source import Source

SOURCE, DOCUMENT = "source", "document"
NAMES: dict[BodyKind, str] = {"html": "HTML", "markdown": "Markdown", "text": "plain text"}
LANGUAGES: dict[BodyKind, str] = {"html": "html", "markdown": "markdown", "text": ""}


class Sources(WhatChanged):
    """Shows what a publisher wrote, sign for sign."""

    def action_article_source(self) -> None:
        """Show the source of the text, then the whole document, then the article again."""
        view = self.article
        if view.reading is None or not view.display:
            self.status.tell(NO_ARTICLE)
        elif view.instead == SOURCE:
            self.bridge.run("source", self._show_document, view.reading.stored)
        elif view.instead == DOCUMENT:
            self.leave_body()
        else:
            self._show_source(view.reading.stored)

    def leave_body(self) -> bool:
        """Show the article again where something stands in its place; tells whether it did."""
        found = bool(self.article.reading) and not self.article.has_place
        if found:
            self.article.bring_back()
        return found

    def _show_source(self, stored: StoredArticle) -> None:
        content = stored.content
        source = _source((content.body, LANGUAGES[content.kind]))
        self.article.show_instead(SOURCE, replace(stored), source)
        told = f"Source, {NAMES[content.kind]}" if content.body else "The source is empty"
        self.tell_of_body(f"{told} · the same key shows the whole document")

    async def _show_document(self, stored: StoredArticle) -> None:
        try:
            found = await self.bridge.call("text", self.library.original, stored.headline.id)
        except SourceUnreadable as error:
            self.leave_body()
            self.status.tell(str(error))
            return
        if self.article.article_id != stored.headline.id:
            return
        body = (found.body, LANGUAGES[stored.content.kind])
        source = _source((found.head, found.syntax), body)
        self.article.show_instead(DOCUMENT, replace(stored), source)
        told = clean_line(found.path) if found.path else "What the feed gave, as a document"
        self.tell_of_body(" · ".join([told, *map(clean_line, found.problems)]))


def _source(*parts: tuple[str, str]) -> Source:
    from reader.text.source import Source

    return Source([part for part in parts if part[0]])
