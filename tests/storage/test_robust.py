"""Damaged, newer, foreign, read-only, full and killed libraries; and two at once."""

import ctypes
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from reader.library import Library
from reader.model.errors import LibraryUnusable, SavingRefused
from reader.model.scope import Scope
from reader.storage import glance, schema
from tests.storage.filling import NOW, fill
from tests.storage.recount import assert_counters_exact

HERE = Path(__file__).resolve().parents[2]
PRELUDE = """
import os, sys, signal
from pathlib import Path
from reader.library import Library
from reader.model.errors import SavingRefused
from reader.model.scope import Scope
from tests.storage.filling import NOW, fill
path = Path(sys.argv[1])
def opened():
    return Library.open(path, clock=lambda: NOW)
"""


def opened(path: Path) -> Library:
    return Library.open(path, clock=lambda: NOW)


def as_mere_user() -> None:
    """Let file permissions hold for root too: drop what lets it ignore them."""
    drop_from_bounding_set = 24
    for capability in (1, 2, 3):  # DAC_OVERRIDE, DAC_READ_SEARCH, FOWNER
        ctypes.CDLL(None).prctl(drop_from_bounding_set, capability, 0, 0, 0)


def run(code: str, path: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-c", PRELUDE + code, str(path)],
        cwd=HERE,
        capture_output=True,
        text=True,
        timeout=60,
        preexec_fn=as_mere_user if sys.platform == "linux" else None,
        check=False,
    )
    assert done.returncode in (0, -signal.SIGKILL), done.stderr
    return done.stdout


@pytest.fixture
def filled(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "data" / "library.db"
    library = opened(path)
    fill(library, 20)
    library.close()
    yield path
    path.parent.chmod(0o755)


def contents(folder: Path) -> dict[str, bytes]:
    return {one.name: one.read_bytes() for one in folder.iterdir()}


# --- what is no library


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda data: b"This is no database. " * 500, id="garbage"),
        pytest.param(lambda data: data[: len(data) // 2], id="truncated"),
        pytest.param(lambda data: data[:100] + b"\0" * 8000 + data[8100:], id="holed"),
        pytest.param(lambda data: data[:50], id="stump"),
    ],
)
def test_a_damaged_library_is_refused_and_left_as_it_was(filled: Path, damage: object) -> None:
    filled.write_bytes(damage(filled.read_bytes()))  # type: ignore[operator]
    before = filled.read_bytes()
    with pytest.raises(LibraryUnusable, match="left as it is"):
        opened(filled)
    assert filled.read_bytes() == before


def test_a_newer_library_is_refused_and_left_as_it_was(filled: Path) -> None:
    with closing(sqlite3.connect(filled)) as connection:
        connection.execute(f"PRAGMA user_version = {len(schema.MIGRATIONS) + 1}")
    before = contents(filled.parent)
    with pytest.raises(LibraryUnusable, match="Upgrade newsreader"):
        opened(filled)
    assert contents(filled.parent) == before


def test_a_glance_knows_the_schema_it_reads(filled: Path) -> None:
    assert len(schema.MIGRATIONS) == glance.VERSION
    assert glance.unread(str(filled)) == 20
    with closing(sqlite3.connect(filled)) as connection:
        connection.execute(f"PRAGMA user_version = {glance.VERSION + 1}")
    assert glance.unread(str(filled)) is None


def test_the_database_of_another_program_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE cookie (name)")
    before = contents(tmp_path)
    with pytest.raises(LibraryUnusable, match="another program"):
        opened(path)
    assert contents(tmp_path) == before


def test_a_directory_is_no_library(tmp_path: Path) -> None:
    with pytest.raises(LibraryUnusable):
        opened(tmp_path)


def test_damage_found_later_is_told(filled: Path) -> None:
    with closing(sqlite3.connect(filled)) as connection:
        root, size = connection.execute(
            "SELECT rootpage, page_size FROM sqlite_schema, pragma_page_size WHERE name = 'detail'"
        ).fetchone()
    data = bytearray(filled.read_bytes())
    data[(root - 1) * size : root * size] = b"\xff" * size
    filled.write_bytes(data)
    library = opened(filled)
    with pytest.raises(LibraryUnusable):
        library.article(library.newest_id())
    library.close()


def test_an_empty_file_becomes_a_library(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    path.touch()
    library = opened(path)
    fill(library, 1)
    assert library.counts(Scope()).articles == 1
    library.close()


# --- what cannot be written


REPORT = """
library = opened()
ids = library.list_ids(Scope())
try:
    library.mark(ids[:1], "read", value=True)
    print("marked")
except SavingRefused as error:
    print("refused")
print(len(ids), len(library.headlines(ids)), library.article(ids[0]) is not None)
print(library.saving_problem)
library.close()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="root keeps its rights elsewhere")
@pytest.mark.parametrize(("file_mode", "folder_mode"), [(0o444, 0o555), (0o444, 0o755)])
def test_a_library_that_can_only_be_read_is_read(
    filled: Path, file_mode: int, folder_mode: int
) -> None:
    filled.chmod(file_mode)
    filled.parent.chmod(folder_mode)
    refused, counts, problem = run(REPORT, filled).splitlines()
    assert (refused, counts) == ("refused", "20 20 True")
    assert problem.startswith("State is not being saved: the library can only be read")


@pytest.mark.skipif(sys.platform != "linux", reason="root keeps its rights elsewhere")
@pytest.mark.parametrize("index", ["kept", "lost"])
def test_a_killed_sessions_log_is_read_in_a_directory_that_cannot_be_written(
    filled: Path, index: str
) -> None:
    run("library = opened(); fill(library, [])\nos.kill(os.getpid(), 9)", filled)
    run(
        "library = opened(); library.mark(library.list_ids(Scope()), 'starred', value=True)\n"
        "os.kill(os.getpid(), 9)",
        filled,
    )
    if index == "lost":
        Path(f"{filled}-shm").unlink()
    for one in filled.parent.iterdir():
        one.chmod(0o444)
    filled.parent.chmod(0o555)
    shown = run(
        "library = opened(); print(len(library.list_ids(Scope(show='starred'))));"
        "print(library.saving_problem)",
        filled,
    )
    assert shown.splitlines()[0] == "20"
    assert "not being saved" in shown


@pytest.mark.skipif(sys.platform != "linux", reason="root keeps its rights elsewhere")
def test_without_a_place_to_keep_it_reading_goes_on(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o555)
    shown = run(
        "library = opened(); ids = fill(library, 3)\n"
        "library.mark(ids, 'read', value=True)\n"
        "print(library.counts(Scope()).articles, library.counts(Scope()).unread)\n"
        "print(library.saving_problem); library.close()",
        closed / "data" / "library.db",
    )
    assert shown.splitlines() == [
        "3 0",
        "State is not being saved: the library's directory cannot be written.",
    ]
    closed.chmod(0o755)


def test_a_full_disk_refuses_writes_and_reading_goes_on(filled: Path) -> None:
    library = opened(filled)
    with library.store.read() as connection:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(SavingRefused, match="disk is full"):
        fill(library, 2000, location="/other")
    assert "disk is full" in library.saving_problem
    assert len(library.list_ids(Scope())) == 20
    with library.store.read() as connection:
        connection.execute("PRAGMA max_page_count = 1000000")
    library.mark(library.list_ids(Scope()), "read", value=True)
    assert library.saving_problem == ""
    assert_counters_exact(library)
    library.close()


def test_a_file_that_may_not_grow_refuses_writes(filled: Path) -> None:
    """The same through the system's own limit, as a quota would."""
    shown = run(
        "import resource\n"
        "library = opened(); library.session()\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (4096, resource.RLIM_INFINITY))\n"
        + REPORT.removeprefix("\nlibrary = opened()"),
        filled,
    )
    assert shown.splitlines()[:2] == ["refused", "20 20 True"]
    assert "not being saved" in shown
    library = opened(filled)
    assert library.counts(Scope()).unread == 20
    library.close()


# --- killed, and two at once


def test_a_kill_in_the_middle_of_writing_loses_the_write_and_nothing_else(filled: Path) -> None:
    run(
        "library = opened()\n"
        "library.mark(library.list_ids(Scope())[:5], 'read', value=True)\n"
        "with library.store.write() as connection:\n"
        "    connection.execute('PRAGMA cache_size = 1')\n"
        "    connection.execute('UPDATE article SET unread = 0, starred = 1')\n"
        "    connection.execute('DELETE FROM article_tag')\n"
        "    os.kill(os.getpid(), 9)",
        filled,
    )
    library = opened(filled)
    assert library.counts(Scope()).unread == 15
    assert library.counts(Scope(show="starred")).articles == 0
    assert_counters_exact(library)
    with library.store.read() as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    library.close()


def test_kills_at_any_moment_leave_a_sound_library(tmp_path: Path) -> None:
    path = tmp_path / "data" / "library.db"
    code = (
        "library = opened(); print('open', flush=True)\n"
        "number = 0\n"
        "while True:\n"
        "    ids = fill(library, 5, location=f'/{os.getpid()}/{number}')\n"
        "    library.mark(ids[:3], 'read', value=True)\n"
        "    library.tag(ids, 'kept', add=True)\n"
        "    number += 1\n"
    )
    for writes in range(4):
        child = subprocess.Popen(
            [sys.executable, "-c", PRELUDE + code, str(path)], cwd=HERE, stdout=subprocess.PIPE
        )
        assert child.stdout is not None
        assert child.stdout.readline() == b"open\n"
        log = Path(f"{path}-wal")
        while not log.exists() or log.stat().st_size < 40_000 * (writes + 1):
            os.sched_yield()
        child.kill()
        child.wait()
        child.stdout.close()
        library = opened(path)
        assert library.counts(Scope()).articles % 5 == 0
        assert_counters_exact(library)
        with library.store.read() as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        library.close()


def test_two_programs_marking_at_once_both_keep_every_mark(filled: Path) -> None:
    code = (
        "library = opened(); ids = library.list_ids(Scope())\n"
        "for one in ids:\n"
        "    library.mark([one], {mark!r}, value=True)\n"
        "library.close()\n"
    )
    both = [
        subprocess.Popen(
            [sys.executable, "-c", PRELUDE + code.format(mark=mark), str(filled)], cwd=HERE
        )
        for mark in ("read", "starred")
    ]
    assert [one.wait(60) for one in both] == [0, 0]
    library = opened(filled)
    assert library.counts(Scope()).unread == 0
    assert library.counts(Scope(show="starred")).articles == 20
    assert len(library.history(limit=100)) == 40
    assert_counters_exact(library)
    library.close()


def test_two_programs_making_the_library_at_once_share_it(tmp_path: Path) -> None:
    path = tmp_path / "data" / "library.db"
    code = "library = opened(); fill(library, 3, location=f'/{os.getpid()}'); library.close()"
    both = [
        subprocess.Popen([sys.executable, "-c", PRELUDE + code, str(path)], cwd=HERE)
        for _ in range(3)
    ]
    assert [one.wait(60) for one in both] == [0, 0, 0]
    library = opened(path)
    assert library.counts(Scope()).articles == 9
    library.close()


# --- migrations


def test_a_backup_is_taken_before_a_migration(filled: Path) -> None:
    def add_column(connection: sqlite3.Connection) -> None:
        connection.execute("ALTER TABLE feed ADD COLUMN colour TEXT")

    newer = (*schema.MIGRATIONS, ("colours", add_column))
    with closing(sqlite3.connect(filled, isolation_level=None)) as connection:
        schema.prepare(connection, filled, migrations=newer)
        assert connection.execute("PRAGMA user_version").fetchone() == (len(newer),)
        assert connection.execute("SELECT colour FROM feed").fetchone() == (None,)
        assert connection.execute("SELECT name FROM migration ORDER BY name").fetchall() == [
            ("colours",),
            ("first_tables",),
            ("outlets",),
        ]
    copy = filled.with_name("library.db.before-colours")
    shutil.copyfile(copy, filled.with_name("old.db"))
    library = opened(filled.with_name("old.db"))
    assert library.counts(Scope()).articles == 20
    library.close()


def test_a_migration_that_fails_changes_nothing(filled: Path) -> None:
    def fail(connection: sqlite3.Connection) -> None:
        connection.execute("DELETE FROM article_tag")
        connection.execute("DROP TABLE memory")
        raise RuntimeError("no")

    with closing(sqlite3.connect(filled, isolation_level=None)) as connection:
        with pytest.raises(RuntimeError):
            schema.prepare(connection, filled, migrations=(*schema.MIGRATIONS, ("fail", fail)))
        assert not connection.in_transaction
    library = opened(filled)
    assert library.session() == {}
    library.close()
