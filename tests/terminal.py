"""A real pseudo-terminal for tests and benchmarks: runs a program, types, reads the screen."""

import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Self

import pyte

QUIET_S = 0.05


class Terminal:
    """A program on a pty of ``columns`` by ``rows``, its output kept raw and drawn by pyte."""

    def __init__(
        self,
        arguments: Sequence[str],
        *,
        environ: Mapping[str, str],
        columns: int = 120,
        rows: int = 40,
    ) -> None:
        self.raw = bytearray()
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        self.started = time.perf_counter()
        self.pid, self._fd = pty.fork()
        if self.pid == 0:  # pragma: no cover - the child
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
            os.execve(
                arguments[0],
                list(arguments),
                {**environ, "TERM": "xterm-256color", "COLORTERM": "truecolor"},
            )
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()

    @property
    def text(self) -> str:
        """What stands on the screen."""
        # pyte's own display fails where half of a wide character was drawn over.
        lines = (self.screen.buffer[row] for row in range(self.screen.lines))
        return "\n".join(
            "".join(line[column].data for column in range(self.screen.columns)) for line in lines
        )

    def send(self, keys: str) -> None:
        """Type."""
        os.write(self._fd, keys.encode())

    def resize(self, columns: int, rows: int) -> None:
        """Give the window another size."""
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.screen.resize(rows, columns)

    def read(self, seconds: float) -> int:
        """Take what arrives within ``seconds``; how many bytes that was, -1 at the end."""
        ready, _, _ = select.select([self._fd], [], [], seconds)
        if not ready:
            return 0
        try:
            data = os.read(self._fd, 1 << 16)
        except OSError:
            return -1
        if not data:
            return -1
        self.raw += data
        self._stream.feed(data)
        return len(data)

    def wait_for(self, wanted: str | Callable[[str], bool], *, seconds: float = 90) -> float:
        """Read until the screen shows what is wanted; the seconds that took.

        Raises AssertionError with the screen where it does not come.
        """
        test = wanted if callable(wanted) else (lambda text: wanted in text)
        begun = time.perf_counter()
        while time.perf_counter() - begun < seconds:
            if test(self.text):
                return time.perf_counter() - begun
            if self.read(0.05) < 0:
                break
        if test(self.text):
            return time.perf_counter() - begun
        raise AssertionError(f"{wanted!r} did not come within {seconds} s:\n{self.text}")

    def settle(self, *, quiet: float = QUIET_S, seconds: float = 5) -> int:
        """Read until nothing has come for ``quiet`` seconds; how many bytes came."""
        begun, total = time.perf_counter(), 0
        while time.perf_counter() - begun < seconds:
            got = self.read(quiet)
            if got <= 0:
                break
            total += got
        return total

    def cpu_seconds(self) -> float:
        """User and system time of the program so far."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def resident_mb(self) -> float:
        """The program's resident memory."""
        pages = int(Path(f"/proc/{self.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6

    def wait(self, seconds: float = 10) -> int:
        """Read to the end of the program; its exit code.

        Raises AssertionError with the screen where it does not end.
        """
        begun = time.perf_counter()
        while self.read(0.05) >= 0:
            if time.perf_counter() - begun > seconds:
                raise AssertionError(f"it did not end within {seconds} s:\n{self.text}")
        _, status = os.waitpid(self.pid, 0)
        self.pid = 0
        os.close(self._fd)
        return os.waitstatus_to_exitcode(status)

    def hang_up(self) -> None:
        """Take the terminal away, as a closed window does; the program is left to end."""
        os.close(self._fd)

    def kill(self, number: int = signal.SIGKILL) -> None:
        """End the program, if it has not ended."""
        if self.pid:
            os.kill(self.pid, number)
            os.waitpid(self.pid, 0)
            os.close(self._fd)
            self.pid = 0
