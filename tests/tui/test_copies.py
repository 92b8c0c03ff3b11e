"""The same article through several feeds: one row that says so, and the article says why."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest

from reader.config import Config
from reader.library import Library
from reader.tui.app import NewsreaderApp
from reader.tui.pauses import NONE
from tests.fakes.library import NOW
from tests.storage.filling import article, fill
from tests.tui.conftest import Seat, calm

Open = Callable[..., AbstractAsyncContextManager[Seat]]


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """One article through three feeds, and another one."""
    # It is there, so that the update at the start has nothing to tell.
    folder = tmp_path / "news"
    folder.mkdir()
    opened = Library.open(tmp_path / "library.db", clock=lambda: NOW, derived_tags=False)
    link = "https://example.org/bridge"
    fill(
        opened,
        [
            article(1, feed="The Harbour Times", title="A bridge", link=link),
            article(2, feed="Wire", title="A bridge!", link=f"{link}?utm_source=x"),
            article(3, feed="Post", title="The bridge", link=link),
            article(4, feed="Post", title="Cards", link="https://example.org/cards"),
        ],
        location=str(folder),
    )
    yield opened
    opened.close()


@pytest.fixture
def seated(library: Library) -> Open:
    """Open the screen on it."""

    @asynccontextmanager
    async def opened(*, size: tuple[int, int] = (120, 40)) -> AsyncIterator[Seat]:
        app = NewsreaderApp(library, Config(), clock=lambda: NOW, waits=NONE)
        async with app.run_test(size=size) as pilot:
            await calm(app)
            yield Seat(app, pilot, library)  # type: ignore[arg-type]

    return opened


def row_of(seat: Seat, title: str) -> str:
    """The row of the list with the title."""
    return next(line for line in seat.lines if title in line)


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (60, 20)])
async def test_a_row_tells_through_how_many_other_feeds_it_came(
    library: Library, seated: Open, size: tuple[int, int]
) -> None:
    library.digest()
    async with seated(size=size) as seat:
        assert seat.main.headlines.row_count == 2
        assert " +2 " in row_of(seat, "A bridge ")
        assert " +" not in row_of(seat, "Cards").split("Cards")[1]


async def test_the_article_tells_where_else_and_why(library: Library, seated: Open) -> None:
    library.digest()
    async with seated() as seat:
        await seat.press("g")
        while seat.headline != "A bridge":
            await seat.press("j")
        text = " ".join(seat.text.split())
        assert "Also in Wire (same link), Post (same link)" in text


async def test_reading_one_reads_all_and_takes_it_back(library: Library, seated: Open) -> None:
    library.digest()
    async with seated() as seat:
        while seat.headline != "A bridge":
            await seat.press("j")
        await seat.press("m")
        with library.store.read() as db:
            assert db.execute("SELECT total(unread) FROM article").fetchone() == (1,)
        await seat.press("u")
        with library.store.read() as db:
            assert db.execute("SELECT total(unread) FROM article").fetchone() == (4,)


async def test_what_is_found_behind_is_told_on_the_row(library: Library, seated: Open) -> None:
    async with seated() as seat:
        await calm(seat.app)
        assert not library.digest()
        assert " +2 " in row_of(seat, "A bridge ")


async def test_catching_up_tells_how_many_outlets_report_a_story(
    library: Library, seated: Open
) -> None:
    library.digest()
    async with seated() as seat:
        await seat.press("C", "9", "enter")
        assert "3 outlets" in row_of(seat, "A bridge ")
        assert "outlets" not in row_of(seat, "Cards")
        await seat.press("q")
        assert "3 outlets" not in seat.text
