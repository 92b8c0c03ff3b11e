"""Times as the database keeps them: whole seconds since 1970 UTC."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from math import floor
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.model.article import DateSource

DATE_SOURCES: tuple[DateSource, ...] = ("given", "text", "file", "seen")
"""Where dates come from; their places here are what ``date_source`` holds."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def to_seconds(moment: datetime) -> int:
    """Whole seconds since 1970, rounded down; negative before."""
    return floor(moment.timestamp())


def from_seconds(seconds: int) -> datetime:
    """The aware UTC moment."""
    return _EPOCH + timedelta(seconds=seconds)
