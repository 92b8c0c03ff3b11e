"""Articles taken out of web pages, each page small enough to see what must come out."""

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from reader.sources.extract import Extracted, SelectorMistaken, extract
from reader.text.decode import decode
from reader.text.plain import visible_text

WORDS = (
    "The harbour was empty when the boats came back, and nobody on the quay had expected them"
    " so early, least of all the keeper of the lights, who had gone home to sleep."
)


def paragraph(number: int) -> str:
    return f"<p>Paragraph {number}. {WORDS}</p>"


def site(article: str, *, head: str = "") -> str:
    links = "".join(f'<li><a href="/{n}">Section {n} of the paper</a></li>' for n in range(9))
    return (
        f"<!doctype html><html><head><title>Boats - The Paper</title>{head}</head><body>"
        f'<header><nav><ul>{links}</ul></nav></header><div class="content">{article}</div>'
        f'<div class="sidebar"><h3>Most read</h3><ul>{links}</ul></div>'
        f"<footer><p>Copyright The Paper, all rights reserved.</p></footer></body></html>"
    )


def text_of(found: Extracted) -> str:
    return visible_text(found.body, "html")


def test_the_article_comes_without_the_site() -> None:
    found = extract(site("".join(map(paragraph, range(5)))))
    assert text_of(found).count("The harbour was empty") == 5
    assert "Section" not in text_of(found)
    assert "Copyright" not in text_of(found)
    assert found.words == len(text_of(found).split())


def test_lists_and_linked_headings_in_the_middle_of_a_text_stay() -> None:
    body = (
        paragraph(1)
        + '<h3><a href="/plan">The plan</a></h3><ul><li><a href="/a">First boats</a></li>'
        + '<li><a href="/b">Then nets</a></li></ul>'
        + paragraph(2)
        + "<table><tr><th>Boat</th><th>Catch</th></tr><tr><td>Anna</td><td>12</td></tr></table>"
        + paragraph(3)
        + paragraph(4)
    )
    shown = text_of(extract(site(f"<article>{body}</article>")))
    places = [shown.index(words) for words in ("Paragraph 1", "The plan", "Then nets", "Anna")]
    assert places == sorted(places)


def test_references_under_a_heading_at_the_end_stay() -> None:
    body = "".join(map(paragraph, range(4))) + (
        "<h2>Notes</h2><ol><li>A. Keeper, On Lights and the people who tend them, 1911.</li></ol>"
    )
    assert "On Lights" in text_of(extract(site(f"<article>{body}</article>")))


def test_what_belongs_to_the_site_inside_the_article_goes() -> None:
    body = (
        paragraph(1)
        + '<div class="sharedaddy"><p>Share this, like this, and tell your friends.</p></div>'
        + paragraph(2)
        + "<h3>Read more</h3><ul><li>Another story about boats, with some words to it</li></ul>"
        + '<div class="newsletter-signup"><p>Get our newsletter every morning, for free.</p></div>'
        + "".join(map(paragraph, range(3, 7)))
    )
    shown = text_of(extract(site(f"<article>{body}</article>")))
    assert "Paragraph 6" in shown
    for unwanted in ("Share this", "Another story", "newsletter"):
        assert unwanted not in shown


def test_an_embedded_post_is_part_of_the_text() -> None:
    post = (
        '<div class="social-embed"><blockquote class="twitter-tweet"><p>We saw the boats at'
        " four in the morning.</p>&mdash; Keeper (@keeper)</blockquote></div>"
    )
    body = paragraph(1) + post + "".join(map(paragraph, range(2, 5)))
    assert "at four in the morning" in text_of(extract(site(f"<article>{body}</article>")))


def test_hidden_text_goes_and_line_breaks_stay() -> None:
    body = (
        '<p aria-hidden="true">Wrong words that are hidden.</p><p style="display:none">Wrong.</p>'
        + "".join(map(paragraph, range(4)))
        + "<p>One line of a poem that is long enough to count,<br>and another line of it.</p>"
    )
    found = extract(site(f"<article>{body}</article>"))
    assert "Wrong" not in text_of(found)
    assert "to count,\nand another" in text_of(found)


def test_a_selector_chooses_and_nothing_else_does() -> None:
    page = site("".join(map(paragraph, range(5))) + '<div id="x"><p>Just <b>this</b>.</p></div>')
    found = extract(page, selector="#x, #x b, footer p")
    assert text_of(found) == "Just this.\nCopyright The Paper, all rights reserved."
    assert found.selected


def test_a_selector_that_fits_nothing_is_told() -> None:
    found = extract(site("".join(map(paragraph, range(5)))), selector=".story-text")
    assert not found.selected
    assert "The harbour" in text_of(found)


@pytest.mark.parametrize("selector", ["p[", "a >", "::before(", ":nth-child(x"])
def test_a_mistaken_selector_is_refused(selector: str) -> None:
    with pytest.raises(SelectorMistaken):
        extract(site(""), selector=selector)


def test_text_that_only_search_engines_get_is_found() -> None:
    article = {"@type": "NewsArticle", "articleBody": f"First {WORDS}\n\nSecond <b> {WORDS}"}
    data = json.dumps({"@context": "https://schema.org", "@graph": [article]})
    data = f'<script type="application/ld+json">{data}</script>'
    found = extract(site('<div id="root">Loading…</div>', head=data))
    assert found.body.count("<p>") == 2
    assert "Second <b> The" in text_of(found)


def test_a_short_page_is_given_whole() -> None:
    assert text_of(extract("<body>Closed today.</body>")) == "Closed today."


@pytest.mark.parametrize("page", ["", " ", "<!-- -->", "\0", "<html></html>"])
def test_nothing_comes_of_nothing(page: str) -> None:
    assert extract(page, url="https://example.org/") == Extracted(
        body=extract(page).body, base="https://example.org/", words=0
    )


def test_a_text_below_any_depth_is_found() -> None:
    assert WORDS in text_of(extract("<body>" + "<div>" * 20_000 + WORDS))


def test_links_are_relative_to_the_pages_base() -> None:
    head = '<base href="/news/">'
    page = site("".join(map(paragraph, range(4))), head=head)
    assert extract(page, url="https://example.org/a/b").base == "https://example.org/news/"


def test_no_mark_of_ours_is_left() -> None:
    assert "data-newsreader" not in extract(site("".join(map(paragraph, range(5))))).body


@pytest.mark.parametrize(
    "piece",
    ["<div>", "<p>a", "<ul><li>", "<table><tr><td>", "<a href=x>y</a> ", "<b>", "&amp;", "\n"],
)
def test_a_page_of_one_thing_ends(piece: str) -> None:
    extract(f"<body>{piece * 5_000}")


def scores(found: str, expected: str) -> tuple[float, float]:
    """Precision and recall of words."""
    got, wanted = (
        Counter(re.findall(r"\w+", visible_text(one, "html"))) for one in (found, expected)
    )
    common = (got & wanted).total()
    return common / max(1, got.total()), common / max(1, wanted.total())


def test_real_pages_give_what_is_expected(corpus: Path) -> None:
    pages = sorted((corpus / "html" / "readability").iterdir())
    results = []
    for page in pages:
        source, _ = decode((page / "source.html").read_bytes())
        expected = (page / "expected.html").read_text("utf-8")
        results.append(scores(extract(source, url="http://fakehost/test/page.html").body, expected))
    assert sum(precision for precision, _ in results) / len(results) > 0.985
    assert sum(recall for _, recall in results) / len(results) > 0.975


def test_control_characters_on_a_page_do_not_keep_its_article_away() -> None:
    words = "<p>Words of a text that goes on for a while, as texts of articles do.</p>" * 20
    for sign in ("\x0c", "\x1b", "&#27;", "&#x0B;", "\ufffe", "&#65535;"):
        page = f"<html><body><article>{sign}<script>x</script>{sign}{words}</article></body></html>"
        assert extract(page).words > 200
