"""The headlines: a frozen list of articles, paged from the library as it is looked at."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING

from textual.message import Message

from reader.model.records import replace
from reader.model.scope import Scope
from reader.tui.drawing import Piece, fit
from reader.tui.frozen import CHUNK, PAGE, PART_S, Frozen, Kept, Snapshot, snapshot
from reader.tui.headline import headline
from reader.tui.sought import NOTHING_SOUGHT
from reader.tui.widgets.rows import RowList
from reader.tui.widgets.selection import Selection

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from reader.library import Library
    from reader.model.article import Headline
    from reader.model.change import ArticlesMarked
    from reader.tui.bridge import Bridge
    from reader.tui.themes import Look

MANY = 2_000
"""Marks on more articles than this are read again rather than told apart."""


class HeadlineList(RowList):
    """Articles of a scope, newest first. Marks change how rows look, never where they are."""

    class Rested(Message):
        """The cursor rests on an article, or there is none: the article pane follows."""

        def __init__(self, article_id: int | None) -> None:
            super().__init__()
            self.article_id = article_id

    class Opened(Message):
        """An article was opened."""

        def __init__(self, article_id: int) -> None:
            super().__init__()
            self.article_id = article_id

    class Arrived(Message):
        """The list has a new number of articles that it does not show yet."""

    def __init__(
        self,
        *,
        look: Look,
        bridge: Bridge,
        library: Library,
        clock: Callable[[], datetime],
    ) -> None:
        super().__init__(id="headlines", look=look)
        self.bridge = bridge
        self.library = library
        self.clock = clock
        self.scope = Scope()
        self.list = Frozen()
        self.waiting = 0
        self.filling = False
        self.selection = Selection()
        self.sought = NOTHING_SOUGHT
        self.stopped = False
        self._stop = threading.Event()
        self._fetching: set[int] = set()

    # --- what stands here

    @property
    def row_count(self) -> int:
        """How many articles are known to be in the list."""
        return len(self.list.ids)

    @property
    def current_id(self) -> int | None:
        """The article under the cursor."""
        return self.list.ids[self.cursor] if 0 <= self.cursor < len(self.list.ids) else None

    @property
    def current(self) -> Headline | None:
        """The row under the cursor, None while it is being fetched."""
        number = self.current_id
        return None if number is None else self.list.rows.get(number)

    @property
    def position(self) -> str:
        """Where the cursor is, such as ``3/120``; ``+`` while there may be more."""
        if not self.row_count:
            return ""
        return f"{self.cursor + 1}/{self.row_count}{'' if self.list.complete else '+'}"

    # --- filling

    def open(self, scope: Scope, *, keep: int | None = None, seek: str = "") -> None:
        """Show another list, or the same one anew; the old one stays until it is there."""
        self.filling = self.filling and scope == self.scope
        self.stop_looking()
        self.stopped = False
        self._stop = threading.Event()
        self.bridge.run("list", self._load, scope, keep, seek, self.current_id)

    def stop_looking(self) -> None:
        """Give up a search that runs: nobody waits for what it finds."""
        self.stopped = self.stopped or self.bridge.busy("list") or self.bridge.busy("ids")
        self._stop.set()
        self.bridge.cancel("list")
        self.bridge.cancel("ids")

    def keep_list(self) -> Kept:
        """Put the list aside."""
        return Kept(self.scope, self.list, self.cursor, self.top)

    def bring_back(self, kept: Kept) -> None:
        """Show a list that was put aside, exactly as it was."""
        self.stop_looking()
        self.stopped = False
        self.scope, self.list = kept.scope, kept.frozen
        self._fetching.clear()
        self.select_nothing()
        self.cursor, self.top = kept.cursor, kept.top
        self.redraw()
        if not self.list.complete:
            self._stop = threading.Event()
            self.bridge.run("ids", self._rest_of_ids, self.list)
        self.announce()

    async def _load(self, scope: Scope, keep: int | None, seek: str, before: int | None) -> None:
        stop = self._stop.is_set
        taken = await self.bridge.call(
            "read", snapshot, self.library, scope, keep=keep, seek=seek, stop=stop
        )
        here = self.current_id
        if scope == self.scope and here is not None and here != before and here in taken.ids:
            # Keys did not wait for the list: the cursor stays where they brought it.
            taken = replace(taken, at=taken.ids.index(here))
        self.stand_on(taken)
        self.announce()

    def stand_on(self, taken: Snapshot) -> None:
        """Show a snapshot, and fetch the rest of its ids in the background."""
        if taken.scope != self.scope:
            self.selection = Selection()
        self.scope = taken.scope
        self.list = Frozen(
            ids=taken.ids,
            rows={row.id: row for row in taken.headlines},
            part=taken.part,
            newest=taken.newest,
        )
        self._fetching.clear()
        self.waiting = 0
        self.top = 0
        self.cursor = -1
        self.redraw()
        self.move_to(taken.at, silent=True)
        if not self.list.complete:
            self.bridge.run("ids", self._rest_of_ids, self.list)

    def announce(self) -> None:
        """Let the article follow at once."""
        self.bridge.cancel("preview")
        self.post_message(self.Rested(self.current_id))

    async def _rest_of_ids(self, frozen: Frozen) -> None:
        stop = self._stop.is_set
        while frozen is self.list and not frozen.complete:
            part = await self.bridge.call(
                "read",
                self.library.list_part,
                self.scope,
                limit=CHUNK,
                before=frozen.part,
                seconds=PART_S,
                stop=stop,
            )
            known = len(frozen.ids)
            frozen.ids.extend(part.ids)
            frozen.part = None if part.complete else part
            if frozen is self.list:
                self._take_in(known)

    def _take_in(self, known: int) -> None:
        """Draw what was found beyond the ``known`` articles; those stay where they are."""
        self.redraw(range(known, min(self.row_count, self.top + self.size.height)))
        if not self.row_count:
            self.redraw()
        elif not known:
            self.move_to(0, silent=True)
            self.announce()
        self.post_message(self.Arrived())

    def _want(self, index: int) -> None:
        page = index // PAGE
        if page not in self._fetching:
            self._fetching.add(page)
            self.bridge.run(f"page {page}", self._fetch, self.list, page)

    async def _fetch(self, frozen: Frozen, page: int) -> None:
        start = page * PAGE
        ids = frozen.ids[start : start + PAGE]
        rows = await self.bridge.call("read", self.library.headlines, ids)
        if frozen is not self.list:
            return
        frozen.rows.update((row.id, row) for row in rows)
        frozen.gone.update(set(ids) - {row.id for row in rows})
        self._fetching.discard(page)
        self.redraw(range(start, start + len(ids)))

    # --- drawing

    def draw(self, index: int, cells: int) -> list[Piece] | None:
        """A row: unread or star mark, title, outlet where the list has several, date."""
        number = self.list.ids[index]
        row = self.list.rows.get(number)
        if row is None:
            if number in self.list.gone:
                return [(fit("  (no longer in the library)", cells), self.look.faint)]
            self._want(index)
            return None
        return headline(
            row,
            cells,
            look=self.look,
            now=self.clock(),
            selected=self.selection.holds(index, number),
            note=self.list.notes.get(number, ""),
            outlet=self.scope.feed_id is None,
            sought=self.sought,
        )

    # --- moving

    def moved(self) -> None:
        """Let the article follow once the cursor rests; fetch ahead of it."""
        self.filling = False
        self.redraw(self.selection.follow(self.cursor))
        self.bridge.run("preview", self._rest)
        for near in (self.cursor - PAGE // 4, self.cursor + PAGE // 4):
            if 0 <= near < self.row_count and self.list.ids[near] not in self.list.rows:
                self._want(near)

    async def _rest(self) -> None:
        await asyncio.sleep(self.bridge.pauses.preview)
        self.post_message(self.Rested(self.current_id))

    def open_row(self) -> None:
        """Open the article under the cursor."""
        number = self.current_id
        if number is not None:
            self.bridge.cancel("preview")
            self.post_message(self.Opened(number))

    # --- selecting

    @property
    def selected_count(self) -> int:
        """How many articles are selected."""
        chosen, ids = self.selection.chosen, self.list.ids
        return len(chosen) + sum(ids[index] not in chosen for index in self.selection.range)

    def end_range(self) -> None:
        """Keep what the range holds; it follows the cursor no more."""
        self.selection.end(self.list.ids)

    def select_nothing(self) -> None:
        """Let go of every selected article."""
        if self.selection:
            self.selection = Selection()
            self.redraw()

    async def find_unread(self, *, back: bool, around: bool) -> int | None:
        """The row of the nearest unread article above or below, None where there is none.

        ``around`` looks from the other end of the list. Rows at hand are looked at first;
        beyond a page that is not, the library is asked.
        """
        step = -1 if back else 1
        index = (self.row_count if back else -1) if around else self.cursor
        index += step
        asked = False
        while 0 <= index < self.row_count:
            row = self.list.rows.get(self.list.ids[index])
            if row is None and not asked:
                asked = True
                await self._fetch(self.list, index // PAGE)
                row = self.list.rows.get(self.list.ids[index])
            elif row is None:
                return await self._ask_unread(self.list.ids[index - step], back=back)
            if row is not None and row.unread:
                return index
            index += step
        return None

    async def _ask_unread(self, after: int | None, *, back: bool) -> int | None:
        """Ask the library, passing over what arrived after the list was frozen."""
        ids = self.list.ids
        for _ in range(MANY):
            after = await self.bridge.call(
                "read", self.library.next_unread, self.scope, after, back=back
            )
            if after is None or after in ids:
                return None if after is None else ids.index(after)
        return None

    # --- what happens to the library

    def apply_position(self, article_id: int, position: float) -> None:
        """Draw how far an article was read."""
        row = self.list.rows.get(article_id)
        if row is not None and row.position != position:
            self.list.rows[article_id] = replace(row, position=position)
            self._redraw_ids([article_id])

    def apply_marks(self, change: ArticlesMarked) -> None:
        """Draw marked rows as they are now."""
        rows = self.list.rows
        if len(change.ids) > MANY:
            rows.clear()
            self.redraw()
            return
        touched = [number for number in change.ids if number in rows]
        for number in touched:
            if change.mark == "read":
                rows[number] = replace(rows[number], unread=not change.value)
            elif change.mark == "starred":
                rows[number] = replace(rows[number], starred=change.value)
            else:
                rows[number] = replace(rows[number], hidden=change.value)
        self._redraw_ids(touched)

    def forget_rows(self, ids: tuple[int, ...] | None = None) -> None:
        """Fetch rows again: these, or all of them."""
        if ids is None or len(ids) > MANY:
            self.list.rows.clear()
            self.list.gone.clear()
            self.redraw()
            return
        for number in ids:
            self.list.rows.pop(number, None)
        self._redraw_ids(ids)

    def _redraw_ids(self, ids: list[int] | tuple[int, ...]) -> None:
        height = self.size.height
        window = self.list.ids[self.top : self.top + height]
        wanted = set(ids)
        for index in list(self._strips):
            if index < self.row_count and self.list.ids[index] in wanted:
                del self._strips[index]
        self.redraw([self.top + y for y, number in enumerate(window) if number in wanted])

    def count_arrivals(self) -> None:
        """Look, not too often, how many articles arrived that the list does not show."""
        if not self.bridge.busy("arrivals"):
            self.bridge.run("arrivals", self._count_arrivals)

    async def _count_arrivals(self) -> None:
        await asyncio.sleep(self.bridge.pauses.arrivals)
        self.filling = self.filling and self.cursor <= 0
        if not self.row_count or self.filling:
            # A list that began empty fills until the person takes it up.
            self.filling = True
            self.open(self.scope)
            return
        found = await self.bridge.call("read", self.library.new_since, self.scope, self.list.newest)
        if found != self.waiting:
            self.waiting = found
            self.post_message(self.Arrived())

    def end_filling(self) -> None:
        """Freeze a list that began empty, with what there is by now."""
        if self.filling:
            self.bridge.run("arrivals", self._end_filling)

    async def _end_filling(self) -> None:
        await self._count_arrivals()
        await self.bridge.settled("list")
        self.filling = False

    def refresh_list(self) -> None:
        """Take new arrivals into the list; the cursor stays with its article."""
        self.open(self.scope, keep=self.current_id)
