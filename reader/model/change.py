"""Changes: what happened to the library, as data that screens redraw from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from reader.text.terminal import SafeText

if TYPE_CHECKING:
    from datetime import datetime

Mark = Literal["read", "starred", "hidden"]
Actor = Literal["key", "cli", "rule", "update", "other"]


class ArticlesMarked(Struct, frozen=True, kw_only=True):
    """``mark`` became ``value`` for exactly ``ids`` (those it was not true of before).

    ``journal_id`` is the row that undo reverses; 0 where nothing changed.
    """

    mark: Mark
    value: bool
    ids: tuple[int, ...]
    journal_id: int
    actor: Actor = "key"


class TagsEdited(Struct, frozen=True, kw_only=True):
    """``tag`` was put on (``added``) or taken from exactly ``ids``.

    Of several tags edited at once ``tag`` is a list such as ``+later, -NATO``, and ``ids``
    those that any of them was put on or taken from.
    """

    tag: SafeText
    added: bool
    ids: tuple[int, ...]
    journal_id: int
    actor: Actor = "key"


class ArticlesStored(Struct, frozen=True, kw_only=True):
    """A source brought articles: ids of new ones and of those whose text changed."""

    source_id: int
    feed_ids: tuple[int, ...]
    new: tuple[int, ...] = ()
    changed: tuple[int, ...] = ()
    gone: tuple[int, ...] = ()


class FeedsChanged(Struct, frozen=True, kw_only=True):
    """Titles, categories or subscriptions changed: read the feed list again.

    ``journal_id`` is the row that undo reverses, 0 where there is none.
    """

    journal_id: int = 0


class UpdateProgressed(Struct, frozen=True, kw_only=True):
    """``done`` of ``total`` steps of an update or scan are finished; now at ``title``."""

    done: int
    total: int
    title: SafeText


class SourceFailed(Struct, frozen=True, kw_only=True):
    """One source could not be brought up to date; the rest is unharmed."""

    source_id: int
    title: SafeText
    problem: SafeText
    advice: SafeText = SafeText("")


class UpdateFinished(Struct, frozen=True, kw_only=True):
    """The end of an update: what it brought.

    ``new`` and ``changed`` count articles, ``unchanged`` the files and feeds that were as
    before.
    """

    new: int
    changed: int
    unchanged: int
    failed: tuple[SourceFailed, ...] = ()


class LibraryChanged(Struct, frozen=True, kw_only=True):
    """Another session changed the library in ways not told one by one: read all again."""


class ArticlesNotified(Struct, frozen=True, kw_only=True):
    """A rule wants the person to know of articles that came."""

    rule: SafeText
    ids: tuple[int, ...]


class RulesMistaken(Struct, frozen=True, kw_only=True):
    """Rules that cannot be used were left out; a sentence about each, with its line."""

    problems: tuple[SafeText, ...]


class SavingFailed(Struct, frozen=True, kw_only=True):
    """State could not be written (disk full, read-only); reading goes on."""

    problem: SafeText


Change = (
    ArticlesMarked
    | TagsEdited
    | ArticlesStored
    | FeedsChanged
    | UpdateProgressed
    | SourceFailed
    | UpdateFinished
    | LibraryChanged
    | ArticlesNotified
    | RulesMistaken
    | SavingFailed
)


class JournalEntry(Struct, frozen=True, kw_only=True):
    """A line of ``newsreader history``.

    ``before``: undo found that it had been taken back already, by another session.
    """

    id: int
    at: datetime
    actor: Actor
    label: SafeText
    articles: int
    undone: bool
    before: bool = False
