"""Filtering while typing, selecting, tagging, smart feeds: on a real library."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest

from reader.config import Config
from reader.library import Library
from reader.model.scope import Scope
from reader.storage import slices
from reader.tui import frozen
from reader.tui.app import NewsreaderApp
from reader.tui.pauses import NONE
from reader.tui.widgets import headline_list
from tests.fakes.library import NOW
from tests.tui.conftest import Seat, calm

TITLES = ("Rutte meets Trump", "Storm over the coast", "NATO budget", "Trump on tariffs", "Tides")

Open = Callable[..., AbstractAsyncContextManager[Seat]]


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """Five articles in two folders, indexed."""
    folder = tmp_path / "news"
    for number, title in enumerate(TITLES):
        path = folder / ("Abroad" if number % 2 else "Home") / f"{number}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(
            f"---\ntitle: {title}\ndate: 2026-11-2{number % 2}T0{9 - number}:00:00Z\n"
            f"tags: [{'politics' if 'T' in title else 'weather'}]\n---\nAbout number{number}.\n",
            encoding="utf-8",
        )
    opened = Library.open(tmp_path / "library.db", clock=lambda: NOW, derived_tags=False)
    opened.add_folder(folder)
    yield opened
    opened.close()


@pytest.fixture
def seated(library: Library) -> Open:
    """Open the screen on it, updated."""

    @asynccontextmanager
    async def opened(*, size: tuple[int, int] = (120, 40)) -> AsyncIterator[Seat]:
        async for _ in library.update():
            pass
        while library.digest():
            pass
        app = NewsreaderApp(library, Config(), clock=lambda: NOW, waits=NONE)
        async with app.run_test(size=size) as pilot:
            await calm(app)
            seat = Seat(app, pilot, library)  # type: ignore[arg-type]
            yield seat
            assert "went wrong" not in seat.text

    return opened


def listed(seat: Seat) -> list[str]:
    """The titles of the list, in its order."""
    return [row.title for row in seat.main.library.headlines(seat.main.headlines.list.ids)]


def read(library: Library) -> int:
    """How many articles are read."""
    counts = library.counts(Scope())
    return counts.articles - counts.unread


async def test_the_list_follows_what_is_typed_and_enter_keeps_it(seated: Open) -> None:
    async with seated() as seat:
        await seat.press("slash", *"trump")
        assert sorted(listed(seat)) == ["Rutte meets Trump", "Trump on tariffs"]
        assert "2 found" in seat.status
        await seat.press("enter")
        assert seat.pane == "headlines"
        assert "/trump" in seat.status
        await seat.press("q")
        assert len(listed(seat)) == 5
        assert "/trump" not in seat.status


async def test_escape_brings_back_the_list_with_its_cursor(seated: Open) -> None:
    async with seated() as seat:
        await seat.press("j", "j")
        before, here = list(seat.main.headlines.list.ids), seat.headline
        await seat.press("slash", *"storm")
        assert listed(seat) == ["Storm over the coast"]
        await seat.press("escape")
        assert list(seat.main.headlines.list.ids) == before
        assert seat.headline == here
        await seat.press("j")
        assert seat.main.headlines.cursor == 3


async def test_keys_that_come_at_once_are_typed_into_the_line(seated: Open) -> None:
    async with seated() as seat:
        await seat.pilot.press("slash", *"AmT/")
        await calm(seat.app)
        assert seat.main.place.typed == "AmT/"
        assert read(seat.main.library) == 0


async def test_a_query_keeps_to_the_row_of_the_feed_list(seated: Open) -> None:
    async with seated() as seat:
        seat.main.go_to("feeds")
        await seat.press("G")
        title = seat.main.feeds.title_of(seat.main.place.row)
        whole = len(listed(seat))
        assert 0 < whole < 5
        await seat.press("slash", *"is:unread", "enter")
        assert len(listed(seat)) == whole
        assert title in seat.status


async def test_a_mistake_is_told_with_what_was_meant_and_the_rest_filters(seated: Open) -> None:
    async with seated() as seat:
        await seat.press("slash", *"trump is:unred ")
        assert len(listed(seat)) == 2
        assert "is:unread" in seat.text
        assert seat.main._prompt is not None
        assert seat.main._prompt.underline.places == [(6, 14)]


async def test_fields_and_values_are_completed(seated: Open) -> None:
    async with seated() as seat:
        await seat.press("slash", *"tag:wea", "tab")
        assert seat.main.place.typed == "tag:weather"
        assert listed(seat) == ["Storm over the coast"]
        await seat.press("ctrl+u", *"is:", "down", "down", "up", "enter", "enter")
        assert seat.main.place.typed.startswith("is:")
        assert len(seat.main.place.typed) > 3
        assert seat.pane == "headlines"


async def test_what_was_asked_before_comes_back_with_up(seated: Open) -> None:
    async with seated() as seat:
        for word in ("storm", "nato"):
            await seat.press("slash", "ctrl+u", *word, "enter")
        await seat.press("slash", "ctrl+u", "up")
        assert seat.main.place.typed == "nato"
        await seat.press("up", "up")
        assert seat.main.place.typed == "storm"
        await seat.press("down", "down")
        assert seat.main.place.typed == ""


async def test_the_filter_is_there_after_a_restart(seated: Open) -> None:
    async with seated() as seat:
        await seat.press("slash", *"storm", "enter", "slash", *"nato")
        await seat.main._remember()
        await calm(seat.app)
    async with seated() as seat:
        assert listed(seat) == ["Storm over the coast"]
        assert "/storm" in seat.status


async def test_a_filter_becomes_a_smart_feed_and_that_is_one_undo(seated: Open) -> None:
    async with seated() as seat:
        await seat.press("F")
        assert "Filter the list first" in seat.status
        await seat.press("slash", *"trump", "enter", "F", *"Washington", "enter")
        assert "Saved the smart feed Washington" in seat.status
        assert "Washington" in [row.title for row in seat.main.feeds.rows]
        await seat.press("u")
        assert "Washington" not in [row.title for row in seat.main.feeds.rows]


async def test_marks_go_to_what_is_selected(seated: Open) -> None:
    async with seated() as seat:
        await seat.press("v", "j", "v")
        assert "2 selected" in seat.status
        assert sum("✓" in line for line in seat.lines) == 2
        await seat.press("m")
        assert "Marked 2 read" in seat.status
        assert read(seat.main.library) == 2
        assert "✓" not in seat.text
        await seat.press("u")
        assert read(seat.main.library) == 0


async def test_a_range_follows_the_cursor(seated: Open) -> None:
    async with seated() as seat:
        await seat.press("j", "V", "j", "j", "j", "k")
        assert "3 selected" in seat.status
        assert sum("✓" in line for line in seat.lines) == 3
        await seat.press("V", "G", "s")
        assert seat.main.library.counts(Scope(show="starred")).articles == 3


async def test_all_are_selected_and_escape_lets_go(seated: Open) -> None:
    async with seated() as seat:
        await seat.press("asterisk")
        assert "5 selected" in seat.status
        await seat.press("escape")
        assert seat.pane == "headlines"
        assert "✓" not in seat.text
        await seat.press("asterisk", "m", "asterisk", "m")
        assert "Marked 5 unread" in seat.status


async def test_what_is_above_or_below_is_marked_read(seated: Open) -> None:
    async with seated() as seat:
        await seat.press("j", "j")
        await seat.press("left_curly_bracket")
        assert read(seat.main.library) == 2
        await seat.press("right_curly_bracket")
        assert read(seat.main.library) == 4


async def test_tags_are_added_and_taken_away_with_completion(seated: Open) -> None:
    async with seated() as seat:
        await seat.press("t", *"later, -", "tab", "enter")
        assert seat.headline == "Storm over the coast"
        assert "Tagged the article: +later, -weather" in seat.status
        stored = seat.main.library.article(seat.main.headlines.current_id or 0)
        assert stored is not None
        assert [(tag.name, tag.kind) for tag in stored.tags] == [("later", "user")]
        await seat.press("t", "ctrl+u", "enter")
        assert "-later" in seat.status
        await seat.press("u")
        assert "later" in seat.main.tags.names([row.id for row in seat.main.tags.rows])


async def test_a_selection_is_tagged(seated: Open) -> None:
    async with seated() as seat:
        await seat.press("asterisk", "t", *"mine", "enter")
        found = seat.main.library.counts(Scope(query="tag:mine"))
        assert found.articles == 5


async def test_a_click_into_a_pane_keeps_the_filter(seated: Open) -> None:
    async with seated() as seat:
        await seat.press("slash", *"trump")
        await seat.pilot.click("#headlines", offset=(5, 1))
        await calm(seat.app)
        assert seat.main.place.typed == "trump"
        assert "/trump" in seat.status


@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
async def test_small_screens(seated: Open, size: tuple[int, int]) -> None:
    async with seated(size=size) as seat:
        await seat.press("slash", *"is:un")
        assert "is:unread"[3:] in seat.text
        await seat.press("tab", "enter")
        assert len(listed(seat)) == 5


async def test_keys_of_the_persons_own_work_and_conflicts_are_told(library: Library) -> None:
    keys = {"preset": ("reader",), "view.zen": ("Z", "m"), "list.search": ("ctrl+s",)}
    app = NewsreaderApp(library, Config(keys=keys), clock=lambda: NOW, waits=NONE)
    async with app.run_test(size=(120, 40)) as pilot:
        await calm(app)
        seat = Seat(app, pilot, library)  # type: ignore[arg-type]
        assert "article.toggle-read has no key left: view.zen" in seat.status
        await seat.press("Z")
        assert seat.main.zen
        await seat.press("m")
        assert not seat.main.zen
        await seat.press("ctrl+s", *"mZ")
        assert seat.main.place.typed == "mZ"


async def test_tags_are_found_sorted_and_left_out(seated: Open) -> None:
    async with seated() as seat:
        seat.main.go_to("tags")
        await seat.press("slash", *"wea", "enter")
        assert [row.name for row in seat.main.tags.rows] == ["weather"]
        await seat.press("enter")
        assert listed(seat) == ["Storm over the coast"]
        assert "#weather" in seat.status
        await seat.press("q")
        assert len(seat.main.tags.rows) == 2
        await seat.press("enter")
        assert len(listed(seat)) == 5
        await seat.press("S", "S")
        assert [row.name for row in seat.main.tags.rows] == ["politics", "weather"]
        await seat.press("g", "minus")
        assert listed(seat) == ["Storm over the coast"]
        await seat.press("minus")
        assert len(listed(seat)) == 5
        await seat.press("vertical_line", "j", "vertical_line")
        assert seat.main.place.typed == "tag:politics OR tag:weather"
        assert len(listed(seat)) == 5
        await seat.press("k", "vertical_line")
        assert listed(seat) == ["Storm over the coast"]


async def test_a_tag_is_renamed_and_hidden_and_that_is_undone(seated: Open) -> None:
    async with seated() as seat:
        seat.main.go_to("tags")
        await seat.press("g", "e", "ctrl+u", *"state", "enter")
        assert {row.name for row in seat.main.tags.rows} == {"state", "weather"}
        await seat.press("H")
        assert {row.name for row in seat.main.tags.rows} == {"weather"}
        await seat.press("u", "u")
        assert {row.name for row in seat.main.tags.rows} == {"politics", "weather"}


async def test_catching_up_ends_with_the_rest_marked_read_in_one_undo(seated: Open) -> None:
    async with seated() as seat:
        await seat.press("C", *"1x", "enter")
        assert "Minutes are a whole number" in seat.status
        await seat.press("C", "1", "enter")
        found = list(seat.main.headlines.list.ids)
        assert 0 < len(found) <= 5
        assert "A marks these and the other" in seat.status
        await seat.press("q")
        assert len(listed(seat)) == 5
        await seat.press("C", "1", "enter", "A")
        assert read(seat.main.library) == 5
        assert len(listed(seat)) == 5
        await seat.press("u")
        assert read(seat.main.library) == 0


async def test_a_command_takes_a_query_as_what_it_is_for(seated: Open) -> None:
    async with seated() as seat:
        await seat.press("colon", *"read", "space", *"trump")
        assert "Mark read what fits trump" in seat.text
        assert "2 articles, 2 of them unread" in seat.text
        await seat.press("enter")
        assert read(seat.main.library) == 2


# --- what a search shows of what it found


def underlined(seat: Seat, pane: str) -> set[str]:
    """The stretches of a pane that are marked as found."""
    widget = seat.main.query_one(f"#{pane}")
    strips = [widget.render_line(y) for y in range(widget.size.height)]
    return {
        segment.text.strip()
        for strip in strips
        for segment in strip
        if segment.style and segment.style.underline
    }


async def test_words_are_marked_in_titles_and_in_the_article(seated: Open) -> None:
    async with seated() as seat:
        assert not underlined(seat, "headlines")
        await seat.press("slash", *"TRÚMP abOut")
        assert underlined(seat, "headlines") == {"Trump"}
        await seat.press("enter", "enter")
        marks = seat.main.article._line(seat.main.article.reading, 0).spans  # type: ignore[arg-type]
        assert [span.text for span in marks if "hit" in span.style] == ["Trump"]
        body = [
            span.text
            for index in range(len(seat.main.article.reading.lines))  # type: ignore[union-attr]
            for span in seat.main.article._line(seat.main.article.reading, index).spans  # type: ignore[arg-type]
            if "hit" in span.style
        ]
        assert body[-1] == "About"
        await seat.press("q", "q")
        assert not underlined(seat, "headlines")


async def test_the_rule_shows_where_the_text_has_the_words(seated: Open) -> None:
    async with seated() as seat:
        await seat.press("slash", *"number2", "enter")
        assert underlined(seat, "rule") == {"number2"}
        assert "About number2." in seat.main.rule.render_line(0).text
        await seat.press("q")
        assert "number2" not in seat.main.rule.render_line(0).text


async def test_a_word_is_found_before_it_is_typed_to_its_end(seated: Open) -> None:
    async with seated() as seat:
        await seat.press("slash", *"tru")
        assert sorted(listed(seat)) == ["Rutte meets Trump", "Trump on tariffs"]
        assert "2 found" in seat.status
        await seat.press("space")
        assert listed(seat) == []
        await seat.press("backspace", "enter")
        assert len(listed(seat)) == 2
        assert "/tru*" in seat.status
        await seat.press("slash", "ctrl+u", *"t")
        assert len(listed(seat)) == 5
        await seat.press("ctrl+u", *"tag:weat")
        assert listed(seat) == ["Storm over the coast"]
        assert "no tag" not in seat.text
        await seat.press("space")
        assert "There is no tag called weat" in seat.text
        await seat.press("ctrl+u", "t")
        await seat.press(*"ide", "enter")
        assert seat.main.place.typed == "tide*"
        await seat.press("slash", "ctrl+u", *"trump", "enter")
        assert seat.main.place.typed == "trump"
        assert len(listed(seat)) == 2


async def test_a_search_that_takes_long_shows_what_it_found_so_far(
    seated: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(slices, "_FIRST", 1)
    for module in (frozen, headline_list):
        monkeypatch.setattr(module, "PART_S", 0.0)
    async with seated() as seat:
        await seat.press("slash", *"/number[34]/")
        assert len(listed(seat)) == 2
        assert "2 found" in seat.status
        assert seat.main.headlines.cursor == 0
        assert seat.shown == seat.headline
        await seat.press("ctrl+u", *"/nowhere/")
        assert listed(seat) == []
        assert "0 found" in seat.status
        assert "Nothing here fits the query" in seat.text


async def test_the_next_key_gives_up_a_search_and_the_list_comes_back(
    seated: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(slices, "_FIRST", 1)
    for module in (frozen, headline_list):
        monkeypatch.setattr(module, "PART_S", 0.0)
    async with seated() as seat:
        await seat.press("slash", *"/number/")
        await seat.pilot.press("a", "backspace", "x", "backspace")
        await calm(seat.app)
        assert len(listed(seat)) == 5
        assert "5 found" in seat.status
