"""What changed in an article since it was read, in the place of its text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.model.records import replace
from reader.tui import when
from reader.tui.reading import Blocks
from reader.tui.screens.fulltext import FullTexts
from reader.tui.screens.hinting import NO_ARTICLE

if TYPE_CHECKING:
    from reader.model.article import StoredArticle
    from reader.model.revision import Changes

CHANGES = "changes"


class WhatChanged(FullTexts):
    """Compares what publishers say with what they said."""

    _to_tell = ""
    """What to tell once a body stands in the article's place."""
    _told = ""
    """What was told of it: it goes where the article comes back, or another."""

    def tell_of_body(self, message: str) -> None:
        """Say something for as long as a body stands in the article's place."""
        self._to_tell = message

    def on_article_view_shown(self) -> None:
        """Say what was to be said of what is shown now."""
        if not self.article.has_place:
            if self._to_tell:
                self._told, self._to_tell = self._to_tell, ""
                self.status.tell(self._told)
        elif self._told:
            if self.status.message == self._told:
                self.status.tell("")
            self._told = ""

    def action_article_changes(self) -> None:
        """Show what changed since the article was read, or the article again."""
        view = self.article
        if view.reading is None:
            self.status.tell(NO_ARTICLE)
        elif view.instead == CHANGES:
            view.bring_back()
        else:
            self.bridge.run("changes", self._show_changes, view.reading.stored)

    async def _show_changes(self, stored: StoredArticle) -> None:
        found = await self.bridge.call("text", self.library.changes, stored.headline.id)
        if self.article.article_id != stored.headline.id:
            return
        if found is None or not found.blocks:
            self.status.tell("Nothing changed in this article")
            return
        # A copy tells this reading from the article's own.
        self.article.show_instead(CHANGES, replace(stored), Blocks(found.blocks))
        self.tell_of_body(f"{_since(found)} · d shows the article")


def _since(found: Changes) -> str:
    moment = when.in_article(found.since, "given")
    return f"What changed since you read it, {moment}" if found.seen else f"Changed after {moment}"
