"""What comes next at the foot of an article, and how far it was read, in the list."""

import pytest

from reader.config import Config
from reader.text.width import width
from reader.tui.masthead import masthead
from tests.fakes.library import FakeLibrary, small
from tests.tui import conftest
from tests.tui.conftest import Seat, Sit


def long_ones(count: int = 3) -> FakeLibrary:
    """Articles of some pages each."""
    library = small(articles=0)
    for number in range(1, count + 1):
        body = "\n\n".join(f"Paragraph {line} of {number}." for line in range(100))
        library.add_article(1, f"Title {number}", body=body)
    return library


def rows(seat: Seat) -> list[str]:
    """The rows of the list as they are drawn."""
    view = seat.main.headlines
    return [view.render_line(y).text.rstrip() for y in range(3)]


async def test_the_foot_names_the_next_and_the_previous(sit: Sit) -> None:
    async with sit(long_ones()) as seat:
        assert "Title 2 · politico.eu" not in seat.text
        await seat.press("enter", "G")
        assert "J  next      Title 2 · politico.eu" in seat.text
        assert "previous" not in seat.text
        await seat.press("J", "G")
        assert "J  next      Title 3" in seat.text
        assert "K  previous  Title 1" in seat.text
        await seat.press("J", "G")
        assert "next  " not in seat.text
        assert "K  previous  Title 2" in seat.text


async def test_a_short_article_has_its_foot_right_below(sit: Sit) -> None:
    async with sit(small()) as seat:
        seat.library.add_article(1, "Only one", body="Short.")
        await seat.press("3")
        assert "J  next" not in seat.text
    library = small(articles=0)
    library.add_article(1, "One", body="Short.")
    library.add_article(1, "[b]Two\x1b[31m", body="Short.")
    async with sit(library, size=(80, 24)) as seat:
        at = next(place for place, line in enumerate(seat.lines) if "Short." in line)
        assert "────" in seat.lines[at + 2]
        assert "J  next      [b]Two" in seat.lines[at + 3]
        await seat.press("enter", "j")
        assert seat.main.article.top == 0


async def test_the_foot_goes_with_the_text_and_stays_off_what_stands_in_its_place(
    sit: Sit,
) -> None:
    async with sit(long_ones()) as seat:
        await seat.press("enter", "G", "backslash", "G")
        assert "J  next" not in seat.text
        await seat.press("escape")
        assert "J  next" in seat.text
        await seat.pilot.resize_terminal(60, 20)
        await seat.press("G")
        assert "J  next      Title 2" in seat.text


async def test_space_at_the_end_of_the_text_goes_on_whatever_of_the_foot_is_seen(
    sit: Sit,
) -> None:
    async with sit(long_ones()) as seat:
        await seat.press("enter")
        view = seat.main.article
        view.scroll_by(view.text_top)
        assert view.at_end
        assert view.top < view.last_top
        await seat.press("space")
        assert seat.shown == "Title 2"


async def test_the_foot_has_the_keys_of_the_person(
    sit: Sit, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = {"article.next": ("ctrl+n",), "article.previous": ("ctrl+o",)}
    monkeypatch.setattr(conftest, "Config", lambda: Config(keys=keys))
    async with sit(long_ones()) as seat:
        await seat.press("enter", "ctrl+n", "G")
        assert "Ctrl-N  next      Title 3" in seat.text
        assert "Ctrl-O  previous  Title 1" in seat.text


async def test_the_list_tells_how_far_an_article_was_read(sit: Sit) -> None:
    library = long_ones()
    async with sit(library) as seat:
        assert "%" not in "".join(rows(seat))
        await seat.press("enter", "pagedown", "pagedown")
        share = f"{int(100 * library.entries[1].position)}%"
        assert share != "0%"
        assert f" {share} " in rows(seat)[0]
        assert share in seat.status
        assert "%" not in rows(seat)[1]
        await seat.press("G")
        assert library.entries[1].position == 1.0
        assert "%" not in rows(seat)[0]
        await seat.press("b", "J")
        assert "%" in rows(seat)[0]
        assert library.entries[1].position < 1
    async with sit(library, size=(80, 24)) as seat:
        assert "%" in rows(seat)[0]


def test_a_title_that_is_read_from_the_right_stands_at_the_right() -> None:
    library = small(articles=0)
    library.add_article(1, "بوابة القناة", body="x")
    stored = library.article(1)
    assert stored is not None
    title, about, rest, *_ = masthead(stored, 45)
    assert title.text.rstrip().endswith("بوابة القناة")
    assert width(title.text) == 45
    assert not about.text.startswith(" ")
    assert about.text.endswith("11:00 ·")
    assert rest.text == "1\u00a0min"
