"""Tags by key: become one, get a colour, are hidden and found again; very many of them."""

import time

import pytest

from reader.library import Library
from reader.model.scope import Scope
from reader.tui.colours import COLOURS, named, style_of
from reader.tui.themes import DARK, LIGHT, look_of
from reader.tui.widgets.tag_list import PAGE
from tests.storage.filling import article, fill
from tests.tui.conftest import Seat, calm
from tests.tui.test_triage import Open, library, listed, seated

__all__ = ["library", "seated"]


def names(seat: Seat) -> list[str]:
    return [row.name for row in seat.main.tags.rows]


async def test_a_tag_that_gets_anothers_name_says_how_many_both_have(seated: Open) -> None:
    async with seated() as seat:
        seat.main.go_to("tags")
        await seat.press("g", "e", *"wea")
        assert "weather" in seat.text
        assert "articles, joined" in seat.text
        await seat.press("down", "enter", "enter")
        assert "politics (4) and weather (1) are one tag of 5 articles · u undoes" in seat.status
        assert names(seat) == ["weather"]
        await seat.press("u")
        assert sorted(names(seat)) == ["politics", "weather"]


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_a_tag_gets_a_colour_and_that_is_undone(seated: Open, size: tuple[int, int]) -> None:
    async with seated(size=size) as seat:
        seat.main.go_to("tags")
        await seat.press("g", "c")
        assert all(colour in seat.text for colour in COLOURS)
        await seat.press("v", "enter")
        assert "politics is violet · u undoes" in seat.status
        assert seat.main.tags.rows[0].colour == "violet"
        violet = style_of("violet", seat.main.tags.look)
        assert seat.main.tags.draw(0, 20)[1][1] == violet
        await seat.press("c", *"pink", "enter")
        assert "Colours are red" in seat.status
        await seat.press("c", *"none", "enter")
        assert seat.main.tags.rows[0].colour == ""
        await seat.press("u", "u")
        assert seat.main.tags.rows[0].colour == ""


def test_colours_are_seen_on_every_ground() -> None:
    for colour in COLOURS:
        drawn = {str(style_of(colour, look_of(theme, bare=False))) for theme in (DARK, LIGHT)}
        assert len(drawn) == 2
        assert style_of(colour, look_of(DARK, bare=True)) is not None
        assert named(colour[:2].upper()) == colour
    assert style_of("mauve", look_of(DARK, bare=False)) is None


async def test_hidden_tags_are_listed_when_asked_and_come_back(seated: Open) -> None:
    async with seated() as seat:
        seat.main.go_to("tags")
        await seat.press("g", "H")
        assert "politics is not listed any more" in seat.status
        assert names(seat) == ["weather"]
        await seat.press("X")
        assert "Hidden tags are listed too" in seat.status
        assert sorted(names(seat)) == ["politics", "weather"]
        await seat.press("G" if names(seat)[-1] == "politics" else "g", "H")
        assert "politics is listed again" in seat.status
        await seat.press("X")
        assert sorted(names(seat)) == ["politics", "weather"]
        await seat.press("u", "u", "X", "X")
        assert sorted(names(seat)) == ["politics", "weather"]


async def test_counts_of_tags_are_live(seated: Open) -> None:
    async with seated() as seat:
        assert {row.name: row.unread for row in seat.main.tags.rows} == {
            "politics": 4,
            "weather": 1,
        }
        await seat.press("m")
        assert sum(row.unread for row in seat.main.tags.rows) == 4
        await seat.press("u", "X")
        assert sum(row.articles for row in seat.main.tags.rows) == 4


async def test_fifty_thousand_tags_are_walked_through_and_found(
    seated: Open, library: Library
) -> None:
    for start in range(0, 5000, 500):
        numbers = range(start, start + 500)
        fill(
            library,
            [article(n, tags=[f"tag {n * 10 + part:05d}" for part in range(10)]) for n in numbers],
        )
    async with seated() as seat:
        tags = seat.main.tags
        seat.main.go_to("tags")
        assert len(tags.rows) == PAGE
        tags.move_to(PAGE - 2)
        await calm(seat.app)
        assert len(tags.rows) == 4 * PAGE
        assert tags.cursor == PAGE - 2
        await seat.press("G")
        assert len(tags.rows) == 50_002
        assert tags.cursor == 50_001
        began = time.process_time()
        for _ in range(20):
            await seat.press("k")
        assert (time.process_time() - began) / 20 < 0.1
        await seat.press("slash", *"49999", "enter")
        assert names(seat) == ["tag 49999"]
        await seat.press("enter")
        assert len(listed(seat)) == 1
        assert library.counts(Scope()).articles == 5005
