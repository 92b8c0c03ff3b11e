"""What a command needs from the world: streams, the clock, paths, the library."""

import os
import sys
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TextIO, TypeAlias

from msgspec import Struct, field

from reader.config import Config
from reader.paths import Paths
from reader.text.terminal import clean

if TYPE_CHECKING:
    import argparse

    from reader.library import Library

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001

_BLANKS = {ord("\n"): " ", ord("\t"): " "}


def utc_now() -> datetime:
    """The present moment, aware and in UTC."""
    return datetime.now(UTC)


class Context(Struct, kw_only=True):
    """The world of one command. Everything printed goes through it, cleaned.

    ``show_screen`` opens the screen on the library, and gives its exit code.
    """

    paths: Paths
    config: Config
    clock: Callable[[], datetime] = utc_now
    stdout: TextIO = field(default_factory=lambda: sys.stdout)
    stderr: TextIO = field(default_factory=lambda: sys.stderr)
    environ: Mapping[str, str] = field(default_factory=dict)
    cwd: Path = field(default_factory=Path.cwd)
    show_screen: Callable[[], int] = lambda: 0
    _library: "Library | None" = None

    @property
    def library(self) -> "Library":
        """The library, opened when a command first asks for it."""
        if self._library is None:
            # Imported late: half of the commands have no use for it.
            from reader.library import Library

            self._library = Library.open(
                self.paths.library,
                clock=self.clock,
                network=self.config.network,
                derived_tags=self.config.tags.derived,
                rules=self.paths.rules,
            )
            # Unlike Path.exists this never raises, whatever may not be looked into.
            kept = os.path.exists(self.paths.library)  # noqa: PTH110
            if self._library.saving_problem and not kept:
                self.talk(f"{self._library.saving_problem} Nothing of this is kept.")
        return self._library

    def close(self) -> None:
        """Close what was opened."""
        if self._library is not None:
            self._library.close()

    def say(self, text: str) -> None:
        """Print a line of data; a file name with a newline in it forges no second one."""
        self.stdout.write(clean(text).translate(_BLANKS) + "\n")

    def say_lines(self, text: str) -> None:
        """Print data of several lines."""
        self.stdout.write(clean(text) + "\n")

    def talk(self, text: str) -> None:
        """Print a line about what is going on."""
        self.stderr.write(f"newsreader: {clean(text).translate(_BLANKS)}\n")

    def row(self, values: Mapping[str, object]) -> None:
        """Print one JSON line.

        JSON escapes C0 controls only; a line with anything else in it that is not safe to
        draw (C1, bidi overrides, invisible letters, the surrogates of an undecodable file
        name) is escaped whole.
        """
        import json

        line = json.dumps(values, ensure_ascii=False)
        self.stdout.write((line if line == clean(line) else json.dumps(values)) + "\n")
