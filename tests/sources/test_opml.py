"""Lists of feeds: read, mended, followed, written."""

import json
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.model.errors import SourceUnreadable
from reader.model.subscription import Wanted
from reader.sources import opml, subscriptions
from reader.sources.opml import OpmlDocument, Outline
from reader.sources.subscriptions import of_opml, to_opml

DATA = Path(__file__).parents[1] / "data" / "opml"
CREATED = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


def feeds(document: str | bytes) -> list[str]:
    data = document.encode() if isinstance(document, str) else document
    return [wanted.url for wanted in of_opml(opml.read(data)).wanted]


def test_a_nested_list() -> None:
    document = opml.read((DATA / "nested.opml").read_bytes())
    assert (document.title, document.version, document.problems) == ("Mijn lijst & meer", "1.1", ())
    assert ("ownerName", "Zoë") in document.head
    assert document.attributes == (("xmlns:fz", "urn:example:forumzilla"),)
    found = of_opml(document)
    assert [(wanted.title, wanted.url, wanted.category) for wanted in found.wanted] == [
        ("Een", "https://een.example.org/rss?a=1&b=2", ("Nieuws", "Binnenland")),
        ("Twee", "http://twee.example.org/atom", ("Nieuws",)),
        ("Drie", "https://drie.example.org/", ()),
        ("Pad", "https://pad.example.org/", ("Tech", "Linux")),
        ("Bundel", "https://bundel.example.org/", ()),
        ("Deel", "https://deel.example.org/", ("Bundel",)),
    ]
    assert json.loads(found.wanted[0].attributes) == {
        "type": "rss",
        "version": "RSS2",
        "htmlUrl": "https://een.example.org/",
        "fz:quota": "50",
        "xmlns:fz": "urn:example:forumzilla",
        "description": "regel 1\nregel 2 <b>",
    }
    assert found.categories == ((("Nieuws",), '{"isOpen": "true"}'),)
    assert [(refused.name, refused.reason.split(",")[0]) for refused in found.refused] == [
        ("https://EEN.example.org/rss?a=1&b=2", "it stands in the list twice"),
        ("Lijst", "it is a link to another list"),
        ("Pagina", "it is a link to a page"),
        ("exec:~/bin/feed.sh", "it runs a program"),
        ("file:///home/me/feed.xml", "it is a file on a computer"),
        ("Niets", "it has no address"),
    ]


def test_what_comes_out_is_what_went_in() -> None:
    document = opml.read((DATA / "nested.opml").read_bytes())
    written = opml.write(document)
    assert opml.read(written) == document
    assert opml.write(opml.read(written)) == written


def test_a_list_goes_through_the_library_without_loss() -> None:
    """Import, then export: only the place of attributes in their line may change."""
    first = of_opml(opml.read((DATA / "nested.opml").read_bytes()))
    document = to_opml(
        first.wanted, title="Mine", created=CREATED, categories=dict(first.categories)
    )
    assert dict(document.head)["dateCreated"] == "Sat, 21 Nov 2026 12:00:00 +0000"
    second = of_opml(opml.read(opml.write(document)))
    assert {(one.url, one.title, one.category) for one in second.wanted} == {
        (one.url, one.title, one.category) for one in first.wanted
    }
    for before in first.wanted:
        after = next(wanted for wanted in second.wanted if wanted.url == before.url)
        kept = {"type": "rss", **json.loads(before.attributes or "{}")}
        assert json.loads(after.attributes) == kept
    assert second.categories == first.categories


def test_the_page_of_a_feed_is_the_one_known_best() -> None:
    wanted = Wanted(url="https://a.example.org/feed", attributes='{"htmlUrl": "https://old/"}')
    (line,) = to_opml(
        [wanted], title="", created=CREATED, sites={wanted.url: "https://a.example.org/"}
    ).outlines
    assert line.get("htmlUrl") == "https://a.example.org/"
    assert line.get("text") == "a.example.org"


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        (
            '<opml><body><outline text="A & B" xmlUrl="http://a.org/?x&y=1"/></body></opml>',
            "http://a.org/?x&y=1",
        ),
        (
            '<opml><body><outline text="Say "x" y" xmlUrl="http://a.org/"/></body></opml>',
            "http://a.org/",
        ),
        (
            '<opml><body><outline text="a <b class="x">b</b>" xmlUrl="http://a.org/"/></body>',
            "http://a.org/",
        ),
        (
            "<opml><body><outline text=A xmlUrl=http://a.org/ type=rss></body></opml>",
            "http://a.org/",
        ),
        (
            '<opml><body><outline xmlUrl="http://a.org/"><outline xmlUrl="http://b.org/">',
            "http://a.org/ http://b.org/",
        ),
        (
            '<opml><body><outline text="x" xmlUrl="http://a.org/" text="y"/></body></opml>',
            "http://a.org/",
        ),
        (
            '\n <?xml version="1.0"?><opml><body><outline xmlUrl="http://a.org/"/></body></opml>',
            "http://a.org/",
        ),
        ('<body><outline xmlUrl="http://a.org/"/></body>', "http://a.org/"),
        ('<OPML><BODY><OUTLINE XMLURL="http://a.org/"/></BODY></OPML>', "http://a.org/"),
        (
            '<opml><!-- <outline xmlUrl="http://no/"/> --><outline xmlUrl="http://a.org/" &/>',
            "http://a.org/",
        ),
        (
            '<opml><body><outline text="caf&eacute;" xmlUrl="http://a.org/"/></body></opml>',
            "http://a.org/",
        ),
        ("<opml version='2.0'><head/><body/></opml>", ""),
    ],
)
def test_damage_is_mended(document: str, expected: str) -> None:
    assert " ".join(feeds(document)) == expected


def test_lines_left_open_do_not_swallow_what_follows() -> None:
    broken = (
        '<opml><body><outline text="News"><outline text="A" xmlUrl="http://a.org/">'
        '<outline text="B" xmlUrl="http://b.org/"></outline></outline><outline text="C" '
        'xmlUrl="http://c.org/">'
    )
    found = of_opml(opml.read(broken.encode()))
    assert [(wanted.title, wanted.category) for wanted in found.wanted] == [
        ("A", ("News",)),
        ("B", ("News",)),
        ("C", ()),
    ]


def test_quotes_inside_a_title_are_part_of_it() -> None:
    broken = '<opml><body><outline text="The "Post". News" title="x" xmlUrl="http://a.org/"/>'
    (line,) = opml.read(broken.encode()).outlines
    assert line.get("text") == 'The "Post". News'
    assert line.get("title") == "x"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1251"])
def test_encodings(encoding: str) -> None:
    document = (
        f'<?xml version="1.0" encoding="{encoding.removesuffix("-sig")}"?><opml><body>'
        '<outline text="Новости дня сегодня" xmlUrl="http://a.org/"/></body></opml>'
    )
    (line,) = opml.read(document.encode(encoding)).outlines
    assert line.get("text") == "Новости дня сегодня"


@pytest.mark.parametrize(
    "data",
    [b"", b"  \n", b"<html><body><outline xmlUrl='x'></body></html>", b"{}", b"<rss/>", b"plain"],
)
def test_what_is_no_list_is_refused(data: bytes) -> None:
    with pytest.raises(SourceUnreadable):
        opml.read(data)


def test_entities_are_never_expanded_nor_opened(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("do not tell")
    bomb = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 30))
    document = (
        f'<!DOCTYPE opml [<!ENTITY e0 "ha"><!ENTITY file SYSTEM "file://{secret}">{bomb}]>'
        '<opml><body><outline text="&file;&e29;" xmlUrl="http://a.org/"/></body></opml>'
    )
    (wanted,) = of_opml(opml.read(document.encode())).wanted
    assert wanted.title == "&file;&e29;"


def test_five_thousand_feeds_and_worse() -> None:
    line = '<outline text="Feed {0}" type="rss" xmlUrl="https://site{0}.example.org/feed"/>'
    document = "<opml><body>" + "".join(line.format(n) for n in range(5000)) + "</body></opml>"
    started = time.process_time()
    read = opml.read(document.encode())
    assert time.process_time() - started < 60
    assert len(of_opml(read).wanted) == 5000
    deep = "<opml><body>" + '<outline text="x">' * 20_000 + line.format(1)
    assert feeds(deep) == ["https://site1.example.org/feed"]
    assert opml.read(deep.encode()).problems
    for flood in ("<!-- ", '<outline a="', "<outline ", '<outline text="<a ', "&", "<!DOCTYPE a ["):
        started = time.process_time()
        opml.read(("<opml><body><outline>" + flood * 40_000).encode())
        assert time.process_time() - started < 60, flood


@pytest.mark.parametrize(
    ("address", "url"),
    [
        ("https://example.org/feed", "https://example.org/feed"),
        (" http://example.org ", "http://example.org"),
        ("feed://example.org/x", "http://example.org/x"),
        ("feed:https://example.org/x", "https://example.org/x"),
        ("exec:rm -rf", ""),
        ("filter:x:https://example.org", ""),
        ("file:///etc/passwd", ""),
        ("/etc/passwd", ""),
        ("javascript:alert(1)", ""),
        ("mailto:a@example.org", ""),
        ("example", ""),
        ("", ""),
    ],
)
def test_only_web_addresses_are_followed(address: str, url: str) -> None:
    found, reason = subscriptions.feed_url(address)
    assert found == url
    assert bool(reason) != bool(url)


def test_the_lists_of_the_corpus(corpus: Path) -> None:
    manifest = json.loads((corpus / "opml/own/_manifest.json").read_bytes())
    expected = {entry["file"]: entry["distinct_feeds"] for entry in manifest}
    read = 0
    for path in sorted((corpus / "opml").rglob("*")):
        if not path.is_file() or path.name.startswith("_"):
            continue
        data = path.read_bytes()
        try:
            document = opml.read(data)
        except SourceUnreadable:
            assert b"<opml" not in data, path
            continue
        found = of_opml(document)
        if expected.get(path.name):
            assert len(found.wanted) == expected[path.name], path
        if "awesome" in str(path):
            assert len(found.wanted) == data.count(b"xmlUrl="), path
        assert opml.read(opml.write(document)).outlines == document.outlines, path
        read += 1
    assert read > 90


_TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"]), max_size=20)
_VALUE = st.builds(
    str.__add__, _TEXT, st.sampled_from(["", '"', "'", "<&>", "\n", "\t", "\r", "]]>"])
)
_NAME = st.from_regex(r"\A[A-Za-z_][A-Za-z0-9_.-]{0,8}\Z")
_ATTRIBUTES = st.dictionaries(_NAME, _VALUE, max_size=4).map(lambda found: tuple(found.items()))
_OUTLINES = st.recursive(
    st.builds(Outline, _ATTRIBUTES),
    lambda children: st.builds(Outline, _ATTRIBUTES, st.lists(children, max_size=3).map(tuple)),
    max_leaves=10,
)
_DOCUMENTS = st.builds(
    OpmlDocument,
    title=_TEXT.map(str.strip),
    outlines=st.lists(_OUTLINES, max_size=4).map(tuple),
    head=st.lists(
        st.tuples(
            _NAME.filter(lambda name: name.lower() not in {"head", "outline", "title"}),
            _TEXT.map(str.strip),
        ),
        max_size=3,
    ).map(tuple),
)


@settings(max_examples=150, deadline=None)
@given(_DOCUMENTS)
def test_any_list_that_is_written_is_read_back(document: OpmlDocument) -> None:
    assert opml.read(opml.write(document)) == document


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_damage_never_raises_more_than_a_refusal(data: st.DataObject) -> None:
    document = bytearray((DATA / "nested.opml").read_bytes())
    for _ in range(data.draw(st.integers(1, 5))):
        place = data.draw(st.integers(0, len(document) - 1))
        if data.draw(st.booleans()):
            document[place] ^= 1 << data.draw(st.integers(0, 7))
        else:
            del document[place : place + data.draw(st.integers(1, 100))]
    try:
        found = of_opml(opml.read(bytes(document)))
    except SourceUnreadable:
        return
    assert len({wanted.url for wanted in found.wanted}) == len(found.wanted)
