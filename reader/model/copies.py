"""The same article through several feeds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from reader.text.terminal import SafeText


class ArticleCopy(Struct, frozen=True, kw_only=True):
    """An article that stands behind the shown one. ``why`` says so in a few words.

    ``path`` is the absolute path of a saved document, "" for a feed's article.
    """

    id: int
    feed_id: int
    feed: SafeText
    link: str
    path: str
    why: SafeText
