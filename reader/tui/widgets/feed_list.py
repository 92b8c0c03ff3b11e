"""The feed list: smart feeds, categories that fold, feeds; unread counts at the right."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from textual.message import Message

from reader.tui.drawing import Piece, columns
from reader.tui.place import RowKey, row_key
from reader.tui.widgets.rows import RowList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.model.feed import FeedRow
    from reader.tui.bridge import Bridge
    from reader.tui.themes import Look


class FeedList(RowList):
    """Rows of the feed list as the library gives them; folded categories hide theirs."""

    class Chosen(Message):
        """The cursor rests on a feed (or it was opened: ``entered``)."""

        def __init__(self, row: FeedRow, *, entered: bool) -> None:
            super().__init__()
            self.row = row
            self.entered = entered

    class Folded(Message):
        """A category was folded or opened."""

        def __init__(self, category_id: int, *, collapsed: bool) -> None:
            super().__init__()
            self.category_id = category_id
            self.collapsed = collapsed

    def __init__(self, *, look: Look, bridge: Bridge) -> None:
        super().__init__(id="feeds", look=look)
        self.bridge = bridge
        self.rows: tuple[FeedRow, ...] = ()
        self.shown: list[FeedRow] = []

    @property
    def row_count(self) -> int:
        """How many rows are not folded away."""
        return len(self.shown)

    @property
    def current(self) -> FeedRow | None:
        """The row under the cursor."""
        return self.shown[self.cursor] if 0 <= self.cursor < len(self.shown) else None

    def set_rows(self, rows: Sequence[FeedRow]) -> None:
        """Show new rows; where only counts differ, only those rows are painted."""
        here = self.current
        before = self.shown
        self.rows = tuple(rows)
        self.shown = unfolded(self.rows)
        if [row_key(row) for row in before] == [row_key(row) for row in self.shown]:
            pairs = enumerate(zip(before, self.shown, strict=True))
            self.redraw([index for index, (old, new) in pairs if old != new])
            return
        self.redraw()
        if here is not None:
            self.select(row_key(here))

    def select(self, key: RowKey) -> None:
        """Put the cursor on a row without choosing it; on its category where it is folded."""
        category: RowKey | None = None
        for row in self.rows:
            if row.kind == "category":
                category = row_key(row)
            elif row.depth == 0:
                category = None
            if row_key(row) == key:
                break
        for wanted in (key, category):
            for index, row in enumerate(self.shown):
                if row_key(row) == wanted:
                    self.move_to(index, silent=True)
                    return
        self.move_to(max(0, self.cursor), silent=True)

    def title_of(self, key: RowKey) -> str:
        """The titles from the category down to a row, as a path."""
        path: list[FeedRow] = []
        for row in self.rows:
            path = [*(above for above in path if above.depth < row.depth), row]
            if row_key(row) == key:
                return " › ".join(part.title for part in path)
        return ""

    def next_unread(self, key: RowKey, *, back: bool = False) -> FeedRow | None:
        """The nearest feed below (or above) that has something unread, around the end."""
        feeds = [row for row in self.rows if row.kind == "feed" or row_key(row) == key]
        if back:
            feeds.reverse()
        here = next((place for place, row in enumerate(feeds) if row_key(row) == key), -1)
        around = feeds[here + 1 :] + feeds[: max(here, 0)]
        return next((row for row in around if row.kind == "feed" and row.unread), None)

    def draw(self, index: int, cells: int) -> list[Piece]:
        """A row: fold mark, title, what is wrong, unread count."""
        row = self.shown[index]
        mark = " "
        if row.kind == "category":
            mark = "▸" if row.collapsed else "▾"
        title = f"{'  ' * row.depth}{mark} {row.title}"
        right: list[Piece] = []
        if row.paused:
            right.append((" =", self.look.muted))
        if row.problem:
            right.append((" !", self.look.error))
        right.append((f" {row.unread:,} " if row.unread else " ", self.look.muted))
        style = self.look.text if row.unread else self.look.muted
        return columns(title, style, cells, right)

    def moved(self) -> None:
        """Choose the row once the cursor rests on it."""
        self.bridge.run("choose", self._rest)

    async def _rest(self) -> None:
        await asyncio.sleep(self.bridge.pauses.feed)
        if self.current is not None:
            self.post_message(self.Chosen(self.current, entered=False))

    def open_row(self) -> None:
        """Fold or open a category; go to the articles of a feed."""
        row = self.current
        if row is None:
            return
        if row.kind == "category":
            self._fold(row, collapsed=not row.collapsed)
        else:
            self.enter()

    def enter(self) -> None:
        """Choose the row at once and go to its articles."""
        self.bridge.cancel("choose")
        if self.current is not None:
            self.post_message(self.Chosen(self.current, entered=True))

    def step_left(self) -> bool:
        """Fold the category, or go up to it; tells whether there was something to do."""
        row = self.current
        if row is None:
            return False
        if row.kind == "category" and not row.collapsed:
            self._fold(row, collapsed=True)
            return True
        above = range(self.cursor - 1, -1, -1)
        parent = next((i for i in above if self.shown[i].depth < row.depth), None)
        if parent is None:
            return False
        self.move_to(parent)
        return True

    def step_right(self) -> bool:
        """Open a folded category; tells whether there was something to do."""
        row = self.current
        if row is None or row.kind != "category" or not row.collapsed:
            return False
        self._fold(row, collapsed=False)
        return True

    def _fold(self, row: FeedRow, *, collapsed: bool) -> None:
        self.post_message(self.Folded(row.id, collapsed=collapsed))


def unfolded(rows: Sequence[FeedRow]) -> list[FeedRow]:
    """The rows that no folded category hides."""
    shown: list[FeedRow] = []
    hidden_below: int | None = None
    for row in rows:
        if hidden_below is not None and row.depth > hidden_below:
            continue
        hidden_below = row.depth if row.kind == "category" and row.collapsed else None
        shown.append(row)
    return shown
