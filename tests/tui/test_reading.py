"""Reading by keyboard: moving, opening, paging, going to the next unread article."""

import pytest

from reader.model.scope import Scope
from tests.fakes.library import FakeLibrary, small
from tests.tui.conftest import Sit


async def test_the_first_screen_shows_feeds_headlines_and_the_article(sit: Sit) -> None:
    async with sit(small()) as seat:
        assert "All articles" in seat.lines[0]
        assert "Headline number 1" in seat.lines[0]
        assert "science" in seat.text
        assert seat.shown == "Headline number 1"
        assert "Paragraph 0 of 1." in seat.text
        assert "1/6" in seat.status
        assert len(seat.unread) == 6


async def test_the_cursor_moves_and_only_previews(sit: Sit) -> None:
    async with sit(small()) as seat:
        await seat.press("j", "j")
        assert seat.headline == seat.shown == "Headline number 3"
        await seat.press("k")
        assert seat.headline == "Headline number 2"
        await seat.press("G")
        assert seat.headline == "Headline number 6"
        await seat.press("g")
        assert seat.headline == "Headline number 1"
        await seat.press("down", "end", "home")
        assert seat.headline == "Headline number 1"
        assert len(seat.unread) == 6


@pytest.mark.parametrize("key", ["enter", "l", "right", "tab"])
async def test_opening_marks_read_and_gives_the_article_the_keys(sit: Sit, key: str) -> None:
    async with sit(small()) as seat:
        await seat.press("j", key)
        assert seat.pane == "article"
        assert seat.unread == {1, 3, 4, 5, 6}
        await seat.press("h")
        assert seat.pane == "headlines"


async def test_scrolling_in_the_article_marks_it_read(sit: Sit) -> None:
    async with sit(small()) as seat:
        await seat.press("b")
        assert len(seat.unread) == 6
        seat.main.go_to("article")
        await seat.press("j")
        assert seat.main.article.top == 1
        assert seat.unread == {2, 3, 4, 5, 6}
        await seat.press("G")
        assert seat.main.article.at_end
        assert "100%" in seat.status
        await seat.press("g", "pagedown", "pageup")
        assert seat.main.article.top == 0


async def test_space_pages_down_and_goes_on_to_the_next_unread_article(sit: Sit) -> None:
    library = small()
    library.mark([2], "read", value=True)
    async with sit(library) as seat:
        pages = 0
        while seat.shown == "Headline number 1":
            await seat.press("space")
            pages += 1
            assert pages < 10
        assert pages > 1
        assert seat.shown == seat.headline == "Headline number 3"
        assert seat.unread == {4, 5, 6}
        await seat.press("space", "b")
        assert seat.main.article.top == 0
        assert seat.pane == "headlines"


async def test_space_reads_what_the_cursor_is_on_before_it_pages(sit: Sit) -> None:
    async with sit(small()) as seat:
        seat.main.headlines.move_to(3, silent=True)
        await seat.press("space")
        assert seat.shown == "Headline number 4"
        assert seat.main.article.top == 0


async def test_n_and_p_walk_through_unread_articles_and_around(sit: Sit) -> None:
    library = small()
    library.mark([2, 3], "read", value=True)
    async with sit(library) as seat:
        await seat.press("n")
        assert seat.headline == seat.shown == "Headline number 4"
        assert 4 not in seat.unread
        await seat.press("p")
        assert seat.headline == "Headline number 1"
        await seat.press("p")
        assert seat.headline == "Headline number 6"
        assert "On from the end of the list" in seat.status
        await seat.press("n")
        assert seat.headline == "Headline number 5"
        assert "On from the top of the list" in seat.status
        assert seat.unread == set()


async def test_n_crosses_to_the_next_feed_and_says_so(sit: Sit) -> None:
    library = small()
    async with sit(library) as seat:
        seat.main.go_to("feeds")
        await seat.press("j", "j", "j", "j", "enter")
        assert seat.main.place.scope == Scope(feed_id=1)
        assert seat.pane == "headlines"
        await seat.press("space", "n")
        assert seat.headline == "Headline number 4"
        await seat.press("n")
        assert seat.main.place.scope == Scope(feed_id=2)
        assert "On to NRC: 2 unread" in seat.status
        assert seat.shown == "Headline number 2"
        assert 2 not in seat.unread
        feeds = seat.main.feeds
        assert feeds.current is not None
        assert feeds.current.title == "NRC"
        await seat.press("p", "p")
        assert seat.main.place.scope == Scope(feed_id=3)
        assert seat.headline == "Headline number 6"


async def test_n_says_when_nothing_is_left(sit: Sit) -> None:
    library = small()
    library.mark(list(library.entries), "read", value=True)
    async with sit(library) as seat:
        await seat.press("n")
        assert "No unread articles left" in seat.status


async def test_n_finds_what_is_unread_far_down_without_fetching_all_between(sit: Sit) -> None:
    library = small(articles=900)
    library.mark([number for number in library.entries if number != 801], "read", value=True)
    async with sit(library) as seat:
        await seat.press("n")
        assert seat.headline == "Headline number 801"
        assert len(seat.main.headlines.list.rows) <= 400


async def test_next_and_previous_article_while_reading(sit: Sit) -> None:
    async with sit(small()) as seat:
        await seat.press("enter", "J", "J")
        assert seat.shown == seat.headline == "Headline number 3"
        assert seat.pane == "article"
        assert seat.unread == {4, 5, 6}
        await seat.press("K")
        assert seat.shown == "Headline number 2"
        await seat.press("K", "K")
        assert "This is the first article" in seat.status


async def test_the_position_in_an_article_is_kept(sit: Sit) -> None:
    library = small()
    async with sit(library) as seat:
        await seat.press("enter", "pagedown")
        top = seat.main.article.top
        assert top > 0
        assert 0 < library.entries[1].position < 1
        await seat.press("J", "K")
        assert seat.main.article.top == top
    async with sit(library, size=(80, 24)) as seat:
        assert seat.main.article.top > 0


async def test_another_width_keeps_the_place_in_the_article(sit: Sit) -> None:
    library = FakeLibrary()
    feed = library.add_feed("A feed")
    words = "word " * 60
    body = "\n\n".join(f"Paragraph {number}: {words}" for number in range(20))
    library.add_article(feed, "Long", body=body)
    async with sit(library) as seat:
        seat.main.article.scroll_by(1)
        while not seat.main.article.render_line(0).text.strip().startswith("Paragraph 9"):
            seat.main.article.scroll_by(1)
        await seat.pilot.resize_terminal(80, 24)
        await seat.press("b", "pagedown")
        window = "\n".join(seat.main.article.render_line(y).text for y in range(14))
        assert "Paragraph 9" in window or "Paragraph 8" in window


async def test_a_list_of_many_pages_fetches_only_what_is_looked_at(sit: Sit) -> None:
    async with sit(small(articles=1000)) as seat:
        assert len(seat.main.headlines.list.rows) == 100
        assert seat.main.headlines.row_count == 1000
        await seat.press("G")
        assert seat.headline == "Headline number 1000"
        assert "1000/1000" in seat.status
        assert len(seat.main.headlines.list.rows) <= 300
        assert "Headline number 990" in seat.text
