"""Reads dates as people and programs write them; every answer is aware and in UTC.

A day that does not exist is no date. A clock or zone that does not exist is left out, since
the day is still right. A time without a zone is UTC, or in ``tz`` where the caller knows.
"""

import re
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo

from reader.text.calendar_words import ZONES

_LONGEST = 120
_ENGLISH = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = {name: number for number, name in enumerate(_ENGLISH, 1)}
_RFC_822 = re.compile(
    r"(?:[A-Za-z]{3,9},?\s*)?(\d{1,2})\s([A-Za-z]{3})\s(\d{4})\s(\d\d):(\d\d)(?::(\d\d))?"
    r"\s(?:([+-])(\d\d):?(\d\d)|([A-Za-z]{1,4}))"
)
_EPOCH = 10**8


def parse(value: object, *, tz: tzinfo = UTC) -> datetime | None:
    """The moment ``value`` names, in UTC; None where it names none.

    Takes str, date, datetime, and int or float: seconds (or milli-, micro-, nanoseconds)
    since 1970, or 20260203 and 2026 as YAML reads them. Text may be RFC 822, ISO 8601 and
    W3CDTF, asctime, numbers with day before month (month first with "AM" or "PM"), or have
    the name of the month in any of some thirty languages. Whether the date is plausible is
    the caller's to judge.
    """
    try:
        if isinstance(value, str):
            return _of_text(value[:_LONGEST].strip(" \t\r\n\"'"), tz)
        if isinstance(value, bool):
            return None
        if isinstance(value, datetime):
            return _in_utc(value, tz)
        if isinstance(value, date):
            return _in_utc(datetime(value.year, value.month, value.day), tz)  # noqa: DTZ001
        if isinstance(value, int | float):
            return _of_number(value, tz)
    except (ValueError, OverflowError, OSError):
        return None
    return None


def in_line(line: str) -> datetime | None:
    """The date of a line that holds a whole date and hardly anything else.

    "March 26, 2025", "Gepubliceerd op 26 maart 2025 om 14:03 uur", "By Ann Lee | 3 Feb 2026 |
    4 min read". None for a sentence or a title that only mentions a date.
    """
    if len(line) > _LONGEST or not any(char.isdigit() for char in line):
        return None
    from reader.text.written_dates import of_line

    try:
        found = of_line(line)
        return _in_utc(found, UTC) if found else None
    except (ValueError, OverflowError):
        return None


def _in_utc(moment: datetime, tz: tzinfo) -> datetime:
    return (moment if moment.tzinfo else moment.replace(tzinfo=tz)).astimezone(UTC)


def _of_number(number: float, tz: tzinfo) -> datetime | None:
    if 1900 <= number <= 2200:
        return _in_utc(datetime(int(number), 1, 1), tz)  # noqa: DTZ001
    if 19000101 <= number <= 22001231:
        return _in_utc(datetime.fromisoformat(str(int(number))), tz)
    if number < _EPOCH:
        return None
    for _unit in ("milli", "micro", "nano"):
        number = number / 1000 if number >= 1000 * _EPOCH else number
    return datetime.fromtimestamp(number, UTC) if number < 1000 * _EPOCH else None


def _of_text(text: str, tz: tzinfo) -> datetime | None:
    if match := _RFC_822.fullmatch(text):
        return _of_rfc_822(match)
    if text[:4].isdigit() and text.isascii():
        if text.isdigit() and len(text) in {12, 14}:
            text = f"{text[:8]}T{text[8:]}"
        elif text.replace(".", "", 1).isdigit():
            return _of_number(float(text), tz)
        try:
            return _in_utc(datetime.fromisoformat(text), tz)
        except ValueError:
            pass
    from reader.text.written_dates import of_text

    found = of_text(text)
    return _in_utc(found, tz) if found else None


def _of_rfc_822(match: re.Match[str]) -> datetime | None:
    """The common form, without the tables of names: thousands come with one update."""
    day, name, year, hour, minute, second, sign, hours, minutes, zone_name = match.groups()
    month = _MONTH.get(name.lower())
    offset = timedelta(hours=int(hours or 0), minutes=int(minutes or 0))
    known = offset.days < 1
    if zone_name:
        known = zone_name.lower() in ZONES
        offset = timedelta(minutes=ZONES.get(zone_name.lower(), 0))
    if month and known and int(hour) < 24 and int(minute) < 60 and int(second or 0) < 60:
        zone = timezone(-offset if sign == "-" else offset)
        clock = (int(hour), int(minute), int(second or 0))
        return datetime(int(year), month, int(day), *clock, tzinfo=zone).astimezone(UTC)
    from reader.text.written_dates import of_text

    found = of_text(match[0])
    return _in_utc(found, UTC) if found else None
