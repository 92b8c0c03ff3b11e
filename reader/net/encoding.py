"""Undoes Content-Encoding as a body arrives: gzip, deflate, br and zstd, never past a limit."""

import sys
import zlib
from collections.abc import Callable
from typing import Protocol

from reader.model.errors import AnswerUnusable

_CHUNK = 256 * 1024
_MOST_LAYERS = 3
_GZIP_MAGIC = b"\x1f\x8b"


class Decoder(Protocol):
    """Turns the bytes on the line into those of the body, in pieces of bounded size."""

    def feed(self, data: bytes, sink: Callable[[bytes], None]) -> None:
        """Decode ``data`` and give the sink what comes out. Raises ``AnswerUnusable``."""

    def close(self) -> None:
        """Say that all came. Raises ``AnswerUnusable`` where the stream is not finished."""


class Plain:
    """No encoding."""

    def feed(self, data: bytes, sink: Callable[[bytes], None]) -> None:
        """Pass on what came."""
        sink(data)

    def close(self) -> None:
        """Nothing can be missing."""


class Zlib:
    """gzip (RFC 1952, several members too) and deflate (zlib or bare, as servers disagree).

    A body that is called gzip but does not begin like one is passed on as it is: servers
    that compress twice, or not at all, exist.
    """

    def __init__(self, wbits: int) -> None:
        self._wbits = wbits
        self._stream: zlib._Decompress | None = None
        self._plain = False
        self._head = b""

    def feed(self, data: bytes, sink: Callable[[bytes], None]) -> None:
        """Inflate ``data``."""
        if self._plain:
            sink(data)
            return
        if self._stream is None:
            data = self._head = self._head + data
            if len(data) < len(_GZIP_MAGIC):
                return
            if not self._begin(data):
                self._plain = True
                sink(data)
                return
        more = True
        while more:
            data, more = self._inflate(data, sink)

    def _begin(self, data: bytes) -> bool:
        """Choose how to inflate by the first bytes; False where they are not compressed."""
        self._head = b""
        wbits = self._wbits
        if data.startswith(_GZIP_MAGIC):
            wbits = 31
        elif wbits == 31:
            return False
        elif (data[0] & 0x0F, (data[0] * 256 + data[1]) % 31) != (8, 0):
            wbits = -15
        self._stream = zlib.decompressobj(wbits)
        return True

    def _inflate(self, data: bytes, sink: Callable[[bytes], None]) -> tuple[bytes, bool]:
        """Inflate one piece: what is left of ``data``, and whether to go on."""
        stream = self._stream
        if stream is None or stream.eof:
            if not data.startswith(_GZIP_MAGIC):
                return b"", False  # padding after the end
            stream = self._stream = zlib.decompressobj(31)
        try:
            out = stream.decompress(data, _CHUNK)
        except zlib.error as error:
            raise _broken() from error
        if out:
            sink(out)
        if stream.eof:
            return stream.unused_data, bool(stream.unused_data)
        # A full piece may leave output behind that needs no more input.
        return stream.unconsumed_tail, bool(stream.unconsumed_tail) or len(out) == _CHUNK

    def close(self) -> None:
        """Check that the last member is whole."""
        if self._stream is not None and not self._stream.eof:
            raise _truncated()


class Brotli:
    """br (RFC 7932)."""

    def __init__(self) -> None:
        import brotli

        self._stream = brotli.Decompressor()
        self._error = brotli.error
        self._begun = False
        self._finished = False

    def feed(self, data: bytes, sink: Callable[[bytes], None]) -> None:
        """Decompress ``data``; what follows the end of the stream is left out."""
        if self._finished:
            return
        self._begun = True
        try:
            out = self._stream.process(data, output_buffer_limit=_CHUNK)
            while out or not self._stream.can_accept_more_data():
                sink(out)
                out = self._stream.process(b"", output_buffer_limit=_CHUNK)
            self._finished = self._stream.is_finished()
        except self._error as error:
            raise _broken() from error

    def close(self) -> None:
        """Check that the stream ended."""
        if self._begun and not self._finished:
            raise _truncated()


class Zstandard:
    """zstd (RFC 8878), several frames too."""

    def __init__(self) -> None:
        if sys.version_info >= (3, 14):
            from compression import zstd
        else:
            from backports import zstd
        self._make = zstd.ZstdDecompressor
        self._error = zstd.ZstdError
        self._stream = self._make()
        self._begun = False

    def feed(self, data: bytes, sink: Callable[[bytes], None]) -> None:
        """Decompress ``data``."""
        while data:
            if self._stream.eof:
                self._stream = self._make()
            self._begun = True
            try:
                out = self._stream.decompress(data, _CHUNK)
                sink(out)
                while not self._stream.eof and not self._stream.needs_input:
                    sink(self._stream.decompress(b"", _CHUNK))
            except self._error as error:
                raise _broken() from error
            data = self._stream.unused_data if self._stream.eof else b""

    def close(self) -> None:
        """Check that the last frame is whole."""
        if self._begun and not self._stream.eof:
            raise _truncated()


class Layers:
    """Encodings on top of each other, the outermost first."""

    def __init__(self, decoders: list[Decoder]) -> None:
        self._decoders = decoders

    def feed(self, data: bytes, sink: Callable[[bytes], None]) -> None:
        """Decode ``data`` through every layer."""
        for decoder in reversed(self._decoders[1:]):
            sink = _into(decoder, sink)
        self._decoders[0].feed(data, sink)

    def close(self) -> None:
        """Check every layer."""
        for decoder in self._decoders:
            decoder.close()


def _into(decoder: Decoder, sink: Callable[[bytes], None]) -> Callable[[bytes], None]:
    return lambda data: decoder.feed(data, sink)


_MAKERS: dict[str, Callable[[], Decoder]] = {
    "gzip": lambda: Zlib(31),
    "x-gzip": lambda: Zlib(31),
    "deflate": lambda: Zlib(15),
    "br": Brotli,
    "zstd": Zstandard,
}


def decoder(values: tuple[str, ...]) -> Decoder:
    """What undoes the Content-Encoding fields of an answer. Raises ``AnswerUnusable``.

    Names that are no compression at all ("utf-8", "none": seen in the wild) are passed over.
    """
    names = [name.strip().lower() for name in ",".join(values).split(",")]
    makers = [_MAKERS[name] for name in reversed(names) if name in _MAKERS]
    if not makers:
        return Plain()
    if len(makers) > _MOST_LAYERS:
        raise _broken()
    return makers[0]() if len(makers) == 1 else Layers([make() for make in makers])


def _broken() -> AnswerUnusable:
    return AnswerUnusable(
        "The answer's compression is broken.",
        code="bad-encoding",
        advice="The server sends a damaged answer; it is tried again later.",
    )


def _truncated() -> AnswerUnusable:
    return AnswerUnusable(
        "The answer was cut off.",
        code="truncated",
        advice="Nothing was changed; it is tried again later.",
    )
