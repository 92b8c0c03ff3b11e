"""Hits are marked where the matcher finds them."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.query.highlight import hits, snippet, wanted
from reader.query.parse import parse
from reader.query.regex import searcher
from reader.query.tree import Regex, Text
from reader.text.words import Phrase, found, haystack
from tests.query.strategies import PATTERNS, lines, phrases


def marked(query: str, text: str) -> str:
    out, at = [], 0
    for start, end in hits(wanted(parse(query).tree), text):
        out += [text[at:start], "[", text[start:end], "]"]
        at = end
    return "".join([*out, text[at:]])


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("cafe", "Un [CAFÉ] noir, un café-crème du 東京都".replace("café", "[café]")),
        ('"cafe creme"', "Un CAFÉ noir, un [café-crème] du 東京都"),
        ("cr*", "Un CAFÉ noir, un café-[crème] du 東京都"),
        ("noir OR 京都", "Un CAFÉ [noir], un café-crème du 東[京都]"),
        ("cafe -noir", "Un [CAFÉ] noir, un [café]-crème du 東京都"),
        ('cafe "cafe creme"', "Un [CAFÉ] noir, un [café-crème] du 東京都"),
        ("title:noir is:read", "Un CAFÉ [noir], un café-crème du 東京都"),
        ("nothing", "Un CAFÉ noir, un café-crème du 東京都"),
        ("/c.f. /", "Un [CAFÉ ]noir, un café-crème du 東京都"),
        ("/京.|no/ noir", "Un CAFÉ [noir], un café-crème du 東[京都]"),
        ("/x*/", "Un CAFÉ noir, un café-crème du 東京都"),
        ("-/noir/ title:/^un/", "[Un] CAFÉ noir, un café-crème du 東京都"),
    ],
)
def test_marks(query: str, expected: str) -> None:
    assert marked(query, "Un CAFÉ noir, un café-crème du 東京都") == expected


@given(phrase=phrases, text=lines)
def test_there_is_a_hit_where_the_matcher_finds_one(phrase: Phrase, text: str) -> None:
    places = hits([phrase], text)
    assert bool(places) == found(phrase, haystack(text))
    assert all(0 <= start < end <= len(text) for start, end in places)
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(places))


def test_a_snippet_is_about_the_first_hit() -> None:
    text = "word " * 100 + "the oval office is here\n\tand " + "more " * 100
    cut = snippet(wanted(parse('"oval office"').tree), text, length=60)
    assert cut is not None
    assert cut.text.startswith("…")
    assert cut.text.endswith("…")
    assert "\n" not in cut.text
    assert len(cut.text) <= 62
    assert [cut.text[start:end] for start, end in cut.hits] == ["oval office"]


def test_a_snippet_of_a_short_text_is_the_text() -> None:
    cut = snippet([Phrase(("b",))], "a b c")
    assert cut is not None
    assert (cut.text, cut.hits) == ("a b c", ((2, 3),))


def test_no_snippet_without_a_hit() -> None:
    assert snippet([Phrase(("z",))], "a b c") is None
    assert snippet([], "a b c") is None


@given(phrase=phrases, text=lines)
def test_a_snippet_shows_its_hit(phrase: Phrase, text: str) -> None:
    cut = snippet([phrase], text, length=20)
    assert (cut is None) == (not found(phrase, haystack(text)))
    assert cut is None or cut.hits


@given(phrase=phrases, text=lines, before=st.integers(0, 1100))
def test_a_snippet_of_a_long_text_shows_its_hit(phrase: Phrase, text: str, before: int) -> None:
    whole = f"{'qq ' * 333}{'q' * before} {text} {'qq ' * 400}"[:1500] + f" {text}"
    assert (snippet([phrase], whole) is None) == (not found(phrase, haystack(whole)))


def test_a_long_phrase_on_a_long_text_is_linear() -> None:
    phrase = Phrase(("a",) * 5000)
    assert len(hits([phrase], "a " * 20_000)) == 1000
    assert isinstance(parse("a").tree, Text)


def test_a_snippet_is_about_what_a_regular_expression_finds_first() -> None:
    text = "Ünder " * 100 + "the harbour wall-street plan " + "more " * 100 + "wallstreet"
    cut = snippet(wanted(parse("/wall.?street/ plan").tree, "any"), text, length=40)
    assert cut is not None
    assert [cut.text[start:end] for start, end in cut.hits] == ["wall-street", "plan"]


@given(pattern=st.sampled_from(PATTERNS), text=lines)
def test_a_regular_expression_has_a_hit_where_the_matcher_finds_one(
    pattern: str, text: str
) -> None:
    places = hits([Regex(pattern)], text)
    assert not places or searcher(pattern)(text)
    assert all(text[start:end] and searcher(pattern)(text[start:end]) for start, end in places)
