"""Wide lines that are moved sideways stay in their columns and inside the pane."""

from hypothesis import given
from hypothesis import strategies as st

from reader.text.blocks import Line, Span
from reader.text.terminal import SafeText
from reader.text.width import width
from reader.tui.widgets.sideways import Sideways

texts = st.lists(st.text(st.sampled_from("ab 日é👩"), max_size=20), max_size=6)


@given(texts, st.integers(2, 30), st.lists(st.integers(-20, 20), max_size=4))
def test_a_line_fits_wherever_it_was_moved(parts: list[str], room: int, steps: list[int]) -> None:
    line = Line(tuple(Span(SafeText(part), "code") for part in parts), 3, wide=True)
    sideways = Sideways()
    for step in steps:
        sideways.move([line], step, room)
    shown = sideways.shown(line, room)
    assert width(shown.text) <= room
    assert shown.text.strip("‹› ") in line.text


@given(st.integers(1, 40), st.integers(0, 80))
def test_a_character_that_is_looked_for_is_in_sight(room: int, start: int) -> None:
    text = "".join(chr(0x4E00 + number) for number in range(81))
    line = Line((Span(SafeText(text)),), 1, wide=True)
    room += 8
    sideways = Sideways()
    sideways.reveal(line, start, start + 1, room)
    assert text[start] in sideways.shown(line, room).text
    sideways.reveal(line, 0, 1, room)
    assert text[0] in sideways.shown(line, room).text


def test_columns_stay_below_each_other_and_other_blocks_where_they_are() -> None:
    lines = [
        Line((Span(SafeText(text)),), block, wide=len(text) > 10)
        for text, block in (("0123456789abcdef", 1), ("      6789", 1), ("0123", 2))
    ]
    sideways = Sideways()
    assert sideways.move(lines, 4, 10)
    assert [sideways.shown(line, 10).text for line in lines] == ["‹56789abc›", "  6789", "0123"]
    assert sideways.move(lines, 4, 10)
    assert [sideways.shown(line, 10).text for line in lines] == ["‹789abcdef", "6789", "0123"]
    assert not sideways.move(lines, 4, 10)
    assert sideways.move(lines, -9, 10)
    assert not sideways.move(lines, -9, 10)
    assert sideways.shown(lines[0], 10).text == "012345678›"
