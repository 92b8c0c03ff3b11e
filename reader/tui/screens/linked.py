"""Pages that links lead to, read here as articles of their own, with the way back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.tui.place import Place
from reader.tui.screens.sharing import Sharing

if TYPE_CHECKING:
    from collections.abc import Callable

    from reader.text.blocks import Link

NOT_OPENED = "Not opened: "


class LinkedPages(Sharing):
    """Fetches pages in the background and goes to them. ``_trail`` is where links were read."""

    enter_place: Callable[..., None]
    _trail: tuple[tuple[Place, int | None], ...] = ()

    def read_here(self, link: Link) -> None:
        """Fetch the page of a link and read it in the article pane."""
        if not link.url.startswith("http") or not link.openable:
            self.status.tell(f"{NOT_OPENED}{link.url}")
        else:
            self.bridge.run("linked page", self._read_page, link.url)

    def read_later(self, link: Link) -> None:
        """Put the page of a link aside, unread."""
        if not link.url.startswith("http") or not link.openable:
            self.status.tell(f"{NOT_OPENED}{link.url}")
        else:
            self.bridge.run(f"put aside {link.url}", self._put_aside, link)

    async def _read_page(self, url: str) -> None:
        # Nobody is taken from what they went on to while the page was under way.
        asked_at = self._standing()
        self.status.progress("Fetching the page…")
        try:
            stored = await self.library.read_page(url)
        finally:
            self.status.progress("")
        if self._standing() != asked_at:
            self.status.tell(f"Fetched: {stored.content.title}, in {stored.headline.feed}")
            return
        self._trail = (*self._trail, asked_at)
        await self._stand(Place(row=("feed", stored.headline.feed_id)), stored.headline.id)
        self.status.tell("Backspace goes back to where the link was")

    async def _put_aside(self, link: Link) -> None:
        stored = await self.library.read_later(link.url, title=link.text)
        self.status.tell(f"Put aside, in Read later: {stored.content.title}")
        self.feeds.set_rows(await self.bridge.call("read", self.library.feed_rows))

    def action_article_back(self) -> None:
        """Go back to the article whose link was read here."""
        if not self._trail:
            self.status.tell("No link was read here")
            return
        *rest, (place, number) = self._trail
        self._trail = tuple(rest)
        self.status.tell("")
        self.bridge.run("linked page", self._stand, place, number)

    def _standing(self) -> tuple[Place, int | None]:
        return self.place, self.article.article_id

    async def _stand(self, place: Place, number: int | None) -> None:
        self.feeds.set_rows(await self.bridge.call("read", self.library.feed_rows))
        self.feeds.select(place.row)
        self.enter_place(place, keep=number)
        self.go_to("article")
