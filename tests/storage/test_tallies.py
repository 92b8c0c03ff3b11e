"""The numbers of smart feeds follow marks without counting all, and are what counting gives."""

import random
from datetime import timedelta
from types import SimpleNamespace

import pytest

from reader.library import Library
from reader.model.change import Mark
from reader.model.scope import Scope
from reader.storage import smart
from tests.storage.filling import NOW, article, fill

QUERIES = (
    "", "is:unread", "is:read", "is:starred", "is:hidden", "-is:hidden", "is:starred is:unread",
    "needle", "needle is:unread", "-needle", "needle OR is:starred", "#odd is:read", "feed:b",
    "is:hidden OR needle", "words:>5", "title:/article 1/", "age:<2d is:unread", "is:new",
    "-(is:read needle)", "lang:en -#odd",
)  # fmt: skip


def numbers(library: Library) -> dict[str, tuple[int, int]]:
    return {row.query: (row.articles, row.unread) for row in library.feed_rows() if row.id >= 100}


def counted(library: Library) -> dict[str, tuple[int, int]]:
    found = {query: library.counts(Scope(query=query)) for query in QUERIES}
    return {query: (one.articles, one.unread) for query, one in found.items()}


@pytest.mark.parametrize("seed", range(4))
def test_the_numbers_are_what_counting_gives(
    library: Library, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    pick = random.Random(seed)
    ids = list(
        fill(
            library,
            [
                article(
                    n,
                    feed=pick.choice("AB"),
                    tags=["odd"] if n % 2 else [],
                    body=f"<p>some words {'needle' if n % 3 else 'thread'} {'x ' * (n % 9)}</p>",
                    published=NOW - timedelta(days=n % 5),
                )
                for n in range(30)
            ],
        )
    )
    for query in QUERIES:
        library.save_smart(query or "all", query)
    library.recount()
    assert numbers(library) == counted(library)

    def refuse(*_: object) -> None:
        raise AssertionError("all was counted")

    monkeypatch.setattr(smart, "lists", SimpleNamespace(counts=refuse))
    marks: list[Mark] = ["read", "starred", "hidden"]
    for _ in range(12):
        for _ in range(pick.randrange(1, 4)):
            some = pick.sample(ids, pick.randrange(1, 8))
            library.mark(some, pick.choice(marks), value=pick.random() < 0.6)
        held = next(entry for entry in library.history() if not entry.undone)
        if pick.random() < 0.5 and not held.label.startswith("saved"):
            library.undo()
        if pick.random() < 0.3:
            library.redo()
        library.recount()
        assert numbers(library) == counted(library)


def test_what_is_more_than_marks_is_counted_again(library: Library) -> None:
    ids = fill(library, [article(n) for n in range(3)])
    for query in QUERIES:
        library.save_smart(query or "all", query)
    library.tag(ids[:1], "odd", add=True)
    library.recount()
    assert numbers(library) == counted(library)
    fill(library, [article(9, body="<p>needle</p>", tags=["odd"])], location="/other")
    library.recount()
    assert numbers(library) == counted(library)


def test_two_sessions_count_each_mark_once(library: Library) -> None:
    ids = fill(library, [article(n) for n in range(5)])
    other = Library.open(library.store.path, clock=lambda: NOW)
    library.save_smart("Unread", "is:unread")
    for number in range(3):
        library.mark(ids[number : number + 1], "read", value=True)
        other.recount()
        library.recount()
    assert numbers(library) == numbers(other) == {"is:unread": (2, 2)}
    other.close()


def test_nothing_is_written_where_nothing_happens(library: Library) -> None:
    fill(library, 3)
    now = [NOW]
    later = Library.open(library.store.path, clock=lambda: now[0])
    later.save_smart("Unread", "is:unread")
    later.recount()
    now[0] += timedelta(minutes=5)
    asked: list[str] = []
    with later.store.read() as connection:
        connection.set_trace_callback(asked.append)
        assert not later.recount()
        connection.set_trace_callback(None)
    assert not [statement for statement in asked if "UPDATE" in statement or "INSERT" in statement]
    later.close()


def test_what_time_changes_is_counted_every_minute(library: Library) -> None:
    now = [NOW]
    later = Library.open(library.store.path, clock=lambda: now[0])
    fill(library, [article(1, published=NOW - timedelta(hours=1))])
    later.save_smart("Fresh", "age:<2h")
    later.recount()
    assert numbers(later) == {"age:<2h": (1, 1)}
    now[0] += timedelta(hours=3)
    assert later.recount()
    assert numbers(later) == {"age:<2h": (0, 0)}
    later.close()


def test_counting_all_goes_on_where_it_stopped(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    for query in QUERIES:
        library.save_smart(query or "all", query)
    ids = fill(library, [article(n, body="<p>needle</p>") for n in range(9)])
    monkeypatch.setattr(smart, "SLICE_S", 0)
    library.recount()
    assert numbers(library) != counted(library)
    ticks = iter(range(10_000))
    monkeypatch.setattr(smart, "SLICE_S", 4)
    monkeypatch.setattr(smart, "time", SimpleNamespace(monotonic=lambda: next(ticks)))
    for number in range(len(QUERIES)):
        library.mark(ids[number % 9 :][:1], "starred", value=number < 9)
        library.recount()
    assert numbers(library) == counted(library)
    assert not library.recount()
