"""The list of all links of an article: Enter opens one, y copies it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from reader.text.blocks import Link
from reader.text.urls import outlet
from reader.text.width import width
from reader.tui.drawing import Piece, columns, safe
from reader.tui.screens.choice import ChoiceScreen

if TYPE_CHECKING:
    from reader.tui.themes import Look

Take = Callable[[Link], None]
OUTLET_CELLS = 30
KEYS = "Enter opens · i reads here · a reads later · y copies · q back"


class LinksScreen(ChoiceScreen[Link]):
    """Links by number, with their text and where they lead; all are shown, not all open."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "copy", show=False),
        Binding("i", "read_here", show=False),
        Binding("a", "read_later", show=False),
    ]

    def __init__(self, look: Look, links: Sequence[Link], *, here: Take, later: Take) -> None:
        super().__init__(look, links, name="links")
        self.here = here
        self.later = later

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

    def action_read_here(self) -> None:
        """Read the page in the reader."""
        link = self.choices.current
        if link is not None:
            self.app.pop_screen()
            self.here(link)

    def action_read_later(self) -> None:
        """Put the page aside, and stay in the list: there may be more."""
        link = self.choices.current
        if link is not None:
            self.later(link)
            self.say(f"Put aside: {link.url}" if link.openable else "Not opened", KEYS)

    def action_copy(self) -> None:
        """Copy the link under the cursor."""
        link = self.choices.current
        if link is not None:
            self.app.copy_to_clipboard(link.url)
            self.say(f"Link copied: {link.url}", KEYS)
