"""The feed list as a person edits it: every edit is one undo, nothing is lost by it."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from reader.library import Library
from reader.model.scope import Scope
from reader.model.subscription import Wanted
from reader.storage import subscriptions

NOW = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    opened = Library.open(tmp_path / "library.db", clock=lambda: NOW)
    yield opened
    opened.close()


def follow(library: Library, *wanted: Wanted) -> list[tuple[int, bool]]:
    with library.store.write() as connection:
        return subscriptions.subscribe(connection, library.writer("key"), wanted)


def listed(library: Library) -> list[tuple[str, str, int]]:
    return [(row.kind, row.title, row.depth) for row in library.feed_rows() if row.kind != "smart"]


def test_following_puts_a_feed_into_its_category(library: Library) -> None:
    follow(
        library, Wanted(url="https://example.org/f", title="Example", category=("News", "Dutch"))
    )
    assert listed(library) == [
        ("category", "News", 0),
        ("category", "Dutch", 1),
        ("feed", "Example", 2),
    ]


def test_following_twice_changes_nothing(library: Library) -> None:
    first = follow(library, Wanted(url="https://example.org/f", title="Example"))
    again = follow(library, Wanted(url="https://example.org/f", title="Other", category=("X",)))
    assert first[0][1] is True
    assert again == [(first[0][0], False)]
    assert listed(library) == [("feed", "Example", 0)]


def test_following_many_is_one_undo(library: Library) -> None:
    follow(library, *(Wanted(url=f"https://example.org/{n}", title=f"F{n}") for n in range(3)))
    assert len(listed(library)) == 3
    undone = library.undo()
    assert undone is not None
    assert undone[0].label == "followed 3 feeds"
    assert listed(library) == []
    library.redo()
    assert len(listed(library)) == 3


@pytest.mark.parametrize("title", ["New name", ""])
def test_naming_is_undone(library: Library, title: str) -> None:
    ((feed_id, _),) = follow(library, Wanted(url="https://example.org/f", title="Example"))
    with library.store.write() as connection:
        subscriptions.name_feed(connection, library.writer("key"), feed_id, title)
    assert listed(library) == [("feed", title or "https://example.org/f", 0)]
    library.undo()
    assert listed(library) == [("feed", "Example", 0)]


def test_moving_and_removing_a_category_is_undone(library: Library) -> None:
    ((feed_id, _),) = follow(library, Wanted(url="https://example.org/f", title="Example"))
    with library.store.write() as connection:
        subscriptions.move_feed(connection, library.writer("key"), feed_id, ["A", "B"])
    nested = [("category", "A", 0), ("category", "B", 1), ("feed", "Example", 2)]
    assert listed(library) == nested
    outer = next(row.id for row in library.feed_rows() if row.title == "A")
    with library.store.write() as connection:
        subscriptions.remove_category(connection, library.writer("key"), outer)
    assert listed(library) == [("category", "B", 0), ("feed", "Example", 1)]
    library.undo()
    assert listed(library) == nested


def test_removing_and_undo_keep_the_articles_out_and_bring_them_back(
    library: Library, tmp_path: Path
) -> None:
    import asyncio

    folder = tmp_path / "news"
    folder.mkdir()
    for name in ("a", "b"):
        (folder / f"{name}.md").write_text(f"---\ntitle: {name}\ntags: [t]\n---\ntext")
    library.add_folder(folder)

    async def update() -> None:
        async for _ in library.update():
            pass

    asyncio.run(update())
    ids = library.list_ids(Scope())
    library.mark(ids[:1], "read", value=True)
    feed_id = next(row.id for row in library.feed_rows() if row.kind == "feed")
    with library.store.write() as connection:
        subscriptions.remove_feed(connection, library.writer("key"), feed_id)
    assert list(library.list_ids(Scope())) == []
    assert library.counts(Scope()).unread == 0
    assert library.tag_rows() == ()
    library.undo()
    assert library.list_ids(Scope()) == ids
    assert library.counts(Scope()).unread == 1
    assert [(row.name, row.articles, row.unread) for row in library.tag_rows()] == [("t", 2, 1)]
