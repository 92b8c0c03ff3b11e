"""The link cursor: `]` and `[` go from link to link of an article, Enter follows, `y` copies."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from msgspec import Struct

from reader.text.urls import without_tracking
from reader.tui.link_places import at_cell, place_of, stretches
from reader.tui.screens.hinting import NO_ARTICLE, Hinting

if TYPE_CHECKING:
    from textual import events

    from reader.text.blocks import Link
    from reader.tui.link_places import Place
    from reader.tui.reading import Reading
    from reader.tui.widgets.article_view import ArticleView

NO_LINK_HERE = "No links on the screen; ] goes to the next, L lists all of the article"
NO_LINKS_AT_ALL = "This article has no links"


class LinkHere(Struct, frozen=True):
    """The link under the cursor: where it is among those of a reading, and which one it is.

    ``block`` and ``link`` are what it is found by where its lines are others.
    """

    reading: Reading
    at: int
    block: int
    link: Link

    @property
    def place(self) -> Place:
        """Its first line, and its number."""
        return self.reading.linked[self.at]


class LinkCursor(Hinting):
    """Keys that act on a link of the article in the window. The cursor goes with the link."""

    _link_here: LinkHere | None = None

    def action_article_next_link(self) -> None:
        """Go to the next link."""
        self._step_link(1)

    def action_article_previous_link(self) -> None:
        """Go to the link before this one."""
        self._step_link(-1)

    def _step_link(self, step: int) -> None:
        reading = self.article.reading
        if reading is None or not self.article.display:
            self.status.tell(NO_ARTICLE)
            return
        self.go_to("article")
        here = self._link_in_window()
        if here is not None:
            at = here.at + step
        else:
            # From where the person looks, not from a link that has gone out of sight.
            first, end = self._linked_in_window(reading)
            at = first if step > 0 else end - 1
        if 0 <= at < len(reading.linked):
            self._go_to_link(reading, at)
        else:
            where = "further down" if step > 0 else "further up"
            self.status.tell(f"No link {where}" if reading.linked else NO_LINKS_AT_ALL)

    def _linked_in_window(self, reading: Reading) -> tuple[int, int]:
        """Which of a reading's places are in the window: from the first, to before the end."""
        top = self.article.top
        bottom = top + self.article.size.height
        return bisect_left(reading.linked, (top, -1)), bisect_left(reading.linked, (bottom, -1))

    def _link_in_window(self) -> LinkHere | None:
        """The link under the cursor, where it is in sight and its pane has the keys."""
        here, view = self._link_here, self.article
        if here is None or here.reading is not view.reading or self.pane != "article":
            return None
        return here if view.top <= here.place[0] < view.top + view.size.height else None

    def _go_to_link(self, reading: Reading, at: int) -> None:
        line, number = reading.linked[at]
        link = reading.document.links[number]
        self._link_here = LinkHere(reading, at, reading.lines[line].block, link)
        self.status.tell("")
        start, end = stretches(reading.lines, (line, number))[line][0]
        self.article.bring_in(line, start, end)
        self._show_link()

    def _show_link(self) -> None:
        from reader.tui.widgets.marks import Mark

        here = self._link_here
        if here is None:
            self.article.point_at({})
            self.status.link("")
            return
        found = stretches(here.reading.lines, here.place)
        self.article.point_at(
            {
                line: [Mark(start, end, "link-here") for start, end in runs]
                for line, runs in found.items()
            }
        )
        self.status.link(self._address(here.link) if here.link.openable else here.link.url)

    def _address(self, link: Link) -> str:
        """The address that is opened and copied."""
        strip = link.openable and self.config.links.strip_tracking
        return without_tracking(link.url) if strip else link.url

    def leave_link(self) -> bool:
        """Take the cursor off its link; False where there was none in sight."""
        seen = self._link_in_window() is not None
        if self._link_here is not None:
            self._link_here = None
            self._show_link()
        return seen

    # --- what is done with the link

    def on_article_view_entered(self) -> None:
        """Follow the link under the cursor; without one, go to the first on the screen."""
        here, reading = self._link_in_window(), self.article.reading
        if here is not None:
            self.follow(here.link)
        elif reading is not None:
            first, end = self._linked_in_window(reading)
            if first < end:
                self._go_to_link(reading, first)
            else:
                self.status.tell(NO_LINK_HERE if reading.linked else NO_LINKS_AT_ALL)

    def on_article_view_clicked(self, event: ArticleView.Clicked) -> None:
        """Go to the link that was clicked on; follow the one that the cursor is on already."""
        reading = self.article.reading
        if reading is None or event.line >= len(reading.lines):
            return
        number = at_cell(reading.lines[event.line], event.cell)
        at = place_of(reading.linked, event.line, number) if number >= 0 else -1
        here = self._link_in_window()
        if here is not None and here.at == at:
            self.follow(here.link)
        elif at >= 0:
            self.go_to("article")
            self._go_to_link(reading, at)

    def action_article_copy_link(self) -> None:
        """Copy the link under the cursor, else the article's."""
        here = self._link_in_window()
        if here is None:
            super().action_article_copy_link()
            return
        address = self._address(here.link)
        self.app.copy_to_clipboard(address)
        self.status.tell(f"Link copied: {address}")

    def action_article_follow_link(self) -> None:
        """Draw letters on the links; the cursor is not needed any more."""
        self.leave_link()
        super().action_article_follow_link()

    # --- where the cursor ends

    def on_article_view_shown(self) -> None:
        """Keep the cursor on its link in lines that are others; end it where that is gone."""
        here, reading = self._link_here, self.article.reading
        if here is None:
            return
        if reading is not None and here.reading is not reading:
            found = _again(here, reading)
            if found is not None:
                self._link_here = found
                self._show_link()
            elif reading.complete or reading.id != here.reading.id:
                self.leave_link()
        elif self._link_in_window() is None:
            self.leave_link()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """End the cursor where another pane gets the keys: they act on other things there."""
        if event.widget is not self.article:
            self.leave_link()


def _again(here: LinkHere, reading: Reading) -> LinkHere | None:
    """The same link in other lines of the same article."""
    links = reading.document.links
    number = here.link.number
    same = reading.id == here.reading.id and number < len(links)
    if not same or links[number].url != here.link.url:
        return None
    for at, (line, other) in enumerate(reading.linked):
        if other == number and reading.lines[line].block == here.block:
            return LinkHere(reading, at, here.block, links[number])
    return None
