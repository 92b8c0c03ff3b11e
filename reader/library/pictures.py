"""The verb that brings the pictures of an article: from its folder, or from the web."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct

from reader.library.aside import in_thread
from reader.library.media import (
    LARGEST_PICTURE,
    PATIENCE_S,
    MediaVerbs,
    is_picture,
    picture_request,
)
from reader.model.errors import ReaderError, SourceUnreadable
from reader.model.media import Picture
from reader.text.terminal import clean_line

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Mapping, Sequence

    from reader.net.client import Client
    from reader.text.blocks import Image
    from reader.text.graphics import Encoded
    from reader.text.pixels import Colour, Pixels
    from reader.update.workers import Workers

MOST_BYTES: Final = 48 << 20
"""Bytes of all pictures of one article that are kept while it is shown."""
AT_ONCE: Final = 4
ORNAMENT: Final = 2
"""Pixels: what is no larger, either way, counts readers and has nothing to see."""


class Canvas(Struct, frozen=True, kw_only=True):
    """What pictures are drawn for: at most ``columns`` by ``rows`` cells.

    ``encoded`` wants a file for the terminal itself to draw, else they are half blocks on
    ``background``.
    """

    columns: int
    rows: int
    encoded: bool = False
    background: Colour = (0, 0, 0)


def address_of(image: Image) -> str:
    """What tells an article's pictures apart; "" for one that nobody could fetch."""
    return image.url or image.written


class PictureVerbs(MediaVerbs):
    """Nothing here is ever fetched before a person asks for it."""

    async def pictures(
        self,
        article_id: int,
        images: Sequence[Image],
        canvas: Canvas,
        *,
        kept: Mapping[str, bytes] | None = None,
    ) -> AsyncGenerator[Picture, None]:
        """Each of ``images`` as it arrives, once by its address; what failed says why.

        An article of a folder has files inside that folder shown from there. Addresses in
        private networks are refused: articles name them. ``kept`` is the data of pictures
        that were there before, by address. Leaving the loop stops what is under way.
        """
        import asyncio

        from reader.update.workers import Workers

        wanted = {address_of(image): image for image in reversed(images)}
        workers = Workers(processes=1, seconds=PATIENCE_S)
        try:
            async with self._client_of_pictures() as client:
                fetching = _Fetching(
                    client=client,
                    place=await in_thread(self._place_of, article_id),
                    workers=workers,
                    canvas=canvas,
                    kept=kept or {},
                )
                tasks = [
                    asyncio.create_task(fetching.picture(image))
                    for image in reversed(wanted.values())
                ]
                try:
                    for done in asyncio.as_completed(tasks):
                        yield await done
                finally:
                    for task in tasks:
                        task.cancel()
                    await asyncio.gather(*tasks, return_exceptions=True)
        finally:
            await in_thread(workers.close)

    def _client_of_pictures(self) -> Client:
        # Imported late: the network is for those who ask for it.
        from reader.net.client import Client

        return Client(self._options().net())

    def _place_of(self, article_id: int) -> tuple[str, str] | None:
        from reader.storage import files

        with self.store.read() as connection:
            return files.place_of(connection, article_id)


class _Fetching:
    """One round of pictures: a few at a time, and no more bytes than are kept."""

    def __init__(
        self,
        *,
        client: Client,
        place: tuple[str, str] | None,
        workers: Workers,
        canvas: Canvas,
        kept: Mapping[str, bytes],
    ) -> None:
        import asyncio

        self._client = client
        self._place = place
        self._workers = workers
        self._canvas = canvas
        self._kept = kept
        self._size = sum(map(len, kept.values()))
        self._gate = asyncio.Semaphore(AT_ONCE)

    async def picture(self, image: Image) -> Picture:
        """The picture, drawn, or why it is not."""
        address = address_of(image)
        data = b""
        try:
            async with self._gate:
                data = self._kept.get(address) or await self._data(image)
                drawn = await self._drawn(data)
        except ReaderError as error:
            return Picture(address=address, data=data, problem=clean_line(str(error), 300))
        if max(drawn.width, drawn.height) <= ORNAMENT:
            return Picture(address=address, data=data)
        return Picture(address=address, data=data, drawn=drawn)

    async def _data(self, image: Image) -> bytes:
        if self._size > MOST_BYTES:
            raise SourceUnreadable("The pictures before it are large enough.")
        data = await in_thread(self._local, image) if self._place else None
        if data is None:
            if not image.url:
                where = "There is no such file in this folder." if image.written else ""
                raise SourceUnreadable(where or "It stands in the article itself.")
            data = (await self._client.fetch(picture_request(image.url))).body
        if not is_picture(data):
            raise SourceUnreadable("This is no picture that can be drawn here.")
        self._size += len(data)
        return data

    def _local(self, image: Image) -> bytes | None:
        from pathlib import Path

        from reader.sources import pictures

        if self._place is None:
            return None
        root, document = self._place
        return pictures.read(Path(root), document, image.written, limit=LARGEST_PICTURE)

    async def _drawn(self, data: bytes) -> Pixels | Encoded:
        import asyncio

        from reader.text import graphics, pixels

        canvas = self._canvas
        columns, rows = canvas.columns, canvas.rows
        submit = self._workers.submit
        try:
            if canvas.encoded:
                encoded = submit(graphics.encoded, data, columns=columns, rows=rows)
                return await asyncio.wrap_future(encoded)
            blocks = submit(
                pixels.half_blocks, data, columns=columns, rows=rows, background=canvas.background
            )
            return await asyncio.wrap_future(blocks)
        except ValueError as error:
            raise SourceUnreadable(str(error)) from error
