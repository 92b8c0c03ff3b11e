"""Stretches of time as the screen writes and reads them: how long ago, every how often."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

MINUTE, HOUR, DAY = 60, 3600, 86400
_UNITS = ((DAY, "day"), (HOUR, "hour"), (MINUTE, "min"))
_WRITTEN = re.compile(r"(\d{1,6})\s*(m|min|minutes?|h|hours?|d|days?)?", re.IGNORECASE)


def span(seconds: float) -> str:
    """A stretch of time in its largest unit: ``4 hours``, ``1 hour``, ``90 min``."""
    for size, name in _UNITS:
        if seconds >= 2 * size or abs(seconds - size) < MINUTE or size == MINUTE:
            count = max(0, round(seconds / size))
            return f"{count} {name}{'s' if count != 1 and size != MINUTE else ''}"
    raise AssertionError(seconds)


def ago(moment: datetime | None, now: datetime) -> str:
    """How long ago a moment was, ``never`` for None."""
    if moment is None:
        return "never"
    seconds = (now - moment).total_seconds()
    return "just now" if seconds < MINUTE else f"{span(seconds)} ago"


def until(moment: datetime, now: datetime) -> str:
    """How far ahead a moment is, ``now`` when it is not."""
    seconds = (moment - now).total_seconds()
    return "now" if seconds < MINUTE else f"in {span(seconds)}"


def seconds_of(text: str) -> int | None:
    """The seconds of what a person wrote: ``90`` (minutes), ``2 h``, ``1 day``; None: neither."""
    match = _WRITTEN.fullmatch(text.strip())
    if match is None:
        return None
    unit = {"h": HOUR, "d": DAY}.get((match[2] or "m")[0].lower(), MINUTE)
    return int(match[1]) * unit
