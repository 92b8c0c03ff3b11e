"""Downloads of enclosures: into a file, with progress, taken up again where they stopped."""

import asyncio
import json
import os
import re
import threading
from collections.abc import Callable
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from time import monotonic
from typing import Any, BinaryIO, Protocol

from msgspec import Struct

from reader.model.errors import AnswerUnusable, NetworkFailed, SavingRefused
from reader.model.records import replace
from reader.net.message import ACCEPT_ANY, Headers, Request, Response, content_length
from reader.net.sink import Sink

Progress = Callable[[int, int], None]
"""Called with the bytes that are there and the bytes in all, 0 where that is unknown."""

PROGRESS_EVERY_S = 0.1
_NO_LIMIT_S = 7 * 24 * 3600.0
_NO_SUCH_PART = frozenset({"http-416", "wrong-part"})
_CONTENT_RANGE = re.compile(r"bytes\s+(\d+)-\d+/(\d+|\*)")


class Fetcher(Protocol):
    """What fetches; ``reader.net.client.Client`` is one."""

    async def fetch(self, request: Request, *, sink: Sink | None = None) -> Response:
        """The answer to a request, its body into ``sink``. Raises ``NetworkFailed``."""


class Downloaded(Struct, frozen=True, kw_only=True):
    """A finished download: its size in bytes, and how many of them were there before."""

    path: Path
    size: int
    resumed_at: int


async def download(
    client: Fetcher, request: Request, path: Path, *, on_progress: Progress | None = None
) -> Downloaded:
    """Fetch the body of ``request`` into the file ``path``, replacing it at one stroke.

    Until it is whole it is kept beside it as ``.part``. A part of an earlier try is taken up
    where the server still has the same file, by its ETag or date. Where ``max_bytes`` is 0
    the file may have any size. ``on_progress`` is called in the event loop, at most ten times a
    second. Raises ``NetworkFailed`` (the part stays, to be taken up) and ``SavingRefused``.
    """
    part = path.with_name(path.name + ".part")
    report = _throttled(on_progress)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        sink = FileSink(part, url=request.url, limit=request.max_bytes, report=report)
    except OSError as error:
        raise _unsaved(path, error) from error
    request = replace(
        request,
        accept=ACCEPT_ANY,
        accept_encoding="identity",
        total_timeout_s=request.total_timeout_s or _NO_LIMIT_S,
    )
    try:
        await _fetch(client, request, sink)
        await asyncio.to_thread(sink.finish, path)
    except OSError as error:
        raise _unsaved(path, error) from error
    finally:
        with suppress(OSError):  # a file that was finished is closed; of a part this is no loss
            sink.close()
    return Downloaded(path=path, size=sink.received, resumed_at=sink.resumed_at)


async def _fetch(client: Fetcher, request: Request, sink: "FileSink") -> None:
    try:
        if not sink.complete:
            again = replace(request, resume_at=sink.received, if_range=sink.validator)
            await client.fetch(again, sink=sink)
    except NetworkFailed as error:
        if sink.trouble is not None:
            raise sink.trouble from None
        if error.code not in _NO_SUCH_PART:
            raise
        sink.restart()
        await client.fetch(request, sink=sink)


def _throttled(on_progress: Progress | None) -> Progress:
    """``on_progress`` as the fetching thread may call it: often, and from there."""
    if on_progress is None:
        return lambda *_: None
    loop = asyncio.get_running_loop()
    last = 0.0

    def report(received: int, total: int) -> None:
        nonlocal last
        now = monotonic()
        if received == total or now - last >= PROGRESS_EVERY_S:
            last = now
            loop.call_soon_threadsafe(on_progress, received, total)

    return report


class FileSink:
    """Writes a body to a partial file, and notes beside it which file it is a part of."""

    size = 0  # nothing stays in memory

    def __init__(self, part: Path, *, url: str, limit: int, report: Progress) -> None:
        self._part = part
        self._notes_path = part.with_name(part.name + ".json")
        # A hash: the address may hold a token, and the notes are as readable as the file.
        self._source = blake2b(url.encode(), digest_size=16).hexdigest()
        self._limit = limit
        self._report = report
        self._lock = threading.Lock()
        self._file: BinaryIO | None = part.open("ab")
        self.trouble: OSError | None = None
        self.received = self._file.tell()
        self._notes = self._read_notes()
        if not self._notes.get("validator"):
            self.restart()
        self.resumed_at = self.received

    @property
    def validator(self) -> str:
        """What tells the server which version the part is of; "" with nothing to take up."""
        return str(self._notes.get("validator", "")) if self.received else ""

    @property
    def complete(self) -> bool:
        """Whether all of the file is there."""
        return 0 < self._total == self.received

    @property
    def _total(self) -> int:
        total = self._notes.get("total", 0)
        return total if isinstance(total, int) else 0

    def restart(self) -> None:
        """Forget what is there."""
        if self._file is not None and self.received:
            self._file.truncate(0)
        self.received = self.resumed_at = 0
        self._notes = {}

    def begin(self, status: int, headers: Headers) -> None:
        """Take up the part (206), or begin anew (any other success)."""
        encoded = (headers.get("content-encoding") or ("identity",))[0].lower() != "identity"
        if status == 206:
            span = _CONTENT_RANGE.fullmatch((headers.get("content-range") or ("",))[0])
            if not self.received or encoded or span is None or int(span[1]) != self.received:
                raise _wrong_part()
            total = int(span[2]) if span[2] != "*" else 0
        else:
            self._guarded(self.restart)
            total = 0 if encoded else content_length(headers)
        self._notes = {"source": self._source, "validator": _validator(headers), "total": total}
        self._check(total)
        self._guarded(lambda: self._notes_path.write_text(json.dumps(self._notes)))
        self._report(self.received, total)

    def arrived(self, size: int) -> None:
        """Any amount may come."""

    def write(self, data: bytes) -> None:
        """Append a piece."""
        with self._lock:
            if self._file is None:
                raise AnswerUnusable("The download was stopped.", code="stopped")
            self._check(self.received + len(data))
            file = self._file
            self._guarded(lambda: file.write(data))
            self.received += len(data)
        self._report(self.received, self._total)

    def body(self) -> bytes:
        """Nothing: it is in the file."""
        return b""

    def finish(self, path: Path) -> None:
        """Give the whole file its name. Raises ``OSError``."""
        if self._file is not None:
            self._file.flush()
            os.fsync(self._file.fileno())
        self.close()
        self._part.replace(path)
        self._notes_path.unlink(missing_ok=True)

    def close(self) -> None:
        """Take no more; what came stays in the part. Raises ``OSError``."""
        with self._lock:
            file, self._file = self._file, None
        if file is not None:
            file.close()

    def _guarded(self, action: Callable[[], object]) -> None:
        """End the transfer where the disk does not play along."""
        try:
            action()
        except OSError as error:
            self.trouble = error
            raise AnswerUnusable("The file could not be written.", code="disk") from error

    def _check(self, size: int) -> None:
        if self._limit and size > self._limit:
            raise AnswerUnusable(
                f"The file is larger than {self._limit / 2**20:.3g} MiB.", code="too-large"
            )

    def _read_notes(self) -> dict[str, Any]:
        try:
            notes = json.loads(self._notes_path.read_text())
        except (OSError, ValueError):
            return {}
        same = isinstance(notes, dict) and notes.get("source") == self._source
        return notes if same else {}


def _validator(headers: Headers) -> str:
    """What If-Range may name (RFC 9110, 13.1.5): a strong ETag, else the date."""
    etag = (headers.get("etag") or ("",))[0]
    if etag.startswith('"'):
        return etag
    return (headers.get("last-modified") or ("",))[0]


def _wrong_part() -> AnswerUnusable:
    return AnswerUnusable(
        "The server sent another part of the file than was asked for.",
        code="wrong-part",
        advice="It is tried again later.",
    )


def _unsaved(path: Path, error: OSError) -> SavingRefused:
    return SavingRefused(f"{path} could not be written: {error.strerror or error}.")
