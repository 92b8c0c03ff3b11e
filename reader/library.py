"""THE ONE DOOR: every verb a user has. Heads talk to the Library and to nothing below it."""

from array import array
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from reader.model.article import Headline, StoredArticle
from reader.model.change import (
    Actor,
    ArticlesMarked,
    Change,
    FeedsChanged,
    JournalEntry,
    Mark,
    TagsEdited,
)
from reader.model.feed import FeedRow, Source
from reader.model.scope import Scope
from reader.model.tag import TagRow
from reader.text.terminal import SafeText


@dataclass(frozen=True, slots=True)
class Counts:
    """How many articles a scope has, and how many of them are unread."""

    articles: int
    unread: int


class Library:
    """The database and every verb on it.

    Safe to call from several threads (a connection each). Reads are synchronous and
    short; writes are one short transaction each, with their journal row in it. Where the
    database cannot be written, writing verbs raise ``SavingRefused`` and reads go on.
    """

    @classmethod
    def open(cls, path: Path, *, clock: Callable[[], datetime]) -> "Library":
        """Open the database at ``path``, made where it is missing and migrated where old.

        Raises ``LibraryUnusable`` (file left as it was) when it is damaged or newer.
        A database that can only be read opens; ``saving_problem`` then says why.
        """
        raise NotImplementedError

    def close(self) -> None:
        """Close every connection of this library."""
        raise NotImplementedError

    @property
    def saving_problem(self) -> SafeText:
        """"" or why state is not being saved, in a sentence."""
        raise NotImplementedError

    # --- lists

    def feed_rows(self) -> tuple[FeedRow, ...]:
        """The feed list from top to bottom: smart feeds, categories with their feeds, feeds."""
        raise NotImplementedError

    def tag_rows(self, *, limit: int = 1000) -> tuple[TagRow, ...]:
        """Tags, most unread first, then most articles, then by name."""
        raise NotImplementedError

    def list_ids(
        self, scope: Scope, *, limit: int | None = None, after: int | None = None
    ) -> array[int]:
        """Ids of the scope's articles, newest first; at most ``limit``, from below ``after``.

        The first hundred cost well under a millisecond whatever the size of the library, so
        that a screen asks for a page first and for the rest in the background. What it got
        is its frozen list: marking articles later does not change it.
        """
        raise NotImplementedError

    def headlines(self, ids: Sequence[int]) -> list[Headline]:
        """The rows for ``ids``, in their order; ids that are gone are left out."""
        raise NotImplementedError

    def article(self, article_id: int) -> StoredArticle | None:
        """One article whole, None when it is gone."""
        raise NotImplementedError

    def next_unread(self, scope: Scope, after: int | None, *, back: bool = False) -> int | None:
        """The nearest unread article of the scope below ``after`` (above it with ``back``)."""
        raise NotImplementedError

    def counts(self, scope: Scope) -> Counts:
        """How many articles the scope has."""
        raise NotImplementedError

    def new_since(self, scope: Scope, newest_id: int) -> int:
        """How many articles of the scope were stored after the article ``newest_id``."""
        raise NotImplementedError

    def newest_id(self) -> int:
        """The id of the article stored last, 0 in an empty library."""
        raise NotImplementedError

    # --- marks, tags, undo

    def mark(
        self, ids: Sequence[int], mark: Mark, value: bool, *, actor: Actor = "key"
    ) -> ArticlesMarked:
        """Set a mark on articles: one transaction, one undo, 100,000 ids in well under a second."""
        raise NotImplementedError

    def tag(
        self, ids: Sequence[int], name: str, *, add: bool, actor: Actor = "key"
    ) -> TagsEdited:
        """Put a user tag on articles or take a tag of any kind from them."""
        raise NotImplementedError

    def undo(self, journal_id: int | None = None) -> tuple[JournalEntry, Change] | None:
        """Take back the newest change not undone (or a given one); None where there is none."""
        raise NotImplementedError

    def redo(self) -> tuple[JournalEntry, Change] | None:
        """Do the change undone last again."""
        raise NotImplementedError

    def history(self, *, limit: int = 20) -> list[JournalEntry]:
        """What was done, newest first."""
        raise NotImplementedError

    # --- what the screen remembers

    def remember_position(self, article_id: int, position: float) -> None:
        """Keep how far an article was read, 0.0 to 1.0."""
        raise NotImplementedError

    def session(self) -> dict[str, str]:
        """What the screen asked to remember (focus, scope, cursor, theme)."""
        raise NotImplementedError

    def remember(self, values: Mapping[str, str]) -> None:
        """Remember values across starts."""
        raise NotImplementedError

    def collapse(self, category_id: int, collapsed: bool) -> FeedsChanged:
        """Fold a category of the feed list, or open it."""
        raise NotImplementedError

    # --- sources

    def sources(self) -> tuple[Source, ...]:
        """Every source, in the order they were added."""
        raise NotImplementedError

    def add_folder(self, path: Path) -> Source:
        """Make a folder (or one file's article) a source. Raises ``SourceUnreadable``."""
        raise NotImplementedError

    def update(
        self, *, feed_ids: Sequence[int] | None = None, force: bool = False
    ) -> AsyncIterator[Change]:
        """Bring sources up to date, streaming what happens; ends with ``UpdateFinished``."""
        raise NotImplementedError

    def watch(self) -> AsyncIterator[Change]:
        """Follow folders as their files change, and what other sessions do, until cancelled."""
        raise NotImplementedError
