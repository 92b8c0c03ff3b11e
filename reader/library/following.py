"""Follows the folders that there are at any time: those added later too, those removed no more."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator, Callable, Sequence

    from reader.model.change import Change
    from reader.model.feed import Source


class FolderFollower:
    """Watches folders in groups, so that a new one does not make all others be read again.

    ``watch`` follows a group until it is cancelled. ``follow`` says which folders there are
    now, and may be called at any time in the event loop.
    """

    def __init__(self, watch: Callable[[Sequence[Source]], AsyncIterator[Change]]) -> None:
        self._watch = watch
        self._groups: dict[asyncio.Task[None], Sequence[Source]] = {}
        self._arrived: asyncio.Queue[Change | asyncio.Task[None]] = asyncio.Queue()

    def follow(self, folders: Sequence[Source]) -> None:
        """Watch exactly ``folders`` from now on."""
        for task, group in list(self._groups.items()):
            if not set(group) <= set(folders):
                task.cancel()
                del self._groups[task]
        followed = {source for group in self._groups.values() for source in group}
        if fresh := [source for source in folders if source not in followed]:
            task = asyncio.create_task(self._drain(fresh))
            task.add_done_callback(self._ended)
            self._groups[task] = fresh

    async def changes(self) -> AsyncGenerator[Change, None]:
        """What happens in the folders, until closed. Raises what ended a watch."""
        try:
            while True:
                came = await self._arrived.get()
                if isinstance(came, asyncio.Task):
                    came.result()
                else:
                    yield came
        finally:
            tasks = list(self._groups)
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _drain(self, group: Sequence[Source]) -> None:
        async for change in self._watch(group):
            self._arrived.put_nowait(change)

    def _ended(self, task: asyncio.Task[None]) -> None:
        if not task.cancelled() and task.exception() is not None:
            self._arrived.put_nowait(task)
