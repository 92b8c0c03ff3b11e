"""Runs command lines in this process, and keeps what they print."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from reader.cli.context import Context
from reader.cli.main import main


@dataclass
class Shell:
    """Runs commands on one library and keeps what they print."""

    library: Path
    capsys: pytest.CaptureFixture[str]
    opened: list[Path] | None = None
    out: str = ""
    err: str = ""

    def __call__(self, *arguments: str) -> int:
        def open_screen(context: Context, paths: Sequence[Path]) -> int:
            self.opened = list(paths)
            return 0

        try:
            code = main(["--library", str(self.library), *arguments], open_screen)
        except SystemExit as end:
            code = int(end.code or 0)
        self.out, self.err = self.capsys.readouterr()
        return code

    @property
    def rows(self) -> list[dict[str, object]]:
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def titles(self) -> list[str]:
        """Of the articles that were printed as JSON, by name."""
        return sorted(str(row["title"]) for row in self.rows)
