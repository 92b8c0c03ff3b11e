"""The colours that a person can give to a tag, as each theme and terminal shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.style import Style

if TYPE_CHECKING:
    from reader.tui.themes import Look

COLOURS: Final = {
    "red": ("#e0717a", "#b3261e", "red"),
    "yellow": ("#d9c668", "#7a6400", "yellow"),
    "green": ("#8fc58a", "#2f7040", "green"),
    "cyan": ("#7fc1c7", "#0f6f78", "cyan"),
    "blue": ("#7aa2d6", "#1f5f9e", "blue"),
    "violet": ("#b99be6", "#6a3fa0", "magenta"),
}
"""On a dark ground, on a light one, and of a terminal that has sixteen."""


def style_of(colour: str, look: Look) -> Style | None:
    """What a tag of that colour is drawn in, None for one that is not known."""
    if colour not in COLOURS:
        return None
    dark, light, plain = COLOURS[colour]
    ground = look.ground.bgcolor
    if ground is None or ground.triplet is None:
        return Style(color=plain)
    return Style(color=dark if sum(ground.triplet) < 3 * 128 else light)


def named(typed: str) -> str | None:
    """The colour whose name begins as what was typed; "" for none, None where it is no colour."""
    word = typed.strip().lower()
    if word in {"", "none"}:
        return ""
    return next((name for name in COLOURS if name.startswith(word)), None)
