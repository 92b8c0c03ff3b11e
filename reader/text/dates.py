"""Reads dates as people and programs write them; every answer is aware and in UTC."""

import re
from datetime import UTC, date, datetime, tzinfo
from email.utils import parsedate_to_datetime

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan januari januar janvier enero",
            "february feb februari februar février febrero",
            "march mar maart märz mars marzo mrt",
            "april apr avril abril",
            "may mei mai mayo",
            "june jun juni juin junio",
            "july jul juli juillet julio",
            "august aug augustus août agosto",
            "september sep sept septembre septiembre",
            "october oct okt oktober octobre octubre",
            "november nov novembre noviembre",
            "december dec dez dezember décembre diciembre",
        ),
        1,
    )
    for name in names.split()
}
_DAY_FIRST = re.compile(
    r"(\d{1,2})\.?\s+(?:de\s+)?(\w+)\.?,?\s+(?:de\s+)?(\d{4})(?:\D+(\d\d?):(\d\d))?"
)
_MONTH_FIRST = re.compile(r"(\w+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?:\D+(\d\d?):(\d\d))?")


def parse(value: object, *, tz: tzinfo = UTC) -> datetime | None:
    """The moment ``value`` names, in UTC; None where it names none.

    Takes str, date, datetime, int and float (seconds or milliseconds since 1970). A time
    without a zone is taken to be in ``tz``.
    """
    try:
        if isinstance(value, bool):
            return None
        if isinstance(value, datetime):
            return _utc(value, tz)
        if isinstance(value, date):
            return datetime(value.year, value.month, value.day, tzinfo=tz).astimezone(UTC)
        if isinstance(value, int | float):
            return datetime.fromtimestamp(value / 1000 if abs(value) > 1e11 else value, UTC)
        if isinstance(value, str):
            return _parse_text(" ".join(value[:200].split()), tz)
    except (ValueError, OverflowError, OSError):
        return None
    return None


def in_line(line: str) -> datetime | None:
    """The date of a line that is only a date."""
    if len(line) > 60 or not re.search(r"\d", line):
        return None
    text = " ".join(line.strip(" *_#").split())
    match = _DAY_FIRST.fullmatch(text) or _MONTH_FIRST.fullmatch(text)
    return parse(text) if match else None


def _utc(moment: datetime, tz: tzinfo) -> datetime:
    return (moment if moment.tzinfo else moment.replace(tzinfo=tz)).astimezone(UTC)


def _parse_text(text: str, tz: tzinfo) -> datetime | None:
    if not text:
        return None
    if re.fullmatch(r"\d{9,10}(\.\d+)?|\d{13}", text):
        return parse(float(text))
    try:
        return _utc(datetime.fromisoformat(text), tz)
    except ValueError:
        pass
    if match := _DAY_FIRST.search(text):
        day, month, year = match[1], match[2], match[3]
    elif match := _MONTH_FIRST.search(text):
        month, day, year = match[1], match[2], match[3]
    try:
        return _utc(parsedate_to_datetime(text), tz)
    except ValueError:
        pass
    if not match or month.lower() not in _MONTHS:
        return None
    number = _MONTHS[month.lower()]
    hour, minute = int(match[4] or 0), int(match[5] or 0)
    return _utc(datetime(int(year), number, int(day), hour, minute, tzinfo=tz), tz)
