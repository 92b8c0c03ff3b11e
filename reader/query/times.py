"""Days, spans of time and comparisons as people write them in a query."""

import re
from datetime import date
from typing import Final

from reader.query.tree import Ago, Comparison, Day, This, Unit, Weekday, When

_WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MINUTE: Final = 60
_DAY: Final = 86_400
_SECONDS: Final = {
    "min": _MINUTE, "mins": _MINUTE, "minute": _MINUTE, "minutes": _MINUTE,
    "h": 3600, "hr": 3600, "hrs": 3600, "hour": 3600, "hours": 3600,
    "d": _DAY, "day": _DAY, "days": _DAY,
    "w": 7 * _DAY, "wk": 7 * _DAY, "week": 7 * _DAY, "weeks": 7 * _DAY,
    "mo": 30 * _DAY, "month": 30 * _DAY, "months": 30 * _DAY,
    "y": 365 * _DAY, "yr": 365 * _DAY, "year": 365 * _DAY, "years": 365 * _DAY,
}  # fmt: skip
_UNITS: Final[dict[str, Unit]] = {"week": "week", "month": "month", "year": "year"}

_SPAN = re.compile(r"([0-9]{1,6})\s*([a-z]+)(?:\s+ago)?", re.IGNORECASE)
_ISO = re.compile(r"([0-9]{4})(?:[-/.]([0-9]{1,2})(?:[-/.]([0-9]{1,2}))?)?")
_DAY_FIRST = re.compile(r"([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})")
_COMPARED = re.compile(r"(<=|>=|[<>=≤≥])?\s*(.*)", re.DOTALL)
_COUNT = re.compile(r"[0-9]{1,9}")
_COMPARISONS: Final[dict[str, Comparison]] = {
    "<": "<", "<=": "<=", "≤": "<=", "=": "=", ">=": ">=", "≥": ">=", ">": ">",
}  # fmt: skip


def comparison(value: str) -> tuple[Comparison | None, str]:
    """The comparison sign a value starts with (None for none) and what follows it."""
    match = _COMPARED.fullmatch(value)
    sign, rest = match.groups() if match else (None, value)
    return _COMPARISONS.get(sign or ""), rest.strip()


def count(value: str) -> int | None:
    """A whole number of at most nine digits, None for anything else."""
    return int(value) if _COUNT.fullmatch(value) else None


def seconds(value: str) -> int | None:
    """A span such as ``3d`` or ``2 weeks ago`` in seconds, None for anything else.

    ``m`` alone is nothing: it is read as minutes by some and as months by others.
    """
    match = _SPAN.fullmatch(value.strip())
    unit = _SECONDS.get(match[2].lower()) if match else None
    return int(match[1]) * unit if match and unit else None


def when(value: str) -> When | None:
    """A moment as it is written after ``since:``, None where it is none.

    Days (``2026-01-31``), months and years (their first day), ``today``, ``yesterday``,
    weekdays (three letters do), ``week``, ``last month``, and spans back from now (``3d``).
    """
    word = " ".join(value.lower().split())
    if word in ("today", "now"):
        return This("day")
    if word == "yesterday":
        return This("day", 1)
    for number, name in enumerate(_WEEKDAYS):
        if len(word) > 2 and name.startswith(word):
            return Weekday(number)
    unit = _UNITS.get(word.removeprefix("this ").removeprefix("last "))
    if unit:
        return This(unit, int(word.startswith("last ")))
    day = _calendar_day(word)
    if day:
        return Day(day)
    ago = seconds(word)
    return None if ago is None else Ago(ago)


def meant_day(value: str) -> str:
    """The ISO form of a date that is almost one (day first, day past the month's end), or ""."""
    match = _DAY_FIRST.fullmatch(value)
    if match:
        day, month, year = map(int, match.groups())
    else:
        match = _ISO.fullmatch(value)
        if not match or not match[3]:
            return ""
        year, month, day = map(int, match.groups())
    for near in (day, day - 1, day - 2, day - 3):
        try:
            return date(year, month, near).isoformat()
        except ValueError:
            continue
    return ""


def _calendar_day(word: str) -> date | None:
    match = _ISO.fullmatch(word)
    if not match:
        return None
    try:
        return date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
    except ValueError:
        return None
