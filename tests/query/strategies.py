"""Random query trees and articles made of few words, so that they often meet."""

from datetime import UTC, date, datetime, timedelta, timezone

from hypothesis import strategies as st

from reader.query.match import Facts
from reader.query.tree import (
    Ago,
    And,
    Dated,
    Day,
    Has,
    Is,
    Language,
    Length,
    Link,
    Named,
    Node,
    Not,
    Or,
    Regex,
    Site,
    Text,
    This,
    Weekday,
)
from reader.text.words import key, phrase

WORDS = (
    "Rutte", "NATO", "navo", "Café", "café-crème", "Straße", "strasse", "東京都", "京都", "都",
    "Việt", "Зеленский", "ё", "हिन्दी", "الأخبار", "한국은", "u.s.", "C++", "3.14",
    "e\u0301te\u0301", "ﬁne", "Bundes\u00adtag", "İzmir", "ｶﾞｷﾞ", "naïve", "🎉", "don’t",
    "x" * 300, "the", "a",
)  # fmt: skip
FEEDS = ("BBC News", "BBC Sport", "De Volkskrant", "東京新聞", "C++ Weekly", "🎉", "")
CATEGORIES = ("News", "Tech", "Café", "News/World")
TAGS = ("nato", "NAVO", "Climate Change", "café", "c++", "🎉", "東京", "a,b", "eco", "economy")
LINKS = (
    "", "https://www.bbc.co.uk/news/Live/1", "https://bbc.co.uk/", "http://notbbc.co.uk/x",
    "https://news.example.org:8443/É?q=É", "ftp://x", "https://EXAMPLE.org/live/",
)  # fmt: skip
LANGUAGES = ("", "nl", "nl-BE", "en", "NL", "nld")
PATTERNS = ("rutte", "^na[tv]o", r"\bcaf", "東.都", "(a+)+$", "[", "é", "(?=x)", "x{3}", "")
NOW = datetime(2026, 3, 29, 12, 30, 15, 250_000, tzinfo=timezone(timedelta(hours=2)))

places = st.sampled_from(("any", "title", "author"))
lines = st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join)
moments = st.one_of(
    st.integers(-200, 200).map(lambda hours: NOW.astimezone(UTC) - timedelta(hours=hours)),
    st.integers(86_400, 4_000_000_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC)),
    st.integers(-2, 2).map(
        lambda s: datetime(2026, 3, 22, 22, tzinfo=UTC) + timedelta(seconds=s, microseconds=-1)
    ),
)
whens = st.one_of(
    st.integers(0, 20_000_000).map(Ago),
    st.dates(date(2026, 3, 20), date(2026, 4, 5)).map(Day),
    st.dates().map(Day),
    st.integers(0, 6).map(Weekday),
    st.builds(This, st.sampled_from(("day", "week", "month", "year")), st.integers(0, 3)),
)
phrases = (
    st.builds(phrase, lines, prefix=st.booleans())
    | st.builds(
        lambda word, length: phrase(word[:length], prefix=True),
        st.sampled_from(WORDS),
        st.integers(1, 4),
    )
).filter(lambda wanted: bool(wanted.tokens))


def _named(field: str, names: tuple[str, ...]) -> st.SearchStrategy[Named]:
    whole = st.sampled_from(names).map(key)
    begun = st.builds(
        lambda name, length: key(name)[:length], st.sampled_from(names), st.integers(0, 4)
    )
    return st.builds(Named, st.just(field), whole) | st.builds(
        Named, st.just(field), begun, prefix=st.booleans()
    )


leaves: st.SearchStrategy[Node] = st.one_of(
    st.builds(Text, phrases, places),
    st.builds(Text, phrases, places),
    _named("feed", FEEDS),
    _named("category", CATEGORIES),
    _named("tag", TAGS),
    st.builds(Language, st.sampled_from(("nl", "en", "nl-be", "n"))),
    st.builds(Link, st.sampled_from(("live", "/", "é", "É", "bbc", "%", "_", ""))),
    st.builds(
        Site, st.sampled_from(("bbc.co.uk", "example.org", "co.uk", "uk", "news.example.org"))
    ),
    st.builds(Is, st.sampled_from(("unread", "read", "starred", "hidden", "new"))),
    st.builds(Has, st.sampled_from(("enclosure", "image"))),
    st.builds(Length, st.sampled_from(("<", "<=", "=", ">=", ">")), st.integers(0, 5)),
    st.builds(Regex, st.sampled_from(PATTERNS), places),
    st.builds(Dated, whens, st.booleans()),
)


def _grown(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    parts = st.lists(inner, max_size=4).map(tuple)
    return st.one_of(st.builds(And, parts), st.builds(Or, parts), st.builds(Not, inner))


trees: st.SearchStrategy[Node] = st.recursive(leaves, _grown, max_leaves=12)
"""Any tree a query can be, and a few more (empty And and Or anywhere)."""

facts: st.SearchStrategy[Facts] = st.builds(
    Facts,
    published=moments,
    title=lines,
    author=st.lists(st.sampled_from(WORDS), max_size=2).map(", ".join),
    text=lines,
    feed=st.sampled_from(FEEDS),
    category=st.lists(st.sampled_from(CATEGORIES), max_size=2, unique=True).map(tuple),
    tags=st.lists(st.sampled_from(TAGS), max_size=3, unique_by=key).map(tuple),
    language=st.sampled_from(LANGUAGES),
    link=st.sampled_from(LINKS),
    words=st.integers(0, 6),
    enclosures=st.integers(0, 2),
    image=st.booleans(),
    unread=st.booleans(),
    starred=st.booleans(),
    hidden=st.booleans(),
    new=st.booleans(),
)
"""Articles whose every field comes from the same few values the trees ask for."""
