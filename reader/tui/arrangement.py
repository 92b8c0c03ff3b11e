"""Which panes are on the screen, and how large, for a terminal's size and the pane in use."""

from __future__ import annotations

from typing import Literal, get_args

from msgspec import Struct

Pane = Literal["feeds", "headlines", "article", "tags"]
PANES: tuple[Pane, ...] = get_args(Pane)

SIDEBAR_FROM = 100
SIDE_BY_SIDE_FROM = 70
STACKED_FROM = 14
HEADLINES_SHARE = 0.36


class Arrangement(Struct, frozen=True, kw_only=True):
    """Panes on the screen.

    ``feeds`` and ``tags`` are widths in cells, ``headlines`` a height in rows; 0 where that
    pane takes all there is.
    """

    shown: frozenset[Pane]
    feeds: int
    tags: int
    headlines: int


def arrangement(columns: int, rows: int, *, pane: Pane, zen: bool) -> Arrangement:
    """The panes of a terminal of ``columns`` x ``rows`` while ``pane`` has the keys."""
    if zen or columns < SIDE_BY_SIDE_FROM:
        alone: Pane = "article" if zen else pane
        return Arrangement(shown=frozenset({alone}), feeds=0, tags=0, headlines=0)
    centre: set[Pane] = {"headlines", "article"}
    if rows < STACKED_FROM:
        centre = {"article" if pane == "article" else "headlines"}
    sides: set[Pane] = {"feeds", "tags"}
    if columns < SIDEBAR_FROM:
        sides = {"tags" if pane == "tags" else "feeds"}
    return Arrangement(
        shown=frozenset(centre | sides),
        feeds=28 if columns >= 120 else 23,
        tags=21,
        headlines=round((rows - 2) * HEADLINES_SHARE) if len(centre) > 1 else 0,
    )


def beside(pane: Pane, step: int) -> Pane:
    """The pane to the right (1), around the end, or to the left (-1), as far as there is one."""
    return PANES[max(0, PANES.index(pane) + step) % len(PANES)]
