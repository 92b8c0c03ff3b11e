"""The link cursor: `]` and `[` from link to link, what Enter and y do there, where it ends."""

import sys
from collections.abc import Iterator, Sequence

import pytest
from textual import events

from reader.model.change import ArticlesStored
from reader.model.records import replace
from reader.text.blocks import Line, Paragraph, Span
from reader.text.terminal import SafeText
from reader.tui.link_places import at_cell, begun, place_of, stretches
from reader.tui.reading import Blocks
from tests.fakes.library import FakeLibrary, library_of, small
from tests.tui.conftest import Seat, Sit, calm

REPORT, ANNEX = "https://example.org/report?id=1", "https://data.example/annex"
LINKS = f"""
See [the report]({REPORT}&utm_source=feed) and [its annex]({ANNEX}).

A [script](javascript:alert(1)) and [mail](mailto:a@example.org).

{"Plain words of the article. " * 400}

[The report]({REPORT}&utm_source=feed) again.
"""
NEXT, BACK = "right_square_bracket", "left_square_bracket"


def under_cursor(seat: Seat) -> str:
    """What is drawn as the link under the cursor."""
    accent = seat.main.article.look.span("link link-here")

    def parts() -> Iterator[str]:
        for strip in seat.app.screen._compositor.render_strips():
            for segment in strip:
                style = segment.style
                if style is not None and style.reverse and style.color == accent.color:
                    yield segment.text.strip()

    return " ".join(parts())


def line(*texts: tuple[str, int], block: int = 0) -> Line:
    return Line(tuple(Span(SafeText(text), "", number) for text, number in texts), block)


# --- where links stand


def test_a_link_that_is_wrapped_begins_once() -> None:
    first = line(("a ", -1), ("b", 0), (" ", 0), ("c", 1), ("d", 0))
    second = line(("e", 1), ("f", 2))
    other = line(("g", 2), (" ", 3), block=1)
    assert begun(first, None) == [0, 1]
    assert begun(second, first) == [2]
    assert begun(other, second) == [2]
    assert begun(line(("x", -1)), other) == []
    lines = [first, second, other]
    assert stretches(lines, (0, 0)) == {0: [(2, 3), (5, 6)]}
    assert stretches(lines, (0, 1)) == {0: [(4, 5)], 1: [(0, 1)]}
    assert stretches(lines, (1, 2)) == {1: [(1, 2)]}
    assert stretches([line(("a link \u3000", 0))], (0, 0)) == {0: [(0, 6)]}


def test_the_link_at_a_cell() -> None:
    drawn = line(("日本 ", -1), ("ab", 4), ("字", 5))
    assert [at_cell(drawn, cell) for cell in (-1, 0, 4, 5, 6, 7, 8, 9)] == [
        *(-1, -1, -1, 4, 4, 5, 5, -1),
    ]
    linked = [(0, 1), (3, 2), (3, 1), (200, 2)]
    assert place_of(linked, 3, 1) == 2
    assert place_of(linked, 2, 1) == 0
    assert place_of(linked, 5, 2) == 1
    assert place_of(linked, 199, 2) == -1
    assert place_of(linked, 0, 2) == -1


# --- moving


async def test_brackets_go_from_link_to_link(sit: Sit) -> None:
    async with sit(library_of(LINKS)) as seat:
        await seat.press(NEXT)
        assert seat.pane == "article"
        assert under_cursor(seat) == "the report"
        assert REPORT in seat.status
        assert "utm_source" not in seat.status
        assert "Enter opens" in seat.status
        await seat.press(NEXT)
        assert under_cursor(seat) == "its annex"
        await seat.press(NEXT, NEXT)
        assert under_cursor(seat) == "mail"
        await seat.press(BACK)
        assert under_cursor(seat) == "script"
        assert "javascript:alert(1)" in seat.status
        await seat.press(BACK, BACK, BACK)
        assert under_cursor(seat) == "the report"
        assert "No link further up" in seat.status


async def test_a_link_out_of_sight_is_scrolled_to(sit: Sit) -> None:
    async with sit(library_of(LINKS)) as seat:
        view = seat.main.article
        await seat.press(*[NEXT] * 5)
        assert under_cursor(seat) == "The report"
        assert view.top > view.size.height
        assert REPORT in seat.status
        await seat.press(NEXT)
        assert "No link further down" in seat.status
        assert under_cursor(seat) == "The report"
        await seat.press(BACK)
        assert under_cursor(seat) == "mail"


async def test_a_cursor_out_of_sight_is_gone(sit: Sit, opened: list[str]) -> None:
    async with sit(library_of(LINKS)) as seat:
        await seat.press(NEXT, "space")
        assert under_cursor(seat) == ""
        assert "All articles" in seat.status
        await seat.press("enter")
        assert not opened
        assert "No links on the screen" in seat.status
        await seat.press("b")
        assert under_cursor(seat) == ""
        await seat.press("space", BACK)
        assert under_cursor(seat) == "mail"


async def test_the_cursor_stays_while_lines_are_scrolled(sit: Sit) -> None:
    async with sit(library_of(LINKS)) as seat:
        await seat.press(NEXT, "j", "j")
        assert under_cursor(seat) == "the report"
        assert REPORT in seat.status


async def test_nothing_but_two_lines_is_painted_for_a_step(
    sit: Sit, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with sit(library_of(LINKS)) as seat:
        await seat.press(NEXT, NEXT)
        drawn: list[int] = []
        plain = seat.main.article.render_line

        def counted(y: int) -> object:
            drawn.append(y)
            return plain(y)

        monkeypatch.setattr(seat.main.article, "render_line", counted)
        await seat.press(NEXT)
        assert under_cursor(seat) == "script"
        assert len(set(drawn)) == 2


async def test_articles_without_links_and_no_article(sit: Sit) -> None:
    async with sit(library_of("None.")) as seat:
        await seat.press(NEXT)
        assert "This article has no links" in seat.status
        await seat.press("1", "enter")
        assert "This article has no links" in seat.status
    async with sit(small(articles=0)) as seat:
        for key in (NEXT, BACK):
            await seat.press("f24", key)
            assert "No article is open" in seat.status


# --- what is done with it


async def test_enter_goes_to_the_first_link_and_then_opens(sit: Sit, opened: list[str]) -> None:
    async with sit(library_of(LINKS)) as seat:
        await seat.press("enter")
        assert seat.pane == "article"
        assert not opened
        await seat.press("enter")
        assert under_cursor(seat) == "the report"
        assert not opened
        await seat.press("enter")
        assert opened == [REPORT]
        assert "Opened in the browser" in seat.status
        await seat.press(NEXT, NEXT, "enter")
        assert "Not opened: javascript:alert(1)" in seat.status
        await seat.press(NEXT, "enter")
        assert opened == [REPORT, "mailto:a@example.org"]


async def test_a_click_goes_to_a_link_and_another_one_opens_it(sit: Sit, opened: list[str]) -> None:
    async with sit(library_of(LINKS)) as seat:

        async def click(words: str) -> None:
            rows = [y for y, text in enumerate(seat.lines) if words in text]
            await seat.pilot.click(offset=(seat.lines[rows[0]].index(words) + 2, rows[0]))
            await calm(seat.app)

        await click("its annex")
        assert seat.pane == "article"
        assert under_cursor(seat) == "its annex"
        assert not opened
        await click("See")
        assert under_cursor(seat) == "its annex"
        await click("its annex")
        assert opened == [ANNEX]
        await click("script")
        assert under_cursor(seat) == "script"
        await click("Plain")
        assert opened == [ANNEX]


async def test_over_ssh_the_link_under_the_cursor_is_copied(
    sit: Sit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSH_CONNECTION", "10.0.0.1 1 10.0.0.2 22")
    monkeypatch.setattr(sys, "platform", "linux")
    async with sit(library_of(LINKS)) as seat:
        await seat.press(NEXT, NEXT, "enter")
        assert seat.app.clipboard == ANNEX
        assert "No browser over SSH: the link is copied instead" in seat.status


async def test_y_copies_the_link_under_the_cursor_and_else_the_articles(sit: Sit) -> None:
    library = library_of(LINKS)
    async with sit(library) as seat:
        await seat.press(NEXT, "y")
        assert seat.app.clipboard == REPORT
        assert f"Link copied: {REPORT}" in seat.status
        assert under_cursor(seat) == "the report"
        await seat.press("escape", "y")
        assert seat.app.clipboard == library.entries[1].article.link


# --- where it ends


@pytest.mark.parametrize("key", ["escape", "q"])
async def test_a_step_back_takes_the_cursor_off_and_no_more(sit: Sit, key: str) -> None:
    async with sit(library_of(LINKS)) as seat:
        await seat.press("z", NEXT, key)
        assert under_cursor(seat) == ""
        assert seat.main.zen
        assert "All articles" in seat.status
        await seat.press(key)
        assert not seat.main.zen


async def test_another_article_and_another_pane_end_it(sit: Sit) -> None:
    library = library_of(LINKS)
    library.add_article(1, "Two", body=LINKS)
    async with sit(library) as seat:
        await seat.press(NEXT)
        assert under_cursor(seat) == "the report"
        before = seat.shown
        await seat.press("J")
        assert seat.shown != before
        assert under_cursor(seat) == ""
        await seat.press(NEXT, "h")
        assert seat.pane != "article"
        assert under_cursor(seat) == ""
        assert "https://" not in seat.status


async def test_it_stays_on_its_link_in_lines_of_another_width(sit: Sit) -> None:
    body = f"{'Words before it. ' * 30}[a link]({ANNEX}) and on.\n\n[other]({REPORT})"
    async with sit(library_of(body)) as seat:
        await seat.press(NEXT)
        assert under_cursor(seat) == "a link"
        await seat.press(*["less_than_sign"] * 4)
        assert under_cursor(seat) == "a link"
        assert seat.main.article.cells < 80
        await seat.press(NEXT)
        assert under_cursor(seat) == "other"


async def test_it_stays_where_the_article_is_read_again_and_goes_with_its_link(sit: Sit) -> None:
    library = library_of(LINKS)
    async with sit(library) as seat:
        await seat.press(NEXT, NEXT)
        await seat.happens(ArticlesStored(source_id=1, feed_ids=(1,), changed=(1,)))
        assert under_cursor(seat) == "its annex"
        with_other(library, "[Other words](https://example.org/other)")
        await seat.happens(ArticlesStored(source_id=1, feed_ids=(1,), changed=(1,)))
        assert "Other words" in seat.text
        assert under_cursor(seat) == ""
        assert "https://" not in seat.status


def with_other(library: FakeLibrary, body: str) -> None:
    """Another text for the article of the library."""
    entry = library.entries[1]
    entry.article = replace(entry.article, body=body)


async def test_letters_and_hits_go_with_the_cursor(sit: Sit) -> None:
    async with sit(library_of(LINKS)) as seat:
        await seat.press("slash", *"annex", "enter", NEXT, NEXT)
        assert under_cursor(seat) == "its annex"
        await seat.press("f")
        assert "See ahe report and sts annex." in seat.text
        await seat.press("escape")
        assert under_cursor(seat) == ""
        assert "See the report and its annex." in seat.text


async def test_what_changed_in_an_article_has_links_to_see_and_none_to_follow(sit: Sit) -> None:
    library = library_of(LINKS)
    async with sit(library) as seat:
        reading = seat.main.article.reading
        assert reading is not None
        blocks = reading.document.blocks()
        body = Blocks([block for block in blocks if isinstance(block, Paragraph)])
        seat.main.article.show_instead("changes", reading.stored, body)
        await calm(seat.app)
        assert "See the report and its annex." in seat.text
        await seat.press(NEXT)
        assert "This article has no links" in seat.status


# --- what is wider than the pane


WIDE = "A line.\n\n```\nfirst = 1\n{}\n```\n\n```\n{}\n```\n"


async def sideways(seat: Seat, *keys: str) -> Sequence[str]:
    """The lines of the article pane after some keys."""
    await seat.press(*keys)
    return [text.partition("│")[2][2:].rstrip() for text in seat.lines]


async def test_wide_code_scrolls_sideways_as_a_block(sit: Sit) -> None:
    wide = "".join(f"{number:03}." for number in range(60))
    async with sit(library_of(WIDE.format(wide, "short")), size=(80, 24)) as seat:
        lines = await sideways(seat, "enter")
        assert any(text.startswith("000.001.") and text.endswith("›") for text in lines)
        lines = await sideways(seat, "right_parenthesis")
        assert any(text.startswith("‹") and "010." in text for text in lines)
        assert "first = 1" not in lines
        assert "short" in lines
        assert "A line." in lines
        lines = await sideways(seat, *["right_parenthesis"] * 9)
        assert any(text.startswith("‹") and text.endswith("058.059.") for text in lines)
        assert "Nothing here goes on at the right" in seat.status
        lines = await sideways(seat, *["left_parenthesis"] * 9)
        assert any(text.startswith("000.001.") for text in lines)
        assert "first = 1" in lines
        assert "Nothing here goes on at the left" in seat.status


async def test_wide_characters_are_cut_between_cells(sit: Sit) -> None:
    wide = "日本語の長い行。" * 20
    async with sit(library_of(WIDE.format(wide, "short")), size=(80, 24)) as seat:
        for _ in range(4):
            lines = await sideways(seat, "right_parenthesis")
            assert any(text.startswith("‹") and "日本" in text for text in lines)


async def test_a_hit_far_to_the_right_is_brought_in_sight(sit: Sit) -> None:
    wide = "".join(f"{number:03}." for number in range(60))
    async with sit(library_of(WIDE.format(wide, "short")), size=(80, 24)) as seat:
        await seat.press("enter", "slash", *"055", "enter")
        assert "055." in seat.text
        await seat.press("escape", "slash", *"001", "enter")
        assert "000.001." in seat.text


async def test_no_article_to_scroll(sit: Sit) -> None:
    async with sit(small(articles=0)) as seat:
        await seat.press("right_parenthesis")
        assert "No article is open" in seat.status


async def test_the_mouse_takes_the_keys_away_from_the_cursor(sit: Sit) -> None:
    async with sit(library_of(LINKS)) as seat:
        await seat.press(NEXT)
        seat.main.set_focus(seat.main.feeds)
        await calm(seat.app)
        assert under_cursor(seat) == ""
        seat.app.post_message(events.Key("y", "y"))
        await calm(seat.app)
        assert seat.app.clipboard != REPORT
