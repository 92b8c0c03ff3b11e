"""A web page that was fetched to be read: the full text of an article, or a page of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from reader.text.terminal import SafeText

if TYPE_CHECKING:
    from datetime import datetime

    from reader.text.blocks import BodyKind

Obstacle = Literal[
    "", "paywall", "cookies", "sign-in", "robot", "script", "empty", "kind", "selector", "network"
]
"""What stands between the reader and the text: the site wants to be paid, wants consent, an
account or a browser; the page is made by JavaScript, holds no article or is no page; the
feed's CSS selector fits nothing; it could not be fetched."""


class FullText(Struct, frozen=True, kw_only=True):
    """The text of an article's page, kept beside the one that its feed gave.

    ``body`` must never be drawn as it is; links in it are relative to ``base``. ``words``
    counts its visible words. ``problem`` says in a sentence what ``obstacle`` names, and is
    "" where nothing is wrong; there may be the beginning of a text with an obstacle.
    """

    article_id: int
    body: str
    kind: BodyKind
    base: str
    words: int
    fetched: datetime
    obstacle: Obstacle = ""
    problem: SafeText = SafeText("")

    @property
    def complete(self) -> bool:
        """Whether this is the text that the article's own one stands for."""
        return self.words > 0 and self.obstacle in ("", "selector")
