"""What an article is: as its source gave it, cleaned, and as the library keeps it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from reader.text.terminal import SafeText

if TYPE_CHECKING:
    from datetime import datetime

    from reader.model.copies import ArticleCopy
    from reader.model.tag import Tag
    from reader.text.blocks import BodyKind

DateSource = Literal["given", "text", "file", "seen"]
"""Where a date comes from: a field of the document, a line of its text, the file's
modification time, or the moment the reader first saw the article."""


class Enclosure(Struct, frozen=True, kw_only=True):
    """A file that comes with an article: a podcast episode, a video, a document.

    ``size`` is in bytes and ``seconds`` a duration; both 0 where unknown.
    """

    url: str
    mime: str = ""
    size: int = 0
    seconds: int = 0
    title: str = ""


class RawArticle(Struct, frozen=True, kw_only=True):
    """One article as its source gave it: nothing cleaned, nothing trusted.

    ``identity`` names the article inside its feed (a feed id, a link, a path).
    ``feed`` names the stream inside the source ("" where the source is one feed).
    ``title`` is plain text. ``outlet`` is the publisher that a feed of several feeds names.
    ``published`` and ``updated`` are aware and in UTC; ``date_source`` tells about
    ``published``. ``summary`` may hold HTML or text; "" where it only repeats the body.
    ``problems`` are plain sentences about what was wrong with the document.
    """

    identity: str
    title: str
    body: str
    kind: BodyKind
    feed: str = ""
    link: str = ""
    base: str = ""
    published: datetime | None = None
    updated: datetime | None = None
    date_source: DateSource = "seen"
    summary: str = ""
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    language: str = ""
    image: str = ""
    comments: str = ""
    enclosures: tuple[Enclosure, ...] = ()
    outlet: str = ""
    draft: bool = False
    problems: tuple[str, ...] = ()


class Article(Struct, frozen=True, kw_only=True):
    """An article whose every shown field is safe to draw; the body stays raw.

    The body is turned into safe blocks when it is opened (``reader.text.article``), so
    better cleaning needs no second fetch. ``body`` must never be drawn as it is.
    ``words`` counts the words of the visible text. ``digest`` is the hash of title and
    visible text that tells a material edit from a touched file. ``outlet`` is who published
    it, where it came through a feed of several feeds.
    """

    identity: str
    feed: SafeText
    title: SafeText
    body: str
    kind: BodyKind
    link: str
    base: str
    published: datetime
    date_source: DateSource
    updated: datetime | None
    summary: SafeText
    authors: tuple[SafeText, ...]
    tags: tuple[SafeText, ...]
    language: str
    image: str
    comments: str
    enclosures: tuple[Enclosure, ...]
    words: int
    digest: str
    problems: tuple[SafeText, ...]
    outlet: SafeText = SafeText("")


class Headline(Struct, frozen=True, kw_only=True):
    """A row of an article list. ``words`` gives the reading time.

    ``copies`` is through how many other feeds the same article came, which stand behind it;
    ``position`` is how far it was read: 0.0 (top) to 1.0 (end).
    """

    id: int
    feed_id: int
    feed: SafeText
    title: SafeText
    author: SafeText
    published: datetime
    date_source: DateSource
    language: str
    link: str
    words: int
    unread: bool
    starred: bool
    hidden: bool
    copies: int = 0
    position: float = 0.0


class StoredArticle(Struct, frozen=True, kw_only=True):
    """An article as the library keeps it: its headline, its content, what belongs to it.

    ``path`` is the absolute path of a saved document, "" for a feed's article.
    ``position`` is how far it was read: 0.0 (top) to 1.0 (end). ``hidden_by`` is the rule
    that hid it last, "" for none. ``copies`` are the same article through other feeds.
    """

    headline: Headline
    content: Article
    tags: tuple[Tag, ...]
    path: str
    position: float
    hidden_by: SafeText = SafeText("")
    copies: tuple[ArticleCopy, ...] = ()


class ListedArticle(Struct, frozen=True, kw_only=True):
    """A row of ``newsreader list``: a headline with its tags, its file and its problems.

    ``copies`` are the same article through other feeds, which stand behind it.
    """

    headline: Headline
    tags: tuple[Tag, ...]
    path: str
    problems: tuple[SafeText, ...]
    copies: tuple[ArticleCopy, ...] = ()


class RefusedFile(Struct, frozen=True, kw_only=True):
    """A file of a folder that could not be opened as an article, and why."""

    path: str
    problem: SafeText
