"""The two readers of a query tree agree: the list that SQL gives is what ``match`` lets through."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.library import Library
from reader.model.article import Enclosure
from reader.model.scope import Scope
from reader.query.match import Facts, matches
from reader.query.tree import And, Is, Named, Node, Not, Text, asks_hidden
from reader.storage import articles, feeds, lists, queries, slices
from reader.storage.intents import Store, incoming
from reader.storage.scopes import Moment
from reader.storage.times import from_seconds, to_seconds
from reader.text.plain import visible_text
from reader.text.terminal import SafeText
from reader.text.words import phrase
from tests.query.strategies import NOW, facts, leaves, trees
from tests.storage.filling import article

Stored = dict[int, Facts]


@contextmanager
def stored(library: Library, wanted: list[Facts]) -> Iterator[Stored]:
    """The articles in an emptied library, and what each of them is."""
    with library.store.write() as db:
        for table in ("word", "article_tag", "untagged", "detail", "body", "article", "tag"):
            db.execute(
                "INSERT INTO word (word) VALUES ('delete-all')"
                if table == "word"
                else f"DELETE FROM {table}"
            )
        for table in (
            "journal",
            "feed",
            "category",
            "source",
            "site",
            "language",
            "sqlite_sequence",
        ):
            db.execute(f"DELETE FROM {table}")
        found = {
            store(library, number, one): one
            for number, one in enumerate(sorted(wanted, key=lambda one: one.new))
        }
    yield found


def store(library: Library, number: int, one: Facts) -> int:
    """Store one article as facts describe it; returns its id."""
    given_by = article(
        number,
        title=one.title or "\u200b",
        body=one.text or " ",
        kind="text",
        link=one.link,
        tags=one.tags,
        published=one.published,
        feed=one.feed,
        language=one.language,
        words=one.words,
        image="https://x/" if one.image else "",
        enclosures=tuple(Enclosure(url=f"https://x/{n}") for n in range(one.enclosures)),
        authors=(SafeText(one.author),) if one.author else (),
        digest=str(number),
    )
    with library.store.read() as db:
        place = "/".join((*one.category, one.feed))
        source = feeds.add_source(db, "folder", place, NOW)
        text = visible_text(given_by.body, "text")
        (new,) = articles.apply(
            db, source.id, [Store(incoming(given_by, text=text))], library.writer("update")
        ).new
        parent = None
        for title in one.category:
            parent = db.execute(
                "INSERT INTO category (parent_id, title) VALUES (?, ?) RETURNING id",
                (parent, title),
            ).fetchone()[0]
        db.execute("UPDATE feed SET category_id = ? WHERE source_id = ?", (parent, source.id))
        db.execute(
            "UPDATE article SET unread = ?, starred = ?, hidden = ? WHERE id = ?",
            (one.unread, one.starred, one.hidden, new),
        )
        db.execute(
            "UPDATE feed SET (articles, unread, starred, starred_unread) = (SELECT count(*),"
            " total(unread), total(starred), total(starred AND unread) FROM article"
            " WHERE feed_id = feed.id AND hidden = 0)"
        )
        db.execute(
            "UPDATE tag SET (articles, unread) = (SELECT count(*), total(article.unread) FROM"
            " article_tag JOIN article ON id = article_id WHERE tag_id = tag.id AND hidden = 0)"
        )
    return int(new)


@pytest.fixture(autouse=True)
def small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let few articles take as many steps as many would."""
    monkeypatch.setattr(slices, "_READ_AT_ONCE", 0)
    monkeypatch.setattr(slices, "_FIRST", 2)
    monkeypatch.setattr(slices, "_NEWEST", 2)


def asked_for(
    library: Library, tree: Node, looked: int, monkeypatch: pytest.MonkeyPatch
) -> list[int]:
    """The list of a tree, as though its query had been parsed."""
    from reader.query.parse import Parsed

    monkeypatch.setattr(queries, "parse", lambda _text: Parsed(tree))
    moment = lambda: Moment(NOW, looked)  # noqa: E731
    with library.store.read() as db:
        whole = list(lists.ids(db, Scope(query="?"), moment))
        paged: list[int] = []
        while page := lists.ids(
            db, Scope(query="?"), moment, limit=2, after=paged[-1] if paged else None
        ):
            paged.extend(page)
        assert paged == whole
        parts: list[int] = []
        part = None
        while part is None or not part.complete:
            part = slices.part(db, Scope(query="?"), moment, limit=2, before=part, seconds=0.0)
            parts.extend(part.ids)
        assert parts == whole
        articles_there, unread = lists.counts(db, Scope(query="?"), moment)
        assert articles_there == len(whole)
        one = lists.next_unread(db, Scope(query="?"), moment, None, back=False)
        assert (one is None) == (unread == 0)
        assert lists.new_since(db, Scope(query="?"), moment, 0) == len(whole)
    return whole


def expected(there: Stored, tree: Node) -> list[int]:
    with_hidden = asks_hidden(tree)
    fitting = [
        (to_seconds(one.published), article_id)
        for article_id, one in there.items()
        if (with_hidden or not one.hidden) and matches(tree, seen(one), NOW)
    ]
    return [article_id for _, article_id in sorted(fitting, reverse=True)]


def seen(one: Facts) -> Facts:
    """The facts as an article's opened text would show them."""
    changed = {
        "text": visible_text(one.text or " ", "text"),
        "title": one.title or "\u200b",
        "published": from_seconds(to_seconds(one.published)),
    }
    return Facts(**({name: getattr(one, name) for name in Facts.__dataclass_fields__} | changed))


common: st.SearchStrategy[Node] = st.sampled_from(
    [Is("unread"), Is("starred"), Text(phrase("the")), Text(phrase("NATO")), Named("tag", "nato"),
     Named("feed", "bbc"), Named("category", "news"), Not(Text(phrase("a"))), Is("hidden")]
)  # fmt: skip
conjunctions: st.SearchStrategy[Node] = st.lists(common | leaves, min_size=1, max_size=5).map(
    lambda parts: And(tuple(parts))
)
"""What people really ask: some conditions at once, of which several have an index."""


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    wanted=st.lists(facts, min_size=1, max_size=8),
    asked=st.lists(trees | conjunctions, min_size=4, max_size=8),
)
def test_sql_lists_what_match_lets_through(
    library: Library, monkeypatch: pytest.MonkeyPatch, wanted: list[Facts], asked: list[Node]
) -> None:
    with stored(library, wanted) as there:
        looked = max((number for number, one in there.items() if not one.new), default=0)
        for tree in asked:
            assert asked_for(library, tree, looked, monkeypatch) == expected(there, tree), tree
