"""A screen with text to look through, and the way back from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.tui.screens.form import Form
from reader.tui.widgets.pager import Pager

if TYPE_CHECKING:
    from textual.widget import Widget

    from reader.tui.bridge import Bridge
    from reader.tui.reading import Body
    from reader.tui.themes import Look


class PagerScreen(Form[None]):
    """A title, the text, and what was said of it."""

    def __init__(
        self, *, look: Look, bridge: Bridge, title: str, body: Body, widest: int, told: str = ""
    ) -> None:
        super().__init__(name="pager", look=look, title=title)
        self.pager = Pager(look=look, bridge=bridge, body=body, widest=widest)
        self.told = told

    def body(self) -> list[Widget]:
        """The text."""
        return [self.pager]

    def on_mount(self) -> None:
        """Give the text the keys."""
        self.set_focus(self.pager)
        self.tell(" · ".join(filter(None, [self.told, "Space and b page, q goes back"])))
