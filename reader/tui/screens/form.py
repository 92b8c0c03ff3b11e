"""What the screens on feeds have in common: a title, a list, a hint, and the way out."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from textual.binding import Binding, BindingType
from textual.screen import Screen

from reader.tui.keymap import bindings
from reader.tui.widgets.bar import Bar

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.widget import Widget

    from reader.tui.themes import Look

R = TypeVar("R")


class Form(Screen[R], Generic[R], inherit_bindings=False):
    """A screen over the main one; Esc leaves it.

    ``body`` gives what stands between its title and its hint.
    """

    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("everywhere", nouns={"cursor"}),
        Binding("escape", "leave", show=False),
    ]

    def __init__(self, *, name: str, look: Look, title: str) -> None:
        super().__init__(name=name)
        self.look = look
        self.heading = Bar(id="heading", look=look)
        self.heading.show([(f" {title}", look.text)], ())
        self.hint = Bar(id="hint", look=look)

    def compose(self) -> ComposeResult:
        """Title, body, hint."""
        yield self.heading
        yield from self.body()
        yield self.hint

    def body(self) -> list[Widget]:
        """The widgets between title and hint."""
        raise NotImplementedError

    def tell(self, text: str, *, wrong: bool = False) -> None:
        """Say something in the last line: a hint, or what is ``wrong``."""
        self.hint.show([(f" {text}", self.look.error if wrong else self.look.bar)], ())

    def failed(self, error: Exception) -> None:
        """Say that something broke that was done for this screen."""
        self.tell(str(error), wrong=True)

    def action_leave(self) -> None:
        """Close the screen without an answer."""
        self.dismiss(None)
