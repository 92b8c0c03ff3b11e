"""Saved web pages: their head, and the article without the site around it."""

import pytest

from reader.sources import page

STORY = "<p>The council met for the third time this week, and nobody spoke for long.</p>" * 12
SITE = (
    "<nav><a href='/'>Home</a> <a href='/world'>World</a></nav><header>The Paper</header>"
    f"<article><h1>Canal plan divides town</h1>{STORY}</article>"
    "<aside>Subscribe to our letter</aside><footer>All rights reserved</footer>"
)


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("<!DOCTYPE html><title>x</title>", True),
        ("\n<html lang=nl>", True),
        ("<?xml version='1.0'?>\n<!DOCTYPE html>", True),
        ("<!-- saved -->\n<!-- twice -->\n<HTML>", True),
        ("<p>A piece</p>", False),
        ("words <html>", False),
        ("", False),
    ],
)
def test_a_whole_page_is_told_from_a_piece(text: str, whole: bool) -> None:
    assert page.is_page(text) is whole


def test_the_head_says_what_a_header_would() -> None:
    found = page.read(
        """<!doctype html><html lang="nl-NL"><head>
        <title>Canal plan divides town | The Paper</title>
        <meta property='og:title' content='Canal plan divides town'>
        <meta content="2026-01-28T10:00:00Z" property="article:published_time" />
        <meta property="article:modified_time" content="2026-01-29"><meta name=author content=Ann>
        <meta name="description" content="What &amp; who"><meta name="keywords" content="a, b">
        <meta property="og:site_name" content="The Paper">
        <meta property="og:image" content="/canal.jpg">
        <link rel="canonical" href="https://paper.example/canal"><base href="/2026/">
        </head><body><p>Words.</p></body></html>"""
    )
    assert found.fields == {
        "title": "Canal plan divides town",
        "date": "2026-01-28T10:00:00Z",
        "updated": "2026-01-29",
        "author": "Ann",
        "description": "What & who",
        "keywords": "a, b",
        "publisher": "The Paper",
        "image": "/canal.jpg",
        "canonical": "https://paper.example/canal",
        "lang": "nl-NL",
    }
    assert found.base == "/2026/"
    assert found.body == "<p>Words.</p>"


def test_a_title_is_freed_of_the_sites_name() -> None:
    text = "<html><title>Canal &amp; town - The Paper</title><body><h1>Canal <i>&amp; town</i></h1>"
    assert page.read(text).fields["title"] == "Canal & town"
    assert page.read("<html><title>Canal</title><body><h1>Other</h1>").fields["title"] == "Canal"
    assert page.read("<html><body><h2>Canal</h2>x").fields["title"] == "Canal"


def test_structured_data_gives_the_date() -> None:
    text = '<html><body>x<script>{"datePublished": "2026-01-28T10:00:00Z"}</script></body></html>'
    assert page.read(text).fields["date"] == "2026-01-28T10:00:00Z"


@pytest.mark.parametrize(
    "comment",
    [
        "<!-- saved from url=(0031)https://paper.example/canal -->",
        "<!--\n Page saved with SingleFile \n url: https://paper.example/canal \n-->",
    ],
)
def test_browsers_note_where_a_page_was_saved_from(comment: str) -> None:
    assert page.read(f"<html>{comment}<body>x").fields["url"] == "https://paper.example/canal"


def test_the_article_is_taken_out_of_the_site() -> None:
    found = page.read(f"<!doctype html><html><body>{SITE}</body></html>")
    assert "nobody spoke for long" in found.body
    assert "Subscribe" not in found.body
    assert "All rights" not in found.body


def test_a_page_without_a_site_or_an_article_stays_whole() -> None:
    assert page.read("<html><body><form>a</form><p>Short.</p></body>").body.endswith("Short.</p>")
    many = "<html><body>" + "<nav><a href='/'>x</a></nav>" * 3 + "</body></html>"
    assert page.read(many).body.count("<nav>") == 3


@pytest.mark.parametrize(
    "piece", ["<h1>", "<nav>", "<meta name=", "<link rel=", '"datePublished":"']
)
def test_a_page_of_one_thing_takes_bounded_time(piece: str) -> None:
    import time

    start = time.process_time()
    page.read("<!doctype html><html><body><nav></nav><nav></nav>" + piece * 20_000)
    assert time.process_time() - start < 60
