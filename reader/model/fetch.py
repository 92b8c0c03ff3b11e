"""What is remembered about fetching a web feed, from one update to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

HOURS_OF_WEEK = 7 * 24


def hour_of_week(moment: datetime) -> int:
    """0 for the hour that begins with Monday, to 167; in the moment's own zone."""
    return moment.weekday() * 24 + moment.hour


def hours_of_week(hours: Collection[int], days: Collection[int]) -> tuple[int, ...]:
    """The hours of the week that ``hours`` of every day (0 to 23) and whole ``days`` cover.

    Days are 0 for Monday to 6, as RSS 2.0's ``skipHours`` and ``skipDays`` are read.
    """
    return tuple(hour for hour in range(HOURS_OF_WEEK) if hour % 24 in hours or hour // 24 in days)


class FetchState(Struct, frozen=True, kw_only=True):
    """How fetching one web feed went so far, and when it is due again.

    ``url`` is where it is fetched; ``etag`` and ``last_modified`` are the validators of its
    last answer exactly as received, ``digest`` the hash of the body they belong to. Times
    are aware UTC, None for never; ``next_due`` None means at once, unless ``retired`` (the
    server said the feed is gone for good). ``fetches`` counts answers that could be used
    and ``unchanged`` those that brought nothing new, ``failures`` those since the last
    success; ``code``, ``problem`` and ``advice`` tell about the last one. ``moved_to`` is
    a permanent redirect's target and ``moved_seen`` how often in a row it was seen.
    ``feed_interval_s`` and ``skip_hours`` (hours of the week, ``hours_of_week``) are the
    feed's own wishes, kept because an unchanged answer does not repeat them.
    """

    url: str
    etag: str = ""
    last_modified: str = ""
    digest: str = ""
    next_due: datetime | None = None
    last_tried: datetime | None = None
    last_succeeded: datetime | None = None
    fetches: int = 0
    unchanged: int = 0
    failures: int = 0
    code: str = ""
    problem: str = ""
    advice: str = ""
    moved_to: str = ""
    moved_seen: int = 0
    retired: bool = False
    feed_interval_s: int = 0
    skip_hours: tuple[int, ...] = ()
