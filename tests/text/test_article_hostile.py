"""Bodies made to hang, crash or fool the reader: bounded time, and nothing gets through."""

import re
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.text.article import document
from reader.text.blocks import BodyKind
from reader.text.layout import lay_out
from reader.text.plain import visible_text
from reader.text.terminal import clean
from reader.text.width import width

KINDS: tuple[BodyKind, ...] = ("html", "markdown", "text")
FORBIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef]")

SECONDS = 6.0
"""Twelve times the budget: the machine may be slow, and busy."""

SHAPES: dict[str, str] = {
    "nested divisions": "<div>" * 100_000 + "x",
    "nested divisions with a class": "<div class=a>" * 50_000 + "x",
    "nested quotes": "<blockquote>x" * 20_000,
    "nested lists": "<ul><li>" * 20_000 + "x",
    "nested tables": "<table><tr><td>x" * 10_000,
    "nested styles": "<b><i>" * 50_000 + "x",
    "one word": "a" * 1_000_000,
    "one wide word": "日" * 300_000,
    "combining marks": "a" + "\u0301" * 300_000,
    "newlines in a paragraph": "<p>" + "\n" * 1_000_000 + "x",
    "newlines in a listing": "<pre>" + "\n" * 500_000 + "x",
    "ampersands": "&" * 1_000_000,
    "comments that never end": "<!--" * 50_000,
    "open angles": "<" * 200_000,
    "tags that never end": "<a" * 200_000,
    "quotes that never end": "<a b='>' " * 100_000,
    "empty paragraphs": "<p>" * 1_000_000,
    "attributes": "<p " + " ".join(f"a{n}=b" for n in range(100_000)) + ">x",
    "scripts that never end": "<script>" * 50_000,
    "hidden elements": "<p hidden>x</p>" * 20_000 + "x",
    "links": "".join(f'<a href="https://e.example/{n}">{n}</a> ' for n in range(20_000)),
    "rows": "<table>" + "<tr><td>one<td>two" * 10_000,
    "columns": "<table><tr>" + "<td>x" * 10_000,
    "spans": "<table>" + "<tr><td colspan=1000 rowspan=1000>x" * 300,
    "a picture of its own": '<img alt=x src="data:image/png;base64,' + "A" * 3_000_000 + '">x',
    "open brackets": "[" * 100_000,
    "stars": "**a" * 50_000,
    "back ticks": "`a" * 50_000,
    "references": "".join(f"[r{n}]: http://x/{n}\n" for n in range(30_000)),
    "footnotes": "".join(f"[^{n}]: note\n" for n in range(20_000)),
    "shortcodes": "{{" * 100_000 + "{%" * 100_000,
    "quote signs": ">" * 200_000,
    "fences": "```\n" * 20_001,
    "addresses": "http://a" * 100_000,
    "closing brackets": "http://a.b/" + ")" * 200_000,
    "rules": "- " * 200_000,
    "cells over each other": "<table>" + ("<tr>" + "<td rowspan=100 colspan=100>x" * 50) * 300,
    "paragraphs in a cell": "<table><tr><td>a<td>b<tr><td>" + "<p>word" * 50_000,
    "escaped line ends": "\\\n" * 200_000,
    "back ticks on lines": "`\n" * 200_000,
    "lines of spaces": " \n" * 300_000,
    "empty items": "*\n" * 200_000,
    "raw marks": "{% raw %}" * 50_000,
    "one long footnote": "x[^1]\n\n[^1]: a\n" + "    word and word\n\n" * 20_000,
    "a formula": "<math>" + "<msup><mi>x</mi>" * 50_000,
    "years ago": "1 jaar geleden " * 50_000,
    "escape characters": "\x1b" * 300_000,
    "commands to the terminal": "\x1b]0;x" * 100_000,
}


@pytest.mark.parametrize("name", SHAPES)
@pytest.mark.parametrize("kind", KINDS)
def test_first_screen_comes_soon(name: str, kind: BodyKind) -> None:
    begin = time.process_time()
    for number, line in enumerate(lay_out(document(SHAPES[name], kind).blocks(), 80)):
        assert not FORBIDDEN.search(line.text)
        if number == 40:
            break
    assert time.process_time() - begin < SECONDS


@pytest.mark.parametrize("name", SHAPES)
def test_visible_text_of_hostile_markup_is_bounded(name: str) -> None:
    begin = time.process_time()
    visible_text(SHAPES[name], "html")
    assert time.process_time() - begin < SECONDS


@pytest.mark.parametrize("kind", KINDS)
def test_twice_as_much_takes_about_twice_as_long(kind: BodyKind) -> None:
    def seconds(times: int) -> float:
        body = "<p>Some <b>words</b> and a [link](http://e.example/) here.</p>\n\n" * times
        begin = time.process_time()
        for _ in lay_out(document(body, kind).blocks(), 80):
            pass
        return time.process_time() - begin

    seconds(10)
    assert min(seconds(2_000) for _ in range(2)) < 6 * max(seconds(500) for _ in range(2)) + 0.2


MARKUP = st.lists(
    st.sampled_from(
        ["<p>", "</p>", "<b>", "</b>", "<ul>", "<ol start=5>", "<li>", "</ul>", "<table>", "<tr>",
         "<td>", "<th colspan=2>", "</table>", "<pre>", "</pre>", "<code>", "</code>", "<br>",
         "<blockquote>", "</blockquote>", "<dl>", "<dt>", "<dd>", "</dl>", "<h2>", "</h2>",
         '<a href="http://e.example/">', "</a>", "<img src=x alt=y>", "<sup>", "</sup>", "<hr>",
         "<details>", "<summary>", "</details>", "<script>", "</script>", "<div hidden>", "</div>",
         "<!--", "-->", "&amp;", "&#27;[31m", "&nbsp;", "\ufdd0", "\ufde0s", "\ufde3", "\x1b[2J",
         "\u202e", "# ", "> ", "* ", "1. ", "```\n", "| a | b |\n|---|---|\n", "[x](y)", "![a](b)",
         "[^1]", "[^1]: n\n", "**", "_", "{{< x >}}", "{% y %}", "\n", "\n\n", "    ", "日本", "。",
         "「", "שלום", "👩‍👩‍👦", "e\u0301", "word ", "-\nActueel1 jaar geledenTitel\n"]
    )
    | st.text(max_size=12),
    max_size=60,
).map("".join)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(body=MARKUP, kind=st.sampled_from(KINDS), cells=st.integers(4, 90))
def test_any_body_makes_safe_lines_that_fit(body: str, kind: BodyKind, cells: int) -> None:
    article = document(body, kind, base="https://example.org/")
    for line in lay_out(article.blocks(), cells):
        for span in line.spans:
            assert not FORBIDDEN.search(span.text)
            assert span.link < len(article.links)
            assert span.image < len(article.images)
        assert line.wide or width(line.text) <= cells
    for link in article.links:
        assert clean(link.text) == link.text
        assert not FORBIDDEN.search(link.url)


@settings(max_examples=80, deadline=None)
@given(body=MARKUP, kind=st.sampled_from(KINDS))
def test_visible_text_of_any_body_is_safe(body: str, kind: BodyKind) -> None:
    text = visible_text(body, kind)
    assert not FORBIDDEN.search(text.replace("\n", "").replace("\t", ""))


WORDS = st.lists(st.from_regex(r"[a-z]{1,9}", fullmatch=True), min_size=1, max_size=30)
ELEMENTS = st.sampled_from(
    ["p", "div", "li", "b", "em", "blockquote", "h2", "td", "dd", "span", "figcaption", "pre",
     "summary", "section", "q", "small", "kbd", "a"]
)  # fmt: skip


@settings(max_examples=100, deadline=None)
@given(parts=st.lists(st.tuples(ELEMENTS, WORDS), min_size=1, max_size=12))
def test_no_visible_word_is_lost(parts: list[tuple[str, list[str]]]) -> None:
    body = "\n".join(f"<{name}>{' '.join(words)}</{name}>" for name, words in parts)
    wanted = [word for _, words in parts for word in words]
    shown = " ".join(line.text for line in lay_out(document(body, "html").blocks(), 60))
    assert re.findall("[a-z]+", shown) == wanted
    assert re.findall("[a-z]+", visible_text(body, "html")) == wanted


def _tokens(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def test_extracted_articles_keep_their_words(corpus: Path) -> None:
    from collections import Counter

    pages = sorted((corpus / "html" / "readability").glob("*/expected.html"))
    assert pages
    for page in pages:
        body = page.read_text(encoding="utf-8")
        wanted = Counter(_tokens(visible_text(body, "html", 10_000_000)))
        lines = lay_out(document(body, "html", base="https://example.org/").blocks(), 80)
        shown = Counter(_tokens(" ".join(line.text for line in lines)))
        lost = sum((wanted - shown).values())
        assert lost <= 0.01 * sum(wanted.values()) + 1, page


def test_hostile_markup_of_the_corpus_is_harmless(corpus: Path) -> None:
    files = [path for path in sorted((corpus / "hostile" / "html").rglob("*")) if path.is_file()]
    assert files
    for path in files:
        body = path.read_bytes().decode("utf-8", "replace")
        for kind in ("html", "markdown"):
            article = document(body[:60_000], kind, base="https://example.org/")
            for line in lay_out(article.blocks(), 80):
                assert not FORBIDDEN.search(line.text), path
            for link in article.links:
                assert link.url.startswith(("http:", "https:", "mailto:")) or not link.openable


@pytest.mark.parametrize("name", ["iframe", "video", "audio", "embed", "object", "a", "img"])
@pytest.mark.parametrize("address", ["https://[b]/x", "//[", "https://\u2100.com", "http://a:b:c/"])
def test_addresses_that_are_none_are_no_reason_to_stop(name: str, address: str) -> None:
    body = (
        f"<p>before</p><{name} src='{address}' href='{address}' data='{address}'>x</{name}><p>end"
    )
    shown = "\n".join(line.text for line in lay_out(document(body, "html").blocks(), 80))
    assert shown.startswith("before")
    assert shown.endswith("end")
