import asyncio
import contextlib
from collections.abc import AsyncGenerator
from typing import cast

from reader.library import Library
from reader.model.change import Change, FeedsChanged
from reader.model.scope import Scope
from tests.storage.filling import article, fill

Row = tuple[str, str, int, int]


def saved(library: Library) -> list[Row]:
    rows = library.feed_rows()
    return [(row.title, row.query, row.articles, row.unread) for row in rows if row.id >= 100]


def test_a_saved_query_stands_in_the_feed_list(library: Library) -> None:
    ids = fill(library, [article(n, tags=["nato"] if n % 2 else []) for n in range(5)])
    library.mark(ids[:2], "read", value=True)
    row_id, change = library.save_smart("Alliance", "#nato")
    assert change.journal_id
    assert saved(library) == [("Alliance", "#nato", 2, 1)]
    row = next(row for row in library.feed_rows() if row.id == row_id)
    assert len(library.list_ids(Scope(query=row.query))) == 2
    assert library.save_smart("", "is:starred")[0] != row_id
    assert [title for title, *_ in saved(library)] == ["Alliance", "is:starred"]


def test_every_edit_is_one_undo(library: Library) -> None:
    first, _ = library.save_smart("First", "a")
    second, _ = library.save_smart("Second", "b")
    third, _ = library.save_smart("Third", "c")

    def titles() -> list[str]:
        return [title for title, *_ in saved(library)]

    library.move_smart(third, -1)
    assert titles() == ["First", "Third", "Second"]
    library.change_smart(first, title="Erste")
    library.remove_smart(second)
    assert titles() == ["Erste", "Third"]
    labels = [entry.label for entry in library.history()]
    assert labels[0] == "removed the smart feed Second"
    for expected in (
        ["Erste", "Third", "Second"],
        ["First", "Third", "Second"],
        ["First", "Second", "Third"],
        ["First", "Second"],
        ["First"],
        [],
    ):
        assert library.undo() is not None
        assert titles() == expected
    assert library.redo() is not None
    assert titles() == ["First"]


def test_numbers_follow_what_happens(library: Library) -> None:
    ids = fill(library, [article(n, body="<p>needle</p>") for n in range(4)])
    library.save_smart("Needles", "needle")
    assert not library.recount()
    library.mark(ids[:3], "read", value=True)
    assert saved(library) == [("Needles", "needle", 4, 4)]
    assert library.recount()
    assert saved(library) == [("Needles", "needle", 4, 1)]
    assert not library.recount()
    row_id = next(row.id for row in library.feed_rows() if row.id >= 100)
    library.change_smart(row_id, query="is:read")
    assert library.recount()
    assert saved(library) == [("Needles", "is:read", 3, 0)]


async def test_watching_tells_when_numbers_change(library: Library) -> None:
    ids = fill(library, 3)
    library.save_smart("Starred too", "is:starred")
    library.mark(ids, "starred", value=True)

    async def first() -> Change:
        watching = cast("AsyncGenerator[Change, None]", library.watch())
        async with contextlib.aclosing(watching) as changes:
            return await anext(changes)

    assert await asyncio.wait_for(first(), 5) == FeedsChanged()
    assert saved(library) == [("Starred too", "is:starred", 3, 3)]


def test_read_later_lists_what_is_tagged_for_later(library: Library) -> None:
    ids = fill(library, 2)
    row = next(row for row in library.feed_rows() if row.title == "Read later")
    assert (row.articles, row.unread) == (0, 0)
    library.tag(ids[:1], "later", add=True)
    row = next(row for row in library.feed_rows() if row.title == "Read later")
    assert list(library.list_ids(Scope(query=row.query))) == [ids[0]]
    assert (row.articles, row.unread) == (1, 1)


def test_two_hundred_smart_feeds_cost_the_start_nothing(library: Library) -> None:
    fill(library, 30)
    for number in range(200):
        library.save_smart(f"Feed {number}", f"article {number} OR words:>{number}")
    asked: list[str] = []
    with library.store.read() as connection:
        connection.set_trace_callback(asked.append)
        rows = library.feed_rows()
        connection.set_trace_callback(None)
    assert len([row for row in rows if row.id >= 100]) == 200
    assert len(asked) < 10
