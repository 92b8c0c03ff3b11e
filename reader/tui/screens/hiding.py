"""Hiding articles by hand, and bringing back what a rule or a hand hid."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.text.terminal import clean_line
from reader.tui.bridge import Changed
from reader.tui.screens.selecting import Selecting

if TYPE_CHECKING:
    from reader.model.article import Headline
    from reader.tui.widgets.headline_list import HeadlineList


class Hiding(Selecting):
    """One key hides the article or the selection, and shows again what is hidden."""

    def action_article_toggle_hidden(self) -> None:
        """Hide the article or the selection, or show again what is hidden."""
        row = self.headlines.current
        if self.headlines.selection:
            self.bridge.write(lambda: self._toggle("hidden"))
        elif row is not None:
            self.bridge.write(lambda: self._hide(row))

    def on_headline_list_rested(self, event: HeadlineList.Rested) -> None:  # noqa: ARG002
        """Tell the key that brings a hidden article back."""
        self._hint_at_hidden()

    def on_article_view_shown(self) -> None:
        """Tell it, or no longer: the article may have been hidden just now."""
        self._hint_at_hidden()

    def _hint_at_hidden(self) -> None:
        row = self.headlines.current
        if row is not None and row.hidden:
            key = self.first_key("article.toggle-hidden") or ":unhide"
            self.status.hint(f"{key} shows it again")
        else:
            self.status.hint()

    async def _hide(self, row: Headline) -> None:
        by = ""
        if row.hidden:
            stored = await self.bridge.call("write", self.library.article, row.id)
            by = stored.hidden_by if stored is not None else ""
        change = await self._mark([row.id], "hidden", value=not row.hidden)
        self.bridge.post(Changed(change))
        rule = f"; the rule {by} had hidden it" if by else ""
        told = f"Shown again{rule} · u undoes" if row.hidden else "Hidden · u undoes"
        self.status.tell(clean_line(told))
