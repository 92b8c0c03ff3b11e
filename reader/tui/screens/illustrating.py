"""The pictures of an article by key: fetched, drawn among its lines, taken away again."""

from __future__ import annotations

import asyncio
import os
from contextlib import aclosing
from random import randrange
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from reader.tui.screens.article_verbs import ArticleVerbs

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from reader.library.pictures import Canvas
    from reader.model.media import Picture
    from reader.text.article import Document
    from reader.text.blocks import Image
    from reader.tui.illustrated import Illustrated
    from reader.tui.reading import Body, Reading

PICTURES = "pictures"
NO_PICTURES = "This article has no pictures"
NOT_INSTALLED = "Drawing pictures needs Pillow: .venv/bin/pip install pillow"
SWITCHED_OFF = "Pictures are switched off: protocol under [images] in the settings"
NONE: Mapping[str, Any] = MappingProxyType({})
MOST = 60
"""Pictures of one article that are fetched."""
SOMETIMES_S = 0.4
"""How often an article is laid out while its pictures arrive."""


class Illustrating(ArticleVerbs):
    """Nothing is fetched before the key. The pictures belong to the article that is shown."""

    _pictured: int | None = None
    """The article that the pictures belong to."""
    _pictures: Mapping[str, Picture] = NONE
    _numbers: Mapping[str, int] = NONE
    _canvas: Canvas | None = None
    _offered: int | None = None
    _summary = ""

    def action_article_pictures(self) -> None:
        """Fetch and draw the pictures, or take them away."""
        if self.stop_pictures():
            return
        why = self.cannot_draw()
        if why:
            self.status.tell(why)
        else:
            self._with_all(self._switch_pictures)

    def action_article_picture(self) -> None:
        """Show one picture at a time."""
        why = self.cannot_draw()
        if why:
            self.status.tell(why)
        else:
            self._with_all(self._show_one)

    def cannot_draw(self) -> str:
        """Why no picture can be drawn, "" where they can."""
        from reader.text.pixels import can_draw

        if self.config.images.protocol == "off":
            return SWITCHED_OFF
        return "" if can_draw() else NOT_INSTALLED

    def stop_pictures(self) -> bool:
        """Give up the pictures that are under way; False where none are."""
        if not self.bridge.busy(PICTURES):
            return False
        self.bridge.cancel(PICTURES)
        self.status.progress("")
        self.status.tell("Stopped")
        return True

    def on_article_view_shown(self) -> None:
        """Let go of the pictures of an article that was left; draw those of one that is back."""
        reading = self.article.reading
        number = reading.id if reading is not None else None
        if self._pictured is not None and number != self._pictured:
            self._forget_pictures()
        if reading is None or not reading.complete:
            return
        if self._pictured is not None and not self.bridge.busy(PICTURES):
            self._keep_up(reading)
        elif self.config.images.always and number != self._offered and not self.cannot_draw():
            self._offered = number
            self._with_all(self._bring_pictures)

    # --- fetching

    async def _switch_pictures(self, reading: Reading) -> None:
        images = images_of(reading)
        if not images:
            self.status.tell(NO_PICTURES)
        elif self._pictured is not None and not self._missing(images):
            self._forget_pictures()
            document = document_of(reading.document)
            if document is not None:
                self.article.lay_out(document)
            self.status.tell("")
        else:
            await self._bring_pictures(reading)

    def _missing(self, images: Sequence[Image]) -> list[Image]:
        from reader.library.pictures import address_of

        return [image for image in images if address_of(image) not in self._pictures]

    async def _bring_pictures(self, reading: Reading) -> None:
        images = self._missing(images_of(reading))[:MOST]
        if images:
            if self._pictured != reading.id:
                self._forget_pictures()
            self._pictured, self._canvas = reading.id, self._wanted_canvas()
            self.bridge.run(PICTURES, self._fetch_pictures, reading, images)

    async def _fetch_pictures(self, reading: Reading, images: Sequence[Image]) -> None:
        self.status.progress(f"Fetching {told((), len(images))}… · Esc stops")
        try:
            arrived = await self._draw_pictures(reading, images, telling=True)
        finally:
            self.status.progress("")
        if reading.id == self._pictured:
            self._summary = summary(arrived, seen=self._picture_in_window())
            self.status.tell(self._summary)

    async def _draw_again(self, reading: Reading, images: Sequence[Image]) -> None:
        await self._draw_pictures(reading, images)

    async def _draw_pictures(
        self, reading: Reading, images: Sequence[Image], *, telling: bool = False
    ) -> list[Picture]:
        """Bring pictures, from where they are kept or where they come from, and show them."""
        from reader.tui.aside import aside

        canvas = self._canvas or self._wanted_canvas()
        loop = asyncio.get_running_loop()
        kept = {address: one.data for address, one in self._pictures.items() if one.data}
        arrived: list[Picture] = []
        drawn_at = loop.time()

        def arrive(picture: Picture) -> None:
            nonlocal drawn_at
            if reading.id != self._pictured:
                return
            arrived.append(picture)
            self._add_picture(picture)
            if telling:
                done = f"{len(arrived)} of {told(arrived, len(images))}"
                self.status.progress(f"{done} · Esc stops")
            if loop.time() - drawn_at > SOMETIMES_S and not self.bridge.busy("article"):
                drawn_at = loop.time()
                self._illustrate()

        async def work() -> None:
            found = self.library.pictures(reading.id, images, canvas, kept=kept)
            async with aclosing(found):
                async for picture in found:
                    loop.call_soon_threadsafe(arrive, picture)

        try:
            await aside(work)
        finally:
            if reading.id == self._pictured:
                self._illustrate()
        await self.bridge.settled("article")
        return arrived

    def _picture_in_window(self) -> bool:
        from reader.text.blocks import PICTURE

        view = self.article
        lines = view.reading.lines if view.reading is not None else []
        window = lines[view.top : view.top + view.size.height]
        return any(span.style.startswith(PICTURE) for line in window for span in line.spans)

    def _add_picture(self, picture: Picture) -> None:
        from reader.text.graphics import Encoded, sent

        self._pictures = {**self._pictures, picture.address: picture}
        if isinstance(picture.drawn, Encoded):
            number = self._numbers.get(picture.address) or self._new_number()
            self._numbers = {**self._numbers, picture.address: number}
            self.write_graphics(sent(picture.drawn, number))

    # --- drawing

    @property
    def _protocol(self) -> str:
        """How pictures are drawn among the lines: ``kitty`` or ``blocks``."""
        from reader.text.graphics import draws_in_text

        chosen = self.config.images.protocol
        placed = chosen == "kitty" or (chosen == "auto" and draws_in_text(os.environ))
        return "kitty" if placed and not self.app.no_color else "blocks"

    def _wanted_canvas(self) -> Canvas:
        from reader.library.pictures import Canvas
        from reader.tui.illustrated import background_of

        return Canvas(
            columns=self.article.cells,
            rows=max(4, self.article.size.height - 1),
            encoded=self._protocol == "kitty",
            background=background_of(self.article.look),
        )

    def _illustrate(self) -> None:
        reading = self.article.reading
        document = document_of(reading.document) if reading is not None else None
        if reading is not None and document is not None and reading.id == self._pictured:
            self.article.lay_out(self._illustrated(reading, document))

    def _illustrated(self, reading: Reading, document: Document) -> Illustrated:
        from reader.tui.illustrated import Illustrated

        return Illustrated(
            document,
            self._pictures,
            numbers=self._numbers,
            bare=self.app.no_color or self.app.console.color_system is None,
            lead=lead_of(reading),
        )

    def _keep_up(self, reading: Reading) -> None:
        """Draw the pictures again where the article was read again, or for another size."""
        from reader.library.pictures import address_of
        from reader.tui.illustrated import Illustrated

        canvas = self._wanted_canvas()
        if canvas != self._canvas:
            self._canvas = canvas
            kept = {address for address, one in self._pictures.items() if one.data}
            images = [image for image in images_of(reading) if address_of(image) in kept]
            if images:
                self.bridge.run(PICTURES, self._draw_again, reading, images)
        elif not isinstance(reading.document, Illustrated):
            self._illustrate()

    def _forget_pictures(self) -> None:
        from reader.text.graphics import forgotten

        self.bridge.cancel(PICTURES)
        if self._summary and self.status.message == self._summary:
            self.status.tell("")
        for number in self._numbers.values():
            self.write_graphics(forgotten(number))
        self._pictured, self._pictures, self._numbers = None, NONE, NONE

    # --- the terminal

    def _new_number(self) -> int:
        """A number that the terminal will know a picture by, and that a colour can tell."""
        if self.app.console.color_system == "truecolor":
            return randrange(1 << 16, 1 << 24)
        taken = {*self._numbers.values(), *(59, 102, 145, 188)}  # greys look like these
        return next(n for n in iter(lambda: randrange(16, 232), 0) if n not in taken)

    def write_graphics(self, sequence: bytes) -> None:
        """Write what draws a picture to the terminal, in its turn behind what is painted."""
        from reader.text.graphics import through_tmux

        driver = self.app._driver  # noqa: SLF001  Textual has no other way to the terminal
        if driver is not None:
            inside = bool(os.environ.get("TMUX"))
            driver.write((through_tmux(sequence) if inside else sequence).decode("ascii"))

    async def _show_one(self, reading: Reading) -> None:
        from reader.tui.screens.picture import PictureScreen

        images = images_of(reading)[:MOST]
        if not images:
            self.status.tell(NO_PICTURES)
            return
        screen = PictureScreen(
            self.article.look,
            images,
            article_id=reading.id,
            library=self.library,
            bridge=self.bridge,
            protocol=self.config.images.protocol,
            kept={address: one.data for address, one in self._pictures.items() if one.data},
            write=self.write_graphics,
        )
        self.app.push_screen(screen)


def document_of(body: Body) -> Document | None:
    """The document that is shown, with or without its pictures; None for another text."""
    from reader.text.article import Document
    from reader.tui.illustrated import Illustrated

    found = body.document if isinstance(body, Illustrated) else body
    return found if isinstance(found, Document) else None


def images_of(reading: Reading) -> list[Image]:
    """The pictures of what is shown that somebody could fetch."""
    from reader.library.pictures import address_of

    document = document_of(reading.document)
    if document is None:
        return []
    lead = lead_of(reading)
    return [image for image in (*([lead] if lead else ()), *document.images) if address_of(image)]


def lead_of(reading: Reading) -> Image | None:
    """The picture that stands for an article whose text has none."""
    from reader.text.blocks import Image
    from reader.tui.illustrated import LEAD

    document, content = document_of(reading.document), reading.stored.content
    if document is None or document.images or not content.image:
        return None
    return Image(LEAD, content.image, content.title)


def told(pictures: Sequence[Picture], count: int = 0) -> str:
    """So many pictures of such a size: ``3 pictures, 120 kB``."""
    from reader.text.amounts import size

    count = count or len(pictures)
    bytes_told = size(sum(len(one.data) for one in pictures))
    return ", ".join(filter(None, (f"{count} picture{'s' * (count != 1)}", bytes_told)))


def summary(arrived: Sequence[Picture], *, seen: bool = True) -> str:
    """What came of a round of pictures, of which some can be ``seen`` where the person is."""
    drawn = [one for one in arrived if one.drawn is not None]
    failed = [one for one in arrived if one.problem]
    if not drawn:
        return f"No picture could be drawn: {failed[0].problem}" if failed else NO_PICTURES
    missing = f", {len(failed)} could not be drawn" if failed else ""
    place = "" if seen else ", further on"
    return f"{told(drawn)}{place}{missing} · i takes them away"
