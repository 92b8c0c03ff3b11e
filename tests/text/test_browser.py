"""What the reader shows beside what a browser shows: nothing visible is lost, nothing hidden
is shown, and every difference is listed here with its reason.

The browser's text (``innerText``) is made by ``tests/text/browser.py``.
"""

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from reader.sources import feed
from reader.text.article import document
from reader.text.blocks import Rule, Span, Table
from reader.text.plain import visible_text
from tests.hostile.targets import NOW, run
from tests.text.browser import CASES, PAGES, corpus_cases, digest

_NAMES = sorted(path.stem for path in PAGES.glob("*.html"))


class Difference(NamedTuple):
    """Words that only the browser shows, and words that only the reader shows."""

    lost: str
    added: str
    reason: str


SAME = Difference("", "", "")
_CLOSED = "closed details are shown open: nothing else can be read of them here"
_CONTROL = "a control that does nothing here"
_DRAWING = "words of a drawing say little without it"
_FRAME = "an embedded page is a link with its title or host"

SHOWN: dict[str, Difference] = {
    "abbreviations": Difference("", "World Health Organization", "what the mouse would tell"),
    "comments": Difference("", "j", "feeds put their text into CDATA sections"),
    "details": Difference("", "Closed text No summary", _CLOSED),
    "embedded": Difference("", "A film v mp4 e swf", _FRAME),
    "forms": Difference("First Second Send", "3 of 10 half", f"{_CONTROL}; a gauge is its words"),
    "mail": Difference("spacer", "", "letters of size 0 are counted by the browser, not seen"),
    "svg": Difference("drawn words", "", _DRAWING),
    "svg-foreign": Difference("in a foreign object", "", _DRAWING),
}
"""Where the article on the screen differs."""
INDEXED: dict[str, Difference] = {
    "details": Difference("", "Closed text No summary", _CLOSED),
    "forms": Difference("First Second Send", "3 of 10 half", _CONTROL),
    "hidden": Difference("", "hidden item hidden cell hidden row", "hidden without an end tag"),
    "math": Difference("", "y 7", "a formula can be found as TeX as well"),
    "plaintext": Difference("b b amp p", "", "tags are never indexed"),
    "pre": Difference("b b", "", "tags are never indexed"),
    "sections": Difference("", "closed dialog", "a dialog may be open or closed"),
    "svg": Difference("drawn words", "", _DRAWING),
    "svg-foreign": Difference(
        "in a foreign object out of the svg bold breaks out", "", "a drawing that never ended"
    ),
}
"""Where the text for the index, the word count and the language differs."""
OF_THE_CORPUS: dict[str, Difference] = {
    "adoption01.dat/2": Difference("23", "", _CONTROL),
    "blocks.dat/10": Difference("", "bar baz", _CLOSED),
    "blocks.dat/11": Difference("", "foo", _CLOSED),
    "inbody01.dat/0": Difference("1", "", _CONTROL),
    "tests16.dat/182": Difference("X", "", "a comment is one, as in a browser without scripts"),
    "tests9.dat/15": Difference("", "baz", "words that stray into a formula are kept"),
    "tests7.dat/17": Difference("X", "", _CONTROL),
    "webkit02.dat/19": Difference("foo foreignObject svg div bar div", "", _DRAWING),
    "webkit02.dat/35": Difference("option", "", _CONTROL),
    "webkit02.dat/37": Difference("option", "", _CONTROL),
    "webkit02.dat/42": Difference("option", "", _CONTROL),
    "webkit02.dat/44": Difference("X", "", _CONTROL),
    "webkit02.dat/45": Difference("xiibb", "", _CONTROL),
    "webkit02.dat/46": Difference("X Y", "", _CONTROL),
    "webkit02.dat/47": Difference("X Y", "", _CONTROL),
    "webkit02.dat/48": Difference("a", "", _CONTROL),
    "item_body_iframe.xml": Difference("", "example com", _FRAME),
    "item_content_encoded_embed.xml": Difference("", "example com", _FRAME),
    "item_description_embed.xml": Difference("", "example com", _FRAME),
}
"""Where the article on the screen differs for cases of the corpus."""


def words(text: str) -> list[str]:
    """Words as a search sees them: x² is x2, and what may break a word is no part of it."""
    return re.findall(r"[^\W_]+", re.sub("[\xad\u200b]", "", unicodedata.normalize("NFKC", text)))


def shown(source: str) -> str:
    """The words of an article, without those that stand for pictures."""
    return "\n".join(
        "".join(span.text for span in spans if span.image < 0) for spans in _texts(source)
    )


def _texts(source: str) -> Iterator[tuple[Span, ...]]:
    for block in document(source, "html", base="https://example.org/").blocks():
        if isinstance(block, Table):
            yield from (cell.spans for row in block.rows for cell in row)
        elif not isinstance(block, Rule):
            yield block.spans


def check(text: str, wanted: str, known: Difference) -> None:
    """The words of both are the same but for what is known; where words are parted by a mere
    border of an element, both ways are right.
    """
    here, there = Counter(words(text)), Counter(words(wanted))
    lost, added = (there - here), (here - there)
    left, right = ("".join(part.elements()) for part in (lost, added))
    known_left, known_right = ("".join(words(part)) for part in known[:2])
    assert Counter(left) - Counter(right) == Counter(known_left) - Counter(known_right), (
        f"lost {dict(lost)}, added {dict(added)}"
    )
    assert Counter(right) - Counter(left) == Counter(known_right) - Counter(known_left), (
        f"lost {dict(lost)}, added {dict(added)}"
    )


@pytest.mark.parametrize("name", _NAMES)
def test_an_article_shows_what_a_browser_shows(name: str) -> None:
    source = (PAGES / f"{name}.html").read_text("utf-8")
    wanted = (PAGES / f"{name}.txt").read_text("utf-8")
    check(shown(source), wanted, SHOWN.get(name, SAME))


@pytest.mark.parametrize("name", _NAMES)
def test_the_index_knows_what_a_browser_shows(name: str) -> None:
    source = (PAGES / f"{name}.html").read_text("utf-8")
    wanted = (PAGES / f"{name}.txt").read_text("utf-8")
    check(visible_text(source, "html"), wanted, INDEXED.get(name, SAME))


def test_cases_of_the_corpus_show_what_a_browser_shows(corpus: Path) -> None:
    wanted: dict[str, tuple[str, str]] = json.loads(CASES.read_text("utf-8"))
    sources = dict(corpus_cases(corpus))
    compared = [name for name in sources if wanted.get(name, ("",))[0] == digest(sources[name])]
    if not compared:
        pytest.skip("another corpus than the expected text was made of")
    assert len(compared) > 60
    for name in compared:
        try:
            check(shown(sources[name]), wanted[name][1], OF_THE_CORPUS.get(name, SAME))
        except AssertionError as error:
            raise AssertionError(f"{name}: {sources[name]!a}") from error


_DANGEROUS = re.compile(
    r"</?(?:script|applet|iframe|object|embed|meta|link|base|style|frame|form)\b"
    r"|javascript:|vbscript:|\bon[a-z]{3,20}\s*=|expression\s*\(",
    re.IGNORECASE,
)


def test_nothing_dangerous_of_the_sanitizer_cases_survives(corpus: Path) -> None:
    paths = sorted((corpus / "hostile/html/feedparser-sanitize").glob("*.xml"))
    assert paths
    for path in paths:
        data = path.read_bytes()
        run("feed", data)
        parsed = feed.parse(data, url="https://example.org/", now=NOW)
        assert not _DANGEROUS.search(parsed.title), path.name
        for raw in parsed.articles:
            for body in (raw.body, raw.summary, raw.title):
                text = shown(body)
                assert not _DANGEROUS.search(text), (path.name, ascii(text))
                article = document(body, "html", base="https://example.org/")
                list(article.blocks())
                for link in article.links:
                    assert link.url.startswith(("http:", "https:", "mailto:")) or not link.openable
                for image in article.images:
                    assert image.url.startswith(("http:", "https:")) or not image.url
