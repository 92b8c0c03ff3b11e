"""The keys of an article: link hints and lists, finding, contents, the width of its lines."""

import sys
from collections.abc import Iterator

import pytest
from textual import events

from reader.tui.widgets.hints import LETTERS, labels
from tests.fakes.library import library_of, small
from tests.tui.conftest import Seat, Sit, calm

LINKS = """
See [the report](https://example.org/report?id=1) and [its annex](https://data.example/annex).

A [script](javascript:alert(1)) and [mail](mailto:a@example.org).

[the report](https://example.org/report?id=1) again.
"""
SECTIONS = "\n\n".join(
    f"{'#' * (1 + number % 2)} Part {number}\n\n"
    + "\n\n".join(f"Crème brûlée {number}.{line} is creme." for line in range(12))
    for number in range(6)
)


# --- link hints


@pytest.mark.parametrize("count", [0, 1, len(LETTERS), len(LETTERS) + 1, 700])
def test_no_label_begins_another(count: int) -> None:
    names = labels(count)
    assert len(set(names)) == count
    assert len({len(name) for name in names}) <= 1


async def test_f_puts_letters_on_links_and_typing_them_opens_one(
    sit: Sit, opened: list[str]
) -> None:
    async with sit(library_of(LINKS)) as seat:
        await seat.press("f")
        assert seat.pane == "article"
        assert "See ahe report and sts annex." in seat.text
        assert "the report again" in seat.text
        await seat.press("s")
        assert opened == ["https://data.example/annex"]
        assert "See the report and its annex." in seat.text
        assert "Opened in the browser" in seat.status


async def test_a_link_of_another_kind_is_said_and_not_opened(sit: Sit, opened: list[str]) -> None:
    async with sit(library_of(LINKS)) as seat:
        await seat.press("f", "d")
        assert not opened
        assert "Not opened: javascript:alert(1)" in seat.status
        await seat.press("f", "f")
        assert opened == ["mailto:a@example.org"]


@pytest.mark.parametrize("key", ["escape", "1", "J"])
async def test_another_key_takes_the_letters_away_and_does_nothing_else(
    sit: Sit, opened: list[str], key: str
) -> None:
    async with sit(library_of(LINKS)) as seat:
        await seat.press("f", key)
        assert "See the report and its annex." in seat.text
        assert seat.pane == "article"
        await seat.press("j", "s")
        assert not opened
        assert seat.library.entries[1].starred


async def test_many_links_have_two_letters(sit: Sit, opened: list[str]) -> None:
    body = " ".join(f"[{number}](https://example.org/{number})" for number in range(40))
    async with sit(library_of(body)) as seat:
        await seat.press("f", "s", "backspace", "s")
        assert " sd " in seat.text
        assert not any(f" {first}d " in seat.text for first in "ad")
        await seat.press("d")
        assert opened == ["https://example.org/28"]


async def test_letters_go_when_another_pane_gets_the_keys(sit: Sit, opened: list[str]) -> None:
    async with sit(library_of(LINKS)) as seat:
        await seat.press("f")
        seat.main.go_to("headlines")
        await seat.press("f24")
        assert "See the report" in seat.text
        await seat.press("s")
        assert not opened
        assert seat.library.entries[1].starred


async def test_f_says_where_there_are_no_links_and_no_article(sit: Sit) -> None:
    async with sit(library_of("None.")) as seat:
        await seat.press("f")
        assert "No links on the screen" in seat.status
        await seat.press("L")
        assert "This article has no links" in seat.status
        await seat.press("c")
        assert "This article has no headings" in seat.status
    async with sit(small(articles=0)) as seat:
        for key in "fLc":
            await seat.press("f24", key)
            assert "No article is open" in seat.status


async def test_over_ssh_a_followed_link_is_copied(
    sit: Sit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSH_CONNECTION", "10.0.0.1 1 10.0.0.2 22")
    monkeypatch.setattr(sys, "platform", "linux")
    async with sit(library_of(LINKS)) as seat:
        await seat.press("f", "s")
        assert seat.app.clipboard == "https://data.example/annex"
        assert "No browser over SSH: the link is copied instead" in seat.status


# --- the list of links


async def test_the_page_of_comments_is_told_and_opened(sit: Sit, opened: list[str]) -> None:
    library = small(articles=0)
    library.add_article(1, "Talked about", comments="https://example.org/talk")
    async with sit(library) as seat:
        assert "comments: https://example.org/talk" in seat.text
        await seat.press("L")
        assert "1  Comments" in seat.lines[0]
        await seat.press("enter")
        assert opened == ["https://example.org/talk"]


async def test_links_are_listed_opened_and_copied(sit: Sit, opened: list[str]) -> None:
    async with sit(library_of(LINKS)) as seat:
        await seat.press("L")
        assert "1  the report" in seat.lines[0]
        assert "example.org" in seat.lines[0]
        assert "not opened" in seat.lines[2]
        assert len([line for line in seat.lines if line.strip()]) == 5
        assert "https://example.org/report?id=1" in seat.status
        await seat.press("j", "y")
        assert seat.app.clipboard == "https://data.example/annex"
        assert "Link copied: https://data.example/annex" in seat.status
        await seat.press("enter")
        assert seat.app.screen is seat.main
        assert opened == ["https://data.example/annex"]
        await seat.press("L", "j", "j", "enter")
        assert opened == ["https://data.example/annex"]
        assert "Not opened: javascript:alert(1)" in seat.status
        await seat.press("L", "q")
        assert seat.app.screen is seat.main


async def test_a_links_page_is_read_here_and_left_again(sit: Sit) -> None:
    library = library_of(LINKS)
    library.add_article(1, "Another")
    async with sit(library) as seat:
        await seat.press("L", "j", "i")
        assert seat.shown == "Page of https://data.example/annex"
        assert seat.pane == "article"
        assert "Pages read" in seat.status or "Backspace goes back" in seat.status
        await seat.press("backspace")
        assert seat.shown == "One"
        assert "All articles  1/3" in seat.status
        await seat.press("backspace")
        assert "No link was read here" in seat.status
        await seat.press("L", "j", "j", "i")
        assert "Not opened: javascript:alert(1)" in seat.status


async def test_a_links_page_is_put_aside(sit: Sit) -> None:
    library = library_of(LINKS)
    async with sit(library) as seat:
        await seat.press("L", "a")
        assert "Put aside: https://example.org/report?id=1" in seat.status
        await seat.press("j", "j", "a")
        assert "Not opened" in seat.status
        await seat.press("q")
        assert "Put aside" in seat.text
        assert [entry.unread for entry in library.entries.values()] == [True, True]


# --- finding


def marked_rows(seat: Seat) -> Iterator[str]:
    """What stands in the style of the hit that n and N moved to."""
    for strip in seat.app.screen._compositor.render_strips():
        for segment in strip:
            if segment.style is not None and segment.style.reverse:
                yield segment.text


async def test_words_are_found_without_case_and_accents_and_walked_through(sit: Sit) -> None:
    async with sit(library_of(SECTIONS)) as seat:
        await seat.press("enter", "slash", *"CREME")
        assert "/CREME" in seat.status
        assert "1 of 144" in seat.status
        assert list(marked_rows(seat)) == ["Crème"]
        await seat.press("enter", "n", "n")
        assert "3 of 144" in seat.status
        await seat.press("N", "N", "N")
        assert "144 of 144" in seat.status
        assert "Crème brûlée 5.11 is creme" in seat.text
        await seat.press("j", "k", "G", "g")
        assert "144 of 144" in seat.status
        await seat.press("escape")
        assert not list(marked_rows(seat))
        assert "of 144" not in seat.status
        assert seat.pane == "article"


async def test_n_is_the_next_unread_article_again_once_finding_ended(sit: Sit) -> None:
    async with sit(small()) as seat:
        await seat.press("enter", "slash", *"paragraph", "enter", "n")
        assert seat.shown == "Headline number 1"
        await seat.press("escape", "n")
        assert seat.shown == "Headline number 2"


async def test_finding_ends_with_the_article_and_where_the_keys_go_elsewhere(sit: Sit) -> None:
    async with sit(small()) as seat:
        await seat.press("enter", "slash", *"paragraph", "enter", "J")
        assert seat.shown == "Headline number 2"
        assert "/paragraph" not in seat.status
        await seat.press("slash", *"par", "tab")
        assert "/par" not in seat.status
        assert seat.pane == "tags"


async def test_what_is_typed_is_edited_and_what_is_not_there_is_said(sit: Sit) -> None:
    async with sit(library_of(SECTIONS)) as seat:
        await seat.press("enter", "slash", *"one", "space", *"twq", "backspace", "ctrl+w")
        assert "/one▏" in seat.status
        await seat.press("ctrl+u", *"zebra")
        assert "/zebra▏  not found" in seat.status
        await seat.press("enter")
        assert "Not in this article: zebra" in seat.status
        await seat.press("slash", "a", "backspace", "backspace", "slash", "enter", "n")
        assert "No unread articles left" in seat.status


async def test_words_may_be_pasted_and_control_characters_are_not_shown(sit: Sit) -> None:
    async with sit(library_of(SECTIONS)) as seat:
        await seat.press("enter", "slash")
        seat.app.post_message(events.Paste("Part\n3\x1b[31m"))
        await calm(seat.app)
        assert "\x1b" not in seat.text
        await seat.press("ctrl+u", *"Part", "space", "3")
        assert "1 of 1" in seat.status
        assert "Crème brûlée 3.0" in seat.text


async def test_escape_while_typing_goes_back_to_where_it_began(sit: Sit) -> None:
    async with sit(library_of(SECTIONS)) as seat:
        await seat.press("enter", "j", "slash", *"5.11")
        assert seat.main.article.top > 1
        await seat.press("escape")
        assert seat.main.article.top == 1


async def test_hits_are_marked_anew_when_the_lines_are(sit: Sit) -> None:
    async with sit(library_of(SECTIONS)) as seat:
        await seat.press("enter", "slash", *"5.11", "enter")
        await seat.pilot.resize_terminal(50, 20)
        await calm(seat.app)
        await seat.press("n")
        assert list(marked_rows(seat)) == ["5.11"]
        assert "1 of 1" in seat.status


# --- contents and width


async def test_contents_go_to_a_heading(sit: Sit) -> None:
    async with sit(library_of(SECTIONS)) as seat:
        await seat.press("c")
        assert [line.rstrip() for line in seat.lines[:3]] == ["▌ Part 0", "    Part 1", "  Part 2"]
        assert "1 of 6" in seat.status
        await seat.press("j", "j", "enter")
        assert seat.pane == "article"
        reading = seat.main.article.reading
        assert reading is not None
        assert reading.lines[seat.main.article.top].text == "Part 2"
        await seat.press("c")
        assert "3 of 6" in seat.status
        await seat.press("escape")
        assert seat.app.screen is seat.main


async def test_lines_are_made_shorter_and_longer_and_stay_so(sit: Sit) -> None:
    library = library_of("word " * 200)
    async with sit(library, size=(160, 40)) as seat:
        await seat.press("less_than_sign", "less_than_sign")
        assert seat.main.article.cells == 72
        assert "Lines of 72 columns" in seat.status
        await seat.press("greater_than_sign")
        assert library.remembered["article_width"] == "76"
    async with sit(library, size=(160, 40)) as seat:
        assert seat.main.article.cells == 76
        for _ in range(40):
            await seat.press("less_than_sign")
        assert seat.main.article.cells == 20
        for _ in range(40):
            await seat.press("greater_than_sign")
        assert 76 < seat.main.article.cells < 120
