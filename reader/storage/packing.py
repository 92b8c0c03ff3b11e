"""How lists of ids (in the journal) and bodies are packed: compressed where that saves room."""

from __future__ import annotations

import json
import sys
import zlib
from array import array
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Ids: TypeAlias = "array[int]"

_SMALL = 500
"""Bytes below which compressing costs more time than it saves room."""
_COMPRESSED = b"\0"


def pack(parts: Mapping[str, Ids]) -> bytes:
    """Named id lists as bytes; about a byte an id where they are close together."""
    head = json.dumps({name: len(ids) for name, ids in parts.items()}).encode()
    packed = head + b"\n" + b"".join(ids.tobytes() for ids in parts.values())
    return packed if len(packed) < _SMALL else _COMPRESSED + zlib.compress(packed, 1)


def unpack(payload: bytes) -> dict[str, Ids]:
    """What ``pack`` was given."""
    if payload.startswith(_COMPRESSED):
        payload = zlib.decompress(payload[1:])
    head, _, packed = payload.partition(b"\n")
    parts: dict[str, Ids] = {}
    start = 0
    for name, length in json.loads(head).items():
        ids = parts[name] = array("q")
        end = start + length * ids.itemsize
        ids.frombytes(packed[start:end])
        start = end
    return parts


def pack_body(body: str) -> bytes:
    """A body as it is stored: UTF-8 in a zstd frame; what UTF-8 cannot say becomes "?"."""
    compress, whole_frame = _compressor()
    return compress(body.encode(errors="replace"), whole_frame)


def unpack_body(packed: bytes) -> str:
    """What ``pack_body`` was given."""
    return _decompress()(packed).decode()


@cache
def _compressor() -> tuple[Callable[[bytes, int], bytes], int]:
    """One compressor for all bodies: to make one takes as long as to use it."""
    zstd = _zstd()
    return zstd.ZstdCompressor(1).compress, zstd.ZstdCompressor.FLUSH_FRAME


@cache
def _decompress() -> Callable[[bytes], bytes]:
    decompress: Callable[[bytes], bytes] = _zstd().decompress
    return decompress


def _zstd() -> Any:  # noqa: ANN401 - a module of one of two names
    # Imported late: what prints a line has no use for it. zlib takes three times as long to
    # pack as much.
    if sys.version_info >= (3, 14):
        from compression import zstd
    else:
        from backports import zstd
    return zstd


def storable(text: str) -> str:
    """The text without lone surrogates, which UTF-8 and so SQLite cannot hold."""
    return text if text.isascii() else text.encode(errors="replace").decode()
