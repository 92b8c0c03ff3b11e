"""Which links may be opened, what they become, and when two are one."""

import json
import re
import time
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.text.urls import absolute, canonical, openable, outlet, without_tracking
from tests.text.safety import forbidden

BASE = "https://example.org/news/2026/item.html?x=1#top"


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org",
        "http://example.org:8080/a?b=c#d",
        "HTTPS://EXAMPLE.ORG/",
        "https://пример.испытание/путь",
        "https://[2001:db8::1]/x",
        "https://user@example.org/",
        "https://example.org/a|b{c}",
        "mailto:someone@example.org?subject=Hi",
    ],
)
def test_openable(url: str) -> None:
    assert openable(url)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "example.org",
        "//example.org",
        "/path",
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "vbscript:x",
        "blob:https://example.org/1",
        "ftp://example.org/",
        "view-source:https://example.org",
        "https:",
        "https://",
        "https:///path",
        "https://exa mple.org",
        "https://example.org/a b",
        "https://example.org/\x1b]0;x\x07",
        "https://example.org/\u202egpj.exe",
        "https://exam\u200bple.org",
        "https://example.org:99999/",
        "https://example.org:port/",
        "https://[::1",
        "https://a%2eb/",
        "mailto:",
        "mailto:x",
        "mailto:a@example.org?attach=/etc/passwd",
        "https://example.org/" + "a" * 20_000,
    ],
)
def test_not_openable(url: str) -> None:
    assert not openable(url)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("other.html", "https://example.org/news/2026/other.html"),
        ("../a/./b/../c", "https://example.org/news/a/c"),
        ("/root", "https://example.org/root"),
        ("?q=1", "https://example.org/news/2026/item.html?q=1"),
        ("#part", "https://example.org/news/2026/item.html?x=1#part"),
        ("//cdn.example.com/x", "https://cdn.example.com/x"),
        ("  https://example.com/a \n", "https://example.com/a"),
        ("https://example.com/a\n  b", "https://example.com/a%20%20b"),
        ("https://example.com/a b?c d", "https://example.com/a%20b?c%20d"),
        ("https:\\\\example.com\\a", "https://example.com/a"),
        ("https:/example.com/a", "https://example.com/a"),
        ("https:////example.com/a", "https://example.com/a"),
        ("https://example.com/é/日本", "https://example.com/é/日本"),
        ("https://example.com/a\u200bb\u202e", "https://example.com/a%E2%80%8Bb%E2%80%AE"),
        ("https://example.com/\x1b[31m", "https://example.com/%1B[31m"),
        ("mailto:a@example.org?subject=a b", "mailto:a@example.org?subject=a%20b"),
        ("javascript:alert(1)", ""),
        (" java\nscript:alert(1)", ""),
        ("\x01javascript:alert(1)", ""),
        ("data:text/html;base64,PHNjcmlwdD4=", ""),
        ("file:///etc/passwd", ""),
        ("vbscript:msgbox", ""),
        ("tel:+31201234567", ""),
        ("https://exa\u202emple.org/", ""),
        ("https://exam ple.org/", ""),
        ("http://[", ""),
        ("", ""),
        ("   ", ""),
    ],
)
def test_absolute(url: str, expected: str) -> None:
    assert absolute(url, BASE) == expected


def test_absolute_without_a_base() -> None:
    assert absolute("https://example.org/a", "") == "https://example.org/a"
    assert absolute("//example.org/a", "") == "https://example.org/a"
    assert absolute("www.example.org/a", "") == "https://www.example.org/a"
    assert absolute("www.example.org/a", BASE) == "https://example.org/news/2026/www.example.org/a"
    assert absolute("a.html", "") == ""
    assert absolute("a.html", "file:///home/me/x.html") == ""
    assert absolute("a.html", "/home/me/x.html") == ""
    assert absolute("a.html", "http://[") == ""


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://x.nl/a?utm_source=rss&utm_medium=b", "https://x.nl/a"),
        ("https://x.nl/a?id=7&utm_source=rss&b=c#part", "https://x.nl/a?id=7&b=c#part"),
        ("https://x.nl/a?fbclid=1&gclid=2&mc_eid=3&p=1", "https://x.nl/a?p=1"),
        ("https://x.nl/a?p=1&amp;utm_source=rss", "https://x.nl/a?p=1"),
        ("https://x.nl/a?UTM_SOURCE=rss", "https://x.nl/a"),
        ("https://x.nl/a#xtor=RSS-1", "https://x.nl/a"),
        ("https://x.nl/a?at_medium=RSS&at_campaign=KARANGA", "https://x.nl/a"),
        ("https://youtu.be/abc?si=token&t=10", "https://youtu.be/abc?t=10"),
        ("https://x.nl/a?si=1&source=2&ref=3&id=4", "https://x.nl/a?si=1&source=2&ref=3&id=4"),
        ("https://x.nl/a?q=a%20b&&c", "https://x.nl/a?q=a%20b&&c"),
        ("https://x.nl/a?", "https://x.nl/a"),
        ("https://x.nl/a#utm", "https://x.nl/a#utm"),
        ("", ""),
    ],
)
def test_without_tracking(url: str, expected: str) -> None:
    assert without_tracking(url) == expected


@pytest.mark.parametrize(
    "same",
    [
        ("https://example.org", "HTTP://EXAMPLE.org:80/", "https://example.org/?utm_source=x#top"),
        ("https://example.org/a", "http://example.org/a/", "https://example.org:443/b/../a?"),
        ("https://example.org/%7Eme/%e9", "https://example.org/~me/%E9"),
        ("https://example.org/é", "https://example.org/%C3%A9", "https://example.org/%c3%a9"),
        ("https://bücher.example/", "https://xn--bcher-kva.example"),
    ],
)
def test_one_page_has_one_canonical_form(same: tuple[str, ...]) -> None:
    assert len({canonical(url) for url in same}) == 1


def test_different_pages_have_different_canonical_forms() -> None:
    pages = [
        "https://example.org/a",
        "https://example.org/A",
        "https://example.org/a?id=1",
        "https://example.org/a?id=2",
        "https://example.org:8080/a",
        "https://example.org/a%2Fb",
        "https://example.org/a/b",
        "https://example.org/#!/a",
        "https://example.org/#!/b",
        "tag:example.org,2026:1",
        "urn:uuid:1",
    ]
    assert len({canonical(url) for url in pages}) == len(pages)
    assert canonical("tag:example.org,2026:1") == "tag:example.org,2026:1"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://www.politico.eu/article/x", "politico.eu"),
        ("http://m.nu.nl/x", "nu.nl"),
        ("https://WWW.Example.ORG:8080/", "example.org"),
        ("https://news.google.com/rss", "news.google.com"),
        ("https://www.nl/", "www.nl"),
        ("https://user:secret@example.org/", "example.org"),
        ("https://xn--bcher-kva.example/", "xn--bcher-kva.example"),
        ("https://pаypal.com/", "pаypal.com"),
        ("https://exa\u202emple.org/\x1b[31m", "example.org"),
        ("no url", ""),
        ("http://[", ""),
        ("", ""),
    ],
)
def test_outlet(url: str, expected: str) -> None:
    assert outlet(url) == expected


PARTS = [
    *[
        "http",
        "https:",
        "//",
        "/",
        "\\",
        "www.",
        "example.org",
        "javascript:",
        "data:",
        "mailto:",
        "a@b",
        "?",
        "&",
        "#",
        "..",
        ":80",
        "[",
        "]",
        "@",
    ],
    *("utm_source=x", "%41", "%2f", " ", "\t", "\n", "\x1b]0;", "\u202e", "\u200b", "é", "İ", "℀"),
    "\ud800",
]
PIECES = st.lists(st.sampled_from(PARTS) | st.text(max_size=5), max_size=8).map("".join)


@given(PIECES, PIECES)
def test_what_is_absolute_is_safe(url: str, base: str) -> None:
    link = absolute(url, base)
    if link:
        assert openable(link)
        assert re.match("https?://|mailto:", link, re.IGNORECASE)
        assert forbidden(link, allowed="") == []
        assert absolute(link, base) == link


@given(PIECES)
def test_canonical_forms_stay_as_they_are(url: str) -> None:
    form = canonical(url)
    assert canonical(form) == form
    assert without_tracking(without_tracking(url)) == without_tracking(url)
    assert forbidden(outlet(url), allowed="") == []


@pytest.mark.parametrize(
    "host", ["[b]", "[", "]", "[::1", "[v1.x]", "\u2100.com", "a:b:c", "a:99999999"]
)
def test_hosts_that_are_none(host: str) -> None:
    """Python's own parser raises ValueError for most of these."""
    for url in (f"https://{host}/x", f"//{host}", f"https://e.org//{host}/..//{host}", f"/{host}"):
        for base in (BASE, "", f"https://{host}/", f"https://e.org//{host}"):
            link = absolute(url, base)
            assert not link or openable(link)
            assert canonical(canonical(link)) == canonical(link)
        assert canonical(canonical(url)) == canonical(url)
        assert forbidden(outlet(url), allowed="") == []


def test_dot_segments_are_resolved() -> None:
    """The examples of RFC 3986, 5.2.4 and 5.4."""
    for path, resolved in (
        ("/a/b/c/./../../g", "/a/g"),
        ("/b/c/..", "/b"),
        ("/../../g", "/g"),
        ("/..", ""),
        ("/g;x=1/../y", "/y"),
        ("/./g/.", "/g"),
        ("//a//../b", "//a/b"),
        ("/%2e%2e/x", "/x"),
    ):
        assert canonical(f"https://example.org{path}") == f"https://example.org{resolved}"


def test_links_of_hostile_pages(corpus: Path) -> None:
    pages = [
        json.dumps(case)
        for path in (corpus / "hostile/html").rglob("*.json")
        for case in json.loads(path.read_bytes())
    ]
    pages += [p.read_text("utf-8", "replace") for p in (corpus / "hostile/html").rglob("*.xml")]
    attribute = re.compile(
        r"""(?:href|src|action|data)\s*=\s*\\?["']?([^"'>]{1,300})""", re.IGNORECASE
    )
    links = {unescape(link) for page in pages for link in attribute.findall(unescape(page))}
    assert len(links) > 50
    for link in links:
        found = absolute(link, BASE)
        assert not found or re.match("https?://|mailto:", found, re.IGNORECASE), ascii(link)
        assert forbidden(found, allowed="") == []


def test_a_long_address_costs_little() -> None:
    start = time.perf_counter()
    for unit in ("a", "?", "&utm_a=b", "%41", "../", "\n", " ", "http://"):
        for text in (unit * 100_000, "https://example.org/" + unit * 100_000):
            absolute(text, BASE)
            canonical(text[:16_000])
            outlet(text)
            openable(text)
    assert time.perf_counter() - start < 60
