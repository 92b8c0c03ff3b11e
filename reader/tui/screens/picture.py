"""One picture at a time over the whole screen, by the terminal's own graphics where it has any.

Sixel and iTerm2's protocol paint over cells that Textual believes to be blank, so here the
picture has the screen for itself: it is written once the blank cells are painted, after
every paint of them, and goes when the next screen paints its text there.
"""

from __future__ import annotations

import os
from contextlib import aclosing
from typing import TYPE_CHECKING, ClassVar, Literal

from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.strip import Strip

from reader.model.errors import ReaderError
from reader.tui.keymap import bindings
from reader.tui.widgets.bar import Bar
from reader.tui.widgets.pane import Pane

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from textual.app import ComposeResult

    from reader.library import Library
    from reader.library.pictures import Canvas
    from reader.model.media import Picture
    from reader.text.blocks import Image
    from reader.text.graphics import Protocol
    from reader.text.pixels import Pixels
    from reader.tui.bridge import Bridge
    from reader.tui.themes import Look

Chosen = Literal["auto", "kitty", "iterm2", "sixel", "blocks", "off"]
KEYS = "j k next, previous · q back"
FETCH = "one picture"


class PictureView(Pane):
    """A blank pane with a picture in its middle: half blocks, or what the terminal drew."""

    def __init__(self, look: Look, painted: Callable[[], None]) -> None:
        super().__init__(id="choices")
        self.look = look
        self.pixels: Pixels | None = None
        self.painted = painted

    def show(self, pixels: Pixels | None) -> None:
        """Draw half blocks, or leave the pane to the terminal's graphics."""
        self.pixels = pixels
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """One line."""
        if y == self.size.height - 1:
            self.call_after_refresh(self.painted)
        width, ground = self.size.width, self.look.ground
        if self.pixels is None:
            return Strip.blank(width, ground)
        from reader.tui.illustrated import row_of, with_row

        rows = self.pixels.rows
        row = y - (self.size.height - len(rows)) // 2
        if not 0 <= row < len(rows):
            return Strip.blank(width, ground)
        left = Strip.blank(max(0, width - len(rows[0])) // 2, ground)
        drawn = row_of(self.pixels, row, width, bare=self.app.no_color, ground=ground)
        return with_row(left, drawn, width, ground)


class PictureScreen(Screen[None], inherit_bindings=False):
    """Fetches the picture that is looked at, and no other."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("everywhere", nouns={"app"}),
        Binding("j,down,l,right,n,J,space", "turn(1)", show=False),
        Binding("k,up,h,left,p,K,b", "turn(-1)", show=False),
    ]
    AUTO_FOCUS = "#choices"

    def __init__(
        self,
        look: Look,
        images: Sequence[Image],
        *,
        article_id: int,
        library: Library,
        bridge: Bridge,
        protocol: Chosen,
        kept: Mapping[str, bytes],
        write: Callable[[bytes], None],
    ) -> None:
        super().__init__(name="picture")
        self.look = look
        self.images = images
        self.article_id = article_id
        self.library = library
        self.bridge = bridge
        self.protocol = protocol_for(protocol)
        self.kept = dict(kept)
        self.write = write
        self.at = 0
        self.view = PictureView(look, self._painted)
        self.bar = Bar(id="hint", look=look)
        self._sequence = b""

    def compose(self) -> ComposeResult:
        """The picture, and a line that tells what it is."""
        yield self.view
        yield self.bar

    def on_mount(self) -> None:
        """Begin with the first."""
        self.call_after_refresh(self._look)

    def on_resize(self) -> None:
        """Draw it as large as there is room now."""
        if self._sequence or self.view.pixels is not None:
            self._look()

    def on_unmount(self) -> None:
        """Fetch no more, and leave nothing on the screen."""
        self.bridge.cancel(FETCH)
        self._wipe()

    def _wipe(self) -> None:
        """Take the picture away where text that is painted over it does not."""
        from reader.text.graphics import WIPED

        if self._sequence and self.protocol == "kitty":
            self.write(WIPED)
        self._sequence = b""

    def action_turn(self, step: int) -> None:
        """The next picture, or the one before."""
        at = max(0, min(len(self.images) - 1, self.at + step))
        if at != self.at:
            self.at = at
            self._look()

    def _look(self) -> None:
        self._wipe()
        self.view.show(None)
        self._say("Fetching it…")
        self.bridge.run(FETCH, self._bring, self.images[self.at])

    def _say(self, what: str) -> None:
        image = self.images[self.at]
        words = " · ".join(filter(None, (image.text or image.url or image.written, what)))
        place = f" {self.at + 1}/{len(self.images)}  "
        left = [(place, self.look.muted), (words, self.look.text)]
        self.bar.show(left, [(f"  {KEYS} ", self.look.bar)])

    async def _bring(self, image: Image) -> None:
        from reader.library.pictures import Canvas
        from reader.tui.illustrated import background_of

        columns, rows = self.view.size
        canvas = Canvas(columns=columns, rows=rows, background=background_of(self.look))
        picture = await self._picture(image, canvas)
        if picture.problem or picture.drawn is None:
            self._say(picture.problem or "There is nothing to see in it")
            return
        self.kept[picture.address] = picture.data
        from reader.text.amounts import size
        from reader.text.pixels import Pixels

        drawn = picture.drawn
        self._say(f"{drawn.width} × {drawn.height}, {size(len(picture.data))}")
        if self.protocol is None:
            self.view.show(drawn if isinstance(drawn, Pixels) else None)
            return
        try:
            self._sequence = await self.library.graphics(
                picture.data, self.protocol, columns=columns, rows=rows
            )
        except ReaderError as error:
            self._say(str(error))
        else:
            self.view.show(None)

    async def _picture(self, image: Image, canvas: Canvas) -> Picture:
        from reader.tui.aside import aside

        async def work() -> Picture:
            found = self.library.pictures(self.article_id, [image], canvas, kept=self.kept)
            async with aclosing(found):
                return await anext(found)

        return await aside(work)

    def _painted(self) -> None:
        """The blank cells are there: draw over them, from the corner of the view."""
        if self._sequence and self.app.screen is self:
            top, left = self.view.region.y + 1, self.view.region.x + 1
            self.write(b"\x1b7\x1b[%d;%dH%b\x1b8" % (top, left, self._sequence))


def protocol_for(chosen: Chosen) -> Protocol | None:
    """The terminal's own graphics, as the settings or its environment tell; None: half blocks."""
    from reader.text.graphics import protocol_of

    if chosen == "auto":
        return protocol_of(os.environ)
    named: dict[Chosen, Protocol] = {"kitty": "kitty", "iterm2": "iterm", "sixel": "sixel"}
    return named.get(chosen)
