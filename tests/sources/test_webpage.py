"""Pages as servers send them: encodings, heads, walls and what is no page at all."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.model.page import Obstacle
from reader.sources.webpage import WebPage, read

NOW = datetime(2026, 11, 21, tzinfo=UTC)
URL = "https://paper.example/2026/boats"
WORDS = "The harbour was empty when the boats came back and nobody had expected them so early. "
NOT_FREE = '{"@type": "NewsArticle", "isAccessibleForFree": "False"}'
STORY = "".join(f"<p>{n}. {WORDS * 3}</p>" for n in range(12))


def page(article: str, *, head: str = "<title>Boats</title>") -> str:
    return f"<!doctype html><html><head>{head}</head><body><main>{article}</main></body></html>"


def fetched(
    html: str | bytes,
    *,
    url: str = URL,
    asked: str = "",
    content_type: str = "text/html",
    **more: str,
) -> WebPage:
    data = html if isinstance(html, bytes) else html.encode()
    return read(data, url=url, asked=asked, content_type=content_type, now=NOW, **more)


def test_the_head_names_the_article() -> None:
    head = (
        '<title>Boats come back | The Paper</title><meta property="og:title" content="Boats come'
        ' back"><meta property="article:published_time" content="2026-03-01T10:00:00+01:00">'
        '<meta name="author" content="Ann Keeper"><meta property="og:site_name" content="The'
        ' Paper"><link rel="canonical" href="https://paper.example/boats">'
    )
    found = fetched(page(STORY, head=head).replace("<html>", '<html lang="nl">'))
    article = found.article
    assert (article.title, article.authors, article.language) == (
        "Boats come back",
        ("Ann Keeper",),
        "nl",
    )
    assert article.published == datetime(2026, 3, 1, 9, tzinfo=UTC)
    assert (article.link, article.outlet) == ("https://paper.example/boats", "The Paper")
    assert (found.obstacle, found.problem) == ("", "")
    assert found.words > 300


def test_a_canonical_address_of_another_site_is_not_believed() -> None:
    head = '<link rel="canonical" href="https://other.example/boats">'
    found = fetched(page(STORY, head=head), url=f"{URL}?utm_source=feed")
    assert found.article.link == URL


def test_a_date_in_the_text_of_the_page_counts() -> None:
    told = '<time class="x" datetime="2026-02-03T10:00:00Z">3 February</time>'
    assert fetched(page(told + STORY)).article.published == datetime(2026, 2, 3, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("data", "content_type"),
    [
        (page(f"<p>Größe</p>{STORY}").encode(), "text/html"),
        (page(f"<p>Größe</p>{STORY}").encode("latin-1"), "text/html; charset=iso-8859-1"),
        (
            page(f"<p>Größe</p>{STORY}", head='<meta charset="windows-1252">').encode("cp1252"),
            "text/html",
        ),
        (page(f"<p>Größe</p>{STORY}").encode("utf-16"), "text/html"),
    ],
)
def test_encodings(data: bytes, content_type: str) -> None:
    assert "Größe" in fetched(data, content_type=content_type).article.body


@pytest.mark.parametrize(
    ("html", "obstacle"),
    [
        (page("<p>Checking your browser.</p>", head="<title>Just a moment...</title>"), "robot"),
        (page(f"<p>{WORDS}</p><p>Subscribe to continue reading.</p>"), "paywall"),
        (page(f"<p>{WORDS}</p><p>Dit artikel is exclusief voor abonnees.</p>"), "paywall"),
        (page(f"<p>{WORDS}</p><p>Jetzt weiterlesen mit Plus.</p>"), "paywall"),
        (page(f"<p>{WORDS}</p><p>Cet article est réservé aux abonnés.</p>"), "paywall"),
        (
            page(f"<p>{WORDS}</p>", head=f"<script>{NOT_FREE}</script>"),
            "paywall",
        ),
        (page(f'<p>{WORDS[:-2]} and</p><div class="c-paywall">Choose a plan</div>'), "paywall"),
        (
            page("<h1>Cookies</h1><p>We and our partners use cookies. With your consent we and our"
                 " partners use cookies and read your preferences. Your privacy: consent or"
                 " choose cookies.</p>"),
            "cookies",
        ),
        (page("<noscript>You need to enable JavaScript to see it.</noscript>"), "script"),
        (page(""), "empty"),
        ("", "empty"),
    ],
)  # fmt: skip
def test_walls_are_told(html: str, obstacle: Obstacle) -> None:
    found = fetched(html)
    assert found.obstacle == obstacle
    assert found.problem.endswith(".")


def test_walls_are_told_by_where_they_stand() -> None:
    consent = "https://myprivacy.publisher.example/consent?back=x"
    assert fetched(page(STORY), url=consent, asked=URL).obstacle == "cookies"
    login = "https://paper.example/login?next=/boats"
    assert fetched(page(STORY), url=login, asked=URL).obstacle == "sign-in"
    assert fetched(page(STORY), url=login, asked=login).obstacle == ""


@pytest.mark.parametrize(
    "extra",
    [
        "<p>Already a subscriber? Subscribe to continue reading our other stories.</p>",
        '<div class="paywall">Choose a plan</div>',
        '<script type="application/ld+json">{"isAccessibleForFree": false}</script>',
        "<noscript>Please enable JavaScript.</noscript>",
        "<p>We use cookies.</p>",
    ],
)
def test_a_whole_text_behind_a_wall_is_a_text(extra: str) -> None:
    assert fetched(page(STORY * 2 + extra)).obstacle == ""


def test_a_robot_in_a_story_is_no_wall() -> None:
    assert fetched(page(STORY, head="<title>Robots in the harbour</title>")).obstacle == ""


@pytest.mark.parametrize(
    ("data", "content_type", "what"),
    [
        (b"%PDF-1.7\n\x00\x01\x02", "application/pdf", "a PDF document"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "text/html", "a picture"),
        (b"\x00\x01\x02\x03" * 100, "video/mp4", "a film"),
        (b'{"a": 1}', "application/json", "data (JSON)"),
        (b"<rss version='2.0'><channel></channel></rss>", "text/xml", "a feed"),
        (b"\x00\x01\x02\x03" * 100, "", "no text"),
    ],
)
def test_what_is_no_page_is_named(data: bytes, content_type: str, what: str) -> None:
    found = fetched(data, content_type=content_type)
    assert (found.obstacle, found.problem) == ("kind", f"This is {what}, not a page to read.")
    assert (found.article.body, found.article.link) == ("", URL)


def test_plain_text_and_markdown_are_pages() -> None:
    plain = fetched("RFC 1\n\nThe text.", content_type="text/plain; charset=utf-8")
    assert (plain.article.kind, plain.article.title, plain.words) == ("text", "RFC 1", 4)
    marked = fetched("# Boats\n\nThey *came*.", content_type="text/markdown")
    assert (marked.article.kind, marked.article.title) == ("markdown", "Boats")
    assert fetched(page(STORY), content_type="text/plain").article.kind == "html"


def test_a_selector_that_fails_is_told_and_the_article_found() -> None:
    for selector in (".no-such", "p["):
        found = fetched(page(STORY), selector=selector)
        assert found.obstacle == "selector"
        assert found.words > 300
    assert fetched(page(STORY + "<i>x</i>"), selector="i").article.body == "<i>x</i>"


@pytest.mark.parametrize(
    ("told", "leads_to"),
    [
        ('content="0; url=/real?a=1&amp;b=2"', "https://paper.example/real?a=1&b=2"),
        ("content='1;URL=https://other.example/x'", "https://other.example/x"),
        ('content="0;url=javascript:alert(1)"', ""),
        ('content="600; url=/later"', ""),
        ('content="0"', ""),
        (f'content="0; url={URL}"', ""),
    ],
)
def test_a_page_without_a_text_may_lead_on(told: str, leads_to: str) -> None:
    head = f'<noscript><META http-equiv="refresh" {told}></noscript>'
    assert fetched(page("<p>Redirecting.</p>", head=head)).leads_to == leads_to
    assert fetched(page(STORY, head=head)).leads_to == ""


PIECES = (
    *("<p>", "</p>", "<div hidden>", "<html hidden>", "</body>", "<ul><li>", "<table><td>", "<h2>"),
    *("<blockquote class='twitter-tweet'>", "<base href='http://['>", "<a href='//[x'>", "<nav>"),
    *("<p data-newsreader-key='zz'>", "<p data-newsreader-key='1'>", "<!--", "<![CDATA[", "\0"),
    *("&#xd800;", "&#0;", "<x:y z:w=1>", "<svg><p>", "<math>", "\ud800", WORDS, WORDS * 9, "<"),
    '<script type="application/ld+json">{"articleBody": [1], "@graph": {}}</script>',
    "<meta http-equiv=refresh content='0;url=//[x'>",
)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.sampled_from(PIECES) | st.text(max_size=20), max_size=40).map("".join),
    st.sampled_from(["text/html", "", "text/html; charset=utf-16", "text/plain"]),
    st.sampled_from(["", "p", "*"]),
)
def test_no_page_is_too_broken(html: str, content_type: str, selector: str) -> None:
    found = fetched(html.encode(errors="replace"), content_type=content_type, selector=selector)
    assert found.words >= 0
    assert (found.problem == "") == (found.obstacle == "")
