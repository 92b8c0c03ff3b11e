"""The pictures of an article, from a real server and from its folder."""

import asyncio
import io
from collections.abc import Iterator, Sequence
from contextlib import aclosing
from pathlib import Path

import pytest

from reader.config import NetworkConfig
from reader.library import Library
from reader.library.pictures import Canvas
from reader.model.article import StoredArticle
from reader.model.media import Picture
from reader.model.scope import Scope
from reader.text.article import document
from reader.text.blocks import Image
from reader.text.graphics import Encoded
from reader.text.pixels import Pixels
from reader.text.terminal import SafeText
from tests.net.server import Exchange, Server
from tests.storage.filling import NOW, fill
from tests.update.pages import answer

PIL = pytest.importorskip("PIL.Image", reason="pictures need the extra images")
CANVAS = Canvas(columns=20, rows=10)


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


def encoded(width: int = 40, height: int = 20, form: str = "PNG") -> bytes:
    out = io.BytesIO()
    PIL.new("RGB", (width, height), (255, 0, 0)).save(out, form)
    return out.getvalue()


def image(url: str = "", written: str = "") -> Image:
    return Image(0, url, SafeText(""), written)


async def brought(
    library: Library,
    article_id: int,
    images: Sequence[Image],
    canvas: Canvas = CANVAS,
    **options: object,
) -> dict[str, Picture]:
    async with aclosing(
        library.pictures(article_id, images, canvas, **options)  # type: ignore[arg-type]
    ) as found:
        return {picture.address: picture async for picture in found}


async def test_pictures_come_from_the_web_and_failures_say_why(
    library: Library, server: Server
) -> None:
    (one,) = fill(library, 1)
    good = answer(server, "/a.png", encoded(), "image/png")
    photo = answer(server, "/b.jpg", encoded(form="JPEG"), "image/jpeg")
    drawing = answer(server, "/c.svg", b"<svg/>", "image/svg+xml")
    counter = answer(server, "/d.gif", encoded(1, 1, "GIF"), "image/gif")
    gone = server.url("/gone.png")
    urls = (good, photo, drawing, counter, gone, good)
    found = await brought(library, one, [image(url) for url in urls])
    assert set(found) == set(urls)
    assert isinstance(found[good].drawn, Pixels)
    assert isinstance(found[photo].drawn, Pixels)
    assert "no picture" in found[drawing].problem
    assert "404" in found[gone].problem
    assert (found[counter].drawn, found[counter].problem) == (None, "")
    assert sum(asked.path == "/a.png" for asked in server.asked) == 1


async def test_what_is_kept_is_drawn_again_and_not_fetched(
    library: Library, server: Server
) -> None:
    (one,) = fill(library, 1)
    url = answer(server, "/a.png", encoded(), "image/png")
    canvas = Canvas(columns=10, rows=4, encoded=True)
    found = await brought(library, one, [image(url)], canvas, kept={url: encoded()})
    assert isinstance(found[url].drawn, Encoded)
    assert server.asked == []


async def test_private_addresses_are_refused(tmp_path: Path, server: Server) -> None:
    library = Library.open(tmp_path / "guarded.db", clock=lambda: NOW)
    (one,) = fill(library, 1)
    url = answer(server, "/a.png", encoded(), "image/png")
    found = await brought(library, one, [image(url)])
    assert "private" in found[url].problem
    assert server.asked == []
    library.close()


async def test_leaving_stops_what_is_under_way(library: Library, server: Server) -> None:
    (one,) = fill(library, 1)
    asked = asyncio.Event()
    loop = asyncio.get_running_loop()

    @server.route("/slow.png")
    async def slow(exchange: Exchange) -> None:
        loop.call_soon_threadsafe(asked.set)
        await exchange.forever()

    task = asyncio.create_task(brought(library, one, [image(server.url("/slow.png"))]))
    await asyncio.wait_for(asked.wait(), 20)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def folder_article(library: Library, folder: Path, body: str) -> StoredArticle:
    folder.mkdir(exist_ok=True)
    (folder / "one.md").write_text(f"---\ntitle: One\nlink: https://example.org/one\n---\n{body}")
    library.add_folder(folder)
    async for _ in library.update():
        pass
    found = library.article(library.list_ids(Scope())[0])
    assert found is not None
    return found


async def test_pictures_of_a_folder_come_from_the_folder(library: Library, tmp_path: Path) -> None:
    folder = tmp_path / "news"
    (folder / "pics").mkdir(parents=True)
    (folder / "pics" / "a.png").write_bytes(encoded())
    (folder / "text.png").write_text("secret")
    (tmp_path / "outside.png").write_bytes(encoded())
    stored = await folder_article(
        library, folder, "![A](pics/a.png)\n\n![B](text.png)\n\n![C](../outside.png)\n\nText."
    )
    content = stored.content
    shown = document(content.body, content.kind)  # without its link, so that nothing is fetched
    list(shown.blocks())
    found = await brought(library, stored.headline.id, shown.images)
    assert isinstance(found["pics/a.png"].drawn, Pixels)
    assert "no picture" in found["text.png"].problem
    assert found["../outside.png"].problem == "There is no such file in this folder."
