"""Where the body of an answer goes: into memory, bounded."""

from typing import Protocol

from reader.model.errors import AnswerUnusable
from reader.net.message import Headers, content_length


class Sink(Protocol):
    """Takes a body. ``size`` counts its bytes that are in memory."""

    size: int

    def begin(self, status: int, headers: Headers) -> None:
        """A usable answer begins. Raises ``AnswerUnusable`` where it is not wanted."""

    def arrived(self, size: int) -> None:
        """Note that ``size`` bytes came over the line so far. Raises ``AnswerUnusable``."""

    def write(self, data: bytes) -> None:
        """Take a piece. Raises ``AnswerUnusable`` where it is one too many."""

    def body(self) -> bytes:
        """What is in memory of all that came."""


class MemorySink:
    """Keeps a body of at most ``limit`` bytes."""

    def __init__(self, limit: int) -> None:
        self.size = 0
        self._limit = limit
        # Pieces, not one growing buffer: growing hundreds of them side by side fragments the
        # heap to several times their size.
        self._pieces: list[bytes] = []

    def begin(self, status: int, headers: Headers) -> None:
        """Refuse a body that says beforehand that it is too large."""
        del status
        self._check(content_length(headers))

    def arrived(self, size: int) -> None:
        """Refuse compressed data without end that unpacks to nothing."""
        self._check(size)

    def write(self, data: bytes) -> None:
        """Keep a piece."""
        self._check(self.size + len(data))
        self.size += len(data)
        self._pieces.append(data)

    def body(self) -> bytes:
        """All that came, which is given away: the sink is empty afterwards."""
        whole = self._pieces[0] if len(self._pieces) == 1 else b"".join(self._pieces)
        self._pieces.clear()
        return whole

    def _check(self, size: int) -> None:
        if size > self._limit:
            self._pieces.clear()
            self.size = 0
            raise AnswerUnusable(
                f"The answer is larger than {self._limit / 2**20:.3g} MiB.",
                code="too-large",
                advice="A feed this large is seldom meant;"
                " max_megabytes under [network] is the limit.",
            )
