"""Whatever is done in whatever order: counters equal a recount, and undo takes all back."""

import tempfile
from datetime import timedelta
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from reader.library import Library
from reader.model.article import Article
from reader.model.change import Mark
from reader.model.scope import Scope
from reader.storage import articles, feeds
from reader.storage.intents import Gone, Replace, Touch
from tests.storage.filling import NOW, article, brought, fill
from tests.storage.recount import assert_counters_exact

NAMES = st.sampled_from(["nato", "Rutte", "later", "weer"])
MARKS: st.SearchStrategy[Mark] = st.sampled_from(["read", "starred", "hidden"])
SOME = st.sets(st.integers(1, 25), max_size=12)

State = dict[int, tuple[object, ...]]


class LibraryMachine(RuleBasedStateMachine):
    """Two sessions on one library, doing everything that changes what is counted."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        path = Path(self.folder.name) / "library.db"
        self.sessions = [Library.open(path, clock=lambda: NOW) for _ in range(2)]
        self.library = self.sessions[0]
        self.number = 0

    def teardown(self) -> None:
        for library in self.sessions:
            library.close()
        self.folder.cleanup()

    def made_up(self, names: set[str], feed: str) -> Article:
        self.number += 1
        return article(self.number, tags=names, feed=feed)

    @rule(tags=st.lists(st.sets(NAMES), max_size=5), feed=st.sampled_from(["A", "B"]))
    def store(self, tags: list[set[str]], feed: str) -> None:
        fill(self.library, [self.made_up(names, feed) for names in tags])

    @rule(session=st.integers(0, 1), ids=SOME, mark=MARKS, value=st.booleans())
    def mark(self, session: int, ids: set[int], mark: Mark, value: bool) -> None:
        before = self.state()
        library = self.sessions[session]
        change = library.mark(list(ids), mark, value=value)
        assert set(change.ids) <= ids
        self.undo_and_redo(library, before, change.journal_id)

    @rule(session=st.integers(0, 1), ids=SOME, name=NAMES, add=st.booleans())
    def tag(self, session: int, ids: set[int], name: str, add: bool) -> None:
        before = self.state()
        library = self.sessions[session]
        change = library.tag(list(ids), name, add=add)
        self.undo_and_redo(library, before, change.journal_id)

    def undo_and_redo(self, library: Library, before: State, journal_id: int) -> None:
        """A change taken back leaves everything as it was, and done again as it made it."""
        after = self.state()
        if not journal_id:
            assert after == before
            return
        assert library.undo() is not None
        assert self.state() == before
        assert library.redo() is not None
        assert self.state() == after

    @rule(session=st.integers(0, 1))
    def undo(self, session: int) -> None:
        self.sessions[session].undo()

    @rule()
    def redo(self) -> None:
        self.library.redo()

    @precondition(lambda self: self.library.newest_id())
    @rule(
        data=st.data(),
        names=st.sets(NAMES),
        feed=st.sampled_from(["A", "B", "C"]),
        date=st.integers(0, 3),
        unread=st.booleans(),
    )
    def replace(
        self, data: st.DataObject, names: set[str], feed: str, date: int, unread: bool
    ) -> None:
        one = data.draw(st.integers(1, self.library.newest_id()))
        self.number += 1
        new = article(self.number, tags=names, feed=feed, published=NOW - timedelta(days=date))
        with self.library.store.write() as connection:
            source = feeds.sources(connection)[0]
            articles.apply(
                connection,
                source.id,
                [Replace(one, brought(new), unread=unread)],
                self.library.writer("update"),
            )

    @precondition(lambda self: self.library.newest_id())
    @rule(ids=SOME, back=st.booleans())
    def lose_or_find(self, ids: set[int], back: bool) -> None:
        there = [one for one in ids if one <= self.library.newest_id()]
        with self.library.store.write() as connection:
            source = feeds.sources(connection)[0]
            articles.apply(
                connection,
                source.id,
                [Touch(one) if back else Gone(one) for one in there],
                self.library.writer("update"),
            )

    @invariant()
    def counters_are_exact(self) -> None:
        assert_counters_exact(self.library)

    @invariant()
    def lists_are_what_is_counted(self) -> None:
        for feed in self.library.all_feeds():
            assert len(self.library.list_ids(Scope(feed_id=feed.id))) == feed.articles
            unread = self.library.list_ids(Scope(feed_id=feed.id, show="unread"))
            assert len(unread) == feed.unread
        for tag in self.library.tag_rows():
            assert len(self.library.list_ids(Scope(tag_ids=(tag.id,)))) == tag.articles
            unread = self.library.list_ids(Scope(tag_ids=(tag.id,), show="unread"))
            assert len(unread) == tag.unread

    def state(self) -> State:
        """Every article's marks and tags, and what a person took from it."""
        with self.library.store.read() as connection:
            rows = connection.execute(
                "SELECT id, unread, starred, hidden, (SELECT json_group_array(tag_id || kind)"
                " FROM article_tag WHERE article_id = article.id), (SELECT json_group_array(tag_id)"
                " FROM untagged WHERE article_id = article.id) FROM article"
            )
            return {row[0]: row[1:] for row in rows}


TestLibrary = LibraryMachine.TestCase
TestLibrary.settings = settings(
    max_examples=30,
    stateful_step_count=16,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
