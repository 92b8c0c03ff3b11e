"""The feed list, the tag sidebar, panes by width, zen, going back."""

import pytest

from reader.model.scope import Scope
from tests.fakes.library import FakeLibrary, small
from tests.tui.conftest import Sit, build, calm


async def test_resting_on_a_feed_shows_its_articles(sit: Sit) -> None:
    async with sit(small()) as seat:
        await seat.press("h")
        assert seat.pane == "feeds"
        await seat.press("j", "j", "j")
        assert seat.main.place.scope == Scope(category_id=1)
        assert "Politics  1/4" in seat.status
        await seat.press("j")
        assert "Politics › politico.eu  1/2" in seat.status
        assert seat.shown == "Headline number 1"
        assert len(seat.unread) == 6
        await seat.press("l")
        assert seat.pane == "headlines"


async def test_categories_fold(sit: Sit) -> None:
    library = small()
    async with sit(library) as seat:
        await seat.press("h", "j", "j", "j", "enter")
        assert "▸ Politics" in seat.text
        assert "NRC" not in "".join(line[:28] for line in seat.lines)
        assert library.collapsed == {1}
        await seat.press("l")
        assert "▾ Politics" in seat.text
        await seat.press("j", "j")
        assert "› NRC" in seat.status
        await seat.press("h")
        assert seat.main.place.scope == Scope(category_id=1)
        await seat.press("h")
        assert library.collapsed == {1}
        await seat.press("G")
        assert "Ars Technica  1/2" in seat.status


async def test_a_feed_that_failed_is_marked(sit: Sit) -> None:
    async with sit(small()) as seat:
        assert "Ars Technica        ! 2" in seat.text


async def test_tags_filter_and_are_let_go(sit: Sit) -> None:
    async with sit(small()) as seat:
        seat.main.go_to("tags")
        assert "~ NATO" in seat.text
        assert "+ my pick" in seat.text
        assert "# science" in seat.text
        await seat.press("j", "enter")
        assert "✓ my pick" in seat.text
        assert "All articles · #my pick  1/3" in seat.status
        await seat.press("j", "space")
        assert "#my pick · #science  1/3" in seat.status
        await seat.press("g", "space")
        assert "No article here has all of these tags." in seat.text
        await seat.press("q")
        assert seat.pane == "headlines"
        await seat.press("q")
        assert "All articles  1/6" in seat.status


async def test_tags_stay_where_they_are_until_asked(sit: Sit) -> None:
    async with sit(small()) as seat:
        tags = seat.main.tags
        await seat.press("n", "n", "n")
        names = [row.name for row in tags.rows]
        assert names == ["NATO", "my pick", "science"]
        assert [row.unread for row in tags.rows] == [1, 2, 2]
        await seat.press("full_stop")
        assert [row.name for row in tags.rows] == ["my pick", "science", "NATO"]


async def test_back_goes_pane_by_pane_and_then_quits(sit: Sit) -> None:
    library = small()
    async with sit(library) as seat:
        await seat.press("enter", "q")
        assert seat.pane == "headlines"
        await seat.press("enter", "escape")
        assert seat.pane == "headlines"
        await seat.press("q")
        assert seat.pane == "feeds"
        assert seat.app.return_code is None
        await seat.press("q")
        assert seat.app.return_value == 0
    async with sit(library) as seat:
        assert seat.pane == "article"


async def test_zen_shows_the_article_alone(sit: Sit) -> None:
    async with sit(small()) as seat:
        await seat.press("z")
        assert "Headline number 2" not in seat.text
        assert "Headline number 1" in seat.lines[0]
        assert "Paragraph 3 of 1." in seat.text
        await seat.press("n")
        assert seat.shown == "Headline number 2"
        await seat.press("h", "l", "q")
        assert "All articles" in seat.lines[0]
        assert seat.pane == "headlines"


@pytest.mark.parametrize(
    ("size", "panes"),
    [
        ((120, 40), {"feeds", "headlines", "article", "tags"}),
        ((100, 30), {"feeds", "headlines", "article", "tags"}),
        ((80, 24), {"feeds", "headlines", "article"}),
        ((69, 24), {"headlines"}),
        ((80, 12), {"feeds", "headlines"}),
        ((20, 5), {"headlines"}),
    ],
)
async def test_panes_by_size(sit: Sit, size: tuple[int, int], panes: set[str]) -> None:
    async with sit(small(), size=size) as seat:
        widgets = (seat.main.feeds, seat.main.headlines, seat.main.article, seat.main.tags)
        assert {widget.id for widget in widgets if widget.region} == panes


async def test_one_pane_at_a_time_on_a_narrow_terminal(sit: Sit) -> None:
    async with sit(small(), size=(60, 20)) as seat:
        assert "Headline number 6" in seat.text
        await seat.press("j", "enter")
        assert "Paragraph 1 of 2." in seat.text
        assert "Headline number 3" not in seat.text
        await seat.press("l")
        assert "~ NATO" in seat.text
        await seat.press("l")
        assert "politico.eu" in seat.text
        await seat.press("enter")
        assert seat.pane == "headlines"


async def test_the_sidebar_takes_the_feed_lists_place_where_there_is_room_for_one(
    sit: Sit,
) -> None:
    async with sit(small(), size=(80, 24)) as seat:
        seat.main.go_to("tags")
        await seat.press("j")
        assert "my pick" in seat.text
        assert "Politics" not in seat.text
        await seat.press("q")
        assert "Politics" in seat.text


async def test_a_click_moves_and_a_second_click_opens(sit: Sit) -> None:
    async with sit(small()) as seat:
        await seat.pilot.click("#headlines", offset=(10, 3))
        await seat.press("f24")
        assert seat.shown == "Headline number 4"
        await seat.pilot.click("#headlines", offset=(10, 3))
        await seat.press("f24")
        assert seat.pane == "article"
        await seat.pilot.click("#feeds", offset=(10, 1))
        await seat.press("f24")
        assert seat.pane == "feeds"
        assert "Unread  1/5" in seat.status


async def test_a_restart_comes_back_to_the_same_place(sit: Sit) -> None:
    library = small(articles=400)
    async with sit(library) as seat:
        await seat.press("h", "G", "enter", "2", *"jjjjj", "enter")
        seat.main.go_to("tags")
        await seat.press("enter", "h", "h", "pagedown")
        place, headline = seat.main.place, seat.headline
        assert seat.pane == "headlines"
        await seat.press("Q")
    async with sit(library) as seat:
        assert seat.main.place == place
        assert place.show == "unread"
        assert len(place.tags) == 1
        assert seat.headline == seat.shown == headline
        assert seat.pane == "headlines"


async def test_zen_and_the_theme_come_back_after_a_restart(sit: Sit) -> None:
    library = small()
    async with sit(library) as seat:
        seat.app.theme = "newsreader-light"
        await seat.press("z")
        assert seat.main.headlines.look.ground.bgcolor is not None
        assert seat.main.headlines.look.ground.bgcolor.name == "#faf9f6"
        await seat.press("Q")
    async with sit(library) as seat:
        assert seat.app.theme == "newsreader-light"
        assert seat.main.zen
        assert "Paragraph 3 of 1." in seat.text


async def test_what_was_remembered_and_is_gone_does_no_harm(sit: Sit) -> None:
    library = small()
    library.remembered = {
        "row": "feed 99",
        "query": "no such thing",
        "tags": "77 x",
        "show": "everything",
        "article": "12345",
        "pane": "kitchen",
        "theme": "no-such-theme",
    }
    async with sit(library) as seat:
        assert seat.shown == "Headline number 1"
        assert "All articles  1/6" in seat.status


@pytest.mark.parametrize("term", ["linux", "dumb"])
async def test_terminals_with_few_colours_get_their_own(
    monkeypatch: pytest.MonkeyPatch, term: str
) -> None:
    monkeypatch.setenv("TERM", term)
    monkeypatch.delenv("COLORTERM")
    app = build(small())
    async with app.run_test():
        await calm(app)
        strip = app.main.headlines.render_line(0)
        assert any(segment.style and segment.style.reverse for segment in strip)
        assert all(not segment.style or not segment.style.bgcolor for segment in strip)


async def test_no_color_sends_no_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = build(small())
    async with app.run_test():
        await calm(app)
        # What is painted: strips after Textual's filters.
        strips = app.screen._compositor.render_strips()
        styles = {segment.style for strip in strips for segment in strip if segment.style}
        assert any(style.reverse for style in styles)
        assert any(style.bold for style in styles)
        for style in styles:
            assert style.color is None or style.color.is_default
            assert style.bgcolor is None or style.bgcolor.is_default


async def test_an_empty_library_survives_every_pane(sit: Sit) -> None:
    async with sit(FakeLibrary(), size=(80, 24)) as seat:
        await seat.press("h", "j", "enter", "l", "l", "space", "l", "enter", "space", "q", "z", "q")
        assert "Your library is empty." in seat.text
