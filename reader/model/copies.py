"""The same article through several feeds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.text.terminal import SafeText


@dataclass(frozen=True, kw_only=True, slots=True)
class ArticleCopy:
    """An article that stands behind the shown one. ``why`` says so in a few words.

    ``path`` is the absolute path of a saved document, "" for a feed's article.
    """

    id: int
    feed_id: int
    feed: SafeText
    link: str
    path: str
    why: SafeText
