"""Whether an article fits a query, and what the relative times mean."""

import time
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model.records import replace
from reader.query.match import Facts, host, matches, names
from reader.query.parse import parse
from reader.query.regex import MAX_PATTERN, MAX_TEXT, problem, searcher
from reader.query.tree import (
    EARLIEST,
    LATEST,
    Ago,
    And,
    Day,
    Named,
    Node,
    Not,
    Or,
    This,
    Weekday,
    When,
    resolve,
)
from tests.query.strategies import NOW, facts, trees, whens

ARTICLE = Facts(
    published=NOW - timedelta(hours=30),
    title="Rutte to US, Europe: now’s not the time",
    author="Jane Doe, José Núñez",
    text="NATO Secretary-General Mark Rutte warned the Café. 東京都で",
    feed="BBC News",
    category=("News", "World"),
    tags=("NATO", "Climate Change", "c++"),
    language="nl-BE",
    link="https://www.bbc.co.uk/news/Live/1",
    words=900,
    enclosures=1,
    starred=True,
)

TRUE = [
    "", "*", "rutte", "RUTTE nato", "cafe", "café", '"mark rutte"', '"secretary general"', "rut*",
    "京都", "都", "rutte OR nothing", "-nothing", "(nothing OR nato) rutte", "jane", "nunez",
    "title:rutte", "author:doe", 'author:"jane doe"', "feed:bbc", 'feed:"bbc news"', "feed:new*",
    "category:news", "category:WORLD", "category:wor*", "tag:nato", '#"climate  change"', "#clim*",
    "#c++", "tag:*", "is:unread", "-is:read", "is:starred", "is:new", "-is:hidden", "lang:nl",
    "lang:nl-be", "lang:dutch", "after:2026-03-28", "before:2026-03-29", "since:yesterday",
    "since:week", "since:sat", "age:<3d", "age:<31h", "age:>29h", "-since:today", "before:today",
    "has:enclosure", "-has:image", "words:>800", "words:<=900", "words:=900", "words:>=900",
    "url:/live/", "url:BBC", "site:bbc.co.uk", "site:co.uk", "-site:c.co.uk", "/mark\\s+r/",
    "/^rutte to/", "title:/time$/", "author:/^jane doe, jos/", "/東京/", "-/xyz/", "/RUTTE/",
]  # fmt: skip


@pytest.mark.parametrize("query", TRUE)
def test_what_fits(query: str) -> None:
    parsed = parse(query)
    assert parsed.mistakes == ()
    assert matches(parsed.tree, ARTICLE, NOW)
    assert not matches(Not(parsed.tree), ARTICLE, NOW)


FALSE = [
    "nothing", '"rutte mark"', "caf", "title:nato", "author:rutte", '"doe secretary"', "feed:sport",
    'feed:"news bbc"', "category:new", "category:bbc", "tag:climate", "tag:nat", "is:read",
    "is:hidden", "lang:en", "lang:nl-nl", "after:2026-03-29", "since:today", "age:<29h",
    "age:>31h", "has:image", "words:<900", "words:>900", "url:/LIVE/x", "site:k.co.uk", "/nato x/",
    "title:/nato/", "-rutte", "(a OR b)", "rutte -nato",
]  # fmt: skip


@pytest.mark.parametrize("query", FALSE)
def test_what_does_not_fit(query: str) -> None:
    parsed = parse(query)
    assert parsed.mistakes == ()
    assert not matches(parsed.tree, ARTICLE, NOW)


@given(tree=trees, other=trees, article=facts)
def test_and_or_not_are_what_logic_says(tree: Node, other: Node, article: Facts) -> None:
    left, right = matches(tree, article, NOW), matches(other, article, NOW)
    assert matches(And((tree, other)), article, NOW) is (left and right)
    assert matches(Or((tree, other)), article, NOW) is (left or right)
    assert matches(Not(tree), article, NOW) is (not left)


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        (Ago(60), "2026-03-29T10:29:15"),
        (Day(date(2026, 1, 31)), "2026-01-30T22:00:00"),
        (This("day"), "2026-03-28T22:00:00"),
        (This("day", 1), "2026-03-27T22:00:00"),
        (Weekday(6), "2026-03-28T22:00:00"),
        (Weekday(0), "2026-03-22T22:00:00"),
        (This("week"), "2026-03-22T22:00:00"),
        (This("week", 1), "2026-03-15T22:00:00"),
        (This("month"), "2026-02-28T22:00:00"),
        (This("month", 3), "2025-11-30T22:00:00"),
        (This("year"), "2025-12-31T22:00:00"),
    ],
)
def test_moments_are_the_persons_own(when: When, expected: str) -> None:
    assert resolve(when, NOW) == datetime.fromisoformat(expected).replace(tzinfo=UTC)


def test_a_day_begins_by_the_clock_of_that_day() -> None:
    now = datetime(2026, 3, 30, 9, tzinfo=ZoneInfo("Europe/Amsterdam"))
    assert resolve(This("day", 2), now) == datetime(2026, 3, 27, 23, tzinfo=UTC)
    assert resolve(This("day"), now) == datetime(2026, 3, 29, 22, tzinfo=UTC)


@given(
    when=whens
    | st.integers(0, 10**15).map(Ago)
    | st.builds(This, st.just("month"), st.integers(0, 10**6)),
    now=st.datetimes(timezones=st.sampled_from((UTC, timezone(timedelta(hours=14))))),
)
def test_every_moment_is_in_the_calendar_to_the_second(when: When, now: datetime) -> None:
    moment = resolve(when, now)
    assert EARLIEST <= moment <= LATEST
    assert moment.microsecond == 0
    assert moment.tzinfo is UTC


def test_hosts() -> None:
    assert host("https://WWW.Example.ORG:8080/x") == "example.org"
    assert host("mailto:x@y") == ""
    assert host("http://[::1") == ""


def test_a_feed_named_by_punctuation_alone_is_found() -> None:
    assert names(Named("feed", "🎉"), "🎉 party")
    assert not names(Named("feed", "🎉"), "party")
    assert names(Named("feed", "", prefix=True), "anything")


CATASTROPHIC = [
    ("(a+)+$", "a" * 100_000 + "!"),
    ("(a|aa)+$", "a" * 100_000 + "!"),
    ("(.*)(.*)(.*)(.*)(.*)[^a!]", "a" * 100_000 + "!"),
    ("(a{1,100}){1,10}$", "a" * 100_000 + "!"),
    (r"(\w+\s*)+:", "word " * 20_000),
    (r"^(([a-z])+.)+[A-Z]([a-z])+$", "a" * 100_000),
]


@pytest.mark.parametrize(("pattern", "text"), CATASTROPHIC)
def test_no_pattern_takes_long(pattern: str, text: str) -> None:
    assert parse(f"/{pattern}/").mistakes == ()
    started = time.process_time()
    matches(parse(f"/{pattern}/").tree, replace(ARTICLE, text=text), NOW)
    assert time.process_time() - started < 60


@pytest.mark.parametrize(
    "pattern",
    ["(a{1000}){1000}", "((a{100}){100}){100}", "x{1001}", r"(\pL{500})(\pL{500})(\pL{500})",
     "(" * 600, "a(?=b)", r"(a)\1", "[z-a]", "x" * (MAX_PATTERN + 1), "(?P<", "\\"],
)  # fmt: skip
def test_a_pattern_that_cannot_be_used_is_told_and_finds_nothing(pattern: str) -> None:
    assert problem(pattern)
    assert not searcher(pattern)("aaa")


def test_a_regex_looks_at_a_bounded_stretch() -> None:
    assert searcher("b")("a" * (MAX_TEXT - 1) + "b")
    assert not searcher("b")("a" * MAX_TEXT + "b")


@given(pattern=st.text(max_size=30), text=st.text(max_size=30))
def test_every_pattern_and_text_is_answered(pattern: str, text: str) -> None:
    assert searcher(pattern)(text) in (True, False)
