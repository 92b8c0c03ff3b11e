"""The real program where saving fails, where it is killed, and where its library is no good."""

import os
import re
import resource
import signal
import sqlite3
import sys
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from reader.library import Library
from reader.model.scope import Scope
from reader.storage import schema
from tests.hostile import articles
from tests.hostile.home import Home, as_mere_user
from tests.terminal import Terminal

COUNT = 30
NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
NOT_SAVED = "State is not being saved"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home whose library holds some articles."""
    made = Home(tmp_path)
    folder = tmp_path / "news"
    articles.write(folder, [f"plain-{number}" for number in range(COUNT)])
    done = made.run("add", str(folder))
    assert done.returncode == 0, done.stderr
    return made


def library(home: Home) -> Library:
    return Library.open(home.path / "library.db", clock=lambda: NOW)


def marked(home: Home) -> tuple[int, int]:
    """How many articles are read, and how many starred, as the next start finds it."""
    with closing(library(home)) as opened:
        unread = opened.counts(Scope()).unread
        return COUNT - unread, opened.counts(Scope(show="starred")).articles


def stars(terminal: Terminal) -> int:
    return terminal.text.count("★")


def starred(terminal: Terminal, count: int) -> None:
    """Wait until the screen shows ``count`` stars."""
    terminal.wait_for(lambda text: text.count("★") >= count)


# --- libraries that are no good


def newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {len(schema.MIGRATIONS) + 1}")


def damaged(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data[:100] + os.urandom(len(data) - 100))


def foreign(path: Path) -> None:
    path.write_bytes(b"This is a letter to my aunt.\n" * 400)


@pytest.mark.parametrize("spoil", [newer, damaged, foreign])
def test_a_library_that_is_no_good_is_told_and_left_as_it_was(
    home: Home, spoil: Callable[[Path], None]
) -> None:
    path = home.path / "library.db"
    spoil(path)
    before = path.read_bytes()
    for arguments in ((), ("list",), ("update",), ("unread",), (str(home.path / "news"),)):
        with home.terminal(*arguments) as terminal:
            code = terminal.wait()
            told = " ".join(terminal.text.split())
        assert code == 5, arguments
        assert told.startswith("newsreader: "), arguments
        assert "Traceback" not in told, arguments
        assert path.read_bytes() == before, arguments
    assert (home.path / "news").exists()


# --- nothing can be saved


@pytest.mark.skipif(sys.platform != "linux", reason="limits of another process are Linux's")
def test_a_disk_that_fills_up_while_reading(home: Home) -> None:
    """Reading goes on, the status line says so for as long as it is so, then all is saved."""
    with home.terminal() as terminal:
        terminal.wait_for(articles.first_words(0))
        terminal.send("s")
        starred(terminal, 1)
        resource.prlimit(terminal.pid, resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))
        terminal.send("J")
        terminal.wait_for(NOT_SAVED)
        terminal.send("s")
        for number in range(2, 8):
            terminal.send("J")
            terminal.wait_for(articles.first_words(number))
        assert NOT_SAVED in terminal.text
        resource.prlimit(terminal.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2)
        terminal.send("Js")
        terminal.wait_for(articles.first_words(8))
        terminal.wait_for(lambda text: NOT_SAVED not in text)
        terminal.send("Q")
        assert terminal.wait() == 0
    with closing(library(home)) as opened:
        assert opened.counts(Scope(show="starred")).articles == 2


@pytest.mark.skipif(sys.platform != "linux", reason="limits of another process are Linux's")
def test_leaving_while_the_disk_is_full(home: Home) -> None:
    with home.terminal() as terminal:
        terminal.wait_for(articles.first_words(0))
        resource.prlimit(terminal.pid, resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))
        terminal.send("J")
        terminal.wait_for(NOT_SAVED)
        terminal.send("Q")
        assert terminal.wait() == 0
        assert b"Traceback" not in terminal.raw
    assert marked(home) == (0, 0)


AS_MERE_USER = (
    "import os, sys; sys.path.insert(0, sys.argv[1]);"
    "from tests.hostile.home import as_mere_user; as_mere_user();"
    "os.execv(sys.executable, [sys.executable, '-m', 'reader'])"
)


@pytest.mark.skipif(sys.platform != "linux", reason="root may write everywhere elsewhere")
@pytest.mark.parametrize("mode", [0o444, 0o644])
def test_a_data_directory_that_is_read_only(home: Home, mode: int) -> None:
    data = home.path / "data"
    data.mkdir()
    moved = data / "library.db"
    (home.path / "library.db").rename(moved)
    moved.chmod(mode)
    data.chmod(0o555)
    environ = {**home.environ, "NEWSREADER_LIBRARY": str(moved)}
    repository = environ["PYTHONPATH"]
    with Terminal(
        [sys.executable, "-c", AS_MERE_USER, repository], environ=environ, columns=120, rows=40
    ) as terminal:
        terminal.wait_for(articles.first_words(0))
        terminal.wait_for(NOT_SAVED)
        for number in range(1, 5):
            terminal.send("J")
            terminal.wait_for(articles.first_words(number))
        assert NOT_SAVED in terminal.text
        terminal.send("Q")
        assert terminal.wait() == 0
    data.chmod(0o755)
    assert sorted(path.name for path in data.iterdir()) == ["library.db"]


@pytest.mark.skipif(sys.platform != "linux", reason="root may write everywhere elsewhere")
def test_a_command_that_cannot_save_says_so_once_and_others_go_on(home: Home) -> None:
    home.path.chmod(0o555)
    (home.path / "library.db").chmod(0o444)
    marked = home.run("mark", "read", "is:unread", preparing=as_mere_user)
    listed = home.run("list", preparing=as_mere_user)
    home.path.chmod(0o755)
    assert marked.returncode == 1
    assert marked.stderr.count(b"being saved") == 1
    assert b"not saved" not in marked.stderr
    assert listed.returncode == 0
    assert listed.stdout.count(b"\n") == COUNT


# --- killed


@pytest.mark.parametrize("keys", [1, 4, 9])
def test_a_kill_loses_nothing_that_the_screen_shows(home: Home, keys: int) -> None:
    with home.terminal() as terminal:
        terminal.wait_for(articles.first_words(0))
        for number in range(1, keys + 1):
            terminal.send("sJ")
            terminal.wait_for(articles.first_words(number))
            starred(terminal, number)
        terminal.wait_for(lambda text: unread(text) == COUNT - keys)
        terminal.kill()
    assert marked(home) == (keys, keys)


@pytest.mark.parametrize("wait_s", [0.0, 0.002, 0.01, 0.03])
def test_a_kill_right_after_a_key_loses_at_most_that_key(home: Home, wait_s: float) -> None:
    with home.terminal() as terminal:
        terminal.wait_for(articles.first_words(0))
        for number in range(1, 4):
            terminal.send("sj")
            starred(terminal, number)
        terminal.send("s")
        terminal.read(wait_s)
        terminal.kill()
    assert marked(home)[1] in (3, 4)
    with closing(library(home)) as opened, opened.store.read() as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_after_a_kill_reading_goes_on_where_it_was(home: Home) -> None:
    with home.terminal() as terminal:
        terminal.wait_for(articles.first_words(0))
        for number in range(1, 6):
            terminal.send("J")
            terminal.wait_for(articles.first_words(number))
        with closing(library(home)) as opened:
            here = str(opened.list_ids(Scope())[5])
            until = time.monotonic() + 10
            while opened.session().get("article") != here:
                assert time.monotonic() < until, opened.session()
                terminal.read(0.05)
        terminal.kill()
    with home.terminal() as terminal:
        terminal.wait_for(articles.first_words(5))


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM])
def test_a_signal_to_end_is_followed_and_loses_nothing(home: Home, number: int) -> None:
    """A closed window, a broken line to the server, a shutdown."""
    with home.terminal() as terminal:
        terminal.wait_for(articles.first_words(0))
        terminal.send("s")
        starred(terminal, 1)
        os.kill(terminal.pid, number)
        terminal.wait()
    assert marked(home)[1] == 1


def test_where_the_terminal_goes_away_the_program_ends(home: Home) -> None:
    """And does not spin on a terminal that is not there."""
    terminal = home.terminal()
    terminal.wait_for(articles.first_words(0))
    terminal.send("s")
    starred(terminal, 1)
    terminal.hang_up()
    until = time.monotonic() + 10
    while not (ended := os.waitpid(terminal.pid, os.WNOHANG)[0]) and time.monotonic() < until:
        time.sleep(0.02)
    if not ended:
        os.kill(terminal.pid, signal.SIGKILL)
        os.waitpid(terminal.pid, 0)
    assert ended
    assert marked(home)[1] == 1


def unread(screen: str) -> int:
    """What the feed list tells of all articles."""
    found = re.search(r"All articles +(\d+) ", screen)
    return int(found[1]) if found else 0
