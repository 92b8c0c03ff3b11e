"""Turns text and styles into strips, the lines that Textual paints.

It is the last gate before the terminal: nothing a terminal would obey passes here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from reader.text.terminal import SafeText, clean
from reader.text.width import graphemes, steady, truncate, width

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Piece = tuple[str, Style]
"""A run of text in one style."""

_BLANKS = {ord("\n"): " ", ord("\t"): " "}
_BREAKS = re.compile(" +")


def safe(text: str) -> SafeText:
    """Text for one line. What the library hands out is clean already; this holds it to that."""
    if text.isprintable():  # no control, no format character, no surrogate
        return steady(SafeText(text))
    return steady(SafeText(clean(text).translate(_BLANKS)))


def fit(text: str, cells: int) -> SafeText:
    """``text`` cut or padded to exactly ``cells`` cells."""
    shown = truncate(safe(text), cells)
    return SafeText(shown + " " * (cells - width(shown)))


def strip_of(pieces: Sequence[Piece], cells: int, ground: Style) -> Strip:
    """Pieces as one line of exactly ``cells`` cells on ``ground``, the style of the pane or row.

    Neighbours in one style become one segment: a terminal is told less.
    """
    segments: list[Segment] = []
    room = cells
    for text, plain in (*pieces, (" " * cells, Style.null())):
        if not room:
            break
        shown = safe(text)
        taken = width(shown)
        if taken > room:
            shown = truncate(shown, room) if shown.strip() else SafeText(" " * room)
            taken = width(shown)
        if not taken:
            continue
        style = ground + plain
        if plain.link:
            style._link_id = plain.link_id  # noqa: SLF001  Rich gives every sum a new one
        if segments and segments[-1].style == style:
            segments[-1] = Segment(segments[-1].text + shown, style)
        else:
            segments.append(Segment(shown, style))
        room -= taken
    return Strip(segments, cells)


def hyperlinked(style: Style, address: str, name: str) -> Style:
    """``style`` as that of a hyperlink (OSC 8) to ``address``, where that is ASCII that prints.

    Pieces of one name are one link to the terminal, on several lines too.
    """
    if not (address.isascii() and address.isprintable()):
        return style
    style = style.update_link(address)
    style._link_id = name  # noqa: SLF001  Rich counts on and on, which is longer
    return style


def columns(left: str, style: Style, cells: int, right: Sequence[Piece]) -> list[Piece]:
    """``left`` cut and padded so that ``right`` stands at the right edge."""
    room = max(0, cells - sum(width(text) for text, _ in right))
    return [(fit(left, room), style), *right]


def wrapped(text: str, cells: int) -> Iterator[str]:
    """The lines of ``text`` at most ``cells`` wide, broken at spaces where there are any."""
    line = ""
    room = cells
    for word in _BREAKS.split(safe(text).strip()):
        size = width(word)
        if size + bool(line) <= room:
            room -= size + bool(line)
            line = f"{line} {word}" if line else word
            continue
        if line:
            yield line
        line, room = word, cells - size
        while room < 0:
            head = _head(line, cells)
            yield head
            line = line[len(head) :]
            room = cells - width(line)
    if line:
        yield line


def _head(word: str, cells: int) -> str:
    """As many characters of a long word as fit, at least one."""
    taken = ""
    used = 0
    for grapheme in graphemes(word):
        used += width(grapheme)
        if used > cells and taken:
            break
        taken += grapheme
    return taken
