"""Lays blocks out as lines of spans at a width. Linear, and lazy: one block at a time."""

from collections.abc import Iterable, Iterator
from typing import Final

from msgspec.structs import replace

from reader.text.blocks import (
    PICTURE,
    Block,
    Code,
    Container,
    Heading,
    Illustration,
    Item,
    Line,
    Paragraph,
    Rule,
    Span,
    Table,
)
from reader.text.grid import TableLayout
from reader.text.rows import wrapped
from reader.text.terminal import SafeText
from reader.text.width import steady
from reader.text.width import width as cells_of

TAB: Final = 4
LONGEST_CODE_LINE: Final = 1000
_LEAST: Final = 24
"""Cells that text keeps at least, whatever it stands in."""


def lay_out(blocks: Iterable[Item], width: int, *, justify: bool = False) -> Iterator[Line]:
    """The lines of ``blocks`` at ``width`` cells (at least 1), from top to bottom.

    With ``justify``, the spaces of full lines of paragraphs are widened to the margin.
    """
    margins = _Margins(max(1, width))
    tables = TableLayout()
    number = -1
    for block in blocks:
        number += not isinstance(block, Illustration)
        if margins.started and block.gap:
            yield Line(margins.between(block.inside), number)
        room = margins.enter(block.inside)
        if isinstance(block, Illustration):
            for row in _picture_rows(block, room):
                yield Line((*margins.prefix(), *row), number)
            continue
        heading = block.level if isinstance(block, Heading) else 0
        rtl = isinstance(block, Paragraph | Heading) and block.rtl
        for spans, wide in _rows(_steady(block), room, tables, justify=justify):
            row = margins.mirrored(spans) if rtl else margins.prefix() + spans
            yield Line(row, number, heading, wide)
            heading = 0


def _picture_rows(block: Illustration, room: int) -> Iterator[tuple[Span, ...]]:
    blank = SafeText(" " * min(block.columns, room))
    for row in range(block.rows):
        yield (Span(blank, f"{PICTURE}{row}", image=block.image),)
    if block.problem:
        yield from wrapped((Span(block.problem, "dim"),), room)


def _steady(block: Block) -> Block:
    """A block as terminals agree on its widths: measured so, it must be drawn so."""
    if isinstance(block, Table):
        rows = tuple(
            tuple(replace(cell, spans=_steady_spans(cell.spans)) for cell in row)
            for row in block.rows
        )
        return replace(block, rows=rows)
    if isinstance(block, Rule) or all(span.text.isascii() for span in block.spans):
        return block
    return replace(block, spans=_steady_spans(block.spans))


def _steady_spans(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    if all(span.text.isascii() for span in spans):
        return spans
    return tuple(replace(span, text=steady(span.text)) for span in spans)


def _rows(
    block: Block, room: int, tables: TableLayout, *, justify: bool
) -> Iterator[tuple[tuple[Span, ...], bool]]:
    """The rows of a block without what it stands in, and whether each is too wide."""
    if isinstance(block, Paragraph | Heading):
        justify = justify and isinstance(block, Paragraph) and not block.rtl
        for row in wrapped(block.spans, room, justify=justify):
            yield row, False
    elif isinstance(block, Code):
        yield from _code_rows(block, room)
    elif isinstance(block, Table):
        for row in tables.rows(block, room):
            yield row, False
    elif isinstance(block, Rule):
        yield (Span(SafeText("─" * room), "rule"),), False


def _code_rows(block: Code, room: int) -> Iterator[tuple[tuple[Span, ...], bool]]:
    line: list[Span] = []
    used = 0
    for span in block.spans:
        for place, part in enumerate(span.text.split("\n")):
            if place:
                yield tuple(line), used > room
                line, used = [], 0
            for start in range(0, len(part), LONGEST_CODE_LINE):
                piece = part[start : start + LONGEST_CODE_LINE]
                if "\t" in piece:
                    piece = _expanded(piece, used)
                line.append(Span(SafeText(piece), span.style, span.link, span.image))
                used += cells_of(piece)
                if used >= LONGEST_CODE_LINE:
                    yield tuple(line), used > room
                    line, used = [], 0
    yield tuple(line), used > room


def _expanded(text: str, column: int) -> str:
    """The text with its tabs as spaces, when it begins at ``column``."""
    return (" " * column + text).expandtabs(TAB)[column:]


class _Margins:
    """What stands left of blocks: bars of quotes, markers of items, indents."""

    def __init__(self, width: int) -> None:
        self.started = False
        self._width = width
        self._inside: tuple[Container, ...] = ()
        self._first: tuple[Span, ...] = ()
        self._rest: tuple[Span, ...] = ()

    def between(self, inside: tuple[Container, ...]) -> tuple[Span, ...]:
        """What stands on the empty line before a block."""
        shared = 0
        for before, after in zip(self._inside, inside, strict=False):
            if before.number != after.number:
                break
            shared += 1
        spans = [_margin(c, begins=False) for c in self._shown(inside)[:shared]]
        while spans and not spans[-1].text.strip():
            spans.pop()
        if spans:
            spans[-1] = Span(SafeText(spans[-1].text.rstrip()), spans[-1].style)
        return tuple(spans)

    def enter(self, inside: tuple[Container, ...]) -> int:
        """Stand before a block; gives the cells left for it."""
        known = {container.number for container in self._inside}
        shown = self._shown(inside)
        self._first = tuple(_margin(c, begins=c.number not in known) for c in shown)
        self._rest = tuple(_margin(c, begins=False) for c in shown)
        self._inside = inside
        self.started = True
        return max(1, self._width - sum(cells_of(span.text) for span in self._rest))

    def prefix(self) -> tuple[Span, ...]:
        """What stands before the next line."""
        first, self._first = self._first, self._rest
        return first

    def mirrored(self, row: tuple[Span, ...]) -> tuple[Span, ...]:
        """A row that reads from the right, with what stands beside it on that side."""
        margin = tuple(
            Span(SafeText(" " + span.text.rstrip().rjust(len(span.text) - 1)), span.style)
            for span in reversed(self.prefix())
        )
        used = sum(cells_of(span.text) for span in (*row, *margin))
        return (Span(SafeText(" " * max(0, self._width - used))), *row, *margin)

    def _shown(self, inside: tuple[Container, ...]) -> tuple[Container, ...]:
        """The innermost containers for which there is room."""
        room = self._width - min(_LEAST, self._width)
        for place in range(len(inside) - 1, -1, -1):
            room -= cells_of(_margin(inside[place], begins=False).text)
            if room < 0:
                return inside[place + 1 :]
        return inside


def _margin(container: Container, *, begins: bool) -> Span:
    if container.kind == "quote":
        return Span(SafeText("│ "), "quote")
    if container.kind == "item":
        marker = f"{container.marker} "
        return Span(SafeText(marker if begins else " " * cells_of(marker)), "marker")
    if container.kind == "details":
        return Span(SafeText("▾ " if begins else "  "), "marker")
    return Span(SafeText("    "))
