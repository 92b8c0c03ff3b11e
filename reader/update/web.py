"""Brings web feeds up to date: fetch, parse elsewhere, decide, store in small transactions."""

import asyncio
import contextlib
from collections import deque
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from random import Random
from typing import TYPE_CHECKING

from msgspec import Struct

from reader.model.change import (
    Actor,
    Change,
    FeedsChanged,
    SourceFailed,
    UpdateProgressed,
)
from reader.model.errors import NetworkFailed, ReaderError
from reader.model.fetch import FetchState
from reader.model.records import replace
from reader.net import pace
from reader.net.client import Client
from reader.net.message import Request, Response
from reader.net.pace import Outcome
from reader.storage import articles, feeds, fetching, journal, reading, retention
from reader.storage.fetching import Due
from reader.storage.intents import Replace, key_of
from reader.storage.packing import unpack_body
from reader.storage.store import Connection, Store
from reader.text.terminal import SafeText, clean_line
from reader.update.decide import decide_feed, is_material
from reader.update.handover import Handover
from reader.update.jobs import ReadFeed, read_feed
from reader.update.workers import Workers

if TYPE_CHECKING:
    from concurrent.futures import Future

    from reader.update.ruling import Ruling

HERE_AT_MOST = 4
"""So many documents of an update are parsed in this process before others are started."""
HERE_BYTES = 256 * 1024
ROOM = 96
"""Documents between fetching and storing, where none is large; bounds the memory of an update."""
LARGE_BYTES = 256 * 1024
"""A document takes as much room as so many of this size."""
BATCH = 48
"""Feeds stored in one transaction when many are ready at once."""
LINGER_S = 0.05
"""How long a transaction waits for more to store: each costs as much as two feeds."""


class Fetched(Struct, frozen=True):
    """What became of one feed: the plan for its next fetch, and its document where it has one.

    ``unread`` is a document that is still to be parsed, and ``room`` what it takes up.
    """

    due: Due
    outcome: Outcome
    document: ReadFeed | None = None
    unread: Callable[[], ReadFeed] | None = None
    room: int = 0


class Saved(Struct, frozen=True):
    """What storing some feeds came to; ``title`` is the last one's."""

    feeds: int
    changes: list[Change]
    title: SafeText


@dataclass(kw_only=True)
class WebUpdate:
    """One update of web feeds. ``run`` streams what happens; the counts stand in fields.

    ``interval_s`` is how often a feed is asked that has no setting of its own.
    ``request_for`` adds what a person set for a feed (headers, cookies, credentials), and
    ``ruling`` judges what arrives.
    """

    store: Store
    writer: Callable[[Actor], journal.Writer]
    clock: Callable[[], datetime]
    workers: Workers
    client: Client
    interval_s: int
    rng: Random
    request_for: Callable[[Due], Request]
    ruling: "Ruling | None" = None
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    failed: list[SourceFailed] = field(default_factory=list)

    async def run(self, wanted: Sequence[Due]) -> AsyncIterator[Change]:
        """Fetch every feed of ``wanted`` that no other process is fetching now.

        What is stored stays stored when the caller stops listening, and the feeds that were
        not done are given back.
        """
        holder = fetching.me()
        mine = await asyncio.to_thread(self._lease, wanted, holder)
        # Who never answered before will answer with a document.
        fresh = sum(not due.state.digest for due in mine)
        self._here = HERE_AT_MOST if fresh > HERE_AT_MOST else 0
        self._room = asyncio.Semaphore(ROOM)
        ready: Handover[Fetched] = Handover(len(mine))
        saved: asyncio.Queue[Saved | None] = asyncio.Queue()
        saver = asyncio.create_task(
            asyncio.to_thread(self._save_all, ready, asyncio.get_running_loop(), saved)
        )
        fetcher = asyncio.create_task(self._fetch(mine, ready))
        done = 0
        try:
            while (lot := await saved.get()) is not None:
                done += lot.feeds
                for change in lot.changes:
                    yield change
                yield UpdateProgressed(done=done, total=len(mine), title=lot.title)
            await saver
            await fetcher
        finally:
            fetcher.cancel()
            ready.close()
            await asyncio.gather(fetcher, saver, return_exceptions=True)
            await asyncio.to_thread(self._release, holder)

    def _lease(self, wanted: Sequence[Due], holder: str) -> list[Due]:
        with self.store.write() as connection:
            got = fetching.lease(
                connection, [due.feed_id for due in wanted], holder=holder, now=self.clock()
            )
        return [due for due in wanted if due.feed_id in got]

    def _release(self, holder: str) -> None:
        # Where nothing can be saved, the lease ends by itself.
        with contextlib.suppress(ReaderError), self.store.write() as connection:
            fetching.release(connection, holder=holder)

    # --- fetching and parsing

    async def _fetch(self, wanted: Sequence[Due], ready: "Handover[Fetched]") -> None:
        """See to it that what becomes of each feed is put into ``ready``."""
        try:
            # Not in the event loop: what is kept for a feed may be in a file or a keyring.
            requests = await asyncio.to_thread(self._requests, wanted, ready)
            async with contextlib.aclosing(self.client.fetch_all(requests)) as arrivals:
                async for due, answer in arrivals:
                    if isinstance(answer, NetworkFailed):
                        ready.put(Fetched(due, pace.failed(answer)))
                        continue
                    outcome = self._succeeded(answer)
                    if answer.unchanged or outcome.digest == due.state.digest:
                        ready.put(Fetched(due, outcome))
                    else:
                        room = min(ROOM, 1 + len(answer.body) // LARGE_BYTES)
                        await self._take(room)
                        self._parse(due, answer, outcome, room, ready)
        except BaseException:
            ready.close()
            raise

    def _requests(
        self, wanted: Sequence[Due], ready: "Handover[Fetched]"
    ) -> list[tuple[Due, Request]]:
        """The request of each feed; one that cannot be made has failed."""
        requests = []
        for due in wanted:
            try:
                requests.append((due, self.request_for(due)))
            except ReaderError as error:
                ready.put(Fetched(due, pace.failed(error)))
        return requests

    async def _take(self, room: int) -> None:
        for _ in range(room):
            await self._room.acquire()

    def _parse(
        self,
        due: Due,
        answer: Response,
        outcome: Outcome,
        room: int,
        ready: "Handover[Fetched]",
    ) -> None:
        """Have a document parsed and put into ``ready``; nothing waits for it here."""
        arguments = (answer.body, answer.final_url, answer.header("content-type"), self.clock())
        self._here += 1
        if self._here <= HERE_AT_MOST and len(answer.body) <= HERE_BYTES:
            here = partial(read_feed, *arguments)
            ready.put(Fetched(due, outcome, unread=here, room=room))
            return

        def parsed(job: "Future[ReadFeed]") -> None:
            if not job.cancelled():
                ready.put(Fetched(due, outcome, unread=job.result, room=room))

        self.workers.submit(read_feed, *arguments).add_done_callback(parsed)

    def _succeeded(self, answer: Response) -> Outcome:
        digest = "" if answer.unchanged else answer.digest()
        return pace.succeeded(answer, now=self.clock(), digest=digest)

    # --- deciding and storing

    def _save_all(
        self,
        ready: "Handover[Fetched]",
        loop: asyncio.AbstractEventLoop,
        saved: "asyncio.Queue[Saved | None]",
    ) -> None:
        """A thread's life: store what is ready and tell of it, None at the end."""
        try:
            while batch := ready.take(BATCH, linger_s=LINGER_S):
                room = sum(fetched.room for fetched in batch)
                changes = self._save(list(map(_read, batch)))
                lot = Saved(len(batch), changes, batch[-1].due.title)
                loop.call_soon_threadsafe(self._stored, room, lot, saved)
        finally:
            loop.call_soon_threadsafe(saved.put_nowait, None)

    def _stored(self, room: int, lot: Saved, saved: "asyncio.Queue[Saved | None]") -> None:
        for _ in range(room):
            self._room.release()
        saved.put_nowait(lot)

    def _save(self, batch: Sequence[Fetched]) -> list[Change]:
        """Store a batch in one transaction, or in several where a key waits for its turn."""
        changes: list[Change] = []
        waiting = deque(batch)
        while waiting:
            changes += self._save_some(waiting)
        return changes

    def _save_some(self, waiting: deque[Fetched]) -> list[Change]:
        """Store feeds from the left in one transaction, in which they are given back."""
        changes: list[Change] = []
        renamed = False
        with self.store.write() as connection:
            states = []
            while waiting:
                fetched = waiting.popleft()
                due = fetched.due
                state = self._plan(fetched)
                states.append((due.feed_id, state))
                if fetched.document is not None:
                    changes += self._store(connection, due, fetched.document)
                    retention.let_go(connection, due.feed_id, due.settings, self.clock())
                    renamed |= feeds.describe(
                        connection,
                        due.feed_id,
                        title=fetched.document.title,
                        site=fetched.document.site,
                    )
                elif fetched.outcome.failure is not None:
                    changes.append(self._failure(due, state))
                else:
                    self.unchanged += 1
                if state.url != due.state.url:
                    feeds.relocate(connection, due.source_id, state.url)
                if self.store.wanted:
                    break
            fetching.save(connection, states)
        return [*changes, FeedsChanged()] if renamed else changes

    def _plan(self, fetched: Fetched) -> FetchState:
        return pace.plan(
            fetched.outcome,
            fetched.due.state,
            now=self.clock(),
            interval_s=fetched.due.settings.interval_s or self.interval_s,
            rng=self.rng,
        )

    def _store(self, connection: Connection, due: Due, document: ReadFeed) -> list[Change]:
        known = articles.known(connection, due.feed_id, document.items)
        decision = decide_feed(document.items, known)
        if not decision.intents:
            self.unchanged += 1
            return []
        digests = {one.id: one.digest_key for one in known}
        intents = [
            self._weighed(connection, intent, due)
            if isinstance(intent, Replace) and intent.incoming.digest_key != digests[intent.id]
            else intent
            for intent in decision.intents
        ]
        stored = articles.apply(connection, due.source_id, intents, self.writer("update"))
        self.new += len(stored.new)
        self.changed += len(stored.changed)
        if self.ruling is None:
            return [stored]
        return [stored, *self.ruling.arrived(connection, self.writer("rule"), stored.new)]

    def _weighed(self, connection: Connection, intent: Replace, due: Due) -> Replace:
        """An edit as it counts: advertisements that change with every fetch are none."""
        # Imported late: most updates edit nothing.
        from reader.text.plain import visible_text

        before = reading.article(connection, intent.id)
        if before is None:
            return intent
        old = before.content
        new = intent.incoming.article
        old_text = visible_text(old.body, old.kind)
        new_text = visible_text(unpack_body(intent.incoming.packed), new.kind)
        if old_text.split() == new_text.split() and old.title == new.title:
            same = replace(
                intent.incoming,
                article=replace(new, digest=old.digest),
                digest_key=key_of(old.digest),
            )
            return replace(intent, incoming=same)
        material = is_material(f"{old.title}\n{old_text}", f"{new.title}\n{new_text}")
        return replace(intent, unread=material and due.settings.unread_when_changed)

    def _failure(self, due: Due, state: FetchState) -> SourceFailed:
        failure = SourceFailed(
            source_id=due.source_id,
            title=due.title,
            problem=clean_line(state.problem),
            advice=clean_line(state.advice),
        )
        self.failed.append(failure)
        return failure


def _read(fetched: Fetched) -> Fetched:
    """The same with its document, or with what is wrong with that."""
    if fetched.unread is None:
        return fetched
    try:
        document = fetched.unread()
    except ReaderError as error:
        return Fetched(fetched.due, pace.failed(error))
    outcome = replace(
        fetched.outcome, feed_interval_s=document.interval_s, skip_hours=document.skip_hours
    )
    return Fetched(fetched.due, outcome, document)
