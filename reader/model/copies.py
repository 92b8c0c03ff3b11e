"""The same article through several feeds."""

from dataclasses import dataclass

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
