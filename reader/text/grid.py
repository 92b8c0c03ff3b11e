"""Lays tables out: columns as wide as their content asks, cells wrapped, or records."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from reader.text.blocks import Align, Cell, Span, Table
from reader.text.rows import wrapped
from reader.text.terminal import SafeText
from reader.text.width import width as cells_of

_BETWEEN: Final = 2
_SHORT_WORD: Final = 20
_MEASURED: Final = 200
_LONG: Final = 60
_SLACK: Final = 4
_NUMBER = re.compile(
    r"[-+−–±~≈<>(]*[$€£¥₹]?\s?[-+−]?\d[\d.,'\u00a0\u2009 ]*\)?\s?"
    r"(?:%|‰|°C|°F|[$€£¥₹]|[kKMGT]?B|[kmbKMB]n?|[a-zµ]{1,3})?[*)]*"
)
_NONE: Final = frozenset({"", "-", "–", "—", "?", "n/a", "N/A", "n.v.t."})


class _Grid(NamedTuple):
    """The columns of a table: their widths in cells, where numbers stand, whether cells
    take more than one line.
    """

    columns: list[int]
    numeric: list[bool]
    spread: bool


class TableLayout:
    """Keeps the columns of a table that comes in parts."""

    def __init__(self) -> None:
        self._number = -1
        self._grid: _Grid | None = None
        self._head: tuple[Cell, ...] = ()

    def rows(self, table: Table, room: int) -> Iterator[tuple[Span, ...]]:
        """The screen rows of a table or of the next part of one."""
        goes_on = table.number == self._number
        if not goes_on:
            self._number = table.number
            self._head = table.rows[table.head - 1] if table.head else ()
            self._grid = _grid(table, room)
        if self._grid is None:
            yield from self._records(table, room, goes_on=goes_on)
            return
        for place, row in enumerate(table.rows):
            if self._grid.spread and (goes_on if place == 0 else place > table.head):
                yield ()
            yield from _row(row, self._grid, head=place < table.head)
            if place == table.head - 1:
                rule = (" " * _BETWEEN).join("─" * size for size in self._grid.columns)
                yield (Span(SafeText(rule), "rule"),)

    def _records(self, table: Table, room: int, *, goes_on: bool) -> Iterator[tuple[Span, ...]]:
        """The rows one below the other, each cell on lines of its own after its column's name."""
        names = ["".join(span.text for span in cell.spans).strip(":") for cell in self._head]
        for place, row in enumerate(table.rows[table.head :]):
            if place or goes_on:
                yield ()
            for column, cell in enumerate(row):
                name = names[column] if column < len(names) else ""
                label = (Span(SafeText(f"{name}: "), "table-head"),) if name else ()
                if cell.spans:
                    yield from wrapped(label + cell.spans, room)


def _row(row: tuple[Cell, ...], grid: _Grid, *, head: bool) -> Iterator[tuple[Span, ...]]:
    """The screen rows of one row of the table."""
    cells: list[list[tuple[Span, ...]]] = []
    sizes: list[tuple[int, Align]] = []
    at = 0
    for cell in row:
        if at >= len(grid.columns):
            break
        covered = grid.columns[at : at + cell.columns]
        size = sum(covered) + _BETWEEN * (len(covered) - 1)
        numeric = grid.numeric[at] and cell.columns == 1 and cell.align == "left"
        cells.append(list(wrapped(cell.spans, size)))
        sizes.append((size, "right" if numeric else cell.align))
        at += cell.columns
    height = max(map(len, cells), default=1)
    for line in range(height):
        parts: list[tuple[Span, ...]] = []
        for cell_rows in cells:
            # Heads stand at the foot of their row, beside what they are heads of.
            place = line - (height - len(cell_rows)) if head else line
            parts.append(cell_rows[place] if 0 <= place < len(cell_rows) else ())
        yield _joined(parts, sizes)


def _joined(cells: list[tuple[Span, ...]], sizes: list[tuple[int, Align]]) -> tuple[Span, ...]:
    """One screen row: the cells beside each other, each in its width."""
    row: list[Span] = []
    space = 0
    for place, (spans, (size, align)) in enumerate(zip(cells, sizes, strict=True)):
        space += _BETWEEN if place else 0
        free = max(0, size - sum(cells_of(span.text) for span in spans))
        before = free if align == "right" else free // 2 if align == "center" else 0
        if spans:
            if space + before:
                row.append(Span(SafeText(" " * (space + before))))
            row.extend(spans)
            space = free - before
        else:
            space += size
    return tuple(row)


def _grid(table: Table, room: int) -> _Grid | None:
    """Widths of the columns; None where they would be too narrow to read."""
    wanted: list[int] = []
    needed: list[int] = []
    numbers: list[int] = []
    spread = False
    for place, row in enumerate(table.rows[:_MEASURED]):
        at = 0
        for cell in row:
            for column in (wanted, needed, numbers):
                column.extend([0 if column is numbers else 1] * (at + cell.columns - len(column)))
            if cell.columns == 1:
                text = "".join(span.text for span in cell.spans)
                lines = text.split("\n")
                spread = spread or len(lines) > 1
                wanted[at] = max(wanted[at], *map(cells_of, lines))
                longest = max((cells_of(word) for word in text.split()), default=1)
                needed[at] = max(needed[at], min(longest, _SHORT_WORD))
                if place >= table.head and text not in _NONE and numbers[at] >= 0:
                    numbers[at] = numbers[at] + 1 if _NUMBER.fullmatch(text) else -1
            at += cell.columns
    free = room - _BETWEEN * (len(wanted) - 1)
    numeric = [count > 0 for count in numbers]
    if sum(wanted) <= free:
        if len(table.rows) >= _LONG:
            # The rest of a long table is not known yet, and numbers of rows grow.
            spare = min(_SLACK, (free - sum(wanted)) // len(wanted))
            wanted = [size + spare for size in wanted]
        return _Grid(wanted, numeric, spread)
    if sum(needed) > free:
        return None
    return _Grid(_shared_out(wanted, needed, free), numeric, spread=True)


def _shared_out(wanted: list[int], needed: list[int], free: int) -> list[int]:
    """Widths between what is needed and what is wanted, that fill ``free`` cells: columns
    with more text get more, so that rows are low.
    """
    columns = needed[:]
    left = free - sum(columns)
    hungry = [place for place in range(len(columns)) if columns[place] < wanted[place]]
    while left > 0 and hungry:
        # One very long cell does not starve the others.
        hunger = [min(wanted[place] - columns[place], 2 * free) for place in hungry]
        total, share = sum(hunger), left
        for place, size in zip(hungry, hunger, strict=True):
            more = min(max(1, share * size // total), wanted[place] - columns[place], left)
            columns[place] += more
            left -= more
        hungry = [place for place in hungry if columns[place] < wanted[place]]
    return columns
