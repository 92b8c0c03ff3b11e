"""What to read when there is little time."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class CatchUp:
    """Articles worth the time, best first, the ``minutes`` they take, and what is left out."""

    ids: tuple[int, ...]
    minutes: float
    rest: tuple[int, ...]
