"""Where the links of an article stand in its lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
