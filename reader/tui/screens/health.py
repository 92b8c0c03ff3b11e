"""Feed health: how every web feed is doing, the failing ones first, and what to do about it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar, Literal

from textual.binding import Binding, BindingType
from textual.message import Message

from reader.model.change import (
    Change,
    FeedsChanged,
    LibraryChanged,
    UpdateFinished,
    UpdateProgressed,
)
from reader.text.width import width
from reader.tui.drawing import Piece, fit
from reader.tui.keymap import bindings
from reader.tui.screens.form import Form
from reader.tui.spans import ago, span, until
from reader.tui.widgets.bar import Bar
from reader.tui.widgets.notes import Notes
from reader.tui.widgets.rows import RowList

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from textual.widget import Widget

    from reader.library import Library
    from reader.model.feed import FeedHealth
    from reader.tui.bridge import Bridge
    from reader.tui.themes import Look

Wish = Literal["update", "update all", "settings", "move", "pause", "remove", "undo", "redo", "add"]
"""What is wanted of a feed, or of all."""
GAP = 2
AGO_CELLS, CADENCE_CELLS, NEXT_CELLS, SAME_CELLS = 12 + GAP, 9 + GAP, 11 + GAP, 9 + GAP
WIDE, MEDIUM = 110, 70
HINT = "Enter goes there  r fetches  e settings  M moves  P pauses  D unsubscribes"
ROOM_FOR_DETAIL = 14


class HealthList(RowList):
    """A feed in each row."""

    class Moved(Message):
        """The cursor stands on another feed."""

    class Opened(Message):
        """A feed was opened."""

    def __init__(self, *, look: Look, clock: Callable[[], datetime]) -> None:
        super().__init__(id="list", look=look)
        self.clock = clock
        self.feeds: tuple[FeedHealth, ...] = ()

    @property
    def row_count(self) -> int:
        """How many web feeds there are."""
        return len(self.feeds)

    @property
    def current(self) -> FeedHealth | None:
        """The feed under the cursor."""
        return self.feeds[self.cursor] if 0 <= self.cursor < len(self.feeds) else None

    def show(self, feeds: Sequence[FeedHealth]) -> None:
        """Show how feeds are doing; the cursor stays with its feed."""
        here = self.current
        self.feeds = tuple(feeds)
        self.redraw()
        ids = [feed.feed_id for feed in self.feeds]
        known = here is not None and here.feed_id in ids
        place = ids.index(here.feed_id) if here and known else max(0, self.cursor)
        self.move_to(place, silent=True)

    def draw(self, index: int, cells: int) -> list[Piece]:
        """A feed: whether it fails, its title, and as much more as fits."""
        feed, look, now = self.feeds[index], self.look, self.clock()
        mark: Piece = (f"{sign(feed)} ", look.error if feed.problem else look.muted)
        style = look.text if feed.problem else look.muted
        if cells < MEDIUM:
            told = feed.problem or ago(feed.last_succeeded, now)
            title = min(width(feed.title) + 2, cells // 2)
            return [
                mark,
                (f"{fit(feed.title, title - 2)}  ", look.text),
                (fit(told, cells - title - 2), style),
            ]
        columns = [(fit(ago(feed.last_succeeded, now), AGO_CELLS), look.muted)]
        if cells >= WIDE:
            columns += [
                (fit(cadence(feed) or "–", CADENCE_CELLS), look.muted),
                (fit(next_try(feed, now), NEXT_CELLS), look.muted),
                (fit(unchanged(feed), SAME_CELLS), look.muted),
            ]
        room = cells - 2 - sum(width(text) for text, _ in columns)
        title = room * 2 // 5
        problem: Piece = (fit(feed.problem, room - title), look.error)
        name: Piece = (fit(feed.title, title - GAP) + " " * GAP, look.text)
        return [mark, name, *columns, problem]

    def header(self, cells: int) -> list[Piece]:
        """What the columns are, for the line above them."""
        if cells < MEDIUM:
            return []
        names = [("last success", AGO_CELLS)]
        if cells >= WIDE:
            names += [("new every", CADENCE_CELLS), ("next try", NEXT_CELLS)]
            names += [("unchanged", SAME_CELLS)]
        room = cells - 2 - sum(size for _, size in names)
        pieces = [(fit("   feed", 3 + room * 2 // 5), self.look.faint)]
        pieces += [(fit(name, size), self.look.faint) for name, size in names]
        return [*pieces, (fit("problem", room - room * 2 // 5), self.look.faint)]

    def moved(self) -> None:
        """Say so."""
        self.post_message(self.Moved())

    def open_row(self) -> None:
        """Open the feed under the cursor."""
        self.post_message(self.Opened())


class HealthScreen(Form[int]):
    """The list, and all about the feed under the cursor. Gives the id of a feed to go to.

    ``ask`` takes what else is wanted: keys do here what they do in the feed list.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("everywhere", nouns={"feed", "history", "source"}),
        Binding("q", "leave", show=False),
    ]

    def __init__(
        self,
        library: Library,
        *,
        bridge: Bridge,
        look: Look,
        clock: Callable[[], datetime],
        ask: Callable[[Wish, int], None],
    ) -> None:
        super().__init__(name="health", look=look, title="Feed health")
        self.library = library
        self.bridge = bridge
        self.clock = clock
        self.ask = ask
        self.columns = Bar(id="columns", look=look, rule=True)
        self.list = HealthList(look=look, clock=clock)
        self.rule = Bar(id="rule", look=look, rule=True)
        self.detail = Notes(id="detail", look=look)
        self._stale = False

    def body(self) -> list[Widget]:
        """The list, and what is known of the feed under the cursor."""
        return [self.columns, self.list, self.rule, self.detail]

    def on_mount(self) -> None:
        """Read how the feeds are doing."""
        self.set_focus(self.list)
        self.say("")
        self.look_again()

    def on_unmount(self) -> None:
        """Let go of what is being read."""
        self.bridge.cancel("health")

    def on_resize(self) -> None:
        """Leave the details out where there is no room."""
        header = self.list.header(self.app.size.width - 1)
        self.columns.show(header, ())
        self.columns.display = bool(header and self.list.row_count)
        self.show_detail()

    def say(self, message: str) -> None:
        """Say what is going on; "" for the keys that help here."""
        self.tell(message or HINT)

    def changed(self, change: Change) -> None:
        """Something happened to the library."""
        if isinstance(change, UpdateProgressed):
            self.say(f"{change.done:,}/{change.total:,} {change.title}")
        elif isinstance(change, UpdateFinished):
            failed = f", {len(change.failed):,} failed" if change.failed else ""
            self.say(f"{change.new:,} new{failed}")
            self.look_again()
        elif isinstance(change, FeedsChanged | LibraryChanged):
            self.look_again()

    def look_again(self) -> None:
        """Read how the feeds are doing now; once more after that, where more happened."""
        self._stale = True
        if not self.bridge.busy("health"):
            self.bridge.run("health", self._load)

    async def _load(self) -> None:
        while self._stale:
            self._stale = False
            self._show(await self.bridge.call("read", self.library.feed_health))
            await asyncio.sleep(self.bridge.pauses.counts)

    def _show(self, feeds: Sequence[FeedHealth]) -> None:
        failing = sum(bool(feed.problem) for feed in feeds)
        told = f"{failing:,} of {len(feeds):,} feeds have a problem" if failing else "All is well"
        look = self.look
        right: list[Piece] = [(f"{told} ", look.error if failing else look.bar)] if feeds else []
        self.heading.show([(" Feed health", look.text)], right)
        self.list.notice = ("No web feeds yet.", "a adds one.")
        self.list.show(feeds)
        self.on_resize()

    def on_health_list_moved(self) -> None:
        """Say more about the feed under the cursor."""
        self.say("")
        self.show_detail()

    def on_health_list_opened(self) -> None:
        """Go to the feed."""
        here = self.list.current
        if here is not None:
            self.dismiss(here.feed_id)

    def show_detail(self) -> None:
        """All about the feed under the cursor."""
        here = self.list.current
        room = self.app.size.height >= ROOM_FOR_DETAIL
        self.detail.display = self.rule.display = here is not None and room
        self.detail.show(details(here, self.clock(), self.look) if here else ())

    # --- keys

    def _wish(self, wish: Wish) -> None:
        here = self.list.current
        if here is not None:
            self.ask(wish, here.feed_id)

    def action_source_update(self) -> None:
        """Fetch the feed under the cursor, whether it is due or not."""
        self._wish("update")

    def action_source_update_all(self) -> None:
        """Fetch every feed."""
        self.ask("update all", 0)

    def action_source_add(self) -> None:
        """Add another feed."""
        self.ask("add", 0)

    def action_feed_settings(self) -> None:
        """Open the settings of the feed under the cursor."""
        self._wish("settings")

    def action_feed_move(self) -> None:
        """Put the feed under the cursor into another category."""
        self._wish("move")

    def action_feed_pause(self) -> None:
        """Pause the feed under the cursor, or go on."""
        self._wish("pause")

    def action_feed_remove(self) -> None:
        """Stop following the feed under the cursor."""
        self._wish("remove")

    def action_history_undo(self) -> None:
        """Take back the last change."""
        self.ask("undo", 0)

    def action_history_redo(self) -> None:
        """Do again what was taken back."""
        self.ask("redo", 0)

    def action_feed_health(self) -> None:
        """This is it: the key that led here leads back."""
        self.action_leave()


def sign(feed: FeedHealth) -> str:
    """How a feed is doing, in one character."""
    return "!" if feed.problem else "=" if feed.paused else " "


def cadence(feed: FeedHealth) -> str:
    """How much time lies between its articles, "" where that is not known."""
    return span(feed.cadence_s).removeprefix("1 ") if feed.cadence_s else ""


def next_try(feed: FeedHealth, now: datetime) -> str:
    """When it is fetched next."""
    if feed.paused:
        return "paused"
    if feed.retired:
        return "no more"
    return until(feed.next_due, now) if feed.next_due else "now"


def unchanged(feed: FeedHealth) -> str:
    """In how many of its answers nothing had changed."""
    return f"{100 * feed.unchanged // feed.fetches}%" if feed.fetches else "–"


def details(feed: FeedHealth, now: datetime, look: Look) -> list[Piece]:
    """All about a feed in sentences."""
    notes: list[Piece] = []
    if feed.problem:
        notes.append((feed.problem, look.error))
    if feed.advice:
        notes.append((feed.advice, look.text))
    notes.append((history(feed, now), look.text))
    notes.append((habits(feed), look.muted))
    notes.append((feed.url, look.primary))
    return notes


def history(feed: FeedHealth, now: datetime) -> str:
    """What was tried and when, and what comes next."""
    if feed.last_tried is None:
        return f"Not tried yet, {_next(feed, now)}."
    tried = f"tried {ago(feed.last_tried, now)}, {_next(feed, now)}."
    failures = f"{feed.failures:,} failure{'' if feed.failures == 1 else 's'}"
    if feed.last_succeeded is None:
        return f"No success yet, {failures}; {tried}"
    success = f"Last success {ago(feed.last_succeeded, now)}"
    return f"{success}, then {failures}; {tried}" if feed.failures else f"{success}; {tried}"


def _next(feed: FeedHealth, now: datetime) -> str:
    if feed.paused:
        return "now paused"
    return "no next one" if feed.retired else f"next {next_try(feed, now)}"


def habits(feed: FeedHealth) -> str:
    """How much a feed publishes, and how often it was asked in vain."""
    often = f"a new one every {cadence(feed)}" if feed.cadence_s else "its pace is not known yet"
    count = f"{feed.articles:,} article{'' if feed.articles == 1 else 's'}"
    answers = f"{feed.fetches:,} answer{'' if feed.fetches == 1 else 's'}"
    same = f"{feed.unchanged:,} of {answers} unchanged ({unchanged(feed)})"
    return f"{count}, {often}; {same if feed.fetches else 'no answer yet'}."
