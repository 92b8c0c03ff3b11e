"""Folders are followed from when they are added until they are removed, whoever does it."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Iterator, Sequence
from contextlib import aclosing, asynccontextmanager
from pathlib import Path
from typing import cast

import pytest

from reader.library import Library
from reader.library.following import FolderFollower
from reader.model.change import Change, UpdateFinished
from reader.model.feed import Source
from reader.model.scope import Scope
from tests.storage.filling import NOW

PATIENCE_S = 15.0


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Library]:
    """An empty library that looks around often."""
    monkeypatch.setattr("reader.library.POLL_S", 0.05)
    monkeypatch.setattr("reader.sources.watch.STEP_MS", 50)
    monkeypatch.setattr("reader.sources.watch.LOOK_MS", 100)
    library = Library.open(tmp_path / "library.db", clock=lambda: NOW)
    yield library
    library.close()


@pytest.fixture
def news(tmp_path: Path) -> Path:
    """A folder with one article."""
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "one.md").write_text("# One\n\nText.\n")
    return folder


@asynccontextmanager
async def watched(library: Library) -> AsyncIterator[AsyncGenerator[Change, None]]:
    watching = cast("AsyncGenerator[Change, None]", library.watch())
    async with asyncio.timeout(PATIENCE_S), aclosing(watching) as changes:
        yield changes


def titles(library: Library) -> set[str]:
    return {head.title for head in library.headlines(library.list_ids(Scope()))}


async def until(library: Library, changes: AsyncIterator[Change], *wanted: str) -> None:
    """Take changes until the library has articles with these titles."""
    while not set(wanted) <= titles(library):
        await anext(changes)


async def test_a_folder_that_is_added_while_watching(library: Library, news: Path) -> None:
    async with watched(library) as changes:
        library.add_folder(news)
        await until(library, changes, "One")
        (news / "two.md").write_text("# Two\n\nText.\n")
        await until(library, changes, "One", "Two")


async def test_a_folder_that_another_session_adds(library: Library, news: Path) -> None:
    other = Library.open(library.store.path, clock=lambda: NOW)
    async with watched(library) as changes:
        other.add_folder(news)
        other.close()
        await until(library, changes, "One")


async def test_a_folder_that_is_removed_is_left_alone(
    library: Library, news: Path, tmp_path: Path
) -> None:
    (tmp_path / "also").mkdir()
    library.add_folder(tmp_path / "also")
    library.add_folder(news)
    async with watched(library) as changes:
        await until(library, changes, "One")
        [feed] = [feed for feed in library.all_feeds() if feed.title == "news"]
        library.remove_feed(feed.id)
        (news / "two.md").write_text("# Two\n\nText.\n")
        (tmp_path / "also" / "three.md").write_text("# Three\n\nText.\n")
        await until(library, changes, "Three")
    library.undo()
    assert "Two" not in titles(library)


async def test_the_others_are_not_read_again() -> None:
    begun: list[list[int]] = []

    async def watch(group: Sequence[Source]) -> AsyncGenerator[Change, None]:
        begun.append([source.id for source in group])
        yield UpdateFinished(new=0, changed=0, unchanged=0)
        await asyncio.Event().wait()

    one, two, three = (Source(id=n, kind="folder", location=f"/{n}") for n in (1, 2, 3))
    follower = FolderFollower(watch)
    follower.follow([one, two])
    async with asyncio.timeout(PATIENCE_S), aclosing(follower.changes()) as changes:
        await anext(changes)
        follower.follow([one, two])
        follower.follow([one, two, three])
        await anext(changes)
        follower.follow([one, three])
        await anext(changes)
    assert begun == [[1, 2], [3], [1]]


async def test_what_ends_a_watch_is_told() -> None:
    async def watch(group: Sequence[Source]) -> AsyncGenerator[Change, None]:
        raise OSError("no more watches")
        yield UpdateFinished(new=0, changed=0, unchanged=0)

    follower = FolderFollower(watch)
    follower.follow([Source(id=1, kind="folder", location="/1")])
    async with asyncio.timeout(PATIENCE_S), aclosing(follower.changes()) as changes:
        with pytest.raises(OSError, match="no more watches"):
            await anext(changes)
