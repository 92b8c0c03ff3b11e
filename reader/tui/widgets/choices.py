"""A list to choose from: what each choice is called, a note on it, a mark where it is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from textual.message import Message

from reader.model.records import replace
from reader.text.terminal import SafeText
from reader.text.width import truncate, width
from reader.tui.drawing import Piece, columns
from reader.tui.widgets.rows import RowList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.style import Style

    from reader.tui.themes import Look


class Choice(Struct, frozen=True):
    """A row. ``value`` is what choosing it gives; ``chosen`` None where one alone is chosen."""

    value: str
    label: SafeText
    note: SafeText = SafeText("")
    chosen: bool | None = None


class Choices(RowList):
    """Choices from top to bottom."""

    class Picked(Message):
        """A row was opened."""

    class Moved(Message):
        """The cursor stands on another row."""

    def __init__(self, *, id: str, look: Look) -> None:  # noqa: A002
        super().__init__(id=id, look=look)
        self.choices: tuple[Choice, ...] = ()

    @property
    def row_count(self) -> int:
        """How many choices there are."""
        return len(self.choices)

    @property
    def cursor_ground(self) -> Style:
        """The row that Enter takes, also while the keys go to a line above."""
        return self.look.cursor if self.has_focus or not self.can_focus else self.look.cursor_away

    @property
    def current(self) -> Choice | None:
        """The choice under the cursor."""
        return self.choices[self.cursor] if 0 <= self.cursor < len(self.choices) else None

    def offer(self, choices: Sequence[Choice], *, notice: Sequence[str] = ()) -> None:
        """Offer other choices; ``notice`` is said where there are none."""
        self.choices, self.notice = tuple(choices), tuple(notice)
        self.top = 0
        self.redraw()
        self.move_to(0)

    def update(self, choices: Sequence[Choice]) -> None:
        """Draw the same choices anew where they changed; the cursor stays."""
        self.choices = tuple(choices)
        self.redraw()
        self.move_to(max(0, self.cursor), silent=True)

    def toggle(self) -> None:
        """Choose the row under the cursor as well, or no longer."""
        here = self.current
        if here is not None and here.chosen is not None:
            changed = list(self.choices)
            changed[self.cursor] = replace(here, chosen=not here.chosen)
            self.choices = tuple(changed)
            self.redraw((self.cursor,))

    def draw(self, index: int, cells: int) -> list[Piece]:
        """A row: its mark, what it is called, a note at the right."""
        choice = self.choices[index]
        mark: Piece = ("", self.look.text)
        if choice.chosen is not None:
            mark = ("✓ " if choice.chosen else "  ", self.look.accent)
        room = cells - width(mark[0])
        free = max(room // 2, room - width(choice.label)) - 3
        note = truncate(choice.note, free)
        right: list[Piece] = [(f"  {note} ", self.look.muted)] if note else []
        return [mark, *columns(choice.label, self.look.text, room, right)]

    def moved(self) -> None:
        """Say so."""
        self.post_message(self.Moved())

    def open_row(self) -> None:
        """Choose the row under the cursor."""
        self.post_message(self.Picked())
