"""The files of an article by key: told above its text, listed, played and downloaded."""

import asyncio
import sys
from contextlib import nullcontext
from pathlib import Path

import pytest

from reader.config import Config, MediaConfig, NetworkConfig
from reader.library import Library
from reader.model.article import Enclosure
from reader.model.records import replace
from reader.text.terminal import SafeText
from reader.tui import enclosed, opener
from reader.tui.app import NewsreaderApp
from tests.fakes.clock import Clock
from tests.fakes.library import FakeLibrary, small
from tests.net.server import Exchange, Server
from tests.storage.filling import article, fill
from tests.tui.conftest import Sit, calm
from tests.tui.real import Desk
from tests.update.pages import answer

SOUND = b"ID3\x04" + bytes(range(256)) * 2000
EPISODE = Enclosure(
    url="https://cdn.example/12.mp3",
    mime="audio/mpeg",
    size=34_000_000,
    seconds=3130,
    title="Season 2, episode 12",
)


@pytest.fixture
def network() -> NetworkConfig:
    """Pages may lead to the server of the tests."""
    return NetworkConfig(allow_private=True)


def podcast(*files: Enclosure, outlet: str = "") -> FakeLibrary:
    """A library with one article that files come with."""
    made = small(articles=0)
    made.add_article(1, "An episode", enclosures=files, outlet=outlet)
    return made


# --- above the text


async def test_files_are_told_above_the_text(sit: Sit) -> None:
    transcript = Enclosure(url="https://cdn.example/12.vtt", mime="text/vtt", title="Transcript")
    async with sit(podcast(EPISODE, transcript)) as seat:
        assert "♪ audio/mpeg · 34 MB · 52:10 · Season 2, episode 12" in seat.text
        assert "▣ text/vtt · Transcript" in seat.text


def test_many_files_take_few_lines() -> None:
    files = tuple(Enclosure(url=f"https://cdn.example/{n}.mp4", mime="video/mp4") for n in range(9))
    assert list(enclosed.lines(files)) == ["▶ video/mp4"] * 3 + ["▣ and 6 more files"]
    assert list(enclosed.lines((Enclosure(url="https://cdn.example/x", mime="video/*"),))) == [
        "▶ video"
    ]
    assert list(enclosed.lines((Enclosure(url="https://cdn.example/x"),))) == ["▣ file"]


async def test_who_published_an_article_of_a_planet_is_told(sit: Sit) -> None:
    async with sit(podcast(outlet="A Blog")) as seat:
        assert "A Blog, through politico.eu · " in seat.text
    async with sit(podcast(outlet="Politico.EU")) as seat:
        assert "through" not in seat.text


# --- the list


async def test_the_list_tells_kind_size_and_duration(sit: Sit) -> None:
    async with sit(podcast(EPISODE, replace(EPISODE, url="https://cdn.example/b", title=""))) as s:
        await s.press("E")
        assert s.lines[0].startswith("▌ ♪ Season 2, episode 12")
        assert s.lines[0].rstrip().endswith("audio/mpeg · 34 MB · 52:10")
        assert "https://cdn.example/b" in s.lines[1]
        assert "1/2  cdn.example" in s.status
        await s.press("j", "y")
        assert s.app.clipboard == "https://cdn.example/b"
        await s.press("q")
        assert s.app.screen is s.main


async def test_an_article_without_files_says_so(sit: Sit) -> None:
    async with sit(small()) as seat:
        await seat.press("E")
        assert "No files come with this article" in seat.status
    async with sit(small(articles=0)) as seat:
        await seat.press("E")
        assert "No article is open" in seat.status


# --- playing


@pytest.mark.parametrize("beside", [True, False])
async def test_enter_plays_with_the_person_s_player(
    library: Library, clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, beside: bool
) -> None:
    monkeypatch.setattr(NewsreaderApp, "suspend", lambda _: nullcontext())
    played = tmp_path / "played"
    player = tmp_path / "player"
    player.write_text(f"#!/bin/sh\nprintf '%s|' \"$@\" > {played}.new; mv {played}.new {played}\n")
    player.chmod(0o755)
    odd = replace(EPISODE, url="https://cdn.example/12.mp3?a=1&b=$(touch%20x)")
    fill(library, [article(1, enclosures=(odd,))])
    command = (str(player), "--no-video", "{url}", *(["&"] if beside else []))
    app = NewsreaderApp(library, Config(media=MediaConfig(player=command)), clock=clock)
    async with app.run_test(size=(120, 40)):
        seat = Desk(app, None, library)  # type: ignore[arg-type]
        await calm(app)
        await seat.press("E", "enter")
        while not played.exists():
            await asyncio.sleep(0.01)
        assert played.read_text() == f"--no-video|{odd.url}|"
        assert ("Playing with" if beside else "Played with") in seat.status
        assert app.screen is not app.main
        player.unlink()
        await seat.press("enter")
        assert "could not be started" in app.main.status.message


async def test_without_player_and_display_the_link_is_copied(
    sit: Sit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSH_CONNECTION", "10.0.0.1 1 10.0.0.2 22")
    monkeypatch.setattr(sys, "platform", "linux")
    async with sit(podcast(EPISODE, replace(EPISODE, url="javascript:alert(1)"))) as seat:
        await seat.press("E", "enter")
        assert "No browser over SSH, and no player under [media]: the link is copied" in seat.status
        assert seat.app.clipboard == EPISODE.url
        await seat.press("j", "enter")
        assert "not opened" in seat.status
        assert seat.app.clipboard == EPISODE.url


async def test_without_a_player_the_browser_plays(
    sit: Sit, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setenv("DISPLAY", ":0")

    def browse(link: str) -> bool:
        opened.append(link)
        return True

    monkeypatch.setattr(opener, "open_in_browser", browse)
    async with sit(podcast(EPISODE)) as seat:
        await seat.press("E", "enter")
        assert opened == [EPISODE.url]


# --- downloading


def seat_of(library: Library, clock: Clock, folder: Path) -> Desk:
    config = Config(media=MediaConfig(folder=str(folder)))
    return Desk(NewsreaderApp(library, config, clock=clock), None, library)  # type: ignore[arg-type]


async def test_s_downloads_and_says_where_it_is(
    library: Library, server: Server, clock: Clock, tmp_path: Path
) -> None:
    url = answer(server, "/12.mp3", SOUND, "audio/mpeg")
    fill(library, [article(1, title="Boats", enclosures=(replace(EPISODE, url=url),))])
    seat = seat_of(library, clock, tmp_path / "casts")
    async with seat.app.run_test(size=(120, 40)):
        await calm(seat.app)
        await seat.press("E", "s")
        assert "Saved as" in seat.status
        (saved,) = (tmp_path / "casts").iterdir()
        assert saved.name == "Times-Boats.mp3"
        assert saved.read_bytes() == SOUND
        await seat.press("q")
        assert "Saved as" in seat.status


async def test_what_cannot_be_downloaded_says_why(
    library: Library, server: Server, clock: Clock, tmp_path: Path
) -> None:
    files = (
        replace(EPISODE, url=server.url("/gone.mp3")),
        replace(EPISODE, url="ftp://example.org/a.mp3"),
    )
    fill(library, [article(1, enclosures=files)])
    seat = seat_of(library, clock, tmp_path / "casts")
    async with seat.app.run_test(size=(120, 40)):
        await calm(seat.app)
        await seat.press("E", "s")
        assert "Not downloaded: " in seat.status
        assert "404" in seat.status
        await seat.press("j", "s")
        assert "Not downloaded: This is no address of a file on the web." in seat.status


async def test_a_download_is_stopped_and_taken_up_again(
    library: Library, server: Server, clock: Clock, tmp_path: Path
) -> None:
    half = len(SOUND) // 2

    @server.route("/long.mp3")
    async def long(exchange: Exchange) -> None:
        wanted = exchange.asked.headers.get("range", "")
        if not wanted:
            await exchange.send(200, SOUND[:half], length=len(SOUND), ETag='"v1"')
            await exchange.forever()
        start = int(wanted.removeprefix("bytes=").rstrip("-"))
        fields = (("Content-Range", f"bytes {start}-{len(SOUND) - 1}/{len(SOUND)}"),)
        await exchange.send(206, SOUND[start:], fields=(*fields, ("ETag", '"v1"')))

    fill(
        library,
        [article(1, title="Boats", enclosures=(replace(EPISODE, url=server.url("/long.mp3")),))],
    )
    folder = tmp_path / "casts"
    seat = seat_of(library, clock, folder)
    async with seat.app.run_test(size=(120, 40)) as pilot:
        await calm(seat.app)
        await seat.press("E")
        await pilot.press("s")
        part = folder / "Times-Boats.mp3.part"
        while not part.exists() or part.stat().st_size < half:
            await asyncio.sleep(0.01)
        while "of 512 kB" not in seat.status:
            await asyncio.sleep(0.01)
        assert "s stops" in seat.status
        await pilot.press("s")
        while "Stopped" not in seat.status:
            await asyncio.sleep(0.01)
        await calm(seat.app)
        await seat.press("s")
        assert "Taken up at 256 kB, saved as" in seat.status
        assert (folder / "Times-Boats.mp3").read_bytes() == SOUND


async def test_reading_goes_on_while_a_file_comes(
    library: Library, server: Server, clock: Clock, tmp_path: Path
) -> None:
    go = asyncio.Event()
    loop = asyncio.get_running_loop()
    waiting = asyncio.Event()

    @server.route("/slow.mp3")
    async def slow(exchange: Exchange) -> None:
        await exchange.raw(f"HTTP/1.1 200 X\r\nContent-Length: {len(SOUND)}\r\n\r\n".encode())
        await exchange.raw(SOUND[:5000])
        loop.call_soon_threadsafe(waiting.set)
        while not go.is_set():
            await asyncio.sleep(0.01)
        await exchange.raw(SOUND[5000:])

    files = (replace(EPISODE, url=server.url("/slow.mp3")),)
    fill(library, [article(1, title="One", enclosures=files), article(2, title="Two", link="")])
    seat = seat_of(library, clock, tmp_path / "casts")
    async with seat.app.run_test(size=(120, 40)) as pilot:
        await calm(seat.app)
        await seat.press("E")
        await pilot.press("s")
        await asyncio.wait_for(waiting.wait(), 20)
        await pilot.press("q", "J")
        while seat.shown != "Two":
            await asyncio.sleep(0.01)
        assert "512 kB" in seat.status
        go.set()
        await calm(seat.app)
        assert "Saved as" in seat.status


def test_what_is_told_of_a_file_is_clean() -> None:
    file = Enclosure(url="https://x/\x1b[2J", mime="audio/\x1b[31mx", title="a\x1b]0;x\x07\u202eb")
    assert enclosed.facts_of(file) == ("audio/x",)
    assert list(enclosed.lines((file,))) == [SafeText("♪ audio/x · ab")]
