"""Pictures and files that come with articles, from a real server."""

import asyncio
import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.config import NetworkConfig
from reader.library import Library
from reader.model.article import Enclosure
from reader.model.errors import AddressRefused, NetworkFailed, SourceUnreadable
from reader.model.media import Download
from reader.model.records import replace
from tests.net.server import Exchange, Server
from tests.storage.filling import NOW, article, fill
from tests.update.pages import answer

SOUND = bytes(range(256)) * 4096


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running:
        yield running


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    network = NetworkConfig(allow_private=True)
    opened = Library.open(tmp_path / "library.db", clock=lambda: NOW, network=network)
    yield opened
    opened.close()


def picture() -> bytes:
    image = pytest.importorskip("PIL.Image", reason="pictures need the extra images")
    out = io.BytesIO()
    image.new("RGB", (40, 20), (255, 0, 0)).save(out, "PNG")
    return out.getvalue()


async def test_a_picture_is_fetched_and_drawn(library: Library, server: Server) -> None:
    url = answer(server, "/a.png", picture(), "image/png")
    assert await library.image(url) == picture()
    drawn = await library.picture(url, columns=20, rows=10)
    assert (len(drawn.rows[0]), len(drawn.rows)) == (20, 5)
    assert drawn.rows[0][0] == ((255, 0, 0), (255, 0, 0))
    written = await library.graphics(picture(), "kitty", columns=20, rows=10)
    assert written.startswith(b"\x1b_Ga=T,f=100,q=2,c=4,r=1,m=0;")


async def test_what_is_no_picture_is_refused(library: Library, server: Server) -> None:
    url = answer(server, "/a.png", b"<svg onload='x()'/>", "image/png")
    with pytest.raises(SourceUnreadable, match="no picture"):
        await library.image(url)
    with pytest.raises(SourceUnreadable, match="no address"):
        await library.image("data:image/png;base64,AAAA")
    broken = answer(server, "/b.png", picture()[:50], "image/png")
    with pytest.raises(SourceUnreadable, match="damaged"):
        await library.picture(broken, columns=20, rows=10)


async def test_pictures_in_private_networks_are_refused(tmp_path: Path, server: Server) -> None:
    library = Library.open(tmp_path / "guarded.db", clock=lambda: NOW)
    with pytest.raises(AddressRefused):
        await library.image(server.url("/a.png"))
    assert server.asked == []
    library.close()


def episode(library: Library, *urls: str) -> int:
    files = tuple(Enclosure(url=url, mime="audio/mpeg", size=len(SOUND)) for url in urls)
    given = replace(article(1, title="Boats: part 1/2", feed="The Paper"), enclosures=files)
    return fill(library, [given])[0]


async def downloaded(library: Library, article_id: int, folder: Path, index: int = 0) -> Download:
    *_, last = [state async for state in library.download(article_id, index, folder)]
    assert last.done
    return last


async def test_a_file_is_downloaded_under_a_name_that_says_what_it_is(
    library: Library, server: Server, tmp_path: Path
) -> None:
    one = episode(library, answer(server, "/media.mp3", SOUND, "audio/mpeg"))
    told = [state async for state in library.download(one, 0, tmp_path / "new")]
    assert told[-1] == Download(
        path=tmp_path / "new" / "The-Paper-Boats-part-1-2.mp3",
        received=len(SOUND),
        total=len(SOUND),
        done=True,
    )
    assert told[-1].path.read_bytes() == SOUND
    assert all(state.received <= state.total == len(SOUND) for state in told)
    again = await downloaded(library, one, tmp_path / "new")
    assert again.path.name == "The-Paper-Boats-part-1-2-2.mp3"


async def test_a_download_is_taken_up_where_it_stopped(
    library: Library, server: Server, tmp_path: Path
) -> None:
    half = len(SOUND) // 2

    @server.route("/long.mp3")
    async def long(exchange: Exchange) -> None:
        wanted = exchange.asked.headers.get("range", "")
        if not wanted:
            await exchange.send(200, SOUND[:half], length=len(SOUND), ETag='"v1"')
            await exchange.forever()
        start = int(wanted.removeprefix("bytes=").rstrip("-"))
        span = f"bytes {start}-{len(SOUND) - 1}/{len(SOUND)}"
        fields = (("Content-Range", span), ("ETag", '"v1"'))
        await exchange.send(206, SOUND[start:], fields=fields)

    one = episode(library, server.url("/long.mp3"))
    listening = library.download(one, 0, tmp_path)
    begun = await anext(listening)
    part = begun.path.with_name(begun.path.name + ".part")
    while part.stat().st_size < half:
        await asyncio.sleep(0)
    await listening.aclose()
    assert not begun.path.exists()
    last = await asyncio.wait_for(downloaded(library, one, tmp_path), 20)
    assert last.resumed_at == half
    assert last.path.read_bytes() == SOUND


async def test_several_files_are_told_apart(
    library: Library, server: Server, tmp_path: Path
) -> None:
    urls = [answer(server, path, SOUND[:100], "audio/mpeg") for path in ("/a", "/b?x=.exe")]
    one = episode(library, *urls)
    server.routes["/b"] = server.routes["/b?x=.exe"]
    names = [(await downloaded(library, one, tmp_path, index)).path.name for index in (0, 1)]
    assert names == ["The-Paper-Boats-part-1-2-1.mp3", "The-Paper-Boats-part-1-2-2.mp3"]


async def test_what_cannot_be_downloaded_is_told(
    library: Library, server: Server, tmp_path: Path
) -> None:
    one = episode(library, server.url("/gone.mp3"), "javascript:alert(1)")
    with pytest.raises(NetworkFailed):
        await downloaded(library, one, tmp_path)
    for article_id, index in ((one, 1), (one, 2), (one, -1), (99, 0)):
        with pytest.raises(SourceUnreadable):
            await downloaded(library, article_id, tmp_path, index)
