"""The list of all links of an article: Enter opens one, y copies it."""

from typing import ClassVar

from textual.binding import Binding, BindingType

from reader.text.blocks import Link
from reader.text.urls import outlet
from reader.text.width import width
from reader.tui.drawing import Piece, columns, safe
from reader.tui.screens.choice import ChoiceScreen

OUTLET_CELLS = 30
KEYS = "Enter opens · y copies · q back"


class LinksScreen(ChoiceScreen[Link]):
    """Links by number, with their text and where they lead; all are shown, not all open."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("y", "copy", show=False)]

    def paint(self, item: Link, cells: int) -> list[Piece]:
        """Number, text, outlet."""
        look = self.look
        place = outlet(item.url) if item.openable else "not opened"
        number = f"{item.number + 1:>4}  "
        side = f"  {safe(place)[:OUTLET_CELLS]} "
        style = look.text if item.openable else look.faint
        text = item.text or item.url
        return [
            (number, look.faint),
            *columns(text, style, cells - width(number), [(side, look.muted)]),
        ]

    def describe(self) -> None:
        """The whole address of the link under the cursor."""
        link = self.choices.current
        self.say(link.url if link is not None else "", KEYS)

    def action_copy(self) -> None:
        """Copy the link under the cursor."""
        link = self.choices.current
        if link is not None:
            self.app.copy_to_clipboard(link.url)
            self.say(f"Link copied: {link.url}", KEYS)
