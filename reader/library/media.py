"""The verbs on pictures and on files that come with articles."""

from __future__ import annotations

from typing import TYPE_CHECKING, ParamSpec, TypeVar

from reader.library.aside import in_thread
from reader.library.door import Door
from reader.model.errors import SourceUnreadable
from reader.model.records import replace

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable
    from pathlib import Path

    from reader.model.article import Enclosure
    from reader.model.media import Download
    from reader.net.message import Request
    from reader.text.graphics import Protocol
    from reader.text.pixels import Pixels

P = ParamSpec("P")
T = TypeVar("T")

LARGEST_PICTURE = 12 << 20
"""Bytes of a picture that are fetched."""
PATIENCE_S = 30.0
_ENDINGS = {
    "audio/mpeg": ".mp3",
    "audio/mp4": ".m4a",
    "audio/x-m4a": ".m4a",
    "audio/ogg": ".ogg",
    "video/mp4": ".mp4",
    "video/webm": ".webm",
    "application/pdf": ".pdf",
    "image/jpeg": ".jpg",
    "image/png": ".png",
}
_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"BM")


class MediaVerbs(Door):
    """Nothing here is ever fetched before a person asks for it."""

    async def image(self, url: str) -> bytes:
        """The picture at ``url``, as its server sent it.

        Addresses in private networks are refused: articles name them. Raises
        ``NetworkFailed``, and ``SourceUnreadable`` for what is no picture.
        """
        # Imported late: the network is for those who ask for it.
        from reader.net.client import Client

        async with Client(self._options().net()) as client:
            answer = await client.fetch(picture_request(url))
        data = answer.body
        if not is_picture(data):
            raise SourceUnreadable("This is no picture that can be drawn here.")
        return data

    async def picture(self, url: str, *, columns: int, rows: int) -> Pixels:
        """The picture at ``url`` as half blocks, at most so many cells wide and lines high.

        Raises as ``image`` does, and ``SourceUnreadable`` where it cannot be drawn.
        """
        data = await self.image(url)
        return await self.drawn(data, columns=columns, rows=rows)

    async def drawn(self, data: bytes, *, columns: int, rows: int) -> Pixels:
        """A picture that was fetched, as half blocks. Raises ``SourceUnreadable``."""
        from reader.text.pixels import half_blocks

        return await self._decoded(half_blocks, data, columns=columns, rows=rows)

    async def graphics(self, data: bytes, protocol: Protocol, *, columns: int, rows: int) -> bytes:
        """What makes the terminal itself draw a picture that was fetched, at the cursor.

        ``protocol`` is what ``reader.text.graphics.protocol_of`` told. Raises
        ``SourceUnreadable`` where the picture cannot be drawn.
        """
        from reader.text.graphics import drawn

        return await self._decoded(drawn, data, protocol, columns=columns, rows=rows)

    async def _decoded(self, job: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run what decodes a picture where it can be stopped."""
        import asyncio

        from reader.update.workers import Workers

        workers = Workers(processes=1, seconds=PATIENCE_S)
        try:
            return await asyncio.wrap_future(workers.submit(job, *args, **kwargs))
        except ValueError as error:
            raise SourceUnreadable(str(error)) from error
        finally:
            await in_thread(workers.close)

    async def download(
        self, article_id: int, index: int, folder: Path
    ) -> AsyncGenerator[Download, None]:
        """Download an article's file into ``folder``, telling how far it is; the last is done.

        ``index`` counts the article's enclosures from 0. What was begun before is taken up
        again. A listener that leaves stops it; what came stays, to be taken up. Raises
        ``SourceUnreadable`` where there is no such file, ``NetworkFailed``, ``SavingRefused``.
        """
        import asyncio

        from reader.model.media import Download
        from reader.net.client import Client
        from reader.net.download import download

        request, path = await in_thread(self._file, article_id, index, folder)
        told: asyncio.Queue[Download] = asyncio.Queue()

        def tell(received: int, total: int) -> None:
            told.put_nowait(Download(path=path, received=received, total=total))

        async with Client(self._options().net()) as client:
            task = asyncio.create_task(download(client, request, path, on_progress=tell))
            waiting = asyncio.create_task(told.get())
            try:
                while not task.done():
                    await asyncio.wait({task, waiting}, return_when=asyncio.FIRST_COMPLETED)
                    if waiting.done():
                        state = waiting.result()
                        waiting = asyncio.create_task(told.get())
                        yield state
                done = await task
            finally:
                task.cancel()
                waiting.cancel()
                await asyncio.gather(task, waiting, return_exceptions=True)
        yield Download(
            path=done.path,
            received=done.size,
            total=done.size,
            resumed_at=done.resumed_at,
            done=True,
        )

    def _file(self, article_id: int, index: int, folder: Path) -> tuple[Request, Path]:
        """The request for an article's file, and where it goes.

        Named after its article: what publishers call "media.mp3" tells nobody anything.
        """
        from reader.storage import pages, reading
        from reader.text import urls
        from reader.text.filenames import free_path, stem
        from reader.update.fulltext import requester

        with self.store.read() as connection:
            article = reading.article(connection, article_id)
            page = pages.of_article(connection, article_id)
        if article is None or page is None:
            raise SourceUnreadable("This article is gone.")
        files = article.content.enclosures
        if not 0 <= index < len(files):
            raise SourceUnreadable("There is no such file with this article.")
        name = stem(f"{article.headline.feed} {article.content.title}")
        if len(files) > 1:
            name = f"{name}-{index + 1}"
        url = _web(urls.absolute(files[index].url, article.content.base))
        request = requester(self._options())(replace(page, link=url))
        # As it is: what looks like tracking may be a signature.
        request = replace(request, url=url, max_bytes=0, total_timeout_s=0.0)
        return request, free_path(folder, name, _ending(files[index], url))


def picture_request(url: str) -> Request:
    """What asks for a picture. Raises ``SourceUnreadable`` for what is no web address."""
    from reader.net.message import Request

    return Request(
        url=_web(url),
        accept="image/webp, image/png, image/jpeg, image/*;q=0.8",
        max_bytes=LARGEST_PICTURE,
        total_timeout_s=PATIENCE_S,
        urgent=True,
    )


def is_picture(data: bytes) -> bool:
    """Whether bytes begin as a picture of a kind that is drawn here."""
    return data.startswith(_PICTURES) or data[:4] + data[8:12] == b"RIFFWEBP"


def _web(url: str) -> str:
    from reader.text import urls

    found = urls.absolute(url, "")
    if not found.startswith("http"):
        raise SourceUnreadable("This is no address of a file on the web.")
    return found


def _ending(file: Enclosure, url: str) -> str:
    last = url.partition("?")[0].partition("#")[0].rpartition("/")[2]
    _, dot, ending = last.rpartition(".")
    if dot and ending.isalnum() and ending.isascii() and len(ending) <= 5:
        return f".{ending.lower()}"
    return _ENDINGS.get(file.mime.partition(";")[0].strip().lower(), "")
