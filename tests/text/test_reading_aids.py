"""Table of contents, finding, and what changed between two versions."""

import time

from hypothesis import given, settings
from hypothesis import strategies as st

from reader.text.article import document
from reader.text.blocks import Line
from reader.text.diff import changes
from reader.text.find import find
from reader.text.layout import lay_out
from reader.text.outline import OutlineEntry, outline
from reader.text.terminal import SafeText


def lines_of(body: str, width: int = 40) -> list[Line]:
    return list(lay_out(document(body, "html").blocks(), width))


def found(body: str, wanted: str, width: int = 40) -> list[list[str]]:
    lines = lines_of(body, width)
    return [
        [lines[part.line].text[part.start : part.end] for part in hit.parts]
        for hit in find(lines, wanted)
    ]


def test_outline_gives_depth_text_and_place() -> None:
    body = "<h2>A</h2><p>x</p><h4>B <em>b</em></h4><h3>C</h3><h2>D</h2><h1>E</h1><h2>F</h2>"
    assert list(outline(document(body, "html").blocks())) == [
        OutlineEntry(0, SafeText("A"), 0),
        OutlineEntry(1, SafeText("B b"), 2),
        OutlineEntry(1, SafeText("C"), 3),
        OutlineEntry(0, SafeText("D"), 4),
        OutlineEntry(0, SafeText("E"), 5),
        OutlineEntry(1, SafeText("F"), 6),
    ]


def test_outline_places_agree_with_lines() -> None:
    article = document("<h2>A</h2><p>x</p><h3>B</h3>", "html")
    heads = {line.block: line.text for line in lay_out(article.blocks(), 80) if line.heading}
    assert heads == {entry.block: entry.text for entry in outline(article.blocks())}


def test_find_ignores_case_and_diacritics() -> None:
    assert found("<p>Oekraïne, OEKRAINE and oekraine</p>", "Oekraine") == [
        ["Oekraïne"],
        ["OEKRAINE"],
        ["oekraine"],
    ]
    assert found("<p>oekraine</p>", "OEKRAÏNE") == [["oekraine"]]


def test_find_goes_over_the_end_of_a_line() -> None:
    body = "<blockquote><ul><li>one two three four five six seven eight</ul></blockquote>"
    assert found(body, "five six seven", 28) == [["five"], ["six seven"]] or found(
        body, "five six seven", 28
    ) == [["five", "six seven"]]
    assert found("<p>今週のニュースレターでは港の橋を紹介します</p>", "ニュースレター", 12) == [
        ["ニュー", "スレター"]
    ]


def test_find_does_not_join_blocks() -> None:
    assert found("<p>one</p><p>two</p>", "one two") == []


def test_find_takes_signs_for_what_they_are() -> None:
    assert found("<p>a.b (c) [d] a*b</p>", "a.b (c)") == [["a.b (c)"]]
    assert found("<p>axb</p>", "a.b") == []
    assert found("<p>text</p>", "  ") == []


def test_find_marks_every_hit_up_to_the_limit() -> None:
    lines = lines_of("<p>" + "word " * 500 + "</p>")
    assert len(find(lines, "word")) == 500
    assert len(find(lines, "word", limit=7)) == 7


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="abcé ß日\u0301", max_size=80), st.text(alphabet="abcé ß日", max_size=4))
def test_find_gives_places_inside_the_lines(text: str, wanted: str) -> None:
    lines = list(lay_out(document(text, "text").blocks(), 10))
    for hit in find(lines, wanted):
        for part in hit.parts:
            assert 0 <= part.start < part.end <= len(lines[part.line].text)


def shown(old: str, new: str) -> list[list[tuple[str, str]]]:
    return [[(span.text, span.style) for span in block.spans] for block in changes(old, new)]


def test_changes_mark_words_and_fold_what_stayed() -> None:
    old = "Title\n" + "".join(f"Same {n}.\n" for n in range(9)) + "The cat sat.\nEnd."
    new = "Title\n" + "".join(f"Same {n}.\n" for n in range(9)) + "The dog sat down.\nEnd.\nMore."
    assert shown(old, new) == [
        [("… 9 unchanged paragraphs", "dim")],
        [("Same 8.", "")],
        [("The", ""), (" cat", "strike"), (" dog", "insert"), (" sat", ""), (" down", "insert"),
         (".", "")],
        [("End.", "")],
        [("More.", "insert")],
    ]  # fmt: skip


def test_white_space_is_no_change() -> None:
    assert changes("a  b\n\nc", "a b\nc\n") == []
    assert changes("", "") == []


def test_removed_paragraphs_are_struck() -> None:
    assert shown("one\ntwo\nthree", "one\nthree") == [
        [("one", "")],
        [("two", "strike")],
        [("three", "")],
    ]


def test_comparing_texts_without_anything_in_common_is_bounded() -> None:
    begin = time.process_time()
    changes("\n".join(["a b"] * 20_000), "\n".join(["b a"] * 20_000))
    changes("a b " * 50_000, "b a " * 50_000)
    changes("\n".join(map(str, range(15_000))), "\n".join(map(str, range(15_000, 0, -1))))
    assert time.process_time() - begin < 60


TEXT = st.lists(
    st.sampled_from(["one two", "two three", "three", "four five six", "one"]), max_size=8
)


@settings(max_examples=100, deadline=None)
@given(TEXT, TEXT)
def test_changes_hold_both_versions(before: list[str], after: list[str]) -> None:
    blocks = changes("\n".join(before), "\n".join(after), context=100)
    if before == after:
        assert blocks == []
        return
    old = ["".join(s.text for s in b.spans if s.style != "insert").strip() for b in blocks]
    new = ["".join(s.text for s in b.spans if s.style != "strike").strip() for b in blocks]
    assert "".join("".join(old).split()) == "".join("".join(before).split())
    assert "".join("".join(new).split()) == "".join("".join(after).split())
