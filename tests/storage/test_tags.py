import pytest

from reader.library import Library
from reader.model.change import LibraryChanged
from reader.model.scope import Scope
from reader.query.match import matches
from reader.query.parse import parse
from tests.storage.filling import NOW, article, fill
from tests.storage.recount import assert_counters_exact

Rows = list[tuple[str, int, int]]


def rows(library: Library) -> Rows:
    return [(row.name, row.articles, row.unread) for row in library.tag_rows(order="name")]


def tag_id(library: Library, name: str) -> int:
    return next(row.id for row in library.tag_rows(hidden=True) if row.name == name)


def found(library: Library, query: str) -> list[int]:
    """What a query finds, by both its readers."""
    ids = sorted(library.list_ids(Scope(query=query)))
    everything = list(library.list_ids(Scope()))
    tree = parse(query).tree
    fitting = [one for one, facts in library.facts(everything) if matches(tree, facts, NOW)]
    assert sorted(fitting) == ids, query
    return ids


@pytest.fixture
def ids(library: Library) -> list[int]:
    return list(
        fill(
            library,
            [
                article(1, tags=["NATO", "Rutte"]),
                article(2, tags=["NAVO"]),
                article(3, tags=["nato", "NAVO"]),
            ],
        )
    )


def test_a_renamed_tag_keeps_its_articles_and_what_is_given_later(
    library: Library, ids: list[int]
) -> None:
    library.rename_tag(tag_id(library, "NATO"), "The Alliance")
    assert rows(library) == [("NAVO", 2, 2), ("Rutte", 1, 1), ("The Alliance", 2, 2)]
    assert found(library, '#"the alliance"') == [ids[0], ids[2]]
    assert found(library, "#nato") == [ids[0], ids[2]]
    (later,) = fill(library, [article(4, tags=["NATO"])])
    assert found(library, "tag:the*") == [ids[0], ids[2], later]
    library.tag([ids[1]], "nato", add=True)
    assert ("The Alliance", 4, 4) in rows(library)
    assert library.undo() is not None
    assert library.undo() is not None
    assert rows(library) == [("NATO", 3, 3), ("NAVO", 2, 2), ("Rutte", 1, 1)]
    assert found(library, '#"the alliance"') == []
    assert library.redo() is not None
    assert ("The Alliance", 3, 3) in rows(library)
    assert_counters_exact(library)


def test_only_the_case_of_a_tag_may_change(library: Library, ids: list[int]) -> None:
    library.rename_tag(tag_id(library, "NATO"), "Nato")
    assert ("Nato", 2, 2) in rows(library)
    library.rename_tag(tag_id(library, "Nato"), " \x1b[31m")
    assert ("Nato", 2, 2) in rows(library)
    assert found(library, "#nato") == [ids[0], ids[2]]


def test_a_tag_that_is_given_anothers_name_becomes_one_with_it(
    library: Library, ids: list[int]
) -> None:
    library.mark(ids[1:2], "read", value=True)
    before = rows(library)
    library.rename_tag(tag_id(library, "NAVO"), "nato")
    assert rows(library) == [("NATO", 3, 2), ("Rutte", 1, 1)]
    assert found(library, "#navo") == ids
    (later,) = fill(library, [article(4, tags=["Navo"])])
    assert found(library, "#nato") == [*ids, later]
    assert library.history()[0].label == "merged the tag NAVO into NATO"
    assert_counters_exact(library)
    assert library.undo() is not None
    assert rows(library) == [("NATO", 3, 3), before[1], before[2]]
    assert_counters_exact(library)
    assert library.redo() is not None
    assert found(library, "#nato") == [*ids, later]
    assert_counters_exact(library)


def test_tags_merged_into_a_merged_tag_follow_and_come_apart_again(
    library: Library, ids: list[int]
) -> None:
    library.merge_tags(tag_id(library, "Rutte"), tag_id(library, "NAVO"))
    library.merge_tags(tag_id(library, "NAVO"), tag_id(library, "NATO"))
    assert rows(library) == [("NATO", 3, 3)]
    assert found(library, "#rutte") == ids
    library.undo()
    assert found(library, "#rutte") == ids
    assert rows(library) == [("NATO", 2, 2), ("NAVO", 3, 3)]
    library.undo()
    assert rows(library) == [("NATO", 2, 2), ("NAVO", 2, 2), ("Rutte", 1, 1)]
    assert_counters_exact(library)


def test_tags_are_sorted_searched_coloured_and_hidden(library: Library, ids: list[int]) -> None:
    library.mark(ids[:1], "read", value=True)
    assert [row.name for row in library.tag_rows()] == ["NAVO", "NATO", "Rutte"]
    assert [row.name for row in library.tag_rows(order="articles")] == ["NAVO", "NATO", "Rutte"]
    assert [row.name for row in library.tag_rows(match="ut")] == ["Rutte"]
    assert [row.name for row in library.tag_rows(limit=1)] == ["NAVO"]
    library.colour_tag(tag_id(library, "Rutte"), "red")
    library.hide_tag(tag_id(library, "NATO"), hidden=True)
    assert [(row.name, row.colour) for row in library.tag_rows()] == [
        ("NAVO", ""),
        ("Rutte", "red"),
    ]
    assert [row.hidden for row in library.tag_rows(hidden=True)] == [False, True, False]
    assert found(library, "#nato") == [ids[0], ids[2]]
    undone = library.undo()
    assert undone is not None
    assert undone[0].label == "hid the tag NATO"
    assert undone[1] == LibraryChanged()
    assert len(library.tag_rows()) == 3


def test_other_sessions_hear_of_it(library: Library, ids: list[int]) -> None:
    other = Library.open(library.store.path, clock=lambda: NOW)
    library.rename_tag(tag_id(library, "NATO"), "Alliance")
    assert other.poll() == [LibraryChanged()]
    other.close()


def test_fifty_thousand_tags_are_listed_a_page_at_a_time(library: Library) -> None:
    fill(library, [article(n, tags=[f"tag {n} {m}" for m in range(50)]) for n in range(1000)])
    assert len(library.tag_rows()) == 1000
    assert [row.name for row in library.tag_rows(match="tag 999 4", order="name")][:2] == [
        "tag 999 4",
        "tag 999 40",
    ]
