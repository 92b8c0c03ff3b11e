"""Changes: what happened to the library, as data that screens redraw from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from reader.text.terminal import SafeText

if TYPE_CHECKING:
    from datetime import datetime

Mark = Literal["read", "starred", "hidden"]
Actor = Literal["key", "cli", "rule", "update", "other"]


@dataclass(frozen=True, kw_only=True, slots=True)
class ArticlesMarked:
    """``mark`` became ``value`` for exactly ``ids`` (those it was not true of before).

    ``journal_id`` is the row that undo reverses; 0 where nothing changed.
    """

    mark: Mark
    value: bool
    ids: tuple[int, ...]
    journal_id: int
    actor: Actor = "key"


@dataclass(frozen=True, kw_only=True, slots=True)
class TagsEdited:
    """``tag`` was put on (``added``) or taken from exactly ``ids``.

    Of several tags edited at once ``tag`` is a list such as ``+later, -NATO``, and ``ids``
    those that any of them was put on or taken from.
    """

    tag: SafeText
    added: bool
    ids: tuple[int, ...]
    journal_id: int
    actor: Actor = "key"


@dataclass(frozen=True, kw_only=True, slots=True)
class ArticlesStored:
    """A source brought articles: ids of new ones and of those whose text changed."""

    source_id: int
    feed_ids: tuple[int, ...]
    new: tuple[int, ...] = ()
    changed: tuple[int, ...] = ()
    gone: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class FeedsChanged:
    """Titles, categories or subscriptions changed: read the feed list again.

    ``journal_id`` is the row that undo reverses, 0 where there is none.
    """

    journal_id: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class UpdateProgressed:
    """``done`` of ``total`` steps of an update or scan are finished; now at ``title``."""

    done: int
    total: int
    title: SafeText


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceFailed:
    """One source could not be brought up to date; the rest is unharmed."""

    source_id: int
    title: SafeText
    problem: SafeText
    advice: SafeText = SafeText("")


@dataclass(frozen=True, kw_only=True, slots=True)
class UpdateFinished:
    """The end of an update: what it brought.

    ``new`` and ``changed`` count articles, ``unchanged`` the files and feeds that were as
    before.
    """

    new: int
    changed: int
    unchanged: int
    failed: tuple[SourceFailed, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class LibraryChanged:
    """Another session changed the library in ways not told one by one: read all again."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ArticlesNotified:
    """A rule wants the person to know of articles that came."""

    rule: SafeText
    ids: tuple[int, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class RulesMistaken:
    """Rules that cannot be used were left out; a sentence about each, with its line."""

    problems: tuple[SafeText, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class SavingFailed:
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


@dataclass(frozen=True, kw_only=True, slots=True)
class JournalEntry:
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
