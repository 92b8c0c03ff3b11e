"""A home of its own for the real program, and its runs there."""

import ctypes
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.terminal import Terminal
from tests.text.safety import forbidden

REPOSITORY = Path(__file__).resolve().parents[2]
COLUMNS, ROWS = 120, 40


@dataclass(frozen=True)
class Home:
    """A person's own directory, with a library in it."""

    path: Path

    @property
    def environ(self) -> dict[str, str]:
        """Nothing of the person who runs the tests."""
        return {
            "HOME": str(self.path),
            "PATH": os.environ["PATH"],
            "LANG": "C.UTF-8",
            "VTE_VERSION": "7600",  # a terminal that is known to have hyperlinks
            "PYTHONPATH": str(REPOSITORY),
            "NEWSREADER_LIBRARY": str(self.path / "library.db"),
            **{
                f"XDG_{name}_HOME": str(self.path / name.lower())
                for name in ("CONFIG", "DATA", "CACHE", "STATE")
            },
        }

    def terminal(self, *arguments: str | Path) -> Terminal:
        """The program on a terminal."""
        return Terminal(
            [sys.executable, "-m", "reader", *map(str, arguments)],
            environ=self.environ,
            columns=COLUMNS,
            rows=ROWS,
        )

    def run(
        self, *arguments: str, preparing: Callable[[], None] | None = None
    ) -> "subprocess.CompletedProcess[bytes]":
        """A command of the program, and what it printed; ``preparing`` runs in its process."""
        return subprocess.run(
            [sys.executable, "-m", "reader", *arguments],
            env=self.environ,
            cwd=self.path,
            capture_output=True,
            timeout=60,
            preexec_fn=preparing,
            check=False,
        )


def as_mere_user() -> None:
    """Let file permissions hold for root too: drop what lets it ignore them."""
    drop_from_bounding_set = 24
    for capability in (1, 2, 3):  # DAC_OVERRIDE, DAC_READ_SEARCH, FOWNER
        ctypes.CDLL(None).prctl(drop_from_bounding_set, capability, 0, 0, 0)


def unsafe(done: "subprocess.CompletedProcess[bytes]") -> list[str]:
    """What is wrong with what a command printed."""
    return [
        f"{stream}: {problem}"
        for stream, data in (("stdout", done.stdout), ("stderr", done.stderr))
        for problem in forbidden(data.decode("utf-8"), allowed="\n")
    ]
