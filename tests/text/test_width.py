"""Widths agree with Rich, characters with UAX #29, and nothing is ever wider than asked."""

import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from reader.text.terminal import SafeText, clean
from reader.text.width import _NARROW, _WIDE, graphemes, steady, truncate, width

TEXTS = st.text(
    st.one_of(
        st.characters(exclude_categories=["Cs"]),
        st.sampled_from("aé漢字👨\u200d👩❤\ufe0f🏽🇳🇱क\u094dष한\u1100\u1161\u11a8e\u0301\u0e33ﾊ"),
    ),
    max_size=40,
)


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("plain", 5),
        ("café", 4),
        ("東京", 4),
        ("ﾊﾝｶｸ", 4),
        ("e\u0301", 1),
        ("👍🏽", 2),
        ("👨\u200d👩\u200d👧\u200d👦", 2),
        ("🇳🇱", 2),
        ("❤\ufe0f", 2),
        ("한글", 4),
    ],
)
def test_width(text: str, cells: int) -> None:
    assert width(text) == cells


@given(TEXTS)
def test_width_is_what_the_screen_is_laid_out_by(text: str) -> None:
    safe = clean(text).replace("\n", "").replace("\t", "")
    assert width(safe) == cell_len(safe)


def breaks(line: str) -> list[str]:
    clusters, _, _comment = line.partition("#")
    return [
        "".join(chr(int(code, 16)) for code in cluster.split() if code != "×")
        for cluster in clusters.strip().strip("÷").split("÷")
    ]


@pytest.mark.parametrize("name", ["extract", "whole"])
def test_graphemes_are_those_of_the_standard(name: str, request: pytest.FixtureRequest) -> None:
    if name == "whole":
        path = request.getfixturevalue("corpus") / "hostile/unicode/ucd/GraphemeBreakTest.txt"
    else:
        path = Path(__file__).parents[1] / "data/text/grapheme-breaks.txt"
    cases = [breaks(line) for line in path.read_text("utf-8").splitlines() if line[:1] == "÷"]
    assert cases
    for case in cases:
        assert list(graphemes("".join(case))) == case, ascii(case)


def test_short_cuts_hold_only_characters_of_one_width() -> None:
    for cells, characters in ((1, _NARROW), (2, _WIDE)):
        found = re.compile(f"[{characters}]")
        members = [char for char in map(chr, range(0x10000)) if found.match(char)]
        assert {cell_len(char) for char in members} == {cells}


@given(TEXTS)
def test_graphemes_joined_are_the_text(text: str) -> None:
    assert "".join(graphemes(text)) == text


@given(TEXTS, st.integers(0, 30))
def test_truncated_text_fits_and_splits_no_character(text: str, cells: int) -> None:
    safe = SafeText(clean(text).replace("\n", " ").replace("\t", " "))
    short = truncate(safe, cells)
    assert width(short) <= cells
    if short != safe and cells:
        assert short.endswith("…")
        kept = list(graphemes(short[:-1]))
        assert kept == list(graphemes(safe))[: len(kept)]
    if width(safe) <= cells:
        assert short == safe


def test_truncation() -> None:
    assert truncate(SafeText("abcdef"), 4) == "abc…"
    assert truncate(SafeText("abcd"), 4) == "abcd"
    assert truncate(SafeText("東京都"), 5) == "東京…"
    assert truncate(SafeText("東京都"), 4) == "東…"
    assert truncate(SafeText("👨\u200d👩\u200d👧x"), 2) == "…"
    assert truncate(SafeText("x"), 0) == ""


def test_truncation_reads_no_more_than_it_shows() -> None:
    long = SafeText("“" + "漢" * 5_000_000)
    start = time.perf_counter()
    assert width(truncate(long, 80)) <= 80
    assert time.perf_counter() - start < 60


def test_a_steady_text_has_the_width_of_its_characters(corpus: Path) -> None:
    """Taken apart, every emoji is as wide as the sum of its characters."""
    lines = (corpus / "hostile/unicode/ucd/emoji-test.txt").read_text("utf-8").splitlines()
    for line in lines:
        if "; fully-qualified" in line:
            emoji = "".join(chr(int(code, 16)) for code in line.split(";")[0].split())
            apart = steady(clean(emoji))
            assert apart == clean(apart)
            assert width(apart) == sum(cell_len(char) for char in apart), ascii(emoji)
    assert steady(SafeText("👩🏽\u200d🚀 ❤️ plain")) == "👩🚀 ❤ plain"
