"""The one-line bars: the rule between headlines and article, and the status line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widget import Widget

from reader.text.width import width
from reader.tui.drawing import Piece, fit, strip_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.strip import Strip

    from reader.tui.themes import Look


class Bar(Widget):
    """One line: something at the left, something at the right, painted when it changes."""

    ALLOW_SELECT = False

    def __init__(self, *, id: str, look: Look, rule: bool = False) -> None:  # noqa: A002
        super().__init__(id=id)
        self.look = look
        self.rule = rule
        self._left: Sequence[Piece] = ()
        self._right: Sequence[Piece] = ()

    def show(self, left: Sequence[Piece], right: Sequence[Piece]) -> None:
        """Say something else; the left gives way where both do not fit."""
        if (left, right) != (self._left, self._right):
            self._left, self._right = left, right
            self.refresh()

    def restyle(self, look: Look) -> None:
        """Draw in another theme."""
        self.look = look
        self.refresh()

    def render_line(self, y: int) -> Strip:  # noqa: ARG002  one line has one y
        """The line."""
        cells = self.size.width
        right = list(self._right)
        taken = sum(width(text) for text, _ in right)
        if taken > cells - 8:
            right, taken = [], 0
        pieces: list[Piece] = []
        room = cells - taken
        for text, style in self._left:
            size = min(width(text), room)
            pieces.append((fit(text, size), style))
            room -= size
        base = self.look.line if self.rule else self.look.bar
        filler = "─" if self.rule else " "
        pieces.append((filler * room, base))
        ground = self.look.ground if self.rule else self.look.bar_ground
        return strip_of([*pieces, *right], cells, ground)
