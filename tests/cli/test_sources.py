"""newsreader add, update, feeds and remove, and what is said to who gets them wrong."""

import io
import sys
from pathlib import Path

import pytest

from reader.cli.exits import Exit
from tests.cli.shell import Shell
from tests.cli.test_reading import config, server, shell
from tests.net.server import Server

__all__ = ["config", "server", "shell"]

RSS = b"""<rss version="2.0"><channel><title>%s</title><item><title>One</title>
<guid>1</guid></item></channel></rss>"""
PAGE = b"""<html><head><link rel="alternate" type="application/rss+xml" href="/a">
<link rel="alternate" type="application/rss+xml" href="/b"></head></html>"""


@pytest.fixture
def feed(server: Server) -> str:
    """The address of a feed, as people type it."""
    return server.answer("/a", body=RSS % b"Alpha").removeprefix("http://")


def test_nothing_is_followed_yet(shell: Shell) -> None:
    assert shell("feeds") == Exit.NOTHING
    assert "newsreader add" in shell.err
    assert "newsreader import" in shell.err
    assert shell("update") == Exit.OK
    assert "newsreader add" in shell.err
    assert shell("remove", "1") == Exit.NOTHING
    assert "nothing is followed yet" in shell.err


def test_only_what_was_added_is_fetched(shell: Shell, server: Server, feed: str) -> None:
    other = server.answer("/b", body=RSS % b"Beta")
    assert shell("add", feed) == Exit.OK
    assert shell.out == "brought 1, 0 changed\n"
    before = len(server.asked)
    assert shell("add", other) == Exit.OK
    assert {asked.path for asked in server.asked[before:]} == {"/b"}


def test_what_is_mistaken_costs_the_others_nothing(
    shell: Shell, server: Server, feed: str, tmp_path: Path
) -> None:
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "one.txt").write_text("One article.")
    gone = server.url("/gone")
    assert shell("add", gone, feed, "./nowhere", "news") == Exit.PARTLY
    assert f"{gone}: 127.0.0.1 has nothing at this address (404). Look" in shell.err
    assert "There is no file or folder" in shell.err
    assert shell.out == "brought 2, 0 changed\n"
    assert shell("feeds") == Exit.OK
    assert "Alpha" in shell.out
    assert "news" in shell.out


def test_the_summary_tells_why_in_one_line(
    shell: Shell, server: Server, feed: str, tmp_path: Path
) -> None:
    urls = ("http://" + feed, server.url("/gone"), server.answer("/mad", status=500))
    (tmp_path / "urls").write_text("\n".join(urls))
    assert shell("import", "urls") == Exit.OK
    assert shell("update") == Exit.PARTLY
    assert shell.out == (
        "brought 1, 0 changed, 2 failed: 127.0.0.1 has an internal error (500); "
        "127.0.0.1 has nothing at this address (404)\n"
    )


def test_the_page_of_comments_is_shown(shell: Shell, server: Server) -> None:
    item = b"<item><title>One</title><guid>1</guid><comments>http://e.org/talk</comments></item>"
    shell("add", server.answer("/a", body=b"<rss version='2.0'><channel>%s</channel></rss>" % item))
    assert shell("show", "1") == Exit.OK
    assert "comments: http://e.org/talk" in shell.out
    assert shell("show", "1", "--json") == Exit.OK
    assert shell.rows[0]["comments"] == "http://e.org/talk"


def test_the_largest_feed_is_a_setting(shell: Shell, server: Server, config: Path) -> None:
    large = server.answer("/large", body=RSS % b"Large" + b" " * (1 << 20))
    config.write_text("[network]\nallow_private = true\nmax_megabytes = 1\n")
    assert shell("add", large) == Exit.FAILED
    assert "larger than 1 MiB" in shell.err
    assert "max_megabytes" in shell.err
    config.write_text("[network]\nallow_private = true\nmax_megabytes = 2\n")
    assert shell("add", large) == Exit.OK
    assert shell.out == "brought 1, 0 changed\n"


def test_several_feeds_are_told_and_one_is_to_be_chosen(
    shell: Shell, server: Server, feed: str
) -> None:
    server.answer("/b", body=RSS % b"Beta")
    page = server.answer("/page", body=PAGE, Content_Type="text/html")
    assert shell("add", page) == Exit.CHOICE
    assert "2 feeds; add the one you want" in shell.err
    assert shell.out.splitlines() == [
        f"{server.url('/a')}  Alpha",
        f"{server.url('/b')}  Beta",
    ]
    assert shell("feeds") == Exit.NOTHING


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("", "there is nothing to add"),
        ("nothere", "An address has a dot in it"),
        ("nothere.opml", "neither an address nor a file"),
        ("/", "name the folder that holds the articles"),
        ("picture.jpg", "is no text"),
        ("saved.xml", "is a feed that was saved as a file: add its address, http://x.org/feed."),
        ("list.opml", "newsreader import list.opml"),
        ("urls", "newsreader import urls"),
        ("ftp://example.org/feed", "only http and https are"),
        ("127.0.0.1:1", "try again later"),
    ],
)
def test_what_people_type(shell: Shell, tmp_path: Path, word: str, said: str) -> None:
    (tmp_path / "picture.jpg").write_bytes(bytes(range(256)) * 8)
    (tmp_path / "saved.xml").write_bytes(
        b'<feed xmlns="http://www.w3.org/2005/Atom"><title>t</title>'
        b'<link rel="self" href="http://x.org/feed"/></feed>'
    )
    (tmp_path / "list.opml").write_text('<opml version="2.0"><body/></opml>')
    (tmp_path / "urls").write_text("http://example.org/feed tech\nnot an address\n")
    assert shell("add", word) in {Exit.FAILED, Exit.USAGE}
    assert said in shell.err
    assert shell("feeds") == Exit.NOTHING


def test_title_and_category_are_never_dropped_in_silence(
    shell: Shell, feed: str, tmp_path: Path
) -> None:
    assert shell("add", "--title", "Mine", "--category", "A / B", feed) == Exit.OK
    assert shell("feeds", "--json") == Exit.OK
    assert [(row["title"], row["category"]) for row in shell.rows] == [("Mine", ["A", "B"])]
    assert shell("add", "--title", "Mine", feed, feed) == Exit.USAGE
    assert "one by one" in shell.err
    (tmp_path / "news").mkdir()
    assert shell("add", "--category", "A", "news") == Exit.USAGE
    assert "for web feeds" in shell.err


def test_a_folder_inside_another_is_told(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "news" / "tech").mkdir(parents=True)
    assert shell("add", "news") == Exit.OK
    assert shell("add", "news/tech") == Exit.OK
    assert "already there: " in shell.err
    assert "lies in" in shell.err


@pytest.mark.parametrize("spelling", ["{0}", "{0}/", "http://{0}", "https://{0}", "alpha", "1"])
def test_feeds_are_removed_by_what_people_call_them(shell: Shell, feed: str, spelling: str) -> None:
    assert shell("add", feed) == Exit.OK
    assert shell("remove", spelling.format(feed)) == Exit.OK
    assert "removed Alpha; newsreader undo brings it back" in shell.err
    assert shell("undo") == Exit.OK
    assert shell("feeds") == Exit.OK
    assert "1 unread  Alpha" in shell.out


def test_none_of_several_is_removed_where_one_is_not_clear(shell: Shell, feed: str) -> None:
    assert shell("add", feed) == Exit.OK
    assert shell("remove", "alpha", "beta") == Exit.NOTHING
    assert "newsreader feeds lists them" in shell.err
    assert shell("feeds") == Exit.OK


def test_a_word_that_is_neither_command_nor_path(shell: Shell) -> None:
    assert shell("udpate") == Exit.USAGE
    assert "did you mean update?" in shell.err
    assert "--help" in shell.err
    assert shell.opened is None


def test_import_says_what_to_do(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert shell("import", "https://example.org/list.opml") == Exit.USAGE
    assert "newsreader add https://example.org/list.opml" in shell.err
    (tmp_path / "empty").mkdir()
    assert shell("import", "empty") == Exit.FAILED
    assert "without newsboat's urls file" in shell.err
    (tmp_path / "none.opml").write_text('<opml version="2.0"><body/></opml>')
    assert shell("import", "none.opml") == Exit.NOTHING
    assert "there is no feed in it" in shell.err
    (tmp_path / "bad.opml").write_text("nothing")
    assert shell("import", "bad.opml") == Exit.FAILED
    assert "bad.opml holds no list of feeds" in shell.err
    (tmp_path / "urls").write_text("﻿http://example.org/feed tech\n", encoding="utf-8")
    assert shell("import", "--cache", "nothere.db", "urls") == Exit.FAILED
    assert "There is no file" in shell.err
    (tmp_path / "my feeds").write_text("http://example.org/feed\nhttp://example.org/b\nwhat\n")
    assert shell("import", "my feeds") == Exit.PARTLY
    assert shell.out == "added 2, 0 known, 1 refused\n"
    assert "newsreader update fetches" in shell.err


def test_a_list_comes_through_a_pipe(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    data = b'<opml version="2.0"><body><outline xmlUrl="http://example.org/a"/></body></opml>'
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    assert shell("import", "-") == Exit.OK
    assert shell.out == "added 1, 0 known, 0 refused\n"
