"""The article pane as the keys of an article use it: marks on its lines, keys taken for a while."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct
from textual import events
from textual.geometry import Region

from reader.tui import when
from reader.tui.keymap import bindings
from reader.tui.reading import Body, Reading, laid_out, opened
from reader.tui.sought import NOTHING_SOUGHT
from reader.tui.widgets.article_view import MARGIN, ArticleView

if TYPE_CHECKING:
    from textual.strip import Strip

    from reader.library import Library
    from reader.model.article import StoredArticle
    from reader.text.blocks import Line
    from reader.tui.bridge import Bridge
    from reader.tui.sought import Sought
    from reader.tui.themes import Look
    from reader.tui.widgets.marks import Mark

NARROWEST = 20
"""Cells that lines of text keep at least."""


class Below(Struct, frozen=True):
    """A text of the article, the line it was read at, and what ``instead`` called it."""

    reading: Reading
    top: int
    name: str


Taker = Callable[[events.Key], bool]
"""Takes a key, or answers False and leaves it to the bindings."""


class MarkedArticle(ArticleView):
    """An article whose lines carry marks, and whose keys somebody else may take first."""

    BINDINGS = bindings("article")

    def __init__(self, *, look: Look, bridge: Bridge, library: Library, widest: int) -> None:
        super().__init__(look=look, bridge=bridge, library=library, widest=widest)
        self._marks: Mapping[int, Sequence[Mark]] = {}
        self._sought = NOTHING_SOUGHT
        self._marked: Reading | None = None
        self._pointed: Mapping[int, Sequence[Mark]] = {}
        self._pointed_in: Reading | None = None
        self._other: StoredArticle | None = None
        self._other_name = ""
        self._has_place = True
        self._below: Below | None = None
        self._foot: tuple[Line, ...] = ()
        self.foot_of: Callable[[int], tuple[Line, ...]] = lambda _article_id: ()
        self._taker: Taker | None = None
        self._let_go: Callable[[], None] | None = None
        self._typing: Callable[[], bool] = lambda: False

    def mark_lines(self, marks: Mapping[int, Sequence[Mark]]) -> None:
        """Show marks, by the index of their line, instead of those there are."""
        if not marks and not self._marks:
            return
        self._marks, self._marked = marks, self.reading
        self.refresh()

    def point_at(self, marks: Mapping[int, Sequence[Mark]]) -> None:
        """Show where a cursor is, by the index of its lines, besides the marks there are.

        Only its lines are painted, those where it was and those where it is.
        """
        height = self.size.height
        lines = sorted({*self._pointed, *marks})
        self._pointed, self._pointed_in = marks, self.reading
        rows = [index - self.top for index in lines if 0 <= index - self.top < height]
        if rows:
            self.refresh(*(Region(0, row, self.size.width, 1) for row in rows))

    def seek(self, sought: Sought) -> None:
        """Mark the words that are searched for, wherever no other marks are shown."""
        self._sought = sought
        self._strips.clear()
        self.refresh()

    def _line(self, reading: Reading, index: int) -> Line:
        """A line with the words that are searched for."""
        line = super()._line(reading, index)
        if not self._sought:
            return line
        from reader.tui.sought import marks_on
        from reader.tui.widgets.marks import marked

        return marked(line, marks_on(reading.lines, index, self._sought))

    # --- the foot

    def set_foot(self, lines: tuple[Line, ...]) -> None:
        """Show lines below the end of the text."""
        before, self._foot = self._foot, lines
        reading = self.reading
        if lines == before or reading is None or not reading.complete:
            return
        first = max(0, len(reading.lines) - self.top)
        rows = min(self.size.height - first, max(len(lines), len(before)))
        if rows > 0:
            self.refresh(Region(0, first, self.size.width, rows))

    def _replace(self, loaded: Reading | None, top: int) -> None:
        if loaded is not None:
            self._foot = self.foot_of(loaded.id)
        super()._replace(loaded, top)

    @property
    def last_top(self) -> int:
        """The top line that the window may have: with the foot in it, once there is one."""
        if self.reading is None or not self.reading.complete or not self.has_place:
            return self.text_top
        return max(0, len(self.reading.lines) + len(self._foot) - self.size.height)

    def _foot_line(self, index: int) -> Strip | None:
        """A line below the end of the text; None for any other."""
        reading = self.reading
        if reading is None or not reading.complete or not self.has_place:
            return None
        place = index - len(reading.lines)
        if 0 <= place < len(self._foot):
            return self._strip(self._foot[place], self.size.width)
        return None

    @property
    def marks_fit(self) -> bool:
        """Whether the marks belong to the lines that are shown."""
        return self._marked is self.reading

    @property
    def percent(self) -> str:
        """How much was read, and how many minutes of the rest are left: ``3 min left  34%``."""
        seen = super().percent
        if self.reading is None or not seen.endswith("%") or self.at_end or not self.has_place:
            return seen
        below = 1 - (self.top + self.size.height) / len(self.reading.lines)
        left = when.reading_time(round(self.reading.stored.content.words * below))
        return f"{left} left  {seen}" if left else seen

    def render_line(self, y: int) -> Strip:
        """One line of the window, with its marks."""
        reading = self.reading
        index = self.top + y
        here = self._pointed.get(index) if self._pointed_in is reading else None
        marks = self._marks.get(index) if self._marked is reading else None
        if reading is None or not (here or marks):
            return self._foot_line(index) or super().render_line(y)
        from reader.tui.widgets.marks import marked

        line = reading.lines[index] if marks else self._line(reading, index)
        # The cursor goes first: it covers no text, and labels do.
        for layer in (here, marks):
            line = marked(line, layer) if layer else line
        return self._strip(line, self.size.width)

    @property
    def instead(self) -> str:
        """What is shown instead of the article's own text, "" where that is shown."""
        other = self.reading is not None and self.reading.stored is self._other
        return self._other_name if other else ""

    def show_instead(self, name: str, stored: StoredArticle, body: Body | None = None) -> None:
        """Show another text of the article in the pane, or ``body`` in its place.

        It is called ``name`` until the article's own text or another article is shown.
        ``bring_back`` brings back what was there before a ``body``.
        """
        self.save_position()
        if body is not None and self.has_place and self.reading is not None:
            self._below = Below(self.reading, self.top, self.instead)
        self._other, self._other_name = stored, name
        self._has_place = body is None
        self.bridge.run("article", self._show_instead, stored, body)

    async def _show_instead(self, stored: StoredArticle, body: Body | None) -> None:
        cells, rows = self.cells, 2 * self.size.height
        if body is None:
            loaded = await self.bridge.call(
                "text", opened, stored, cells, rows, justify=self.justify
            )
        else:
            loaded = await self.bridge.call("text", laid_out, stored, body, cells, rows)
        if stored.headline.id == self.article_id:
            self._replace(loaded, 0)
            await self._finish(loaded, 0.0)

    def bring_back(self) -> None:
        """Show the text again that was there before a body stood in its place, where it was."""
        below, self._below = self._below, None
        if below is None or below.reading.id != self.article_id:
            self.again()
            return
        self._other, self._other_name, self._has_place = below.reading.stored, below.name, True
        self._unsaved = False
        self._replace(below.reading, below.top)
        if below.reading.cells != self.cells or not below.reading.complete:
            self.bridge.run("article", self._lay_out_again, below.reading, below.top)

    @property
    def position(self) -> float:
        """How far the article was read, also while a body stands in its place."""
        if self.has_place or self._below is None:
            return super().position
        last = max(0, len(self._below.reading.lines) - self.size.height)
        return min(1.0, self._below.top / last) if last else 0.0

    @property
    def has_place(self) -> bool:
        """Whether how far one is in what is shown says how far the article was read."""
        return not self.instead or self._has_place

    @property
    def text_name(self) -> str:
        """What the text of the article is called that is shown, or that a body stands for."""
        if self.has_place or self._below is None:
            return self.instead
        return self._below.name

    def save_position(self) -> None:
        """Remember how far the article was read; what is no text of it has no such place."""
        if not self.has_place:
            self._unsaved = False
        super().save_position()

    def lend_keys(
        self, taker: Taker, let_go: Callable[[], None], typing: Callable[[], bool] = lambda: True
    ) -> None:
        """Ask ``taker`` about every key first. ``let_go`` is called when another pane gets the
        keys, or somebody else takes them; ``typing`` tells whether letters are text just now.
        """
        if self._let_go is not None:
            self._let_go()
        self._taker, self._let_go, self._typing = taker, let_go, typing

    def take_keys_back(self) -> None:
        """Every key is the bindings' again."""
        self._taker = self._let_go = None

    def check_consume_key(self, key: str, character: str | None) -> bool:  # noqa: ARG002
        """Whether a key is text rather than a command, or the beginning of one."""
        typing = self._taker is not None and self._typing()
        return typing and character is not None and character.isprintable()

    def on_key(self, event: events.Key) -> None:
        """Offer the key to who takes keys now."""
        if self._taker is not None and self._taker(event):
            event.stop()
            event.prevent_default()

    def on_blur(self, event: events.Blur) -> None:
        """Whoever takes keys gets no more."""
        super().on_blur(event)
        if self._let_go is not None:
            self._let_go()

    def bring_in(self, line: int, start: int = 0, end: int = 0) -> None:
        """Scroll so that a line is in the window, where a reader looks first.

        And sideways, where its characters from ``start`` to ``end`` are out of sight.
        """
        height = self.size.height
        if not self.top <= line < self.top + height:
            self.scroll_by(line - height // 3 - self.top)
        if self.reading is not None:
            room = self.size.width - self.margin
            self._moved(self.sideways.reveal(self.reading.lines[line], start, end, room))

    def scroll_sideways(self, step: int) -> bool:
        """Move what is wider than the window by half of that; tells whether anything moved."""
        if self.reading is None:
            return False
        room = self.size.width - self.margin
        lines = self.reading.lines[self.top : self.top + self.size.height]
        return self._moved(self.sideways.move(lines, step * max(1, room // 2), room))

    def _moved(self, moved: bool) -> bool:
        if moved:
            self._strips.clear()
            self.refresh()
        return moved

    def widen(self, cells: int) -> int:
        """Make the text that much wider, or narrower; tells how wide it may be now."""
        room = max(NARROWEST, self.size.width - 2 * MARGIN)
        self.widest = min(room, max(NARROWEST, min(self.widest, room) + cells))
        self.on_resize()
        return self.widest
