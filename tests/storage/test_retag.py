"""Several tags at once are one undo; two sessions do not take each other's changes back."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.library import Library
from reader.model.scope import Scope
from tests.storage.filling import NOW, article, fill
from tests.storage.recount import assert_counters_exact


def reopened(path: Path) -> Library:
    return Library.open(path, clock=lambda: NOW)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "library.db"


@pytest.fixture
def two(path: Path) -> Iterator[tuple[Library, Library]]:
    """Two sessions on one library."""
    one, other = reopened(path), reopened(path)
    yield one, other
    one.close()
    other.close()


def tags_of(library: Library, ids: list[int]) -> list[list[tuple[str, str]]]:
    return [[(tag.name, tag.kind) for tag in one.tags] for one in library.listed(ids)]


def test_several_tags_are_one_line_of_the_history_and_one_undo(path: Path) -> None:
    library = reopened(path)
    ids = list(fill(library, [article(1, tags=["c"]), article(2), article(3, tags=["c", "d"])]))
    library.tag(ids[:1], "a", add=True)
    library.tag(ids[:1], "a", add=False)
    before = tags_of(library, ids)
    lines = len(library.history())
    change = library.edit_tags(ids, add=["a", "b"], remove=["c", "never there"])
    assert (change.tag, change.added, change.ids) == ("+a, +b, -c", True, tuple(ids))
    assert len(library.history()) == lines + 1
    assert library.history()[0].label == "3 articles tagged a, b, untagged c"
    after = tags_of(library, ids)
    assert after == [[("a", "user"), ("b", "user")]] * 2 + [
        [("a", "user"), ("b", "user"), ("d", "given")]
    ]
    library.close()

    library = reopened(path)
    undone = library.undo()
    assert undone is not None
    assert undone[0].articles == 3
    assert tags_of(library, ids) == before
    assert_counters_exact(library)
    with library.store.read() as connection:
        kept_off = connection.execute("SELECT count(*) FROM untagged").fetchone()
    assert kept_off == (1,)
    assert library.redo() is not None
    assert tags_of(library, ids) == after
    library.close()


def test_what_changes_nothing_is_no_line_of_the_history(path: Path) -> None:
    library = reopened(path)
    ids = list(fill(library, [article(1, tags=["c"])]))
    assert library.edit_tags(ids, add=["C", " c "], remove=["x"]).journal_id == 0
    assert library.history() == []
    library.close()


def test_a_tag_that_is_added_and_taken_away_at_once_comes_back(path: Path) -> None:
    library = reopened(path)
    ids = list(fill(library, [article(1, tags=["c"]), article(2)]))
    library.edit_tags(ids, add=["c"], remove=["c"])
    assert tags_of(library, ids) == [[], []]
    library.undo()
    assert tags_of(library, ids) == [[("c", "given")], []]
    library.close()


def test_another_session_hears_of_several_tags_at_once(two: tuple[Library, Library]) -> None:
    one, other = two
    ids = list(fill(one, 2))
    other.poll()
    one.edit_tags(ids, add=["a", "b"])
    (heard,) = other.poll()
    assert (heard.tag, heard.ids) == ("+a, +b", tuple(ids))  # type: ignore[union-attr]
    one.undo()
    (heard,) = other.poll()
    assert heard.ids == tuple(ids)  # type: ignore[union-attr]


def test_each_session_takes_its_own_changes_back_first(two: tuple[Library, Library]) -> None:
    one, other = two
    ids = fill(one, 3)
    one.mark(ids[:1], "starred", value=True)
    other.mark(ids[1:], "read", value=True)
    done = one.undo()
    assert done is not None
    assert done[0].label == "1 article starred"
    done = one.undo()
    assert done is not None
    assert done[0].label == "2 articles marked read"
    assert one.undo() is None


def test_what_another_session_took_back_is_told_once(two: tuple[Library, Library]) -> None:
    one, other = two
    ids = fill(one, 3)
    one.mark(ids[:1], "starred", value=True)
    one.mark(ids, "read", value=True)
    assert other.undo() is not None
    done = one.undo()
    assert done is not None
    assert (done[0].label, done[0].before) == ("3 articles marked read", True)
    assert done[1].ids == ()  # type: ignore[union-attr]
    assert one.counts(Scope()).unread == 3
    done = one.undo()
    assert done is not None
    assert (done[0].label, done[0].before) == ("1 article starred", False)
    assert one.undo() is None


def test_two_sessions_mark_the_same_articles_at_once(two: tuple[Library, Library]) -> None:
    one, other = two
    ids = fill(one, 200)
    start = threading.Barrier(2)
    marked: dict[int, list[int]] = {0: [], 1: []}

    def mark(number: int, library: Library) -> None:
        start.wait()
        for at in range(0, 200, 10):
            marked[number] += library.mark(ids[at : at + 10], "read", value=True).ids
            library.edit_tags(ids[at : at + 10], add=["a", "b"])

    threads = [threading.Thread(target=mark, args=pair) for pair in enumerate(two)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(marked[0] + marked[1]) == sorted(ids)
    assert_counters_exact(one)
    while (done := one.undo()) is not None:
        assert not done[0].before
    assert one.counts(Scope()).unread == 200
    assert other.tag_rows() == one.tag_rows() == ()
