"""A few lines about what the cursor is on, wrapped to the width there is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.strip import Strip
from textual.widget import Widget

from reader.tui.drawing import Piece, strip_of, wrapped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.tui.themes import Look

MARGIN = 1


class Notes(Widget):
    """Pieces of text, each on lines of its own."""

    ALLOW_SELECT = False

    def __init__(self, *, id: str, look: Look) -> None:  # noqa: A002
        super().__init__(id=id)
        self.look = look
        self._notes: Sequence[Piece] = ()
        self._lines: list[Piece] | None = None

    def show(self, notes: Sequence[Piece]) -> None:
        """Say something else."""
        if notes != self._notes:
            self._notes, self._lines = notes, None
            self.refresh()

    def on_resize(self) -> None:
        """Wrap anew."""
        self._lines = None

    def render_line(self, y: int) -> Strip:
        """One line."""
        cells = self.size.width
        if self._lines is None:
            room = max(1, cells - 2 * MARGIN)
            self._lines = [
                (line, style) for text, style in self._notes for line in wrapped(text, room)
            ]
        if y >= len(self._lines):
            return Strip.blank(cells, self.look.ground)
        text, style = self._lines[y]
        return strip_of([(" " * MARGIN, style), (text, style)], cells, self.look.ground)
