"""Web feeds followed over time, from a real server into a real library."""

import asyncio
import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from reader.library import Library
from reader.model.article import Headline
from reader.model.change import Change, UpdateFinished
from reader.model.feed import FeedSettings
from reader.model.records import replace
from reader.model.scope import Scope
from reader.model.subscription import Wanted
from reader.sources import feed
from reader.sources.feedparts import ParsedFeed
from reader.storage import fetching
from tests.fakes.clock import Clock
from tests.net.server import Exchange, Server
from tests.update.feeds import Item, Publisher


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running:
        yield running


@pytest.fixture
def clock() -> Clock:
    return Clock(datetime(2026, 3, 1, 12, tzinfo=UTC))


@pytest.fixture
def library(tmp_path: Path, clock: Clock) -> Iterator[Library]:
    opened = Library.open(tmp_path / "library.db", clock=clock)
    yield opened
    opened.close()


@pytest.fixture
def paper(server: Server, library: Library) -> Publisher:
    publisher = Publisher(server, items=[Item("One", "1"), Item("Two", "2")])
    library.add_feeds([Wanted(url=publisher.url)])
    return publisher


def update(library: Library, *, force: bool = True) -> UpdateFinished:
    async def run() -> list[Change]:
        return [change async for change in library.update(force=force)]

    finished = asyncio.run(run())[-1]
    assert isinstance(finished, UpdateFinished)
    return finished


def heads(library: Library) -> list[Headline]:
    return library.headlines(library.list_ids(Scope()))


def shown(library: Library) -> dict[str, bool]:
    return {head.title: head.unread for head in heads(library)}


def read_all(library: Library) -> None:
    library.mark(library.list_ids(Scope()), "read", value=True)


def test_articles_arrive_with_their_feed(library: Library, paper: Publisher) -> None:
    finished = update(library)
    assert (finished.new, finished.failed) == (2, ())
    assert shown(library) == {"One": True, "Two": True}
    assert {head.feed for head in heads(library)} == {"The Paper"}
    (row,) = [row for row in library.feed_rows() if row.kind == "feed"]
    assert (row.title, row.unread) == ("The Paper", 2)


def test_an_article_of_a_planet_keeps_who_published_it(library: Library, paper: Publisher) -> None:
    source = "</title><source url='https://blog.example/feed'>A Blog</source><title>"
    paper.items = [Item("One"), Item(f"{source}Two")]
    update(library)
    outlets = {}
    for head in heads(library):
        stored = library.article(head.id)
        assert stored is not None
        outlets[head.title] = stored.content.outlet
    assert outlets == {"One": "", "Two": "A Blog"}


def test_the_second_time_the_server_is_asked_conditionally(
    library: Library, paper: Publisher, server: Server
) -> None:
    update(library)
    finished = update(library)
    assert (finished.new, finished.changed, finished.unchanged) == (0, 0, 1)
    first, second = server.asked
    assert "if-none-match" not in first.headers
    assert second.headers["if-none-match"].startswith('W/"')


def test_a_feed_is_not_asked_before_it_is_due(
    library: Library, paper: Publisher, server: Server, clock: Clock
) -> None:
    update(library, force=False)
    update(library, force=False)
    assert len(server.asked) == 1
    clock.now += timedelta(hours=2)
    update(library, force=False)
    assert len(server.asked) == 2


def test_new_and_vanished_items(library: Library, paper: Publisher) -> None:
    update(library)
    read_all(library)
    paper.items = [Item("Three", "3"), Item("Two", "2")]
    assert update(library).new == 1
    assert shown(library) == {"One": False, "Two": False, "Three": True}


def test_an_empty_reply_deletes_nothing(library: Library, paper: Publisher) -> None:
    update(library)
    paper.items = []
    update(library)
    assert shown(library) == {"One": True, "Two": True}


def test_ids_that_change_upstream_do_not_bring_back_what_was_read(
    library: Library, paper: Publisher
) -> None:
    update(library)
    read_all(library)
    paper.items = [
        replace(item, guid=f"urn:new:{item.guid}", link=f"https://example.org/{item.guid}")
        for item in paper.items
    ]
    assert update(library).new == 0
    assert shown(library) == {"One": False, "Two": False}
    paper.items = [replace(item, link=f"{item.link}?moved") for item in paper.items]
    assert update(library).new == 0
    assert shown(library) == {"One": False, "Two": False}


def test_two_articles_of_one_title_stay_two(library: Library, paper: Publisher) -> None:
    paper.items = [Item("Weekly links", "1", text="First"), Item("Weekly links", "2", text="Other")]
    assert update(library).new == 2


def test_a_material_edit_is_unread_again_and_keeps_the_old_text(
    library: Library, paper: Publisher
) -> None:
    update(library)
    read_all(library)
    text = "Quite another story with a great many words that nobody has read before now."
    paper.items[0] = replace(paper.items[0], text=text)
    finished = update(library)
    assert (finished.new, finished.changed) == (0, 1)
    assert shown(library) == {"One": True, "Two": False}
    changed = next(head for head in heads(library) if head.title == "One")
    article = library.article(changed.id)
    assert article is not None
    assert text in article.content.body


@pytest.mark.parametrize(
    "text",
    [
        "Some words that are the same for every <b>item</b>.",
        "Some words that are the same for every item!",
        'Some words that are the same for every item.<img src="https://ads.example/1.gif">',
    ],
)
def test_a_trifling_edit_stays_read(library: Library, paper: Publisher, text: str) -> None:
    update(library)
    read_all(library)
    paper.items[0] = replace(paper.items[0], text=text)
    update(library)
    assert shown(library) == {"One": False, "Two": False}


def test_an_article_without_a_date_keeps_the_time_it_was_first_seen(
    library: Library, paper: Publisher, clock: Clock
) -> None:
    paper.items = [Item("Undated", "1", date="")]
    update(library)
    first = heads(library)[0]
    assert (first.date_source, first.published) == ("seen", clock.now)
    clock.now += timedelta(days=3)
    paper.items = [Item("Undated, edited", "1", date="")]
    update(library)
    (again,) = heads(library)
    assert (again.title, again.published) == ("Undated, edited", first.published)


def test_one_failing_feed_costs_the_others_nothing(
    library: Library, paper: Publisher, server: Server
) -> None:
    library.add_feeds([Wanted(url=server.url("/missing"), title="Broken")])
    library.add_feeds([Wanted(url=server.answer("/page", 200, b"<html><p>Hello</p></html>"))])
    finished = update(library)
    assert finished.new == 2
    assert {failure.title for failure in finished.failed} == {"Broken", server.url("/page")}
    rows = {str(row.title): str(row.problem) for row in library.feed_rows() if row.kind == "feed"}
    assert rows["The Paper"] == ""
    assert "404" in rows["Broken"]


def test_a_feed_that_recovers_has_no_problem_left(
    library: Library, paper: Publisher, server: Server
) -> None:
    server.answer("/feed", 503)
    assert update(library).failed
    server.routes["/feed"] = paper.answer
    assert update(library).failed == ()
    assert [row.problem for row in library.feed_rows() if row.kind == "feed"] == [""]


def test_a_permanent_move_is_followed_when_seen_twice(
    library: Library, paper: Publisher, server: Server
) -> None:
    server.answer("/old", 301, b"", Location=paper.url)
    library.add_feeds([Wanted(url=server.url("/old"), title="Old")])
    for expected in ("/old", "/old", "/feed"):
        server.asked.clear()
        with library.store.read() as connection:
            due = fetching.due(connection, library.writer("update").at, force=True)
        (old,) = [one for one in due if one.title == "Old"]
        assert old.state.url == server.url(expected)
        update(library)


def test_a_retired_feed_is_left_alone_until_asked_for(
    library: Library, paper: Publisher, server: Server
) -> None:
    server.answer("/feed", 410)
    update(library)
    server.asked.clear()
    update(library)
    assert server.asked == []


def test_two_updates_never_fetch_one_feed_at_once(
    library: Library, server: Server, tmp_path: Path, clock: Clock
) -> None:
    other = Library.open(tmp_path / "library.db", clock=clock)
    paper = Publisher(server, path="/slow", items=[Item("One", "1")])
    library.add_feeds([Wanted(url=paper.url)])
    with library.store.write() as connection:
        due = fetching.due(connection, clock.now)
        held = fetching.lease(
            connection, [one.feed_id for one in due], holder="elsewhere/1", now=clock.now
        )
    assert held
    assert update(other).new == 0
    assert server.asked == []
    clock.now += fetching.LEASE + timedelta(seconds=1)
    assert update(other).new == 1
    other.close()


def test_a_lease_of_a_process_that_is_gone_is_taken_over(
    library: Library, paper: Publisher, clock: Clock
) -> None:
    with library.store.write() as connection:
        due = fetching.due(connection, clock.now)
        ids = [one.feed_id for one in due]
        gone = f"{os.uname().nodename}/{2**22 + 1}/1"
        assert fetching.lease(connection, ids, holder=gone, now=clock.now) == set(ids)
    assert update(library).new == 2


async def test_two_updates_of_one_process_leave_each_other_their_feeds(
    library: Library, paper: Publisher, server: Server, clock: Clock
) -> None:
    asked = asyncio.Event()
    loop = asyncio.get_running_loop()

    async def hang(exchange: Exchange) -> None:
        loop.call_soon_threadsafe(asked.set)
        await exchange.forever()

    server.routes["/hanging"] = hang
    [(hanging, _)] = library.add_feeds([Wanted(url=server.url("/hanging"))])

    async def run(feed_id: int) -> list[Change]:
        return [one async for one in library.update(feed_ids=[feed_id], force=True)]

    first = asyncio.create_task(run(hanging))
    await asked.wait()
    assert isinstance((await run(1))[-1], UpdateFinished)
    assert shown(library) == {"One": True, "Two": True}
    await run(hanging)
    with library.store.write() as connection:
        taken = fetching.lease(connection, [hanging], holder="another/1", now=clock.now)
    assert taken == set()
    assert server.paths().count("/hanging") == 1
    first.cancel()
    await asyncio.wait([first])


def test_an_interrupted_update_keeps_what_was_done_and_gives_the_rest_back(
    library: Library, paper: Publisher, server: Server, clock: Clock
) -> None:
    async def hang(exchange: Exchange) -> None:
        await exchange.forever()

    server.routes["/hanging"] = hang
    library.add_feeds([Wanted(url=server.url("/hanging"))])

    async def run() -> None:
        changes = library.update(force=True)
        async for change in changes:
            if type(change).__name__ == "ArticlesStored":
                break
        await changes.aclose()  # type: ignore[attr-defined]

    asyncio.run(run())
    assert shown(library) == {"One": True, "Two": True}
    with library.store.write() as connection:
        due = fetching.due(connection, clock.now, force=True)
        ids = [one.feed_id for one in due]
        assert fetching.lease(connection, ids, holder="another/1", now=clock.now) == set(ids)


def test_many_documents_are_parsed_by_other_processes(library: Library, server: Server) -> None:
    papers = [
        Publisher(server, path=f"/{n}", title=f"Paper {n}", items=[Item(f"Story {n}", str(n))])
        for n in range(12)
    ]
    library.add_feeds([Wanted(url=paper.url) for paper in papers])
    assert update(library).new == 12
    assert len(shown(library)) == 12


def test_retention_lets_go_of_what_was_read_and_nothing_else(
    library: Library, server: Server, clock: Clock
) -> None:
    items = [
        Item(f"Story {day}", str(day), date=f"{day:02} Feb 2026 10:00:00 GMT")
        for day in range(1, 9)
    ]
    paper = Publisher(server, path="/long", items=items)
    ((feed_id, _),) = library.add_feeds([Wanted(url=paper.url)])
    update(library)
    ids = {str(head.title): head.id for head in heads(library)}
    library.mark([ids[f"Story {day}"] for day in range(1, 7)], "read", value=True)
    library.mark([ids["Story 1"]], "starred", value=True)
    library.tag([ids["Story 2"]], "keep me", add=True)
    library.set_feed_settings(feed_id, FeedSettings(keep_articles=3))
    paper.items = [Item("Story 9", "9", date="09 Feb 2026 10:00:00 GMT"), *items]
    assert update(library).new == 1
    kept = {"Story 1", "Story 2", "Story 7", "Story 8", "Story 9"}
    assert set(shown(library)) == kept
    assert library.counts(Scope()).articles == 5
    paper.items = list(paper.items)[:-1]
    assert update(library).new == 0
    library.set_feed_settings(feed_id, FeedSettings(keep_days=1))
    library.mark(library.list_ids(Scope()), "read", value=True)
    paper.items = [Item("Story 10", "10", date="28 Feb 2026 18:00:00 GMT"), *items]
    update(library)
    assert set(shown(library)) == {"Story 1", "Story 2", "Story 10"}


def test_a_mistake_of_ours_with_one_feed_costs_the_others_nothing(
    library: Library, server: Server, paper: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(data: bytes, **arguments: Any) -> ParsedFeed:
        if b"Mistaken" in data:
            raise RecursionError
        return parse(data, **arguments)

    parse = feed.parse
    monkeypatch.setattr(feed, "parse", fail)
    mistaken = Publisher(server, path="/mistaken", title="Mistaken", items=[Item("Three", "3")])
    library.add_feeds([Wanted(url=mistaken.url)])
    finished = update(library)
    assert finished.new == 2
    assert [failure.problem for failure in finished.failed] == [
        "It could not be read: a mistake in newsreader (RecursionError)."
    ]
