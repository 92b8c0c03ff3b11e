"""An article given to a program: what it says, how it ends, what it may not do."""

import contextlib
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.opening import Opener
from reader.tui.lending import terminal_lent
from reader.tui.screens import piping
from tests.fakes.library import library_of, small
from tests.tui.conftest import Seat, Sit


async def pipe(seat: Seat, line: str) -> None:
    """Type a command and wait for it."""
    await seat.press("vertical_line")
    assert "Give the article to" in seat.status
    seat.main._prompt.line.value = line  # type: ignore[union-attr]
    await seat.press("enter")


def script(folder: Path, text: str) -> str:
    """A program of our own."""
    path = folder / "program.py"
    path.write_text(text)
    return f"{sys.executable} {path}"


async def test_one_line_is_said_in_the_status_line(sit: Sit) -> None:
    async with sit(library_of("Only this.")) as seat:
        await pipe(seat, "wc -c")
        assert "wc: exit code 0 · 21" in seat.status


async def test_more_lines_have_a_screen_of_their_own(sit: Sit, tmp_path: Path) -> None:
    hostile = "print('one'); print('\\x1b]0;owned\\x07\\x1b[2Jtwo \\u202e[bold]three[/]'); exit(3)"
    async with sit(library_of("Only this.")) as seat:
        await pipe(seat, script(tmp_path, hostile))
        assert seat.app.screen.name == "pager"
        assert [line.strip() for line in seat.lines[1:3]] == ["one", "two [bold]three[/]"]
        assert "exit code 3, 2 lines" in seat.status
        await seat.press("escape")
        assert seat.app.screen is seat.main
        assert "exit code 3" in seat.status


async def test_the_article_is_given_as_it_is_saved(sit: Sit) -> None:
    async with sit(library_of("Only\nthis.")) as seat:
        await pipe(seat, "cat")
        assert [line.strip() for line in seat.lines[1:3]] == ["md True 80 Only", "this."]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("false", "false: exit code 1"),
        ("no-such-program-here -x", "no-such-program-here could not be started"),
        ("wc 'open", "No closing quotation"),
        ("echo '$HOME; `id` \x1b[31m'", "echo: exit code 0 · $HOME; `id`"),
    ],
)
async def test_what_goes_wrong_is_said_and_no_shell_is_there(
    sit: Sit, line: str, told: str
) -> None:
    async with sit(library_of("Only this.")) as seat:
        await pipe(seat, line)
        assert told in seat.status


async def test_the_commands_are_kept(sit: Sit) -> None:
    library = library_of("Only this.")
    async with sit(library) as seat:
        await pipe(seat, "wc -w")
        await pipe(seat, "wc -c")
        await pipe(seat, "wc -w")
        await seat.press("vertical_line", "up")
        assert "wc -w" in seat.status
        await seat.press("up")
        assert "wc -c" in seat.status
        await seat.press("escape")
    library.remembered["pipes"] = library.remembered["pipes"].replace("wc -c", "wc -l")
    async with sit(library) as seat:
        await seat.press("vertical_line", "up", "up", "up")
        assert "wc -l" in seat.status
        await seat.press("escape")
    library.remembered["pipes"] = "{no list"
    async with sit(library) as seat:
        await seat.press("vertical_line", "up", "escape")
        assert "Give the article" not in seat.status


async def test_nothing_is_run_without_a_command_or_an_article(sit: Sit) -> None:
    library = library_of("Only this.")
    async with sit(library) as seat:
        for line in ("", "  ", "!", "! "):
            await pipe(seat, line)
        assert "exit code" not in seat.status
        assert "pipes" not in library.remembered
        await seat.press("right", "right")
        while seat.pane != "tags":
            await seat.press("tab")
        await seat.press("vertical_line")
        assert "Give the article to" not in seat.status
    async with sit(small(articles=0)) as seat:
        await seat.press("vertical_line")
        assert "No article is open" in seat.status


async def test_a_program_that_runs_on_is_stopped_by_the_same_key(sit: Sit, tmp_path: Path) -> None:
    started = tmp_path / "started"
    forever = (
        f"import os, time\nopen({str(started)!r}, 'w').write(str(os.getpid()))\ntime.sleep(60)"
    )
    line = script(tmp_path, forever)
    async with sit(library_of("Only this.")) as seat:
        await seat.press("vertical_line")
        seat.main._prompt.line.value = line  # type: ignore[union-attr]
        seat.main._prompt.take_key("enter")  # type: ignore[union-attr]
        while not started.exists() or not started.read_text():
            await seat.pilot.pause()
        assert "runs, | stops it" in seat.status
        await seat.press("vertical_line")
        assert "The program was stopped" in seat.status
    number = int(started.read_text())
    with contextlib.suppress(ProcessLookupError):
        while True:
            os.kill(number, 0)


async def test_a_program_with_the_terminal_has_all_of_it(
    sit: Sit, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran: list[tuple[Opener, bytes]] = []

    def run(chosen: Opener, *, data: bytes = b"") -> str:
        ran.append((chosen, data))
        return ""

    @contextlib.contextmanager
    def suspended() -> Iterator[None]:
        yield

    monkeypatch.setattr(piping, "run", run)
    async with sit(library_of("Only this.")) as seat:
        monkeypatch.setattr(seat.app, "suspend", suspended)
        await pipe(seat, "!less -R ~/x")
        arguments = ("less", "-R", os.path.expanduser("~/x"))  # noqa: PTH111
        assert ran == [(Opener(arguments), b"md True 80 Only this.")]
        assert "less had the article" in seat.status


async def test_an_interrupt_meant_for_another_program_is_not_the_readers(
    sit: Sit, monkeypatch: pytest.MonkeyPatch
) -> None:
    @contextlib.contextmanager
    def suspended() -> Iterator[None]:
        yield

    async with sit(library_of("Only this.")) as seat:
        monkeypatch.setattr(seat.app, "suspend", suspended)
        before = signal.getsignal(signal.SIGINT)
        with terminal_lent(seat.app):
            signal.raise_signal(signal.SIGINT)
        assert signal.getsignal(signal.SIGINT) is before
        await seat.press("j")
        assert seat.app.is_running
