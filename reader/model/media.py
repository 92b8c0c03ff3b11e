"""Files that come with articles, while they are downloaded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, kw_only=True, slots=True)
class Download:
    """How far a download is: bytes that are there and bytes in all (0 unknown).

    ``resumed_at`` is how many were there before. Once it is ``done`` the file is at ``path``.
    """

    path: Path
    received: int
    total: int
    resumed_at: int = 0
    done: bool = False
