"""The article pane: lines laid out in a thread as far as they are needed, drawn one by one."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from textual.message import Message
from textual.strip import Strip

from reader.model.records import replace
from reader.text.blocks import PICTURE
from reader.tui.drawing import Piece, hyperlinked, strip_of, wrapped
from reader.tui.reading import Body, Reading, begin, laid_out, more, same_place
from reader.tui.widgets.pane import Pane
from reader.tui.widgets.sideways import Sideways

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events

    from reader.library import Library
    from reader.text.blocks import Line
    from reader.tui.bridge import Bridge
    from reader.tui.themes import Look

MARGIN = 2
AT_ONCE = 4000
"""Lines that are laid out before the first is shown, where a place below waits to be shown."""
WHEEL_LINES = 3
CACHED_STRIPS = 2000


class ArticleView(Pane):
    """One article. ``top`` is the first line in the window."""

    class Read(Message):
        """The person moved through the article."""

        def __init__(self, article_id: int) -> None:
            super().__init__()
            self.article_id = article_id

    class Shown(Message):
        """Another article or other lines of it are in the window."""

    class PlaceKept(Message):
        """How far an article was read was remembered."""

        def __init__(self, article_id: int, position: float) -> None:
            super().__init__()
            self.article_id = article_id
            self.position = position

    class Entered(Message):
        """The person asked to open what is under the cursor."""

    class Clicked(Message):
        """The mouse was pressed on a line of the article, at a cell of its text."""

        def __init__(self, line: int, cell: int) -> None:
            super().__init__()
            self.line = line
            self.cell = cell

    def __init__(self, *, look: Look, bridge: Bridge, library: Library, widest: int) -> None:
        super().__init__(id="article")
        self.look = look
        self.bridge = bridge
        self.library = library
        self.widest = widest
        self.notice: Sequence[str] = ()
        self.centred = False
        self.justify = False
        self.hyperlinks = self.strip_tracking = False
        self.top = 0
        self.wanted: int | None = None
        self.reading: Reading | None = None
        self.sideways = Sideways()
        self._unsaved = False
        self._strips: dict[int, Strip] = {}

    # --- what is shown

    @property
    def article_id(self) -> int | None:
        """The article in the pane."""
        return self.reading.stored.headline.id if self.reading else None

    @property
    def cells(self) -> int:
        """The width of the text."""
        return max(10, min(self.widest, self.size.width - 2 * MARGIN))

    @property
    def margin(self) -> int:
        """The cells left of the text."""
        return max(MARGIN, (self.size.width - self.cells) // 2) if self.centred else MARGIN

    @property
    def text_top(self) -> int:
        """The top line when the end of the text is in the window."""
        return max(0, len(self.reading.lines) - self.size.height) if self.reading else 0

    @property
    def last_top(self) -> int:
        """The top line that the window may have."""
        return self.text_top

    @property
    def at_end(self) -> bool:
        """Whether nothing stands below the window."""
        return self.reading is None or (self.reading.complete and self.top >= self.text_top)

    @property
    def percent(self) -> str:
        """How far the article was read, such as ``34%``, as the list of headlines tells it."""
        if self.reading is None or not self.size.height:
            return ""
        if not self.reading.complete:
            return "…"
        return "100%" if self.at_end else f"{int(100 * self.top / self.text_top)}%"

    @property
    def position(self) -> float:
        """How far the article was read: 0.0 at its top to 1.0 at its end."""
        return min(1.0, self.top / self.text_top) if self.text_top else 0.0

    # --- filling

    def show(self, article_id: int | None) -> None:
        """Bring an article into the pane; the old one stays until the first lines are there."""
        if article_id == self.wanted and (self.bridge.busy("article") or self._settled):
            return
        self.wanted = article_id
        if article_id is None:
            self.bridge.cancel("article")
            self._replace(None, 0)
        else:
            self.bridge.run("article", self._load, article_id)

    @property
    def _settled(self) -> bool:
        return self.reading is None or self.reading.complete

    def again(self) -> None:
        """The article changed: read it once more, staying where it was read."""
        if self.wanted is not None:
            self.bridge.run("article", self._load, self.wanted)

    async def _load(self, article_id: int) -> None:
        loaded = await self.bridge.call(
            "text",
            begin,
            self.library,
            article_id,
            self.cells,
            2 * self.size.height,
            justify=self.justify,
        )
        if loaded is None:
            self._replace(None, 0)
            return
        same = article_id == self.article_id
        position = self.position if same else loaded.stored.position
        if position:
            while not loaded.complete and len(loaded.lines) < AT_ONCE:
                await self._extend(loaded)
        last = max(0, len(loaded.lines) - self.size.height)
        self._replace(loaded, round(position * last))
        if not loaded.complete:
            await self._finish(loaded, position)

    async def _finish(self, loaded: Reading, position: float) -> None:
        while not loaded.complete:
            await self._extend(loaded)
        if position and self.reading is loaded and not self._unsaved:
            self.top = round(position * self.text_top)
            self.refresh()
        self.post_message(self.Shown())

    async def _extend(self, loaded: Reading) -> None:
        seen = len(loaded.lines)
        lines, loaded.complete = await self.bridge.call("text", more, loaded)
        loaded.add(lines)
        if loaded is self.reading and seen < self.top + self.size.height:
            self.refresh()

    async def _lay_out_again(self, old: Reading, top: int) -> None:
        new = await self.bridge.call(
            "text",
            laid_out,
            old.stored,
            old.document,
            self.cells,
            2 * self.size.height,
            justify=self.justify,
        )
        here = old.lines[top].block if top < len(old.lines) else 0
        while not new.complete and (not new.lines or new.lines[-1].block <= here):
            await self._extend(new)
        self.reading, self.top = new, 0
        self.sideways.clear()
        self._strips.clear()
        self._scroll(same_place(old, top, new))
        self.refresh()
        await self._finish(new, 0.0)

    def _replace(self, loaded: Reading | None, top: int) -> None:
        self.save_position()
        self.reading, self.top = loaded, top
        self.sideways.clear()
        self._strips.clear()
        self.refresh()
        self.post_message(self.Shown())

    # --- the position

    def save_position(self) -> None:
        """Remember how far the article was read, where that changed."""
        if not self._unsaved or self.reading is None:
            return
        self._unsaved = False
        self.bridge.cancel("position")
        number, position = self.reading.id, self.position

        async def save() -> None:
            await self.bridge.call("write", self.library.remember_position, number, position)
            self.post_message(self.PlaceKept(number, position))

        self.bridge.write(save)

    async def _save_soon(self) -> None:
        await asyncio.sleep(self.bridge.pauses.remember)
        self.save_position()

    # --- drawing

    def render_line(self, y: int) -> Strip:
        """One line of the window."""
        width = self.size.width
        if self.reading is None:
            return self._notice_line(y, width)
        index = self.top + y
        if index >= len(self.reading.lines):
            return Strip.blank(width, self.look.ground)
        strip = self._strips.get(index)
        if strip is None or strip.cell_length != width:
            if len(self._strips) >= CACHED_STRIPS:
                self._strips.clear()
            strip = self._strips[index] = self._strip(self._line(self.reading, index), width)
        return strip

    def _line(self, reading: Reading, index: int) -> Line:
        """A line as it is drawn."""
        return reading.lines[index]

    def _strip(self, line: Line, width: int) -> Strip:
        if line.spans and line.spans[-1].style.startswith(PICTURE):
            return self._picture_row(line, width)
        margin = self.margin
        line = self.sideways.shown(line, width - margin)
        base = self.look.text
        pieces: list[Piece] = [(" " * margin, base)]
        pieces += [(span.text, base + self.look.span(span.style)) for span in line.spans]
        if self.hyperlinks and self.reading is not None:
            self._hyperlink(pieces, line, self.reading)
        return strip_of(pieces, width, self.look.ground)

    def _picture_row(self, line: Line, width: int) -> Strip:
        from reader.tui.illustrated import Illustrated, with_row

        *before, span = line.spans
        pieces = [(one.text, self.look.text + self.look.span(one.style)) for one in before]
        indent = self.margin + sum(len(text) for text, _ in pieces)
        ground = self.look.ground
        left = strip_of([(" " * self.margin, ground), *pieces], min(indent, width), ground)
        body = self.reading.document if self.reading is not None else None
        row = body.row(span, ground) if isinstance(body, Illustrated) else []
        return with_row(left, row, width, ground)

    def lay_out(self, body: Body) -> None:
        """Lay the article out once more, as ``body``, staying where it is read."""
        if self.reading is not None:
            reading = replace(self.reading, document=body)
            self.bridge.run("article", self._lay_out_again, reading, self.top)

    def _hyperlink(self, pieces: list[Piece], line: Line, reading: Reading) -> None:
        """Make hyperlinks of the pieces after the margin, where their spans lead anywhere."""
        if line.block >= 0 and all(span.link < 0 for span in line.spans):
            return
        from reader.tui.hyperlinks import addresses

        found = addresses(line, reading, strip_tracking=self.strip_tracking)
        for place, (span, address) in enumerate(zip(line.spans, found, strict=True), 1):
            if address:
                text, style = pieces[place]
                pieces[place] = (text, hyperlinked(style, address, str(span.link + 1)))

    def _notice_line(self, y: int, width: int) -> Strip:
        lines = [line for text in self.notice for line in (*wrapped(text, self.cells), "")]
        if not 1 <= y <= len(lines):
            return Strip.blank(width, self.look.ground)
        text = " " * MARGIN + lines[y - 1]
        return strip_of([(text, self.look.muted)], width, self.look.ground)

    def restyle(self, look: Look) -> None:
        """Draw in another theme."""
        self.look = look
        self._strips.clear()
        self.refresh()

    def centre(self, *, centred: bool) -> None:
        """Put the text in the middle of the pane, or at its left."""
        self.centred = centred
        self._strips.clear()
        self.refresh()

    def on_resize(self) -> None:
        """Lay out again where the text's width changed; keep the place."""
        self._strips.clear()
        if self.reading is not None and self.reading.cells != self.cells:
            self.bridge.run("article", self._lay_out_again, self.reading, self.top)
        else:
            self._scroll(self.top)
            self.post_message(self.Shown())

    # --- moving

    def _scroll(self, top: int) -> bool:
        """Move the window; tells whether it moved."""
        target = max(0, min(top, self.last_top))
        if target == self.top:
            return False
        self.top = target
        self.refresh()
        return True

    def scroll_by(self, lines: int) -> bool:
        """Move the window as the person asked, which is reading."""
        if self.reading is None or not self._scroll(self.top + lines):
            return False
        self._unsaved = True
        self.bridge.run("position", self._save_soon)
        self.post_message(self.Read(self.reading.id))
        self.post_message(self.Shown())
        return True

    @property
    def page(self) -> int:
        """Lines of a page: one stays to be recognised."""
        return max(1, self.size.height - 1)

    def action_cursor_down(self) -> None:
        """One line down."""
        self.scroll_by(1)

    def action_cursor_up(self) -> None:
        """One line up."""
        self.scroll_by(-1)

    def action_cursor_page_down(self) -> None:
        """One page down."""
        self.scroll_by(self.page)

    def action_cursor_page_up(self) -> None:
        """One page up."""
        self.scroll_by(-self.page)

    def action_cursor_top(self) -> None:
        """To the title."""
        self.scroll_by(-self.top)

    def action_cursor_bottom(self) -> None:
        """To the end, as far as it is laid out."""
        self.scroll_by(self.last_top - self.top)

    def action_cursor_open(self) -> None:
        """Open the link under the cursor; the screen knows which one that is."""
        self.post_message(self.Entered())

    def on_click(self, event: events.Click) -> None:
        """Tell where in the text."""
        index = self.top + event.y
        if self.reading is not None and index < len(self.reading.lines):
            hidden = self.sideways.hidden(self.reading.lines[index])
            self.post_message(self.Clicked(index, event.x - self.margin + hidden))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll down."""
        event.stop()
        self.scroll_by(WHEEL_LINES)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll up."""
        event.stop()
        self.scroll_by(-WHEEL_LINES)
