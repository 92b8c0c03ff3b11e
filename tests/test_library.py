from datetime import timedelta
from pathlib import Path

import pytest

from reader.library import Counts, Library
from reader.model.change import LibraryChanged
from reader.model.errors import SourceUnreadable
from reader.model.records import replace
from reader.model.scope import Scope
from reader.storage import journal
from tests.storage.filling import NOW, article, fill


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "library.db"


def reopened(path: Path) -> Library:
    return Library.open(path, clock=lambda: NOW)


def test_what_was_stored_is_there_after_a_restart(path: Path) -> None:
    library = reopened(path)
    given = article(1, tags=["NATO", "Rutte"], body="<p>Ünïcode €</p>")
    ids = fill(library, [given])
    library.mark(ids, "read", value=True)
    library.remember({"theme": "nord"})
    library.remember_position(ids[0], 0.5)
    library.close()

    library = reopened(path)
    stored = library.article(ids[0])
    assert stored is not None
    assert stored.content == given
    assert stored.position == 0.5
    assert not stored.headline.unread
    assert [tag.name for tag in stored.tags] == ["NATO", "Rutte"]
    assert library.session() == {"theme": "nord"}
    library.close()


def test_undo_and_redo_survive_a_restart(path: Path) -> None:
    library = reopened(path)
    ids = fill(library, 4)
    library.mark(ids[:1], "read", value=True)
    marked = library.mark(ids, "read", value=True)
    assert marked.ids == tuple(ids[1:])
    library.close()

    library = reopened(path)
    undone = library.undo()
    assert undone is not None
    entry, change = undone
    assert entry.label == "3 articles marked read"
    assert change.ids == marked.ids  # type: ignore[union-attr]
    assert library.counts(Scope()) == Counts(4, 3)
    assert library.redo() is not None
    assert library.counts(Scope()) == Counts(4, 0)
    assert library.redo() is None
    library.close()


def test_feed_rows_start_with_the_smart_feeds(path: Path) -> None:
    library = reopened(path)
    ids = fill(library, [article(1, feed="B"), article(2, feed="A"), article(3, feed="A")])
    library.mark(ids[1:2], "read", value=True)
    library.mark(ids[1:], "starred", value=True)
    rows = [(row.kind, row.title, row.articles, row.unread) for row in library.feed_rows()]
    assert rows == [
        ("smart", "All articles", 3, 2),
        ("smart", "Unread", 2, 2),
        ("smart", "Today", 3, 2),
        ("smart", "Starred", 2, 1),
        ("smart", "Read later", 0, 0),
        ("feed", "A", 2, 1),
        ("feed", "B", 1, 1),
    ]
    library.close()


def test_a_folder_is_added_once(path: Path, tmp_path: Path) -> None:
    library = reopened(path)
    (tmp_path / "news" / "sub").mkdir(parents=True)
    source = library.add_folder(tmp_path / "news")
    assert library.add_folder(tmp_path / "news") == source
    assert library.add_folder(tmp_path / "news" / "sub") == source
    assert library.sources() == (source,)
    with pytest.raises(SourceUnreadable):
        library.add_folder(tmp_path / "missing")
    library.close()


def test_a_session_that_slept_too_long_reads_everything_again(path: Path) -> None:
    one, two = reopened(path), reopened(path)
    (only,) = fill(one, 1)
    assert len(two.poll()) == 1
    with one.store.write() as connection:
        for day in range(2):
            writer = replace(one.writer("update"), at=NOW + timedelta(days=2 * day))
            for _ in range(600):
                journal.write(connection, writer, "stored", {}, undoable=False)
    one.mark([only], "read", value=True)
    assert two.poll() == [LibraryChanged()]
    assert two.poll() == []
    with one.store.read() as connection:
        (rows,) = connection.execute("SELECT count(*) FROM journal").fetchone()
    assert rows < 700
    assert [entry.label for entry in one.history()] == ["1 article marked read"]
    one.close()
    two.close()


def test_another_session_sees_what_was_done(path: Path) -> None:
    one, two = reopened(path), reopened(path)
    assert two.poll() == []
    ids = fill(one, 2)
    marked = one.mark(ids, "starred", value=True)
    one.tag(ids[:1], "later", add=True)
    stored, starred, tagged = two.poll()
    assert stored.new == tuple(ids)  # type: ignore[union-attr]
    assert starred.ids == marked.ids  # type: ignore[union-attr]
    assert tagged.tag == "later"  # type: ignore[union-attr]
    assert two.poll() == []
    assert one.poll() == []
    one.undo()
    (untagged,) = two.poll()
    assert not untagged.added  # type: ignore[union-attr]
    one.close()
    two.close()
