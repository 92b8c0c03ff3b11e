"""Dates and reading times as the screen writes them, in the person's own time zone."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.model.article import DateSource

ROW_WIDTH = 7
WORDS_A_MINUTE = 220
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
LONG_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
NOTES: dict[DateSource, str] = {"file": "file date", "seen": "first seen"}


def local(moment: datetime) -> tuple[datetime, bool]:
    """The moment in local time, and whether its time of day says something.

    Midnight in UTC is what a date without a time becomes, so it stays that date.
    """
    utc = moment.astimezone(UTC)
    if utc.hour == utc.minute == utc.second == 0:
        return utc, False
    return moment.astimezone(), True


def in_row(moment: datetime, now: datetime) -> str:
    """At most seven cells: the time for today, the day for this year, else the month."""
    then, timed = local(moment)
    today = now.astimezone()
    if timed and then.date() == today.date():
        return f"{then.hour:02}:{then.minute:02}"
    if then.year == today.year or 0 <= (now - moment).days < 180:
        return f"{then.day} {MONTHS[then.month - 1]}"
    return f"{then.year}-{then.month:02}"


def in_article(moment: datetime, source: DateSource) -> str:
    """The whole date, with what kind of date it is where the publisher did not give it."""
    then, timed = local(moment)
    text = f"{DAYS[then.weekday()]} {then.day} {LONG_MONTHS[then.month - 1]} {then.year}"
    if timed:
        text += f", {then.hour:02}:{then.minute:02}"
    note = NOTES.get(source)
    return f"{note} {text}" if note else text


def reading_time(words: int) -> str:
    """How long the article takes, "" where it has no words."""
    if not words:
        return ""
    return f"{max(1, round(words / WORDS_A_MINUTE))} min"
