"""Lists of ids as the journal keeps them: named, packed and compressed."""

import json
import zlib
from array import array
from collections.abc import Mapping
from typing import TypeAlias

Ids: TypeAlias = "array[int]"


def pack(parts: Mapping[str, Ids]) -> bytes:
    """Named id lists as bytes; about a byte an id where they are close together."""
    head = json.dumps({name: len(ids) for name, ids in parts.items()}).encode()
    return zlib.compress(head + b"\n" + b"".join(ids.tobytes() for ids in parts.values()), 1)


def unpack(payload: bytes) -> dict[str, Ids]:
    """What ``pack`` was given."""
    head, _, packed = zlib.decompress(payload).partition(b"\n")
    parts: dict[str, Ids] = {}
    start = 0
    for name, length in json.loads(head).items():
        ids = parts[name] = array("q")
        end = start + length * ids.itemsize
        ids.frombytes(packed[start:end])
        start = end
    return parts
