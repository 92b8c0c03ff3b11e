"""A real library and a real server behind the screen."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import cast

from textual import events

from reader.config import Config
from reader.library import Library
from reader.model.change import Change
from reader.model.scope import Scope
from reader.model.subscription import Wanted
from reader.tui.app import NewsreaderApp
from reader.tui.pauses import NONE
from tests.fakes.clock import Clock
from tests.fakes.library import FakeLibrary
from tests.net.server import Server
from tests.tui.conftest import Seat, calm
from tests.update.feeds import Item, Publisher


@dataclass
class Desk(Seat):
    """A seat at a screen on a real library."""

    @property
    def real(self) -> Library:
        return cast("Library", self.library)

    async def press(self, *keys: str) -> None:
        """Press keys, and wait for the update they may have started."""
        await super().press(*keys)
        await updated(self.app)

    async def paste(self, text: str) -> None:
        """Paste into the line that has the keys."""
        self.app.post_message(events.Paste(text))
        await calm(self.app)

    async def look_at(self, what: str) -> None:
        """Ask for something to add."""
        await self.press("a")
        await self.paste(what)
        await self.press("enter")

    @property
    def screen(self) -> str:
        """The name of the screen on top."""
        return str(self.app.screen.name)

    def titles(self) -> list[str]:
        """What the feed list shows."""
        return [row.title for row in self.real.feed_rows() if row.kind != "smart"]

    def heads(self) -> set[str]:
        """The titles of every article that is listed."""
        return {head.title for head in self.real.headlines(self.real.list_ids(Scope()))}


async def updated(app: NewsreaderApp) -> None:
    """Wait until no update runs."""
    await calm(app)
    while app.main.updating:
        await asyncio.sleep(0.005)
        await calm(app)


@asynccontextmanager
async def desk(
    library: Library, clock: Clock, *, size: tuple[int, int] = (120, 40)
) -> AsyncIterator[Desk]:
    """Open the screen on a real library."""
    app = NewsreaderApp(library, Config(), clock=clock, waits=NONE)
    async with app.run_test(size=size) as pilot:
        await updated(app)
        seat = Desk(app, pilot, cast("FakeLibrary", library))
        yield seat
        assert "went wrong" not in seat.text


async def update(library: Library, *, feed_ids: Sequence[int] | None = None) -> list[Change]:
    """Fetch feeds."""
    return [change async for change in library.update(feed_ids=feed_ids, force=True)]


def paper(server: Server, path: str, title: str, *items: str) -> Publisher:
    """A feed on the server."""
    return Publisher(server, path=path, title=title, items=[Item(item, item) for item in items])


async def follow(library: Library, *feeds: tuple[Publisher, tuple[str, ...]]) -> list[int]:
    """Follow feeds in categories, and fetch them."""
    wanted = [Wanted(url=one.url, category=category) for one, category in feeds]
    done = library.add_feeds(wanted)
    await update(library)
    return [feed_id for feed_id, _ in done]
