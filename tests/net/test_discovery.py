"""Feeds of sites: what pages declare, what is known of sites, what a real server answers."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model.errors import NetworkFailed, StatusRefused
from reader.net import links, sites
from reader.net.client import Client
from reader.net.discovery import Inspected, discover, guesses, sniff
from reader.net.message import Response
from reader.net.settings import NetSettings
from tests.net.server import FEED, Server

PAGE = "https://example.org/blog/"


def html(body: str) -> bytes:
    return f"<!doctype html><html><head>{body}</head><body></body></html>".encode()


def response(body: bytes) -> Response:
    return Response(
        url=PAGE,
        final_url=PAGE,
        permanent_url=PAGE,
        status=200,
        headers={},
        body=body,
        received_bytes=0,
        elapsed_s=0,
    )


@pytest.mark.parametrize(
    ("markup", "found"),
    [
        (
            '<link rel=alternate type=application/rss+xml href=/f title="A &amp; B">',
            [("https://example.org/f", "A & B", "rss")],
        ),
        (
            "<LINK HREF='a.xml' TYPE='Application/Atom+XML; charset=utf-8' REL='x ALTERNATE'>",
            [("https://example.org/blog/a.xml", "", "atom")],
        ),
        (
            '<link rel="alternate" type="application/feed+json" href="//cdn.example.org/f.json">',
            [("https://cdn.example.org/f.json", "", "json")],
        ),
        (
            '<link rel="alternate" type="application/json" href="/feed.json">',
            [("https://example.org/feed.json", "", "json")],
        ),
        ('<link rel="alternate" type="application/json" href="/wp-json/wp/v2/posts/1">', []),
        ('<link rel="alternate" hreflang="nl" href="/nl/">', []),
        ('<link rel="alternate" type="text/html" href="/m/">', []),
        ('<link rel="stylesheet" type="text/xml" href="/s.xml">', []),
        ('<link rel="alternate stylesheet" type="text/xml" href="/s.xml">', []),
        ('<link rev="alternate" type="application/rss+xml" href="/f">', []),
        ('<link rel="alternate" type="application/rss+xml" href="">', []),
        ('<link rel="alternate" type="application/rss+xml" href="javascript:x">', []),
        ('<link rel="alternate" type="application/rss+xml" href="http://[">', []),
        ('<!-- <link rel="alternate" type="application/rss+xml" href="/f"> -->', []),
        (
            '<script>var s = \'<link rel="alternate" type="text/xml" href="/f">\'</script>',
            [],
        ),
        ('<link rel="feed" href="/f">', [("https://example.org/f", "", "feed")]),
        (
            '<base href="/b/"><link rel="alternate" type="application/rss+xml" href="f">',
            [("https://example.org/b/f", "", "rss")],
        ),
        (
            (
                '<link rel="alternate" type="text/xml" href="/f#x"><link rel="alternate"'
                ' type="text/xml" href="HTTPS://example.org/f">'
            ),
            [("https://example.org/f", "", "feed")],
        ),
        (
            (
                '<link rel="alternate" type="text/xml" href="/c" title="Comments on: X">'
                '<link rel="alternate" type="text/xml" href="/f" title="X">'
            ),
            [
                ("https://example.org/f", "X", "feed"),
                ("https://example.org/c", "Comments on: X", "feed"),
            ],
        ),
        (
            '<link rel="alternate" type="text/xml" href="/f" title="\x1b[2Jred\u202e">',
            [("https://example.org/f", "red", "feed")],
        ),
    ],
)
def test_what_a_page_declares(markup: str, found: list[tuple[str, str, str]]) -> None:
    candidates = links.declared(html(markup), PAGE)
    got = [(one.url, re.sub("\u202e", "", one.title), one.kind) for one in candidates]
    assert got == found


@pytest.mark.parametrize(
    ("markup", "found"),
    [
        ('<a href="/feed">subscribe</a>', ["https://example.org/feed"]),
        ('<a href="/feed/">x</a><a href="/x.rss">y</a>', ["/feed/", "/x.rss"]),
        ('<a href="/?feed=rss2">x</a>', ["/?feed=rss2"]),
        ('<a href="/x" type="application/rss+xml">x</a>', ["/x"]),
        ('<a href="/all.xml">RSS</a>', ["/all.xml"]),
        ('<a href="/all.xml">sitemap</a>', []),
        ('<a href="/feedback">Give feedback</a>', []),
        ('<a href="/about">how to use the feed</a>', []),
        ('<a href="mailto:feed@example.org">feed</a>', []),
        (
            '<a href="https://other.org/feed">a</a><a href="/feed">b</a>',
            ["/feed", "https://other.org/feed"],
        ),
    ],
)
def test_what_a_page_links_to(markup: str, found: list[str]) -> None:
    body = f"<html><body>{markup}</body></html>".encode()
    expected = [f"https://example.org{url}" if url.startswith("/") else url for url in found]
    assert [candidate.url for candidate in links.linked(body, PAGE)] == expected


@pytest.mark.parametrize("base", ["//[b]/", "http://[b/", "http://\u2100.com/", "javascript:x"])
def test_a_base_that_is_no_address_is_passed_over(base: str) -> None:
    body = f"<base href='{base}'><link rel=alternate type=application/rss+xml href=/feed>".encode()
    assert [found.url for found in links.declared(body, PAGE)] == ["https://example.org/feed"]
    body = f"<base href='{base}'><a href=/feed.xml>feed</a>".encode()
    assert [found.url for found in links.linked(body, PAGE)] == ["https://example.org/feed.xml"]


@given(st.binary(max_size=300))
def test_no_page_is_too_broken(body: bytes) -> None:
    links.declared(body, PAGE)
    links.linked(b"<html><a href=/feed>" + body, PAGE)
    sniff(response(body))


def test_the_autodiscovery_suite(corpus: Path) -> None:
    folder = corpus / "feeds" / "feedfinder-autodiscovery"
    pages = sorted(folder.glob("*.html"))
    assert pages
    for page in pages:
        candidates = links.declared(page.read_bytes(), f"http://diveintomark.org/{page.name}")
        names = [candidate.url.rpartition("/")[2] for candidate in candidates]
        assert names == [page.stem + ".xml"], page.name


def test_feeds_of_the_corpus_are_told_from_pages(corpus: Path) -> None:
    suite = corpus / "feeds" / "feedfinder-autodiscovery"
    for path in [*suite.glob("*.xml"), *(corpus / "feeds" / "miniflux").rglob("*.xml")]:
        assert sniff(response(path.read_bytes())), path
    for path in [*suite.glob("*.html"), *(corpus / "feeds" / "miniflux").rglob("*.html")]:
        assert not sniff(response(path.read_bytes())), path


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (FEED, "rss"),
        (b"\xef\xbb\xbf\n<?xml version='1.0'?><!-- x --><feed xmlns='a'>", "atom"),
        (b"<?xml version='1.0'?><rdf:RDF xmlns:rdf='x'>", "rss"),
        (b"<!DOCTYPE rss SYSTEM 'x'><rss>", "rss"),
        (b"<atom:feed xmlns:atom='x'/>", "atom"),
        ("<?xml version='1.0'?><rss>".encode("utf-16"), "rss"),
        (b'{"version": "https://jsonfeed.org/version/1.1", "items": []}', "json"),
        (b'{"title": "x", "version": "https:\\/\\/jsonfeed.org\\/version\\/1"}', "json"),
        (b'{"version": "1"}', ""),
        (b"<!doctype html><html>", ""),
        (b"<!DOCTYPE html><feed>", ""),
        (b"<html><rss>", ""),
        (b"<opml>", ""),
        (b"", ""),
    ],
)
def test_a_feed_is_told_by_its_beginning(body: bytes, kind: str) -> None:
    found = sniff(response(body))
    assert (found.kind if found else "") == kind


@pytest.mark.parametrize(
    ("page", "feed"),
    [
        (
            "https://www.youtube.com/channel/UCabcdefghijklmnopqrstuv/videos",
            "https://www.youtube.com/feeds/videos.xml?channel_id=UCabcdefghijklmnopqrstuv",
        ),
        (
            "https://m.youtube.com/playlist?list=PL-x_1",
            "https://www.youtube.com/feeds/videos.xml?playlist_id=PL-x_1",
        ),
        (
            "https://www.youtube.com/watch?v=abc&list=PLx",
            "https://www.youtube.com/feeds/videos.xml?playlist_id=PLx",
        ),
        (
            "https://www.youtube.com/user/someone",
            "https://www.youtube.com/feeds/videos.xml?user=someone",
        ),
        ("https://www.youtube.com/@someone", ""),
        ("https://www.youtube.com/c/someone", ""),
        ("https://github.com/o/r", "https://github.com/o/r/releases.atom"),
        ("https://github.com/o/r.git", "https://github.com/o/r/releases.atom"),
        ("https://github.com/o/r/issues/5", "https://github.com/o/r/releases.atom"),
        (
            "https://github.com/o/r/commits/feature/x",
            "https://github.com/o/r/commits/feature/x.atom",
        ),
        ("https://github.com/o/r/tree/main", "https://github.com/o/r/commits/main.atom"),
        ("https://github.com/someone", "https://github.com/someone.atom"),
        ("https://github.com/explore", ""),
        ("https://github.com/topics/rss", ""),
        ("https://gitlab.com/g/sub/p", "https://gitlab.com/g/sub/p/-/releases.atom"),
        ("https://gitlab.com/g/p/-/issues/3", "https://gitlab.com/g/p/-/releases.atom"),
        (
            "https://gitlab.gnome.org/GNOME/gtk/",
            "https://gitlab.gnome.org/GNOME/gtk/-/releases.atom",
        ),
        ("https://codeberg.org/o/r", "https://codeberg.org/o/r/releases.rss"),
        ("https://codeberg.org/o", "https://codeberg.org/o.rss"),
        ("https://git.sr.ht/~u/r/tree", "https://git.sr.ht/~u/r/refs/rss.xml"),
        ("https://old.reddit.com/r/linux/", "https://www.reddit.com/r/linux/.rss"),
        ("https://www.reddit.com/user/x", "https://www.reddit.com/user/x/.rss"),
        (
            "https://www.reddit.com/r/linux/comments/abc/title/",
            "https://www.reddit.com/r/linux/comments/abc/.rss",
        ),
        ("https://reddit.com", "https://www.reddit.com/.rss"),
        ("https://mastodon.social/@Gargron", "https://mastodon.social/@Gargron.rss"),
        ("https://mastodon.social/tags/rss", "https://mastodon.social/tags/rss.rss"),
        ("https://bsky.app/profile/bsky.app", "https://bsky.app/profile/bsky.app/rss"),
        ("https://medium.com/@x/story-1", "https://medium.com/feed/@x"),
        ("https://medium.com/netflix-techblog", "https://medium.com/feed/netflix-techblog"),
        ("https://x.medium.com/", "https://x.medium.com/feed"),
        ("https://x.substack.com/p/letter", "https://x.substack.com/feed"),
        ("https://substack.com/@x", "https://x.substack.com/feed"),
        ("https://x.wordpress.com/2020/", "https://x.wordpress.com/feed/"),
        ("https://x.blogspot.com", "https://x.blogspot.com/feeds/posts/default"),
        ("https://x.tumblr.com/", "https://x.tumblr.com/rss"),
        ("https://www.tumblr.com/x", "https://x.tumblr.com/rss"),
        ("https://dev.to/x", "https://dev.to/feed/x"),
        ("https://news.ycombinator.com/", "https://news.ycombinator.com/rss"),
        ("https://news.ycombinator.com/user?id=pg", "https://hnrss.org/submitted?id=pg"),
        ("https://news.ycombinator.com/newest", "https://hnrss.org/newest"),
        ("https://lobste.rs/t/python", "https://lobste.rs/t/python.rss"),
        (
            "https://stackoverflow.com/questions/tagged/python",
            "https://stackoverflow.com/feeds/tag?tagnames=python&sort=newest",
        ),
        ("https://stackoverflow.com/questions/11/x", "https://stackoverflow.com/feeds/question/11"),
        ("https://arxiv.org/list/cs.CL/recent", "https://rss.arxiv.org/atom/cs.CL"),
        ("https://vimeo.com/staff", "https://vimeo.com/staff/videos/rss"),
        ("https://vimeo.com/123456", ""),
        ("https://lemmy.world/c/linux", "https://lemmy.world/feeds/c/linux.xml?sort=New"),
        ("https://lemmy.world/c/a@b.org", "https://lemmy.world/feeds/c/a@b.org.xml?sort=New"),
        (
            "https://store.steampowered.com/app/10/X/",
            "https://store.steampowered.com/feeds/news/app/10/",
        ),
        ("https://letterboxd.com/x/", "https://letterboxd.com/x/rss/"),
        ("https://example.org/", ""),
        ("https://notgithub.com/o/r", ""),
        ("https://github.com.evil.org/o/r", ""),
    ],
)
def test_what_is_known_of_sites(page: str, feed: str) -> None:
    feeds = sites.feeds_of(page)
    assert (feeds[0][0] if feeds else "") == feed


def test_a_channel_s_page_names_the_channel() -> None:
    page = '<html>..."externalId":"UCabcdefghijklmnopqrstuv","x":1</html>'
    feed = sites.feed_in("https://www.youtube.com/@someone", page)
    assert feed.endswith("?channel_id=UCabcdefghijklmnopqrstuv")
    assert sites.feed_in("https://example.org/", page) == ""
    assert sites.feed_in("https://www.youtube.com/@someone", "<html>") == ""


@pytest.mark.parametrize(
    ("text", "page"),
    [
        ("@a@mastodon.social", "https://mastodon.social/@a"),
        ("a.b@example.org", "https://example.org/@a.b"),
        ("https://a@b.org", ""),
        ("@a", ""),
        ("a@b", ""),
    ],
)
def test_names_of_the_fediverse(text: str, page: str) -> None:
    assert sites.fediverse(text) == page


@given(st.from_regex(r"\Ahttps?://[a-z./@?=&~-]{1,60}\Z"))
def test_every_address_a_rule_makes_is_one(url: str) -> None:
    for feed, title in sites.feeds_of(url):
        assert feed.startswith(("https://", "http://"))
        assert title


# --- over a real server


async def found(server: Server, text: str) -> list[tuple[str, str]]:
    async with Client(environ={}) as client:
        candidates = await discover(text, client)
    return [(one.url.removeprefix(server.url("/")), one.origin) for one in candidates]


async def test_a_feed_s_own_address(server: Server) -> None:
    server.answer("/moved", 301, b"", Location="/feed")
    url = server.answer("/feed")
    assert await found(server, url) == [("feed", "itself")]
    assert await found(server, server.url("/moved").removeprefix("http://")) == [("feed", "itself")]


async def test_a_page_s_declarations_are_looked_into(server: Server) -> None:
    page = html(
        '<link rel="alternate" type="application/rss+xml" href="/dead">'
        '<link rel="alternate" type="application/rss+xml" href="/page">'
        '<link rel="alternate" type="application/rss+xml" href="/a">'
        '<link rel="alternate" type="application/rss+xml" href="/b">'
        '<link rel="alternate" type="application/rss+xml" href="file:///etc/passwd">'
    )
    server.answer("/", 200, page)
    server.answer("/page", 200, page)
    server.answer("/a")
    server.answer("/b", 301, b"", Location="/a")
    assert await found(server, server.url("/")) == [("a", "declared")]


async def test_links_then_guesses(server: Server) -> None:
    server.answer("/", 200, b"<html><body><a href='/x/feed'>rss</a></body></html>")
    server.answer("/rss.xml")
    assert await found(server, server.url("/")) == [("rss.xml", "guessed")]
    server.answer("/x/feed")
    assert await found(server, server.url("/")) == [("x/feed", "linked")]


async def test_nothing_to_be_found(server: Server) -> None:
    server.answer("/", 200, b"<html></html>")
    assert await found(server, server.url("/")) == []
    assert len(server.asked) <= 2 * len(sites.COMMON_PATHS) + 1
    with pytest.raises(StatusRefused):
        await found(server, server.url("/missing"))


async def test_what_is_known_comes_before_the_page(server: Server) -> None:
    server.answer("/@me.rss")
    assert await found(server, server.url("/@me")) == [("@me.rss", "site")]
    assert server.paths() == ["/@me.rss"]


async def test_a_page_may_not_send_us_into_a_private_network(server: Server) -> None:
    elsewhere = server.url("/feed", host="localhost")
    server.answer("/feed")
    server.answer(
        "/", 200, html(f'<link rel="alternate" type="application/rss+xml" href="{elsewhere}">')
    )
    await found(server, server.url("/"))
    hosts = {asked.headers["host"].partition(":")[0] for asked in server.asked}
    assert hosts == {"127.0.0.1"}


async def test_the_caller_s_own_look_counts(server: Server) -> None:
    url = server.answer("/feed", 200, b"special")

    def inspect(answer: Response) -> Inspected | None:
        return Inspected(title="A\x07B", kind="json", articles=3)

    async with Client(environ={}) as client:
        (candidate,) = await discover(url, client, inspect=inspect)
    assert (candidate.title, candidate.kind, candidate.articles) == ("AB", "json", 3)


async def test_http_where_nobody_said_https(
    server: Server, hasty: NetSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reader.net.address.literal", lambda host: "")
    server.answer("/feed")
    text = server.url("/feed").removeprefix("http://")
    async with Client(hasty, environ={}) as client:
        (candidate,) = await discover(text, client)
        with pytest.raises(NetworkFailed):
            await discover("https://" + text, client)
    assert candidate.url.startswith("http://")


def test_guesses_are_beside_the_page_and_at_the_root() -> None:
    addresses = [candidate.url for candidate in guesses("https://example.org/blog/post")]
    assert "https://example.org/blog/feed" in addresses
    assert "https://example.org/feed" in addresses
    assert len(addresses) == len(set(addresses))
    assert len(guesses("https://example.org/")) == len(sites.COMMON_PATHS)
