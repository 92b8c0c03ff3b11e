"""Hostile publishers on the web, followed by the real program: nothing they send is obeyed."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.hostile import vectors
from tests.hostile.home import COLUMNS, ROWS, Home, unsafe
from tests.hostile.publisher import FAILING, publish
from tests.hostile.stream import Stream, parse
from tests.net.server import Server

PLAIN = [f"plain-{number}" for number in range(40)]


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running:
        yield running


@pytest.fixture
def followed(tmp_path: Path, server: Server) -> Callable[[list[str]], Home]:
    """A home where feeds that hold some texts are followed, and what fails as well."""

    def follow(texts: list[str]) -> Home:
        home = Home(tmp_path / ("plain" if texts is PLAIN else "hostile"))
        home.path.mkdir()
        done = home.run("add", *publish(server, texts))
        assert unsafe(done) == []
        assert done.returncode == 0, done.stderr
        return home

    return follow


def test_commands_print_nothing_that_is_obeyed(
    followed: Callable[[list[str]], Home], server: Server
) -> None:
    home = followed(vectors.made())
    for command in (
        *(("add", server.url(f"/{name}")) for name in FAILING),
        ("add", server.url("/two")),
        ("add", server.url("/two"), "--json"),
        ("add", server.url("/\x1b]0;PWNED\x07\x9b31m\u202e")),
        ("list",),
        ("list", "--json"),
        ("list", "--problems"),
        ("feeds",),
        ("feeds", "--json"),
        ("show", "1"),
        ("show", "7", "--json"),
    ):
        done = home.run(*command)
        assert unsafe(done) == [], command
        assert b"Traceback" not in done.stderr, command
        if "--json" in command:
            assert [json.loads(line) for line in done.stdout.splitlines()]


def test_failures_are_told_safely(followed: Callable[[list[str]], Home], server: Server) -> None:
    """The feeds fail later, each in another way: what is told of it holds nothing of theirs."""
    home = followed(vectors.made()[:9])
    for failure in FAILING:
        for path in ("/feed/rss", "/feed/atom", "/feed/json"):
            server.routes[path] = server.routes[f"/{failure}"]
        for command in (("update", "--force"), ("feeds", "--problems")):
            done = home.run(*command)
            assert unsafe(done) == [], failure
            assert b"Traceback" not in done.stderr, failure


def watched(home: Home, server: Server) -> Stream:
    """What a terminal is told while somebody looks through the feeds, which fail then."""
    with home.terminal() as terminal:
        terminal.wait_for("All articles")
        terminal.settle(quiet=0.3)
        for keys in ("\r", "JJ", " ", "y", "h", "h", "j", "j", "j", "j", "j", "l", "l", "j", "\r"):
            terminal.send(keys)
            terminal.settle()
        server.routes["/feed/rss"] = server.routes["/reason"]
        server.routes["/feed/json"] = server.routes["/broken"]
        terminal.send("R")
        terminal.wait_for("fail")
        terminal.settle(quiet=0.3)
        terminal.send("Q")
        assert terminal.wait() == 0
        return parse(bytes(terminal.raw), columns=COLUMNS, rows=ROWS)


def test_the_screen_is_told_nothing_by_publishers(
    followed: Callable[[list[str]], Home], server: Server
) -> None:
    harmless = watched(followed(PLAIN), server)
    hostile = watched(followed(vectors.made()), server)
    assert harmless.troubles == hostile.troubles == ()
    assert hostile.beyond(harmless) == {}
