"""The only door to the network: fetches what is asked for, politely and within bounds."""

import asyncio
import os
from collections import deque
from collections.abc import AsyncGenerator, Callable, Iterable, Mapping
from types import TracebackType
from typing import Self, TypeVar

from reader import __version__
from reader.model.errors import NetworkFailed
from reader.net.guard import is_private
from reader.net.loop import Loop, find_ca_file
from reader.net.message import Request, Response
from reader.net.proxy import Proxies
from reader.net.settings import NetSettings
from reader.net.sink import MemorySink, Sink
from reader.net.transfer import Terms, Transfer

K = TypeVar("K")
AT_ONCE = 32
"""So many requests are made before others in the event loop have their turn."""


class Client:
    """Fetches over HTTP/1.1 and HTTP/2; made for one event loop, used with ``async with``.

    Redirects are followed, bodies decompressed, certificates checked, proxies taken from
    ``environ``. Each host is asked a few requests at a time, spaced, and left alone as long
    as it says (Retry-After). ``private`` tells which numeric addresses are private.
    """

    def __init__(
        self,
        settings: NetSettings | None = None,
        *,
        environ: Mapping[str, str] = os.environ,
        private: Callable[[str], bool] = is_private,
    ) -> None:
        self.settings = settings or NetSettings()
        self._environ = environ
        self._terms = Terms(self.settings, Proxies(environ), private)
        self._done: deque[Callable[[], None]] = deque()
        self._thread: Loop | None = None

    async def __aenter__(self) -> Self:
        """Start the thread that fetches."""
        self._loop = asyncio.get_running_loop()
        self._thread = Loop(
            self.settings,
            agent=user_agent(self.settings),
            ca_file=find_ca_file(self.settings.ca_file, self._environ),
            flush=self._flush,
        )
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Drop what is under way and end the thread."""
        if self._thread:
            self._thread.stop()
            self._thread = None

    async def fetch(self, request: Request, *, sink: Sink | None = None) -> Response:
        """The answer to one request. Raises a subclass of ``NetworkFailed``.

        Cancelling drops the request wherever it is. The body goes into ``sink`` where one is
        given, else into the answer.
        """
        future: asyncio.Future[Response | NetworkFailed] = self._loop.create_future()

        def done(transfer: Transfer) -> None:
            self._deliver(lambda: self._resolve(future, transfer))

        transfer = self._transfer(request, done, sink)
        self._submit([transfer])
        try:
            outcome = await future
        except asyncio.CancelledError:
            self._cancel([transfer])
            raise
        if isinstance(outcome, NetworkFailed):
            raise outcome
        return outcome

    async def fetch_all(
        self, requests: Iterable[tuple[K, Request]]
    ) -> AsyncGenerator[tuple[K, Response | NetworkFailed], None]:
        """The outcome of every request with its key, as they come.

        The bodies in memory stay within the settings' ``buffered_bytes`` (and one more)
        however slowly they are taken: then nothing new starts until they are. Leaving the
        loop early drops the rest; wrap it in ``contextlib.aclosing`` to have that at once.
        """
        arrived: deque[Transfer] = deque()
        awake = asyncio.Event()
        pending: dict[Transfer, K] = {}

        def arrive(transfer: Transfer) -> None:
            if transfer not in pending:
                self._taken(transfer)
            arrived.append(transfer)
            awake.set()

        def done(transfer: Transfer) -> None:
            self._deliver(lambda: arrive(transfer))

        try:
            batch: list[Transfer] = []
            for key, request in requests:
                try:
                    batch.append(self._transfer(request, done, None))
                except NetworkFailed as error:
                    yield key, error
                    continue
                pending[batch[-1]] = key
                if len(batch) == AT_ONCE:
                    self._submit(batch)
                    batch = []
                    # Thousands made at one go would keep the loop from everything else.
                    await asyncio.sleep(0)
            self._submit(batch)
            while pending:
                await awake.wait()
                awake.clear()
                while arrived:
                    transfer = arrived.popleft()
                    if transfer.outcome is not None:
                        yield pending[transfer], transfer.outcome
                    del pending[transfer]
                    self._taken(transfer)
        finally:
            self._cancel(pending)
            for transfer in arrived:
                self._taken(transfer)
            pending.clear()

    def _transfer(
        self, request: Request, done: Callable[[Transfer], None], sink: Sink | None
    ) -> Transfer:
        limit = request.max_bytes or self.settings.max_bytes
        return Transfer(request, self._terms, done, sink or MemorySink(limit))

    def _submit(self, transfers: Iterable[Transfer]) -> None:
        if self._thread is None:
            raise RuntimeError("the client is not open")
        self._thread.submit(transfers)

    def _cancel(self, transfers: Iterable[Transfer]) -> None:
        if self._thread:
            self._thread.cancel(transfers)

    def _resolve(
        self, future: "asyncio.Future[Response | NetworkFailed]", transfer: Transfer
    ) -> None:
        if not future.done() and transfer.outcome is not None:
            future.set_result(transfer.outcome)
        self._taken(transfer)

    def _taken(self, transfer: Transfer) -> None:
        if self._thread and transfer.counted:
            self._thread.taken(transfer.counted)

    def _deliver(self, delivery: Callable[[], None]) -> None:
        """Called in the fetching thread: run ``delivery`` in the event loop at the next flush."""
        self._done.append(delivery)

    def _flush(self) -> None:
        """Called in the fetching thread: wake the event loop once for all deliveries."""
        if self._done:
            self._loop.call_soon_threadsafe(self._drain)

    def _drain(self) -> None:
        while self._done:
            self._done.popleft()()


def user_agent(settings: NetSettings) -> str:
    """How the reader names itself to servers."""
    contact = f" (+{settings.contact})" if settings.contact else ""
    return f"newsreader/{__version__}{contact}"
