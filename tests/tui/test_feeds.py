"""The feed list as a person edits it, settings and health; with a real library and server."""

from datetime import timedelta
from pathlib import Path

from reader.library import Library
from reader.model.feed import FeedSettings
from reader.model.scope import Scope
from tests.fakes.clock import Clock
from tests.net.server import Server
from tests.tui.real import Desk, desk, follow, paper, update
from tests.update.feeds import Item


async def to(seat: Desk, title: str) -> None:
    """Put the cursor of the feed list on a row."""
    seat.main.go_to("feeds")
    rows = seat.main.feeds.shown
    seat.main.feeds.move_to(next(i for i, row in enumerate(rows) if row.title == title))
    await seat.press("f24")


async def test_unsubscribing_is_undone_with_articles_and_their_state(
    library: Library, clock: Clock, server: Server
) -> None:
    await follow(
        library,
        (paper(server, "/a", "Alpha", "A one", "A two"), ()),
        (paper(server, "/b", "Beta", "B one"), ()),
    )
    async with desk(library, clock) as seat:
        await to(seat, "Alpha")
        library.mark(library.list_ids(Scope(feed_id=1)), "read", value=True)
        await seat.press("D")
        assert "Removed Alpha · u brings it back, articles too" in seat.status
        assert seat.titles() == ["Beta"]
        assert seat.heads() == {"B one"}
        assert seat.headline == "B one"
        await seat.press("u")
        assert "Undone: removed Alpha" in seat.status
        assert seat.titles() == ["Alpha", "Beta"]
        assert seat.heads() == {"A one", "A two", "B one"}
        assert library.counts(Scope()).unread == 1


async def test_the_last_feed_of_a_list_can_go(
    library: Library, clock: Clock, server: Server
) -> None:
    await follow(library, (paper(server, "/a", "Alpha", "A one"), ()))
    async with desk(library, clock, size=(60, 20)) as seat:
        await to(seat, "Alpha")
        await seat.press("enter", "D")
        assert seat.titles() == []
        assert "Removed Alpha" in seat.status
        assert seat.main.place.row[0] == "smart"


async def test_nothing_is_removed_from_a_mixed_list(
    library: Library, clock: Clock, server: Server
) -> None:
    await follow(library, (paper(server, "/a", "Alpha", "A one"), ()))
    async with desk(library, clock) as seat:
        await seat.press("D")
        assert "Go to a feed or category in the feed list first" in seat.status
        assert seat.titles() == ["Alpha"]


async def test_feeds_and_categories_are_moved_and_renamed(
    library: Library, clock: Clock, server: Server
) -> None:
    await follow(
        library,
        (paper(server, "/a", "Alpha", "A one"), ("World", "Europe")),
        (paper(server, "/b", "Beta", "B one"), ()),
    )
    async with desk(library, clock) as seat:
        await to(seat, "Beta")
        await seat.press("M", *"eu", "enter")
        assert "Moved Beta to World / Europe · u takes it back" in seat.status
        assert seat.titles() == ["World", "Europe", "Alpha", "Beta"]
        await seat.press("u")
        assert seat.titles() == ["World", "Europe", "Alpha", "Beta"]
        assert [row.depth for row in library.feed_rows() if row.title == "Beta"] == [0]
        await to(seat, "Europe")
        await seat.press("M")
        assert "World / Europe" not in seat.text
        await seat.press(*"(no", "enter")
        assert [row.depth for row in library.feed_rows() if row.title == "Europe"] == [0]
        await seat.press("e", *["backspace"] * 6, *"Asia", "enter")
        assert "Renamed Europe" in seat.status
        assert "Asia" in seat.titles()
        await seat.press("D")
        assert "Removed Asia, what was in it moved up" in seat.status
        assert "Asia" not in seat.titles()
        await seat.press("u")
        assert "Asia" in seat.titles()


async def test_pausing_and_going_on(library: Library, clock: Clock, server: Server) -> None:
    await follow(library, (paper(server, "/a", "Alpha", "A one"), ()))
    async with desk(library, clock) as seat:
        await to(seat, "Alpha")
        await seat.press("P")
        assert "Paused Alpha · P goes on" in seat.status
        assert [row.paused for row in library.feed_rows() if row.title == "Alpha"] == [True]
        await seat.press("P")
        assert "Fetching Alpha again" in seat.status
        await seat.press("g", "P")
        assert "Go to a feed" in seat.status


async def test_a_folder_is_named_but_not_paused(
    library: Library, clock: Clock, tmp_path: Path
) -> None:
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "one.md").write_text("---\ntitle: One\nsource: My outlet\n---\nText\n")
    library.add_folder(folder)
    await update(library)
    async with desk(library, clock) as seat:
        await to(seat, "My outlet")
        await seat.press("P")
        assert "A folder is not fetched" in seat.status
        await seat.press("e")
        assert "Category" in seat.text
        assert "Password" not in seat.text
        await seat.press("enter", *"X", "enter", "escape")
        assert seat.titles() == ["My outletX"]


async def test_settings_are_kept_one_by_one(library: Library, clock: Clock, server: Server) -> None:
    [feed] = await follow(library, (paper(server, "/a", "Alpha", "A one"), ()))
    async with desk(library, clock, size=(80, 24)) as seat:
        await to(seat, "Alpha")
        await seat.press("e")
        assert "as the feed says" in seat.text
        await seat.press("j", "j", "j", "enter", *"soon", "enter")
        assert "Write it as 30 (minutes), 2 h or 1 day." in seat.status
        await seat.press(*["backspace"] * 4, *"2", "enter")
        assert "Nobody is asked more often than every 5 min." in seat.status
        await seat.press(" ", "h", "enter")
        assert "120 min" in seat.text or "2 hours" in seat.text
        await seat.press("j", "enter", "j", "enter", *"article.main", "enter")
        await seat.press("j", "space", "j", "enter", *"100", "enter", "j", "enter", *"30", "enter")
        assert library.feed_settings(feed) == FeedSettings(
            interval_s=7200,
            full_text=True,
            selector="article.main",
            unread_when_changed=False,
            keep_articles=100,
            keep_days=30,
        )
        await seat.press("enter", *"x", "enter")
        assert "Write how many days as a number." in seat.status
        await seat.press("escape", "escape")
        assert seat.screen == "main"


async def test_title_category_and_pause_in_the_settings(
    library: Library, clock: Clock, server: Server
) -> None:
    await follow(library, (paper(server, "/a", "Alpha", "A one"), ()))
    async with desk(library, clock) as seat:
        await seat.press("e", "enter", *" Beta", "enter")
        assert seat.titles() == ["Alpha Beta"]
        await seat.press("j", "enter", *"News", "enter", "j", "enter")
        assert seat.titles() == ["News", "Alpha Beta"]
        assert any(row.paused for row in library.feed_rows())
        await seat.press("g", "enter", *["backspace"] * 10, "enter", "q")
        assert seat.titles() == ["News", "Alpha"]


async def test_secrets_are_kept_and_never_shown(
    library: Library, clock: Clock, server: Server
) -> None:
    [feed] = await follow(library, (paper(server, "/a", "Alpha", "A one"), ()))
    seen: list[str] = []
    async with desk(library, clock, size=(80, 24)) as seat:

        async def press(*keys: str) -> None:
            await seat.press(*keys)
            seen.append(seat.text)

        await press("e", *["j"] * 9, "enter", *"me", "enter")
        await press("j", "enter")
        for letter in "hunter2":
            await press(letter)
        await press("enter")
        await press("j", "enter", *"X Key", "enter")
        assert "A header's name is one word" in seat.status
        await press(*["backspace"] * 5, *"X-Key", "enter")
        assert "Value of X-Key" in seat.status
        for letter in "hunter2":
            await press(letter)
        await press("enter", "j", "enter")
        for letter in "s=hunter2":
            await press(letter)
        await press("enter")
        kept = library.kept_secret(feed)
        assert (kept.user, kept.password, kept.headers, kept.cookies) == (
            "me",
            True,
            ("X-Key",),
            True,
        )
        await press("escape")
        server.ask_password("/a")
        await update(library)
    assert not any("hunter" in text for text in seen)
    headers = server.asked[-1].headers
    assert headers["x-key"] == headers["cookie"].removeprefix("s=") == "hunter2"
    assert headers["authorization"].startswith("Basic ")


async def test_health_shows_failing_feeds_first_with_what_to_do(
    library: Library, clock: Clock, server: Server
) -> None:
    alpha = paper(server, "/a", "Alpha", "A one")
    await follow(library, (alpha, ()), (paper(server, "/z", "Zeta", "Z one"), ()))
    del server.routes["/z"]
    clock.now += timedelta(hours=3)
    await update(library)
    clock.now += timedelta(hours=2)
    async with desk(library, clock, size=(80, 24)) as seat:
        await seat.press("H")
        assert "1 of 2 feeds have a problem" in seat.lines[0]
        assert "! Zeta" in seat.lines[2]
        assert "has nothing at this address (404)." in seat.text
        assert "Look for the feed's new address on the site." in seat.text
        assert "Last success 5 hours ago, then 2 failures; tried just now, next in" in seat.text
        await seat.press("j")
        assert "1 article, its pace is not known yet; 2 of 3 answers unchanged (66%)." in seat.text
        alpha.items.append(Item("A two", "a2"))
        await seat.press("r")
        assert "1 new in Alpha" in seat.status
        assert "2 articles" in seat.text
        await seat.press("k", "enter")
        assert seat.screen == "main"
        assert "Zeta" in seat.status
        assert seat.headline == "Z one"


async def test_health_acts_on_the_feed_under_its_cursor(
    library: Library, clock: Clock, server: Server
) -> None:
    await follow(
        library,
        (paper(server, "/a", "Alpha", "A one"), ()),
        (paper(server, "/b", "Beta", "B one"), ()),
    )
    async with desk(library, clock) as seat:
        await seat.press("H", "j", "P")
        assert "paused" in seat.text
        await seat.press("D")
        assert "Removed Beta" in seat.status
        assert "Beta" not in "".join(seat.lines[1:-1])
        await seat.press("u")
        assert "Undone: removed Beta" in seat.status
        assert "Beta" in "".join(seat.lines[1:-1])
        await seat.press("U")
        assert "Done again: removed Beta" in seat.status
        await seat.press("u")
        await seat.press("e")
        assert seat.screen == "feed-settings"
        await seat.press("escape")
        assert seat.screen == "health"
        await seat.press("R")
        assert "new" in seat.status
        await seat.press("M", *"Papers", "enter")
        assert seat.screen == "health"
        assert "Papers" in seat.titles()
        await seat.press("a", "escape", "H")
        assert seat.screen == "main"


async def test_health_without_feeds_says_what_to_press(library: Library, clock: Clock) -> None:
    async with desk(library, clock, size=(60, 20)) as seat:
        await seat.press("H")
        assert "No web feeds yet." in seat.text
        await seat.press("enter", "r", "e", "D", "j", "escape")
        assert seat.screen == "main"


async def test_an_update_shows_its_progress_and_leaves_the_list_alone(
    library: Library, clock: Clock, server: Server
) -> None:
    papers = [paper(server, f"/{n}", f"Paper {n}", f"Old {n}") for n in range(30)]
    await follow(library, *((one, ()) for one in papers))
    async with desk(library, clock) as seat:
        before = seat.headline
        for number, one in enumerate(papers):
            link = f"https://example.org/just-in/{number}"
            one.items.append(
                Item("Just in", "new", date="Wed, 04 Feb 2026 10:00:00 GMT", link=link)
            )
        told: list[str] = []
        progress = seat.main.status.progress

        def listen(text: str) -> None:
            told.append(text)
            progress(text)

        seat.main.status.progress = listen  # type: ignore[method-assign]
        await seat.press("R")
        assert any("/30 Paper" in text for text in told)
        assert told[-1] == ""
        assert "30 new" in seat.status
        assert seat.headline == before
        assert "Just in" not in seat.text
        assert "30 new · . shows them" in seat.text
        await seat.press("full_stop")
        assert "Just in" in seat.text
