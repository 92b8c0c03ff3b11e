from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from reader.library import Library
from reader.model.article import Article, Enclosure
from reader.model.change import ArticlesStored
from reader.model.scope import Scope
from reader.storage import articles, feeds, files
from reader.storage.intents import Gone, Intent, Replace, Store, Touch
from reader.storage.packing import pack, unpack, unpack_body
from reader.text.terminal import SafeText
from tests.storage.filling import NOW, article, brought, fill
from tests.storage.recount import assert_counters_exact


def applied(library: Library, intents: Sequence[Intent]) -> ArticlesStored:
    with library.store.write() as connection:
        source = feeds.add_source(connection, "folder", "/news", NOW)
        return articles.apply(connection, source.id, intents, library.writer("update"))


def stored(library: Library, article_id: int) -> Article:
    found = library.article(article_id)
    assert found is not None
    return found.content


def test_every_field_comes_back_as_it_was(library: Library) -> None:
    given = article(
        1,
        published=datetime(1901, 2, 3, tzinfo=UTC),
        updated=datetime(2999, 12, 31, 23, 59, 59, tzinfo=UTC),
        date_source="text",
        kind="markdown",
        title="T" * 500,
        authors=(SafeText("Ann"), SafeText("Bob")),
        problems=(SafeText("The date was odd."),),
        enclosures=(
            Enclosure(
                url="https://x/a.mp3", mime="audio/mpeg", size=2**40, seconds=61, title="One"
            ),
        ),
        image="https://x/a.png",
        comments="https://x/#comments",
        tags=["añejo", "Zwolle"],
        outlet=SafeText("A blog"),
    )
    (one,) = fill(library, [given])
    assert stored(library, one) == given
    (row,) = library.headlines([one])
    assert (row.author, row.published.year, row.date_source) == ("Ann, Bob", 1901, "text")


def test_what_utf_8_cannot_say_is_stored_all_the_same(library: Library) -> None:
    odd = article(1, title="half \ud83d", body="<p>\udcff</p>", identity="a\udcffb", link="\ud800")
    (one,) = fill(library, [odd])
    assert stored(library, one).title == "half ?"
    assert stored(library, one).identity == "a\udcffb"
    assert stored(library, one).body == "<p>?</p>"


def test_a_changed_text_keeps_its_revision_and_state(library: Library) -> None:
    (one,) = fill(library, [article(1, tags=["a"])])
    library.mark([one], "read", value=True)
    library.tag([one], "mine", add=True)
    later = NOW + timedelta(hours=1)
    new = article(1, body="<p>Corrected</p>", tags=["b"], published=later, feed="Other")
    change = applied(library, [Replace(one, brought(new))])
    assert (change.new, change.changed) == ((), (one,))
    content = stored(library, one)
    assert (content.body, content.feed, content.published) == (new.body, "Other", later)
    found = library.article(one)
    assert found is not None
    assert not found.headline.unread
    assert [(tag.name, tag.kind) for tag in found.tags] == [("b", "given"), ("mine", "user")]
    with library.store.read() as connection:
        bodies = connection.execute("SELECT raw FROM body ORDER BY id").fetchall()
    assert [unpack_body(row[0]) for row in bodies] == [article(1).body, new.body]
    assert_counters_exact(library)


def test_a_material_change_makes_it_unread_where_that_is_wanted(library: Library) -> None:
    ids = fill(library, 2)
    library.mark(ids, "read", value=True)
    applied(
        library,
        [
            Replace(ids[0], brought(article(1, body="<p>New</p>")), unread=True),
            Replace(ids[1], brought(article(2, body="<p>New</p>"))),
        ],
    )
    assert [row.unread for row in library.headlines(ids)] == [True, False]
    assert_counters_exact(library)


def test_markup_alone_makes_no_revision(library: Library) -> None:
    (one,) = fill(library, [article(1, digest="same")])
    applied(library, [Replace(one, brought(article(1, digest="same", body="<p><b>x</b></p>")))])
    assert stored(library, one).body == "<p><b>x</b></p>"
    with library.store.read() as connection:
        assert connection.execute("SELECT count(*) FROM body").fetchone() == (1,)


def test_a_file_that_is_gone_takes_its_article_along_and_brings_it_back(library: Library) -> None:
    ids = fill(library, 3)
    library.mark(ids[:1], "starred", value=True)
    assert applied(library, [Gone(ids[0]), Gone(ids[0])]).gone == (ids[0],)
    assert applied(library, [Gone(ids[0])]).gone == ()
    assert ids[0] not in library.list_ids(Scope())
    assert library.counts(Scope(show="starred")).articles == 0
    assert_counters_exact(library)
    assert applied(library, [Touch(ids[0]), Touch(ids[1])]).changed == (ids[0],)
    assert list(library.list_ids(Scope(show="starred"))) == [ids[0]]
    assert_counters_exact(library)


def test_a_tag_that_was_taken_off_is_not_given_again(library: Library) -> None:
    (one,) = fill(library, [article(1, tags=["a", "b"])])
    library.tag([one], "A", add=False)
    applied(library, [Replace(one, brought(article(1, tags=["a", "b", "c"], digest="2")))])
    found = library.article(one)
    assert found is not None
    assert [tag.name for tag in found.tags] == ["b", "c"]
    library.tag([one], "a", add=True)
    applied(library, [Replace(one, brought(article(1, tags=["a", "b"], digest="3")))])
    found = library.article(one)
    assert found is not None
    assert [(tag.name, tag.kind) for tag in found.tags] == [("a", "user"), ("b", "given")]
    assert_counters_exact(library)


def test_tags_that_differ_by_case_and_accent_are_one(library: Library) -> None:
    fill(library, [article(1, tags=["Café", "CAFE", "café"]), article(2, tags=["cafe"])])
    (row,) = library.tag_rows()
    assert (row.name, row.articles, row.unread) == ("Café", 2, 2)


@pytest.mark.parametrize("name", ["", "  ", "\u200b", "\x1b[31m", "\n"])
def test_a_tag_without_a_name_is_none(library: Library, name: str) -> None:
    ids = fill(library, 1)
    assert library.tag(ids, name, add=True).ids in ((), tuple(ids))
    assert all(row.name for row in library.tag_rows())


def test_tags_of_every_sort_can_be_put_on_and_taken_off(library: Library) -> None:
    ids = fill(library, 2)
    for name in ("a,b", "🎉", "x" * 500, "it's", '"', "%", "#1", "\x1b[31mred"):
        assert library.tag(ids, name, add=True).ids == tuple(ids), name
        assert library.tag(ids, name, add=True).ids == ()
        assert library.tag(ids, name, add=False).ids == tuple(ids), name
    assert library.tag_rows() == ()


def test_articles_are_known_by_identity_link_and_content(library: Library) -> None:
    ids = fill(library, [article(n) for n in range(5)])
    asked = [
        brought(article(0, link="https://new/", digest="new")),
        brought(article(1, identity="new-1", digest="new")),
        brought(article(2, identity="new-2", link="")),
        brought(article(9)),
    ]
    (feed,) = library.all_feeds()
    with library.store.read() as connection:
        known = articles.known(connection, feed.id, asked)
        assert sorted(one.id for one in known) == list(ids[:3])
        assert articles.known(connection, feed.id + 1, asked) == []
        inside = articles.known_in_source(connection, feed.source_id, asked, [ids[4]])
        assert sorted(one.id for one in inside) == [*ids[:3], ids[4]]


def test_ids_are_never_used_twice(library: Library) -> None:
    ids = fill(library, 2)
    with library.store.write() as connection:
        connection.execute("DELETE FROM article WHERE id = ?", (ids[1],))
    assert applied(library, [Store(brought(article(7)))]).new[0] > ids[1]


def test_the_paths_of_documents(library: Library) -> None:
    ids = fill(library, 2)
    with library.store.write() as connection:
        (source,) = feeds.sources(connection)
        files.see(connection, source.id, [("sub/a\udcff.md", 1, 2, ids[0], "")])
        files.see(connection, source.id, [("b.txt", 1, 2, None, "It is a picture.")])
        alone = feeds.add_source(connection, "folder", "/elsewhere/one.md", NOW)
        files.see(connection, alone.id, [("", 1, 2, ids[1], "")])
    paths = [one.path for one in library.listed(ids)]
    assert paths == ["/news/sub/a\udcff.md", "/elsewhere/one.md"]
    (refused,) = library.refused()
    assert (refused.path, refused.problem) == ("/news/b.txt", "It is a picture.")


def test_id_lists_are_packed_and_unpacked(library: Library) -> None:
    from array import array

    for parts in (
        {"ids": array("q", range(100_000))},
        {"a": array("q"), "b": array("q", [1, 2**62])},
        {},
    ):
        assert unpack(pack(parts)) == parts
    assert len(pack({"ids": array("q", range(100_000))})) < 300_000
