"""The settings of one feed: what each is called, says now, and takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from reader.model.errors import ReaderError
from reader.model.feed import Feed, FeedSettings, KeptSecret
from reader.model.records import replace
from reader.text.terminal import SafeText, clean_line
from reader.tui.spans import MINUTE, seconds_of, span

if TYPE_CHECKING:
    from reader.library import Library

LEAST_INTERVAL_S = 5 * MINUTE

Name = Literal[
    "title", "category", "paused", "interval", "full_text", "selector", "unread_when_changed",
    "keep_articles", "keep_days", "user", "password", "header", "cookies",
]  # fmt: skip
TOGGLES: frozenset[Name] = frozenset({"paused", "full_text", "unread_when_changed"})
SECRETS: frozenset[Name] = frozenset({"password", "cookies"})
OF_FOLDERS: tuple[Name, ...] = ("title", "category")


class Setting(Struct, frozen=True):
    """What a setting is called, and what it does."""

    name: Name
    label: str
    help: str


SETTINGS = (
    Setting("title", "Title", "What the feed is called here. Empty: what it calls itself."),
    Setting("category", "Category", "The group of the feed list that it stands in."),
    Setting("paused", "Paused", "A paused feed is not fetched; its articles stay."),
    Setting(
        "interval",
        "Ask at most every",
        "Such as 30 (minutes), 2 h or 1 day. Empty: as the settings file and the feed say.",
    ),
    Setting(
        "full_text",
        "Full text",
        "Fetch the page of each new article, for feeds that have only a summary.",
    ),
    Setting(
        "selector",
        "Where the text is",
        "A CSS selector of the full text in its page, such as article.main. Empty: it is found.",
    ),
    Setting(
        "unread_when_changed",
        "Unread when changed",
        "An article whose text changed materially becomes unread again.",
    ),
    Setting(
        "keep_articles",
        "Keep at most",
        "So many articles; older ones go once they were read. Stars stay. Empty: all.",
    ),
    Setting(
        "keep_days",
        "Keep for days",
        "Articles go so many days after they were read. Stars stay. Empty: for good.",
    ),
    Setting("user", "User name", "For a server that asks who you are. Empty: none."),
    Setting("password", "Password", "Kept where only you can read it, and never shown."),
    Setting("header", "Headers", "Sent to this server alone: first its name, then its value."),
    Setting("cookies", "Cookies", "What the server's Cookie header is to be: name=value; ..."),
)
UNITS: dict[Name, str] = {"keep_articles": "articles", "keep_days": "days"}


class Subject(Struct, frozen=True, kw_only=True):
    """A feed and all that is set for it. ``problem`` says why its secrets cannot be read."""

    feed: Feed
    settings: FeedSettings
    paused: bool
    kept: KeptSecret
    problem: SafeText = SafeText("")


def subject(library: Library, feed_id: int) -> Subject | None:
    """What is set for a feed, None where it is gone."""
    feed = next((one for one in library.all_feeds() if one.id == feed_id), None)
    if feed is None:
        return None
    paused = any(
        row.paused for row in library.feed_rows() if (row.kind, row.id) == ("feed", feed_id)
    )
    kept, problem = KeptSecret(), SafeText("")
    if feed.source_kind == "web":
        try:
            kept = library.kept_secret(feed_id)
        except ReaderError as error:
            problem = clean_line(str(error))
    return Subject(
        feed=feed,
        settings=library.feed_settings(feed_id),
        paused=paused,
        kept=kept,
        problem=problem,
    )


def value_of(about: Subject, name: Name) -> SafeText:
    """What a setting says now, as it is shown."""
    settings, kept = about.settings, about.kept
    values: dict[Name, str] = {
        "title": about.feed.title,
        "category": " / ".join(about.feed.category) or "none",
        "paused": _yes(about.paused),
        "interval": span(settings.interval_s) if settings.interval_s else "as the feed says",
        "full_text": _yes(settings.full_text),
        "selector": settings.selector or "found by itself",
        "unread_when_changed": _yes(settings.unread_when_changed),
        "keep_articles": f"{settings.keep_articles:,} articles"
        if settings.keep_articles
        else "all",
        "keep_days": f"{settings.keep_days:,} days" if settings.keep_days else "for good",
        "user": kept.user or "none",
        "password": "kept" if kept.password else "none",
        "header": ", ".join(kept.headers) or "none",
        "cookies": "kept" if kept.cookies else "none",
    }
    return clean_line(values[name])


def typed_of(about: Subject, name: Name) -> str:
    """What stands in the line when a setting is changed; nothing of a secret."""
    settings = about.settings
    values: dict[Name, str] = {
        "title": about.feed.title,
        "interval": span(settings.interval_s) if settings.interval_s else "",
        "selector": settings.selector,
        "keep_articles": str(settings.keep_articles or ""),
        "keep_days": str(settings.keep_days or ""),
        "user": about.kept.user,
    }
    return values.get(name, "")


def changed(settings: FeedSettings, name: Name, typed: str) -> FeedSettings | str:
    """The settings with what was typed, or a sentence on what is wrong with it."""
    typed = typed.strip()
    match name:
        case "interval":
            seconds = seconds_of(typed) if typed else 0
            if seconds is None:
                return "Write it as 30 (minutes), 2 h or 1 day."
            if 0 < seconds < LEAST_INTERVAL_S:
                return f"Nobody is asked more often than every {span(LEAST_INTERVAL_S)}."
            return replace(settings, interval_s=seconds)
        case "selector":
            return replace(settings, selector=typed)
        case "keep_articles" | "keep_days":
            if typed and not (typed.isascii() and typed.isdigit() and len(typed) < 8):
                return f"Write how many {UNITS[name]} as a number."
            count = int(typed or 0)
            if name == "keep_days":
                return replace(settings, keep_days=count)
            return replace(settings, keep_articles=count)
    raise AssertionError(name)


def toggled(settings: FeedSettings, name: Name) -> FeedSettings:
    """The settings with one of them turned over."""
    if name == "full_text":
        return replace(settings, full_text=not settings.full_text)
    return replace(settings, unread_when_changed=not settings.unread_when_changed)


def _yes(value: bool) -> str:
    return "yes" if value else "no"
