"""The tag sidebar: tags with counts; the chosen ones filter the headlines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.style import Style
from textual.message import Message

from reader.tui.colours import style_of
from reader.tui.drawing import Piece, columns
from reader.tui.keymap import bindings
from reader.tui.widgets.rows import RowList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.model.tag import TagKind, TagOrder, TagRow
    from reader.tui.themes import Look

PAGE = 1000
"""So many tags are listed at first: on every count they are read again."""
EVERY = 10_000_000
MARKS: dict[TagKind, str] = {"given": "#", "user": "+", "derived": "~"}
"""What tells who put a tag there: its source, the person, the reader itself."""


class TagList(RowList):
    """Tags as the library orders them; ``chosen`` ones are marked.

    ``order``, ``match`` and ``hidden`` (those too that are hidden) are how the person wants
    them listed; ``limit`` is how many rows are asked for, more once they are looked at.
    """

    BINDINGS = bindings("tags")

    class Toggled(Message):
        """A tag was chosen, or is no longer."""

        def __init__(self, tag_id: int) -> None:
            super().__init__()
            self.tag_id = tag_id

    class Wanted(Message):
        """The cursor nears the end of the rows, and there may be more."""

    def __init__(self, *, look: Look) -> None:
        super().__init__(id="tags", look=look)
        self.rows: tuple[TagRow, ...] = ()
        self.chosen: tuple[int, ...] = ()
        self.order: TagOrder = "unread"
        self.match = ""
        self.hidden = False
        self.limit = PAGE
        self._to_bottom = False
        self._names: dict[int, str] = {}
        self.notice = ("No tags yet. They come with the articles.",)

    @property
    def row_count(self) -> int:
        """How many tags there are."""
        return len(self.rows)

    def set_rows(self, rows: Sequence[TagRow], *, sort: bool) -> None:
        """Show new counts; unless asked to ``sort``, tags stay where they are."""
        here = self.rows[self.cursor].id if 0 <= self.cursor < len(self.rows) else None
        if self._to_bottom:
            self._to_bottom, here = False, rows[-1].id if rows else None
        self._names.update({row.id: row.name for row in rows})
        before = self.rows
        self.rows = tuple(rows) if sort else kept_in_place(before, rows)
        if [row.id for row in before] == [row.id for row in self.rows]:
            # Of fifty thousand rows only those in the window are worth comparing.
            self._strips.clear()
            window = range(self.top, min(self.top + self.size.height, len(before)))
            self.redraw([index for index in window if before[index] != self.rows[index]])
            return
        self.redraw()
        found = (index for index, row in enumerate(self.rows) if row.id == here)
        self.move_to(next(found, max(0, self.cursor)), silent=True)

    def set_chosen(self, tags: Sequence[int]) -> None:
        """Mark the tags that filter now."""
        changed = set(tags) ^ set(self.chosen)
        self.chosen = tuple(tags)
        self.redraw([index for index, row in enumerate(self.rows) if row.id in changed])

    def names(self, tags: Sequence[int]) -> list[str]:
        """The names of tags, in the order asked for."""
        return [self._names[tag] for tag in tags if tag in self._names]

    @property
    def cursor_ground(self) -> Style:
        """No tag looks chosen only because the cursor was left there."""
        return self.look.cursor if self.has_focus else self.look.ground

    def draw(self, index: int, cells: int) -> list[Piece]:
        """A row: whose tag it is, its name, unread count."""
        row = self.rows[index]
        chosen = row.id in self.chosen
        style = self.look.text if row.unread else self.look.muted
        if row.kind == "user":
            style = self.look.primary
        if row.colour:
            style = style_of(row.colour, self.look) or style
        if row.hidden:
            style = self.look.faint + Style(strike=True)
        if chosen:
            style = self.look.accent + Style(bold=True)
        count: Piece = (f" {row.unread} " if row.unread else " ", self.look.muted)
        mark: Piece = ("✓ ", style) if chosen else (f"{MARKS[row.kind]} ", self.look.faint)
        return [mark, *columns(row.name, style, cells - 2, [count])]

    @property
    def complete(self) -> bool:
        """Whether the rows are all the tags there are."""
        return len(self.rows) < self.limit

    def moved(self) -> None:
        """Ask for more rows before the last one is reached."""
        if not self.complete and self.cursor > len(self.rows) - PAGE // 4:
            self.limit *= 4
            self.post_message(self.Wanted())

    def action_cursor_bottom(self) -> None:
        """The last tag, once all of them are here."""
        if self.complete:
            super().action_cursor_bottom()
        else:
            self.limit, self._to_bottom = EVERY, True
            self.post_message(self.Wanted())

    def open_row(self) -> None:
        """Choose the tag under the cursor, or let it go."""
        if 0 <= self.cursor < len(self.rows):
            self.post_message(self.Toggled(self.rows[self.cursor].id))


def kept_in_place(before: Sequence[TagRow], rows: Sequence[TagRow]) -> tuple[TagRow, ...]:
    """The rows in the places they had before; what is new keeps its order, at the end."""
    new = {row.id: row for row in rows}
    kept = [new.pop(row.id) for row in before if row.id in new]
    return (*kept, *new.values())
