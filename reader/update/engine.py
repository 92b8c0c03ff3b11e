"""Orders the calls of an update: which sources, in which order, and what is told of them."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, field

from reader.model.change import Actor, Change, RulesMistaken, SourceFailed, UpdateFinished
from reader.model.feed import Source
from reader.storage import feeds, fetching, journal
from reader.storage.fetching import Due
from reader.storage.store import Store
from reader.update.folders import FolderUpdate
from reader.update.jobs import warm_up
from reader.update.options import UpdateOptions
from reader.update.workers import Workers

if TYPE_CHECKING:
    from reader.update.ruling import Ruling

ONE_IS_ENOUGH = 400
"""Web feeds that one process parses sooner than two have started."""
MANY = 20
"""Feeds without a document yet that make the processes start before the first one comes."""
SLACK = timedelta(minutes=1)
"""Due a minute early: a timer as long as the interval must not miss every second feed."""


class Engine(Struct, frozen=True, kw_only=True):
    """Brings sources up to date. ``writer`` signs what is written to ``store``.

    ``ruling`` gives the rules that judge what arrives, None where there are none.
    """

    store: Store
    writer: Callable[[Actor], journal.Writer]
    clock: Callable[[], datetime]
    options: UpdateOptions
    ruling: Callable[[], "Ruling | None"] = lambda: None

    async def update(
        self,
        *,
        folders: Sequence[Source],
        feed_ids: Sequence[int] | None = None,
        force: bool = False,
    ) -> AsyncIterator[Change]:
        """Update folders and the web feeds that are due, streaming what happens.

        Ends with ``UpdateFinished``. ``feed_ids`` narrows the web feeds; ``force`` takes
        those that are not due as well. A source that fails is told and costs the others
        nothing. What was stored when the caller stops listening stays stored.
        """
        totals = Totals()
        due = await asyncio.to_thread(self._due, feed_ids, force=force)
        few = len(due) < ONE_IS_ENOUGH and not folders
        processes = 1 if few else 2
        with Workers(processes=processes) as workers:
            if sum(not one.state.digest for one in due) >= MANY:
                for _ in range(processes):
                    workers.submit(warm_up)
            ruling = await asyncio.to_thread(self._prepare, due)
            if ruling is not None and ruling.problems:
                yield RulesMistaken(problems=ruling.problems)
            for source in folders:
                look = FolderUpdate(
                    store=self.store,
                    source=source,
                    without=await asyncio.to_thread(self._inside, source),
                    writer=self.writer,
                    clock=self.clock,
                    workers=workers,
                    ruling=ruling,
                )
                async for change in _in_thread(look.run):
                    yield totals.take(change)
                totals.add(look.new, look.changed, look.unchanged)
            async for change in self._update_web(workers, totals, due, ruling):
                yield totals.take(change)
        yield totals.finished()

    def _due(self, feed_ids: Sequence[int] | None, *, force: bool) -> list[Due]:
        with self.store.read() as connection:
            return fetching.due(connection, self.clock() + SLACK, feed_ids=feed_ids, force=force)

    def _inside(self, source: Source) -> list[Path]:
        """The places inside a folder that are sources of their own."""
        with self.store.read() as connection:
            every = feeds.sources(connection)
        places = (Path(one.location) for one in every if one.kind == "folder")
        return [
            place
            for place in places
            if place != Path(source.location) and place.is_relative_to(source.location)
        ]

    def _prepare(self, due: Sequence[Due]) -> "Ruling | None":
        """Import what the update needs, and read the rules: keys need not wait for that."""
        if due:
            import reader.net.client
            import reader.update.fulltext
            import reader.update.web  # noqa: F401
        return self.ruling()

    async def _update_web(
        self,
        workers: Workers,
        totals: "Totals",
        due: Sequence[Due],
        ruling: "Ruling | None",
    ) -> AsyncIterator[Change]:
        if not due:
            return
        # Imported late: an update of folders has no use for the network.
        from random import Random

        from reader.net.client import Client
        from reader.update.fulltext import FullTexts, PageReader, requester
        from reader.update.web import WebUpdate

        async with Client(self.options.net()) as client:
            web = WebUpdate(
                store=self.store,
                writer=self.writer,
                clock=self.clock,
                workers=workers,
                client=client,
                interval_s=self.options.interval_s,
                rng=Random(),
                request_for=self.options.requester(),
                ruling=ruling,
            )
            async for change in web.run(due):
                yield change
            totals.add(web.new, web.changed, web.unchanged)
            texts = FullTexts(
                store=self.store,
                writer=self.writer,
                reader=PageReader(client=client, workers=workers, clock=self.clock),
                page_request=requester(self.options),
            )
            async for change in texts.run([one.feed_id for one in due]):
                yield change

    async def watch(self, sources: Sequence[Source]) -> AsyncIterator[Change]:
        """Follow folders until cancelled: each look after something happened in one."""
        from reader.sources.watch import watch

        by_root = {Path(source.location): source for source in sources}
        if not by_root:
            return
        async for happened in watch(list(by_root)):
            async for change in self.update(folders=[by_root[happened.root]], feed_ids=()):
                yield change


class Totals(Struct):
    """What an update came to so far."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    failed: list[SourceFailed] = field(default_factory=list)

    def take(self, change: Change) -> Change:
        """Note a failure; gives back what it was given."""
        if isinstance(change, SourceFailed):
            self.failed.append(change)
        return change

    def add(self, new: int, changed: int, unchanged: int) -> None:
        """Count what one kind of source brought."""
        self.new += new
        self.changed += changed
        self.unchanged += unchanged

    def finished(self) -> UpdateFinished:
        """The sum."""
        return UpdateFinished(
            new=self.new,
            changed=self.changed,
            unchanged=self.unchanged,
            failed=tuple(self.failed),
        )


async def _in_thread(run: Callable[[], Iterator[Change]]) -> AsyncIterator[Change]:
    """Step through an iterator in another thread, so that the event loop stays free.

    What it raises is raised here.
    """
    steps = run()
    while (change := await asyncio.to_thread(next, steps, None)) is not None:
        yield change
