"""What a publisher wrote, sign for sign, in the place of the article."""

import pytest
from rich.cells import cell_len

from reader.model.original import Original
from tests.fakes.library import library_of, small
from tests.hostile import vectors
from tests.tui.conftest import Seat, Sit
from tests.tui.test_safety import CONTROLS

PAGE = '<h2 class="x">Boats</h2>\n<p>They came <b>back</b>.\x1b]0;owned\x07 \u202eevil</p>\n'


async def test_the_key_goes_from_source_to_document_to_article(sit: Sit) -> None:
    library = library_of(PAGE, kind="html")
    head = "---\ntitle: One\n---\n"
    library.originals[1] = Original(head=head, body=PAGE, syntax="yaml", path="/news/one.html")
    async with sit(library) as seat:
        await seat.press("backslash")
        assert '<h2 class="x">Boats</h2>' in seat.text
        assert "‹U+001B›]0;owned‹U+0007› ‹U+202E›evil" in seat.text
        assert "Source, HTML" in seat.status
        await seat.press("backslash")
        assert "title: One" in seat.text
        assert "<b>back</b>" in seat.text
        assert "/news/one.html" in seat.status
        await seat.press("backslash")
        assert "They came back." in seat.text
        assert "<b>" not in seat.text


async def test_the_place_is_kept_and_not_mistaken_for_another(sit: Sit) -> None:
    body = "".join(f"<p>Paragraph {number}.</p>\n" for number in range(200))
    library = library_of(body, kind="html")
    async with sit(library) as seat:
        await seat.press("enter", "pagedown", "pagedown")
        top, position = seat.main.article.top, library.entries[1].position
        assert top
        await seat.press("backslash")
        assert seat.main.article.top == 0
        await seat.press("pagedown", "pagedown", "pagedown", "backslash", "pagedown")
        await seat.press("backslash")
        assert seat.main.article.top == top
        assert library.entries[1].position == position
        await seat.press("backslash", "G")
        await seat.pilot.resize_terminal(80, 24)
        await seat.press("backslash", "backslash")
        assert "Paragraph 2" in seat.text
        assert library.entries[1].position == position


async def test_what_changed_leaves_the_place_as_well(sit: Sit) -> None:
    body = "".join(f"<p>Paragraph {number}.</p>\n" for number in range(200))
    library = library_of(body, kind="html")
    async with sit(library) as seat:
        await seat.press("enter", "G", "backslash", "d", "backslash", "backslash")
        assert seat.main.article.at_end
        assert library.entries[1].position == 1.0


async def test_the_source_of_the_page_is_shown_where_the_page_is(sit: Sit) -> None:
    from tests.tui.test_article_texts import page

    library = library_of("<p>Only this.</p>", kind="html")
    page(library, "<p>All <i>of</i> the words.</p>")
    async with sit(library) as seat:
        await seat.press("x", "backslash")
        assert "<i>of</i>" in seat.text
        await seat.press("backslash", "backslash")
        assert "All of the words." in seat.text
        assert seat.main.article.instead == "page"
        await seat.press("x")
        assert "Only this." in seat.text


async def test_what_is_told_of_a_source_goes_with_it(sit: Sit) -> None:
    library = library_of(PAGE, kind="html")
    library.add_article(1, "Two", body="Second.")
    async with sit(library) as seat:
        await seat.press("backslash")
        assert "Source, HTML" in seat.status
        await seat.press("j")
        assert "Second." in seat.text
        assert "Source" not in seat.status
        await seat.press("backslash")
        assert "Source, Markdown" in seat.status
        await seat.press("backslash", "backslash")
        assert "What the feed gave" not in seat.status


async def test_find_works_in_the_source(sit: Sit) -> None:
    async with sit(library_of(PAGE, kind="html")) as seat:
        await seat.press("backslash", "enter", "slash", *"class", "enter")
        assert "1 of 1" in seat.status


@pytest.mark.parametrize("key", ["backslash"])
async def test_without_an_article_it_says_so(sit: Sit, key: str) -> None:
    async with sit(small(articles=0)) as seat:
        await seat.press(key)
        assert "No article is open" in seat.status


async def test_a_document_that_is_gone_is_said(sit: Sit) -> None:
    library = library_of(PAGE, kind="html")
    library.gone.add(1)
    async with sit(library) as seat:
        await seat.press("backslash", "backslash")
        assert "It is gone." in seat.status
        assert "<b>" not in seat.text


@pytest.mark.parametrize("key", ["q", "escape"])
async def test_one_step_back_from_a_source_is_the_article(sit: Sit, key: str) -> None:
    async with sit(library_of(PAGE, kind="html")) as seat:
        await seat.press("enter", "z", "backslash", "backslash", key)
        assert "They came back." in seat.text
        assert seat.main.zen
        await seat.press(key)
        assert not seat.main.zen


async def test_what_stands_in_the_place_of_an_article_is_safe_whatever_it_holds(
    sit: Sit,
) -> None:
    """Source, document, versions and what a program says, of everything hostile at once."""
    found = vectors.made()
    body = "\n".join(f"<p title='{text}'>{text}</p>" for text in found)
    library = library_of(body, kind="html")
    library.originals[1] = Original(
        head=f"---\ntitle: {found[0]}\n---\n",
        body=body,
        syntax="yaml",
        path=f"/news/{found[3]}\x1b[2J.html",
        problems=tuple(found[:9]),
    )
    async with sit(library) as seat:
        await seat.press("enter", "z", "backslash")
        for _ in range(2):
            while not seat.main.article.at_end:
                assert_drawn_safely(seat)
                await seat.press("pagedown")
            assert_drawn_safely(seat)
            await seat.press("backslash")
        assert seat.main.article.instead == ""
        await seat.press("vertical_line", *"cat", "enter")
        assert seat.app.screen.name == "pager"
        for _ in range(30):
            assert_drawn_safely(seat)
            await seat.press("space")


def assert_drawn_safely(seat: Seat) -> None:
    for line in seat.lines:
        assert not CONTROLS.search(line)
        assert cell_len(line) == 120
