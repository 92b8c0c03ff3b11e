"""How a headline is drawn as a row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.tui import when
from reader.tui.drawing import Piece, columns, fit
from reader.tui.sought import with_hits

if TYPE_CHECKING:
    from datetime import datetime

    from reader.model.article import Headline
    from reader.tui.sought import Sought
    from reader.tui.themes import Look

PARTLY = 0.01
"""How far an article must have been read for its row to tell so."""
OUTLET_CELLS = ((90, 20), (60, 14), (44, 10))
"""How wide the outlet is drawn in rows of at least so many cells."""


def headline(
    row: Headline,
    cells: int,
    *,
    look: Look,
    now: datetime,
    selected: bool,
    note: str,
    outlet: bool,
    sought: Sought,
) -> list[Piece]:
    """A row of ``cells``: its mark, the title, what stands beside it, the date.

    ``note`` is what it has to tell in this list alone, ``outlet`` whether the list has
    articles of several; the words of ``sought`` stand out in the title.
    """
    mark = "★ " if row.starred else "● " if row.unread else "  "
    title = look.strong if row.unread else look.muted
    if row.hidden:
        mark, title = "× ", look.faint
    if selected:
        mark = "✓ "
    read = f" {int(100 * row.position)}%" if PARTLY <= row.position < 1 else ""
    date = when.in_row(row.published, now).rjust(when.ROW_WIDTH)
    right = f"{_origin(row, cells, note=note, outlet=outlet)} {date} "
    return [
        (mark, look.accent if mark.strip() else title),
        *with_hits(
            columns(row.title, title, cells - 2, [(read, look.faint), (right, look.muted)]),
            sought,
            look.found,
        ),
    ]


def _origin(row: Headline, cells: int, *, note: str, outlet: bool) -> str:
    """Through which feeds an article came, where the row has room, and the list's note."""
    room = next((room for least, room in OUTLET_CELLS if cells >= least), 0)
    if note:
        note = f"  {note}"
        room = room if cells >= OUTLET_CELLS[0][0] else 0
    also = f" +{row.copies}" if row.copies else ""
    if room and outlet:
        return f" {fit(row.feed, room - len(also))}{also}{note}"
    return f"{also}{note}"
