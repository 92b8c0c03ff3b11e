"""What a person does inside an article: its links and headings as lists, its width."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.text.terminal import SafeText
from reader.text.urls import openable
from reader.tui.screens.hinting import NO_ARTICLE
from reader.tui.screens.linked import LinkedPages
from reader.tui.widgets.marked_article import NARROWEST

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from reader.text.blocks import Link
    from reader.text.outline import OutlineEntry
    from reader.tui.reading import Reading

WIDTH_STEP = 4
WIDEST = 400


class ArticleVerbs(LinkedPages):
    """Keys about the article in the pane, wherever the focus is."""

    session: dict[str, str]

    async def on_mount(self) -> None:
        """Take the width that was chosen by key, if one was."""
        chosen = self.session.get("article_width", "")
        if chosen.isdigit():
            self.article.widest = max(NARROWEST, min(int(chosen), WIDEST))

    def _with_all(self, work: Callable[[Reading], Awaitable[None]]) -> None:
        """Do ``work`` on the article in the pane, once all of it is converted."""
        reading = self.article.reading
        if reading is None or not self.article.display:
            self.status.tell(NO_ARTICLE)
        else:
            self.bridge.run("whole", self._wait_for_all, reading, work)

    async def _wait_for_all(
        self, reading: Reading, work: Callable[[Reading], Awaitable[None]]
    ) -> None:
        if not reading.complete:
            await self.bridge.settled("article")
        if self.article.reading is reading:
            await work(reading)

    # --- links

    def action_article_list_links(self) -> None:
        """List all links of the article."""
        self._with_all(self._list_links)

    async def _list_links(self, reading: Reading) -> None:
        from reader.text.blocks import Link
        from reader.tui.screens.links import LinksScreen

        links = list(reading.document.links)
        comments = reading.stored.content.comments
        if comments:
            links.append(Link(len(links), comments, SafeText("Comments"), openable(comments)))
        if not links:
            self.status.tell("This article has no links")
            return
        look = self.article.look
        screen = LinksScreen(look, links, here=self.read_here, later=self.read_later)
        self.app.push_screen(screen, self._took_link)

    def _took_link(self, link: Link | None) -> None:
        if link is not None:
            self.follow(link)

    # --- contents

    def action_article_contents(self) -> None:
        """Show the article's headings."""
        self._with_all(self._list_headings)

    async def _list_headings(self, reading: Reading) -> None:
        from reader.tui.screens.contents import ContentsScreen

        entries = await self.bridge.call("text", _headings, reading)
        if not entries:
            self.status.tell("This article has no headings")
            return
        block = reading.lines[self.article.top].block if reading.lines else 0
        at = max((i for i, entry in enumerate(entries) if entry.block <= block), default=0)
        screen = ContentsScreen(self.article.look, entries, at=at, name="contents")
        self.app.push_screen(screen, self._took_heading)

    def _took_heading(self, entry: OutlineEntry | None) -> None:
        reading = self.article.reading
        if entry is None or reading is None:
            return
        self.go_to("article")
        starts = (i for i, line in enumerate(reading.lines) if line.block == entry.block)
        # A block begins with the empty line above it.
        for index in starts:
            if reading.lines[index].text.strip():
                self.article.scroll_by(index - self.article.top)
                return

    # --- what is wider than the pane

    def action_article_scroll_right(self) -> None:
        """The part of wide lines that is out of sight at the right."""
        self._scroll_sideways(1, "Nothing here goes on at the right")

    def action_article_scroll_left(self) -> None:
        """Back to the beginning of wide lines."""
        self._scroll_sideways(-1, "Nothing here goes on at the left")

    def _scroll_sideways(self, step: int, nothing: str) -> None:
        if self.article.reading is None or not self.article.display:
            self.status.tell(NO_ARTICLE)
        else:
            self.status.tell("" if self.article.scroll_sideways(step) else nothing)

    # --- width

    def action_article_narrower(self) -> None:
        """Shorter lines."""
        self._widen(-WIDTH_STEP)

    def action_article_wider(self) -> None:
        """Longer lines."""
        self._widen(WIDTH_STEP)

    def _widen(self, cells: int) -> None:
        wide = self.article.widen(cells)
        self.status.tell(f"Lines of {wide} columns")
        self.session["article_width"] = str(wide)
        self.bridge.write(self._remember_width)

    async def _remember_width(self) -> None:
        width = {"article_width": self.session["article_width"]}
        await self.bridge.call("write", self.library.remember, width)


def _headings(reading: Reading) -> list[OutlineEntry]:
    from reader.text.outline import outline

    return list(outline(reading.document.blocks()))
