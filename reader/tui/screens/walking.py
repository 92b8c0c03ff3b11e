"""Walking through articles: reading on, the next unread one wherever it is, the next one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.model.records import replace
from reader.tui.screens.panes import Panes

if TYPE_CHECKING:
    from reader.model.feed import FeedRow
    from reader.tui.place import Place


class Walking(Panes):
    """The keys that bring another article into the pane, or more of this one."""

    def enter_place(self, place: Place, *, keep: int | None = None, seek: str = "") -> None:
        """Stand at another place: its list is taken, its article follows."""
        self.place = place
        self.tags.set_chosen(place.tags)
        self.headlines.open(place.scope, keep=keep, seek=seek)
        self.show_where()

    def show_where(self) -> None:
        """Say where the person is."""
        raise NotImplementedError

    def read(self, article_id: int) -> None:
        """Show an article and mark it read: somebody reads it now."""
        raise NotImplementedError

    def action_article_read_on(self) -> None:
        """A page down, at the end the next unread article; a tag under the cursor is toggled."""
        if self.pane == "tags":
            self.tags.action_cursor_open()
            return
        here = self.headlines.current_id
        if here is None or here != self.article.article_id:
            self._read_here()
            return
        if self.article.at_end or not self.article.scroll_by(self.article.page):
            self.read(here)
            self.bridge.run("walk", self._next_unread, back=False)

    def action_article_read_back(self) -> None:
        """A page up."""
        self.article.scroll_by(-self.article.page)

    def action_article_next(self) -> None:
        """Read the next article of the list."""
        self._step(1)

    def action_article_previous(self) -> None:
        """Read the article before this one."""
        self._step(-1)

    def action_article_next_unread(self) -> None:
        """Read the next unread article."""
        self.bridge.run("walk", self._next_unread, back=False)

    def action_article_previous_unread(self) -> None:
        """Read the unread article before this one."""
        self.bridge.run("walk", self._next_unread, back=True)

    def _step(self, step: int) -> None:
        target = self.headlines.cursor + step
        if 0 <= target < self.headlines.row_count:
            self.headlines.move_to(target, silent=True)
            self._read_here()
        else:
            end = "last" if step > 0 else "first"
            self.status.tell(f"This is the {end} article")

    def _read_here(self) -> None:
        here = self.headlines.current_id
        if here is not None:
            self.bridge.cancel("preview")
            self.read(here)

    async def _next_unread(self, *, back: bool) -> None:
        """Further on in the list, else from its other end, else in the next feed."""
        for around in (False, True):
            index = await self.headlines.find_unread(back=back, around=around)
            if index is not None and index != self.headlines.cursor:
                self.headlines.move_to(index, silent=True)
                self._read_here()
                if around:
                    end = "end" if back else "top"
                    self.status.tell(f"On from the {end} of the list")
                return
        feed = self.feeds.next_unread(self.place.row, back=back)
        if feed is None:
            self.status.tell("No unread articles left")
        else:
            self._cross_to(feed, back=back)

    def _cross_to(self, feed: FeedRow, *, back: bool) -> None:
        self.feeds.select((feed.kind, feed.id))
        place = replace(self.place.at(feed), tags=())
        self.enter_place(place, seek="last" if back else "first")
        self.status.tell(f"On to {feed.title}: {feed.unread} unread")
        self.read_when_there = True

    read_when_there = False
    """Whether the article that the next list opens at is to be marked read."""
