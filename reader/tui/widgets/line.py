"""A line to type in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import Input

from reader.text.terminal import clean

if TYPE_CHECKING:
    from textual import events

_BLANKS = {ord("\n"): " ", ord("\t"): " "}


class InOrder(Input):
    """A line in which every key acts in its turn.

    A letter is put in by the line itself, but a key that edits goes up to the app before
    it does anything. Of keys that come in one go, as over a slow connection, the letters
    would overtake the others: "ab", Backspace, "c" would be "ab" and not "ac".
    """

    async def _on_key(self, event: events.Key) -> None:
        """Do at once what the line has a key for; letters are Textual's."""
        for binding in self._bindings.key_to_bindings.get(event.key, ()):
            if await self.app.run_action(binding.action, self):
                event.stop()
                event.prevent_default()
                return


class Line(InOrder):
    """One line of text without frame and blinking; a ``secret`` one shows dots.

    What is pasted is cleaned: an address may have been copied from anywhere.
    """

    def __init__(
        self,
        *,
        id: str,  # noqa: A002
        value: str = "",
        placeholder: str = "",
        secret: bool = False,
    ) -> None:
        super().__init__(
            value,
            placeholder=placeholder,
            id=id,
            compact=True,
            password=secret,
            select_on_focus=False,
        )
        self.cursor_blink = False

    def validate_value(self, value: str) -> str:
        """Take out what a terminal would obey; nothing of a secret, which is never drawn."""
        return value if self.password else clean(value).translate(_BLANKS)
