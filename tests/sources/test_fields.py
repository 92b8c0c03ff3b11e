"""What the keys of a header mean, in every dialect."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.sources import fields
from reader.sources.header import plain_keys, read

NOW = datetime(2026, 6, 1, tzinfo=UTC)


def header(lines: str) -> fields.Fields:
    """The fields of a YAML header of these lines."""
    found = read(f"---\n{lines}\n---\n")
    assert not found.problems
    return found.fields


@pytest.mark.parametrize("key", ["title", "Title", "TITLE", "headline", "og_title", "meta_title"])
def test_titles(key: str) -> None:
    assert fields.title(header(f"{key}: A title")) == "A title"


def test_a_title_is_text_whatever_was_written() -> None:
    assert fields.title(header("title: [a, b]")) == "a, b"
    assert fields.title(header("title: ~\nheadline: x")) == "x"
    assert fields.title(header("title: {a: b}")) == ""
    assert fields.title({"title": 42}) == "42"


@pytest.mark.parametrize(
    "key",
    ["date", "published", "created", "pubDate", "publish_date", "date-published", "created_at"],
)
def test_dates_of_publication(key: str) -> None:
    moment, mistaken = fields.published(header(f"{key}: 2026-01-28T10:00:00+02:00"), now=NOW)
    assert (moment, mistaken) == (datetime(2026, 1, 28, 8, tzinfo=UTC), "")


@pytest.mark.parametrize("key", ["updated", "lastmod", "modified", "lastupdated", "date_modified"])
def test_dates_of_change(key: str) -> None:
    found = header(f"{key}: 2026-01-28")
    assert fields.updated(found, now=NOW) == datetime(2026, 1, 28, tzinfo=UTC)
    assert fields.published(found, now=NOW) == (None, "")


def test_the_first_key_that_holds_a_date_counts() -> None:
    found = header("date: 2026-02-30\npublished: 2026-01-02\ncreated: 2025-01-01")
    assert fields.published(found, now=NOW)[0] == datetime(2026, 1, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("lines", "mistaken"),
    [
        ("date: 2026-02-30", "2026-02-30"),
        ("date: soon", "soon"),
        ("date: 2031-01-01", "2031-01-01"),
        ("date: {year: 2026}", "{…}"),
        ("date:", ""),
        ("published: false", ""),
    ],
)
def test_what_is_no_date_is_told(lines: str, mistaken: str) -> None:
    assert fields.published(header(lines), now=NOW) == (None, mistaken)


@pytest.mark.parametrize("key", ["description", "summary", "excerpt", "deck", "subtitle"])
def test_summaries(key: str) -> None:
    assert fields.summary(header(f"{key}: In short.")) == "In short."


@pytest.mark.parametrize(
    ("lines", "link"),
    [
        ("link: https://a.example/1", "https://a.example/1"),
        ("url: 'https://a.example/1'", "https://a.example/1"),
        ("canonical: <https://a.example/1>", "https://a.example/1"),
        ("permalink: /2026/01/\nurl: https://a.example/1", "https://a.example/1"),
        ("permalink: false\nlink: ''", ""),
        ("source: https://a.example/1", "https://a.example/1"),
        ("source: '[A](https://a.example/1)'", "https://a.example/1"),
        ("source: https://a.example/feed.xml", ""),
        ("source: https://a.example/rss?x=1", ""),
        ("source: A paper", ""),
        ("link: {url: https://a.example/1}", "https://a.example/1"),
        ("link: javascript:alert(1)", ""),
        ("link: file:///etc/passwd", ""),
        ("link: https://a.example/1\nsource: https://b.example/2", "https://a.example/1"),
    ],
)
def test_links(lines: str, link: str) -> None:
    assert fields.link(header(lines)) == link


@pytest.mark.parametrize(
    ("lines", "feed"),
    [
        ("source: The Paper", "The Paper"),
        ("feed: The Paper", "The Paper"),
        ("publisher: The Paper", "The Paper"),
        ("site: www.paper.example", "www.paper.example"),
        ("publisher: {name: The Paper, url: https://paper.example}", "The Paper"),
        ("source: '[[The Paper]]'", "The Paper"),
        ("source: '[The Paper](https://paper.example/1)'", "The Paper"),
        ("source: https://www.paper.example/feed", "paper.example"),
        ("source: https://paper.example/1\npublisher: The Paper", "The Paper"),
        ("link: https://paper.example/1", ""),
        ("source:", ""),
        ("feed: false\nsource: true", ""),
    ],
)
def test_feeds(lines: str, feed: str) -> None:
    assert fields.feed(header(lines)) == feed


@pytest.mark.parametrize(
    ("lines", "authors"),
    [
        ("author: Ann Lee", ("Ann Lee",)),
        ("author: By Ann Lee", ("Ann Lee",)),
        ("authors: [Ann Lee, Bo Dahl]", ("Ann Lee", "Bo Dahl")),
        ("authors:\n- name: Ann Lee\n  email: a@b.example\n- Bo Dahl", ("Ann Lee", "Bo Dahl")),
        ("author: {name: Ann Lee}", ("Ann Lee",)),
        ("authors: {ann: {name: Ann Lee}, bo: {mail: b@c.example}}", ("Ann Lee", "bo")),
        ("author: Ann Lee; Bo Dahl", ("Ann Lee", "Bo Dahl")),
        ("author: 'Lee, Ann'", ("Lee, Ann",)),
        ("author:\n- '[[Ann Lee]]'\n- '[[people/bo|Bo Dahl]]'", ("Ann Lee", "Bo Dahl")),
        ("author:\nbyline: Ann Lee", ("Ann Lee",)),
        ("author: [Ann, ANN, ~, '']", ("Ann",)),
        ("author: https://social.example/ann", ()),
    ],
)
def test_authors(lines: str, authors: tuple[str, ...]) -> None:
    assert fields.authors(header(lines)) == authors


@pytest.mark.parametrize(
    ("lines", "tags"),
    [
        ("tags: [a, b]", ("a", "b")),
        ("tags:\n- a\n- b", ("a", "b")),
        ("tags: a, b ,c", ("a", "b", "c")),
        ("tags: a; b", ("a", "b")),
        ("tags: climate change", ("climate change",)),
        ("tags: '#a #b/c'", ("a", "b/c")),
        ("tags: ['#a', '[[b]]', '[[x/c|c]]']", ("a", "b", "c")),
        ("tags: [a, [b, [c]]]", ("a", "b", "c")),
        ("tags:\n- name: a\n  slug: b", ("a",)),
        ("tags: [1, true, ~, 2.5]", ("1", "true", "2.5")),
        ("tags: [a, A, a]", ("a",)),
        ("tags: a\ncategories: [b]\nkeywords: 'c, a'", ("a", "c", "b")),
        ("taxonomies:\n  tags: [a]\n  categories: [b]", ("a", "b")),
        ("extra:\n  tags: a, b", ("a", "b")),
        ("tags:", ()),
    ],
)
def test_tags(lines: str, tags: tuple[str, ...]) -> None:
    assert fields.tags(header(lines), feed="") == tags


def test_a_category_that_only_names_the_feed_is_no_tag() -> None:
    found = header("categories: [News.Google.com, world]\ntags: [a]")
    assert fields.tags(found, feed="news.google.com") == ("a", "world")


@pytest.mark.parametrize(
    ("lines", "image"),
    [
        ("image: https://a.example/1.png", "https://a.example/1.png"),
        ("image: ''\ncover: a.webp", "a.webp"),
        ("cover: {image: a.webp, alt: A picture}", "a.webp"),
        ("images: [a.png, b.png]", "a.png"),
        ("thumbnail: {url: /a.png}", "/a.png"),
        ("image: false\ncover: a.png", "a.png"),
    ],
)
def test_images(lines: str, image: str) -> None:
    assert fields.image(header(lines)) == image


@pytest.mark.parametrize(
    ("lines", "language"),
    [
        ("lang: en", "en"),
        ("language: nl-NL", "nl"),
        ("locale: pt_BR.UTF-8", "pt"),
        ("lang: no", "no"),
        ("lang: Nederlands", ""),
        ("lang: ''", ""),
    ],
)
def test_languages(lines: str, language: str) -> None:
    assert fields.language(header(lines)) == language


@pytest.mark.parametrize(
    ("lines", "draft"),
    [
        ("draft: true", True),
        ("draft: yes", True),
        ("draft: false", False),
        ("published: false", True),
        ("published: 2026-01-01", False),
        ("status: draft", True),
        ("title: x", False),
    ],
)
def test_drafts(lines: str, draft: bool) -> None:
    assert fields.draft(header(lines)) is draft


def test_escape_sequences_are_not_cut_in_two() -> None:
    found = {"author": "Ann \x1b]8;;file:///etc/passwd\x1b\\Lee", "tags": "a\x1b[31;1m, b"}
    assert fields.authors(found) == ("Ann Lee",)
    assert fields.tags(found, feed="") == ("a", "b")


def test_a_list_that_shares_its_parts_is_read_within_bounds() -> None:
    shared: list[object] = ["x"]
    for _ in range(40):
        shared = [shared] * 9
    assert fields.tags({"tags": shared}, feed="") in ((), ("x",))


ANY = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20), st.dates()
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=8), inner)
    ),
    max_leaves=8,
)
NAMES = st.sampled_from(
    [
        "title",
        "date",
        "updated",
        "description",
        "link",
        "source",
        "publisher",
        "author",
        "image",
        "tags",
        "taxonomies",
        "lang",
        "draft",
        "comments",
        "text",
    ]
)


@given(st.dictionaries(NAMES, ANY, max_size=6))
def test_no_value_is_beyond_the_reader_of_fields(found: dict[str, object]) -> None:
    given_fields = plain_keys(found)
    texts = [
        fields.title(given_fields),
        fields.summary(given_fields),
        fields.link(given_fields),
        fields.feed(given_fields),
        fields.image(given_fields),
        fields.language(given_fields),
        fields.comments(given_fields),
        fields.content(given_fields),
        *fields.authors(given_fields),
        *fields.tags(given_fields, feed=""),
    ]
    assert all(isinstance(text, str) for text in texts)
    moment, _mistaken = fields.published(given_fields, now=NOW)
    assert moment is None or moment.tzinfo is UTC
    assert fields.draft(given_fields) in (True, False)
