"""Adding from the screen: addresses, sites, people, folders, lists; with everything real."""

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest

from reader.library import Library
from reader.model.scope import Scope
from tests.fakes.clock import Clock
from tests.net.server import Exchange, Server
from tests.tui.conftest import calm
from tests.tui.real import desk, follow, paper
from tests.update.feeds import Item

DATA = Path(__file__).parents[1] / "data"
PAGE = b"""<html><head><title>Site</title>
<link rel="alternate" type="application/rss+xml" href="/feed" title="News">
<link rel="alternate" type="application/rss+xml" href="/comments" title="Comments">
</head><body>Hello</body></html>"""


async def test_a_feed_is_previewed_added_and_fetched(
    library: Library, clock: Clock, server: Server
) -> None:
    news = paper(server, "/feed", "The Paper", *map(str, range(1, 7)), "One", "Two")
    news.items.append(Item("The newest", date="Wed, 04 Feb 2026 09:00:00 GMT"))
    async with desk(library, clock) as seat:
        await seat.press("a")
        assert "The address of a feed or a site" in seat.text
        await seat.paste(f" \x1b[31m{news.url}\n")
        await seat.press("enter")
        assert "The Paper" in seat.text
        assert "RSS · 9 articles" in seat.text
        assert "• The newest" in seat.text
        assert "• Two" not in seat.text
        assert seat.titles() == []
        await seat.press("enter")
        assert seat.screen == "main"
        assert seat.titles() == ["The Paper"]
        assert "9 new" in seat.status
        assert seat.shown == "The newest"
        await seat.press("u")
        assert seat.titles() == []


async def test_several_feeds_of_a_site_are_chosen_from(
    library: Library, clock: Clock, server: Server
) -> None:
    server.answer("/", 200, PAGE)
    paper(server, "/feed", "The Paper", "One")
    paper(server, "/comments", "The Comments", "First!")
    async with desk(library, clock, size=(80, 24)) as seat:
        await seat.look_at(server.url("/"))
        assert "Space several" in seat.status
        assert "The Comments" in seat.text
        await seat.press("j")
        assert "• First!" in seat.text
        await seat.press("space", "enter")
        assert seat.titles() == ["The Comments"]
        await seat.look_at(server.url("/"))
        assert "followed already" in seat.text
        await seat.press("space", "j", "space", "enter")
        assert seat.titles() == ["The Comments", "The Paper"]
        assert seat.heads() == {"One", "First!"}


async def test_a_category_is_chosen_or_made(library: Library, clock: Clock, server: Server) -> None:
    first = paper(server, "/1", "First", "One")
    await follow(library, (first, ("World", "Europe")))
    second = paper(server, "/2", "Second", "Two")
    async with desk(library, clock) as seat:
        await seat.look_at(second.url)
        await seat.press("c")
        assert "World / Europe" in seat.text
        await seat.press(*"euro", "enter")
        assert "Category: World / Europe" in seat.text
        await seat.press("c", *["backspace"] * 20, *"Tech/Linux", "enter")
        assert "Category: Tech / Linux" in seat.text
        await seat.press("enter")
        assert seat.titles() == ["World", "Europe", "First", "Tech", "Linux", "Second"]


async def test_the_category_under_the_cursor_is_offered(
    library: Library, clock: Clock, server: Server
) -> None:
    await follow(library, (paper(server, "/1", "First", "One"), ("World",)))
    second = paper(server, "/2", "Second", "Two")
    async with desk(library, clock) as seat:
        seat.main.go_to("feeds")
        await seat.press("G")
        await seat.look_at(second.url)
        assert "Category: World" in seat.text


async def test_failures_are_told_in_plain_words(
    library: Library, clock: Clock, server: Server
) -> None:
    server.answer("/page", body=b"<html><body>Nothing</body></html>")
    async with desk(library, clock, size=(80, 24)) as seat:
        await seat.look_at(server.url("/gone"))
        assert "has nothing at this address (404)." in seat.text
        assert "Look for the feed's new address on the site." in seat.text
        await seat.press("escape")
        await seat.look_at(server.url("/page"))
        assert "No feed was found at" in seat.text
        await seat.press("escape")
        await seat.look_at("ftp://example.org/x")
        assert "only http and https are" in seat.text
        await seat.press("escape")
        await seat.look_at("/nowhere/at/all")
        assert "There is no file or folder /nowhere/at/all." in seat.text
        await seat.press("escape")
        assert seat.screen == "main"


async def test_esc_gives_up_looking(library: Library, clock: Clock, server: Server) -> None:
    @server.route("/slow")
    async def slow(exchange: Exchange) -> None:
        await exchange.forever()

    async with desk(library, clock) as seat:
        await seat.press("a")
        await seat.paste(server.url("/slow"))
        await seat.pilot.press("enter")
        while "/slow" not in server.paths():
            await seat.pilot.pause()
        assert "Looking at" in seat.text
        await seat.press("escape")
        assert "The address of a feed or a site" in seat.text
        await seat.press("escape")
        assert seat.screen == "main"


async def test_paths_are_completed_and_a_folder_is_added(
    library: Library, clock: Clock, tmp_path: Path
) -> None:
    folder = tmp_path / "my news"
    folder.mkdir()
    (folder / "one.md").write_text("---\ntitle: From a file\n---\nText of it.\n")
    (tmp_path / "my notes").mkdir()
    async with desk(library, clock) as seat:
        await seat.press("a")
        await seat.paste(f"{tmp_path}/my n")
        assert "my news/" in seat.text
        assert "my notes/" in seat.text
        await seat.press("e", "tab")
        assert seat.app.screen.query_one("#line").value == f"{folder}/"  # type: ignore[attr-defined]
        await seat.press("enter")
        assert "folder · 1 article" in seat.text
        assert "• one.md" in seat.text
        await seat.press("enter")
        assert seat.heads() == {"From a file"}
        assert "1 new in my news" in seat.status
        (folder / "two.md").write_text("---\ntitle: Another\n---\nText of that.\n")
        for _ in range(200):
            await seat.pilot.pause(0.02)
            if "Another" in seat.heads():
                break
        assert seat.heads() == {"From a file", "Another"}
        await calm(seat.app)


async def test_a_list_of_feeds_is_previewed_and_imported(library: Library, clock: Clock) -> None:
    async with desk(library, clock) as seat:
        await seat.look_at(str(DATA / "opml" / "nested.opml"))
        assert "OPML · 6 feeds · 6 refused" in seat.text
        assert "• Een" in seat.text
        assert "it runs a program" not in seat.titles()


async def test_an_article_is_opened(library: Library, clock: Clock, tmp_path: Path) -> None:
    (tmp_path / "one.md").write_text("---\ntitle: One alone\n---\nText of it.\n")
    async with desk(library, clock) as seat:
        await seat.look_at(str(tmp_path / "one.md"))
        await seat.press("enter")
        assert seat.shown == "One alone"
        assert seat.pane == "article"


async def test_what_a_publisher_writes_is_text(
    library: Library, clock: Clock, server: Server
) -> None:
    evil = paper(server, "/evil", "[red]Bad[/red] &#x1b;[31m&#x202e;title", "[b]x[/b]&#x9b;2J")
    async with desk(library, clock, size=(60, 20)) as seat:
        await seat.look_at(evil.url)
        assert "[red]Bad[/red]" in seat.text
        assert "[b]x[/b]" in seat.text
        await seat.press("enter", "H")
        assert "[red]Bad[/red]" in seat.text
        for line in seat.lines:
            assert line.isprintable()


async def test_small_terminals(library: Library, clock: Clock, server: Server) -> None:
    news = paper(server, "/feed", "The Paper", "One", "Two")
    async with desk(library, clock, size=(40, 10)) as seat:
        await seat.look_at(news.url)
        assert "The Paper" in seat.text
        await seat.press("enter")
        assert seat.titles() == ["The Paper"]


async def test_a_list_is_imported_into_its_categories_and_fetched(
    library: Library, clock: Clock, server: Server, tmp_path: Path
) -> None:
    first, second = paper(server, "/1", "First", "One"), paper(server, "/2", "Second", "Two")
    await follow(library, (first, ()))
    listed = tmp_path / "subs.opml"
    listed.write_text(
        f'<opml version="2.0"><body><outline text="News"><outline xmlUrl="{first.url}"/>'
        f'<outline text="My second" xmlUrl="{second.url}"/></outline>'
        '<outline text="Program" xmlUrl="exec:rm"/></body></opml>'
    )
    async with desk(library, clock, size=(80, 24)) as seat:
        await seat.look_at(str(listed))
        assert "OPML · 2 feeds · 1 followed already · 1 refused" in seat.text
        assert "✗ exec:rm: it runs a program" in seat.text
        await seat.press("enter")
        assert "1 new" in seat.status
        assert seat.titles() == ["News", "My second", "First"]
        assert seat.heads() == {"One", "Two"}


async def test_newsboat_comes_over_with_what_was_read(
    library: Library,
    clock: Clock,
    server: Server,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    home = tmp_path / ".newsboat"
    home.mkdir()
    clock.now = datetime(2026, 11, 21, tzinfo=UTC)
    (home / "urls").write_text(f'{server.url("/podcast.rss")} radio "~De Adem"\n')
    (home / "config").write_text('ignore-article "*" "title =~ \\"Sponsored\\""\n')
    connection = sqlite3.connect(home / "cache.db")
    sql = (DATA / "newsboat" / "cache.sql").read_text(encoding="utf-8")
    connection.executescript(sql.replace("https://feeds.example.org", server.url("")))
    connection.close()
    paper(server, "/podcast.rss", "Podcast", "Brand new")
    async with desk(library, clock) as seat:
        await seat.look_at(f"{home}/")
        assert "newsboat · 1 feed" in seat.text
        await seat.press("enter")
        assert seat.titles() == ["radio", "De Adem"]
        assert "Brand new" in seat.heads()
        unread: dict[str, bool] = {
            head.title: head.unread for head in library.headlines(library.list_ids(Scope()))
        }
        assert unread["Aflevering 11"]
        assert not unread["Aflevering 12: De rivier & de stad"]
    assert "Sponsored" in (tmp_path / "config" / "newsreader" / "rules.toml").read_text()


@pytest.mark.parametrize("typed", ["~nobody-of-that-name/x", "x" * 5000, "\x00", "/" + "y" * 300])
async def test_what_nobody_would_type_is_refused_in_words(
    library: Library, clock: Clock, typed: str
) -> None:
    async with desk(library, clock, size=(80, 24)) as seat:
        await seat.look_at(typed)
        assert "Looking at" not in seat.text
        await seat.press("escape")
        assert seat.screen == "main"


async def test_what_breaks_while_looking_is_told_there(
    library: Library, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(text: str) -> None:
        raise LookupError(f"no {text} here")

    monkeypatch.setattr(library, "discover", broken)
    async with desk(library, clock, size=(80, 24)) as seat:
        await seat.look_at("example.org")
        assert "no example.org here" in seat.text
        assert "Enter tries again" in seat.status
        await seat.press("escape")
        assert "Something went wrong: LookupError no example.org here" in seat.status
        seat.main.status.tell("")
