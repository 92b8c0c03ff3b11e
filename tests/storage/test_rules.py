from collections.abc import Sequence

from reader.library import Library
from reader.model.article import Enclosure
from reader.model.change import ArticlesMarked, TagsEdited
from reader.model.scope import Scope
from reader.query.match import matches
from reader.query.parse import parse
from reader.rules import Rule, dry_run, read
from tests.storage.filling import NOW, article, fill
from tests.storage.recount import assert_counters_exact


def rules(*tables: str) -> Sequence[Rule]:
    found = read("\n".join(f"[[rule]]\n{table}" for table in tables))
    assert not found.problems
    return found.rules


def test_facts_are_what_queries_ask(library: Library) -> None:
    ids = fill(
        library,
        [
            article(1, title="Café", body="<p>Tea &amp; cake</p>", tags=["NATO"], feed="BBC"),
            article(2, enclosures=(Enclosure(url="https://x/"),), image="https://x/", words=3),
        ],
    )
    library.mark(ids[:1], "starred", value=True)
    library.look()
    with library.store.write() as connection:
        connection.execute("INSERT INTO category (id, title) VALUES (1, 'News')")
        connection.execute("INSERT INTO category (id, parent_id, title) VALUES (2, 1, 'World')")
        connection.execute("UPDATE feed SET category_id = 2 WHERE title = 'BBC'")
    for query, found in {
        'title:cafe "tea cake" #nato feed:bbc category:news category:world is:starred': [ids[0]],
        "has:enclosure has:image words:3 -is:starred": [ids[1]],
        "is:new": [],
        "is:unread": list(ids),
    }.items():
        tree = parse(query).tree
        fitting = [one for one, facts in library.facts(ids) if matches(tree, facts, NOW)]
        assert fitting == found, query
        assert sorted(library.list_ids(Scope(query=query))) == found, query


def test_what_rules_decide_is_done_signed_and_undone(library: Library) -> None:
    ids = fill(library, [article(1, title="Football"), article(2, title="Tennis"), article(3)])
    wanted = rules(
        'name = "No football"\nquery = "football"\ndo = "hide"',
        'name = "Sport"\nquery = "football OR tennis"\ndo = ["tag:sport", "star"]',
    )
    outcomes = dry_run(wanted, library.facts(ids), NOW)
    assert library.counts(Scope()).articles == 3
    hidden, tagged, starred = library.carry_out(outcomes)
    assert isinstance(hidden, ArticlesMarked)
    assert isinstance(tagged, TagsEdited)
    assert isinstance(starred, ArticlesMarked)
    assert (hidden.ids, tagged.ids, starred.ids) == ((ids[0],), tuple(ids[:2]), tuple(ids[:2]))
    assert list(library.list_ids(Scope(query="is:hidden"))) == [ids[0]]
    article_hidden = library.article(ids[0])
    assert article_hidden is not None
    assert article_hidden.hidden_by == "No football"
    assert [(entry.actor, entry.label) for entry in library.history()] == [
        ("rule", "2 articles starred by the rule Sport"),
        ("rule", "2 articles tagged sport by the rule Sport"),
        ("rule", "1 article hidden by the rule No football"),
    ]
    assert library.undo() is None
    assert library.undo(hidden.journal_id) is not None
    assert library.counts(Scope()).articles == 3
    assert library.redo() is not None
    assert library.counts(Scope()).articles == 2
    article_hidden = library.article(ids[0])
    assert article_hidden is not None
    assert article_hidden.hidden_by == "No football"
    assert_counters_exact(library)
    assert library.carry_out(outcomes) == []


def test_what_a_person_hides_names_no_rule(library: Library) -> None:
    (one,) = fill(library, 1)
    library.mark([one], "hidden", value=True)
    found = library.article(one)
    assert found is not None
    assert found.headline.hidden
    assert found.hidden_by == ""
