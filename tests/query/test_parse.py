"""A query becomes a tree; what is wrong with it is told and the rest still filters."""

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.query.fields import FIELDS, FORMS
from reader.query.parse import MAX_DEPTH, MAX_MISTAKES, MAX_TERMS, Mistake, parse
from reader.query.tree import (
    EVERYTHING,
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
    asks_hidden,
    nodes,
)
from reader.query.write import quoted, term
from reader.text.words import Phrase, key, phrase


def word(*tokens: str, prefix: bool = False) -> Text:
    return Text(Phrase(tokens, prefix))


A, B, C = word("a"), word("b"), word("c")
DAY = 86_400

UNDERSTOOD: list[tuple[str, Node]] = [
    ("", EVERYTHING),
    ("  \n", EVERYTHING),
    ("*", EVERYTHING),
    ("Rutte", word("rutte")),
    ("a b", And((A, B))),
    ("a AND b", And((A, B))),
    ("a OR b", Or((A, B))),
    ("a b OR c", Or((And((A, B)), C))),
    ("a (b OR c)", And((A, Or((B, C))))),
    ("(a (b (c)))", And((A, B, C))),
    ("-a", Not(A)),
    ("NOT a", Not(A)),
    ("-(a OR b) c", And((Not(Or((A, B))), C))),
    ("-(-(a))", A),
    ('-"oval office"', Not(word("oval", "office"))),
    ("-is:read", Not(Is("read"))),
    ('"Oval  Office"', word("oval", "office")),
    ("“Oval Office”", word("oval", "office")),
    ("„Oval Office“ «a»", And((word("oval", "office"), A))),
    (r'"say \"a\""', word("say", "a")),
    ("wi-fi", word("wi", "fi")),
    ("ru*", word("ru", prefix=True)),
    ('"mark ru"*', word("mark", "ru", prefix=True)),
    ("Café", word("cafe")),
    ("東京都", word("東京", "京都")),
    ("都", word("都", prefix=True)),
    ("c++", word("c")),
    ("Trump: a – b | c", And((word("trump"), A, B, C))),
    ("12:30", word("12", "30")),
    ('title:"a b"', Text(Phrase(("a", "b")), "title")),
    ("TITLE:a", Text(Phrase(("a",)), "title")),
    ("author:O’Neil", Text(Phrase(("o", "neil")), "author")),
    ("feed:BBC", Named("feed", "bbc")),
    ('feed:"BBC News"*', Named("feed", "bbc news", prefix=True)),
    ("category:Café", Named("category", "cafe")),
    ("tag:NATO #Climate", And((Named("tag", "nato"), Named("tag", "climate")))),
    ('#"Climate  Change"', Named("tag", "climate change")),
    ("#eco* #🎉", And((Named("tag", "eco", prefix=True), Named("tag", "🎉")))),
    ("#c++", Named("tag", "c++")),
    ("tag:*", Named("tag", "", prefix=True)),
    ("is:unread", Is("unread")),
    ("is:READ OR is:starred", Or((Is("read"), Is("starred")))),
    ("is:hidden is:new", And((Is("hidden"), Is("new")))),
    ("lang:nl lang:pt_BR lang:Dutch", And((Language("nl"), Language("pt-br"), Language("nl")))),
    ("after:2026-01-31", Dated(Day(date(2026, 1, 31)))),
    ("before:2026-02", Dated(Day(date(2026, 2, 1)), before=True)),
    ("before:2026", Dated(Day(date(2026, 1, 1)), before=True)),
    ("since:monday", Dated(Weekday(0))),
    ("since:Sun", Dated(Weekday(6))),
    ("since:today before:yesterday", And((Dated(This("day")), Dated(This("day", 1), before=True)))),
    ('since:week since:"last month"', And((Dated(This("week")), Dated(This("month", 1))))),
    ("since:3d", Dated(Ago(3 * DAY))),
    ('before:"2 weeks ago"', Dated(Ago(14 * DAY), before=True)),
    ("age:<3d", Dated(Ago(3 * DAY))),
    ("age:>2w", Dated(Ago(14 * DAY), before=True)),
    ('age:<="12 hours"', Dated(Ago(43_200))),
    ("age:<90min age:>=1mo", And((Dated(Ago(5400)), Dated(Ago(30 * DAY), before=True)))),
    ("has:enclosure has:image", And((Has("enclosure"), Has("image")))),
    ("words:>800", Length(">", 800)),
    ("words:≤10 words:=3", And((Length("<=", 10), Length("=", 3)))),
    ("url:/Live/", Link("/live/")),
    ("url:É", Link("É")),
    ("https://bbc.co.uk/A", Link("https://bbc.co.uk/a")),
    ("site:BBC.co.uk", Site("bbc.co.uk")),
    ("site:https://www.bbc.co.uk/news", Site("bbc.co.uk")),
    (r"/wall ?street/", Regex("wall ?street")),
    (r"/and\/or/ a", And((Regex("and/or"), A))),
    ("(/a|b/i) c", And((Regex("a|b"), C))),
    ("title:/^live/ -author:/^x/", And((Regex("^live", "title"), Not(Regex("^x", "author"))))),
    ("/(a+)+$/", Regex("(a+)+$")),
    ("sort:date", EVERYTHING),
]  # fmt: skip


@pytest.mark.parametrize(("text", "tree"), UNDERSTOOD)
def test_what_is_understood(text: str, tree: Node) -> None:
    parsed = parse(text)
    assert parsed.tree == tree
    assert parsed.mistakes == ()


MISTAKEN = [
    ("is:unred a", A, "is:unred", "is:unread"),
    ("has:podcast a", A, "has:podcast", "has:enclosure"),
    ("titel:x a", A, "titel:x", "title:x"),
    ("intitle:x a", A, "intitle:x", "title:x"),
    ('labl:"x y" a', A, 'labl:"x y"', 'tag:"x y"'),
    ("zzz:x a", A, "zzz:x", '"zzz:x"'),
    ("feed: a", A, "feed:", ""),
    ("a title:", A, "title:", ""),
    ("age:3d a", A, "age:3d", "age:<3d"),
    ("age:<3m a", A, "age:<3m", "age:<3mo"),
    ("age:young a", A, "age:young", ""),
    ("words:800 a", A, "words:800", "words:>800"),
    ("words:many a", A, "words:many", ""),
    ("since:mondey a", A, "since:mondey", "since:monday"),
    ("before:2026-02-31 a", A, "before:2026-02-31", "before:2026-02-28"),
    ("after:31-01-2026 a", A, "after:31-01-2026", "after:2026-01-31"),
    ("after:2026-13-01 a", A, "after:2026-13-01", ""),
    ("lang:1 a", A, "lang:1", ""),
    ("sort:scor a", A, "sort:scor", "sort:score"),
    ("site:/ a", A, "site:/", ""),
    ("tag:/x/ a", A, "tag:/x/", "/x/"),
    ("/[a/ a", A, "/[a/", ""),
    ("/a(?=b)/ a", A, "/a(?=b)/", ""),
    ("/live a", A, "/live", "/live/"),
    ("ru*te a", A, "ru*te", "ru*"),
    ("🎉 a", A, "🎉", ""),
    ('"" a', A, '""', ""),
    ('a "b c', And((A, word("b", "c"))), '"b c', '"b c"'),
    ("a (b", And((A, B)), "(", ""),
    ("a) b", And((A, B)), ")", ""),
    ("a OR", A, "OR", ""),
    ("OR a", A, "OR", ""),
    ("a (b OR) c", And((A, B, C)), "OR", ""),
    ("a OR zzz:x", A, "zzz:x", '"zzz:x"'),
    ("a (zzz:x)", A, "zzz:x", '"zzz:x"'),
    ("-zzz:x a", A, "zzz:x", '"zzz:x"'),
    ("()", EVERYTHING, "()", ""),
    ("- | &", EVERYTHING, "- | &", ""),
]


@pytest.mark.parametrize(("text", "tree", "wrong", "suggestion"), MISTAKEN)
def test_a_mistake_is_told_and_the_rest_filters(
    text: str, tree: Node, wrong: str, suggestion: str
) -> None:
    parsed = parse(text)
    assert parsed.tree == tree
    (mistake,) = parsed.mistakes
    assert text[mistake.start : mistake.end] == wrong
    assert mistake.suggestion == suggestion
    assert mistake.message


@pytest.mark.parametrize("text", [case[0] for case in MISTAKEN if case[3]])
def test_what_is_suggested_is_right(text: str) -> None:
    (mistake,) = parse(text).mistakes
    mended = text[: mistake.start] + mistake.suggestion + text[mistake.end :]
    assert parse(mended).mistakes == ()


def test_sort_is_read_anywhere_and_the_last_counts() -> None:
    assert parse("sort:date a sort:score").sort == "score"
    assert parse("sort:date a").tree == A
    assert parse("a").sort is None


def test_asking_for_hidden_shows_at_any_depth() -> None:
    assert asks_hidden(parse("a OR -(b is:hidden)").tree)
    assert not asks_hidden(parse("a hidden").tree)


@pytest.mark.parametrize("example", [form.example for form in FORMS] + [f.example for f in FIELDS])
def test_every_documented_example_is_understood(example: str) -> None:
    assert parse(example).mistakes == ()


@pytest.mark.parametrize(
    "example", [f"{field.name}:{choice.value}" for field in FIELDS for choice in field.choices]
)
def test_every_offered_choice_is_understood(example: str) -> None:
    assert parse(example).mistakes == ()


@given(value=st.text(st.characters(blacklist_categories=["Cs"]), min_size=1))
def test_what_the_program_writes_is_read_back(value: str) -> None:
    named = parse(term("tag", value))
    assert named.mistakes == ()
    assert named.tree == Named("tag", key(value))
    wanted = phrase(value)
    if wanted.tokens:
        assert parse(quoted(value)).tree == Text(wanted)


PIECES = st.sampled_from(
    ["a", "OR", "NOT", "-", "(", ")", '"', "“", "/", "*", "\\", "#", ":", " ", "\n", "<", "tag:",
     "title:", "age:<3d", "since:", "is:read", "words:", "sort:", "/a/", "é", "東", "🎉",
     "\x00", "\ud800"]
)  # fmt: skip


@given(text=st.lists(PIECES, max_size=60).map("".join) | st.text(max_size=60))
def test_every_text_is_read(text: str) -> None:
    parsed = parse(text)
    assert all(0 <= m.start < m.end <= len(text) for m in parsed.mistakes)
    assert list(parsed.mistakes) == sorted(parsed.mistakes, key=lambda mistake: mistake.start)
    assert all(isinstance(node, Not | And | Or) or node for node in nodes(parsed.tree))


def depth(tree: Node) -> int:
    if isinstance(tree, Not):
        return 1 + depth(tree.part)
    return 1 + max(map(depth, tree.parts), default=0) if isinstance(tree, And | Or) else 1


HEAVY = [
    "(", ")", '"', "“”", "-", "-!", "a ", "a:", "zzz:x ", "/a ", "/", "\\", '"\\', "OR ", "a OR ",
    "#", "#a ", "(a OR ", "-(a ", "(-", "'(", "since:x ", "after:99999 ", "tag:x* ", "é", "東 ",
    "/(a+)+$/ ", "age:<9999999999d ", "!", "*", "* ", "site:x ", "url:", "\ud800 ", "lang:xxxxx ",
]  # fmt: skip


@pytest.mark.parametrize("piece", HEAVY)
def test_long_queries_are_bounded(piece: str) -> None:
    times = 10_000 // len(piece)
    started = time.process_time()
    parsed = parse(piece * times)
    spent = time.process_time() - started
    assert depth(parsed.tree) <= 3 * MAX_DEPTH + 2
    leaves = [n for n in nodes(parsed.tree) if not isinstance(n, And | Or | Not)]
    assert len(leaves) <= MAX_TERMS
    assert len(parsed.mistakes) <= MAX_MISTAKES
    assert spent < 0.5


@pytest.mark.parametrize("piece", HEAVY)
def test_reading_is_linear(piece: str) -> None:
    """Ten times the text costs at most twenty-five times, where it costs anything."""

    def cost(times: int) -> float:
        text = piece * times
        spent = []
        for _ in range(3):
            started = time.process_time()
            parse(text)
            spent.append(time.process_time() - started)
        return min(spent)

    few, many = 900 // len(piece), 9000 // len(piece)
    cost(few)
    assert cost(many) < max(25 * cost(few), 0.02)


def test_balanced_depth_is_read_up_to_the_limit() -> None:
    inside = "(" * MAX_DEPTH + "a" + ")" * MAX_DEPTH
    assert parse(inside).mistakes == ()
    deep = parse("b " + "(" * 5000 + "a" + ")" * 4000)
    assert deep.tree == And((B, A))
    assert any("inside each other" in mistake.message for mistake in deep.mistakes)


def test_what_is_past_the_limit_is_told() -> None:
    parsed = parse("a " * 4999 + "b " * 100)
    assert {mistake.message for mistake in parsed.mistakes} == {
        "only 10,000 characters are read",
        "only 500 terms are read",
    }
    assert parse("x" * 1_000_000).mistakes[0] == Mistake(
        10_000, 1_000_000, "only 10,000 characters are read"
    )
