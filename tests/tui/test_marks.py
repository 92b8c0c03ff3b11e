"""Marks on lines: nothing is lost or moved, and nothing a terminal obeys comes in with them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.text.blocks import Line, Span
from reader.text.terminal import SafeText
from reader.text.width import width
from reader.tui.widgets.hints import hint_marks, labels, links_in
from reader.tui.widgets.marks import Mark, marked
from tests.fakes.library import small
from tests.tui.conftest import Sit

CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
HOSTILE = "\x1b]52;c;aGk=\x07\x1b[2J\x9b31m\x00[red]markup[/]\u202egnp.exe"
texts = st.lists(st.sampled_from(["a", "b", " ", "字", "é", "👩‍🚀"]), max_size=8).map("".join)
lines = st.lists(st.tuples(texts, st.integers(-1, 3)), max_size=5).map(
    lambda runs: Line(tuple(Span(SafeText(text), "strong", link) for text, link in runs))
)


@given(lines, st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=4))
def test_marks_change_no_text(line: Line, places: list[tuple[int, int]]) -> None:
    marks = [Mark(start, max(start, end), "hit") for start, end in sorted(places)]
    assert marked(line, marks).text == line.text


@given(st.lists(lines, max_size=3))
def test_labels_leave_the_text_after_them_where_it_is(given_lines: list[Line]) -> None:
    links = links_in(given_lines)
    assert len({number for number, _, _ in links}) == len(links)
    marks = hint_marks(links, labels(len(links)), typed="", top=0)
    for index, line in enumerate(given_lines):
        drawn = marked(line, marks.get(index, []))
        assert drawn.text.count("\n") == 0
        labelled = sum(span.style == "hint" for span in drawn.spans)
        assert labelled == len(marks.get(index, []))
        assert width(drawn.text) >= width(line.text)


def test_a_label_covers_wide_characters_whole() -> None:
    line = Line((Span(SafeText("字字x"), "", 0),))
    assert marked(line, [Mark(0, 0, "hint", "a")]).text == "a 字x"
    assert marked(line, [Mark(0, 0, "hint", "abc")]).text == "abc x"
    assert marked(line, [Mark(2, 2, "hint", "ab")]).text == "字字ab"


@pytest.mark.parametrize("keys", [("f",), ("L",), ("c",), ("slash", "e"), ("d",), ("x",), ("S",)])
async def test_hostile_links_and_headings_are_drawn_as_text(
    sit: Sit, keys: tuple[str, ...]
) -> None:
    library = small(articles=0)
    body = (
        f"<h2>{HOSTILE}</h2><p><a href='https://e.org/{HOSTILE}'>{HOSTILE}</a> e"
        f" <a href='javascript:{HOSTILE}'>b{HOSTILE}</a></p>"
    ) * 3
    library.add_article(1, "One", body=body, kind="html")
    async with sit(library) as seat:
        await seat.press("enter")
        for key in keys:
            await seat.press(key)
            assert not any(CONTROLS.search(line) for line in seat.lines)
