"""Rules are read from TOML, with what is wrong told, and decided without side effects."""

import tomllib
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.query.match import Facts
from reader.rules import Effect, Outcome, Rule, append, decide, dry_run, read, written

NOW = datetime(2026, 3, 29, 12, tzinfo=timezone(timedelta(hours=2)))


def article(
    title: str = "Football tonight",
    *,
    unread: bool = True,
    starred: bool = False,
    hidden: bool = False,
) -> Facts:
    return Facts(
        published=NOW,
        title=title,
        text="the text",
        tags=("sport",),
        unread=unread,
        starred=starred,
        hidden=hidden,
    )


def rules(text: str) -> tuple[Rule, ...]:
    file = read(text)
    assert file.problems == ()
    return file.rules


def told(effects: tuple[Effect, ...]) -> list[tuple[str, str]]:
    return [(effect.rule, str(effect.action)) for effect in effects]


FILE = """\
# what I do not want to see
[[rule]]
name = "No football"
query = "football OR voetbal"
do = "hide"

[[rule]]
query = 'feed:bbc /live\\b/'
do = ["star", "tag:to read", "notify"]
expires = 2026-12-31
enabled = false
"""


def test_a_file_is_read() -> None:
    first, second = rules(FILE)
    assert (first.name, first.line, first.enabled, first.expires) == ("No football", 2, True, None)
    assert [str(action) for action in first.actions] == ["hide"]
    assert second.name == second.query == "feed:bbc /live\\b/"
    assert [str(action) for action in second.actions] == ["star", "tag:to read", "notify"]
    assert (second.line, second.enabled, second.expires) == (7, False, date(2026, 12, 31))


def test_an_empty_file_has_no_rules() -> None:
    assert read("# nothing yet\n") == read("")


RIGHT = '\n[[rule]]\nquery = "a"\ndo = "read"\n'


@pytest.mark.parametrize(
    ("text", "line", "part"),
    [
        ('[[rule]]\nquery = "a"\ndo = "hid"\n', 3, "hide was meant?"),
        ('[[rule]]\nquery = "a"\ndo = "tag:"\n', 3, "tag: needs a name"),
        ('[[rule]]\nquery = "a"\ndo = "tag:\\u001b[0m"\n', 3, "tag: needs a name"),
        ('[[rule]]\nquery = "a"\ndo = []\n', 3, "do must be"),
        ('[[rule]]\nquery = "a"\ndo = 3\n', 3, "do must be"),
        ('[[rule]]\nquery = "a"\n', 1, "do must be"),
        ('[[rule]]\ndo = "read"\n', 1, "query must say which articles"),
        ('[[rule]]\nquery = "  "\ndo = "read"\n', 2, "query must say which articles"),
        ('[[rule]]\nquery = 3\ndo = "read"\n', 2, "query must say which articles"),
        ('[[rule]]\ndo = "read"\nquery = "is:unred x"\n', 3, "is:unread was meant?"),
        ('[[rule]]\nquery = "a"\ndo = "read"\nexpire = 2026-01-01\n', 4, "expires was meant?"),
        ('[[rule]]\nquery = "a"\ndo = "read"\nexpires = "soon"\n', 4, "expires must be a day"),
        ('[[rule]]\nquery = "a"\ndo = "read"\nenabled = "no"\n', 4, "true or false"),
        ('[[rule]]\nquery = "a"\ndo = "read"\nname = 3\n', 4, "name must be text"),
        ('[[rules]]\nquery = "a"\n', 1, "rules is not known"),
    ],
)
def test_a_wrong_rule_is_told_and_the_others_work(text: str, line: int, part: str) -> None:
    file = read(text + RIGHT)
    (problem,) = file.problems
    assert problem.line == line
    assert part in problem.message
    assert str(problem).startswith(f"line {line}: ")
    assert [rule.query for rule in file.rules] == ["a"]
    assert file.rules[0].line == text.count("\n") + 2


def test_the_line_is_that_of_the_rule_that_is_wrong() -> None:
    file = read(RIGHT * 3 + '\n[[rule]]\nquery = "b"\n\n\ndo = "fly"\n' + RIGHT)
    assert [problem.line for problem in file.problems] == [18]
    assert len(file.rules) == 4


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('[[rule]]\nquery = "a\n', 2),
        ("[rule]\nquery = 'a'\n", 1),
        ("rule = 3\n", 1),
        ("x = " + "[" * 5000, 0),
    ],
)
def test_a_file_that_cannot_be_used_is_told(text: str, line: int) -> None:
    file = read(text)
    assert file.rules == ()
    (problem,) = file.problems
    assert problem.line == line
    assert problem.message


def test_entries_that_are_no_tables_are_told() -> None:
    assert "[[rule]]" in read("rule = [1, 2]").problems[0].message


def test_names_and_problems_are_safe_to_draw() -> None:
    file = read('[[rule]]\nname = "a\\u001b[2Jb"\nquery = "x"\ndo = "tag:y\\u009bz\\n,"\n')
    (rule,) = file.rules
    assert rule.name == "ab"
    assert rule.actions[0].tag.isprintable()
    assert "\x1b" not in read('"a\\u001b[2J" = 1').problems[0].message


@given(text=st.text(max_size=80) | st.text(st.sampled_from('[]rule="\nquerydo a#{}'), max_size=80))
def test_every_text_is_read(text: str) -> None:
    read(text)


def test_rules_work_in_order_and_see_what_was_done() -> None:
    effects = decide(
        rules(
            '[[rule]]\nname="late"\nquery="#mine"\ndo="star"\n'
            '[[rule]]\nname="first"\nquery="football"\ndo=["tag:mine","hide"]\n'
            '[[rule]]\nname="second"\nquery="#mine is:hidden"\ndo=["hide","read","tag:Mine"]\n'
            '[[rule]]\nname="third"\nquery="is:unread"\ndo="star"\n'
        ),
        article(),
        NOW,
    )
    assert told(effects) == [("first", "tag:mine"), ("first", "hide"), ("second", "read")]


def test_what_is_so_already_is_not_done_again() -> None:
    every = rules('[[rule]]\nquery="*"\ndo=["read","star","hide","tag:Sport","notify","notify"]\n')
    done = article(unread=False, starred=True, hidden=True)
    assert told(decide(every, done, NOW)) == [("*", "notify")]
    assert told(decide(every * 2, article(), NOW)) == [
        ("*", "read"), ("*", "star"), ("*", "hide"), ("*", "notify"),
    ]  # fmt: skip


def test_deciding_changes_nothing() -> None:
    facts = article()
    before = repr(facts)
    assert decide(rules('[[rule]]\nquery="*"\ndo="hide"\n'), facts, NOW)
    assert repr(facts) == before


@pytest.mark.parametrize(
    ("expires", "works"),
    [
        ("2026-03-28", False),
        ("2026-03-29", True),
        ("2026-03-29T13:00:00", True),
        ("2026-03-29T11:00:00", False),
        ("2026-03-29T11:00:00Z", True),
        ("2026-03-29T09:59:00Z", False),
    ],
)
def test_rules_expire(expires: str, works: bool) -> None:
    (rule,) = rules(f'[[rule]]\nquery="*"\ndo="hide"\nexpires={expires}\n')
    assert rule.works(NOW) is works
    assert bool(decide([rule], article(), NOW)) is works


def test_a_disabled_rule_does_nothing() -> None:
    assert not decide(rules('[[rule]]\nquery="*"\ndo="hide"\nenabled=false\n'), article(), NOW)


def test_a_dry_run_counts_and_shows() -> None:
    found = dry_run(
        rules(
            '[[rule]]\nname="f"\nquery="football"\ndo=["hide","tag:ball"]\n'
            '[[rule]]\nname="g"\nquery="golf"\ndo="read"\n'
        ),
        [(number, article("Football" if number % 3 else "Chess")) for number in range(1, 7)],
        NOW,
    )
    assert [(o.rule, str(o.action), o.ids) for o in found] == [
        ("f", "hide", (1, 2, 4, 5)),
        ("f", "tag:ball", (1, 2, 4, 5)),
        ("g", "read", ()),
    ]
    assert [o.sentence(30) for o in found] == [
        "would hide 4 articles of the last 30 days",
        "would tag 4 articles as ball of the last 30 days",
        "would mark 0 articles read of the last 30 days",
    ]
    one = Outcome(found[0].rule, found[0].action, (1,))
    assert one.sentence(7) == "would hide 1 article of the last 7 days"


@given(
    query=st.text(min_size=1).filter(str.strip),
    name=st.text(),
    tag=st.text(min_size=1),
    comment=st.text(),
    expires=st.none() | st.dates(),
)
def test_what_is_written_is_read_back(
    query: str, name: str, tag: str, comment: str, expires: date | None
) -> None:
    text = written(
        query=query, do=["hide", f"tag:{tag}"], name=name, comment=comment, expires=expires
    )
    (table,) = tomllib.loads(append("# mine\n\n", text) + "\n" + text)["rule"][:1]
    lossless = not any("\ud800" <= char <= "\udfff" for char in query + name + tag)
    if lossless:
        assert table["query"] == query
        assert table["do"] == ["hide", f"tag:{tag}"]
        assert table.get("name", "") == name
    assert table.get("expires") == expires


def test_what_is_written_reads_well() -> None:
    text = append(FILE, written(query=r"title:/^Ad\b/", do=["hide"], comment="from newsboat"))
    assert text.startswith(FILE)
    assert text.endswith("\n\n# from newsboat\n[[rule]]\nquery = 'title:/^Ad\\b/'\ndo = \"hide\"\n")
    assert len(rules(text)) == 3


def test_a_thousand_rules_on_one_article_fold_its_text_once() -> None:
    many = rules(RIGHT.replace('"a"', '"football -x"').replace('"read"', '"star"') * 1000)
    facts = article()
    assert told(decide(many, facts, NOW)) == [("football -x", "star")]
    assert {"title_words", "text_words"} <= vars(facts).keys()


def test_times_are_compared_across_zones() -> None:
    (rule,) = rules('[[rule]]\nquery="*"\ndo="hide"\nexpires=2026-03-29\n')
    assert rule.works(datetime(2026, 3, 29, 23, 30, tzinfo=UTC))
    assert not rule.works(datetime(2026, 3, 29, 23, 30, tzinfo=UTC).astimezone(NOW.tzinfo))
