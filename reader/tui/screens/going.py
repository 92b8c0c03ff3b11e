"""Going somewhere by name: to all articles, those with a star, a feed, a tag."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.text.terminal import clean_line
from reader.tui.place import Place, row_key
from reader.tui.screens.sidebar import Sidebar

if TYPE_CHECKING:
    from reader.model.feed import FeedRow
    from reader.model.scope import Show


class Going(Sidebar):
    """Keys that lead to a list without walking there."""

    def action_go_all(self) -> None:
        """Go to the articles of all feeds."""
        self._go_to_place(Place())

    def action_go_starred(self) -> None:
        """Go to every starred article."""
        self._go_to_place(Place(show="starred"))

    def _go_to_place(self, place: Place) -> None:
        self.status.tell("")
        self.feeds.select(place.row)
        self.enter_place(place)
        self.go_to("headlines")

    def action_go_feed(self) -> None:
        """Ask for a part of a feed's name and go there."""
        from reader.tui.screens.choose import ChooseScreen
        from reader.tui.widgets.choices import Choice

        rows = {f"{row.kind} {row.id}": row for row in self.feeds.rows}
        choices = [
            Choice(name, row.title, clean_line(f"{row.unread:,} unread" if row.unread else ""))
            for name, row in rows.items()
        ]
        screen = ChooseScreen(look=self.status.look, title="Go to a feed", choices=choices)

        def went(name: str | None) -> None:
            if name:
                self._go_to_row(rows[name], self.place.show)

        self.app.push_screen(screen, went)

    def _go_to_row(self, row: FeedRow, show: Show) -> None:
        self._go_to_place(Place(row=row_key(row), query=row.query, show=show))

    async def action_go_tag(self) -> None:
        """Ask for a part of a tag's name, in the sidebar."""
        if self.zen:
            self.action_view_zen()
        self.go_to("tags")
        await self.action_tags_find()

    def action_view_zen(self) -> None:
        """The article alone, or all panes again; the screen does."""
        raise NotImplementedError
