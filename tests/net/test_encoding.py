"""Compressed bodies: whole, in pieces, layered, mislabelled."""

import gzip
import sys
import zlib
from collections.abc import Callable

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model.errors import AnswerUnusable
from reader.net.client import Client
from reader.net.encoding import decoder
from reader.net.message import Request
from tests.net.server import FEED, Exchange, Server

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

TEXT = FEED * 50


def bare_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "x-gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": brotli.compress,
    "zstd": zstd.compress,
}


def unpack(data: bytes, names: tuple[str, ...], *, step: int = 7) -> bytes:
    out: list[bytes] = []
    undo = decoder(names)
    for start in range(0, len(data), step):
        undo.feed(data[start : start + step], out.append)
    undo.close()
    return b"".join(out)


@pytest.mark.parametrize("name", PACKERS)
@given(data=st.binary(max_size=3000), step=st.integers(1, 4000))
def test_any_body_comes_back_however_it_is_cut(name: str, data: bytes, step: int) -> None:
    assert unpack(PACKERS[name](data), (name,), step=step) == data


@pytest.mark.parametrize("name", PACKERS)
def test_large_bodies_come_in_pieces(name: str) -> None:
    data = bytes(3_000_000)
    pieces: list[int] = []
    undo = decoder((name,))
    undo.feed(PACKERS[name](data), lambda piece: pieces.append(len(piece)))
    undo.close()
    assert sum(pieces) == len(data)
    assert max(pieces) <= 1 << 20


@pytest.mark.parametrize("name", PACKERS)
def test_a_body_that_was_cut_off_is_not_taken_for_whole(name: str) -> None:
    with pytest.raises(AnswerUnusable) as caught:
        unpack(PACKERS[name](TEXT)[:-6], (name,))
    assert caught.value.code in ("truncated", "bad-encoding")


@pytest.mark.parametrize("name", ["br", "zstd", "deflate", "gzip"])
def test_rubbish_is_an_error(name: str) -> None:
    head = b"\x1f\x8b\x08\0\0\0\0\0\0\0" if name == "gzip" else b""
    with pytest.raises(AnswerUnusable):
        unpack(head + b"\xff" * 300, (name,))


def test_deflate_without_its_wrapper() -> None:
    assert unpack(bare_deflate(TEXT), ("deflate",)) == TEXT


def test_a_body_that_is_only_called_gzip() -> None:
    assert unpack(TEXT, ("gzip",)) == TEXT
    assert unpack(b"", ("gzip",)) == b""


def test_several_members_and_padding() -> None:
    assert unpack(gzip.compress(b"one ") + gzip.compress(b"two") + b"\0\0", ("gzip",)) == b"one two"
    assert unpack(zstd.compress(b"one ") + zstd.compress(b"two"), ("zstd",)) == b"one two"


def test_layers_and_names_that_mean_nothing() -> None:
    assert unpack(brotli.compress(gzip.compress(TEXT)), ("gzip, br",)) == TEXT
    assert unpack(brotli.compress(gzip.compress(TEXT)), ("gzip", "BR")) == TEXT
    for names in ("identity", "utf-8", "none", ""):
        assert unpack(TEXT, (names,)) == TEXT
    with pytest.raises(AnswerUnusable):
        decoder(("gzip, gzip, gzip, gzip",))


@pytest.mark.parametrize("name", PACKERS)
async def test_over_the_line(server: Server, name: str) -> None:
    @server.route("/feed")
    async def feed(exchange: Exchange) -> None:
        accepted = exchange.asked.headers["accept-encoding"]
        assert name.removeprefix("x-") in accepted.split(", ")
        await exchange.send(200, PACKERS[name](TEXT), Content_Encoding=name)

    async with Client(environ={}) as client:
        response = await client.fetch(Request(url=server.url("/feed"), allow_private=True))
    assert response.body == TEXT
    assert response.received_bytes == len(PACKERS[name](TEXT))
