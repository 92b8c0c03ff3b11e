"""Triage from the command line: search, mark, tags, smart feeds, history, undo."""

import sqlite3
from pathlib import Path

import pytest

from reader.cli.exits import Exit
from reader.cli.queries import joined, spelled
from tests.cli.shell import Shell

ARTICLES = {
    "rain.md": (
        "Rain over Rotterdam",
        "Rain",
        "Mayor Schouten saw rain. Schouten had an umbrella.",
    ),
    "sun.md": ("Sun over Antwerp", "Sun", "The sun shines on Antwerp, and Antwerp shines back."),
    "both.md": ("Rain and sun", "Rain, Sun", "A rainbow stands over the oval office today."),
}


@pytest.fixture
def shell(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Shell:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.chdir(tmp_path)
    news = tmp_path / "news"
    news.mkdir()
    for name, (title, tags, text) in ARTICLES.items():
        (news / name).write_text(
            f"---\ntitle: {title}\ndate: 2026-02-03T10:00:00Z\ntags: [{tags}]\nlang: en\n"
            f"source: The Paper\n---\n\n{text}\n"
        )
    shell = Shell(tmp_path / "library.db", capsys)
    shell("add", "news")
    return shell


def test_search_finds_and_shows_where(shell: Shell) -> None:
    assert shell("search", "--json", "schouten") == Exit.OK
    (row,) = shell.rows
    assert row["title"] == "Rain over Rotterdam"
    assert row["snippet"] == "Mayor Schouten saw rain. Schouten had an umbrella."
    assert row["hits"] == [[6, 14], [25, 33]]
    assert shell("search", "umbrella") == Exit.OK
    assert shell.out.splitlines()[1].strip().startswith("Mayor Schouten")
    assert shell("search", "nowhere") == Exit.NOTHING


def test_arguments_are_terms(shell: Shell) -> None:
    for arguments in (("rain", "-sun"), ("rain -sun",), ("tag:rain", "-#sun")):
        assert shell("list", "--json", *arguments) == Exit.OK
        assert shell.titles == ["Rain over Rotterdam"], arguments
    assert shell("list", "--json", "title:rain over", "is:unread") == Exit.OK
    assert shell.titles == ["Rain over Rotterdam"]
    assert shell("list", "--json", "oval office", "-nothing here") == Exit.OK
    assert shell.titles == ["Rain and sun"]
    assert shell("search", "--json", "-rain") == Exit.OK
    assert shell.titles == ["Sun over Antwerp"]


@pytest.mark.parametrize(
    ("words", "query"),
    [
        (["a b"], "a b"),
        (["a b", "c"], '"a b" c'),
        (["title:a b", "c"], 'title:"a b" c'),
        (["#a b", "c"], '#"a b" c'),
        (['feed:"a b"', "c"], 'feed:"a b" c'),
        (["(a OR b)", "c"], "(a OR b) c"),
        ([], ""),
    ],
)
def test_a_shell_takes_quotes_away(words: list[str], query: str) -> None:
    assert joined(words) == query


def test_only_words_are_negated() -> None:
    assert spelled(["-a", "--json", "-5", "-h", "-", "-#a"]) == [
        "NOT", "a", "--json", "-5", "-h", "-", "NOT", "#a",
    ]  # fmt: skip


def test_mistakes_are_underlined_and_the_rest_filters(shell: Shell) -> None:
    assert shell("list", "--json", "age:3d rain") == Exit.OK
    assert shell.titles == ["Rain and sun", "Rain over Rotterdam"]
    assert shell.err.splitlines() == [
        "newsreader: younger or older? age: wants < or >",
        "  age:3d rain",
        "  ^^^^^^ age:<3d was meant?",
    ]
    assert shell("search", "tag:rian") == Exit.NOTHING
    assert "there is no tag called rian" in shell.err
    assert "tag:Rain was meant?" in shell.err


def test_a_mark_with_a_mistake_is_refused(shell: Shell) -> None:
    for query in ("age:3d", "tag:rian", "(rain", ""):
        assert shell("mark", "read", query) == Exit.USAGE
    assert shell("mark", "tag", "later") == Exit.USAGE
    shell("unread")
    assert shell.out == "3\n"


def test_marks_by_query_and_back(shell: Shell) -> None:
    assert shell("mark", "read", "--dry-run", "rain") == Exit.OK
    assert len(shell.out.splitlines()) == 2
    assert shell("mark", "read", "rain") == Exit.OK
    assert "2 articles changed" in shell.out
    assert shell("mark", "read", "rain") == Exit.NOTHING
    assert shell("mark", "star", "sun", "--json") == Exit.OK
    assert shell.rows[0]["changed"] == 2
    assert shell("mark", "tag", "weather", "rain OR sun") == Exit.OK
    shell("tags", "--json", "--kind", "user")
    assert [(row["name"], row["articles"], row["unread"]) for row in shell.rows] == [
        ("weather", 3, 1)
    ]
    assert shell("mark", "hide", "is:read") == Exit.OK
    shell("history", "--json")
    assert [row["label"] for row in shell.rows] == [
        "2 articles hidden",
        "3 articles tagged weather",
        "2 articles starred",
        "2 articles marked read",
    ]
    first = shell.rows[-1]["id"]
    for _ in range(2):
        assert shell("undo") == Exit.OK
    assert shell.out == "took back: 3 articles tagged weather\n"
    assert shell("redo") == Exit.OK
    assert shell("undo", str(first)) == Exit.OK
    assert shell("undo", str(first)) == Exit.NOTHING
    assert "taken back before" in shell.err
    assert shell("undo", "99999") == Exit.NOTHING
    shell("unread")
    assert shell.out == "3\n"


def test_derived_tags_are_there_after_add(shell: Shell) -> None:
    with sqlite3.connect(shell.library) as connection:
        assert connection.execute("SELECT count(*) FROM body WHERE digested = 0").fetchone() == (0,)
    shell("tags", "--json", "--kind", "derived")
    assert "Antwerp" in [row["name"] for row in shell.rows]


def test_tags_are_kept_in_order(shell: Shell) -> None:
    assert shell("tags", "--rename", "rain", "Showers") == Exit.OK
    shell("list", "--json", "tag:showers")
    assert len(shell.rows) == 2
    assert shell("tags", "--merge", "sun", "showers") == Exit.OK
    shell("tags", "--json", "--kind", "given")
    assert [(row["name"], row["articles"]) for row in shell.rows] == [("Showers", 3)]
    assert shell("tags", "--hide", "showers") == Exit.OK
    assert shell("tags", "--kind", "given") == Exit.NOTHING
    assert shell("tags", "--kind", "given", "--hidden") == Exit.OK
    for _ in range(3):
        assert shell("undo") == Exit.OK
    shell("tags", "--json", "--kind", "given", "--order", "name")
    assert [(row["name"], row["articles"]) for row in shell.rows] == [("Rain", 2), ("Sun", 2)]
    assert shell("tags", "--rename", "nothing", "x") == Exit.NOTHING


def test_what_is_hidden_is_shown_again_by_either_name(shell: Shell) -> None:
    for name in ("show", "unhide"):
        assert shell("mark", "hide", "rain") == Exit.OK
        shell("list", "--json")
        assert shell.titles == ["Sun over Antwerp"]
        assert shell("mark", name, "is:hidden") == Exit.OK
        shell("list", "--json")
        assert len(shell.titles) == 3


def test_export_saves_what_a_query_finds(shell: Shell, tmp_path: Path) -> None:
    assert shell("export", "--to", "taken", "title:rain", "-umbrella") == Exit.OK
    [path] = shell.out.splitlines()
    assert Path(path) == tmp_path / "taken" / "2026-02-03-Rain-and-sun.md"
    assert 'title: "Rain and sun"' in Path(path).read_text(encoding="utf-8")
    assert shell("export", "rain", "--as", "text", "--to", "taken") == Exit.OK
    assert [Path(line).suffix for line in shell.out.splitlines()] == [".txt", ".txt"]
    assert shell("export", "nowhere", "--to", "taken") == Exit.NOTHING
    assert len(list((tmp_path / "taken").iterdir())) == 3


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("rain", "is:nothing", "--to", "taken"), "nothing was saved"),
        (("--to", "taken"), "a query is missing"),
        (("--as", "epub"), "a query is missing"),
        (("rain", "--opml1", "--to", "taken"), "takes no query"),
    ],
)
def test_export_refuses_what_is_no_clear_wish(
    shell: Shell, tmp_path: Path, arguments: tuple[str, ...], told: str
) -> None:
    assert shell("export", *arguments) == Exit.USAGE
    assert told in shell.err
    assert not (tmp_path / "taken").exists()


def test_smart_alone_lists_smart_feeds(shell: Shell) -> None:
    assert shell("smart") == Exit.OK
    alone = shell.out
    shell("smart", "list")
    assert alone == shell.out
    assert "Unread  is:unread" in alone


def test_smart_feeds_are_saved_and_counted(shell: Shell) -> None:
    assert shell("smart", "add", "Wet", "rain", "is:unread") == Exit.OK
    shell("smart", "list", "--json")
    assert {"title": "Wet", "query": "rain is:unread", "articles": 2, "unread": 2} in shell.rows
    shell("mark", "read", "rain")
    assert shell("smart", "--json") == Exit.OK
    assert {"title": "Wet", "query": "rain is:unread", "articles": 0, "unread": 0} in shell.rows
    assert shell("smart", "rename", "wet", "Dry") == Exit.OK
    assert shell("smart", "remove", "dry") == Exit.OK
    assert shell("smart", "remove", "dry") == Exit.NOTHING
    assert shell("undo") == Exit.OK
    shell("smart", "list")
    assert "Dry" in shell.out
    assert shell("smart", "add", "Bad", "is:nothing") == Exit.USAGE


def test_hostile_queries_reach_no_terminal(shell: Shell) -> None:
    hostile = "tag:a\x1b]0;owned\x07\x9b2J\u202e is:\x1b[31m"
    for arguments in (("search", hostile), ("list", hostile), ("mark", "read", hostile)):
        shell(*arguments)
        printed = shell.out + shell.err
        assert not [c for c in printed if not (c.isprintable() or c == "\n")], arguments


def test_rules_are_listed_tried_applied_and_taken_back(shell: Shell, tmp_path: Path) -> None:
    assert shell("rules") == Exit.NOTHING
    assert "rules.toml" in shell.err
    rules = tmp_path / "config/newsreader/rules.toml"
    rules.parent.mkdir(parents=True, exist_ok=True)
    rules.write_text(
        '[[rule]]\nname = "Dry"\nquery = "rain"\ndo = "hide"\n\n'
        '[[rule]]\nquery = "age:3d"\ndo = "hide"\n'
    )
    assert shell("rules", "--json") == Exit.PARTLY
    assert [(row["name"], row["do"], row["line"]) for row in shell.rows] == [("Dry", ["hide"], 1)]
    assert "line 7: query: age:3d: younger or older?" in shell.err
    assert "age:<3d was meant?" in shell.err
    shell("rules", "--dry-run", "--days", "0")
    assert shell.out.splitlines()[0] == "Dry: would hide 2 articles of all time"
    assert len(shell.out.splitlines()) == 3
    shell("list", "--json")
    assert len(shell.rows) == 3
    shell("rules", "--apply", "--days", "0", "--json")
    (done,) = shell.rows
    assert (done["rule"], done["action"], len(done["articles"])) == ("Dry", "hide", 2)  # type: ignore[arg-type]
    shell("list", "--json")
    assert shell.titles == ["Sun over Antwerp"]
    assert shell("undo", str(done["history"])) == Exit.OK
    shell("list", "--json")
    assert len(shell.rows) == 3


def test_a_rule_notifies_and_waits_for_tags_where_an_update_ends(
    shell: Shell, tmp_path: Path
) -> None:
    rules = tmp_path / "config/newsreader/rules.toml"
    rules.parent.mkdir(parents=True, exist_ok=True)
    rules.write_text('[[rule]]\nname = "Ports"\nquery = "tag:antwerp"\ndo = "notify"\n')
    text = "Antwerp has a harbour. The harbour of Antwerp is large, and Antwerp is proud."
    (tmp_path / "news/port.md").write_text(f"# The harbour\n\n{text}\n")
    assert shell("update") == Exit.OK
    assert "newsreader: Ports: The harbour (news)" in shell.err
    shell("list", "--json")
    assert len(shell.rows) == 4
