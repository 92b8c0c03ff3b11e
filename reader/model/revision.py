"""The texts that an article had over time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from datetime import datetime

    from reader.text.blocks import Paragraph


class Revision(Struct, frozen=True, kw_only=True):
    """A text of an article as it was stored at a moment; the newest one is ``current``."""

    id: int
    stored: datetime
    words: int
    current: bool


class Changes(Struct, frozen=True, kw_only=True):
    """What is different between two texts of an article, as paragraphs to draw.

    ``since`` is when the older one was stored. ``seen`` tells that it is the one that was
    read; else it is only the one before. No ``blocks``: nothing changed for a reader.
    """

    since: datetime
    seen: bool
    blocks: tuple[Paragraph, ...]
