"""Rules judge what arrives before anybody sees it, from folders and from a real server."""

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given

from reader.library import Library
from reader.model.change import (
    ArticlesNotified,
    ArticlesStored,
    Change,
    RulesMistaken,
    UpdateFinished,
)
from reader.model.scope import Scope
from reader.model.subscription import Wanted
from reader.query.match import Facts, matches
from reader.query.parse import parse
from reader.query.tree import EVERYTHING, Node
from reader.update.ruling import possible
from tests.net.server import Server
from tests.query.strategies import facts, trees
from tests.storage.filling import NOW, article, fill
from tests.storage.recount import assert_counters_exact
from tests.update.feeds import Item, Publisher

ROTTERDAM = (
    "The council of Rotterdam met on Tuesday to speak about the harbour. Mayor Carola"
    " Schouten said that the harbour must grow, and Schouten wants that Rotterdam pays."
)


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    return tmp_path / "rules.toml"


@pytest.fixture
def library(tmp_path: Path, rules: Path) -> Iterator[Library]:
    opened = Library.open(tmp_path / "library.db", clock=lambda: NOW, rules=rules)
    yield opened
    opened.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "news"
    path.mkdir()
    return path


def rule(query: str, do: str, **more: str) -> str:
    lines = (f"{key} = {value}\n" for key, value in more.items())
    return f"[[rule]]\nquery = '{query}'\ndo = {do}\n{''.join(lines)}"


def write(folder: Path, name: str, text: str = "Some words.", **head: str) -> None:
    lines = "".join(f"{key}: {value}\n" for key, value in {"title": name, **head}.items())
    (folder / f"{name}.md").write_text(f"---\n{lines}---\n\n{text}\n")


def shown(library: Library) -> list[str]:
    return sorted(head.title for head in library.headlines(library.list_ids(Scope())))


def update(
    library: Library, look: Callable[[], object] = lambda: None, *, force: bool = False
) -> list[Change]:
    """Update; ``look`` is called at every Change, as a screen would draw then."""

    async def run() -> list[Change]:
        changes = []
        async for change in library.update(force=force):
            look()
            changes.append(change)
        return changes

    return asyncio.run(run())


def test_what_a_rule_hides_never_shows(library: Library, rules: Path, folder: Path) -> None:
    rules.write_text(
        rule("football", '"hide"', name='"No football"')
        + rule("title:sun", '["star", "tag:weather"]')
        + rule("words:>5", '"read"')
    )
    write(folder, "sun")
    write(folder, "game", "They played football.")
    write(folder, "long", "One two three four five six seven.")
    library.add_folder(folder)
    seen: set[str] = set()
    update(library, lambda: seen.update(shown(library)))
    assert seen == {"sun", "long"}
    heads = {str(head.title): head for head in library.headlines(library.list_ids(Scope()))}
    assert heads["sun"].starred
    assert heads["sun"].unread
    assert not heads["long"].unread
    (hidden,) = library.list_ids(Scope(query="is:hidden"))
    found = library.article(hidden)
    assert found is not None
    assert found.hidden_by == "No football"
    assert {(entry.actor, str(entry.label)) for entry in library.history()} == {
        ("rule", "1 article hidden by the rule No football"),
        ("rule", "1 article starred by the rule title:sun"),
        ("rule", "1 article tagged weather by the rule title:sun"),
        ("rule", "1 article marked read by the rule words:>5"),
    }
    assert_counters_exact(library)
    library.mark([hidden], "hidden", value=False)
    update(library)
    assert "game" in shown(library)


def test_a_feeds_articles_are_judged_by_their_texts(library: Library, rules: Path) -> None:
    rules.write_text(
        rule("same words", '"hide"') + rule("title:One feed:paper lang:en", '"notify"')
    )
    with Server() as server:
        paper = Publisher(
            server,
            items=[
                Item("One", "1", text="This one is about the weather in the north of the country."),
                Item("Two", "2", text="These are the same words."),
            ],
        )
        library.add_feeds([Wanted(url=paper.url, title="The Paper")])
        seen: set[str] = set()
        changes = update(library, lambda: seen.update(shown(library)), force=True)
        assert seen == {"One"}
        (notified,) = [change for change in changes if isinstance(change, ArticlesNotified)]
        assert [head.title for head in library.headlines(notified.ids)] == ["One"]
        paper.items.append(Item("Three", "3", text="The same words again, and more of them."))
        update(library, lambda: seen.update(shown(library)), force=True)
    assert seen == {"One"}
    assert len(library.list_ids(Scope(query="is:hidden"))) == 2
    assert_counters_exact(library)


def test_rules_that_ask_for_tags_wait_for_them(library: Library, rules: Path, folder: Path) -> None:
    rules.write_text(rule("tag:rotterdam", '"hide"') + rule("tag:given OR sun", '"star"'))
    write(folder, "harbour", ROTTERDAM)
    write(folder, "sun", tags="[given]")
    library.add_folder(folder)
    seen: set[str] = set()
    changes = update(library, lambda: seen.update(shown(library)))
    assert isinstance(changes[-1], UpdateFinished)
    assert changes[-1].new == 2
    assert seen == set()
    assert library.waiting_for_rules()
    assert_counters_exact(library)
    done: list[Change] = []
    library.digest(changes=done)
    assert not library.waiting_for_rules()
    assert shown(library) == ["sun"]
    assert library.headlines(library.list_ids(Scope()))[0].starred
    assert len(library.list_ids(Scope(query="is:hidden tag:rotterdam"))) == 1
    assert len(done) == 1
    assert_counters_exact(library)


def test_without_derived_tags_nothing_waits(tmp_path: Path, rules: Path, folder: Path) -> None:
    rules.write_text(rule("tag:given", '"hide"'))
    write(folder, "sun", tags="[given]")
    write(folder, "rain")
    library = Library.open(
        tmp_path / "library.db", clock=lambda: NOW, rules=rules, derived_tags=False
    )
    library.add_folder(folder)
    update(library)
    assert not library.waiting_for_rules()
    assert shown(library) == ["rain"]
    library.close()


def test_what_waits_comes_out_when_the_rule_is_gone(
    library: Library, rules: Path, folder: Path
) -> None:
    rules.write_text(rule("tag:rotterdam", '"hide"'))
    write(folder, "harbour", ROTTERDAM)
    library.add_folder(folder)
    update(library)
    rules.unlink()
    library.digest()
    assert shown(library) == ["harbour"]


def test_bad_rules_are_told_with_their_line_and_stop_nothing(
    library: Library, rules: Path, folder: Path
) -> None:
    rules.write_text(rule("age:3d", '"hide"') + rule("rain", '"hide"'))
    write(folder, "rain")
    write(folder, "sun")
    library.add_folder(folder)
    told = [change for change in update(library) if isinstance(change, RulesMistaken)]
    assert len(told) == 1
    assert f"{rules}: line 2: " in told[0].problems[0]
    assert shown(library) == ["sun"]
    rules.write_text("[[rule]\nquery")
    write(folder, "wind")
    changes = update(library)
    assert isinstance(changes[0], RulesMistaken)
    assert [change for change in changes if isinstance(change, ArticlesStored)]
    assert shown(library) == ["sun", "wind"]
    rules.write_bytes(b"\xff\xfe\x00")
    assert isinstance(update(library)[0], RulesMistaken)


def test_expired_and_switched_off_rules_do_nothing(
    library: Library, rules: Path, folder: Path
) -> None:
    rules.write_text(
        rule("rain", '"hide"', expires="2026-11-20")
        + rule("sun", '"hide"', enabled="false")
        + rule("wind", '"hide"', expires="2026-11-21")
    )
    for name in ("rain", "sun", "wind"):
        write(folder, name)
    library.add_folder(folder)
    update(library)
    assert shown(library) == ["rain", "sun"]
    assert [(row.query, row.works) for row in library.rules().rules] == [
        ("rain", False), ("sun", False), ("wind", True),
    ]  # fmt: skip


def test_rules_are_tried_and_applied_to_what_is_stored(library: Library, rules: Path) -> None:
    ids = fill(library, [article(1, title="Rain"), article(2, title="Sun"), article(3, title="x")])
    rules.write_text(
        rule("rain OR sun", '["hide", "tag:weather"]', name='"Weather"')
        + rule("tag:weather title:sun", '"star"')
        + rule("is:hidden title:rain", '"read"')
    )
    tried = library.try_rules()
    assert [(str(one.rule), str(one.action), one.ids) for one in tried] == [
        ("Weather", "hide", (ids[0], ids[1])),
        ("Weather", "tag:weather", (ids[0], ids[1])),
        ("tag:weather title:sun", "star", (ids[1],)),
        ("is:hidden title:rain", "read", (ids[0],)),
    ]
    assert tried[0].sentence == "would hide 2 articles of the last 30 days"
    assert library.history() == []
    applied = library.apply_rules()
    assert [one.ids for one in applied] == [one.ids for one in tried]
    assert [head.title for head in library.headlines(library.list_ids(Scope()))] == ["x"]
    assert library.apply_rules() == []
    assert library.undo(applied[0].journal_id) is not None
    assert len(library.list_ids(Scope())) == 3
    assert_counters_exact(library)


@given(trees, facts, facts)
def test_what_could_fit_is_looked_up(tree: Node, one: Facts, other: Facts) -> None:
    changed = one.having(
        unread=other.unread, starred=other.starred, hidden=other.hidden, tags=other.tags
    )
    if matches(tree, changed, NOW):
        assert matches(possible(tree), one, NOW)


def test_what_rules_cannot_change_is_asked_of_the_library() -> None:
    tree = parse("rain -feed:a (sun OR is:new)").tree
    assert possible(tree) == tree
    assert possible(parse("tag:x").tree) == possible(parse("-(rain is:unread)").tree) == EVERYTHING
