"""Hints name the keys that there are."""

from pathlib import Path

import pytest

import reader.tui
from reader.commands import BY_ID, key_name
from reader.config import Config
from reader.keys import effective
from reader.tui.app import NewsreaderApp
from reader.tui.pauses import NONE
from reader.tui.spelling import HINTED, SELECTED, speller
from tests.fakes.library import NOW, small
from tests.tui.conftest import Seat, calm


@pytest.mark.parametrize(
    ("text", "spelled"),
    [
        ("Marked 5 read · u undoes", "Marked 5 read · g u undoes"),
        (" 12 new · . shows them ", " 12 new · Ctrl-R shows them "),
        ("? keys", "F1 keys"),
        (f"3 · {SELECTED}, Esc", "3 · N + Ctrl-E D :Mark list read s act on them, Esc"),
        ("What you undoes · Union", "What you undoes · Union"),
        ("", ""),
    ],
)
def test_hints_are_written_with_the_keys_chosen(text: str, spelled: str) -> None:
    keys, _ = effective(
        {
            "preset": ("newsboat",),
            "history.undo": ("g u",),
            "list.refresh": ("ctrl+r",),
            "app.help": ("f1",),
            "view.zen": ("A",),
        }
    )
    assert speller(keys)(text) == spelled


def test_without_a_choice_hints_stay_as_they_are() -> None:
    spell = speller(effective({})[0])
    for hint in ("5 read · u undoes", "? keys", f"1 selected · {SELECTED}, Esc lets go"):
        assert spell(hint) == hint


def test_every_hint_is_known_to_be_one() -> None:
    """What a message says after a point, and the keys in it."""
    said = "".join(path.read_text() for path in Path(reader.tui.__file__).parent.rglob("*.py"))
    assert SELECTED in said
    for one in HINTED:
        assert f"· {key_name(BY_ID[one].keys[0])} " in said, one


async def test_the_last_line_names_them() -> None:
    keys = {"history.undo": ("Z",), "app.help": ("f1",)}
    library = small()
    app = NewsreaderApp(library, Config(keys=keys), clock=lambda: NOW, waits=NONE)
    async with app.run_test(size=(80, 24)) as pilot:
        await calm(app)
        seat = Seat(app, pilot, library)
        assert "F1 keys" in seat.status
        await seat.press("A")
        assert "· Z undoes" in seat.status
        await seat.press("Z")
        assert "Undone" in seat.status
