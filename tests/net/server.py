"""A real HTTP/1.1 server on 127.0.0.1 that checks what it is asked, and misbehaves on request."""

import asyncio
import ssl
import threading
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from time import monotonic
from types import TracebackType
from typing import Self

FEED = b"<rss version='2.0'><channel><title>t</title></channel></rss>"


@dataclass(frozen=True)
class Asked:
    """A request as it came; header names in lower case."""

    method: str
    target: str
    headers: dict[str, str]
    at: float
    lines: tuple[str, ...] = ()

    @property
    def path(self) -> str:
        return self.target.partition("?")[0]


@dataclass
class Exchange:
    """One request and the means to answer it."""

    asked: Asked
    writer: asyncio.StreamWriter
    closing: bool = False

    async def raw(self, data: bytes) -> None:
        self.writer.write(data)
        await self.writer.drain()

    async def send(
        self,
        status: int = 200,
        body: bytes = b"",
        *,
        length: int | None = None,
        fields: tuple[tuple[str, str], ...] = (),
        **headers: str,
    ) -> None:
        """Answer. ``length`` overrides Content-Length; -1 leaves it out."""
        lines = [f"HTTP/1.1 {status} X"]
        if length != -1 and status != 304:
            lines.append(f"Content-Length: {len(body) if length is None else length}")
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in fields]
        await self.raw("\r\n".join(lines).encode() + b"\r\n\r\n" + body)

    async def forever(self) -> None:
        await asyncio.Event().wait()

    def close(self) -> None:
        self.closing = True


Handler = Callable[[Exchange], Awaitable[None]]


@dataclass
class Server:
    """Answers the paths of ``routes``, anything else with 404; notes all it is asked."""

    tls: ssl.SSLContext | None = None
    routes: dict[str, Handler] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    connections: int = 0
    at_once: int = 0
    most_at_once: int = 0

    def __enter__(self) -> Self:
        started = threading.Event()
        self._thread = threading.Thread(
            target=lambda: asyncio.run(self._serve(started)), daemon=True
        )
        self._thread.start()
        assert started.wait(5)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(5)

    def url(self, path: str = "/", *, host: str = "127.0.0.1") -> str:
        return f"{'https' if self.tls else 'http'}://{host}:{self.port}{path}"

    def route(self, path: str) -> Callable[[Handler], Handler]:
        def add(handler: Handler) -> Handler:
            self.routes[path] = handler
            return handler

        return add

    def answer(self, path: str, status: int = 200, body: bytes = FEED, **headers: str) -> str:
        """Always answer a path so; returns its URL."""

        async def handler(exchange: Exchange) -> None:
            await exchange.send(status, body, fields=tuple(headers.items()))

        self.routes[path] = handler
        return self.url(path)

    def ask_password(self, path: str) -> None:
        """Answer a path as before only to who gives a password, others with 401."""
        inside = self.routes[path]

        async def handler(exchange: Exchange) -> None:
            if "authorization" in exchange.asked.headers:
                await inside(exchange)
            else:
                await exchange.send(401, b"", WWW_Authenticate='Basic realm="x"')

        self.routes[path] = handler

    def paths(self) -> list[str]:
        return [asked.path for asked in self.asked]

    async def _serve(self, started: threading.Event) -> None:
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()
        server = await asyncio.start_server(
            self._connect, "127.0.0.1", 0, ssl=self.tls, backlog=512
        )
        self.port: int = server.sockets[0].getsockname()[1]
        started.set()
        await self._stop.wait()
        server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        self.connections += 1
        try:
            while await self._exchange(reader, writer):
                pass
        except (asyncio.IncompleteReadError, asyncio.CancelledError, OSError):
            pass
        finally:
            self._tasks.discard(task)
            writer.close()

    async def _exchange(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        first, *lines = head.rstrip("\r\n").split("\r\n")
        method, target, _ = first.split(" ")
        pairs = (line.partition(":") for line in lines)
        headers = {name.lower(): value.strip() for name, _, value in pairs}
        exchange = Exchange(Asked(method, target, headers, monotonic(), tuple(lines)), writer)
        self.asked.append(exchange.asked)
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            handler = self.routes.get(exchange.asked.path)
            if handler is None:
                await exchange.send(404, b"nothing here")
            else:
                await handler(exchange)
        finally:
            self.at_once -= 1
        return not exchange.closing
