"""Drives the screen on a library in memory: press keys, wait until it is calm, look."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot
from textual.widget import Widget

from reader.config import Config, NetworkConfig
from reader.library import Library
from reader.model.change import Change
from reader.tui import opener
from reader.tui.app import NewsreaderApp
from reader.tui.bridge import Changed
from reader.tui.pauses import NONE
from reader.tui.screens.main import MainScreen
from tests.fakes.clock import Clock
from tests.fakes.library import NOW, FakeLibrary
from tests.net.server import Server

OF_A_TERMINAL = (
    *("NO_COLOR", "SSH_CONNECTION", "SSH_TTY", "DISPLAY", "WAYLAND_DISPLAY", "BROWSER"),
    *("TMUX", "STY", "TERM_PROGRAM", "VTE_VERSION", "KITTY_WINDOW_ID", "WT_SESSION"),
    *("WEZTERM_PANE", "ITERM_SESSION_ID"),
)
"""What tells the reader which terminal it is on."""

CHARACTERS = {"space": " ", "question_mark": "?", "colon": ":", "full_stop": "."}


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The links that a browser was asked to open."""
    links: list[str] = []

    def browse(link: str) -> bool:
        links.append(link)
        return True

    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr(opener, "open_in_browser", browse)
    return links


@pytest.fixture
def server() -> Iterator[Server]:
    """A web server."""
    with Server() as running:
        yield running


@pytest.fixture
def clock() -> Clock:
    """The time, until a test sets another."""
    return Clock()


@pytest.fixture
def network() -> NetworkConfig:
    """The network settings of the real library; some tests need others."""
    return NetworkConfig()


@pytest.fixture
def library(tmp_path: Path, clock: Clock, network: NetworkConfig) -> Iterator[Library]:
    """A real library, empty."""
    opened = Library.open(tmp_path / "library.db", clock=clock, network=network)
    yield opened
    opened.close()


@pytest.fixture(autouse=True)
def terminal(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The same terminal, time zone and environment wherever the tests run."""
    for name in OF_A_TERMINAL:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLORTERM", "truecolor")
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def build(library: FakeLibrary) -> NewsreaderApp:
    """The reader on a library, with no pauses."""
    return NewsreaderApp(library, Config(), clock=lambda: NOW, waits=NONE)


async def calm(app: NewsreaderApp) -> None:
    """Wait until every message is handled, all is painted and nothing runs for the screen."""
    still = 0
    while still < 3:
        await asyncio.sleep(0.001)
        still = still + 1 if _is_still(app) else 0


def _is_still(app: NewsreaderApp) -> bool:
    # Textual tells this to its own Pilot only by how busy the processor is, which is slow to
    # ask and wrong on a busy machine.
    if app.bridge.working or app.message_queue_size or any(work.is_running for work in app.workers):
        return False
    for screen in app.screen_stack:
        for node in screen.walk_children(Widget, with_self=True):
            unpainted = node._repaint_required or node._layout_required
            if node.message_queue_size:
                return False
            # What is folded away is painted when it comes back.
            if screen is app.screen and unpainted and _is_displayed(node):
                return False
    return not app.screen._dirty_widgets and not app.screen._callbacks


def _is_displayed(node: Widget) -> bool:
    return all(one.display for one in node.ancestors_with_self if isinstance(one, Widget))


@dataclass
class Seat:
    """What a person in front of the screen can do and see."""

    app: NewsreaderApp
    pilot: "Pilot[int]"
    library: FakeLibrary

    async def press(self, *keys: str) -> None:
        """Press keys, each once the screen is calm."""
        for key in keys:
            character = CHARACTERS.get(key, key if len(key) == 1 else None)
            self.app.post_message(events.Key(key, character))
            await calm(self.app)

    async def happens(self, change: Change) -> None:
        """Something happens to the library that no key of this screen did."""
        self.app.main.post_message(Changed(change))
        await calm(self.app)

    @property
    def main(self) -> MainScreen:
        """The main screen."""
        return self.app.main

    @property
    def lines(self) -> list[str]:
        """The text of the screen, line by line."""
        # Textual has no public way to look at what it painted.
        return [strip.text for strip in self.app.screen._compositor.render_strips()]

    @property
    def text(self) -> str:
        """The text of the screen."""
        return "\n".join(self.lines)

    @property
    def pane(self) -> str:
        """The pane that has the keys."""
        return self.main.pane

    @property
    def status(self) -> str:
        """The last line."""
        return self.lines[-1]

    @property
    def headline(self) -> str:
        """The title under the cursor."""
        row = self.main.headlines.current
        return row.title if row else ""

    @property
    def shown(self) -> str:
        """The title of the article in the pane."""
        reading = self.main.article.reading
        return reading.stored.content.title if reading else ""

    @property
    def unread(self) -> set[int]:
        """The ids of what is unread."""
        return {entry.id for entry in self.library.entries.values() if entry.unread}


Sit = Callable[..., AbstractAsyncContextManager[Seat]]


@pytest.fixture
def sit() -> Sit:
    """Open the screen on a library: ``async with sit(library) as seat``."""

    @asynccontextmanager
    async def opened(
        library: FakeLibrary, *, size: tuple[int, int] = (120, 40)
    ) -> AsyncIterator[Seat]:
        app = build(library)
        async with app.run_test(size=size) as pilot:
            await calm(app)
            seat = Seat(app, pilot, library)
            yield seat
            assert "went wrong" not in seat.text

    return opened
