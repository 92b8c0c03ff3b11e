"""The source of an article: nothing hidden, nothing obeyed, nothing lost, at once."""

import re
import time
import unicodedata
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.text.blocks import Paragraph
from reader.text.layout import lay_out
from reader.text.source import PIECE, Source, visible
from tests.text.safety import forbidden

HOSTILE = [
    *(
        "\x1b[2J",
        "\x1b]0;x\x07",
        "\x1bPq",
        "\x9b31m",
        "\x90",
        "\u202e",
        "\u2066",
        "\u200b",
        "\ud800",
    ),
    *(
        "\r",
        "\0",
        "\x7f",
        "<!--",
        "<script>",
        "&",
        "```",
        "---\n",
        "\u0301" * 20,
        "\U000e0041",
        "\ufdd0",
    ),
    *("\ud800", "\U000e0041", "\u2028", "\ufeff", "\ufff9", "\u115f", "\t", "\n"),
]

PAGE = '---\ntitle: "Boats"\n---\n'
UNITS = ["<p>word</p>", "&", "<style>a{", "<!--", "a", "\n", "- ", "\x1b["]


def spans_of(text: str, language: str) -> list[tuple[str, str]]:
    blocks = Source([(text, language)]).blocks()
    return [
        (span.text, span.style)
        for block in blocks
        if isinstance(block, Paragraph)
        for span in block.spans
    ]


def test_what_is_hidden_is_shown_and_what_acts_is_not_obeyed() -> None:
    assert visible("a\x1b[31mb\x00\x9b\u202ec\u200bd") == (
        "a‹U+001B›[31mb‹U+0000›‹U+009B›‹U+202E›c‹U+200B›d"
    )
    assert ("‹U+202E›", "problem") in spans_of('<p title="a\u202eb">', "html")
    assert visible("one\r\ntwo\rthree\tfour") == "one\ntwo\nthree\tfour"
    assert visible("naïve 日本 👩\u200d🚀") == "naïve 日本 👩\u200d🚀"


@pytest.mark.parametrize("language", ["html", "markdown", "yaml", "toml", "json", "", "no such"])
@given(pieces=st.lists(st.one_of(st.text(max_size=40), st.sampled_from(HOSTILE))))
def test_nothing_reaches_the_terminal_that_it_obeys(language: str, pieces: list[str]) -> None:
    text = "".join(part for part, _ in spans_of("".join(pieces), language))
    assert not forbidden(text)


@given(text=st.text(alphabet="<>a b\n\"'=&;#*-", max_size=300))
def test_nothing_is_lost(text: str) -> None:
    for language in ("html", "markdown", "yaml", ""):
        assert "".join(part for part, _ in spans_of(text, language)) == text.removesuffix("\n")


def test_a_page_is_coloured_by_its_tags_and_front_matter_by_its_keys() -> None:
    html = dict(spans_of('<p class="x">Boats</p>', "html"))
    assert html["Boats"] == ""
    assert html["p"] == "tok-nt"
    assert html['"x"'].startswith("tok-s")
    assert ("title", "tok-nt") in spans_of(PAGE, "yaml")
    assert spans_of("plain", "") == [("plain", "")]


def test_indents_and_columns_stay() -> None:
    source = Source([("<ul>\n  <li>a</li>\n\tb", "html")])
    lines = [line.text for line in lay_out(source.blocks(), 40)]
    assert lines == ["<ul>", "  <li>a</li>", "    b"]


def test_lines_wrap_and_a_very_long_one_loses_nothing() -> None:
    text = "<p>word</p>" * 3000
    lines = [line.text for line in lay_out(Source([(text, "html")]).blocks(), 60)]
    assert "".join(lines) == text
    assert max(map(len, lines)) <= 60
    assert len(lines) < len(text) / 40


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("language", ["html", "markdown", "yaml"])
def test_the_first_screen_of_five_megabytes_is_there_at_once(unit: str, language: str) -> None:
    text = unit * (5_000_000 // len(unit))
    next(lay_out(Source([("warm & up", language)]).blocks(), 80))
    before = time.thread_time()
    assert len(list(islice(lay_out(Source([(text, language)]).blocks(), 80), 50))) == 50
    assert time.thread_time() - before < 0.5


def test_colouring_gives_up_on_what_takes_too_long() -> None:
    slow = "\n" * PIECE * 8
    before = time.thread_time()
    assert "".join(part for part, _ in spans_of(slow, "markdown")).strip("\n") == ""
    assert time.thread_time() - before < 2


def test_letters_are_composed_as_everywhere() -> None:
    text = unicodedata.normalize("NFD", "café")
    assert re.fullmatch("café", visible(text))
