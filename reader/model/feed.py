"""Sources, feeds, categories and the rows of the feed list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from reader.text.terminal import SafeText

if TYPE_CHECKING:
    from datetime import datetime

SourceKind = Literal["folder", "web", "pages"]
RowKind = Literal["smart", "category", "feed"]


class Source(Struct, frozen=True, kw_only=True):
    """Where articles come from. ``location`` is an absolute path or a URL.

    The one of kind "pages" holds what the person read by its address, or put aside.
    """

    id: int
    kind: SourceKind
    location: str


class Feed(Struct, frozen=True, kw_only=True):
    """One titled stream of articles.

    ``key`` names it inside its source ("" for a web feed). ``category`` is the path of
    category titles from the top, () for none.
    """

    id: int
    source_id: int
    source_kind: SourceKind
    location: str
    key: str
    title: SafeText
    category: tuple[SafeText, ...]
    site: str
    articles: int
    unread: int
    problem: SafeText


class FeedRow(Struct, frozen=True, kw_only=True):
    """A row of the feed list, in the order it is drawn.

    ``id`` is the feed's or category's id; a smart feed's is its place among those that come
    along, or 100 and its number among those that were saved.
    ``depth`` is 0 at the top. ``problem`` is "" or why the last update failed.
    ``query`` is a smart feed's query, "" otherwise.
    """

    kind: RowKind
    id: int
    title: SafeText
    depth: int
    unread: int
    articles: int
    collapsed: bool = False
    paused: bool = False
    problem: SafeText = SafeText("")
    query: str = ""


class FeedSettings(Struct, frozen=True, kw_only=True):
    """What a person set for one web feed; 0 and "" leave it to the reader.

    ``interval_s`` is the least time between two fetches, ``selector`` a CSS selector of the
    full text. ``keep_articles`` and ``keep_days`` bound what is kept of what was read.
    """

    interval_s: int = 0
    full_text: bool = False
    selector: str = ""
    unread_when_changed: bool = True
    keep_articles: int = 0
    keep_days: int = 0


class FeedHealth(Struct, frozen=True, kw_only=True):
    """How a web feed is doing; times are aware UTC, None for never.

    ``cadence_s`` is the mean time between its articles in seconds (0 unknown). A ``retired``
    feed is gone for good, says its server, and is not asked again.
    """

    feed_id: int
    title: SafeText
    url: SafeText
    last_tried: datetime | None
    last_succeeded: datetime | None
    next_due: datetime | None
    failures: int
    problem: SafeText
    advice: SafeText
    fetches: int
    unchanged: int
    cadence_s: int
    articles: int
    paused: bool
    retired: bool = False


class KeptSecret(Struct, frozen=True, kw_only=True):
    """What is kept of a feed's secrets, without them: ``headers`` are the names alone."""

    user: SafeText = SafeText("")
    password: bool = False
    headers: tuple[SafeText, ...] = ()
    cookies: bool = False
