"""The same article through several feeds is one row, read once, and told why."""

import time
from collections.abc import Sequence
from datetime import timedelta

import pytest

from reader.library import Library
from reader.model.article import Article
from reader.model.scope import Scope
from reader.storage import articles, feeds
from reader.storage.intents import Gone, Replace, Touch
from tests.storage.filling import NOW, article, brought, fill
from tests.storage.recount import assert_counters_exact

TEXT = (
    "<p>The council of the harbour town met on a rainy Tuesday to speak about the new bridge"
    " that nobody wants, and after nine hours of talking it went home without a decision.</p>"
)


def stored(library: Library, *wanted: Article) -> list[int]:
    ids = list(fill(library, wanted))
    library.digest()
    return ids


def listed(library: Library) -> list[int]:
    return sorted(library.list_ids(Scope()))


def one(number: int, feed: str, **fields: object) -> Article:
    return article(number, feed=feed, title="A bridge", **fields)  # type: ignore[arg-type]


def test_the_same_link_in_two_feeds_is_one_row(library: Library) -> None:
    ids = stored(
        library,
        one(1, "Times", link="https://example.org/bridge", body="<p>Short.</p>"),
        article(2, feed="Wire", title="Bridge!", link="http://EXAMPLE.org/bridge?utm_source=x#top"),
        article(3, feed="Wire", title="Another"),
    )
    assert listed(library) == [ids[0], ids[2]]
    (copy,) = library.copies(ids)[ids[0]]
    assert (copy.id, copy.feed, copy.why) == (ids[1], "Wire", "same link")
    assert [(row.title, row.unread) for row in library.feed_rows() if row.kind == "feed"] == [
        ("Times", 1), ("Wire", 1),
    ]  # fmt: skip
    assert_counters_exact(library)


def test_near_the_same_text_under_one_title_is_one_row(library: Library) -> None:
    ids = stored(
        library,
        one(1, "Times", body=TEXT),
        one(2, "Wire", body=TEXT.replace("rainy ", "")),
        one(3, "Post", body=TEXT.split("that nobody", maxsplit=1)[0]),
        one(4, "Star", body="<p>Quite another text of more than a dozen words, about cards and"
            " the people who play them of an evening, in the same town.</p>"),
    )  # fmt: skip
    assert listed(library) == [ids[0], ids[3]]
    why = [(copy.feed, str(copy.why)) for copy in library.copies(ids)[ids[0]]]
    assert why[0][0] == "Wire"
    assert why[0][1].startswith("same title, ")
    assert why[1] == ("Post", "same title, and one text begins the other")


def test_two_articles_of_one_feed_stay_two(library: Library) -> None:
    ids = stored(library, one(1, "Times", body=TEXT, link=""), one(2, "Times", body=TEXT, link=""))
    assert listed(library) == ids


def test_a_page_about_many_things_joins_nothing(library: Library) -> None:
    live = "https://example.org/live"
    ids = stored(
        library,
        article(1, feed="Times", link=live),
        article(2, feed="Times", link=live),
        article(3, feed="Wire", link=live),
        article(4, feed="Post", link="https://example.org/"),
        article(5, feed="Star", link="https://example.org/"),
    )
    assert listed(library) == ids


def test_a_mark_is_set_on_all_of_them_and_taken_back(library: Library) -> None:
    ids = stored(library, one(1, "Times", body=TEXT), one(2, "Wire", body=TEXT))
    change = library.mark(ids[:1], "read", value=True)
    assert change.ids == (ids[0],)
    assert library.history()[0].label == "1 article marked read"
    assert [head.unread for head in library.headlines(ids)] == [False, False]
    undone = library.undo()
    assert undone is not None
    assert undone[1].ids == (ids[0],)  # type: ignore[union-attr]
    assert [head.unread for head in library.headlines(ids)] == [True, True]
    assert_counters_exact(library)


def test_a_copy_that_comes_later_is_read_already(library: Library) -> None:
    (first,) = stored(library, one(1, "Times", body=TEXT))
    library.mark([first], "read", value=True)
    library.mark([first], "starred", value=True)
    (second,) = stored(library, one(2, "Wire", body=TEXT))
    assert listed(library) == [first]
    (head,) = library.headlines([second])
    assert (head.unread, head.starred) == (False, True)
    assert library.counts(Scope()).unread == 0
    assert_counters_exact(library)


def test_a_copy_steps_forward_when_the_shown_one_leaves(library: Library) -> None:
    ids = stored(
        library, one(1, "Times", body=TEXT), one(2, "Wire", body=TEXT), one(3, "Post", body=TEXT)
    )
    library.tag(ids[:1], "later", add=True)
    library.mark(ids[:1], "starred", value=True)
    (times,) = [feed for feed in library.all_feeds() if feed.title == "Times"]
    library.remove_feed(times.id)
    assert listed(library) == [ids[1]]
    assert [copy.feed for copy in library.copies(ids)[ids[1]]] == ["Post"]
    assert listed(library) == sorted(library.list_ids(Scope(query="is:starred tag:later")))
    assert_counters_exact(library)
    library.undo()
    library.digest()
    assert listed(library) == [ids[1]]
    assert [copy.feed for copy in library.copies(ids)[ids[1]]] == ["Times", "Post"]
    assert_counters_exact(library)


def test_a_file_that_is_gone_is_read_through_its_copy(library: Library) -> None:
    ids = stored(library, one(1, "Times", body=TEXT), one(2, "Wire", body=TEXT))
    apply(library, [Gone(ids[0])])
    assert listed(library) == [ids[1]]
    apply(library, [Touch(ids[0])])
    library.digest()
    assert listed(library) == [ids[1]]
    assert_counters_exact(library)


def apply(library: Library, intents: Sequence[Gone | Touch | Replace]) -> None:
    with library.store.write() as connection:
        source = feeds.sources(connection)[0]
        articles.apply(connection, source.id, intents, library.writer("update"))


@pytest.mark.parametrize("edited", [0, 1])
def test_an_edit_parts_what_is_no_longer_the_same(library: Library, edited: int) -> None:
    wanted = [one(1, "Times", body=TEXT), one(2, "Wire", body=TEXT), one(3, "Post", body=TEXT)]
    ids = stored(library, *wanted)
    feed = "Times" if edited == 0 else "Wire"
    other = one(edited + 1, feed, body="<p>Now it says something else entirely, at length, and"
                " nobody could take it for what was here before the edit.</p>")  # fmt: skip
    apply(library, [Replace(ids[edited], brought(other))])
    library.digest()
    assert listed(library) == ([ids[0], ids[1]])
    assert sum(map(len, library.copies(ids).values())) == 1
    assert_counters_exact(library)


def test_what_a_rule_hid_stands_in_front_of_nothing(library: Library) -> None:
    (first,) = stored(library, one(1, "Times", body=TEXT))
    library.mark([first], "hidden", value=True)
    (second,) = stored(library, one(2, "Wire", body=TEXT))
    assert listed(library) == [second]


def test_a_chain_has_one_front(library: Library) -> None:
    link = "https://example.org/bridge"
    ids = stored(
        library,
        one(1, "Times", body=TEXT),
        one(2, "Wire", body=TEXT, link=link),
        article(3, feed="Post", title="Something else", link=link),
    )
    assert listed(library) == [ids[0]]
    assert [copy.id for copy in library.copies(ids)[ids[0]]] == ids[1:]


def test_many_articles_are_marked_with_their_copies(library: Library) -> None:
    wanted = [
        article(2 * n + second, feed=feed, title=f"About {n}", link=f"https://example.org/{n}")
        for n in range(120)
        for second, feed in enumerate(("Times", "Wire"))
    ]
    stored(library, *wanted)
    assert len(listed(library)) == 120
    assert len(library.mark_scope(Scope(), "read", value=True).ids) == 120
    with library.store.read() as connection:
        assert connection.execute("SELECT sum(unread) FROM article").fetchone() == (0,)
    assert_counters_exact(library)


def test_one_title_in_two_hundred_feeds_is_compared_quickly(library: Library) -> None:
    texts = [" ".join(f"word{n * 7 % 997}" for n in range(30, 30 * number, number)) for number in
             range(2, 202)]  # fmt: skip
    ids = fill(
        library,
        [
            article(number, title="Weekly links", feed=f"Feed {number}", body=f"<p>{text}</p>")
            for number, text in enumerate(texts)
        ],
    )
    started = time.process_time()
    library.digest()
    assert time.process_time() - started < 60
    assert listed(library) == list(ids)


def test_next_years_announcement_is_another_article(library: Library) -> None:
    later = NOW - timedelta(days=400)
    ids = stored(
        library,
        one(1, "Times", body=TEXT, published=later),
        one(2, "Wire", body=TEXT.replace("rainy", "dry")),
        one(3, "Post", body=TEXT, date_source="file", published=NOW - timedelta(days=200)),
    )
    assert listed(library) == ids[:2]


@pytest.mark.parametrize("others", [0, 60])
def test_a_mark_on_what_stands_behind_is_set_on_all(library: Library, others: int) -> None:
    link = "https://example.org/bridge"
    ids = stored(
        library,
        one(1, "Times", link=link),
        one(2, "Wire", link=link),
        one(3, "Post", link=link),
        *(article(n, feed="Post", title=f"Another {n}") for n in range(4, 5 + others)),
    )
    # A list that was opened before still shows it.
    library.mark([ids[1], *ids[4:]], "read", value=True)
    with library.store.read() as db:
        unread = [row[0] for row in db.execute("SELECT id FROM article WHERE unread = 1")]
    assert unread == [ids[3]]
    assert_counters_exact(library)
    library.undo()
    assert_counters_exact(library)
    assert library.counts(Scope(show="unread")).articles == 2 + others
