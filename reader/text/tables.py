"""Gathers the cells of a table, tells data from page layout, and hands rows on in parts."""

from typing import Final

from msgspec import Struct, field

from reader.text.blocks import Align, Container
from reader.text.flow import CellHtml, Flow, Leaf

PART: Final = 64
"""Rows of a table that become one leaf."""
PART_CELLS: Final = 400
"""Cells that complete a part, where rows are long."""
MAX_SPAN: Final = 100
MAX_COLUMNS: Final = 100
"""Cells of a row; what is beyond goes on in the next row."""
_LONG_CELL: Final = 1500
_MANY_LEAVES: Final = 12


class _Cell(Struct):
    leaves: list[Leaf] = field(default_factory=list)
    header: bool = False
    columns: int = 1
    rows: int = 1
    align: Align = "left"


class TableBuilder:
    """One table. ``floor`` is how many containers were open around it."""

    def __init__(
        self, flow: Flow, *, number: int, floor: int, layout: bool, continues: bool
    ) -> None:
        self.floor = floor
        self.number = number
        self._outer = flow.sink
        self._inside = flow.inside
        self._gap = flow.margin
        self._layout: bool | None = True if layout else False if continues else None
        self._rows: list[list[_Cell]] = []
        self._head_rows = 0
        self._in_head = False
        self._cell: _Cell | None = None
        self._cells = 0
        self._pending: dict[int, int] = {}
        self._parts = 1 if continues else 0
        self._drop_head = continues

    @property
    def in_cell(self) -> bool:
        """Whether a cell is open."""
        return self._cell is not None

    def start_head(self, inside: bool) -> None:
        """``thead`` begins or ends."""
        self._in_head = inside

    def start_row(self, flow: Flow) -> None:
        """A ``tr`` begins; the one before it is complete."""
        self.end_cell(flow)
        if len(self._rows) >= PART or self._cells >= PART_CELLS:
            self._hand_on(flow)
        if self._in_head and self._head_rows == len(self._rows) and not self._parts:
            self._head_rows += 1
        self._rows.append([])

    def start_cell(
        self, flow: Flow, *, header: bool, columns: int = 1, rows: int = 1, align: Align = "left"
    ) -> None:
        """A ``td`` or ``th`` begins."""
        self.end_cell(flow)
        if not self._rows or len(self._rows[-1]) >= MAX_COLUMNS:
            self.start_row(flow)
        self._cells += 1
        columns = min(max(columns, 1), MAX_SPAN)
        self._cell = _Cell([], header, columns, min(max(rows, 1), MAX_SPAN), align)
        self._rows[-1].append(self._cell)
        flow.sink = self._outer if self._layout else self._cell.leaves
        flow.margin = bool(self._layout) and len(self._rows[-1]) == 1

    def end_cell(self, flow: Flow) -> None:
        """The open cell is complete."""
        if self._cell is not None:
            flow.end_block()
            self._cell = None
            flow.sink = self._outer

    def spill(self, flow: Flow) -> None:
        """Hand on what is in the open cell where it is so long that the table is no data."""
        cell = self._cell
        if self._layout is None and cell is not None and len(cell.leaves) > _MANY_LEAVES:
            self._layout = True
            self._hand_on(flow)
            self._rows = [[cell]]
            cell.leaves = []
            flow.sink = self._outer

    def close(self, flow: Flow) -> None:
        """The end of the table."""
        self.end_cell(flow)
        self._hand_on(flow)
        flow.sink = self._outer
        flow.margin = True

    def _hand_on(self, flow: Flow) -> None:
        rows, self._rows, self._cells = self._rows, [], 0
        if self._layout is None:
            self._layout = _is_layout(rows)
        if self._layout:
            for row in rows:
                for place, cell in enumerate(row):
                    if cell.leaves and place == 0:
                        cell.leaves[0].gap = True
                    self._outer.extend(cell.leaves)
            return
        if self._drop_head:
            rows = [row for row in rows if not all(cell.header for cell in row)]
        if rows and not self._parts and _is_empty_head(rows[0]):
            del rows[0]
            self._head_rows = max(0, self._head_rows - 1)
        filled = [row for row in rows if row]
        if not filled:
            return
        head = 0
        if not self._parts:
            head = self._head_rows
            while head < len(filled) and all(cell.header for cell in filled[head]):
                head += 1
            head = min(head, len(filled))
        leaf = Leaf("table", inside=self._inside, gap=self._gap and not self._parts)
        leaf.rows = [self._row(row) for row in filled]
        leaf.number, leaf.head = self.number, head
        self._outer.append(leaf)
        self._parts += 1
        flow.margin = True

    def _row(self, row: list[_Cell]) -> list[CellHtml]:
        """The cells of a row, with empty ones where a cell from above reaches down."""
        cells: list[CellHtml] = []
        column = 0
        for cell in row:
            while self._pending.get(column, 0):
                self._pending[column] -= 1
                cells.append(CellHtml(""))
                column += 1
            html = _cell_html(cell.leaves, len(self._inside))
            cells.append(CellHtml(html, cell.columns, cell.header, cell.align))
            if cell.rows > 1:
                for covered in range(column, min(column + cell.columns, MAX_COLUMNS)):
                    self._pending[covered] = cell.rows - 1
            column += cell.columns
        while self._pending.get(column, 0):
            self._pending[column] -= 1
            cells.append(CellHtml(""))
            column += 1
        return cells


def _is_empty_head(row: list[_Cell]) -> bool:
    """Whether a row only stands there because Markdown has no table without a head."""
    return all(cell.header and not cell.leaves for cell in row)


def _is_layout(rows: list[list[_Cell]]) -> bool:
    """Whether the table only places parts of a page: its cells are then read one by one."""
    cells = [cell for row in rows for cell in row]
    if any(cell.header for cell in cells):
        narrow = False
    else:
        narrow = sum(map(bool, rows)) < 2 or max((len(row) for row in rows), default=0) < 2
    return narrow or any(map(_is_page_part, cells))


def _is_page_part(cell: _Cell) -> bool:
    if len(cell.leaves) > _MANY_LEAVES:
        return True
    if any(leaf.kind in ("heading", "table", "rule") for leaf in cell.leaves):
        return True
    return sum(len(leaf.html) for leaf in cell.leaves) > _LONG_CELL


def _cell_html(leaves: list[Leaf], outside: int) -> str:
    """What stands in a cell on lines of its own, with the markers of items."""
    lines: list[str] = []
    marked: Container | None = None
    for leaf in leaves:
        containers = leaf.inside[outside:]
        item = next((c for c in reversed(containers) if c.kind == "item"), None)
        marker = f"{item.marker} " if item and item is not marked else ""
        marked = item or marked
        lines.append(marker + leaf.html.strip("\n").replace("\n", "<br>"))
    return "<br>".join(lines)
