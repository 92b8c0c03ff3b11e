"""The main screen: wires the panes to each other and to what happens to the library."""

from __future__ import annotations

import asyncio
import gc
from typing import TYPE_CHECKING

from reader.model.change import (
    ArticlesMarked,
    ArticlesNotified,
    ArticlesStored,
    FeedsChanged,
    LibraryChanged,
    RulesMistaken,
    SavingFailed,
    TagsEdited,
    UpdateFinished,
    UpdateProgressed,
)
from reader.model.errors import SavingRefused
from reader.model.records import replace
from reader.tui import whereabouts
from reader.tui.arrangement import PANES, Pane
from reader.tui.keymap import bindings
from reader.tui.place import Place, row_key
from reader.tui.screens.behind import Behind
from reader.tui.screens.enclosed import Enclosed
from reader.tui.screens.feed_verbs import FeedVerbs
from reader.tui.screens.found import Found
from reader.tui.screens.painting import Painting
from reader.tui.screens.triage import Triage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from concurrent.futures import Future
    from datetime import datetime
    from pathlib import Path

    from reader.config import Config
    from reader.library import Library
    from reader.model.feed import FeedRow
    from reader.model.scope import Show
    from reader.model.tag import TagRow
    from reader.tui.bridge import Bridge, CallFailed, Changed
    from reader.tui.start import Start
    from reader.tui.themes import Look
    from reader.tui.widgets.article_view import ArticleView
    from reader.tui.widgets.feed_list import FeedList
    from reader.tui.widgets.headline_list import HeadlineList
    from reader.tui.widgets.tag_list import TagList


class MainScreen(FeedVerbs, Triage, Found, Enclosed, Behind, Painting):
    """Three panes, one place where the person stands, one library behind it."""

    BINDINGS = bindings("everywhere", without={"app"})

    def __init__(
        self,
        library: Library,
        config: Config,
        *,
        bridge: Bridge,
        look: Look,
        clock: Callable[[], datetime],
        session: dict[str, str],
        start: Future[Start],
        documents: Sequence[Path] = (),
        added: bool = False,
    ) -> None:
        super().__init__(library, config, bridge=bridge, look=look, clock=clock)
        self.session = session
        self.starting = start
        self.documents = documents
        self.added = added
        self._stale = False
        self._sort_tags = False
        self._last_progress = 0.0

    # --- the first and the last moment

    async def on_mount(self) -> None:
        """Show where the person left off; then follow what happens."""
        self.bridge.post = self.post_message
        start = await asyncio.wrap_future(self.starting)
        self.place = start.place
        self.feeds.set_rows(start.feeds)
        self.feeds.select(start.place.row)
        self.tags.set_rows(start.tags, sort=True)
        self.tags.set_chosen(start.place.tags)
        self.headlines.stand_on(start.headlines)
        self.tags.move_to(0, silent=True)
        self.zen = self.session.get("zen") == "1"
        panes: Iterator[Pane] = (pane for pane in PANES if pane == self.session.get("pane"))
        remembered: Pane = next(panes, "headlines")
        self.go_to("article" if self.zen else remembered)
        self._show_trouble()
        self.show_where()
        self.filled = True
        self.call_after_refresh(self._follow)

    def _follow(self) -> None:
        # What the start made stays: looking through it for garbage would stop the keys.
        gc.freeze()
        gc.enable()
        self.headlines.announce()
        # As a list that begins empty: what is in the folder shows as it is found.
        self.headlines.filling = self.added
        self._look_for_document()
        self.update(feed_ids=None, asked=False)
        self.bridge.run("watch", self._watch)

    async def _watch(self) -> None:
        await self.bridge.settled("update")
        self.bridge.follow(self.library.watch(), key="watch")

    def _look_for_document(self) -> None:
        if self.documents and not self.bridge.busy("document"):
            self.bridge.run("document", self._open_document, self.documents[0])

    async def _open_document(self, path: Path) -> None:
        found = await self.bridge.call("read", self.library.article_at, path)
        if found is not None:
            self.documents = ()
            self.read_when_there = True
            self.enter_place(Place(), keep=found)
            self.go_to("article")

    async def leave(self) -> None:
        """Save what is not saved yet, and let every write finish."""
        self.bridge.cancel("session")
        self.article.save_position()
        self.bridge.write(self._remember)
        await self.bridge.close()

    async def _remember_soon(self) -> None:
        await asyncio.sleep(self.bridge.pauses.remember)
        await self._remember()

    async def _remember(self) -> None:
        here = self.headlines.current_id
        values = {
            **self.kept_place.session(),
            "article": "" if here is None else str(here),
            "pane": self.left_at,
            "zen": "1" if self.zen else "",
        }
        if values != {key: self.session.get(key) for key in values}:
            self.session.update(values)
            await self.bridge.call("write", self.library.remember, values)

    # --- where the person is

    def show_where(self) -> None:
        """Say where the person is, and what an empty list means."""
        title = self.feeds.title_of(self.place.row)
        where = whereabouts.told(self.place, title, self.tags.names(self.place.tags))
        feeds = any(row.kind == "feed" for row in self.feeds.rows)
        self.headlines.notice = whereabouts.empty_list(
            self.place, feeds=feeds, looking=not self.headlines.list.complete
        )
        self.status.place(where, self.headlines.position, self.article.percent)
        waiting = self.headlines.waiting
        news = self.status.spell(f" {waiting:,} new · . shows them ") if waiting else ""
        self.mark_sought()
        self.rule.show(self.stretch, [(news, self.rule.look.accent)] if news else ())

    def read(self, article_id: int) -> None:
        """Show an article and mark it read: somebody reads it now."""
        self.headlines.filling = False
        if article_id != self.kept_unread:
            self.kept_unread = None
        self.article.show(article_id)
        self.mark_read(article_id)

    def go_back(self) -> bool:
        """One step back; False where there is none left."""
        if not self.headlines.selection:
            self.status.tell("")
        if self.stop_pictures() or self.leave_link():
            return True
        if self.pane == "article" and self.leave_body():
            return True
        if self.zen:
            self.action_view_zen()
        elif self.pane in {"headlines", "tags"} and self.let_go():
            pass
        elif self.pane in {"article", "tags"}:
            self.go_to("headlines", leaving=True)
        elif self.pane == "headlines":
            self.go_to("feeds", leaving=True)
        else:
            return False
        return True

    # --- what the panes say

    def on_feed_list_chosen(self, event: FeedList.Chosen) -> None:
        """Show the articles of a feed."""
        if row_key(event.row) != self.place.row:
            self.status.tell("")
            self.enter_place(self.place.at(event.row))
        if event.entered:
            self.go_to("headlines")

    def on_feed_list_folded(self, event: FeedList.Folded) -> None:
        """Keep a category folded or open."""
        self.bridge.change(self.library.collapse, event.category_id, event.collapsed)

    def on_tag_list_toggled(self, event: TagList.Toggled) -> None:
        """Filter by a tag, or no longer."""
        self.status.tell("")
        self.enter_place(self.place.with_tag(event.tag_id), keep=self.headlines.current_id)

    def on_headline_list_rested(self, event: HeadlineList.Rested) -> None:
        """Let the article follow the cursor."""
        if event.article_id != self.headlines.current_id:
            return
        if self.read_when_there and event.article_id is not None:
            self.read_when_there = False
            self.read(event.article_id)
        else:
            self.article.show(event.article_id)
        self.show_where()
        self.bridge.run("session", self._remember_soon)

    def on_headline_list_opened(self, event: HeadlineList.Opened) -> None:
        """Read an article."""
        self.status.tell("")
        self.read(event.article_id)
        self.go_to("article")

    def on_headline_list_arrived(self) -> None:
        """Say how many articles the list does not show, or how many it has."""
        self.show_where()

    def on_article_view_read(self, event: ArticleView.Read) -> None:
        """Mark the article read: it is being read on."""
        self.status.tell("")
        self.mark_read(event.article_id)

    def on_article_view_shown(self) -> None:
        """Say how far the article was read."""
        self.show_where()

    # --- what happens to the library

    def on_changed(self, message: Changed) -> None:
        """Draw what changed, whoever changed it."""
        self._show_trouble()
        match message.change:
            case ArticlesMarked() as change:
                self.headlines.apply_marks(change)
                if change.mark == "hidden":
                    self._read_again(change.ids)
                self.count_soon()
            case TagsEdited(ids=ids):
                self.headlines.forget_rows(ids)
                self._read_again(ids)
                self.count_soon()
            case ArticlesStored() as change:
                self.headlines.forget_rows(change.changed + change.gone)
                self._read_again(change.changed)
                self._look_for_document()
                self.headlines.count_arrivals()
                self.count_soon()
            case UpdateProgressed() as change:
                self._show_progress(change)
            case UpdateFinished() as change:
                self._finish_update(change)
            case LibraryChanged():
                self.headlines.forget_rows()
                self.headlines.count_arrivals()
                self.count_soon()
            case FeedsChanged():
                self.count_soon()
            case ArticlesNotified() as change:
                self.notify_of(change)
            case RulesMistaken(problems=problems):
                self.rules_mistaken(problems)
                self._show_trouble()
            case SavingFailed(problem=problem):
                self.status.trouble(problem)
            case _:
                pass

    def _show_trouble(self) -> None:
        """Say what is wrong for as long as it is: a full disk may have room again."""
        self.status.trouble(self.library.saving_problem or self.wrong_keys or self.wrong_rules)

    def _read_again(self, ids: tuple[int, ...]) -> None:
        if self.article.article_id in ids:
            self.article.again()

    def _show_progress(self, change: UpdateProgressed) -> None:
        now = asyncio.get_running_loop().time()
        if now - self._last_progress > self.bridge.pauses.busy / 2:
            self._last_progress = now
            self.status.progress(f"{change.done:,}/{change.total:,} {change.title}")

    def _finish_update(self, change: UpdateFinished) -> None:
        self.updating = False
        self.headlines.end_filling()
        self.status.progress("")
        parts = [f"{change.new:,} new"] if change.new else []
        parts += [f"{change.changed:,} changed"] if change.changed else []
        if change.failed:
            parts.append(f"failed: {change.failed[0].title} ({change.failed[0].problem})")
            if len(change.failed) > 1:
                parts.append(f"{len(change.failed) - 1} more failed")
        notice = self.take_notice()
        if parts:
            self.status.tell(" · ".join(filter(None, (", ".join(parts), notice))))
        elif self.asked:
            self.status.tell("Nothing new")
        self.count_soon()
        self.look_behind()

    def count_soon(self) -> None:
        """Bring the counts of feeds and tags up to date, not too often."""
        self._stale = True
        if not self.bridge.busy("counts"):
            self.bridge.run("counts", self._count)

    async def _count(self) -> None:
        while self._stale:
            pauses = self.bridge.pauses
            await asyncio.sleep(pauses.busy if self.updating else pauses.counts)
            self._stale = False
            feeds, tags = await self.bridge.call("read", self._rows)
            self.feeds.set_rows(feeds)
            self.tags.set_rows(tags, sort=self._sort_tags)
            self._sort_tags = False
        self.show_where()

    def _rows(self) -> tuple[tuple[FeedRow, ...], tuple[TagRow, ...]]:
        return self.library.feed_rows(), self.listed_tags()

    def on_call_failed(self, message: CallFailed) -> None:
        """Say what went wrong; reading goes on."""
        if isinstance(message.error, SavingRefused):
            self.status.trouble(str(message.error))
            return
        self.updating = False
        self.status.progress("")
        self.log.error(message.error)
        wrong = "" if message.expected else f"Something went wrong: {type(message.error).__name__} "
        self.status.tell(f"{wrong}{message.error}")

    # --- keys

    def _show(self, show: Show) -> None:
        if show != self.place.show:
            self.status.tell("")
            keep = self.headlines.current_id
            self.enter_place(replace(self.place, show=show), keep=keep)

    def action_show_all(self) -> None:
        """Show read and unread articles."""
        self._show("all")

    def action_show_unread(self) -> None:
        """Show unread articles only."""
        self._show("unread")

    def action_show_starred(self) -> None:
        """Show starred articles only."""
        self._show("starred")

    def action_list_refresh(self) -> None:
        """Take new articles into the list."""
        self.headlines.refresh_list()
        self._sort_tags = True
        self.count_soon()

    def action_view_zen(self) -> None:
        """The article alone, or all panes again."""
        self.zen = not self.zen
        if self.zen:
            self.before_zen = self.pane
            self.go_to("article")
        else:
            self.go_to(self.before_zen)

    before_zen: Pane = "headlines"

    def action_view_theme(self) -> None:
        """Choose other colours."""
        self.app.search_themes()
