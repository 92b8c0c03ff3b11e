"""A small SOCKS5 proxy (RFC 1928, RFC 1929) that leads every connection to one real server."""

import asyncio
import threading
from dataclasses import dataclass, field
from ipaddress import ip_address
from types import TracebackType
from typing import Self


@dataclass
class SocksServer:
    """Takes CONNECT alone and notes what it was asked for; ``account`` is asked for if given."""

    target_port: int
    account: tuple[str, str] | None = None
    asked: list[tuple[str, int]] = field(default_factory=list)

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

    async def _serve(self, started: threading.Event) -> None:
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()
        server = await asyncio.start_server(self._connect, "127.0.0.1", 0)
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
        try:
            if await self._greeted(reader, writer):
                await self._tunnel(reader, writer)
        except (asyncio.IncompleteReadError, asyncio.CancelledError, OSError):
            pass
        finally:
            self._tasks.discard(task)
            writer.close()

    async def _greeted(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        _, count = await reader.readexactly(2)
        offered = await reader.readexactly(count)
        wanted = 2 if self.account else 0
        writer.write(bytes([5, wanted if wanted in offered else 0xFF]))
        if wanted not in offered:
            return False
        if self.account is None:
            return True
        _, size = await reader.readexactly(2)
        user = (await reader.readexactly(size)).decode()
        (size,) = await reader.readexactly(1)
        right = (user, (await reader.readexactly(size)).decode()) == self.account
        writer.write(bytes([1, 0 if right else 1]))
        return right

    async def _tunnel(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        _, command, _, kind = await reader.readexactly(4)
        if kind == 3:
            (size,) = await reader.readexactly(1)
            host = (await reader.readexactly(size)).decode()
        else:
            size = 4 if kind == 1 else 16
            host = str(ip_address(await reader.readexactly(size)))
        port = int.from_bytes(await reader.readexactly(2), "big")
        self.asked.append((host, port))
        granted = command == 1 and not host.startswith("refused.")
        writer.write(bytes([5, 0 if granted else 2, 0, 1, 0, 0, 0, 0, 0, 0]))
        if not granted:
            return
        there_reader, there_writer = await asyncio.open_connection("127.0.0.1", self.target_port)
        await asyncio.gather(_pass(reader, there_writer), _pass(there_reader, writer))


async def _pass(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
    while data := await source.read(65536):
        sink.write(data)
        await sink.drain()
    sink.close()
