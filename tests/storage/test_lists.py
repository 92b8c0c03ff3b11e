from datetime import timedelta

import pytest

from reader.library import Library
from reader.model.scope import Scope, Show
from tests.storage.filling import NOW, article, fill


def test_newest_first_and_the_later_stored_of_one_moment_first(library: Library) -> None:
    ids = fill(
        library,
        [
            article(1, published=NOW - timedelta(hours=2)),
            article(2, published=NOW),
            article(3, published=NOW),
        ],
    )
    assert list(library.list_ids(Scope())) == [ids[2], ids[1], ids[0]]


def test_pages_follow_each_other_without_gap_or_repetition(library: Library) -> None:
    same_moment = [article(n, published=NOW) for n in range(10)]
    fill(library, same_moment + [article(n) for n in range(10, 20)])
    whole = list(library.list_ids(Scope()))
    paged: list[int] = []
    while page := library.list_ids(Scope(), limit=3, after=paged[-1] if paged else None):
        paged.extend(page)
    assert paged == whole
    assert len(whole) == 20


@pytest.mark.parametrize("show", ["all", "unread", "starred"])
def test_a_feed_shows_its_own(library: Library, show: Show) -> None:
    fill(library, [article(n, feed="A" if n % 2 else "B") for n in range(10)])
    ids = library.list_ids(Scope())
    library.mark(ids[:4], "read", value=True)
    library.mark(ids[2:8], "starred", value=True)
    for feed in library.all_feeds():
        got = library.headlines(library.list_ids(Scope(feed_id=feed.id, show=show)))
        rows = [row for row in library.headlines(ids) if row.feed_id == feed.id]
        assert got == [row for row in rows if show == "all" or getattr(row, show)]
        assert got


def test_several_tags_must_all_be_there(library: Library) -> None:
    ids = fill(
        library,
        [article(1, tags=["a"]), article(2, tags=["a", "b"]), article(3, tags=["b", "a", "c"])],
    )
    by_name = {str(row.name): row.id for row in library.tag_rows()}
    assert list(library.list_ids(Scope(tag_ids=(by_name["a"], by_name["b"])))) == list(ids[1:])
    assert list(library.list_ids(Scope(tag_ids=(by_name["c"],)))) == [ids[2]]


def test_hidden_articles_are_in_no_list(library: Library) -> None:
    ids = fill(library, [article(1, tags=["a"]), article(2, tags=["a"])])
    library.mark(ids[:1], "hidden", value=True)
    tag = library.tag_rows()[0]
    for scope in (Scope(), Scope(show="unread"), Scope(tag_ids=(tag.id,))):
        assert list(library.list_ids(scope)) == [ids[1]]
        assert library.counts(scope).articles == 1


def test_a_list_stays_as_it_was_when_its_articles_change(library: Library) -> None:
    fill(library, 6)
    page = library.list_ids(Scope(show="unread"), limit=3)
    library.mark(page, "read", value=True)
    rest = library.list_ids(Scope(show="unread"), after=page[-1])
    assert len(rest) == 3
    assert not set(page) & set(rest)
    assert [row.unread for row in library.headlines(page)] == [False] * 3


def test_next_unread_goes_down_and_up(library: Library) -> None:
    fill(library, 5)
    ids = library.list_ids(Scope())
    library.mark(ids[1:4], "read", value=True)
    assert library.next_unread(Scope(), None) == ids[0]
    assert library.next_unread(Scope(), ids[0]) == ids[4]
    assert library.next_unread(Scope(), ids[4]) is None
    assert library.next_unread(Scope(), ids[4], back=True) == ids[0]
    assert library.next_unread(Scope(), ids[0], back=True) is None


def test_new_articles_are_counted_not_shown(library: Library) -> None:
    fill(library, 3)
    newest = library.newest_id()
    assert library.new_since(Scope(), newest) == 0
    fill(library, [article(10), article(11, feed="Other")])
    assert library.new_since(Scope(), newest) == 2
    feed = next(feed for feed in library.all_feeds() if feed.title == "Other")
    assert library.new_since(Scope(feed_id=feed.id), newest) == 1
