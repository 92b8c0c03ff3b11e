"""Other texts of an article: its page's, what changed; saving, mailing, programs, lines."""

from pathlib import Path

import pytest

from reader.config import ArticleConfig, Config, LinksConfig, ShareConfig
from reader.model.page import FullText
from reader.model.revision import Changes
from reader.opening import Opener
from reader.text.diff import changes
from reader.text.terminal import clean_line
from reader.tui.screens import verbs
from tests.fakes.library import NOW, FakeLibrary, library_of, small
from tests.tui import conftest
from tests.tui.conftest import Sit, calm

# --- the full text


def page(library: FakeLibrary, body: str, *, problem: str = "") -> None:
    """Give the first article a page."""
    library.pages[1] = FullText(
        article_id=1,
        body=body,
        kind="html",
        base="https://example.org/",
        words=len(body.split()),
        fetched=NOW,
        obstacle="paywall" if problem else "",
        problem=clean_line(problem),
    )


async def test_x_goes_between_the_feeds_text_and_the_pages(sit: Sit) -> None:
    library = library_of("Only this.")
    page(library, "<p>All of the words that were written. <a href='/more'>More</a></p>")
    async with sit(library) as seat:
        await seat.press("x")
        assert "All of the words that were written." in seat.text
        assert "The page's text · x shows the feed's" in seat.status
        reading = seat.main.article.reading
        assert reading is not None
        assert reading.document.links[0].url == "https://example.org/more"
        await seat.press("x")
        assert "Only this." in seat.text
        assert "All of the words" not in seat.text
        await seat.press("x")
        assert "All of the words" in seat.text
        assert seat.shown == "One"


async def test_a_wall_is_said_and_what_stands_before_it_shown(sit: Sit) -> None:
    library = library_of("Only this.")
    page(library, "<p>A beginning\x1b]0;x\x07</p>", problem="This page is for subscribers.")
    async with sit(library) as seat:
        await seat.press("x")
        assert "A beginning" in seat.text
        assert "! This page is for subscribers." in seat.text
        assert "This page is for subscribers." in seat.status
        assert "\x1b" not in seat.text


async def test_an_empty_page_and_a_missing_one_leave_the_feeds_text(sit: Sit) -> None:
    library = library_of("Only this.")
    async with sit(library) as seat:
        await seat.press("x")
        assert "This article has no link to a page." in seat.status
        assert "Fetching" not in seat.status
        page(library, "", problem="The server answers 404.")
        await seat.press("x")
        assert "The server answers 404." in seat.status
        assert "Only this." in seat.text
    async with sit(small(articles=0)) as seat:
        await seat.press("x")
        assert "No article is open" in seat.status


async def test_the_page_of_a_stub_that_is_read_comes_by_itself(sit: Sit) -> None:
    library = library_of("Only this…")
    page(library, "<p>All of the words that were written.</p>")
    library.stubs.add(1)
    async with sit(library) as seat:
        assert "page 1" not in library.calls
        await seat.press("enter")
        assert library.calls.count("page 1") == 1
        assert "All of the words that were written." in seat.text
    async with sit(library) as seat:
        assert "Only this…" in seat.text
        await seat.press("enter")
        assert "All of the words that were written." in seat.text
        assert library.calls.count("page 1") == 1


# --- what changed


async def test_d_shows_what_changed_and_the_article_again(sit: Sit) -> None:
    library = library_of("It is new. [Link](https://example.org/x)")
    async with sit(library, size=(120, 40)) as seat:
        await seat.press("d")
        assert "Nothing changed in this article" in seat.status
        blocks = tuple(changes("It is old.", "It is new."))
        library.changed[1] = Changes(since=NOW, seen=True, blocks=blocks)
        await seat.press("d")
        assert "It is old new." in seat.text
        assert "What changed since you read it, Sat 21 November 2026" in seat.status
        await seat.pilot.resize_terminal(60, 30)
        await calm(seat.app)
        assert "It is old new." in seat.text or seat.pane != "article"
        await seat.press("enter", "f")
        assert "No links on the screen" in seat.status
        await seat.press("d")
        assert "It is new. Link" in seat.text
        library.changed[1] = Changes(since=NOW, seen=False, blocks=blocks)
        await seat.press("d", "x")
        assert "This article has no link to a page." in seat.status
    async with sit(small(articles=0)) as seat:
        await seat.press("d")
        assert "No article is open" in seat.status


# --- saving and mailing


async def test_an_article_is_saved_in_the_form_chosen(sit: Sit, tmp_path: Path) -> None:
    library = library_of("Only this.")
    page(library, "<p>All of the words.</p>")
    async with sit(library) as seat:
        seat.main.config = Config(share=ShareConfig(folder=str(tmp_path)))
        await seat.press("S")
        assert "Markdown" in seat.lines[0]
        assert f"Saved in {tmp_path}" in seat.status
        await seat.press("enter")
        assert "Saved as" in seat.status
        assert (tmp_path / "1.md").read_text() == "md True 80 Only this."
        await seat.press("x", "S", "j", "j", "enter")
        assert (tmp_path / "1.txt").read_text() == "text False 80 Only this."
        library.refuse = True
        await seat.press("S", "enter")
        assert "could not be written" in seat.status
        await seat.press("S", "q")
        assert seat.app.screen is seat.main
    async with sit(small(articles=0)) as seat:
        await seat.press("S")
        assert "No article is open" in seat.status


async def test_the_selection_is_saved_in_the_form_chosen(sit: Sit, tmp_path: Path) -> None:
    library = small(articles=3)
    async with sit(library) as seat:
        seat.main.config = Config(share=ShareConfig(folder=str(tmp_path)))
        await seat.press("asterisk", "S")
        assert "mail program" not in seat.text
        await seat.press("j", "j", "enter")
        assert f"Saved 3 in {tmp_path}" in seat.status
        assert sorted(path.name for path in tmp_path.iterdir()) == ["1.txt", "2.txt", "3.txt"]
        assert not seat.main.headlines.selection
        library.refuse = True
        await seat.press("v", "S", "enter")
        assert f"Saved 0 of 1: {tmp_path}"[:60] in seat.status


async def test_an_article_is_mailed_with_a_program_or_a_link(
    sit: Sit, opened: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    ran: list[tuple[Opener, bytes]] = []

    def run(chosen: Opener, *, data: bytes = b"") -> str:
        ran.append((chosen, data))
        return ""

    monkeypatch.setattr(verbs, "run", run)
    async with sit(library_of("Only this.")) as seat:
        await seat.press("S", "G", "enter")
        assert opened[0].startswith("mailto:?subject=One&body=https%3A%2F%2Fexample.org")
        seat.main.config = Config(share=ShareConfig(mail=("mailer", "{title}", "&")))
        await seat.press("S", "G", "enter")
        assert ran == [(Opener(("mailer", "One"), beside=True), b"text False 80 Only this.")]


# --- programs, time left, justification


async def test_a_link_goes_to_the_program_chosen_for_it(
    sit: Sit, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran: list[Opener] = []

    def run(chosen: Opener, *, data: bytes = b"") -> str:
        assert not data
        ran.append(chosen)
        return "" if len(ran) == 1 else "player ended with exit code 1"

    monkeypatch.setattr(verbs, "run", run)
    body = "[film](https://video.example/watch?v=1&utm_source=feed)"
    async with sit(library_of(body)) as seat:
        seat.main.config = Config(openers={"video.example/*": ("player", "{url}", "&")})
        await seat.press("f", "a")
        assert ran == [Opener(("player", "https://video.example/watch?v=1"), beside=True)]
        assert "Opened with player" in seat.status
        await seat.press("f", "a")
        assert "player ended with exit code 1" in seat.status


async def test_tracking_is_left_out_of_links_unless_wanted(sit: Sit, opened: list[str]) -> None:
    link = "https://example.org/a?utm_source=feed&id=1"
    async with sit(library_of(f"[one]({link})")) as seat:
        await seat.press("f", "a")
        seat.main.config = Config(links=LinksConfig(strip_tracking=False))
        await seat.press("f", "a")
        assert opened == ["https://example.org/a?id=1", link]


async def test_the_minutes_left_grow_fewer(sit: Sit) -> None:
    async with sit(library_of("word " * 4000), size=(80, 24)) as seat:
        assert "18 min left" in seat.status
        await seat.press("enter", "G")
        assert "left" not in seat.status
        assert "100%" in seat.status


async def test_lines_are_justified_where_that_is_set(
    sit: Sit, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = Config(article=ArticleConfig(width=40, justify=True))
    monkeypatch.setattr(conftest, "Config", lambda: config)
    async with sit(library_of("words of various lengthiness " * 12)) as seat:
        reading = seat.main.article.reading
        assert reading is not None
        body = [line.text for line in reading.lines if line.block == 0]
        assert {len(line) for line in body[:-1]} == {40}
