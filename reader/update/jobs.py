"""What runs in a worker process: bytes or files in, cleaned articles out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from reader.model.errors import SourceUnreadable
from reader.text.terminal import SafeText, clean_line
from reader.update.clean import Cleaned, clean


@dataclass(frozen=True, slots=True)
class ReadFile:
    """What became of one file: an article, or the reason why it is refused."""

    path: str
    cleaned: Cleaned | None
    refusal: SafeText


def read_files(root: str, paths: Sequence[str], now: datetime) -> list[ReadFile]:
    """Read and clean files of a folder; ``paths`` are relative to ``root``."""
    from reader.sources import folder

    results = []
    for path in paths:
        try:
            raw = folder.read(Path(root), path, now=now)
        except SourceUnreadable as error:
            results.append(ReadFile(path, None, clean_line(str(error))))
        else:
            results.append(ReadFile(path, clean(raw, now=now), SafeText("")))
    return results
