"""The texts an article had over time, and what changed since each."""

import asyncio
from pathlib import Path

from reader.library import Library
from reader.model.scope import Scope
from tests.fakes.clock import Clock
from tests.fakes.library import small
from tests.tui.conftest import Sit
from tests.tui.real import Desk, desk

TEXTS = (
    "Two boats came back.\n\nThe catch was small.",
    "Three boats came back.\n\nThe catch was small.",
    "Three boats came back.\n\nThe catch was large, says the harbour \x1b[31mmaster.",
)


async def edited(folder: Path, clock: Clock) -> Library:
    """A library with one article whose text was edited twice."""
    library = Library.open(folder / "library.db", clock=clock)
    news = folder / "news"
    news.mkdir()
    library.add_folder(news)
    for day, text in enumerate(TEXTS, 1):
        clock.now = clock.now.replace(day=day, hour=12)
        (news / "one.md").write_text(f"---\ntitle: Boats\n---\n{text}\n")
        async for _ in library.update(force=True):
            pass
    return library


async def listed(seat: Desk) -> list[str]:
    await seat.press("W")
    return [line for line in seat.lines[:-1] if line.strip()]


async def test_versions_are_listed_and_compared(tmp_path: Path) -> None:
    clock = Clock()
    library = await edited(tmp_path, clock)
    async with desk(library, clock) as seat:
        rows = await listed(seat)
        assert len(rows) == 3
        assert "Tue 3 February 2026" in rows[0]
        assert "shown now" in rows[0]
        assert "8 words" in rows[2]
        assert "+6 −2 words since" in rows[2]
        assert "+5 −1 words since" in rows[1]
        await seat.press("enter")
        assert "This is the text that is shown now" in seat.status
        await seat.press("G", "enter")
        assert "What changed since Sun 1 February 2026" in seat.lines[0]
        assert "TwoThree boats came back." in seat.text
        assert "\x1b" not in seat.text
        await seat.press("escape")
        assert "shown now" in seat.text
        await seat.press("k", "enter", "q")
        assert seat.screen == "versions"
        await seat.press("q")
        assert seat.screen == "main"
    library.close()


async def test_a_small_terminal_and_another_width(tmp_path: Path) -> None:
    clock = Clock()
    library = await edited(tmp_path, clock)
    async with desk(library, clock, size=(80, 24)) as seat:
        rows = await listed(seat)
        assert "words since" in rows[2]
        await seat.press("j", "enter")
        await seat.pilot.resize_terminal(40, 10)
        await seat.press("G", "g", "space", "b")
        assert "boats came back" in seat.text
    library.close()


async def test_one_text_is_said(tmp_path: Path, sit: Sit) -> None:
    clock = Clock()
    library = Library.open(tmp_path / "library.db", clock=clock)
    (tmp_path / "one.md").write_text("---\ntitle: Boats\n---\nOnly this.\n")
    library.add_folder(tmp_path / "one.md")
    async for _ in library.update():
        pass
    assert len(library.list_ids(Scope())) == 1
    async with desk(library, clock) as seat:
        await seat.press("W")
        assert "This article has had no other text" in seat.status
    library.close()
    async with sit(small(articles=0)) as empty:
        await empty.press("W")
        assert "No article is open" in empty.status
    await asyncio.sleep(0)
