"""A line to type in."""

from __future__ import annotations

from textual.widgets import Input

from reader.text.terminal import clean

_BLANKS = {ord("\n"): " ", ord("\t"): " "}


class Line(Input):
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
