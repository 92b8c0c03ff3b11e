"""Keys one after the other: what is waited for, what comes of it, on every pane."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from reader.config import Config
from reader.keys import Chosen
from reader.model.records import replace
from reader.tui.app import NewsreaderApp
from reader.tui.pauses import NONE
from tests.fakes.library import NOW, small
from tests.tui.conftest import Seat, calm

OWN: Chosen = {
    "source.update": ("g u",),
    "view.zen": ("g z z",),
    "list.search": ("g /",),
    "tags.sort": ("g u",),
    "cursor.bottom": ("g e",),
}


@asynccontextmanager
async def seated(
    keys: Chosen, *, patience: float = 60.0, size: tuple[int, int] = (120, 40)
) -> AsyncIterator[Seat]:
    """Sit before the screen with keys of one's own."""
    library = small()
    waits = replace(NONE, sequence=patience)
    app = NewsreaderApp(library, Config(keys=keys), clock=lambda: NOW, waits=waits)
    async with app.run_test(size=size) as pilot:
        await calm(app)
        yield Seat(app, pilot, library)


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_what_may_follow_is_shown_and_the_last_key_does_it(size: tuple[int, int]) -> None:
    async with seated(OWN, size=size) as seat:
        await seat.press("g")
        assert seat.status.startswith(" g-  ")
        assert "e Bottom" in seat.status
        assert "u Update this feed" in seat.status
        await seat.press("e")
        assert seat.main.headlines.cursor == seat.main.headlines.row_count - 1
        assert "g-" not in seat.status
        await seat.press("g", "z")
        assert seat.status.startswith(" g z-  z Zen")
        await seat.press("z")
        assert seat.main.zen


async def test_escape_leaves_and_what_nothing_is_bound_to_says_so() -> None:
    async with seated(OWN) as seat:
        await seat.press("j", "g", "escape")
        assert seat.pane == "headlines"
        assert "g-" not in seat.status
        await seat.press("g", "m")
        assert "g m does nothing" in seat.status
        assert seat.main.headlines.cursor == 1
        unread = seat.unread
        await seat.press("m")
        assert seat.unread != unread


async def test_other_screens_take_sequences_and_leave_no_word_behind() -> None:
    async with seated({**OWN, "cursor.top": ("g g",)}) as seat:
        await seat.press("H")
        health = seat.app.screen
        assert health is not seat.main
        await seat.press("g", "g", "g", "h")
        assert seat.app.screen is health
        await seat.press("escape")
        assert seat.app.screen is seat.main
        assert "does nothing" not in seat.status
        assert "g-" not in seat.status


async def test_nobody_is_waited_for_for_ever() -> None:
    async with seated(OWN, patience=0.001) as seat:
        assert seat.app.sequences is not None
        await seat.press("g")
        while seat.app.sequences.pressed:
            await calm(seat.app)
        assert "g-" not in seat.status
        await seat.press("m")
        assert "does nothing" not in seat.status


async def test_the_keys_of_a_pane_go_before() -> None:
    async with seated(OWN) as seat:
        seat.main.go_to("tags")
        await seat.press("g", "u")
        assert "Tags by" in seat.status
    own: Chosen = {"tags.sort": ("g",), "source.update": ("g u",)}
    async with seated(own) as seat:
        seat.main.go_to("tags")
        await seat.press("g")
        assert "Tags by" in seat.status


@pytest.mark.parametrize("pane", ["feeds", "headlines", "article", "tags"])
async def test_sequences_work_in_every_pane(pane: str) -> None:
    async with seated({"app.help": ("g ?",)}) as seat:
        seat.main.go_to(pane)  # type: ignore[arg-type]
        await seat.press("g", "question_mark")
        assert seat.app.screen.name == "help"
        await seat.press(*"g ?")
        assert any(" ".join(line.split()).startswith("g ? Keys") for line in seat.lines)


async def test_letters_that_are_typed_begin_nothing() -> None:
    async with seated(OWN) as seat:
        await seat.press("g", "slash", *"ge/")
        assert seat.main.place.typed == "ge/"
        await seat.press("escape")
        seat.main.go_to("article")
        await seat.press("slash", *"ge")
        assert "/ge" in seat.status
        await seat.press("escape", "escape", "g", "e")
        assert seat.main.headlines.cursor == 5


async def test_the_keys_of_vim() -> None:
    async with seated({"preset": ("vim",)}) as seat:
        await seat.press("G", "g", "g")
        assert seat.main.headlines.cursor == 0
        await seat.press("ctrl+w", "l")
        assert seat.pane == "article"
        await seat.press("ctrl+w", "h", "ctrl+w", "h")
        assert seat.pane == "feeds"
        await seat.press("G", "g", "g")
        assert seat.main.feeds.cursor == 0


async def test_the_keys_of_google_reader_lead_somewhere() -> None:
    async with seated({"preset": ("reader",)}) as seat:
        seat.main.go_to("feeds")
        await seat.press("G", "g", "s")
        assert (seat.main.place.row, seat.main.place.show) == (("smart", 0), "starred")
        await seat.press("g", "a")
        assert (seat.main.place.row, seat.main.place.show) == (("smart", 0), "all")
        title = next(row.title for row in seat.main.feeds.rows if row.kind == "feed")
        await seat.press("g", "u", *title.lower(), "enter")
        assert seat.main.feeds.title_of(seat.main.place.row).endswith(title)
        assert seat.pane == "headlines"
        await seat.press("g", "t", *"zzz")
        assert seat.main.tags.match == "zzz"
        await seat.press("escape")
        assert seat.pane == "tags"
