"""What a person does to articles: marks and their undo, links out of the reader, updates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.opening import Opener, opener_for, run
from reader.text.urls import openable, without_tracking
from reader.tui import opener
from reader.tui.bridge import Changed
from reader.tui.lending import terminal_lent
from reader.tui.screens.panes import Panes

if TYPE_CHECKING:
    from reader.model.change import ArticlesMarked, Change, JournalEntry, Mark


class Verbs(Panes):
    """Keys that ask the library for something; what comes back is drawn when it comes."""

    kept_unread: int | None = None
    """The article that was marked unread by key: reading on does not mark it again."""
    updating = False
    asked = False

    def mark_read(self, article_id: int) -> None:
        """Mark an article read, because it was opened or read on."""
        row = self.headlines.list.rows.get(article_id)
        if article_id == self.kept_unread or (row is not None and not row.unread):
            return
        self.bridge.change(self.library.mark, [article_id], "read", True)  # noqa: FBT003

    def action_article_toggle_read(self) -> None:
        """Mark the article under the cursor read, or unread."""
        row = self.headlines.current
        if row is not None:
            self.status.tell("")
            self.kept_unread = None if row.unread else row.id
            self.bridge.change(self.library.mark, [row.id], "read", row.unread)

    def action_article_toggle_star(self) -> None:
        """Star the article under the cursor, or take the star away."""
        row = self.headlines.current
        if row is not None:
            self.status.tell("")
            self.bridge.change(self.library.mark, [row.id], "starred", not row.starred)

    def action_list_mark_read(self) -> None:
        """Mark every article of this list read."""
        self.bridge.write(self._mark_list)

    async def _mark_list(self) -> None:
        frozen = self.headlines.list
        while not frozen.complete and self.bridge.busy("ids"):
            self.status.tell("Looking through the list…")
            await self.bridge.settled("ids")
        change = await self.bridge.call("write", self.library.mark, frozen.ids, "read", True)  # noqa: FBT003
        self.bridge.post(Changed(change))
        self.status.tell(told(change))

    def action_history_undo(self) -> None:
        """Take back the last change."""
        self.bridge.write(self._undo)

    def action_history_redo(self) -> None:
        """Do the change undone last again."""
        self.bridge.write(self._redo)

    async def _undo(self) -> None:
        self._tell_history(await self.bridge.call("write", self.library.undo), "Undone", "undo")

    async def _redo(self) -> None:
        self._tell_history(await self.bridge.call("write", self.library.redo), "Done again", "redo")

    def _tell_history(self, done: tuple[JournalEntry, Change] | None, verb: str, what: str) -> None:
        if done is None:
            self.status.tell(f"Nothing to {what}")
            return
        entry, change = done
        if entry.before:
            self.status.tell(
                f"Taken back already, by another session: {entry.label} · u goes further back"
            )
            return
        self.bridge.post(Changed(change))
        self.status.tell(f"{verb}: {entry.label}")

    # --- links

    def action_article_open_browser(self) -> None:
        """Open the article's page in the browser, or copy its link where there is none."""
        row = self.headlines.current
        if row is None:
            return
        if not row.link:
            self.status.tell("This article has no link")
        elif self.open_link(row.link):
            self.mark_read(row.id)

    def open_link(self, link: str) -> bool:
        """Open a link with its program or in the browser; where there is none, copy it.

        Tells whether it was opened.
        """
        if self.config.links.strip_tracking:
            link = without_tracking(link)
        chosen = opener_for(link, self.config.openers, player=self.config.media.player)
        if chosen is not None:
            self.open_with(chosen)
            return True
        why = opener.cannot_open(link)
        if why and openable(link):
            self.app.copy_to_clipboard(link)
            self.status.tell(f"{why}: the link is copied instead")
        elif why:
            self.status.tell(why)
        else:
            self.browse(link)
        return not why

    def browse(self, link: str) -> None:
        """Give a link to the browser; what may be opened was looked at before."""
        if not opener.needs_terminal():
            self.bridge.run("browser", self._open_in_browser, link)
            return
        with terminal_lent(self.app):
            opened = opener.open_own(link)
        if not opened:
            self.status.tell("The program in BROWSER could not open the link")

    def open_with(self, chosen: Opener, *, data: bytes = b"") -> None:
        """Run a program of the person's own; ``data`` goes to its standard input."""
        if chosen.beside:
            self.bridge.run("opener", self._run_beside, chosen, data)
            return
        with terminal_lent(self.app):
            problem = run(chosen, data=data)
        self.status.tell(problem)

    async def _run_beside(self, chosen: Opener, data: bytes) -> None:
        problem = await self.bridge.call("text", run, chosen, data=data)
        self.status.tell(problem or f"Opened with {chosen.arguments[0]}")

    async def _open_in_browser(self, link: str) -> None:
        opened = await self.bridge.call("text", opener.open_in_browser, link)
        self.status.tell("Opened in the browser" if opened else "No browser could be started")

    def action_article_copy_link(self) -> None:
        """Copy the article's link."""
        row = self.headlines.current
        if row is None:
            return
        if row.link:
            self.app.copy_to_clipboard(row.link)
        self.status.tell("Link copied" if row.link else "This article has no link")

    # --- updates

    def action_source_update(self) -> None:
        """Look for new articles in the feed of the list."""
        kind, number = self.place.row
        self.update(feed_ids=[number] if kind == "feed" else None, asked=True)

    def action_source_update_all(self) -> None:
        """Look for new articles everywhere."""
        self.update(feed_ids=None, asked=True)

    def update(self, *, feed_ids: list[int] | None, asked: bool) -> None:
        """Bring sources up to date in the background; keys go on.

        ``asked``: by the person, who is answered, and whatever was looked at just now.
        """
        if self.updating:
            self.status.tell("An update is running already")
            return
        self.updating = True
        self.asked = asked
        if asked:
            self.status.progress("Looking for news…")
        self.bridge.run("update", self._start_update, feed_ids)

    async def _start_update(self, feed_ids: list[int] | None) -> None:
        # In a thread because what updates are made of is imported there at the first one.
        changes = await self.bridge.call(
            "read", self.library.update, feed_ids=feed_ids, force=self.asked
        )
        self.bridge.follow(changes)


def told(change: ArticlesMarked) -> str:
    """A mark on a list in a sentence."""
    count = len(change.ids)
    names: dict[Mark, str] = {"read": "read", "starred": "starred", "hidden": "hidden"}
    if not count:
        return f"Everything here is {names[change.mark]} already"
    return f"Marked {count:,} {names[change.mark]} · u undoes"
