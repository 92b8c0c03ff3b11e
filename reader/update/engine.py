"""Orders the calls of an update: which sources, in which order, and what is told of them."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from reader.model.change import Actor, Change, SourceFailed, UpdateFinished
from reader.model.feed import Source
from reader.storage import journal
from reader.storage.store import Store
from reader.update.folders import FolderUpdate
from reader.update.workers import Workers


@dataclass(frozen=True, kw_only=True)
class Engine:
    """Brings sources up to date. ``writer`` signs what is written to ``store``."""

    store: Store
    writer: Callable[[Actor], journal.Writer]
    clock: Callable[[], datetime]

    async def update(self, sources: Sequence[Source]) -> AsyncIterator[Change]:
        """Update ``sources``, streaming what happens; ends with ``UpdateFinished``.

        A source that fails is told and costs the others nothing. Whatever was stored when
        the caller stops listening stays stored.
        """
        new = changed = unchanged = 0
        failed: list[SourceFailed] = []
        with Workers() as workers:
            for source in sources:
                look = FolderUpdate(
                    store=self.store,
                    source=source,
                    writer=self.writer,
                    clock=self.clock,
                    workers=workers,
                )
                async for change in _in_thread(look.run):
                    if isinstance(change, SourceFailed):
                        failed.append(change)
                    yield change
                new, changed = new + look.new, changed + look.changed
                unchanged += look.unchanged
        yield UpdateFinished(new=new, changed=changed, unchanged=unchanged, failed=tuple(failed))

    async def watch(self, sources: Sequence[Source]) -> AsyncIterator[Change]:
        """Follow folders until cancelled: each look after something happened in one."""
        from reader.sources.watch import watch

        by_root = {Path(source.location): source for source in sources}
        if not by_root:
            return
        async for happened in watch(list(by_root)):
            async for change in self.update([by_root[happened.root]]):
                yield change


async def _in_thread(run: Callable[[], Iterator[Change]]) -> AsyncIterator[Change]:
    """Step through an iterator in another thread, so that the event loop stays free.

    What it raises is raised here.
    """
    steps = run()
    while (change := await asyncio.to_thread(next, steps, None)) is not None:
        yield change
