"""The lines below the end of an article: which article comes next, and which came before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.text.blocks import Line, Span
from reader.text.terminal import SafeText
from reader.text.width import truncate, width
from reader.tui.drawing import safe

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reader.model.article import Headline

BLOCK = -2
"""The block number of these lines: they are of no article."""
LABEL_CELLS = 10


def foot(
    previous: Headline | None, following: Headline | None, *, keys: tuple[str, str], cells: int
) -> tuple[Line, ...]:
    """The lines, at most ``cells`` wide; none where there is neither.

    ``keys`` go to the next article and to the previous one.
    """
    rows = [
        _row(key, label, row, cells)
        for key, label, row in zip(keys, ("next", "previous"), (following, previous), strict=True)
        if row is not None
    ]
    if not rows:
        return ()
    rule = Line((Span(SafeText("─" * cells), "rule"),), BLOCK)
    return (Line((), BLOCK), rule, *rows)


def _row(key: str, label: str, row: Headline, cells: int) -> Line:
    """The key, what it does, the title, and the outlet where there is room."""
    return Line(tuple(_spans(key, label, row, cells)), BLOCK)


def _spans(key: str, label: str, row: Headline, cells: int) -> Iterator[Span]:
    head = f"{key}  {label}".ljust(LABEL_CELLS + len(key) + 2)
    yield Span(SafeText(head), "dim")
    room = cells - width(head)
    title = truncate(safe(row.title or "(no title)"), room)
    yield Span(title, "strong" if row.unread else "")
    room -= width(title)
    outlet = safe(f" · {row.feed}")
    if width(outlet) <= room:
        yield Span(outlet, "dim")
