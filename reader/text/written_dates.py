"""Dates in words and in the forms that no standard knows, taken apart piece by piece.

First the clock and its zone are taken out of the text, then the day; what is left tells
whether the text was a date at all. Apart from ``reader.text.dates`` because most dates are
in a standard form and need none of these tables.
"""

import re
import unicodedata
from datetime import datetime, timedelta, timezone, tzinfo
from functools import cache
from html import unescape
from typing import NamedTuple

from reader.text.calendar_words import LABELS, MONTHS, WEEKDAYS, ZONES

_HALVES = "(?P<early>午前|上午|오전)?(?P<late>午後|下午|오후)?\\s?"
_CLOCKS = tuple(
    re.compile(pattern, re.ASCII)
    for pattern in (
        _HALVES
        + r"(?<![\d:.,+-])(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,]\d+)?)?"
        r"(?:\s?(?P<half>[ap])\.?\s?m\b\.?)?",
        _HALVES + r"(?P<hour>\d{1,2})\s?[時时点點시]\s?(?:(?P<minute>\d{1,2})\s?[分분])?"
        r"(?:\s?(?P<second>\d{1,2})[秒초])?",
        r"(?<![\d.])(?P<hour>\d{1,2})(?:[.](?P<minute>\d\d))?\s?(?P<half>[ap])\.?\s?m\b\.?",
        r"(?<![\d.])(?P<hour>\d{1,2})(?:[.](?P<minute>\d\d))?\s?(?:uur|uhr|u|hrs)\b",
        r"(?<![\d.])(?P<hour>\d{1,2})\s?h\s?(?P<minute>\d\d)?(?![\da-z])",
        r"(?<![\d.])(?P<hour>\d\d)[.](?P<minute>\d\d)(?=\s(?:gmt|utc|bst|cest?|mes?z)\b)",
        r"(?<=[\d]t)(?P<hour>\d\d)(?P<minute>\d\d)(?P<second>\d\d)?(?!\d)",
        r"(?:kl|klo|ore|godz)\.?\s?(?P<hour>\d{1,2})[.](?P<minute>\d\d)(?!\d)",
    )
)
_OFFSET = re.compile(
    r"\s?\(?(?:utc|gmt|z)?\s?(?P<sign>[+-])\s?(?P<hours>\d\d?):?(?P<minutes>\d\d)?(?!\d)"
)
_AMERICAN = {
    "et": "America/New_York",
    "ct": "America/Chicago",
    "mt": "America/Denver",
    "pt": "America/Los_Angeles",
}
_ZONE_NAME = re.compile(r"\s?\(?(?P<name>[a-z]+(?:/[a-z_]+)*)(?![a-z])")

_YEAR_FIRST = re.compile(
    r"(?<!\d)(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]?"
    r"|(?<![\d-])(\d{4})(?P<mark>[-/.])\s?(\d{1,2})(?P=mark)\s?(\d{1,2})(?!\d)\.?"
)
_ERA = re.compile(r"(令和|平成)\s?(\d{1,2}|元)年")
_ERA_START = {"令和": 2018, "平成": 1988}
_YEAR_LAST = re.compile(
    r"(?<!\d)(\d{1,2})(?P<mark>[-/.])\s?(\d{1,2})(?P=mark)\s?(\d{4}|\d\d)(?![\d:])\.?"
)
_VIETNAMESE = re.compile(r"(\d{1,2})\s*th(?:ang|g)\s*(\d{1,2})\s*,?\s*(?:nam\s*)?(\d{4})")
_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d\d)(\d\d)(\d\d)(?:(?=t)|(\d\d)(\d\d)(\d\d)?)(?!\d)")
_PARTIAL = re.compile(r"(\d{4})(?:-(\d{1,2})|-(\d{3}))?")

_WORD = re.compile(r"[^\W\d_](?:[^\s\d.,;:/()\[\]|-]|\.(?=[฀-๿]))*")
_ENDING = r"(?:st|nd|rd|th|er|re|ste|de|e|o|a|[.])?"
_DAY_BEFORE = re.compile(
    rf"(?<!\d)(\d{{1,2}}){_ENDING}[\s/.-]*(?:(?:of|de|d|den|af|ten)\b[\s']*)?$", re.ASCII
)
_YEAR_BEFORE = re.compile(r"(?<!\d)(\d{4})[\s.,-]*(?:m\.?\s)?$")
_SECOND_NAME = r"(?:\s?/\s?[^\s\d]+)?"  # "28 يناير/كانون الثاني 2026"
_YEAR_AFTER = re.compile(
    rf"{_SECOND_NAME}[\s/.,'-]*(?:(?:de|del|of|i|พ\.ศ\.?|พศ)\s*)?(\d{{4}}|\d\d)(?!\d)(?:\s?(?:г|р|r)\b\.?)?"
)
_DAY_AFTER = re.compile(rf"[\s.-]*(\d{{1,2}}){_ENDING}(?!\d)")
_DAY_AND_YEAR_AFTER = re.compile(
    rf"[\s.-]*(?:the\s)?(\d{{1,2}}){_ENDING}[\s,.-]+(?:(?:de|del|of)\s)?(\d{{4}})(?!\d)"
)
_TWO_WORDS = re.compile("(كانون|تشرين) (?=ال)")

_ACCENT = re.compile("[\u0300-\u036f\u0591-\u05c7\u064b-\u0655\u0670\u200b-\u200f\u2060-\u2069]")
_ASIDE = re.compile(
    r"(?:by|door|von|par|por|di|av|af|autor|author|auteur|redactie)\b[^\d|]{1,60}"
    r"|(?:leestijd:?\s?)?\d{1,3}[\s-]?(?:min|minutes?|minuten|minuti|minutos)\b[^\d|]{0,20}"
    r"|\d{1,4} (?:comments?|reacties?|kommentare|commentaires?)"
)
_MARKDOWN = "*_#>~`=[]{}<>()|•·–— \t\r\n"
_UNKNOWN_WORDS = 3


class _Day(NamedTuple):
    """A day and where it stands; ``whole`` is False for a month or year alone."""

    year: int
    month: int
    day: int
    start: int
    end: int
    whole: bool = True


class _Clock(NamedTuple):
    """A time of day as a distance from midnight; ``american`` if it had AM or PM."""

    since_midnight: timedelta
    zone: tzinfo | None
    american: bool


def of_text(text: str) -> datetime | None:
    """The moment a date field names, naive where it names no zone; None if it is none.

    Raises ValueError for a day that does not exist.
    """
    found, rest, _whole = _read(_plain(text))
    words = [word for word in _WORD.findall(rest) if word not in _known_words()]
    return found if len(words) <= _UNKNOWN_WORDS else None


def of_line(line: str) -> datetime | None:
    """The moment a line of an article names if it says hardly anything else."""
    text = _plain(line.strip(_MARKDOWN)).strip(_MARKDOWN)
    parts = [part.strip(_MARKDOWN) for part in re.split(r"[|•·]", text)]
    dated = [part for part in parts if part and not _ASIDE.fullmatch(part)]
    text = " ".join(dated)
    first: datetime | None = None
    while True:
        found, rest, whole = _read(text)
        if found is None:
            break
        if not whole:
            return None
        first, text = first or found, rest  # "… updated March 27": the first date counts
    known = all(word in _known_words() for word in _WORD.findall(text))
    return first if known and not any(char.isdigit() for char in text) else None


def _read(text: str) -> tuple[datetime | None, str, bool]:
    """The first date of a plain text, what is left of it, whether it names a day."""
    clock, rest = _clock(text)
    day = _day(rest, american=clock is not None and clock.american)
    if day is None:
        return None, text, False
    year = day.year if day.year < 2400 else day.year - 543  # the Buddhist era, in Thailand
    moment = datetime(year, day.month, day.day)  # noqa: DTZ001
    rest = f"{rest[: day.start]} {rest[day.end :]}"
    if clock:
        moment = (moment + clock.since_midnight).replace(tzinfo=clock.zone)
    return moment, rest, day.whole


def _plain(text: str) -> str:
    """Lower case without accents, every digit and dash in its ASCII form."""
    text = unescape(text) if "&" in text else text
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text.casefold().replace("ı", "i"))
        text = _ACCENT.sub("", text)
        text = unicodedata.normalize("NFKC", text)
        text = re.sub(r"[^\W\D]", lambda digit: str(unicodedata.digit(digit[0])), text)
        text = _TWO_WORDS.sub(r"\1", re.sub("[‐-―−]", "-", text)).replace("’", "'")
        text = _ERA.sub(_year_of_era, text)
    return " ".join(text.lower().split())


@cache
def _months() -> dict[str, int]:
    return {
        _plain(name): number for number, names in enumerate(MONTHS, 1) for name in names.split()
    }


@cache
def _known_words() -> frozenset[str]:
    return frozenset(_plain(WEEKDAYS + LABELS).split()) | ZONES.keys() | {"t"}


def _clock(text: str) -> tuple[_Clock | None, str]:
    """The time of day and its zone, and the text without them."""
    for pattern in _CLOCKS:
        if match := pattern.search(text):
            break
    else:
        return None, text
    parts = match.groupdict()
    hour, minute, second = (int(parts.get(name) or 0) for name in ("hour", "minute", "second"))
    half = parts.get("half")
    late = half == "p" or parts.get("late")
    zone, end = _zone(text, match.end(), american=half is not None)
    rest = f"{text[: match.start()]} {text[end:]}"
    if late or half or parts.get("early"):
        hour = hour % 12 + (12 if late else 0)
    if hour > 24 or minute > 59 or second > 60 or (hour == 24 and minute + second):
        return None, rest
    since = timedelta(hours=hour, minutes=minute, seconds=min(second, 59))
    return _Clock(since, zone, half is not None), rest


def _zone(text: str, start: int, *, american: bool) -> tuple[tzinfo | None, int]:
    """The zone named at ``start`` and where its name ends; None if there is none."""
    if match := _OFFSET.match(text, start):
        offset = timedelta(hours=int(match["hours"]), minutes=int(match["minutes"] or 0))
        known = offset < timedelta(hours=24)
        return timezone(-offset if match["sign"] == "-" else offset) if known else None, match.end()
    if match := _ZONE_NAME.match(text, start):
        name = match["name"]
        if name in ZONES:
            return timezone(timedelta(minutes=ZONES[name])), match.end()
        if "/" in name or (american and name in _AMERICAN):
            return _region(_AMERICAN.get(name, name)), match.end()
    return None, start


def _region(name: str) -> tzinfo | None:
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(name.title())  # the name came in lower case
    except (KeyError, ValueError, OSError):
        return None


def _day(text: str, *, american: bool) -> _Day | None:
    if match := _YEAR_FIRST.search(text):
        year, month, day = (int(part) for part in match.groups() if part and part.isdigit())
        return _Day(year, month, day, *match.span())
    if match := _VIETNAMESE.search(text):
        return _Day(int(match[3]), int(match[2]), int(match[1]), *match.span())
    if match := _YEAR_LAST.search(text):
        day, month = int(match[1]), int(match[3])
        if month > 12 >= day or (american and day <= 12 and match["mark"] != "."):
            day, month = month, day
        return _Day(_full_year(match[4]), month, day, *match.span())
    for word in _WORD.finditer(text):
        month = _months().get(word[0].rstrip("."), 0)
        if month and (named := _day_by_month(text, word.start(), word.end(), month)):
            return named
    if match := _COMPACT.search(text):
        return _Day(int(match[1]), int(match[2]), int(match[3]), *match.span())
    if match := _PARTIAL.fullmatch(text.strip()):
        if match[3]:
            ordinal = datetime(int(match[1]), 1, 1) + timedelta(days=int(match[3]) - 1)  # noqa: DTZ001
            return _Day(ordinal.year, ordinal.month, ordinal.day, 0, len(text))
        return _Day(int(match[1]), int(match[2] or 1), 1, 0, len(text), whole=False)
    return None


def _day_by_month(text: str, start: int, end: int, month: int) -> _Day | None:
    """The date around the name of a month, in any order of day, month and year."""
    before, after = text[:start], text[end:]
    day_before, year_after = _DAY_BEFORE.search(before), _YEAR_AFTER.match(after)
    if day_before and year_after:
        span = (day_before.start(), end + year_after.end())
        return _Day(_full_year(year_after[1]), month, int(day_before[1]), *span)
    if both := _DAY_AND_YEAR_AFTER.match(after):
        return _Day(int(both[2]), month, int(both[1]), start, end + both.end())
    year_before, day_after = _YEAR_BEFORE.search(before), _DAY_AFTER.match(after)
    if year_before and day_after:
        span = (year_before.start(), end + day_after.end())
        return _Day(int(year_before[1]), month, int(day_after[1]), *span)
    if year_after and len(year_after[1]) == 4:
        return _Day(int(year_after[1]), month, 1, start, end + year_after.end(), whole=False)
    return None


def _full_year(digits: str) -> int:
    """Two digits as RFC 2822, 4.3, reads them."""
    year = int(digits)
    if len(digits) == 4:
        return year
    return year + (2000 if year < 50 else 1900)


def _year_of_era(match: re.Match[str]) -> str:
    year = 1 if match[2] == "元" else int(match[2])
    return f"{_ERA_START[match[1]] + year}年"
