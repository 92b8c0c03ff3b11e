"""What broken and hostile servers cost: a clear error, in bounded time and memory."""

import asyncio
import gzip
import tracemalloc
import zlib
from collections.abc import Callable

import brotli
import pytest

from reader.model.errors import AnswerUnusable, FetchTimedOut, HostUnreachable, NetworkFailed
from reader.net.client import Client
from reader.net.message import Request
from reader.net.settings import MIB, NetSettings
from tests.net.server import FEED, Exchange, Server


async def failure(url: str, settings: NetSettings) -> NetworkFailed:
    async with Client(settings, environ={}) as client:
        with pytest.raises(NetworkFailed) as caught:
            await client.fetch(Request(url=url, allow_private=True))
    return caught.value


async def silent(exchange: Exchange) -> None:
    await exchange.forever()


async def half(exchange: Exchange) -> None:
    await exchange.send(200, FEED[:20], length=len(FEED))
    await exchange.forever()


async def half_headers(exchange: Exchange) -> None:
    await exchange.raw(b"HTTP/1.1 200 OK\r\nContent-Le")
    await exchange.forever()


async def drip(exchange: Exchange) -> None:
    await exchange.send(200, b"", length=1_000_000)
    while True:
        await exchange.raw(b"x")
        await asyncio.sleep(0.05)


async def short(exchange: Exchange) -> None:
    await exchange.send(200, FEED, length=len(FEED) + 100)
    exchange.close()


async def short_chunk(exchange: Exchange) -> None:
    await exchange.raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\n<rss>")
    exchange.close()


async def bad_chunk(exchange: Exchange) -> None:
    await exchange.raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n<rss>")
    exchange.close()


async def nothing(exchange: Exchange) -> None:
    exchange.close()


async def reset(exchange: Exchange) -> None:
    import socket
    import struct

    await exchange.send(200, FEED[:20], length=len(FEED))
    raw = exchange.writer.transport.get_extra_info("socket")
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    exchange.writer.transport.abort()
    exchange.close()


async def http_09(exchange: Exchange) -> None:
    await exchange.raw(FEED)
    exchange.close()


async def bad_status(exchange: Exchange) -> None:
    await exchange.raw(b"HTTP/1.1 abc what\r\n\r\n" + FEED)
    exchange.close()


async def long_header(exchange: Exchange) -> None:
    await exchange.raw(b"HTTP/1.1 200 OK\r\nX: ")
    while True:
        await exchange.raw(b"x" * 65536)


async def many_headers(exchange: Exchange) -> None:
    await exchange.raw(b"HTTP/1.1 200 OK\r\n")
    while True:
        await exchange.raw(b"X-Filler: 0123456789\r\n" * 1000)


async def endless(exchange: Exchange) -> None:
    await exchange.raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    while True:
        await exchange.raw(b"10000\r\n" + b"x" * 65536 + b"\r\n")


async def endless_nothing(exchange: Exchange) -> None:
    """Compressed data that never becomes anything."""
    await exchange.raw(
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n"
    )
    empty = gzip.compress(b"") * 3000
    while True:
        await exchange.raw(b"%x\r\n%s\r\n" % (len(empty), empty))


async def too_long(exchange: Exchange) -> None:
    await exchange.send(200, b"", length=10**12)
    await exchange.forever()


async def bad_gzip(exchange: Exchange) -> None:
    await exchange.send(200, gzip.compress(FEED)[:10] + b"\xff" * 50, Content_Encoding="gzip")


async def cut_gzip(exchange: Exchange) -> None:
    await exchange.send(200, gzip.compress(FEED * 20)[:60], Content_Encoding="gzip")


async def cut_brotli(exchange: Exchange) -> None:
    await exchange.send(200, brotli.compress(FEED * 20)[:-4], Content_Encoding="br")


async def informational(exchange: Exchange) -> None:
    while True:
        await exchange.raw(b"HTTP/1.1 103 Early Hints\r\nLink: </s>\r\n\r\n" * 100)


@pytest.mark.parametrize(
    ("handler", "kind", "code"),
    [
        (silent, FetchTimedOut, "idle"),
        (half, FetchTimedOut, "idle"),
        (half_headers, FetchTimedOut, "idle"),
        (drip, FetchTimedOut, "timeout"),
        (short, AnswerUnusable, "truncated"),
        (short_chunk, AnswerUnusable, "truncated"),
        (bad_chunk, AnswerUnusable, "reset"),
        (nothing, AnswerUnusable, "empty"),
        (reset, AnswerUnusable, "reset"),
        (http_09, AnswerUnusable, "garbled"),
        (bad_status, AnswerUnusable, "garbled"),
        (long_header, AnswerUnusable, "headers-too-large"),
        (many_headers, AnswerUnusable, "headers-too-large"),
        (endless, AnswerUnusable, "too-large"),
        (endless_nothing, AnswerUnusable, "too-large"),
        (too_long, AnswerUnusable, "too-large"),
        (bad_gzip, AnswerUnusable, "bad-encoding"),
        (cut_gzip, AnswerUnusable, "truncated"),
        (cut_brotli, AnswerUnusable, "truncated"),
        (informational, AnswerUnusable, "headers-too-large"),
    ],
    ids=lambda value: getattr(value, "__name__", str(value)),
)
async def test_a_fault_ends_as_a_clear_error(
    server: Server,
    hasty: NetSettings,
    handler: Callable[[Exchange], object],
    kind: type[NetworkFailed],
    code: str,
) -> None:
    server.routes["/feed"] = handler  # type: ignore[assignment]
    settings = NetSettings(
        max_bytes=MIB,
        connect_timeout_s=hasty.connect_timeout_s,
        idle_timeout_s=hasty.idle_timeout_s,
        total_timeout_s=1.0,
    )
    error = await failure(server.url("/feed"), settings)
    assert (type(error), error.code) == (kind, code)
    assert str(error)[0].isupper() or str(error).startswith("127.0.0.1")
    assert str(error).endswith(".")
    assert "curl" not in str(error).lower()


async def test_a_bomb_stops_at_the_limit(server: Server) -> None:
    packer = zlib.compressobj(9, wbits=31)
    bomb = b"".join(packer.compress(b"A" * MIB) for _ in range(200)) + packer.flush()
    server.answer("/bomb", 200, bomb, Content_Encoding="gzip")
    tracemalloc.start()
    try:
        error = await failure(server.url("/bomb"), NetSettings(max_bytes=8 * MIB))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert error.code == "too-large"
    assert "8 MiB" in str(error)
    assert peak < 24 * MIB


async def test_a_body_just_within_the_limit_is_taken(server: Server) -> None:
    body = b"x" * MIB
    url = server.answer("/feed", 200, body)
    async with Client(NetSettings(max_bytes=MIB), environ={}) as client:
        assert (await client.fetch(Request(url=url, allow_private=True))).body == body
        with pytest.raises(AnswerUnusable):
            await client.fetch(Request(url=url, allow_private=True, max_bytes=MIB - 1))


async def test_nobody_listens() -> None:
    error = await failure("http://127.0.0.1:1/feed", NetSettings())
    assert isinstance(error, HostUnreachable)
    assert error.code == "refused"
    assert str(error) == "127.0.0.1 refused the connection."


async def test_no_such_host() -> None:
    error = await failure("http://no-such-host.invalid/feed", NetSettings())
    assert isinstance(error, HostUnreachable)
    assert error.code == "dns"
    assert "no-such-host.invalid was not found" in str(error)


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://h/", "", "http://", "mailto:a@b"])
async def test_other_addresses_are_refused_before_anything_is_sent(url: str) -> None:
    error = await failure(url, NetSettings())
    assert error.code in ("scheme", "address")


async def test_hints_before_the_answer_are_passed_over(server: Server) -> None:
    @server.route("/feed")
    async def hints(exchange: Exchange) -> None:
        await exchange.raw(b"HTTP/1.1 103 Early Hints\r\nETag: no\r\n\r\n")
        await exchange.send(200, FEED, ETag="yes")

    async with Client(environ={}) as client:
        response = await client.fetch(Request(url=server.url("/feed"), allow_private=True))
    assert response.headers["etag"] == ("yes",)


async def test_a_long_error_page_is_not_read_to_its_end(server: Server) -> None:
    sent = 0

    @server.route("/feed")
    async def page(exchange: Exchange) -> None:
        nonlocal sent
        await exchange.send(404, b"", length=200 * MIB)
        for _ in range(200):
            await exchange.raw(b"x" * MIB)
            sent += 1

    error = await failure(server.url("/feed"), NetSettings())
    assert error.code == "http-404"
    assert sent < 20
