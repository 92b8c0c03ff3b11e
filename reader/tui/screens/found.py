"""What a filter found: its words marked, and where the text of an article has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.tui.screens.panes import Panes
from reader.tui.sought import NOTHING_SOUGHT, in_style, sought

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.tui.drawing import Piece
    from reader.tui.widgets.headline_list import HeadlineList

_SHORTEST = 20
_EDGES = 6
"""Cells of the rule that stay free of text."""


class Found(Panes):
    """The rule above the article shows the stretch of its text that fits the filter."""

    stretch: Sequence[Piece] = ()
    _sought_in = ""

    def show_where(self) -> None:
        """Say where the person is."""
        raise NotImplementedError

    def mark_sought(self) -> None:
        """Mark the words of the filter, where it is another one than before."""
        asked = self.place.asked
        if asked == self._sought_in:
            return
        self._sought_in = asked
        self.stretch = ()
        wanted = sought(asked) if asked else NOTHING_SOUGHT
        if wanted != self.headlines.sought:
            self.headlines.sought = wanted
            self.headlines.redraw()
            self.article.seek(wanted)

    def on_headline_list_rested(self, event: HeadlineList.Rested) -> None:
        """Show why the article under the cursor was found."""
        if event.article_id != self.headlines.current_id:
            return
        if event.article_id is not None and self.headlines.sought.texts:
            self.bridge.run("stretch", self._find_stretch, event.article_id)
        elif self.stretch:
            self.stretch = ()
            self.show_where()

    async def _find_stretch(self, article_id: int) -> None:
        asked = self._sought_in
        room = max(_SHORTEST, self.rule.size.width - _EDGES)
        found = await self.bridge.call(
            "ask", self.library.snippets, [article_id], asked, length=room
        )
        if asked != self._sought_in or article_id != self.headlines.current_id:
            return
        snippet, look = found.get(article_id), self.rule.look
        self.stretch = ()
        if snippet is not None:
            text = in_style(snippet.text, snippet.hits, look.muted, look.found)
            self.stretch = [("── ", look.line), *text, (" ", look.line)]
        self.show_where()
