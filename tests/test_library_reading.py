"""Reading on: full texts and pages, from a real server into a real library."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from reader.config import NetworkConfig
from reader.library import Library
from reader.model.article import Enclosure
from reader.model.change import ArticlesStored, Change
from reader.model.errors import AddressRefused, NetworkFailed, SourceUnreadable
from reader.model.feed import FeedSettings
from reader.model.scope import Scope
from reader.model.subscription import Wanted
from reader.text.plain import visible_text
from tests.net.server import Exchange, Server
from tests.storage.filling import article, fill
from tests.update.feeds import Item, Publisher
from tests.update.pages import answer, put, story


@dataclass
class Clock:
    now: datetime = datetime(2026, 3, 1, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running:
        yield running


@pytest.fixture
def library(tmp_path: Path, clock: Clock) -> Iterator[Library]:
    network = NetworkConfig(allow_private=True)
    opened = Library.open(tmp_path / "library.db", clock=clock, network=network)
    yield opened
    opened.close()


def text_of(body: str) -> str:
    return visible_text(body, "html")


async def test_the_full_text_is_fetched_once_and_kept(library: Library, server: Server) -> None:
    (one,) = fill(library, [article(1, link=put(server, "/boats", "Boats"))])
    assert library.stored_full_text(one) is None
    found = await library.full_text(one)
    assert (found.obstacle, found.problem, found.complete) == ("", "", True)
    assert text_of(found.body).count("The harbour was empty") == 16
    assert "Section" not in text_of(found.body)
    assert found.base == server.url("/boats")
    assert library.stored_full_text(one) == found
    assert await library.full_text(one) == found
    assert len(server.asked) == 1
    put(server, "/boats", "Boats", story("Edited"))
    assert "Edited" in (await library.full_text(one, again=True)).body
    stored = library.article(one)
    assert stored is not None
    assert stored.content.body == "<p>This is the text of article 1.</p>"


async def test_what_a_server_does_is_told_and_raises_nothing(
    library: Library, server: Server
) -> None:
    links = [
        server.url("/gone"),
        answer(server, "/pdf", b"%PDF-1.7\n\0\1\2", "application/pdf"),
        put(server, "/wall", "Wall", "<p>A start of it.</p><p>Subscribe to continue reading.</p>"),
    ]
    ids = fill(library, [article(n, link=link) for n, link in enumerate(links)])
    gone, pdf, wall = [await library.full_text(one) for one in ids]
    assert (gone.obstacle, gone.complete) == ("network", False)
    assert "404" in gone.problem or "not there" in gone.problem
    assert (pdf.obstacle, pdf.problem) == ("kind", "This is a PDF document, not a page to read.")
    assert (wall.obstacle, wall.complete) == ("paywall", False)
    assert library.stored_full_text(ids[2]) == wall


async def test_an_article_without_a_link_has_no_page(library: Library) -> None:
    ids = fill(library, [article(1, link=""), article(2, link="mailto:ann@example.org")])
    for one in (*ids, 99):
        with pytest.raises(SourceUnreadable):
            await library.full_text(one)


async def test_what_a_feed_names_in_a_private_network_is_refused(
    tmp_path: Path, server: Server
) -> None:
    library = Library.open(tmp_path / "guarded.db", clock=Clock())
    url = put(server, "/boats", "Boats")
    (one,) = fill(library, [article(1, link=url)])
    found = await library.full_text(one)
    assert found.obstacle == "network"
    with pytest.raises(AddressRefused):
        await library.read_page(url)
    assert server.asked == []
    assert (await library.read_page(url, typed=True)).content.title == "Boats"
    library.close()


async def test_a_page_that_leads_elsewhere_is_followed(library: Library, server: Server) -> None:
    put(server, "/real", "Real")
    head = '<meta http-equiv="refresh" content="0; url=/real">'
    url = put(server, "/short", "Short", "<p>Moved.</p>", head=head)
    read = await library.read_page(url)
    assert (read.content.title, read.content.link) == ("Real", server.url("/real"))


# --- feeds that ask for it


def update(library: Library) -> list[Change]:
    async def run() -> list[Change]:
        return [change async for change in library.update(force=True)]

    return asyncio.run(run())


def test_an_update_fetches_full_texts_where_a_feed_asks_for_them(
    library: Library, server: Server
) -> None:
    for n in (1, 2):
        put(server, f"/{n}", f"Story {n}", f"<p class=x>Chosen {n}.</p>{story(f'Story {n}')}")
    items = [Item(f"Story {n}", str(n), link=server.url(f"/{n}")) for n in (1, 2)]
    paper = Publisher(server, items=items)
    ((feed_id, _),) = library.add_feeds([Wanted(url=paper.url)])
    library.set_feed_settings(feed_id, FeedSettings(full_text=True, selector=".x"))
    changes = update(library)
    ids = library.list_ids(Scope())
    changed = [one for c in changes if isinstance(c, ArticlesStored) for one in c.changed]
    assert sorted(changed) == sorted(ids)
    texts = [library.stored_full_text(one) for one in ids]
    assert [one.body for one in texts if one] == [
        '<p class="x">Chosen 2.</p>',
        '<p class="x">Chosen 1.</p>',
    ]
    while library.digest(seconds=1):
        pass
    assert list(library.list_ids(Scope(query="chosen"))) == list(ids)
    asked = len(server.asked)
    update(library)
    assert len(server.asked) == asked + 1


def test_no_page_is_fetched_where_no_feed_asks_for_it(library: Library, server: Server) -> None:
    put(server, "/1", "Story")
    paper = Publisher(server, items=[Item("Story", "1", link=server.url("/1"))])
    library.add_feeds([Wanted(url=paper.url)])
    update(library)
    assert server.paths() == ["/feed"]


def test_what_is_kept_for_a_feed_goes_to_its_own_server_alone(
    library: Library, server: Server
) -> None:
    put(server, "/mine", "Mine")
    with Server() as other:
        put(other, "/theirs", "Theirs")
        links = (server.url("/mine"), other.url("/theirs"))
        paper = Publisher(server, items=[Item(str(n), link=x) for n, x in enumerate(links)])
        ((feed_id, _),) = library.add_feeds([Wanted(url=paper.url)])
        library.set_feed_settings(feed_id, FeedSettings(full_text=True))
        library.change_secret(feed_id, cookies="subscriber=1")
        update(library)
        sent = {asked.path: asked.headers.get("cookie") for asked in (*server.asked, *other.asked)}
    assert sent == {"/feed": "subscriber=1", "/mine": "subscriber=1", "/theirs": None}


# --- stubs


def test_stubs_want_their_page_once(library: Library) -> None:
    long = "".join(f"<p>Sentence {n} of a whole story, told to its end.</p>" for n in range(20))
    sound = (Enclosure(url="https://example.org/1.mp3", mime="audio/mpeg"),)
    ids = fill(
        library,
        [
            article(1, body="<p>The start of it…</p>"),
            article(2, body=long),
            article(3, body="<p>Notes on this episode…</p>", enclosures=sound),
            article(4, body="<p>Short.</p>", link=""),
        ],
    )
    articles = [stored for one in ids if (stored := library.article(one))]
    assert [library.wants_full_text(one) for one in articles] == [True, False, False, False]


# --- pages


def shelf(library: Library) -> dict[str, list[str]]:
    rows = library.headlines(library.list_ids(Scope()))
    return {
        feed: [row.title for row in rows if row.feed == feed] for feed in {r.feed for r in rows}
    }


async def test_pages_read_are_kept_as_a_history(library: Library, server: Server) -> None:
    first = await library.read_page(f"{put(server, '/a', 'First')}?utm_source=x")
    second = await library.read_page(put(server, "/b", "Second"))
    assert (first.headline.unread, second.headline.unread) == (False, False)
    assert {feed: sorted(titles) for feed, titles in shelf(library).items()} == {
        "Pages read": ["First", "Second"]
    }
    assert server.asked[0].target == "/a"
    assert library.counts(Scope()).unread == 0
    assert list(library.list_ids(Scope(query="harbour"))) == list(library.list_ids(Scope()))
    assert [row.title for row in library.feed_rows() if row.kind == "feed"] == ["Pages read"]
    put(server, "/b", "Second", story("Edited"))
    again = await library.read_page(server.url("/b"))
    assert again.headline.id == second.headline.id
    assert "Edited" in again.content.body


async def test_a_page_put_aside_waits_unread_and_moves_nowhere(
    library: Library, server: Server
) -> None:
    url = put(server, "/a", "Boats")
    later = await library.read_later(url)
    assert later.headline.unread
    assert shelf(library) == {"Put aside": ["Boats"]}
    read = await library.read_page(url)
    assert (read.headline.id, read.headline.unread) == (later.headline.id, False)
    assert shelf(library) == {"Put aside": ["Boats"]}
    other = await library.read_page(put(server, "/b", "Nets"))
    assert (await library.read_later(server.url("/b"))).headline.id == other.headline.id
    assert {feed: sorted(titles) for feed, titles in shelf(library).items()} == {
        "Put aside": ["Boats", "Nets"]
    }


async def test_what_cannot_be_had_is_put_aside_by_its_link(
    library: Library, server: Server
) -> None:
    later = await library.read_later(server.url("/gone"), title="A story")
    assert (later.content.title, later.content.link) == ("A story", server.url("/gone"))
    assert later.content.problems
    put(server, "/gone", "A story")
    assert library.wants_full_text(later)
    assert (await library.full_text(later.headline.id)).complete


async def test_a_shelf_that_was_removed_comes_back_when_it_is_used(
    library: Library, server: Server
) -> None:
    url = put(server, "/a", "Boats")
    read = await library.read_page(url)
    library.remove_feed(read.headline.feed_id)
    assert shelf(library) == {}
    await library.read_page(url)
    assert shelf(library) == {"Pages read": ["Boats"]}


async def test_a_page_can_be_had_without_being_kept(library: Library, server: Server) -> None:
    found = await library.page(put(server, "/a", "Boats"))
    assert (found.title, found.link) == ("Boats", server.url("/a"))
    assert found.words > 100
    assert len(library.list_ids(Scope())) == 0


@pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///etc/passwd", "", "mailto:a@b.c"])
async def test_what_is_no_address_is_refused(library: Library, url: str) -> None:
    for verb in (library.page, library.read_page, library.read_later):
        with pytest.raises((SourceUnreadable, NetworkFailed)):
            await verb(url)


async def test_what_is_no_page_is_not_kept(library: Library, server: Server) -> None:
    url = answer(server, "/p", b"\x89PNG\r\n\x1a\n\0", "image/png")
    with pytest.raises(SourceUnreadable, match="a picture"):
        await library.read_page(url)
    with pytest.raises(SourceUnreadable, match="No article"):
        await library.read_page(answer(server, "/e", b"", "text/html"))
    assert len(library.list_ids(Scope())) == 0


async def test_reading_a_page_can_be_given_up(library: Library, server: Server) -> None:
    arrived = asyncio.Event()
    loop = asyncio.get_running_loop()

    @server.route("/slow")
    async def slow(exchange: Exchange) -> None:
        loop.call_soon_threadsafe(arrived.set)
        await exchange.forever()

    reading = asyncio.create_task(library.read_page(server.url("/slow")))
    await asyncio.wait_for(arrived.wait(), 10)
    reading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reading


def test_dates_of_pages_without_one_stay(library: Library, server: Server, clock: Clock) -> None:
    url = put(server, "/a", "Boats")
    first = asyncio.run(library.read_page(url))
    clock.now += timedelta(days=3)
    put(server, "/a", "Boats", story("Edited"))
    second = asyncio.run(library.read_page(url))
    assert second.headline.published == first.headline.published
