import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from reader.library import Library
from reader.model.errors import LibraryUnusable
from reader.model.scope import Scope
from reader.storage.store import Store
from tests.storage.filling import NOW, fill
from tests.storage.recount import assert_counters_exact


def test_threads_write_in_the_order_they_came(library: Library) -> None:
    order: list[int] = []
    store = library.store

    def write(number: int) -> None:
        with store.write():
            order.append(number)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(5)]
    with store.write():
        assert not store.wanted
        for number, thread in enumerate(threads, 1):
            thread.start()
            while len(store._writing._waiting) < number:
                pass
        assert store.wanted
    for thread in threads:
        thread.join()
    assert order == list(range(5))
    assert not store.wanted


def test_every_thread_reads_and_writes(library: Library) -> None:
    ids = fill(library, 40)

    def work(start: int) -> bool:
        for one in ids[start::4]:
            library.mark([one], "read", value=True)
            library.tag([one], "done", add=True)
        return any(row.unread for row in library.headlines(ids[start::4]))

    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(work, range(4))) == [False] * 4
    assert library.counts(Scope()).unread == 0
    assert library.tag_rows()[0].articles == 40
    assert_counters_exact(library)


def test_a_threads_connection_is_closed_when_it_ends(library: Library) -> None:
    before = len(library.store._held)
    thread = threading.Thread(target=library.newest_id)
    thread.start()
    thread.join()
    assert len(library.store._held) == before


def test_an_error_inside_a_write_undoes_it(library: Library) -> None:
    ids = fill(library, 3)

    def fail() -> None:
        with library.store.write() as connection:
            connection.execute("DELETE FROM article_tag")
            connection.execute("UPDATE article SET unread = 0")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert all(row.unread for row in library.headlines(ids))
    library.mark(ids, "read", value=True)
    assert library.counts(Scope()).unread == 0


def test_readers_go_on_while_somebody_writes(library: Library, tmp_path: Path) -> None:
    fill(library, 3)
    other = Library.open(library.store.path, clock=lambda: NOW)
    with library.store.write() as connection:
        connection.execute("UPDATE article SET starred = 1")
        assert other.counts(Scope()).articles == 3
        assert len(other.list_ids(Scope(show="starred"))) == 0
    other.close()


def test_odd_paths_are_opened(tmp_path: Path) -> None:
    for name in ("a b?c#d%20e", "naïve", "x\udcff", "quote'\"", "-wal"):
        path = tmp_path / name / "library.db"
        store = Store(path)
        store.close()
        assert path.exists(), name


def test_after_closing_nothing_is_opened_again(library: Library) -> None:
    library.close()
    with pytest.raises(Exception, match="closed"):
        library.newest_id()


LONG = "WITH RECURSIVE t (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM t) SELECT sum(x) FROM t"


def test_closing_ends_what_is_being_read(library: Library) -> None:
    ended: list[str] = []
    running = threading.Barrier(4)

    def read() -> None:
        with library.store.read() as connection:
            running.wait()
            try:
                connection.execute(LONG).fetchone()
            except sqlite3.OperationalError as error:
                ended.append(str(error))

    threads = [threading.Thread(target=read) for _ in range(3)]
    for thread in threads:
        thread.start()
    running.wait()
    library.close()
    for thread in threads:
        thread.join()
    assert ended == ["interrupted"] * 3
    with pytest.raises(sqlite3.ProgrammingError):
        library.newest_id()


def test_closing_waits_for_what_is_being_written(library: Library, tmp_path: Path) -> None:
    halfway, closing = threading.Event(), threading.Event()

    def write() -> None:
        with library.store.write() as connection:
            connection.execute("INSERT INTO memory VALUES ('first', '1')")
            halfway.set()
            closing.wait()
            connection.execute("INSERT INTO memory VALUES ('second', '2')")

    thread = threading.Thread(target=write)
    thread.start()
    halfway.wait()
    closer = threading.Thread(target=library.close)
    closer.start()
    closing.set()
    thread.join()
    closer.join()
    path = library.store.path
    again = Library.open(path, clock=library._clock)
    assert again.session() == {"first": "1", "second": "2"}
    again.close()


def test_a_path_below_a_file_is_no_library(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    library = Library.open(tmp_path / "file" / "library.db", clock=lambda: NOW)
    assert "not being saved" in library.saving_problem
    library.close()
    (tmp_path / "dir" / "library.db").mkdir(parents=True)
    with pytest.raises(LibraryUnusable):
        Library.open(tmp_path / "dir" / "library.db", clock=lambda: NOW)


def test_where_nothing_can_be_written_memory_serves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(**_: object) -> None:
        raise OSError("read-only file system")

    monkeypatch.setattr("reader.storage.store.tempfile.TemporaryDirectory", refuse)
    (tmp_path / "file").write_text("x")
    library = Library.open(tmp_path / "file" / "library.db", clock=lambda: NOW)
    ids = fill(library, 3)
    with ThreadPoolExecutor(1) as thread:
        assert len(thread.submit(library.list_ids, Scope()).result()) == 3
    library.mark(ids, "read", value=True)
    assert library.counts(Scope()).unread == 0
    assert "not being saved" in library.saving_problem
    library.close()
