"""The table of contents of an article: Enter goes to a heading."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.text.outline import OutlineEntry
from reader.tui.screens.choice import ChoiceScreen

if TYPE_CHECKING:
    from reader.tui.drawing import Piece

KEYS = "Enter goes there · q back"


class ContentsScreen(ChoiceScreen[OutlineEntry]):
    """Headings, set in by their depth."""

    def paint(self, item: OutlineEntry, cells: int) -> list[Piece]:  # noqa: ARG002  cut by the list
        """One heading."""
        style = self.look.strong if not item.depth else self.look.text
        return [(f" {'  ' * item.depth}{item.text}", style)]

    def describe(self) -> None:
        """How many headings there are, and at which the cursor is."""
        self.say(f"{self.choices.cursor + 1} of {self.choices.row_count}", KEYS)
