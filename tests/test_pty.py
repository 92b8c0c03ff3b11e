"""The real program on a real terminal: nothing of what it reads is obeyed by the terminal."""

import json
import os
import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pytest

from tests.hostile import articles, vectors
from tests.hostile.home import COLUMNS, ROWS, Home, unsafe
from tests.hostile.stream import Stream, parse
from tests.terminal import Terminal

STEP = 7
"""Every so many articles are waited for while walking; the others are passed over quickly."""
HARMLESS = tuple(f"plain-{number}" for number in range(60))
QUESTION = b"\x1b[?2026$p"
ANSWER = "\x1b[?2026;2$y"


@dataclass(frozen=True)
class Visit:
    """What one person saw of one folder."""

    home: Home
    stream: Stream
    screens: tuple[str, ...]
    bodies: int


@pytest.fixture(scope="module")
def new_home(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Home]:
    return lambda: Home(tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="module")
def texts(request: pytest.FixtureRequest) -> tuple[str, ...]:
    """Every hostile string there is; those of the corpus too, where there is one."""
    try:
        corpus = request.getfixturevalue("corpus")
    except pytest.skip.Exception:
        return tuple(vectors.made())
    return (*vectors.made(), *vectors.of_corpus(corpus))


@pytest.fixture(scope="module")
def harmless(new_home: Callable[[], Home]) -> Visit:
    return visit(new_home(), HARMLESS)


@pytest.fixture(scope="module")
def hostile(new_home: Callable[[], Home], texts: tuple[str, ...]) -> Visit:
    return visit(new_home(), texts)


def visit(home: Home, texts: Sequence[str]) -> Visit:
    """Open a folder of articles that hold ``texts`` everywhere, look at all, and leave."""
    folder = home.path / "news"
    count = articles.write(folder, texts)
    screens = []
    bodies = 0
    with home.terminal(folder) as terminal:
        terminal.wait_for(articles.first_words(0))
        if QUESTION in terminal.raw:
            terminal.send(ANSWER)
        # A few are refused: they look like bytes and not like text.
        terminal.wait_for(lambda text: listed(text) >= 0.99 * count)
        terminal.settle(quiet=0.5)
        terminal.send(".")
        shown = 0
        while shown < 0.99 * count - 2 * STEP:
            terminal.send("y" + "J" * STEP)
            shown = wait_for_body(terminal, shown + STEP)
            bodies += 1
            screens.append(terminal.text)
        for keys in (
            "s", "m", "u", " ", "b", "z", "z", "g", "\x06", "\x06", "G", "?", "quit", "\x1b",
            "h", "jjj", "\x06", "\x06", "\r", "l", "l", "jj", "\x06", "\r", "2", "3", "1", ":",
            "star", "\x1b",
        ):  # fmt: skip
            press(terminal, keys)
            screens.append(terminal.text)
        terminal.send("Q")
        assert terminal.wait() == 0
        stream = parse(bytes(terminal.raw), columns=COLUMNS, rows=ROWS)
    return Visit(home, stream, tuple(screens), bodies)


def listed(screen: str) -> int:
    """How many unread articles the feed list tells of."""
    found = re.search(r"All articles +([\d,]+) ", screen)
    return int(found[1].replace(",", "")) if found else 0


def body(screen: str) -> int:
    """The number of the article whose text is shown, -1 where there is none."""
    found = re.search(r"│  Body (\d{4})\.", screen)  # a title stands further to the right
    return int(found[1]) if found else -1


def wait_for_body(terminal: Terminal, least: int) -> int:
    """Wait for article ``least`` or one after it; which one it is."""
    terminal.wait_for(lambda text: body(text) >= least)
    return body(terminal.text)


def press(terminal: Terminal, keys: str) -> None:
    """Type, and wait for what that brings; Escape alone is told from a sequence by waiting."""
    terminal.send(keys)
    terminal.settle(quiet=0.3 if keys == "\x1b" else 0.05)


# --- the screen


def test_a_harmless_visit_writes_what_every_terminal_knows(harmless: Visit) -> None:
    assert harmless.stream.troubles == ()
    kinds = set(harmless.stream.kinds)
    assert {"CSI style", "CSI place", "CSI ?1049h", "CSI ?1049l", "OSC 52;c;(an address)"} <= kinds
    assert {"OSC 8;(an address)", "OSC 8;(end)"} <= kinds
    strings = {kind for kind in kinds if not kind.startswith(("CSI ", "C0 "))}
    # The pointer's shape, the clipboard, hyperlinks; no title, no colours, no notifications.
    assert {kind.partition(";")[0] for kind in strings} <= {"OSC 22", "OSC 52", "OSC 8"}


def test_hostile_articles_add_nothing_to_what_the_terminal_is_told(
    harmless: Visit, hostile: Visit
) -> None:
    assert hostile.stream.troubles == ()
    assert hostile.stream.beyond(harmless.stream) == {}
    assert hostile.bodies > 40


def test_markup_in_content_is_text(hostile: Visit) -> None:
    drawn = hostile.stream.drawn
    assert "[bold red]loud[/bold red]" in drawn
    assert "[@click=app.quit]" in drawn
    assert r"\[b]not bold[/b] [$primary]" in drawn
    assert "[/] [/nothing] [reverse]" in drawn


def test_clicks_on_markup_do_nothing(new_home: Callable[[], Home]) -> None:
    home = new_home()
    folder = home.path / "news"
    articles.write(folder, vectors.MARKUP[:3])
    with home.terminal(folder) as terminal:
        terminal.wait_for(articles.first_words(0))
        for row, line in enumerate(terminal.text.splitlines(), 1):
            for found in re.finditer(r"@click|quit", line):
                place = f"\x1b[<0;{found.start() + 1};{row}"
                terminal.send(f"{place}M{place}m")
                terminal.settle()
        terminal.send("?")
        terminal.wait_for("Move the cursor")


def test_a_terminal_of_another_size_is_told_the_same(
    new_home: Callable[[], Home], harmless: Visit
) -> None:
    """80 by 24, where panes are folded away, titles are cut, and the window then grows."""
    home = new_home()
    folder = home.path / "news"
    articles.write(folder, vectors.made()[::7])
    with Terminal(
        [sys.executable, "-m", "reader", str(folder)], environ=home.environ, columns=80, rows=24
    ) as terminal:
        terminal.wait_for(articles.first_words(0))
        terminal.settle()
        for keys in (".", "G", "\r", " ", "\x1b", "h", "G", "l", "2", "1", "g", "\r", "z"):
            press(terminal, keys)
        terminal.resize(40, 12)
        terminal.settle()
        press(terminal, " ")
        terminal.send("Q")
        assert terminal.wait() == 0
        stream = parse(bytes(terminal.raw), columns=80, rows=24)
    assert stream.troubles == ()
    assert stream.beyond(harmless.stream) == {}


# --- the command line


COMMANDS = (
    ("list",),
    ("list", "--json"),
    ("list", "--problems"),
    ("list", "--problems", "--json"),
    ("list", "--unread", "--limit", "5"),
    ("update",),
    ("update", "--json"),
    ("unread", "--json"),
    ("paths",),
    *(("show", str(number)) for number in range(1, 301, 60)),
    *(("show", str(number), "--json") for number in range(2, 302, 60)),
    ("show", "1", "--width", "20"),
    *(("show", str(number), "--source") for number in range(1, 301, 60)),
)


@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_commands_print_no_control_character(hostile: Visit, arguments: tuple[str, ...]) -> None:
    done = hostile.home.run(*arguments)
    assert unsafe(done) == []
    assert done.returncode == 0
    assert done.stdout
    if "--json" in arguments:
        assert all(isinstance(json.loads(line), dict) for line in done.stdout.splitlines())


ARGUMENTS = (
    ("list", "{}"),
    ("show", "{}"),
    ("{}",),
    ("--{}",),
    ("add", "{}"),
    ("add", "./{}/{}"),
    ("--library", "{}/{}", "list"),
    ("--library={}", "paths"),
    ("completion", "{}"),
    ("update", "--{}"),
)


@pytest.mark.parametrize("arguments", ARGUMENTS, ids=" ".join)
def test_names_on_the_command_line_are_not_obeyed(
    new_home: Callable[[], Home], arguments: tuple[str, ...]
) -> None:
    """A shell puts the names of files there, and whoever sent the files named them."""
    home = new_home()
    name = os.fsdecode(b"a\x1b]0;PWNED\x07\x1b[31m\xc2\x9b2J\xe2\x80\xaeb\x9b\n[bold]c")
    done = home.run(*(argument.format(name, name) for argument in arguments))
    assert unsafe(done) == []


def test_a_folder_with_a_hostile_name(new_home: Callable[[], Home], harmless: Visit) -> None:
    home = new_home()
    folder = home.path / "new\x1b]0;PWNED\x07s\x9b31m\u202e [@click=app.quit]"
    articles.write(folder, ["words"] * 3)
    (folder / "closed\x1b[31m").mkdir()
    for command in (("add", str(folder)), ("update",), ("list", "--json"), ("list",)):
        done = home.run(*command)
        assert unsafe(done) == []
        assert done.returncode == 0
    with home.terminal() as terminal:
        terminal.wait_for(articles.first_words(0))
        terminal.send("Q")
        assert terminal.wait() == 0
        stream = parse(bytes(terminal.raw), columns=COLUMNS, rows=ROWS)
    assert stream.troubles == ()
    assert stream.beyond(harmless.stream) == {}


def test_progress_on_a_terminal_is_safe(new_home: Callable[[], Home]) -> None:
    """``add`` draws a bar on a terminal, with the name of what it works on."""
    streams = []
    for name in ("news", "new\x1b]0;PWNED\x07s\x9b31m\u202e [bold]"):
        home = new_home()
        folder = home.path / name
        articles.write(folder, ["words", "more"] * 40)
        with home.terminal("add", folder) as terminal:
            assert terminal.wait(30) == 0
            streams.append(parse(bytes(terminal.raw), columns=COLUMNS, rows=ROWS))
    plain, named = streams
    assert named.troubles == plain.troubles == ()
    assert set(named.kinds) <= set(plain.kinds)
