"""Stubs, and what looks like one and is none."""

import pytest

from reader.text.stub import is_stub

LONG = "Many words of a story that goes on for a while and then some more. " * 8


@pytest.mark.parametrize(
    "end",
    [
        "and then the boats…",
        "and then the boats ...",
        "and then the boats [...]",
        "and then the boats [&hellip;]".replace("&hellip;", "…"),
        "Read more",
        "Continue reading",
        "Continue reading The boats came back →",
        "Lees verder op de site van de krant",
        "Weiterlesen…",
        "Lire la suite",
        "続きを読む",
        "and so on…\nThe post The boats appeared first on The Paper.",
    ],
)
def test_a_text_that_breaks_off_is_a_stub(end: str) -> None:
    assert is_stub(f"{LONG}\n{end}", title="The boats")


def test_a_text_with_an_end_is_none() -> None:
    assert not is_stub(LONG, title="The boats")
    assert not is_stub(f"{LONG}\nThe post The boats appeared first on The Paper.")


def test_a_long_text_is_none_however_it_ends() -> None:
    assert not is_stub(LONG * 8 + "and that was that…")


def test_a_short_text_is_a_stub() -> None:
    assert is_stub("Comments", title="Show HN: Boats")
    assert is_stub("", title="The boats came back")
    assert is_stub("The fleet is back in the harbour, earlier than expected.", title="Boats return")


@pytest.mark.parametrize("title", ["Saw the boats come back this", "Saw the boats come back…"])
def test_a_note_without_a_title_of_its_own_is_none(title: str) -> None:
    assert not is_stub("Saw the boats come back this morning. What a sight!", title=title)


def test_scripts_without_spaces_are_counted() -> None:
    assert is_stub("船が戻ってきた。", title="港")
    assert not is_stub("船が戻ってきた。" * 20, title="港")
