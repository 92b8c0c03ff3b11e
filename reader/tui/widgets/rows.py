"""The base of every list: one-line rows drawn by the line API, with a cursor.

Moving the cursor repaints two rows; leaving the window jumps half a page, so that a
slow line carries one repaint for many rows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.geometry import Region
from textual.strip import Strip

from reader.tui.drawing import Piece, strip_of, wrapped
from reader.tui.widgets.pane import Pane

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.style import Style
    from textual import events

    from reader.tui.themes import Look

WHEEL_ROWS = 3
CACHED_STRIPS = 1000


class RowList(Pane):
    """Rows from top to bottom; ``cursor`` is -1 where there are none."""

    def __init__(self, *, id: str, look: Look) -> None:  # noqa: A002  Textual's name
        super().__init__(id=id)
        self.look = look
        self.cursor = -1
        self.top = 0
        self.notice: Sequence[str] = ()
        self._strips: dict[int, Strip] = {}
        self._width = 0

    # --- what a list says of itself

    @property
    def row_count(self) -> int:
        """How many rows the list has."""
        raise NotImplementedError

    def draw(self, index: int, cells: int) -> list[Piece] | None:
        """A row as text and styles, at most ``cells`` wide; None while it is being fetched."""
        raise NotImplementedError

    def moved(self) -> None:
        """The cursor stands on another row."""

    def open_row(self) -> None:
        """Open the row under the cursor."""

    # --- drawing

    def render_line(self, y: int) -> Strip:
        """One line of the window."""
        index = self.top + y
        cells = self.size.width
        if cells != self._width:
            self._strips.clear()
            self._width = cells
        if index >= self.row_count:
            return self._notice_line(y, cells)
        if index == self.cursor:
            return self._row(index, cells)
        strip = self._strips.get(index)
        if strip is None:
            strip = self._row(index, cells)
            if len(self._strips) >= CACHED_STRIPS:
                self._strips.clear()
            self._strips[index] = strip
        return strip

    def _row(self, index: int, cells: int) -> Strip:
        pieces = self.draw(index, cells - 1)
        if pieces is None:
            return strip_of([(" …", self.look.faint)], cells, self.look.ground)
        at_cursor = index == self.cursor
        if at_cursor and self.has_focus:
            pale = (self.look.muted, self.look.faint)
            pieces = [(text, self.look.text if style in pale else style) for text, style in pieces]
        # In the first piece's style: one segment less is some thirty bytes less.
        edge = ("▌" if at_cursor and self.has_focus else " ", pieces[0][1])
        ground = self.cursor_ground if at_cursor else self.look.ground
        return strip_of([edge, *pieces], cells, ground)

    @property
    def cursor_ground(self) -> Style:
        """What the row under the cursor stands on."""
        return self.look.cursor if self.has_focus else self.look.cursor_away

    def _notice_line(self, y: int, cells: int) -> Strip:
        if self.row_count or y < 1 or not self.notice:
            return Strip.blank(cells, self.look.ground)
        lines = [line for text in self.notice for line in wrapped(text, max(8, cells - 4))]
        if y > len(lines):
            return Strip.blank(cells, self.look.ground)
        return strip_of([(f"  {lines[y - 1]}", self.look.muted)], cells, self.look.ground)

    def redraw(self, rows: Iterable[int] | None = None) -> None:
        """Draw rows anew (all of them without ``rows``); those out of sight cost nothing."""
        if rows is None:
            self._strips.clear()
            self.refresh()
            return
        height = self.size.height
        regions = []
        for index in rows:
            self._strips.pop(index, None)
            if 0 <= index - self.top < height:
                regions.append(Region(0, index - self.top, self.size.width, 1))
        if regions:
            self.refresh(*regions)

    def restyle(self, look: Look) -> None:
        """Draw in another theme."""
        self.look = look
        self.redraw()

    def show_focus(self) -> None:
        """The cursor that keys move is the brightest."""
        self.redraw((self.cursor,))

    # --- moving

    def move_to(self, index: int, *, silent: bool = False) -> None:
        """Put the cursor on a row, as near as there is one."""
        target = max(0, min(index, self.row_count - 1)) if self.row_count else -1
        before, self.cursor = self.cursor, target
        if not self._show_cursor():
            self.redraw((before, target))
        if target != before and not silent:
            self.moved()

    def _show_cursor(self) -> bool:
        """Bring the cursor into the window; tells whether the window moved."""
        height = self.size.height
        if not height or self.cursor < 0 or self.top <= self.cursor < self.top + height:
            return False
        near = abs(self.cursor - self.top - height // 2) <= height
        return self._scroll(self.cursor - (height // 2 if near else height // 3))

    def _scroll(self, top: int) -> bool:
        target = max(0, min(top, self.row_count - self.size.height))
        if target == self.top:
            return False
        self.top = target
        self.refresh()
        return True

    def on_resize(self) -> None:
        """Keep the cursor in sight when the window's height changes."""
        self._scroll(self.top)
        self._show_cursor()

    def action_cursor_down(self) -> None:
        """One row down."""
        if self.cursor + 1 < self.row_count:
            self.move_to(self.cursor + 1)

    def action_cursor_up(self) -> None:
        """One row up."""
        if self.cursor > 0:
            self.move_to(self.cursor - 1)

    def action_cursor_top(self) -> None:
        """The first row."""
        self.move_to(0)

    def action_cursor_bottom(self) -> None:
        """The last row."""
        self.move_to(self.row_count - 1)

    def action_cursor_page_down(self) -> None:
        """A window further."""
        self._page(1)

    def action_cursor_page_up(self) -> None:
        """A window back."""
        self._page(-1)

    def _page(self, direction: int) -> None:
        step = max(1, self.size.height - 1)
        self._scroll(self.top + direction * step)
        self.move_to(self.cursor + direction * step)

    def action_cursor_open(self) -> None:
        """Open the row under the cursor."""
        if self.cursor >= 0:
            self.open_row()

    # --- the mouse

    def on_click(self, event: events.Click) -> None:
        """Put the cursor there; open the row it is on already."""
        place = event.get_content_offset(self)
        if place is None:
            return
        index = self.top + place.y
        if index >= self.row_count:
            return
        if index == self.cursor:
            self.open_row()
        else:
            self.move_to(index)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Look further down without moving the cursor."""
        event.stop()
        self._scroll(self.top + WHEEL_ROWS)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Look further up without moving the cursor."""
        event.stop()
        self._scroll(self.top - WHEEL_ROWS)
