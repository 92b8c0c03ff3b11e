"""Files of a folder as articles: real ones, odd ones, hostile ones."""

import os
import pickle
import resource
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from reader.model.article import RawArticle
from reader.model.errors import SourceUnreadable
from reader.sources import folder

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
WRITTEN = datetime(2026, 5, 4, 3, 2, 1, tzinfo=UTC)


def article(root: Path, name: str, data: str | bytes) -> RawArticle:
    """The article that a file of this name and content is."""
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    os.utime(path, (WRITTEN.timestamp(), WRITTEN.timestamp()))
    return folder.read(root, name, now=NOW)


def test_front_matter_gives_every_field(tmp_path: Path) -> None:
    found = article(
        tmp_path,
        "world/canal.md",
        """---
title: Canal plan divides town
date: 2026-01-28T10:00:00+01:00
updated: 2026-01-29
description: What it may cost.
link: https://paper.example/canal
source: The Paper
author: [Ann Lee, Bo Dahl]
tags: [canal, money]
image: https://paper.example/canal.jpg
comments: https://paper.example/canal#talk
lang: en
draft: true
---

The **council** met.
""",
    )
    assert found == RawArticle(
        identity="world/canal.md",
        title="Canal plan divides town",
        body="\nThe **council** met.\n",
        kind="markdown",
        feed="The Paper",
        link="https://paper.example/canal",
        base="https://paper.example/canal",
        published=datetime(2026, 1, 28, 9, tzinfo=UTC),
        updated=datetime(2026, 1, 29, tzinfo=UTC),
        date_source="given",
        summary="What it may cost.",
        authors=("Ann Lee", "Bo Dahl"),
        tags=("canal", "money"),
        language="en",
        image="https://paper.example/canal.jpg",
        comments="https://paper.example/canal#talk",
        draft=True,
    )
    assert pickle.loads(pickle.dumps(found)) == found


SEEDS = {
    "000": (
        "Mark Rutte is on collision course with European capitals over NATO - politico.eu",
        "2026-01-28",
        "given",
        "news.google.com",
        "en",
    ),
    "001": (
        "Rutte to US, Europe: Now's not the time to go alone",
        "2025-03-26",
        "text",
        "seeds",
        "en",
    ),
    "002": (
        "NATO's New Direction Under Rutte: Navigating Challenges and Aligning with Trump",
        "",
        "file",
        "seeds",
        "en",
    ),
    "003": (
        "Mark Rutte reageert voor het eerst op ruzie Trump en Zelensky",
        "",
        "file",
        "seeds",
        "nl",
    ),
    "004": (
        "Trump to meet Rutte at the White House to discuss NATO membership",
        "",
        "file",
        "seeds",
        "en",
    ),
}


@pytest.mark.parametrize("number", SEEDS)
def test_the_seeds_are_what_a_person_would_say(seeds: Path, number: str) -> None:
    (path,) = seeds.glob(f"{number}_*")
    found = folder.read(seeds, path.name, now=datetime.now(UTC))
    title, date, source, feed, language = SEEDS[number]
    assert found.title == title
    assert (found.date_source, found.feed, found.language) == (source, feed, language)
    assert found.published is not None
    if date:
        assert found.published == datetime.fromisoformat(date).replace(tzinfo=UTC)
    else:
        assert abs(found.published.timestamp() - path.stat().st_mtime) < 0.001
    assert found.problems == ()


def test_the_first_seed_shows_its_list_once_and_its_five_tags(seeds: Path) -> None:
    (path,) = seeds.glob("000_*")
    found = folder.read(seeds, path.name, now=datetime.now(UTC))
    assert found.kind == "html"
    assert found.summary == ""
    assert found.tags == ("collision", "european", "capitals", "politico", "course")
    assert found.body.count("<li>") == 5
    assert found.link.startswith("https://news.google.com/rss/articles/")


@pytest.mark.parametrize(
    ("name", "text", "kind"),
    [
        ("a.md", "# Title\n\nWords *and* more.", "markdown"),
        ("a.md", "<p>A piece</p><p>of HTML</p>", "html"),
        ("a.md", "<img src='x.png'>\n\n# Title\n\n- a\n- [b](c)\n", "markdown"),
        ("a.md", "Title\nA deck that is quite long for a deck.\n\nWords.\n", "text"),
        ("a.txt", "Title\n\nWords.\n", "text"),
        ("a.txt", "# Title\n\nWords.\n", "markdown"),
        ("a.txt", "# comment\n# and more\nkey = value\n- x\n- y\n", "text"),
        ("a.txt", "<ol><li><a href='x'>One</a></li><li>Two</li></ol>", "html"),
        ("a.txt", "Two < three\n\nand <b>one tag</b> in prose.\n", "text"),
        ("a.html", "<p>Words</p>", "html"),
        ("a.html", "Only words.", "text"),
        ("a.html", "<meta charset=utf-8>Words", "html"),
        ("a.html", "Words &amp; words.", "html"),
        ("a.md", "---\n---\nwords\n", "markdown"),
        ("a", "---\ntitle: x\n---\nOnly words.", "text"),
        ("a.markdown", "---\ntitle: x\n---\nOnly words.", "markdown"),
    ],
)
def test_kinds_are_told_by_content(tmp_path: Path, name: str, text: str, kind: str) -> None:
    assert article(tmp_path, name, text).kind == kind


@pytest.mark.parametrize(
    ("name", "text", "title"),
    [
        ("2026-01-28-canal_plan.md", "\n\n- a list\n- without a title\n", "Canal plan"),
        ("posts/canal-plan/index.md", "- a list\n", "Canal plan"),
        ("Canal plan.md", "", "Canal plan"),
        ("a.md", "Intro *text*.\n\n## The heading\n\nMore.", "The heading"),
        ("a.md", "# The [title](x) of *it* {#top}\n\nMore.", "The title of it"),
        ("a.md", "The title\n=========\n\nWords.", "The title"),
        ("a.html", "<div><h2>The <b>title</b></h2>Words</div>", "The title"),
        ("esc\x1b[31mred.md", "* a\n* b", "Escred"),
    ],
)
def test_titles_where_none_is_given(tmp_path: Path, name: str, text: str, title: str) -> None:
    assert article(tmp_path, name, text).title == title


@pytest.mark.parametrize(
    ("name", "feed"),
    [
        ("a.md", "news"),
        ("world/a.md", "world"),
        ("world/europe/a.md", "world/europe"),
        ("posts/canal/index.md", "posts"),
        ("posts/index.md", "posts"),
    ],
)
def test_feeds_are_folders_where_no_publisher_is_named(
    tmp_path: Path, name: str, feed: str
) -> None:
    root = tmp_path / "news"
    root.mkdir()
    assert article(root, name, "---\ntitle: x\n---\n").feed == feed


def test_a_single_file_is_a_root(tmp_path: Path) -> None:
    article(tmp_path, "notes/a.md", "---\ntitle: x\n---\nWords")
    root = tmp_path / "notes/a.md"
    found = folder.read(root, "a.md", now=NOW)
    assert (found.identity, found.title, found.feed) == ("a.md", "x", "notes")


@pytest.mark.parametrize(
    ("summary", "shown"),
    [
        ("The council met for the third time this week", False),
        ("The council met for the third time this week, and nob...", False),
        ("<p>The <b>council</b> met for the third time&nbsp;this week</p>", False),
        ("A title", False),
        ("Who pays for the canal?", True),
    ],
)
def test_a_summary_that_repeats_is_dropped(tmp_path: Path, summary: str, shown: bool) -> None:
    found = article(
        tmp_path,
        "a.md",
        f"---\ntitle: A title\nsummary: '{summary}'\n---\n"
        "The [council](x) met for the third time this week, and nobody spoke for long.",
    )
    assert bool(found.summary) is shown


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbf---\ntitle: caf\xc3\xa9\n---\nwords\n",
        "---\ntitle: caf\u00e9\n---\nwords\n".encode("utf-16"),
        "---\ntitle: caf\u00e9\n---\nwords\n".encode("utf-16-le"),
        b"---\r\ntitle: caf\xc3\xa9\r\n---\r\nwords\r\n",
        b"---\rtitle: caf\xc3\xa9\r---\rwords\r",
    ],
)
def test_encodings_and_line_ends(tmp_path: Path, data: bytes) -> None:
    found = article(tmp_path, "a.md", data)
    assert (found.title, found.body) == ("caf\u00e9", "words\n")


def test_nul_characters_are_left_out_and_told(tmp_path: Path) -> None:
    found = article(tmp_path, "a.md", "---\ntitle: x\n---\n" + "Some words. " * 20 + "\0and more\0")
    assert "and more" in found.body
    assert "\0" not in found.body
    assert found.problems == ("2 NUL characters were left out.",)


def test_a_mistaken_date_costs_nothing_else(tmp_path: Path) -> None:
    found = article(tmp_path, "a.md", "---\ntitle: x\ndate: 2026-02-30\ntags: [a]\n---\n")
    assert (found.title, found.tags) == ("x", ("a",))
    assert (found.published, found.date_source) == (WRITTEN, "file")
    assert found.problems == ('Line 3: "2026-02-30" is not a date.',)


@pytest.mark.parametrize(
    ("written", "wrong"),
    [("2031-01-01", "lies ahead"), ("0044-03-15", "is too old"), ("soon", "is not a date")],
)
def test_a_date_that_cannot_be_is_told_for_what_it_is(
    tmp_path: Path, written: str, wrong: str
) -> None:
    found = article(tmp_path, "a.md", f"---\ntitle: x\ndate: {written}\n---\n")
    assert found.published == WRITTEN
    assert found.problems == (f'Line 3: "{written}" {wrong}.',)


def test_a_page_may_declare_its_encoding(tmp_path: Path) -> None:
    text = (
        '<html><head><meta charset="shift_jis"><title>日本語の記事</title></head><body>本文</body>'
    )
    assert article(tmp_path, "a.html", text.encode("shift_jis")).title == "日本語の記事"


def test_what_is_left_of_a_broken_header_stands_below_the_body(tmp_path: Path) -> None:
    head = "---\n<lost & words>\ntitle: a: b\n---\n"
    assert article(tmp_path, "a.md", head + "Words").body == (
        "Words\n\n~~~~~\n<lost & words>\n~~~~~\n"
    )
    assert article(tmp_path, "a.html", head + "<p>Words</p>").body == (
        "<p>Words</p>\n<pre>&lt;lost &amp; words&gt;</pre>"
    )
    assert article(tmp_path, "a.txt", head + "Words").body == "Words\n\n<lost & words>"


def test_a_store_of_bulletty(tmp_path: Path) -> None:
    found = article(
        tmp_path,
        "categories/tech/paper/canal.md",
        '+++\ntitle = "Canal plan"\ndescription = "The council m"\nurl = "https://p.example/1"\n'
        'date = "2023-04-20T23:00:00Z"\nlastupdated = "2023-04-21T23:00:00Z"\n'
        'author = "p.example"\ntext = ""\nseen = false\n+++\n\nThe council met.\n',
    )
    assert (found.title, found.link, found.authors) == (
        "Canal plan",
        "https://p.example/1",
        ("p.example",),
    )
    assert found.feed == "categories/tech/paper"
    assert (found.published, found.updated) == (
        datetime(2023, 4, 20, 23, tzinfo=UTC),
        datetime(2023, 4, 21, 23, tzinfo=UTC),
    )


def test_a_clipping_of_obsidian(tmp_path: Path) -> None:
    found = article(
        tmp_path,
        "Clippings/Canal plan.md",
        '---\ntitle: "Canal plan"\nsource: "https://www.paper.example/1?utm_source=x"\nauthor:\n'
        '  - "[[Ann Lee]]"\npublished:\ncreated: 2023-01-19\ndescription:\ntags:\n'
        '  - "clippings"\n  - "news/politics"\n---\n![Image](https://paper.example/1.webp)\n',
    )
    assert (found.feed, found.authors) == ("paper.example", ("Ann Lee",))
    assert found.link == "https://www.paper.example/1?utm_source=x"
    assert found.published == datetime(2023, 1, 19, tzinfo=UTC)
    assert found.tags == ("clippings", "news/politics")


# --- what is refused, and what is bounded


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"\x1f\x8b\x08\x00" + bytes(range(256)) * 4, "It is a gzip archive, not text."),
        (b"%PDF-1.7\n" + bytes(range(256)) * 8, "It is a PDF document, not text."),
        (bytes(range(256)) * 16, "It is a binary file, not text."),
        (b"\0" * 5000, "It is a binary file, not text."),
    ],
)
def test_binary_files_are_refused_with_a_reason(tmp_path: Path, data: bytes, reason: str) -> None:
    with pytest.raises(SourceUnreadable) as refused:
        article(tmp_path, "a.txt", data)
    assert str(refused.value) == reason


def test_what_is_no_file_is_never_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.md")
    (tmp_path / "folder.md").mkdir()
    (tmp_path / "device.md").symlink_to("/dev/zero")
    (tmp_path / "out.md").symlink_to("/etc/hostname")
    (tmp_path / "circle.md").symlink_to("circle.md")
    for name in ("pipe.md", "folder.md", "device.md", "out.md", "circle.md", "gone.md", "a\0b"):
        with pytest.raises(SourceUnreadable):
            folder.read(tmp_path, name, now=NOW)


def test_a_link_within_the_folder_is_read(tmp_path: Path) -> None:
    article(tmp_path, ".store/1234", "---\ntitle: kept\n---\n")
    (tmp_path / "a.md").symlink_to(".store/1234")
    assert folder.read(tmp_path, "a.md", now=NOW).title == "kept"


def test_a_huge_file_is_read_up_to_a_limit(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    line = "De raad vergaderde over het kanaal, één keer per week, zonder besluit.\n".encode()
    with path.open("wb") as file:
        file.write(b"Een kop\n\n" + line * (folder.LARGEST_READ // len(line) + 1))
        file.truncate(200 * 1024 * 1024)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.process_time()
    found = folder.read(tmp_path, "a.txt", now=NOW)
    assert time.process_time() - start < 60
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown * (1 if sys.platform == "darwin" else 1024) < 100 * 1024 * 1024
    assert found.title == "Een kop"
    assert "één" in found.body
    assert "Ã" not in found.body
    assert found.problems == ("The file is 200 MB; only the first 8 MB are shown.",)


def test_names_that_are_not_utf_8_are_read(tmp_path: Path) -> None:
    name = os.fsdecode(b"caf\xe9\x1b]0;owned\x07.md")
    found = article(tmp_path, name, "* a\n* b")
    assert found.identity == name
    assert "\x1b" not in found.title
    assert "owned" not in found.title
