"""A clock that a test sets."""

from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass
class Clock:
    """Tells the time that a test sets."""

    now: datetime = datetime(2026, 2, 4, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now
