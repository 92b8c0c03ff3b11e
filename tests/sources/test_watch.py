"""Folders followed while their files change: told within two seconds, and nothing else told."""

import asyncio
import errno
import os
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import aclosing, asynccontextmanager
from pathlib import Path

import pytest

from reader.sources.watch import FolderChanged, watch

PATIENCE = 10
TOLD_WITHIN = 2


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same watch with shorter waits, where a test is not about time."""
    from reader.sources import watch as module

    monkeypatch.setattr(module, "STEP_MS", 50)
    monkeypatch.setattr(module, "POLL_MS", 100)
    monkeypatch.setattr(module, "LOOK_MS", 100)


class Follower:
    """What a watch told, gathered as it comes."""

    def __init__(self, stream: AsyncIterator[FolderChanged]) -> None:
        self._stream = stream
        self.seen: list[FolderChanged] = []

    async def until(self, told: Callable[[FolderChanged], bool]) -> FolderChanged:
        """The next change of which ``told`` is true; what came before it is kept in ``seen``."""
        async with asyncio.timeout(PATIENCE):
            async for change in self._stream:
                self.seen.append(change)
                if told(change):
                    return change
        raise AssertionError("the watch ended")

    async def path(self, path: str) -> float:
        """How long it took until ``path`` was told, in seconds."""
        loop = asyncio.get_running_loop()
        start = loop.time()
        await self.until(lambda change: path in change.paths)
        return loop.time() - start


@asynccontextmanager
async def following(*roots: Path, polling: bool | None = None) -> AsyncIterator[Follower]:
    """A watch that has begun."""
    async with aclosing(watch(roots, polling=polling)) as stream:
        follower = Follower(stream)
        waiting = {root for root in roots if root.exists()}
        while waiting:
            change = await follower.until(lambda change: not change.paths)
            waiting.discard(change.root)
        yield follower


async def test_a_new_file_is_told_within_two_seconds(tmp_path: Path) -> None:
    async with following(tmp_path) as told:
        (tmp_path / "a.md").write_text("one")
        assert await told.path("a.md") < TOLD_WITHIN


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("polling", [None, True])
async def test_files_made_edited_moved_and_removed_are_told(
    tmp_path: Path, polling: bool | None
) -> None:
    (tmp_path / "below").mkdir()
    async with following(tmp_path, polling=polling) as told:
        (tmp_path / "a.md").write_text("one")
        assert await told.path("a.md") < TOLD_WITHIN
        (tmp_path / "below/b.txt").write_text("two")
        assert await told.path("below/b.txt") < TOLD_WITHIN
        (tmp_path / "a.md").write_text("two")
        assert await told.path("a.md") < TOLD_WITHIN
        (tmp_path / "a.md").rename(tmp_path / "below/c.md")
        assert await told.path("below/c.md") < TOLD_WITHIN
        (tmp_path / "below/b.txt").unlink()
        assert await told.path("below/b.txt") < TOLD_WITHIN


@pytest.mark.usefixtures("quick")
async def test_what_is_no_article_is_not_told(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    async with following(tmp_path) as told:
        (tmp_path / ".git/index.md").write_text("x")
        (tmp_path / "a.md~").write_text("x")
        (tmp_path / ".a.md.swp").write_text("x")
        (tmp_path / "picture.png").write_text("x")
        (tmp_path / "a.md").write_text("x")
        await told.path("a.md")
    assert [change.paths for change in told.seen if change.paths] == [{"a.md"}]


@pytest.mark.usefixtures("quick")
async def test_a_folder_that_is_moved_in_or_away_is_told(tmp_path: Path) -> None:
    root = tmp_path / "root"
    root.mkdir()
    (tmp_path / "other").mkdir()
    (tmp_path / "other/a.md").write_text("x")
    async with following(root) as told:
        (tmp_path / "other").rename(root / "in")
        assert await told.path("in") < TOLD_WITHIN
        (root / "in/b.md").write_text("x")
        assert await told.path("in/b.md") < TOLD_WITHIN
        (root / "in").rename(tmp_path / "other")
        assert await told.path("in") < TOLD_WITHIN


@pytest.mark.usefixtures("quick")
async def test_each_root_is_told_by_itself(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "one-more"
    one.mkdir()
    two.mkdir()
    async with following(one, two) as told:
        (two / "a.md").write_text("x")
        change = await told.until(lambda change: bool(change.paths))
        assert change == FolderChanged(two, frozenset({"a.md"}))


@pytest.mark.usefixtures("quick")
async def test_a_single_file_is_followed_through_its_replacement(tmp_path: Path) -> None:
    root = tmp_path / "a.md"
    root.write_text("one")
    async with following(root) as told:
        (tmp_path / "b.md").write_text("not followed")
        (tmp_path / "new").write_text("two")
        (tmp_path / "new").replace(root)
        assert await told.path("a.md") < TOLD_WITHIN
        root.write_text("three")
        assert await told.path("a.md") < TOLD_WITHIN
    assert {path for change in told.seen for path in change.paths} == {"a.md"}


@pytest.mark.usefixtures("quick")
async def test_a_root_that_vanishes_and_comes_back_is_followed_again(tmp_path: Path) -> None:
    root = tmp_path / "root"
    root.mkdir()
    async with following(root) as told:
        shutil.rmtree(root)
        await told.until(lambda change: not change.paths)
        assert not root.exists()
        root.mkdir()
        (root / "a.md").write_text("x")
        # Once when it is seen, once more when it is watched.
        await told.until(lambda change: not change.paths)
        await told.until(lambda change: not change.paths)
        (root / "b.md").write_text("x")
        assert await told.path("b.md") < TOLD_WITHIN


@pytest.mark.usefixtures("quick")
async def test_a_name_that_is_not_utf_8_costs_no_change(tmp_path: Path) -> None:
    async with following(tmp_path) as told:
        (tmp_path / os.fsdecode(b"caf\xe9.md")).write_text("x")
        assert await told.until(lambda change: True) == FolderChanged(tmp_path, frozenset())
        (tmp_path / "a.md").write_text("x")
        await told.path("a.md")


@pytest.mark.usefixtures("quick")
async def test_a_polled_root_may_vanish_and_come_back(tmp_path: Path) -> None:
    root = tmp_path / "root"
    root.mkdir()
    (root / "a.md").write_text("x")
    async with following(root, polling=True) as told:
        shutil.rmtree(root)
        await told.until(lambda change: not change.paths)
        root.mkdir()
        (root / "b.md").write_text("x")
        await told.path("b.md")


@pytest.mark.usefixtures("quick")
async def test_a_root_that_is_missing_is_waited_for(tmp_path: Path) -> None:
    root = tmp_path / "later"
    async with following(root) as told:
        waiting = asyncio.create_task(told.until(lambda change: change.root == root))
        await asyncio.sleep(0)
        root.mkdir()
        assert await waiting == FolderChanged(root, frozenset())


@pytest.mark.usefixtures("quick")
async def test_where_the_system_has_no_watch_left_files_are_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("watchfiles.awatch", refuse)
    async with following(tmp_path) as told:
        (tmp_path / "a.md").write_text("x")
        await told.path("a.md")


async def test_nothing_to_watch_ends_at_once() -> None:
    assert [change async for change in watch([])] == []
