"""Files and pictures that come with articles, while they are fetched."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from msgspec import Struct

from reader.text.terminal import SafeText

if TYPE_CHECKING:
    from pathlib import Path

    from reader.text.graphics import Encoded
    from reader.text.pixels import Pixels


class Download(Struct, frozen=True, kw_only=True):
    """How far a download is: bytes that are there and bytes in all (0 unknown).

    ``resumed_at`` is how many were there before. Once it is ``done`` the file is at ``path``.
    """

    path: Path
    received: int
    total: int
    resumed_at: int = 0
    done: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Picture:
    """A picture of an article that was asked for: ``data`` as it came, and as it is drawn.

    ``address`` is what ``reader.library.pictures.address_of`` tells of it. Without
    ``drawn`` the ``problem`` says why in a sentence; "" for one that has nothing to see, as
    it only counts readers.
    """

    address: str
    data: bytes = field(default=b"", repr=False)
    drawn: Pixels | Encoded | None = field(default=None, repr=False)
    problem: SafeText = SafeText("")
