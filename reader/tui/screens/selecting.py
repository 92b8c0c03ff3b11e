"""Selecting several headlines, and the marks that then go to all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.tui.bridge import Changed
from reader.tui.screens.prompting import Prompting
from reader.tui.screens.verbs import Verbs, told

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.model.change import ArticlesMarked, Mark
    from reader.tui.widgets.headline_list import HeadlineList


class Selecting(Prompting, Verbs):
    """`v`, `V` and `*`; `m`, `s` and `A` act on what is selected."""

    def action_list_select(self) -> None:
        """Select the article under the cursor, or no longer; go one down."""
        headlines = self.headlines
        if headlines.current_id is None:
            return
        headlines.end_range()
        headlines.selection.toggle(headlines.current_id)
        headlines.redraw((headlines.cursor,))
        headlines.action_cursor_down()
        self._say_selected()

    def action_list_select_range(self) -> None:
        """Begin a range that follows the cursor, or end it here."""
        headlines = self.headlines
        if headlines.selection.anchor is not None:
            headlines.end_range()
        elif headlines.cursor >= 0:
            headlines.selection.begin(headlines.cursor)
            headlines.redraw((headlines.cursor,))
        self._say_selected()

    def action_list_select_all(self) -> None:
        """Select everything in the list."""
        self.bridge.run("select", self._select_all)

    async def _select_all(self) -> None:
        frozen = self.headlines.list
        await self.bridge.settled("ids")
        every = await self.bridge.call("text", set, frozen.ids)
        if frozen is self.headlines.list:
            self.headlines.selection.chosen = every
            self.headlines.redraw()
            self._say_selected()

    def let_go_selection(self) -> bool:
        """Select nothing; whether anything was."""
        if not self.headlines.selection:
            return False
        self.headlines.select_nothing()
        self.status.tell("")
        return True

    def on_headline_list_rested(self, event: HeadlineList.Rested) -> None:  # noqa: ARG002
        """Say how far the range goes."""
        if self.headlines.selection.anchor is not None:
            self._say_selected()

    def _say_selected(self) -> None:
        count = self.headlines.selected_count
        self.status.tell(
            f"{count:,} selected · m s t X A S act on them, Esc lets go" if count else ""
        )

    async def selected(self) -> list[int]:
        """The ids that are selected, as the list has them."""
        selection, ids = self.headlines.selection, self.headlines.list.ids
        return await self.bridge.call("text", selection.ids, ids)

    # --- marks on a selection

    def action_article_toggle_read(self) -> None:
        """Mark the article or the selection read, or unread where all of it is read."""
        if self.headlines.selection:
            self.bridge.write(lambda: self._toggle("read"))
        else:
            super().action_article_toggle_read()

    def action_article_toggle_star(self) -> None:
        """Star the article or the selection, or take the stars away where all have one."""
        if self.headlines.selection:
            self.bridge.write(lambda: self._toggle("starred"))
        else:
            super().action_article_toggle_star()

    def action_list_mark_read(self) -> None:
        """Mark the list or the selection read."""
        if self.headlines.selection:
            self.bridge.write(self._mark_selected)
        else:
            super().action_list_mark_read()

    async def _toggle(self, mark: Mark) -> None:
        ids = await self.selected()
        change = await self._mark(ids, mark, value=True)
        if not change.ids:
            change = await self._mark(ids, mark, value=False)
        self.let_go_selection()
        self._tell_mark(change)

    async def _mark_selected(self) -> None:
        change = await self._mark(await self.selected(), "read", value=True)
        self.let_go_selection()
        self._tell_mark(change)

    async def _mark(self, ids: Sequence[int], mark: Mark, *, value: bool) -> ArticlesMarked:
        return await self.bridge.call("write", self.library.mark, ids, mark, value)

    def _tell_mark(self, change: ArticlesMarked) -> None:
        self.bridge.post(Changed(change))
        undone = {"read": "unread", "starred": "not starred", "hidden": "not hidden"}
        if change.ids and not change.value:
            self.status.tell(f"Marked {len(change.ids):,} {undone[change.mark]} · u undoes")
        else:
            self.status.tell(told(change))

    def action_list_mark_above(self) -> None:
        """Mark what is above the cursor read."""
        ids = self.headlines.list.ids[: max(0, self.headlines.cursor)]
        self.bridge.write(lambda: self._mark_part(ids))

    def action_list_mark_below(self) -> None:
        """Mark what is below the cursor read."""
        self.bridge.write(self._mark_below)

    async def _mark_below(self) -> None:
        frozen, after = self.headlines.list, self.headlines.cursor + 1
        await self.bridge.settled("ids")
        await self._mark_part(frozen.ids[after:])

    async def _mark_part(self, ids: Sequence[int]) -> None:
        self._tell_mark(await self._mark(ids, "read", value=True))
