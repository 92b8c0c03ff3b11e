"""Where an article stands among others: what comes next at its foot, how far it was read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.tui.screens.panes import Panes

if TYPE_CHECKING:
    from reader.model.article import Headline
    from reader.text.blocks import Line
    from reader.tui.widgets.article_view import ArticleView
    from reader.tui.widgets.headline_list import HeadlineList

NEXT, PREVIOUS = "article.next", "article.previous"


class ReadingOn(Panes):
    """Keeps the foot of the article and the row of the list in step with what is read."""

    async def on_mount(self) -> None:
        """Let an article come with its foot: one painting is enough."""
        self.article.foot_of = self._foot

    def on_article_view_place_kept(self, event: ArticleView.PlaceKept) -> None:
        """Tell in the list how far the article was read."""
        self.headlines.apply_position(event.article_id, event.position)

    def on_article_view_shown(self) -> None:
        """Tell at the foot of the article what stands beside it in the list."""
        self._show_foot()

    def on_headline_list_rested(self, event: HeadlineList.Rested) -> None:  # noqa: ARG002
        """The list may be another one."""
        self._show_foot()

    def on_headline_list_arrived(self) -> None:
        """The list may be longer."""
        self._show_foot()

    def _show_foot(self) -> None:
        number = self.article.article_id
        # Where the article is to follow the cursor, it comes with its foot.
        if number is not None and number == self.headlines.current_id:
            self.article.set_foot(self._foot(number))

    def _foot(self, article_id: int) -> tuple[Line, ...]:
        """The foot of an article where it stands in the list."""
        if article_id != self.headlines.current_id:
            return ()
        from reader.tui.foot import foot

        here = self.headlines.cursor
        keys = (self.first_key(NEXT), self.first_key(PREVIOUS))
        previous, following = self._row_at(here - 1), self._row_at(here + 1)
        return foot(previous, following, keys=keys, cells=self.article.cells)

    def _row_at(self, index: int) -> Headline | None:
        frozen = self.headlines.list
        return frozen.rows.get(frozen.ids[index]) if 0 <= index < len(frozen.ids) else None
