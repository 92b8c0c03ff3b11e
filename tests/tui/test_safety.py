"""Nothing that a terminal would obey reaches a strip, whatever the content is."""

import re
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.style import Style
from textual.app import App

from reader.model.records import replace
from reader.text.terminal import SafeText
from reader.tui.drawing import columns, fit, strip_of, wrapped
from tests.fakes.library import NOW, FakeLibrary
from tests.tui.conftest import Sit

CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
HOSTILE = (
    "\x1b]52;c;aGk=\x07\x1b[2J\x9b31m\x00\r\n\t[red]markup[/] [@click=app.quit]x[/] \u202egnp.exe"
)

anything = st.text(
    st.characters(exclude_categories=["Cs"]) | st.sampled_from("\x1b\x9b\u202e\n\t👩🏽‍🚀字")
)


@given(st.lists(anything, max_size=4), st.integers(0, 40))
def test_a_strip_is_as_wide_as_asked_and_holds_nothing_to_obey(
    texts: list[str], cells: int
) -> None:
    pieces = [(text, Style(bold=bool(index % 2))) for index, text in enumerate(texts)]
    strip = strip_of(pieces, cells, Style())
    assert sum(cell_len(segment.text) for segment in strip) == cells == strip.cell_length
    assert not CONTROLS.search(strip.text)


@given(anything, anything, st.integers(0, 60))
def test_columns_fill_the_row(left: str, right: str, cells: int) -> None:
    pieces = columns(left, Style(), cells, [(fit(right, min(8, cells)), Style())])
    assert sum(cell_len(text) for text, _ in pieces) == cells


@given(anything, st.integers(2, 40))
def test_wrapped_lines_fit_and_lose_nothing_but_spaces(text: str, cells: int) -> None:
    lines = list(wrapped(text, cells))
    assert all(cell_len(line) <= cells for line in lines)
    kept = "".join("".join(lines).split())
    assert kept == "".join("".join(wrapped(text, 10_000)).split())


async def test_hostile_content_everywhere_is_drawn_as_text(sit: Sit) -> None:
    """The library cleans what it stores; here it is made not to, and the gate holds."""
    library = FakeLibrary()
    feed = library.add_feed("x", category="y", problem="z")
    library.feeds[0].title = library.feeds[0].problem = SafeText(HOSTILE)
    library.category_titles[1] = SafeText(HOSTILE)
    hostile = SafeText(HOSTILE)
    for number in range(3):
        made = library.add_article(feed, "t", body=f"<p>{HOSTILE}</p>" * 20, kind="html")
        entry = library.entries[made]
        entry.article = replace(
            entry.article,
            title=hostile,
            feed=hostile,
            summary=hostile,
            authors=(hostile,),
            tags=(hostile,),
            problems=(hostile,),
            link=f"https://example.org/{HOSTILE}",
            published=NOW - timedelta(days=number),
        )
    async with sit(library) as seat:
        for keys in ((), ("j",), ("enter",), ("z",), ("q", "l", "l", "enter"), ("question_mark",)):
            await seat.press(*keys)
            for line in seat.lines:
                assert not CONTROLS.search(line)
                assert cell_len(line) == 120
        await seat.press("escape")
        assert "[red]markup[/]" in seat.text


async def test_the_whole_stream_to_the_terminal_is_ours(sit: Sit) -> None:
    """What Textual would write for the screen holds no sequence that came with content."""
    library = FakeLibrary()
    feed = library.add_feed("A feed")
    made = library.add_article(feed, "t", body=HOSTILE * 50, kind="text")
    entry = library.entries[made]
    entry.article = replace(entry.article, title=SafeText(HOSTILE * 20))
    async with sit(library, size=(80, 24)) as seat:
        app: App[int] = seat.app
        stream = "".join(
            strip.render(app.console) for strip in app.screen._compositor.render_strips()
        )
        assert set(re.findall(r"\x1b(.)", stream)) == {"["}
        assert set(re.findall(r"\x1b\[[0-9;]*(.)", stream)) == {"m"}
        assert not CONTROLS.search(re.sub(r"\x1b\[[0-9;]*m", "", stream))
