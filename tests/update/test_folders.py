"""A folder followed over time: what was read stays read, whatever happens to its files."""

import asyncio
import errno
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from reader.library import Library
from reader.model.article import RawArticle
from reader.model.change import Change, SourceFailed, UpdateFinished
from reader.model.scope import Scope
from reader.update import clean as cleaning
from reader.update import folders
from reader.update.clean import Cleaned
from reader.update.jobs import ReadFile, read_files

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "news"
    path.mkdir()
    return path


@pytest.fixture
def library(tmp_path: Path, folder: Path) -> Iterator[Library]:
    opened = Library.open(tmp_path / "library.db", clock=lambda: NOW)
    opened.add_folder(folder)
    yield opened
    opened.close()


def write(folder: Path, name: str, *, title: str = "", text: str = "Some words.") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"---\ntitle: {title or name}\n---\n\n{text}\n", encoding="utf-8")
    return path


def update(library: Library) -> UpdateFinished:
    return changes(library)[1]


def changes(library: Library) -> tuple[list[Change], UpdateFinished]:
    async def run() -> list[Change]:
        return [change async for change in library.update()]

    seen = asyncio.run(run())
    assert isinstance(seen[-1], UpdateFinished)
    return seen, seen[-1]


def shown(library: Library) -> dict[str, bool]:
    """Title to unread, of everything listed."""
    heads = library.headlines(library.list_ids(Scope()))
    assert len(heads) == library.counts(Scope()).articles
    return {head.title: head.unread for head in heads}


def read_all(library: Library) -> None:
    library.mark(library.list_ids(Scope()), "read", value=True)


def test_a_first_look_finds_everything(library: Library, folder: Path) -> None:
    write(folder, "a.md")
    write(folder, "deep/b.md")
    finished = update(library)
    assert (finished.new, finished.changed, finished.failed) == (2, 0, ())
    assert shown(library) == {"a.md": True, "deep/b.md": True}
    assert [row.title for row in library.feed_rows() if row.kind == "feed"] == ["deep", "news"]


def test_a_second_look_at_the_same_reads_nothing(library: Library, folder: Path) -> None:
    write(folder, "a.md")
    update(library)
    seen, finished = changes(library)
    assert (finished.new, finished.changed, finished.unchanged) == (0, 0, 1)
    assert seen == [finished]


def test_a_touched_file_is_unchanged(library: Library, folder: Path) -> None:
    path = folder / "a.md"
    path.write_text("---\ntitle: A\ndate: 2026-01-01\n---\nText.")
    update(library)
    os.utime(path, ns=(1, 1))
    assert update(library).changed == 0


def test_an_edited_file_shows_its_new_text_and_stays_read(library: Library, folder: Path) -> None:
    write(folder, "a.md", title="Before")
    update(library)
    read_all(library)
    write(folder, "a.md", title="Afterwards", text="Quite other words.")
    assert update(library).changed == 1
    assert shown(library) == {"Afterwards": False}


def rename(folder: Path) -> None:
    (folder / "a.md").rename(folder / "z.md")


def move_to_another_feed(folder: Path) -> None:
    (folder / "sub").mkdir()
    (folder / "a.md").rename(folder / "sub/a.md")


def rename_all(folder: Path) -> None:
    for number, path in enumerate(sorted(folder.glob("*.md"))):
        path.rename(folder / f"renamed-{number}.txt")


def swap(folder: Path) -> None:
    (folder / "a.md").rename(folder / "c")
    (folder / "b.md").rename(folder / "a.md")
    (folder / "c").rename(folder / "b.md")


@pytest.mark.parametrize("happens", [rename, move_to_another_feed, rename_all, swap])
def test_moved_files_keep_what_was_read(
    library: Library, folder: Path, happens: Callable[[Path], None]
) -> None:
    write(folder, "a.md", text="First words.")
    write(folder, "b.md", text="Other words.")
    update(library)
    read_all(library)
    happens(folder)
    assert update(library).new == 0
    assert shown(library) == {"a.md": False, "b.md": False}
    assert update(library).unchanged == 2


def test_one_of_two_files_with_the_same_text_keeps_its_own_state(
    library: Library, folder: Path
) -> None:
    write(folder, "a.md", title="Weekly links")
    write(folder, "b.md", title="Weekly links")
    update(library)
    ids = library.list_ids(Scope())
    assert len(ids) == 2
    library.mark(ids[:1], "read", value=True)
    assert library.counts(Scope()).unread == 1


def test_a_deleted_file_leaves_the_list_and_comes_back_as_it_was(
    library: Library, folder: Path
) -> None:
    path = write(folder, "a.md")
    write(folder, "b.md")
    update(library)
    read_all(library)
    text = path.read_text()
    path.unlink()
    update(library)
    assert shown(library) == {"b.md": False}
    path.write_text(text)
    assert update(library).new == 0
    assert shown(library) == {"a.md": False, "b.md": False}


def test_a_file_may_take_the_name_of_one_that_is_gone(library: Library, folder: Path) -> None:
    write(folder, "old.md", title="Old", text="An old story.")
    update(library)
    (folder / "old.md").unlink()
    update(library)
    write(folder, "new.md", title="New", text="A new story.")
    update(library)
    read_all(library)
    (folder / "new.md").rename(folder / "old.md")
    assert update(library).new == 0
    assert shown(library) == {"New": False}


def test_what_no_process_could_read_is_read_the_next_time(
    library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse_all() -> None:
        raise OSError(errno.EAGAIN, os.strerror(errno.EAGAIN))

    for number in range(60):
        write(folder, f"{number}.md")
    with monkeypatch.context() as refused:
        refused.setattr("reader.update.workers._Process", refuse_all)
        finished = update(library)
    assert 0 < finished.new < 60
    (failure,) = finished.failed
    assert "files were not read: no process could be started" in failure.problem
    assert library.refused() == ()
    assert finished.new + update(library).new == 60


def test_a_mistake_of_ours_with_one_file_costs_the_others_nothing(
    library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(raw: RawArticle, *, now: datetime) -> Cleaned:
        if raw.title == "bad.md":
            raise ValueError(raw.title)
        return clean(raw, now=now)

    clean = cleaning.clean
    monkeypatch.setattr(cleaning, "clean", fail)
    write(folder, "bad.md")
    write(folder, "good.md")
    assert update(library).new == 1
    (refused,) = library.refused()
    assert refused.problem == "It could not be read: a mistake in newsreader (ValueError)."


def test_a_refused_file_is_listed_with_its_reason(library: Library, folder: Path) -> None:
    (folder / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8)
    write(folder, "a.md")
    assert update(library).failed == ()
    assert shown(library) == {"a.md": True}
    (refused,) = library.refused()
    assert refused.path == str(folder / "picture.txt")
    assert "picture" in refused.problem


def test_a_file_that_cannot_be_read_for_a_while_keeps_its_state(
    library: Library, folder: Path
) -> None:
    path = write(folder, "a.md")
    update(library)
    read_all(library)
    text = path.read_text()
    path.write_bytes(b"\x7fELF" + bytes(range(256)) * 8)
    update(library)
    assert shown(library) == {}
    path.write_text(text)
    update(library)
    assert shown(library) == {"a.md": False}
    assert library.refused() == ()


def test_a_folder_that_is_away_keeps_its_articles_and_says_so(
    library: Library, folder: Path
) -> None:
    write(folder, "a.md")
    update(library)
    folder.rename(folder.with_name("elsewhere"))
    (failure,) = update(library).failed
    assert isinstance(failure, SourceFailed)
    assert "is not there" in failure.problem
    assert shown(library) == {"a.md": True}


def test_many_files_are_read_by_other_processes(library: Library, folder: Path) -> None:
    for number in range(150):
        write(folder, f"{number:03}.md", text=f"Words of number {number}.")
    seen, finished = changes(library)
    assert finished.new == 150
    assert len([change for change in seen if type(change).__name__ == "ArticlesStored"]) > 1
    assert library.counts(Scope()).articles == 150


def test_a_single_file_is_a_source(tmp_path: Path, folder: Path) -> None:
    path = write(folder, "a.md")
    write(folder, "b.md")
    library = Library.open(tmp_path / "single.db", clock=lambda: NOW + timedelta(days=1))
    library.add_folder(path)
    update(library)
    assert shown(library) == {"a.md": True}
    (listed,) = library.listed(library.list_ids(Scope()))
    assert listed.path == str(path)
    assert library.article_at(path) == listed.headline.id
    path.unlink()
    assert update(library).failed
    library.close()


def test_two_sessions_may_look_at_a_folder_at_once(
    library: Library, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a.md", "b.md", "c.md"):
        write(folder, name)
    other = Library.open(tmp_path / "library.db", clock=lambda: NOW)

    def meanwhile(root: str, paths: Sequence[tuple[str, str]], now: datetime) -> list[ReadFile]:
        monkeypatch.setattr(folders, "read_files", read_files)
        with ThreadPoolExecutor() as pool:
            assert pool.submit(update, other).result().new == 3
        return read_files(root, paths, now)

    monkeypatch.setattr(folders, "read_files", meanwhile)
    finished = update(library)
    other.close()
    assert (finished.new, finished.changed, finished.failed) == (0, 0, ())
    assert set(shown(library)) == {"a.md", "b.md", "c.md"}
    assert update(library).new == 0


def test_what_arrives_for_a_removed_feed_stays_out_until_undo(
    library: Library, folder: Path
) -> None:
    def of(name: str, feed: str, text: str = "Some words.") -> None:
        (folder / name).write_text(f"---\ntitle: {name}\nsource: {feed}\n---\n\n{text}\n")

    for name, feed in (("one", "Alpha"), ("moves", "Alpha"), ("two", "Beta")):
        of(f"{name}.md", feed)
    update(library)
    alpha = next(feed.id for feed in library.all_feeds() if feed.title == "Alpha")
    library.remove_feed(alpha)
    of("new.md", "Alpha", "Others.")
    of("one.md", "Alpha", "Some other words, quite a few of them.")
    of("moves.md", "Beta")
    update(library)

    def listed() -> set[str]:
        return {head.title for head in library.headlines(library.list_ids(Scope()))}

    assert listed() == {"two.md", "moves.md"}
    assert library.counts(Scope()).articles == 2
    library.undo()
    assert listed() == {"two.md", "moves.md", "one.md", "new.md"}
    assert {row.title: row.articles for row in library.feed_rows() if row.kind == "feed"} == {
        "Alpha": 2,
        "Beta": 2,
    }
