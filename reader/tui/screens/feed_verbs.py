"""What a person does to feeds and categories: add, settle, move, pause, remove, look after."""

from __future__ import annotations

from functools import partial
from itertools import count
from typing import TYPE_CHECKING

from reader.model.change import Change, FeedsChanged, UpdateFinished
from reader.model.records import replace
from reader.text.terminal import clean_line
from reader.text.width import truncate
from reader.tui.aside import aside
from reader.tui.bridge import CallFailed, Changed
from reader.tui.place import RowKey, row_key
from reader.tui.screens.verbs import Verbs
from reader.tui.screens.walking import Walking

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from reader.model.feed import FeedRow
    from reader.model.subscription import Wanted
    from reader.model.transfer import ImportReport
    from reader.tui.screens.add import Addition
    from reader.tui.screens.health import HealthScreen, Wish

OWN_SMART = 100
"""Smart feeds whose rows are numbered from here are a person's own."""
TITLE_CELLS = 32
"""A title in what is said takes no more room than this."""
WHICH = "Go to a feed or category in the feed list first"


class FeedVerbs(Walking, Verbs):
    """The keys of the feed list. The screens they open say what is wanted, here it is done."""

    health: HealthScreen | None = None
    _brought = count()

    # --- which row

    @property
    def row_here(self) -> FeedRow | None:
        """The row of the feed list that keys are about; in a mixed list the article's feed."""
        if self.pane == "feeds":
            return self.feeds.current
        row = self._row(self.place.row)
        head = self.headlines.current
        if row is not None and row.kind != "feed" and head is not None:
            return self._row(("feed", head.feed_id)) or row
        return row

    def _row(self, key: RowKey) -> FeedRow | None:
        return next((row for row in self.feeds.rows if row_key(row) == key), None)

    def _category_at(self, row: FeedRow) -> tuple[str, ...]:
        """The category that a row is or stands in, as titles from the top."""
        path: list[FeedRow] = []
        for other in self.feeds.rows:
            path = [*(above for above in path if above.depth < other.depth), other]
            if row_key(other) == row_key(row):
                break
        return tuple(above.title for above in path if above.kind == "category")

    # --- adding

    def action_source_add(self) -> None:
        """Look for something to add."""
        from reader.tui.screens.add import AddScreen

        row = self.feeds.current if self.pane == "feeds" else None
        category = self._category_at(row) if row else ()
        look = self.status.look
        screen = AddScreen(self.library, bridge=self.bridge, look=look, category=category)
        self.app.push_screen(screen, self._add)

    def _add(self, wanted: Addition | None) -> None:
        if wanted is None:
            return
        if wanted.path is None:
            self.bridge.write(partial(self._add_feeds, wanted.feeds))
        elif wanted.preview is not None and wanted.preview.kind in {"opml", "newsboat"}:
            self.status.progress("Reading the list…")
            self.bridge.write(partial(self._import, wanted.path))
        else:
            self.bridge.write(partial(self._add_path, wanted.path))

    async def _add_feeds(self, wanted: Sequence[Wanted]) -> None:
        done = await self.bridge.call("write", self.library.add_feeds, wanted)
        await self._rows_changed()
        if len(done) == 1:
            self._go_to_feed(done[0][0])
        new = [feed_id for feed_id, is_new in done if is_new]
        if new:
            what = "1 feed" if len(new) == 1 else f"{len(new):,} feeds"
            self.say(f"Added {what}, fetching… · u takes it back")
            self._bring("", feed_ids=new)
        else:
            self.say("You follow this already")

    async def _add_path(self, path: Path) -> None:
        source = await self.bridge.call("write", self.library.add_folder, path)
        if await self.bridge.call("ask", path.is_file):
            self.documents = (path,)
        self.say(f"Added {truncate(clean_line(path.name), TITLE_CELLS)}, reading…")
        self._bring(path.name, source_ids=[source.id])

    documents: Sequence[Path] = ()

    async def _import(self, path: Path) -> None:
        async def read() -> ImportReport:
            report = self.library.import_path(path)
            if report.rules:
                from reader.paths import paths

                self.library.add_rules(paths().config.with_name("rules.toml"), report.rules)
            return report

        try:
            report = await aside(read)
        finally:
            self.status.progress("")
        await self._rows_changed()
        self.say(told(report))
        if report.added:
            self._bring("", feed_ids=report.added)

    # --- updating some feeds while others may be on their way

    def _bring(
        self,
        title: str,
        *,
        feed_ids: Sequence[int] | None = None,
        source_ids: Sequence[int] | None = None,
    ) -> None:
        """Fetch feeds, or read folders, at once; an update that is running goes on."""
        self.bridge.run(
            f"bring {next(self._brought)}", self._fetch_feeds, title, feed_ids, source_ids
        )

    async def _fetch_feeds(
        self, title: str, feed_ids: Sequence[int] | None, source_ids: Sequence[int] | None
    ) -> None:
        changes = await self.bridge.call(
            "read", self.library.update, feed_ids=feed_ids, source_ids=source_ids, force=True
        )
        async for change in changes:
            if not isinstance(change, UpdateFinished):
                self.bridge.post(Changed(change))
                continue
            if not self.updating:
                self.status.progress("")
            self.say(brought(change, title))
        if self.health is not None:
            self.health.look_again()

    # --- the row of a feed or category

    def action_feed_settings(self) -> None:
        """Change what is set for the feed, or rename the category."""
        row = self.row_here
        if row is None or (row.kind == "smart" and row.id < OWN_SMART):
            self.say(WHICH)
        elif row.kind == "feed":
            self._open_settings(row.id)
        else:
            self._rename(row)

    def _open_settings(self, feed_id: int) -> None:
        from reader.tui.screens.feed_settings import FeedSettingsScreen

        look = self.status.look
        self.app.push_screen(
            FeedSettingsScreen(self.library, feed_id, bridge=self.bridge, look=look)
        )

    def _rename(self, row: FeedRow) -> None:
        from reader.tui.screens.choose import ChooseScreen

        def take(title: str | None) -> None:
            if title and title != row.title:
                verb: Callable[[], Change] = partial(self.library.name_category, row.id, title)
                if row.kind == "smart":
                    verb = partial(self.library.change_smart, row.id, title=title)
                self._edit(verb, f"Renamed {named(row)} · u takes it back")

        screen = ChooseScreen(look=self.status.look, title=f"Rename {row.title}", typed=row.title)
        self.app.push_screen(screen, take)

    def action_feed_move(self) -> None:
        """Put the feed or category into another category."""
        row = self.row_here
        if row is None or row.kind == "smart":
            self.say(WHICH)
        else:
            self.bridge.run("categories", self._choose_category, row)

    async def _choose_category(self, row: FeedRow) -> None:
        from reader.tui.screens.choose import ChooseScreen, category_of, of_categories

        inside = self._category_at(row)
        categories = await self.bridge.call("read", self.library.categories)
        if row.kind == "category":
            categories = [path for path in categories if path[: len(inside)] != inside]

        def take(value: str | None) -> None:
            if value is None:
                return
            path = category_of(value)
            verb = self.library.move_feed if row.kind == "feed" else self.library.move_category
            where = " / ".join(path) or "the top"
            self._edit(
                partial(verb, row.id, path), f"Moved {named(row)} to {where} · u takes it back"
            )

        screen = ChooseScreen(
            look=self.status.look,
            title=f"Move {row.title} to",
            choices=of_categories(categories),
            new="new; A / B is B in A",
        )
        self.app.push_screen(screen, take)

    def action_feed_pause(self) -> None:
        """Stop fetching the feed, or go on."""
        row = self.row_here
        if row is None or row.kind != "feed":
            self.say(WHICH)
        else:
            self.bridge.write(partial(self._pause, row))

    async def _pause(self, row: FeedRow) -> None:
        every = await self.bridge.call("read", self.library.all_feeds)
        if any(feed.id == row.id and feed.source_kind == "folder" for feed in every):
            self.say("A folder is not fetched; there is nothing to pause")
            return
        told = f"Fetching {named(row)} again" if row.paused else f"Paused {named(row)} · P goes on"
        await self._change(partial(self.library.pause_feed, row.id, paused=not row.paused), told)

    def action_feed_remove(self) -> None:
        """Stop following the feed, or take the category away."""
        row = self.row_here if self.pane == "feeds" else self._row(self.place.row)
        if row is None or (row.kind == "smart" and row.id < OWN_SMART):
            self.say(WHICH)
        else:
            self._remove(row)

    def _remove(self, row: FeedRow) -> None:
        if row.kind == "feed":
            told = f"Removed {named(row)} · u brings it back, articles too"
            self._edit(partial(self.library.remove_feed, row.id), told)
        elif row.kind == "category":
            told = f"Removed {named(row)}, what was in it moved up · u brings it back"
            self._edit(partial(self.library.remove_category, row.id), told)
        else:
            told = f"Removed {named(row)} · u brings it back"
            self._edit(partial(self.library.remove_smart, row.id), told)

    def _edit(self, verb: Callable[[], Change], told: str) -> None:
        self.bridge.write(partial(self._change, verb, told))

    async def _change(self, verb: Callable[[], Change], told: str) -> None:
        self.bridge.post(Changed(await self.bridge.call("write", verb)))
        self.say(told)

    async def _rows_changed(self) -> None:
        """Read the feed list again; who stood in what is gone stands at its neighbour."""
        self.feeds.set_rows(await self.bridge.call("read", self.library.feed_rows))
        here = self.feeds.current
        if self._row(self.place.row) is None and here is not None:
            self.enter_place(replace(self.place, tags=(), typed="").at(here))

    def _go_to_feed(self, feed_id: int) -> None:
        row = self._row(("feed", feed_id))
        if row is None:
            return
        self.feeds.select(row_key(row))
        show = "all" if self.place.show == "starred" else self.place.show
        self.enter_place(replace(self.place, tags=(), typed="", show=show).at(row))
        self.zen = False
        self.go_to("headlines")

    # --- feed health

    def action_feed_health(self) -> None:
        """Show how every web feed is doing."""
        from reader.tui.screens.health import HealthScreen

        self.health = HealthScreen(
            self.library,
            bridge=self.bridge,
            look=self.status.look,
            clock=self.headlines.clock,
            ask=self._health_asks,
        )
        self.app.push_screen(self.health, self._leave_health)

    def _leave_health(self, feed_id: int | None) -> None:
        self.health = None
        if feed_id is not None:
            self.status.tell("")
            self._go_to_feed(feed_id)

    def _health_asks(self, wish: Wish, feed_id: int) -> None:
        row = self._row(("feed", feed_id))
        if wish == "add":
            self.action_source_add()
        elif wish in {"undo", "redo"}:
            self.bridge.write(partial(self._take_back, redo=wish == "redo"))
        elif wish == "update all":
            self.update(feed_ids=None, asked=True)
        elif row is None:
            return
        elif wish == "update":
            self._bring(row.title, feed_ids=[feed_id])
        elif wish == "settings":
            self._open_settings(feed_id)
        elif wish == "move":
            self.bridge.run("categories", self._choose_category, row)
        elif wish == "pause":
            self.bridge.write(partial(self._pause, row))
        else:
            self._remove(row)

    async def _take_back(self, *, redo: bool) -> None:
        await (self._redo() if redo else self._undo())
        self.say(self.status.message)

    # --- what is said

    def say(self, message: str) -> None:
        """Say what was done where the person looks."""
        self.status.tell(message)
        if self.health is not None:
            self.health.say(message)

    def on_changed(self, message: Changed) -> None:
        """Follow what was done to the feed list, also by undo."""
        change = message.change
        if self.health is not None:
            self.health.changed(change)
        if isinstance(change, FeedsChanged) and change.journal_id:
            self.bridge.run("rows", self._rows_changed)

    def on_call_failed(self, message: CallFailed) -> None:
        """Say what went wrong where the person looks."""
        from reader.tui.screens.form import Form

        if isinstance(self.app.screen, Form):
            self.app.screen.failed(message.error)


def named(row: FeedRow) -> str:
    """A row's title, so short that what is said of it can be read in 80 columns."""
    return truncate(row.title, TITLE_CELLS)


def told(report: ImportReport) -> str:
    """What an import did, in a line."""
    feeds = "1 feed" if len(report.added) == 1 else f"{len(report.added):,} feeds"
    parts = [f"Added {feeds}"]
    parts += [f"{len(report.known):,} followed already"] if report.known else []
    parts += [f"{len(report.refused):,} refused"] if report.refused else []
    parts += [f"{report.articles:,} articles"] if report.articles else []
    parts += [f"{len(report.rules):,} rules"] if report.rules else []
    undo = (
        f" · u takes {'it' if len(report.added) == 1 else 'them'} back"
        if report.added and not report.articles
        else ""
    )
    return ", ".join(parts) + undo


def brought(finished: UpdateFinished, title: str) -> str:
    """What fetching some feeds brought, in a line."""
    if finished.failed:
        first = finished.failed[0]
        more = f" ({len(finished.failed) - 1} more failed)" if len(finished.failed) > 1 else ""
        return f"{first.title}: {first.problem} {first.advice}{more}"
    where = f" in {title}" if title else ""
    return f"{finished.new:,} new{where}" if finished.new else f"Nothing new{where}"
