"""Text to look through, a screen of its own: what changed in an article, what a program said."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.strip import Strip

from reader.tui.drawing import Piece, strip_of
from reader.tui.widgets.pane import Pane

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual import events

    from reader.text.blocks import Line
    from reader.tui.bridge import Bridge
    from reader.tui.reading import Body
    from reader.tui.themes import Look

MARGIN = 2
WHEEL_LINES = 3
SLICE = 1000
"""Lines that are laid out in one go."""


class Pager(Pane):
    """A body at a width, drawn as an article is. ``top`` is the first line in the window."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "cursor_page_down", show=False),
        Binding("b", "cursor_page_up", show=False),
    ]

    def __init__(self, *, look: Look, bridge: Bridge, body: Body, widest: int) -> None:
        super().__init__(id="list")
        self.look = look
        self.bridge = bridge
        self.body = body
        self.widest = widest
        self.lines: list[Line] = []
        self.top = 0
        self._cells = 0

    @property
    def last_top(self) -> int:
        """The top line when the end is in the window."""
        return max(0, len(self.lines) - self.size.height)

    def on_resize(self) -> None:
        """Lay out where the width changed."""
        cells = max(10, min(self.widest, self.size.width - 2 * MARGIN))
        if cells != self._cells:
            self._cells = cells
            self.bridge.run("pager", self._lay_out, cells)
        else:
            self._scroll(self.top)

    async def _lay_out(self, cells: int) -> None:
        share = self.top / self.last_top if self.last_top else 0.0
        source = await self.bridge.call("text", _laid_out, self.body, cells)
        lines: list[Line] = []
        while more := await self.bridge.call("text", _slice, source):
            begun, lines = bool(lines), lines + more
            if not begun:
                self.lines, self.top = lines, 0
                self.refresh()
        self.lines = lines
        self.top = round(share * self.last_top)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """One line of the window."""
        width = self.size.width
        index = self.top + y
        if index >= len(self.lines):
            return Strip.blank(width, self.look.ground)
        base = self.look.text
        pieces: list[Piece] = [(" " * MARGIN, base)]
        pieces += [
            (span.text, base + self.look.span(span.style)) for span in self.lines[index].spans
        ]
        return strip_of(pieces, width, self.look.ground)

    # --- moving

    def _scroll(self, top: int) -> None:
        target = max(0, min(top, self.last_top))
        if target != self.top:
            self.top = target
            self.refresh()

    def action_cursor_down(self) -> None:
        """One line down."""
        self._scroll(self.top + 1)

    def action_cursor_up(self) -> None:
        """One line up."""
        self._scroll(self.top - 1)

    def action_cursor_page_down(self) -> None:
        """One page down."""
        self._scroll(self.top + max(1, self.size.height - 1))

    def action_cursor_page_up(self) -> None:
        """One page up."""
        self._scroll(self.top - max(1, self.size.height - 1))

    def action_cursor_top(self) -> None:
        """To the first line."""
        self._scroll(0)

    def action_cursor_bottom(self) -> None:
        """To the last line."""
        self._scroll(self.last_top)

    def action_cursor_open(self) -> None:
        """There is nothing to open."""

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll down."""
        event.stop()
        self._scroll(self.top + WHEEL_LINES)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll up."""
        event.stop()
        self._scroll(self.top - WHEEL_LINES)


def _laid_out(body: Body, cells: int) -> Iterator[Line]:
    from reader.text.layout import lay_out

    return lay_out(body.blocks(), cells)


def _slice(source: Iterator[Line]) -> list[Line]:
    return list(islice(source, SLICE))
