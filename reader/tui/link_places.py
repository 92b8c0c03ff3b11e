"""Where the links of an article stand in its lines."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from reader.text.width import width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.text.blocks import Line

Place = tuple[int, int]
"""A line where a link begins, and the number of the link."""

MOST_LINES = 100
"""Lines of one link that are looked at: more than any screen has."""


def begun(line: Line, before: Line | None) -> list[int]:
    """The numbers of the links that begin on a line, from left to right.

    A link that ``before``, the line above, has as well goes on from there.
    """
    numbers = [span.link for span in line.spans if span.link >= 0 and span.text.strip()]
    if not numbers:
        return numbers
    going_on = set()
    if before is not None and before.block == line.block:
        going_on = {span.link for span in before.spans}
    return [number for number in dict.fromkeys(numbers) if number not in going_on]


def stretches(lines: Sequence[Line], place: Place) -> dict[int, list[tuple[int, int]]]:
    """The characters of the link at ``place``, from and to, by the index of their line."""
    first, number = place
    found: dict[int, list[tuple[int, int]]] = {}
    for index in range(first, min(first + MOST_LINES, len(lines))):
        line = lines[index]
        runs = _runs(line, number) if line.block == lines[first].block else []
        if not runs:
            break
        found[index] = runs
    return found


def at_cell(line: Line, cell: int) -> int:
    """The number of the link at a cell of a line, -1 where there is none."""
    end = 0
    for span in line.spans:
        end += width(span.text)
        if cell < end:
            return span.link if cell >= 0 else -1
    return -1


def place_of(linked: Sequence[Place], line: int, number: int) -> int:
    """Which of the places ``linked`` it is whose link ``number`` goes over ``line``; -1: none."""
    for at in range(bisect_left(linked, (line + 1, -1)) - 1, -1, -1):
        if linked[at][1] == number:
            return at
        if linked[at][0] < line - MOST_LINES:
            break
    return -1


def _runs(line: Line, number: int) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    start = 0
    for span in line.spans:
        end = start + len(span.text)
        if span.link == number and span.text.strip():
            if runs and runs[-1][1] == start:
                runs[-1] = (runs[-1][0], end)
            else:
                runs.append((start, end))
        start = end
    if runs and runs[-1][1] == start:  # the space where the line is wrapped
        runs[-1] = (runs[-1][0], len(line.text.rstrip()))
    return runs
