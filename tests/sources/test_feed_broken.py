"""Feeds that are damaged, are something else, or mean harm."""

import contextlib
import gzip
import random
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.model.errors import SourceUnreadable
from reader.sources import feed
from reader.sources.feed import NotAFeed, ParsedFeed

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
DATA = Path(__file__).parents[1] / "data" / "feeds"
SAMPLES = [path.read_bytes() for path in sorted(DATA.iterdir()) if path.suffix != ".txt"]
ITEM = "<item><title>{0}</title><link>https://example.org/{0}</link></item>"
WHOLE = (
    '<?xml version="1.0"?><rss version="2.0"><channel><title>T</title>'
    + "".join(ITEM.format(n) for n in range(5))
    + "</channel></rss>"
)


def parse(document: str | bytes, *, content_type: str = "") -> ParsedFeed:
    data = document.encode() if isinstance(document, str) else document
    return feed.parse(data, url="https://example.org/feed", content_type=content_type, now=NOW)


def titles(document: str | bytes) -> list[str]:
    return [article.title for article in parse(document).articles]


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ("\n\n  " + WHOLE, "0 1 2 3 4"),
        ("\ufeff" + WHOLE, "0 1 2 3 4"),
        ("<br />\n<b>Warning</b>: mysql_connect() in <b>/x.php</b><br />\n" + WHOLE, "0 1 2 3 4"),
        ("Notice: undefined < index\n" + WHOLE, "0 1 2 3 4"),
        (WHOLE + "<script>track()</script><!-- 0.1 s -->", "0 1 2 3 4"),
        (WHOLE.replace("</channel>", ""), "0 1 2 3 4"),
        (WHOLE.replace("</item>", ""), "0 1 2 3 4"),
        (WHOLE.replace("</channel></rss>", "").replace("</item>", ""), "0 1 2 3 4"),
        (WHOLE.replace("</title><link>", "<link>"), "0 1 2 3 4"),
        (WHOLE.replace("3</title>", "3<title>"), "0 1 2 3 4"),
        (WHOLE.replace(">2<", ">2 & 3<"), "0 1 2 & 3 3 4"),
        (WHOLE.replace(">2<", ">a < b<"), "0 1 a < b 3 4"),
        (WHOLE.replace(">2<", ">2\x08\x0b<"), "0 1 2 3 4"),
        (WHOLE.replace(">2<", ">\x1b[31m2<"), "0 1 2 3 4"),
        (WHOLE.replace(">2<", ">caf&eacute;<"), "0 1 café 3 4"),
        (WHOLE.replace(">2<", ">Re&colon; x<"), "0 1 Re: x 3 4"),
        (WHOLE.replace(">2<", ">&unknown;<"), "0 1 &unknown; 3 4"),
        (WHOLE.replace("<item>", "<item dc:x=1 y='2>"), "0 1 2 3 4"),
        (WHOLE.replace("<item>", "<ITEM>").replace("</item>", "</Item>"), "0 1 2 3 4"),
        (WHOLE.replace('version="1.0"', 'version="1.1"'), "0 1 2 3 4"),
        (WHOLE + WHOLE, "0 1 2 3 4"),
        (WHOLE.replace("<item><title>2", "<item><updeted>x</updated><title>2"), "0 1 2 3 4"),
        (WHOLE.replace("2</title>", "2</titlo>"), "0 1 2 3 4"),
    ],
)
def test_what_is_broken_is_mended(document: str, expected: str) -> None:
    assert " ".join(titles(document)) == expected


def test_links_keep_ampersands_that_nobody_escaped() -> None:
    (article,) = parse(
        "<rss><item><link>https://example.org/?a=1&copy=2&b</link></item></rss>"
    ).articles
    assert article.link == "https://example.org/?a=1&copy=2&b"


def test_markup_that_nobody_escaped_is_the_text() -> None:
    (article,) = parse(
        "<rss><channel><item><description><p>One<p>Two<br><img src=a.png> &nbsp; <b>x</description>"
        "<pubDate>2026-11-01</pubDate></item></channel></rss>"
    ).articles
    assert "Two<br><img" in article.body
    assert article.kind == "html"
    assert article.published == datetime(2026, 11, 1, tzinfo=UTC)


@pytest.mark.parametrize("cut", range(0, len(WHOLE), 7))
def test_of_what_was_cut_off_the_whole_articles_stay(cut: int) -> None:
    document = WHOLE[:cut]
    whole = [str(n) for n in range(5) if WHOLE.find(ITEM.format(n)) + len(ITEM.format(n)) <= cut]
    try:
        found = titles(document)
    except SourceUnreadable:
        found = []
    assert found == whole


def test_json_that_was_cut_off() -> None:
    document = (DATA / "blog.json").read_text(encoding="utf-8")
    whole = parse(document)
    parsed = parse(document[: document.index('"content_text": "A note')])
    assert parsed.title == whole.title
    assert parsed.articles == whole.articles[:1]
    assert parsed.problems == ("it is not well-formed JSON",)
    trailing_comma = document.replace("}\n  ]", "},\n  ]")
    assert parse(trailing_comma).articles == whole.articles


def test_a_character_that_was_cut_in_two_does_not_change_the_encoding() -> None:
    data = WHOLE.replace(">2<", ">één<").encode() + "é".encode()[:1]
    assert "één" in titles(data)


@pytest.mark.parametrize(
    "page",
    [
        "<!DOCTYPE html><html><head><title>x</title></head><body><p>x</body></html>",
        "<html xmlns='http://www.w3.org/1999/xhtml'><head/><body/></html>",
        "<!-- saved --><meta charset=utf-8><title>x</title><p>Hello",
        "<!doctype html><pre>&lt;rss></pre><rss></rss>",
    ],
)
def test_a_page_sends_to_the_search_for_its_feed(page: str) -> None:
    with pytest.raises(NotAFeed):
        parse(page)


@pytest.mark.parametrize(
    "document",
    [
        "",
        " \n\t",
        "Not found",
        "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><url/></urlset>",
        "<opml version='1.0'><body><outline/></body></opml>",
        '{"error": "not found"}',
        "[1, 2]",
        "{",
        '"text"',
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        b"\x1f\x8b\x08\0broken",
        bytes(range(256)) * 20,
    ],
)
def test_what_is_no_feed_is_refused(document: str | bytes) -> None:
    with pytest.raises(SourceUnreadable) as caught:
        parse(document)
    assert not isinstance(caught.value, NotAFeed)
    assert str(caught.value).startswith("the document ")


def test_a_body_that_is_compressed_without_saying_so() -> None:
    data = WHOLE.encode()
    assert len(titles(gzip.compress(data))) == 5
    assert len(titles(gzip.compress(gzip.compress(data)))) == 5
    with pytest.raises(SourceUnreadable, match="16 MiB"):
        parse(gzip.compress(b"<rss>" + b" " * (17 << 20)))


def test_entities_are_no_bombs_and_open_no_files(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("do not tell")
    bomb = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 30))
    document = (
        f'<!DOCTYPE rss [<!ENTITY e0 "ha"><!ENTITY file SYSTEM "file://{secret}">'
        f'<!ENTITY net SYSTEM "http://127.0.0.1:9/x">{bomb}<!ENTITY nice "caf&#233;">]>'
        "<rss><channel><item><title>a&e29;b&file;c&net;d &nice;</title></item></channel></rss>"
    )
    assert titles(document) == ["abcd café"]


def test_a_declared_entity_does_not_grow_without_end() -> None:
    document = (
        f'<!DOCTYPE rss [<!ENTITY a "{"x" * 200}">]><rss><channel><item><description>'
        f"{'&a;' * 1_000_000}</description></item></channel></rss>"
    )
    (article,) = parse(document).articles
    assert len(article.body) < 8_000_000


def test_a_title_of_a_megabyte_is_cut_at_once() -> None:
    (article,) = parse(f"<rss><item><title>{'x' * 1_000_000}</title></item></rss>").articles
    assert len(article.title) == 10_000


DEEP = 20_000
FLOOD = {
    "nested": f"<item><description>{'<b>' * DEEP}text{'</b>' * DEEP}</description></item>",
    "nested, never closed": f"<item><description>{'<b>' * DEEP}text",
    "attributes": f"<item {' '.join(f'a{n}=x' for n in range(DEEP))}><title>x</title></item>",
    "comments": "<!-- " * DEEP,
    "declarations": "<!x" * DEEP,
    "instructions": "<?x" * DEEP,
    "sections": "<item><title>" + "<![CDATA[" * DEEP,
    "angles": "<item><title>" + "<" * DEEP * 5,
    "half tags": "<item><title>" + "<a " * DEEP,
    "quotes": "<item><title>" + "<a b='\"" * DEEP,
    "ends": "<item>" + "<a>" * 190 + "</zz>" * DEEP,
    "fields": "<item>" + "<a>" * 190 + "<pubDate/>" * DEEP,
    "groups": "<item>" + "<media:group>" * DEEP,
    "channels": "<channel>" * DEEP,
    "categories": f"<item>{''.join(f'<category>{n}</category>' for n in range(DEEP))}</item>",
    "white space": f"<item><title>{' ' * DEEP * 10}</title><a {' ' * DEEP * 10}></item>",
    "references": f"<item><title>{'&' * DEEP * 10}</title></item>",
    "document types": "<!DOCTYPE a [" * DEEP,
}


@pytest.mark.parametrize("name", FLOOD)
def test_floods_end_in_time(name: str) -> None:
    """Twice the flood takes about twice the time: nothing is quadratic."""

    def seconds(times: int) -> float:
        document = "<rss><channel>" + FLOOD[name] * times
        started = time.process_time()
        with contextlib.suppress(SourceUnreadable):
            parse(document)
        return time.process_time() - started

    once = min(seconds(1), seconds(1))
    assert once < 1.0
    assert seconds(4) < 12 * once + 0.1


def test_json_that_is_nested_or_numerous() -> None:
    head = '{"version": "https://jsonfeed.org/version/1.1", "title": "T", "items": '
    assert parse(head + "[" * 100_000).articles == ()
    assert parse(head + '[{"id": ' + "9" * 10_000 + "}]}").title == "T"
    with pytest.raises(SourceUnreadable, match="too many parts"):
        parse(head + "{}," * 2_000_001)


def test_json_of_wrong_types() -> None:
    parsed = parse(
        '{"version": "https://jsonfeed.org/version/1", "title": 5, "hubs": [1], "items": ['
        '{"id": 7.5, "content_html": null, "date_published": [], "tags": "a", "authors": {},'
        ' "attachments": [5, {"url": 1}], "image": {}}, null, "x", {"id": {}, "url": ["u"]}]}'
    )
    assert parsed.title == "5"
    assert [article.identity for article in parsed.articles] == ["7.5"]


# VmHWM, as the peak of getrusage is what the starting process had, if that was more.
MEMORY = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from reader.sources import feed
data = sys.stdin.buffer.read()
feed.parse(data, url="https://example.org/", now=datetime(2026, 11, 21, tzinfo=UTC))
status = Path("/proc/self/status").read_text()
print(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")))
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs /proc")
@pytest.mark.parametrize(
    ("unit", "size"),
    [
        ("\U0001f600&#146;", 16 << 20),
        ("<a b='c'/>", 2_400_000),
        ("</title></item>" + ITEM, 2 << 20),
    ],
)
def test_the_worst_feed_fits_into_memory(unit: str, size: int) -> None:
    head, one = b"<rss><channel><item><title>", unit.encode()
    data = head + one * ((size - len(head)) // len(one))
    done = subprocess.run(
        [sys.executable, "-c", MEMORY], input=data, capture_output=True, check=True, timeout=60
    )
    assert int(done.stdout) < 256 * 1024


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_damage_never_does_more_than_lose_articles(data: st.DataObject) -> None:
    document = bytearray(data.draw(st.sampled_from(SAMPLES)))
    for _ in range(data.draw(st.integers(1, 8))):
        place = data.draw(st.integers(0, len(document)))
        match data.draw(st.sampled_from(["flip", "cut", "drop", "repeat", "insert"])):
            case "flip" if place < len(document):
                document[place] ^= 1 << data.draw(st.integers(0, 7))
            case "cut":
                del document[place:]
            case "drop":
                del document[place : place + data.draw(st.integers(1, 200))]
            case "repeat":
                document[place:place] = document[place : place + 200]
            case _:
                document[place:place] = data.draw(
                    st.sampled_from([b"<", b">", b"&", b'"', b"]]>", b"<![CDATA[", b"<!--", b"\0"])
                )
    try:
        parsed = parse(bytes(document))
    except SourceUnreadable:
        return
    for article in parsed.articles:
        assert article.published is None or article.published.tzinfo is UTC
        assert len(article.title) <= 10_000
    identities = [article.identity for article in parsed.articles if article.identity]
    assert len(identities) == len(set(identities))


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_a_feed_or_refused(data: bytes) -> None:
    for document in (data, b"<rss>" + data, b"<feed><entry>" + data, b'{"items": [' + data):
        with contextlib.suppress(SourceUnreadable):
            parse(document)


def test_every_file_of_the_corpus_is_read_or_refused_in_time(corpus: Path) -> None:
    paths = [p for room in ("feeds", "hostile", "opml", "html") for p in (corpus / room).rglob("*")]
    random.Random(1).shuffle(paths)
    for path in paths:
        if not path.is_file():
            continue
        started = time.process_time()
        with contextlib.suppress(SourceUnreadable):
            parse(path.read_bytes())
        assert time.process_time() - started < 60, path
