"""Lays tables out: columns as wide as their content asks, cells wrapped, or records."""

from collections.abc import Iterator
from typing import Final

from reader.text.blocks import Align, Cell, Span, Table
from reader.text.terminal import SafeText
from reader.text.width import width as cells_of

_BETWEEN: Final = 2
_LEAST: Final = 4
_MEASURED: Final = 200


class TableLayout:
    """Keeps the columns of a table that comes in parts."""

    def __init__(self) -> None:
        self._number = -1
        self._columns: list[int] | None = []
        self._head: tuple[Cell, ...] = ()
        self._ruled = False

    def rows(self, table: Table, room: int) -> Iterator[tuple[Span, ...]]:
        """The screen rows of a table or a part of it."""
        from reader.text.layout import wrapped

        if table.number != self._number:
            self._number = table.number
            self._head = table.rows[table.head - 1] if table.head else ()
            self._columns = _columns(table, room)
            self._ruled = False
        if self._columns is None:
            yield from self._records(table, room)
            return
        columns = self._columns
        for place, row in enumerate(table.rows):
            cells: list[list[tuple[Span, ...]]] = []
            sizes: list[tuple[int, Align]] = []
            at = 0
            for cell in row:
                span = min(cell.columns, max(len(columns) - at, 1))
                size = sum(columns[at : at + span]) + _BETWEEN * (span - 1)
                if at >= len(columns):
                    break
                at += span
                cells.append(list(wrapped(cell.spans, size)))
                sizes.append((size, cell.align))
            height = max(map(len, cells), default=1)
            if self._ruled and height > 1:
                pass
            for line in range(height):
                yield _joined([(cell[line] if line < len(cell) else ()) for cell in cells], sizes)
            if table.head and place == table.head - 1:
                rule = (" " * _BETWEEN).join("─" * size for size in columns)
                yield (Span(SafeText(rule), "rule"),)

    def _records(self, table: Table, room: int) -> Iterator[tuple[Span, ...]]:
        from reader.text.layout import wrapped

        names = [SafeText("".join(span.text for span in cell.spans)) for cell in self._head]
        first = True
        for row in table.rows[table.head :]:
            if not first:
                yield ()
            first = False
            for place, cell in enumerate(row):
                name = names[place] if place < len(names) else SafeText("")
                if not cell.spans:
                    continue
                label = (Span(SafeText(f"{name}: "), "table-head"),) if name else ()
                yield from wrapped(label + cell.spans, room)


def _joined(cells: list[tuple[Span, ...]], sizes: list[tuple[int, Align]]) -> tuple[Span, ...]:
    row: list[Span] = []
    for place, (spans, (size, align)) in enumerate(zip(cells, sizes, strict=True)):
        if place:
            row.append(Span(SafeText(" " * _BETWEEN)))
        free = size - sum(cells_of(span.text) for span in spans)
        before = free if align == "right" else free // 2 if align == "center" else 0
        if before > 0:
            row.append(Span(SafeText(" " * before)))
        row.extend(spans)
        if free - before > 0 and place < len(cells) - 1:
            row.append(Span(SafeText(" " * (free - before))))
    return tuple(row)


def _columns(table: Table, room: int) -> list[int] | None:
    """Widths of the columns; None where they would be too narrow to read."""
    wanted: list[int] = []
    needed: list[int] = []
    for row in table.rows[:_MEASURED]:
        at = 0
        for cell in row:
            while len(wanted) < at + cell.columns:
                wanted.append(1)
                needed.append(1)
            if cell.columns == 1:
                text = "".join(span.text for span in cell.spans)
                lines = text.split("\n")
                wanted[at] = max(wanted[at], *map(cells_of, lines))
                longest = max((cells_of(word) for word in text.split()), default=1)
                needed[at] = max(needed[at], min(longest, 20))
            at += cell.columns
    free = room - _BETWEEN * (len(wanted) - 1)
    if sum(wanted) <= free:
        return wanted
    if sum(needed) > free:
        return None
    columns = needed[:]
    left = free - sum(columns)
    hungry = [place for place in range(len(columns)) if columns[place] < wanted[place]]
    while left > 0 and hungry:
        share = max(1, left // len(hungry))
        for place in hungry:
            more = min(share, wanted[place] - columns[place], left)
            columns[place] += more
            left -= more
        hungry = [place for place in hungry if columns[place] < wanted[place]]
    return columns
