"""The texts of articles' pages beside the articles' own."""

from datetime import timedelta

from reader.library import Library
from reader.model.feed import FeedSettings
from reader.model.page import FullText
from reader.model.records import replace
from reader.model.scope import Scope
from reader.model.subscription import Wanted
from reader.storage import articles, feeds, fulltext, pages
from reader.storage.intents import Replace, Store, incoming
from reader.text.terminal import SafeText
from tests.storage.filling import NOW, article, brought, fill


def found(library: Library, query: str) -> list[int]:
    return list(library.list_ids(Scope(query=query)))


def page_of(article_id: int, body: str = "<p>The whole story.</p>") -> FullText:
    return FullText(
        article_id=article_id,
        body=body,
        kind="html",
        base="https://example.org/page",
        words=3,
        fetched=NOW,
    )


def keep(library: Library, page: FullText) -> bool:
    with library.store.write() as connection:
        return pages.keep(connection, page)


def test_a_page_is_kept_beside_the_articles_own_text(library: Library) -> None:
    (one,) = fill(library, [article(1, body="<p>teaser</p>")])
    before = library.article(one)
    assert keep(library, page_of(one))
    with library.store.read() as connection:
        assert pages.stored(connection, one) == page_of(one)
        assert pages.stored(connection, one + 1) is None
    assert library.article(one) == before


def test_both_texts_are_found(library: Library) -> None:
    (one,) = fill(library, [article(1, body="<p>teaser</p>")])
    keep(library, page_of(one))
    while library.index_pending():
        pass
    assert found(library, "teaser") == found(library, "whole story") == [one]
    keep(library, page_of(one, "<p>Another ending.</p>"))
    while library.index_pending():
        pass
    assert found(library, "teaser ending") == [one]
    assert found(library, "whole") == []
    assert "whole" not in library.snippets([one], "ending")[one].text


def test_a_page_survives_what_its_feed_does(library: Library) -> None:
    (one,) = fill(library, [article(1, body="<p>teaser</p>")])
    keep(library, page_of(one))
    with library.store.write() as connection:
        source = feeds.sources(connection)[0]
        edited = Replace(one, brought(article(1, body="<p>edited</p>")))
        articles.apply(connection, source.id, [edited], library.writer("update"))
    while library.index_pending():
        pass
    with library.store.read() as connection:
        assert pages.stored(connection, one) == page_of(one)
        assert fulltext.is_complete(connection)
    assert found(library, "edited whole") == [one]
    assert found(library, "teaser") == []


def test_a_page_that_cannot_be_had_does_not_replace_one(library: Library) -> None:
    (one,) = fill(library, [article(1)])
    keep(library, page_of(one))
    wall = replace(page_of(one, ""), words=0, obstacle="paywall", problem=SafeText("Pay."))
    assert not keep(library, wall)
    with library.store.read() as connection:
        assert pages.stored(connection, one) == page_of(one)


def test_nothing_is_kept_for_an_article_that_is_gone(library: Library) -> None:
    assert not keep(library, page_of(77))


def following(library: Library, count: int) -> tuple[int, list[int]]:
    """A web feed that wants full texts, with articles, the newest first."""
    ((feed_id, _),) = library.add_feeds([Wanted(url="https://example.org/feed")])
    library.set_feed_settings(feed_id, FeedSettings(full_text=True, selector="main"))
    source = library.sources()[-1]
    items = [incoming(article(n, feed="")) for n in range(1, count + 1)]
    with library.store.write() as connection:
        stored = articles.apply(
            connection, source.id, [Store(item) for item in items], library.writer("update")
        )
    return feed_id, list(stored.new)


def wanted(library: Library, *, each: int = 20, limit: int = 100) -> list[int]:
    with library.store.read() as connection:
        found = pages.wanted(connection, each=each, limit=limit)
    return [one.article_id for one in found]


def test_new_unread_articles_of_feeds_that_ask_for_it_want_their_page(library: Library) -> None:
    fill(library, 3)
    feed_id, ids = following(library, 4)
    assert wanted(library) == ids
    assert wanted(library, each=2) == ids[:2]
    assert wanted(library, limit=3) == ids[:3]
    library.mark(ids[:1], "read", value=True)
    keep(library, page_of(ids[1]))
    assert wanted(library) == ids[2:]
    with library.store.read() as connection:
        assert pages.wanted(connection, feed_ids=[feed_id + 1], each=9, limit=9) == []
        (first, *_) = pages.wanted(connection, feed_ids=[feed_id], each=9, limit=9)
    assert (first.selector, first.feed_url) == ("main", "https://example.org/feed")
    assert first.link == "https://example.org/3"


def test_a_page_is_asked_for_again_when_its_article_was_edited(library: Library) -> None:
    _, (one,) = following(library, 1)
    keep(library, page_of(one))
    assert wanted(library) == []
    with library.store.write() as connection:
        (source,) = feeds.sources(connection)
        edited = Replace(one, incoming(article(1, feed="", body="<p>edited</p>")))
        articles.apply(connection, source.id, [edited], library.writer("update"))
    assert wanted(library) == [one]


def test_a_network_that_fails_is_tried_a_few_times_and_a_wall_once(library: Library) -> None:
    _, (one, two) = following(library, 2)
    none = replace(page_of(one, ""), words=0, obstacle="network", problem=SafeText("No answer."))
    keep(library, replace(none, article_id=two, obstacle="paywall"))
    for _ in range(pages.MOST_TRIES):
        assert wanted(library) == [one]
        keep(library, replace(none, fetched=none.fetched + timedelta(hours=1)))
    assert wanted(library) == []


def test_the_page_of_any_article_can_be_asked_for(library: Library) -> None:
    (one,) = fill(library, [article(1)])
    with library.store.read() as connection:
        page = pages.of_article(connection, one)
        assert pages.of_article(connection, one + 1) is None
    assert page is not None
    assert (page.link, page.selector, page.feed_url) == ("https://example.org/1", "", "")
