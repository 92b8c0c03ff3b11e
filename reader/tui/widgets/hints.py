"""Link hints: which links are in the window, and the letters that open them."""

from __future__ import annotations

from itertools import islice, product
from typing import TYPE_CHECKING

from reader.tui.widgets.marks import Mark

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reader.text.blocks import Line

LETTERS = "asdfjklghewriouvncmtbpyxzq"
"""From where the fingers rest outwards."""


def labels(count: int) -> list[str]:
    """``count`` labels of one length, so that none begins another."""
    size = 1
    while len(LETTERS) ** size < count:
        size += 1
    return ["".join(letters) for letters in islice(product(LETTERS, repeat=size), count)]


def links_in(lines: Sequence[Line]) -> list[tuple[int, int, int]]:
    """Links in ``lines``, each once: its number, the line and the character it begins at."""
    found: dict[int, tuple[int, int, int]] = {}
    for index, line in enumerate(lines):
        place = 0
        for span in line.spans:
            if span.link >= 0 and span.link not in found and span.text.strip():
                blank = len(span.text) - len(span.text.lstrip())
                found[span.link] = (span.link, index, place + blank)
            place += len(span.text)
    return list(found.values())


def hint_marks(
    links: Iterable[tuple[int, int, int]], names: Iterable[str], *, typed: str, top: int
) -> dict[int, list[Mark]]:
    """The labels that begin with ``typed``, as marks on the lines from ``top``."""
    marks: dict[int, list[Mark]] = {}
    for (_, index, place), name in zip(links, names, strict=True):
        if name.startswith(typed):
            marks.setdefault(top + index, []).append(Mark(place, place, "hint", name))
    return marks
