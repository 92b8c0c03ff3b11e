"""THE ONE DOOR: every verb a user has. Heads talk to the Library and to nothing below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from reader.library.asking import AskVerbs
from reader.library.atpath import check_folder
from reader.library.behind import DigestVerbs
from reader.library.credentials import SecretVerbs
from reader.library.door import LARGE, LOOKED
from reader.library.feedlist import FeedVerbs
from reader.library.importing import ImportVerbs
from reader.library.marking import MarkVerbs
from reader.library.originals import OriginalVerbs
from reader.library.pictures import PictureVerbs
from reader.library.reading import ReadingVerbs
from reader.library.revising import RevisionVerbs
from reader.library.sharing import SharingVerbs
from reader.library.smartfeeds import SmartVerbs
from reader.library.tagging import TagVerbs
from reader.library.triage import TriageVerbs
from reader.model.change import (
    Actor,
    ArticlesMarked,
    Change,
    FeedsChanged,
    JournalEntry,
    Mark,
)
from reader.model.errors import SourceUnreadable
from reader.storage import feeds, journal, lists, memory, reading, tags
from reader.text.terminal import clean_line

if TYPE_CHECKING:
    from array import array
    from collections.abc import AsyncIterator, Callable, Mapping, Sequence
    from pathlib import Path

    from reader.library.following import FolderFollower
    from reader.model.article import Headline, ListedArticle, RefusedFile, StoredArticle
    from reader.model.feed import Feed, FeedRow, Source
    from reader.model.scope import Scope
    from reader.model.tag import TagOrder, TagRow
    from reader.update.engine import Engine

POLL_S = 1.0
"""How often to look for what other sessions did; a look costs some microseconds."""


class Counts(Struct, frozen=True):
    """How many articles a scope has, and how many of them are unread."""

    articles: int
    unread: int


class Library(
    ImportVerbs,
    FeedVerbs,
    SecretVerbs,
    AskVerbs,
    DigestVerbs,
    MarkVerbs,
    PictureVerbs,
    OriginalVerbs,
    ReadingVerbs,
    RevisionVerbs,
    SharingVerbs,
    SmartVerbs,
    TagVerbs,
    TriageVerbs,
):
    """The database and every verb on it.

    Safe to call from several threads (a connection each). Reads are synchronous and
    short; writes are one short transaction each, with their journal row in it. Where the
    database cannot be written, writing verbs raise ``SavingRefused`` and reads go on.
    """

    # --- lists

    def feed_rows(self) -> tuple[FeedRow, ...]:
        """The feed list from top to bottom: smart feeds, categories with their feeds, feeds."""
        with self.store.read() as connection:
            return feeds.rows(connection, self._clock())

    def all_feeds(self) -> tuple[Feed, ...]:
        """Every feed, by title."""
        with self.store.read() as connection:
            return feeds.feeds(connection)

    def tag_rows(
        self,
        *,
        limit: int = 1000,
        order: TagOrder = "unread",
        match: str = "",
        hidden: bool = False,
    ) -> tuple[TagRow, ...]:
        """Tags whose names hold ``match``, most unread first, then most articles, then by name.

        ``hidden`` shows those too that the person does not want to see.
        """
        with self.store.read() as connection:
            return tags.rows(connection, limit, order=order, match=match, hidden=hidden)

    def list_ids(
        self,
        scope: Scope,
        *,
        limit: int | None = None,
        after: int | None = None,
        stop: Callable[[], bool] | None = None,
    ) -> array[int]:
        """Ids of the scope's articles, newest first; at most ``limit``, from below ``after``.

        The first hundred cost well under a millisecond whatever the size of the library, so
        that a screen asks for a page first and for the rest in the background. What it got
        is its frozen list: marking articles later does not change it.

        The scope's query is read as far as it is understood (``reader.query.parse`` tells
        its mistakes). ``stop`` is asked now and then; once it says so, ``SearchStopped``.
        """
        with self.store.read(stop=stop) as connection:
            return lists.ids(connection, scope, self._moment, limit=limit, after=after)

    def headlines(self, ids: Sequence[int]) -> list[Headline]:
        """The rows for ``ids``, in their order; ids that are gone are left out."""
        with self.store.read() as connection:
            return reading.headlines(connection, ids)

    def listed(self, ids: Sequence[int]) -> list[ListedArticle]:
        """Headlines with their tags, files and problems, in the order of ``ids``."""
        with self.store.read() as connection:
            return reading.listed(connection, ids)

    def article(self, article_id: int) -> StoredArticle | None:
        """One article whole, None when it is gone."""
        with self.store.read() as connection:
            return reading.article(connection, article_id)

    def article_at(self, path: Path) -> int | None:
        """The article of the document at an absolute path, None where there is none.

        Where the same article stands in the lists through another feed, it is that one.
        """
        from reader.storage import copies, files

        with self.store.read() as connection:
            found = files.find(connection, path)
            return None if found is None else copies.shown(connection, found)

    def refused(self) -> tuple[RefusedFile, ...]:
        """Every file of a folder that could not be opened as an article."""
        from reader.storage import files

        with self.store.read() as connection:
            return files.refused(connection)

    def next_unread(self, scope: Scope, after: int | None, *, back: bool = False) -> int | None:
        """The nearest unread article of the scope below ``after`` (above it with ``back``)."""
        with self.store.read() as connection:
            return lists.next_unread(connection, scope, self._moment, after, back=back)

    def counts(self, scope: Scope, *, stop: Callable[[], bool] | None = None) -> Counts:
        """How many articles the scope has; ``stop`` as for ``list_ids``."""
        with self.store.read(stop=stop) as connection:
            return Counts(*lists.counts(connection, scope, self._moment))

    def new_since(self, scope: Scope, newest_id: int) -> int:
        """How many articles of the scope were stored after the article ``newest_id``."""
        with self.store.read() as connection:
            return lists.new_since(connection, scope, self._moment, newest_id)

    def newest_id(self) -> int:
        """The id of the article stored last, 0 in an empty library."""
        with self.store.read() as connection:
            return lists.newest(connection)

    # --- marks, tags, undo

    def mark(
        self, ids: Sequence[int], mark: Mark, value: bool, *, actor: Actor = "key"
    ) -> ArticlesMarked:
        """Set a mark on articles: one transaction, one undo, 100,000 ids in well under a second."""
        from reader.storage import undo

        with self.store.write(large=len(ids) > LARGE) as connection:
            return undo.mark(connection, self.writer(actor), ids, mark, value=value)

    def undo(
        self, journal_id: int | None = None, *, actor: Actor = "key"
    ) -> tuple[JournalEntry, Change] | None:
        """Take back the newest change not undone (or a given one); None where there is none.

        Without an id only what a person did (key, cli) is taken back, in this session before
        others. A given change that was undone before, or this session's by another one (which
        is told once), comes back as done ``before``, with a Change without ids.
        """
        from reader.storage import undo

        writer = self.writer(actor)
        with self.store.write(large=True) as connection:
            done = undo.undo(connection, writer, journal_id, known=self._known_undone)
        if done is not None and done[0].before:
            self._known_undone.add(done[0].id)
        return done

    def redo(self, *, actor: Actor = "key") -> tuple[JournalEntry, Change] | None:
        """Do the change undone last again; None once something new was done."""
        from reader.storage import undo

        with self.store.write(large=True) as connection:
            return undo.redo(connection, self.writer(actor))

    def history(self, *, limit: int = 20) -> list[JournalEntry]:
        """What was done, newest first."""
        with self.store.read() as connection:
            return journal.history(connection, limit)

    # --- what the screen remembers

    def remember_position(self, article_id: int, position: float) -> None:
        """Keep how far an article was read, 0.0 to 1.0."""
        with self.store.write() as connection:
            memory.remember_position(connection, article_id, position)

    def session(self) -> dict[str, str]:
        """What the screen asked to remember (focus, scope, cursor, theme)."""
        with self.store.read() as connection:
            return memory.recall(connection)

    def remember(self, values: Mapping[str, str]) -> None:
        """Remember values across starts."""
        with self.store.write() as connection:
            memory.remember(connection, values)

    def look(self) -> None:
        """The person has seen what there is: from now on ``is:new`` is what comes later."""
        self.remember({LOOKED: str(self.newest_id())})

    def collapse(self, category_id: int, collapsed: bool) -> FeedsChanged:
        """Fold a category of the feed list, or open it."""
        with self.store.write() as connection:
            feeds.collapse(connection, category_id, collapsed=collapsed)
        return FeedsChanged()

    # --- sources

    def sources(self) -> tuple[Source, ...]:
        """Every source, in the order they were added."""
        with self.store.read() as connection:
            return feeds.sources(connection)

    def add_folder(self, path: Path) -> Source:
        """Make a folder (or one file's article) a source. Raises ``SourceUnreadable``.

        A path inside a folder that is a source already gives that source.
        """
        path = path.resolve()
        if not path.exists():
            raise SourceUnreadable(f"There is no file or folder {clean_line(str(path))}.")
        check_folder(path)
        with self.store.read() as connection:
            covering = feeds.covering_folder(connection, path)
        if covering is not None:
            return covering
        with self.store.write() as connection:
            return feeds.add_source(connection, "folder", str(path), self._clock())

    def update(
        self,
        *,
        feed_ids: Sequence[int] | None = None,
        source_ids: Sequence[int] | None = None,
        force: bool = False,
    ) -> AsyncIterator[Change]:
        """Bring sources up to date, streaming what happens; ends with ``UpdateFinished``.

        ``feed_ids`` narrows to the sources of these feeds, ``source_ids`` to these folders;
        ``force`` asks web feeds that are not due as well.
        """
        folders = self._folders()
        if source_ids is not None:
            folders = [source for source in folders if source.id in set(source_ids)]
            feed_ids = ()
        elif feed_ids is not None:
            wanted = {feed.source_id for feed in self.all_feeds() if feed.id in set(feed_ids)}
            folders = [source for source in folders if source.id in wanted]
        return self._engine().update(folders=folders, feed_ids=feed_ids, force=force)

    async def watch(self) -> AsyncIterator[Change]:
        """Follow folders as their files change, and what other sessions do, until cancelled.

        A folder that is added meanwhile, here or by another session, is followed within
        two seconds, and one that is removed no more.
        """
        from reader.library.following import FolderFollower
        from reader.update.streams import merged

        follower = FolderFollower(self._engine().watch)
        follower.follow(self._folders())
        async for change in merged(follower.changes(), self._follow_sessions(follower)):
            yield change

    async def _follow_sessions(self, follower: FolderFollower) -> AsyncIterator[Change]:
        import asyncio
        from concurrent.futures import ThreadPoolExecutor

        loop = asyncio.get_running_loop()
        # One thread for all looks: SQLite tells each connection apart what it has not seen.
        with ThreadPoolExecutor(1, "other-sessions") as thread:
            while True:
                for change in await loop.run_in_executor(thread, self.look_around):
                    yield change
                follower.follow(await loop.run_in_executor(thread, self._folders))
                await asyncio.sleep(POLL_S)

    def _folders(self) -> list[Source]:
        return [source for source in self.sources() if source.kind == "folder"]

    def _engine(self) -> Engine:
        # Imported late: a screen that only shows what is stored has no need of it.
        from reader.update.engine import Engine

        return Engine(
            store=self.store,
            writer=self.writer,
            clock=self._clock,
            options=self._options(),
            ruling=self._ruling,
        )
