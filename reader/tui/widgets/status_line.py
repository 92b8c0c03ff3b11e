"""The status line: where the person is, what is going on, what was just done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.text.width import truncate, width
from reader.tui.drawing import safe
from reader.tui.widgets.bar import Bar

if TYPE_CHECKING:
    from collections.abc import Callable

    from reader.tui.drawing import Piece
    from reader.tui.themes import Look

HINT = "? keys"
ELSEWHERE = 20
"""Cells at the right end."""
LINK_HINT = "Enter opens"


class StatusLine(Bar):
    """Says one thing at a time at the right: trouble, a message, progress, or a hint.

    ``spell`` writes a text with the keys that the person chose.
    """

    def __init__(self, *, look: Look) -> None:
        super().__init__(id="status", look=look)
        self._where = ""
        self._position = ""
        self._percent = ""
        self._message = ""
        self._question = ""
        self._link = ""
        self._awaited = ""
        self.spell: Callable[[str], str] = str
        self._hint = HINT
        self._progress = ""
        self._trouble = ""

    @property
    def message(self) -> str:
        """What was said last, "" where that was taken back."""
        return self._message

    def place(self, where: str, position: str, percent: str) -> None:
        """Say where the person is: list, row of it, share of the article."""
        self._where, self._position, self._percent = where, position, percent
        self._show()

    def tell(self, message: str) -> None:
        """Say what was just done; "" takes it back."""
        if message != self._message:
            self._message = message
            self._show()

    def ask(self, text: str) -> None:
        """Show what is being typed, before any message; "" when that is over."""
        if text != self._question:
            self._question = text
            self._show()

    def wait_for(self, text: str) -> None:
        """Say which key is waited for, before all else; "" when that is over."""
        if text != self._awaited:
            self._awaited = text
            self._show()

    def link(self, address: str) -> None:
        """Show where the link under the cursor leads, before where the person is; "" for none."""
        if address != self._link:
            self._link = address
            self._show()

    def hint(self, text: str = HINT) -> None:
        """Show a key at the right end while nothing else is said."""
        if text != self._hint:
            self._hint = text
            self._show()

    def progress(self, text: str) -> None:
        """Say what is going on; "" when it is over."""
        if text != self._progress:
            self._progress = text
            self._show()

    def trouble(self, text: str) -> None:
        """Say what is wrong for as long as it is."""
        if text != self._trouble:
            self._trouble = text
            self._show()

    def restyle(self, look: Look) -> None:
        """Draw in another theme."""
        self.look = look
        self._show()
        self.refresh()

    def on_resize(self) -> None:
        """What is wrong has a share of the line."""
        self._show()

    def _show(self) -> None:
        look = self.look
        left: list[Piece] = [(" ", look.bar)]
        said = self._awaited or self._question or self._message
        if self._trouble and not self._awaited:
            # What was just done is to be seen beside what is wrong all the time.
            cells = self.size.width
            free = cells - width(said or self._link) - ELSEWHERE
            room = max(cells // 4, free) if said or self._link else cells
            left.append((f"{truncate(safe(self._trouble), room)} ", look.error))
        if said or self._link:
            left.append((self.spell(said) or self._link, look.text))
        else:
            left.append((self._where, look.text))
            if self._position:
                left.append((f"  {self._position}", look.bar))
        hint = LINK_HINT if self._link else self.spell(self._hint)
        doing = self._progress or ("" if said else hint)
        right: list[Piece] = [(f"  {doing}", look.bar)] if doing else []
        if self._percent:
            right.append((f"  {self._percent:>4}", look.text))
        self.show(left, [*right, (" ", look.bar)])
