"""Folders inside folders, and folders that two sessions read at once."""

import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.library import Library
from reader.model.scope import Scope
from tests.storage.filling import NOW
from tests.update.test_folders import update


@pytest.fixture
def news(tmp_path: Path) -> Path:
    """A folder with two folders of articles in it."""
    for folder in ("tech", "sport"):
        (tmp_path / "news" / folder).mkdir(parents=True)
        for number in range(100):
            path = tmp_path / "news" / folder / f"{number}.md"
            path.write_text(f"# {folder} {number}\n\nText of {folder} {number}.\n")
    return tmp_path / "news"


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """An empty library."""
    library = Library.open(tmp_path / "library.db", clock=lambda: NOW)
    yield library
    library.close()


def titles(library: Library) -> Counter[str]:
    return Counter(head.title for head in library.headlines(library.list_ids(Scope())))


def test_a_wider_folder_leaves_the_narrower_one_its_articles(library: Library, news: Path) -> None:
    library.add_folder(news / "tech")
    library.add_folder(news / "sport" / "7.md")
    update(library)
    before = list(library.list_ids(Scope()))
    library.mark(before, "read", value=True)
    library.add_folder(news)
    finished = update(library)
    assert finished.new == 99
    assert set(titles(library).values()) == {1}
    assert len(titles(library)) == 200
    assert set(before) & set(library.list_ids(Scope(show="unread"))) == set()
    (news / "tech" / "new.md").write_text("# New\n\nText.\n")
    assert update(library).new == 1
    (news / "tech" / "new.md").unlink()
    update(library)
    assert len(titles(library)) == 200


def test_two_sessions_that_read_a_folder_at_once_store_each_article_once(
    library: Library, news: Path
) -> None:
    library.add_folder(news)
    others = [Library.open(library.store.path, clock=lambda: NOW) for _ in range(2)]
    failed: list[BaseException] = []

    def look(session: Library) -> None:
        try:
            update(session)
        except BaseException as error:  # noqa: BLE001  the test tells of any
            failed.append(error)

    threads = [threading.Thread(target=look, args=[other]) for other in others]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for other in others:
        other.close()
    assert failed == []
    assert len(titles(library)) == 200
    assert set(titles(library).values()) == {1}
