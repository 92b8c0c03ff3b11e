"""What a query asks while its last word is being typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.query.match import Facts, matches
from reader.query.parse import parse
from reader.query.unfinished import unfinished
from tests.query.strategies import NOW


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("trum", "trum*"),
        ("nato tru", "nato tru*"),
        ("tru ", "tru "),
        ("tr", "tr"),
        ("nato t", "nato "),
        ("t", ""),
        ("title:tru", "title:tru*"),
        ("title:t", "title:t"),
        ("tag:ec", "tag:ec*"),
        ("#ec", "#ec*"),
        ("#", "#"),
        ("feed:guar", "feed:guar*"),
        ('feed:"the gu', 'feed:"the gu"*'),
        ('"oval off', '"oval off"*'),
        ('"oval office"', '"oval office"'),
        ('"oval ', '"oval '),
        ("-foot", "-foot"),
        ("nato -foot", "nato -foot"),
        ("econ*", "econ*"),
        ("ec*on", "ec*on"),
        ("/wall ?str", "/wall ?str"),
        ("/wall/", "/wall/"),
        ("is:unr", "is:unr"),
        ("nato OR", "nato OR"),
        ("(nato OR nav", "(nato OR nav*"),
        ("u.s.", "u.s."),
        ("東京", "東京"),
        ("Зел", "Зел*"),
        ("https://example.org/a", "https://example.org/a"),
        ("", ""),
    ],
)
def test_the_last_word_may_go_on(typed: str, asked: str) -> None:
    assert unfinished(typed) == asked


@given(st.text(max_size=40), st.text(alphabet='atr "*-/:#()', max_size=20))
def test_no_text_is_made_a_mistake(text: str, end: str) -> None:
    typed = text + end
    mistakes = {one.message for one in parse(typed).mistakes}
    asked = parse(unfinished(typed))
    assert {one.message for one in asked.mistakes} <= mistakes | {"nothing to look for"}


@pytest.mark.parametrize(
    ("query", "start"),
    [("trump tariffs", 0), ("title:economy", 6), ('"oval office', 1), ("#ec", 1)],
)
def test_what_the_whole_query_finds_is_found_from_the_third_letter(query: str, start: int) -> None:
    article = Facts(
        published=NOW,
        title="Trump, tariffs and the economy",
        text="In the Oval Office",
        tags=("economy",),
    )
    for end in range(start + 1, len(query) + 1):
        asked = query[:end]
        if len(asked[start:].split()[-1]) > 2:
            assert matches(parse(unfinished(asked)).tree, article, NOW), asked
