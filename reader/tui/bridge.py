"""Runs library calls in threads, and brings their results and Changes to the event loop."""

from __future__ import annotations

import asyncio
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import count
from typing import TYPE_CHECKING, Literal, ParamSpec, TypeVar, get_args

from textual.message import Message

from reader.model.errors import ReaderError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from reader.model.change import Change
    from reader.tui.pauses import Pauses

P = ParamSpec("P")
T = TypeVar("T")

Lane = Literal["read", "write", "text", "ask", "behind"]
"""One thread each: a long layout never holds up a page of headlines, nor that a mark, and
what is done behind holds up nothing; completions are not held up by the search they are for."""


class Changed(Message, bubble=False):
    """The library changed: by a key, an update, or another session."""

    def __init__(self, change: Change) -> None:
        super().__init__()
        self.change = change


class CallFailed(Message, bubble=False):
    """A call of the library ended with ``error``; ``expected`` tells it from a bug."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self.error = error
        self.expected = isinstance(error, ReaderError)


class Bridge:
    """The screen's way to the library: nothing it runs blocks a key.

    ``post`` takes the messages ``Changed`` and ``CallFailed``; it is set once the screen
    that handles them stands.
    """

    def __init__(self, pauses: Pauses) -> None:
        self.pauses = pauses
        self._lanes: dict[Lane, ThreadPoolExecutor] = {
            lane: ThreadPoolExecutor(1, thread_name_prefix=f"library-{lane}")
            for lane in get_args(Lane)
        }
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._streams: set[asyncio.Task[None]] = set()
        self._numbers = count()
        self.post: Callable[[Message], object] = lambda _message: None

    def submit(
        self, lane: Lane, call: Callable[P, T], *args: P.args, **kwargs: P.kwargs
    ) -> Future[T]:
        """Start a call, also before there is an event loop."""
        return self._lanes[lane].submit(call, *args, **kwargs)

    async def call(self, lane: Lane, call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The result of a call that runs in the lane's thread.

        A call that has not begun when its task is cancelled never begins.
        """
        return await asyncio.wrap_future(self.submit(lane, call, *args, **kwargs))

    def run(
        self, key: str, work: Callable[P, Awaitable[None]], *args: P.args, **kwargs: P.kwargs
    ) -> None:
        """Run ``work``, cancelling what runs under the same key."""
        self.cancel(key)
        task = asyncio.get_running_loop().create_task(
            self._guarded(work, *args, **kwargs), name=key
        )
        self._tasks[key] = task
        task.add_done_callback(self._forget)

    def cancel(self, key: str) -> None:
        """Give up what runs under ``key``."""
        task = self._tasks.pop(key, None)
        if task is not None:
            task.cancel()

    def busy(self, key: str) -> bool:
        """Whether something runs under ``key``."""
        return key in self._tasks

    def change(self, call: Callable[P, Change], *args: P.args, **kwargs: P.kwargs) -> None:
        """Run a verb that changes the library and post its Change. Verbs keep their order."""

        async def work() -> None:
            self.post(Changed(await self.call("write", call, *args, **kwargs)))

        self.write(work)

    def write(self, work: Callable[[], Awaitable[None]]) -> None:
        """Run ``work``, which is not given up when the screen closes."""
        self.run(f"write {next(self._numbers)}", work)

    def follow(self, changes: AsyncIterator[Change], *, key: str = "") -> None:
        """Post every Change of a stream until it ends or the screen does.

        A ``key`` ends the stream that was followed under it.
        """
        for stream in self._streams:
            if key and stream.get_name() == key:
                stream.cancel()

        async def drain() -> None:
            async for change in changes:
                self.post(Changed(change))

        task = asyncio.get_running_loop().create_task(self._guarded(drain), name=key or None)
        self._streams.add(task)
        task.add_done_callback(self._streams.discard)

    @property
    def working(self) -> bool:
        """Whether anything but the streams runs."""
        return bool(self._tasks)

    async def settled(self, key: str) -> None:
        """Wait for what runs under ``key``."""
        task = self._tasks.get(key)
        if task is not None:
            await asyncio.wait((task,))

    async def idle(self) -> None:
        """Wait until nothing runs but the streams."""
        while self._tasks:
            await asyncio.wait(tuple(self._tasks.values()))

    async def close(self) -> None:
        """Stop streams and reads, wait for every write."""
        for task in self._streams:
            task.cancel()
        for key in tuple(self._tasks):
            if not key.startswith("write "):
                self.cancel(key)
        await self.idle()
        for lane in self._lanes.values():
            lane.shutdown(wait=False, cancel_futures=True)

    async def _guarded(
        self, work: Callable[P, Awaitable[None]], *args: P.args, **kwargs: P.kwargs
    ) -> None:
        try:
            await work(*args, **kwargs)
        except Exception as error:  # noqa: BLE001  the edge: an error becomes a message here
            self.post(CallFailed(error))

    def _forget(self, task: asyncio.Task[None]) -> None:
        if self._tasks.get(task.get_name()) is task:
            del self._tasks[task.get_name()]
