"""Sideways scrolling of what is wider than the article pane: listings, block by block."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.model.records import replace
from reader.text.blocks import Line, Span
from reader.text.terminal import SafeText
from reader.text.width import graphemes, width

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MORE_LEFT = Span(SafeText("‹"), "marker")
MORE_RIGHT = Span(SafeText("›"), "marker")


class Sideways:
    """How many cells of each block are out of sight at the left.

    A block moves as a whole, so that a listing stays in its columns; what follows it stands
    where it was. ``room`` is the cells there are for a line.
    """

    def __init__(self) -> None:
        self._hidden: dict[int, int] = {}

    def clear(self) -> None:
        """Begin every line at its beginning."""
        self._hidden.clear()

    def hidden(self, line: Line) -> int:
        """How many cells of a line are out of sight at its left."""
        return self._hidden.get(line.block, 0)

    def shown(self, line: Line, room: int) -> Line:
        """The part of a line that is in sight, with signs where more of it is not."""
        hidden = self.hidden(line)
        if not hidden and not line.wide:
            return line
        spans = line.spans
        if hidden and _head(line.text, hidden).strip():
            spans = (MORE_LEFT, *_without(spans, hidden + 1))
        elif hidden:
            spans = _without(spans, hidden)
        if _cells(spans) > room:
            spans = (*_beginning(spans, room - 1), MORE_RIGHT)
        return line if spans is line.spans else replace(line, spans=spans)

    def move(self, lines: Iterable[Line], step: int, room: int) -> bool:
        """Move the wide blocks among ``lines`` by ``step`` cells; tells whether any moved."""
        widest: dict[int, int] = {}
        for line in lines:
            if line.wide or line.block in self._hidden:
                widest[line.block] = max(widest.get(line.block, 0), width(line.text))
        moved = [self._put(block, step, most - room) for block, most in widest.items()]
        return any(moved)

    def reveal(self, line: Line, start: int, end: int, room: int) -> bool:
        """Move a line's block so that its characters ``start`` to ``end`` are in sight.

        Tells whether it moved.
        """
        hidden = self.hidden(line)
        if not hidden and not line.wide:
            return False
        first, last = width(line.text[:start]), width(line.text[:end])
        if (not hidden or hidden < first) and last < hidden + room:
            return False
        return self._put(line.block, first - room // 3 - hidden, width(line.text) - room)

    def _put(self, block: int, step: int, most: int) -> bool:
        before = self._hidden.get(block, 0)
        after = max(before, min(before + step, most)) if step > 0 else max(0, before + step)
        if after:
            self._hidden[block] = after
        else:
            self._hidden.pop(block, None)
        return after != before


def _cells(spans: Sequence[Span]) -> int:
    return sum(width(span.text) for span in spans)


def _without(spans: Sequence[Span], cells: int) -> tuple[Span, ...]:
    """The spans from their cell ``cells`` on; half of a wide character is a space."""
    left: list[Span] = []
    for span in spans:
        size = width(span.text)
        if cells <= 0:
            left.append(span)
        elif size > cells:
            head = _head(span.text, cells)
            rest = span.text[len(head) :]
            if width(head) < cells:
                wide = next(graphemes(rest))
                rest = " " * (width(head) + width(wide) - cells) + rest[len(wide) :]
            left.append(replace(span, text=SafeText(rest)))
        cells -= size
    return tuple(left)


def _beginning(spans: Sequence[Span], cells: int) -> list[Span]:
    """The first ``cells`` cells, filled up where half of a wide character is left out."""
    kept: list[Span] = []
    for span in spans:
        size = width(span.text)
        if size >= cells:
            head = _head(span.text, cells)
            fill = " " * (cells - width(head))
            return [*kept, replace(span, text=SafeText(head + fill))]
        kept.append(span)
        cells -= size
    return kept


def _head(text: str, cells: int) -> str:
    """As many whole characters as fit into ``cells``."""
    if text.isascii():
        return text[:cells]
    taken = used = 0
    for grapheme in graphemes(text):
        used += width(grapheme)
        if used > cells:
            break
        taken += len(grapheme)
    return text[:taken]
