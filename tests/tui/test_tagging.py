"""The line of tags: what it means, and that all of it is one undo."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.library import Library
from reader.model.scope import Scope
from reader.text.terminal import clean_line
from reader.tui.screens.tagging import edits, quoted
from tests.fakes.library import NOW
from tests.tui.test_triage import Open, library, seated

__all__ = ["library", "seated"]


@pytest.mark.parametrize(
    ("text", "own", "add", "remove"),
    [
        ("a, b, -c", [], ["a", "b"], ["c"]),
        ("+a +b -c", [], ["a", "b"], ["c"]),
        ("mine, ", ["mine"], [], []),
        ("", ["mine"], [], ["mine"]),
        ("mine, -mine", ["mine"], [], ["mine"]),
        ("Mine, MINE", ["mine"], [], []),
        ('"Smith, John", -"Doe, Jane"', [], ["Smith, John"], ["Doe, Jane"]),
        ('"Smith, John', [], ['"Smith', "John"], []),
        ("to read -later", [], ["to read"], ["later"]),
        ("Sci-Fi - news", [], ["Sci-Fi - news"], []),
        (" , ,-, +, -", [], [], []),
        ("a\x1b[31mb\x00c\u202e, 🗞️", [], ["abc", "🗞️"], []),
    ],
)
def test_a_line_of_tags(text: str, own: list[str], add: list[str], remove: list[str]) -> None:
    assert edits(text, own) == (add, remove)


@given(st.lists(st.text(st.characters(exclude_characters='"'), min_size=1), max_size=5))
def test_what_stands_in_the_line_changes_nothing(given_names: list[str]) -> None:
    names = [str(name) for name in dict.fromkeys(map(clean_line, given_names)) if name]
    add, remove = edits("".join(f"{quoted(name)}, " for name in names), names)
    assert (add, remove) == ([], [])


async def test_several_tags_are_one_undo(seated: Open) -> None:
    async with seated() as seat:
        await seat.press("asterisk", "t", *"+a +b -weather", "enter")
        assert "Tagged 5 articles: +a, +b, -weather · u undoes" in seat.status
        assert {row.name for row in seat.main.tags.rows} == {"a", "b", "politics"}
        await seat.press("u")
        assert "Undone: 5 articles tagged a, b, untagged weather" in seat.status
        assert {row.name for row in seat.main.tags.rows} == {"politics", "weather"}
        await seat.press("U")
        assert {row.name for row in seat.main.tags.rows} == {"a", "b", "politics"}


async def test_what_another_session_took_back_is_said_to_be(seated: Open) -> None:
    async with seated() as seat:
        await seat.press("s", "j", "s")
        path = seat.main.library.store.path
        other = Library.open(path, clock=lambda: NOW, derived_tags=False)
        other.undo()
        other.close()
        await seat.press("u")
        assert "Taken back already, by another session: 1 article starred" in seat.status
        await seat.press("u")
        assert "Undone: 1 article starred" in seat.status
        await seat.press("u")
        assert "Nothing to undo" in seat.status


async def test_hostile_tags_are_drawn_as_text(seated: Open) -> None:
    async with seated(size=(80, 24)) as seat:
        seat.main.go_to("tags")
        library = seat.main.library
        ids = list(library.list_ids(Scope()))
        names = ["a,b", "x\x1b]0;owned\x07y", "👩‍👩‍👧 family", "long " * 100, "שלום", "-minus"]
        for name in names:
            library.tag(ids, name, add=True)
        seat.main.count_soon()
        await seat.pilot.pause()
        await seat.press("g")
        assert "owned" not in seat.text
        assert "\x1b" not in seat.text
        assert all(len(line) <= 80 for line in seat.lines)
        seat.main.go_to("headlines")
        await seat.press("t")
        await seat.press("enter")
        assert "No tag changed" in seat.status
        await seat.press("t", "ctrl+u", "enter")
        assert {row.name for row in seat.main.tags.rows if row.articles == 5} == set()
