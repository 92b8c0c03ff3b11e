"""Queries as they are typed, and marks on whatever they find, on a real library."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.library import Library
from reader.model.scope import Scope
from tests.storage.filling import NOW, article, fill
from tests.storage.recount import assert_counters_exact


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    opened = Library.open(tmp_path / "library.db", clock=lambda: NOW)
    yield opened
    opened.close()


def test_what_cannot_be_meant_is_told_with_what_was_meant(library: Library) -> None:
    fill(library, [article(1, feed="The Guardian", tags=["climate change", "NATO"])])
    query = "feed:guardian tag:climat age:3d #nato category:news"
    told = [(query[one.start : one.end], one.suggestion) for one in library.mistakes(query)]
    assert told == [("tag:climat", 'tag:"climate change"'), ("age:3d", "age:<3d")]
    assert library.mistakes("nothing wrong -here") == ()


def test_a_merged_name_is_no_mistake(library: Library) -> None:
    fill(library, [article(1, tags=["NATO"]), article(2, tags=["NAVO"])])
    rows = {str(row.name): row.id for row in library.tag_rows()}
    library.merge_tags(rows["NAVO"], rows["NATO"])
    assert library.mistakes("tag:navo OR tag:nato") == ()
    assert len(library.list_ids(Scope(query="tag:navo"))) == 2


def test_names_are_offered_while_typing(library: Library) -> None:
    fill(library, [article(1, feed="The Guardian", tags=["climate change", "NATO"])])
    assert [one.text for one in library.complete("feed:gua", 8)] == ['feed:"The Guardian"']
    assert [one.text for one in library.complete("x #cl", 5)] == ['#"climate change"']
    assert "is:unread" in [one.text for one in library.complete("is:", 3)]


def test_searches_are_remembered_once_and_last_first(library: Library, tmp_path: Path) -> None:
    for query in ("one", "two", " one ", ""):
        library.remember_search(query)
    library.close()
    again = Library.open(tmp_path / "library.db", clock=lambda: NOW)
    assert again.searches() == ["one", "two"]
    for number in range(150):
        again.remember_search(str(number))
    assert len(again.searches()) == 100
    again.close()


def test_what_a_query_finds_is_marked_in_one_step(library: Library) -> None:
    ids = fill(library, [article(1, title="Rain"), article(2, title="Sun"), article(3, title="x")])
    change = library.mark_scope(Scope(query="rain OR sun"), "read", value=True)
    assert change.ids == (ids[0], ids[1])
    assert library.counts(Scope()).unread == 1
    tagged = library.tag_scope(Scope(query="is:unread"), "later", add=True, actor="cli")
    assert tagged.ids == (ids[2],)
    assert [entry.articles for entry in library.history()] == [1, 2]
    library.undo()
    library.undo()
    assert library.counts(Scope()).unread == 3
    assert library.tag_rows() == ()
    assert_counters_exact(library)


def test_catching_up_takes_what_is_worth_the_minutes(library: Library) -> None:
    event = "Storm hits the harbour of Rotterdam, ferries stay in port"
    words = {"short": 230, "long": 2300, "liked": 460}
    ids = fill(
        library,
        [
            article(1, title="Short", words=words["short"]),
            article(2, title="Long", words=words["long"]),
            article(3, title="Liked", words=words["liked"], tags=["gardens"]),
            article(4, title="Old favourite", tags=["gardens"]),
            article(5, feed="A", title=event, words=words["short"]),
            article(6, feed="B", title=f"{event} again", words=words["short"]),
        ],
    )
    library.mark(ids[3:4], "starred", value=True)
    library.mark(ids[3:4], "read", value=True)
    chosen = library.catch_up(4)
    assert chosen.minutes <= 4
    assert set(chosen.ids) <= {ids[0], ids[2], ids[4], ids[5]}
    assert ids[2] in chosen.ids
    assert len({ids[4], ids[5]} & set(chosen.ids)) == 1
    assert {*chosen.ids, *chosen.rest} == set(ids) - {ids[3]}
    library.mark(chosen.rest, "read", value=True)
    assert library.counts(Scope()).unread == len(chosen.ids)
    assert library.catch_up(0).ids == ()
