"""The verbs on web feeds and the feed list: find, follow, name, move, pause, remove, judge."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

from reader.library.door import Door
from reader.model.change import Actor, FeedsChanged
from reader.model.errors import SourceUnreadable
from reader.model.records import replace
from reader.text.terminal import SafeText, clean_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.model.article import RawArticle
    from reader.model.candidate import Candidate
    from reader.model.feed import FeedHealth, FeedSettings
    from reader.model.subscription import Wanted
    from reader.net.message import Response


PREVIEWED = 5
"""Titles that are shown of a feed before it is followed."""


class FeedVerbs(Door):
    """What a person does to the feed list. Every edit is one undo."""

    async def discover(self, text: str) -> tuple[Candidate, ...]:
        """The feeds behind an address, as typed; () where there is none.

        Raises ``NetworkFailed`` where the page itself cannot be had.
        """
        # Imported late: the network is for those who ask for it.
        from reader.net.client import Client
        from reader.net.discovery import Inspected, discover
        from reader.sources import feed

        def inspect(response: Response) -> Inspected | None:
            try:
                parsed = feed.parse(
                    response.body,
                    url=response.final_url,
                    content_type=response.header("content-type"),
                    now=self._clock(),
                )
            except SourceUnreadable:
                return None
            form = {"rdf": "rss", "cdf": "rss"}.get(parsed.form, parsed.form)
            return Inspected(
                title=clean_line(parsed.title, 200),
                kind="atom" if form == "atom" else "json" if form == "json" else "rss",
                articles=len(parsed.articles),
                newest=_newest(parsed.articles),
            )

        async with Client(self._options().net()) as client:
            return tuple(await discover(text, client, inspect=inspect))

    def add_feeds(
        self, wanted: Sequence[Wanted], *, actor: Actor = "key"
    ) -> list[tuple[int, bool]]:
        """Follow web feeds, undone as one: the id of each, and whether it is new here.

        A user name and password in an address are kept among the secrets, not with it.
        Raises ``AddressRefused`` for what is no address, ``SecretsUnusable`` where a
        password cannot be kept.
        """
        from reader.net import address
        from reader.net.secrets import Secret
        from reader.storage import subscriptions

        places = [address.parse(address.typed(one.url)) for one in wanted]
        plain = [replace(one, url=place.url) for one, place in zip(wanted, places, strict=True)]
        with self.store.write() as connection:
            added = subscriptions.subscribe(connection, self.writer(actor), plain)
        for (feed_id, _), place in zip(added, places, strict=True):
            if place.user:
                self._options().keep(feed_id, Secret(user=place.user, password=place.password))
        return added

    def name_feed(self, feed_id: int, name: str, *, actor: Actor = "key") -> FeedsChanged:
        """Call a feed ``name``; "" for its own title."""
        from reader.storage import subscriptions

        with self.store.write() as connection:
            return FeedsChanged(
                journal_id=subscriptions.name_feed(connection, self.writer(actor), feed_id, name)
            )

    def move_feed(
        self, feed_id: int, category: Sequence[str], *, actor: Actor = "key"
    ) -> FeedsChanged:
        """Put a feed into a category, made where it is missing; () takes it to the top."""
        from reader.storage import subscriptions

        with self.store.write() as connection:
            return FeedsChanged(
                journal_id=subscriptions.move_feed(
                    connection, self.writer(actor), feed_id, category
                )
            )

    def pause_feed(self, feed_id: int, *, paused: bool, actor: Actor = "key") -> FeedsChanged:
        """Stop fetching a feed, or go on; its articles stay."""
        from reader.storage import subscriptions

        with self.store.write() as connection:
            return FeedsChanged(
                journal_id=subscriptions.pause_feed(
                    connection, self.writer(actor), feed_id, paused=paused
                )
            )

    def remove_feed(self, feed_id: int, *, actor: Actor = "key") -> FeedsChanged:
        """Stop following a feed; undo brings it and its articles back as they were."""
        from reader.storage import subscriptions

        with self.store.write() as connection:
            return FeedsChanged(
                journal_id=subscriptions.remove_feed(connection, self.writer(actor), feed_id)
            )

    def name_category(self, category_id: int, title: str, *, actor: Actor = "key") -> FeedsChanged:
        """Rename a category."""
        from reader.storage import subscriptions

        with self.store.write() as connection:
            return FeedsChanged(
                journal_id=subscriptions.name_category(
                    connection, self.writer(actor), category_id, title
                )
            )

    def move_category(
        self, category_id: int, inside: Sequence[str], *, actor: Actor = "key"
    ) -> FeedsChanged:
        """Put a category into another, made where it is missing; () takes it to the top.

        Into itself it does not go; the change then has no ``journal_id``.
        """
        from reader.storage import categories

        with self.store.write() as connection:
            return FeedsChanged(
                journal_id=categories.move(
                    connection, self.writer(actor), category_id, tuple(inside)
                )
            )

    def categories(self) -> list[tuple[SafeText, ...]]:
        """Every category as the titles from the top, in alphabetical order."""
        from reader.storage import categories

        with self.store.read() as connection:
            return [tuple(map(clean_line, path)) for path in categories.paths(connection)]

    def remove_category(self, category_id: int, *, actor: Actor = "key") -> FeedsChanged:
        """Take a category away; what is in it moves up to its parent."""
        from reader.storage import subscriptions

        with self.store.write() as connection:
            return FeedsChanged(
                journal_id=subscriptions.remove_category(
                    connection, self.writer(actor), category_id
                )
            )

    def feed_settings(self, feed_id: int) -> FeedSettings:
        """What the person set for a feed."""
        from reader.storage import fetching

        with self.store.read() as connection:
            return fetching.settings(connection, feed_id)

    def set_feed_settings(self, feed_id: int, chosen: FeedSettings) -> FeedsChanged:
        """Set how one feed is followed."""
        from reader.storage import fetching

        with self.store.write() as connection:
            fetching.set_settings(connection, feed_id, chosen)
        return FeedsChanged()

    def feed_health(self) -> list[FeedHealth]:
        """How every web feed is doing, the failing ones first."""
        from reader.storage import fetching

        with self.store.read() as connection:
            return fetching.health(connection)


def _newest(articles: Sequence[RawArticle]) -> tuple[str, ...]:
    """The titles of the newest articles, in the feed's own order where it has no dates."""
    dated = sorted(
        (one for one in articles if one.published), key=attrgetter("published"), reverse=True
    )
    newest = dated if len(dated) == len(articles) else articles
    return tuple(one.title for one in newest[:PREVIEWED])
