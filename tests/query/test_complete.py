"""Completion while typing, and names that the library does not hold."""

from collections.abc import Iterable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.query.check import unknown_names
from reader.query.complete import complete
from reader.query.fields import FIELDS
from reader.query.parse import parse

HELD = {
    "tag": ["NATO", "Nature", "climate change", "Café", "c++", "🎉", "snack"],
    "feed": ["BBC News", "The Guardian"],
    "category": ["News"],
    "lang": ["en", "nl"],
    "author": ["Jane Doe"],
    "site": ["bbc.co.uk"],
}


def values(field: str, typed: str) -> Iterable[str]:
    return HELD[field]


def texts(query: str) -> list[str]:
    """What the query becomes with each completion at the bar."""
    cursor = query.index("|")
    plain = query.replace("|", "")
    return [plain[: c.start] + c.text + plain[c.end :] for c in complete(plain, cursor, values)]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("ti|", ["title:"]),
        ("nato is:unread ti| rest", ["nato is:unread title: rest"]),
        ("s|", ["since:", "site:", "sort:"]),
        ("-ti|", ["-title:"]),
        ("(ti|)", ["(title:)"]),
        ("is:|", ["is:unread", "is:read", "is:starred", "is:hidden", "is:new"]),
        ("is:re|d", ["is:read"]),
        ("Is:Un|", ["is:unread"]),
        ("since:mo|", ["since:monday", "since:month"]),
        ("age:<|", ["age:<1d", "age:<3d", "age:<1w"]),
        ("tag:na|", ["tag:NATO", "tag:Nature", "tag:snack"]),
        ("#na|", ["#NATO", "#Nature", "#snack"]),
        ("#clim|", ['#"climate change"']),
        ('tag:"clim| x', ['tag:"climate change"']),
        ("tag:caf|", ["tag:Café"]),
        ("feed:b|", ['feed:"BBC News"']),
        ("lang:n|", ["lang:nl", "lang:en"]),
        ("words:x|", []),
        ("/na|", []),
        ("/na/|", []),
        ("title:na|", []),
        ('"na|"', []),
        ("natu|", ["tag:Nature"]),
    ],
)
def test_what_is_offered(query: str, expected: list[str]) -> None:
    assert texts(query) == expected


def test_between_terms_every_field_is_offered() -> None:
    for query in ("|", "nato |", "nato | rutte", "( |"):
        assert [text.replace(query.replace("|", ""), "") for text in texts(query)]
        assert len(texts(query)) == len(FIELDS)


def test_what_is_offered_is_explained() -> None:
    (dutch, *_) = complete("lang:n", 6, values)
    assert (dutch.label, dutch.help) == ("nl", "Dutch")
    assert all(offered.help for offered in complete("", 0, values))


def test_a_library_of_many_tags_is_looked_at_in_part() -> None:
    asked = 0

    def many(field: str, typed: str) -> Iterator[str]:
        nonlocal asked
        for number in range(50_000):
            asked += 1
            yield f"tag {number}"

    assert len(complete("#tag", 4, many, limit=7)) == 7
    assert complete("#zzz", 4, many) == []
    assert asked < 3000


@given(
    text=st.text(st.sampled_from('ab:#"/*-( )ORtagis|é🎉<'), max_size=30),
    cursor=st.integers(-1, 40),
)
def test_what_is_offered_for_a_field_is_understood(text: str, cursor: int) -> None:
    for offered in complete(text, cursor, values):
        assert 0 <= offered.start <= offered.end <= len(text)
        if not offered.text.endswith(":"):
            assert parse(offered.text).mistakes == ()


def known(field: str) -> Iterable[str]:
    return HELD[field]


@pytest.mark.parametrize(
    ("query", "suggestion"),
    [
        ("feed:gardian", 'feed:"The Guardian"'),
        ("-#natoo is:read", "tag:NATO"),
        ("category:nws", "category:News"),
        ("tag:xyzzy", ""),
    ],
)
def test_a_name_that_is_not_there_is_told(query: str, suggestion: str) -> None:
    (mistake,) = unknown_names(query, known)
    assert mistake.suggestion == suggestion
    assert query[mistake.start : mistake.end] in query.split(maxsplit=1)[0]


def test_names_that_are_there_and_an_empty_library_are_right() -> None:
    assert unknown_names("feed:bbc #NATO tag:clim* category:news rutte is:read", known) == ()
    assert unknown_names("feed:bbc #NATO", lambda field: ()) == ()
