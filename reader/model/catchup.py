"""What to read when there is little time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct, field

if TYPE_CHECKING:
    from collections.abc import Mapping


class CatchUp(Struct, frozen=True, kw_only=True):
    """Articles worth the time, best first, the ``minutes`` they take, and what is left out.

    ``outlets`` tells of articles whose story others report as well how many do in all.
    """

    ids: tuple[int, ...]
    minutes: float
    rest: tuple[int, ...]
    outlets: Mapping[int, int] = field(default_factory=dict)
