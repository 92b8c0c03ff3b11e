"""The words a filter asks for, and where they stand in what is drawn."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.style import Style

    from reader.query import highlight
    from reader.text.blocks import Line
    from reader.tui.drawing import Piece
    from reader.tui.widgets.marks import Mark

_ANCHOR = re.compile(r"[$^]|\\[Az]")
_BESIDE = 2
"""Lines above and below that a phrase may begin or end on."""


class Sought(Struct, frozen=True):
    """What is asked of titles, and what is asked of texts."""

    titles: tuple[highlight.Sought, ...] = ()
    texts: tuple[highlight.Sought, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.titles or self.texts)


NOTHING_SOUGHT = Sought()


def sought(query: str) -> Sought:
    """What a query asks for in words."""
    from reader.query.highlight import wanted
    from reader.query.parse import parse

    tree = parse(query).tree
    return Sought(wanted(tree, "any", "title"), wanted(tree, "any"))


def with_hits(pieces: list[Piece], wanted: Sought, found: Style) -> list[Piece]:
    """The pieces of a row, whose first is a title, with ``found`` on what is looked for in it."""
    if not wanted.titles:
        return pieces
    from reader.query.highlight import hits

    (title, style), *rest = pieces
    return [*in_style(title, hits(wanted.titles, title), style, found), *rest]


def in_style(
    text: str, places: Sequence[tuple[int, int]], style: Style, found: Style
) -> list[Piece]:
    """A text in ``style``, with ``found`` on top from each place to its end."""
    pieces: list[Piece] = []
    done = 0
    for start, end in places:
        pieces += [(text[done:start], style), (text[start:end], style + found)]
        done = end
    return [piece for piece in (*pieces, (text[done:], style)) if piece[0]]


def marks_on(lines: Sequence[Line], index: int, wanted: Sought) -> list[Mark]:
    """The hits on a line of an article, also those that go over its ends."""
    from reader.query.highlight import hits
    from reader.query.tree import Regex
    from reader.tui.masthead import BLOCK
    from reader.tui.widgets.marks import Mark

    block = lines[index].block
    asked = wanted.titles if block == BLOCK else wanted.texts
    # A line is not where a text begins or ends.
    phrases = [one for one in asked if not (isinstance(one, Regex) and _ANCHOR.search(one.pattern))]
    if not phrases or not lines[index].text.strip():
        return []
    near = range(max(0, index - _BESIDE), min(len(lines), index + _BESIDE + 1))
    text = ""
    begins = ends = 0
    for number in near:
        if lines[number].block != block:
            continue
        added = lines[number].text
        text = _joined(text, added)
        if number == index:
            begins, ends = len(text) - len(added), len(text)
    found = ((max(start, begins), min(end, ends)) for start, end in hits(phrases, text))
    return [Mark(start - begins, end - begins, "hit") for start, end in found if start < end]


def _joined(above: str, below: str) -> str:
    """Two lines as one text: words of scripts without spaces go on over the end of a line."""
    from reader.text.words import is_unspaced

    goes_on = is_unspaced(above[-1:]) and is_unspaced(below[:1])
    return f"{above}{'' if goes_on or not above else ' '}{below}"
