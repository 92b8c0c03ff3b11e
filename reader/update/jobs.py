"""What runs in a worker process: bytes or files in, articles ready to be stored out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from reader.model.errors import SourceUnreadable
from reader.storage.intents import Incoming, incoming, key_of
from reader.text.terminal import SafeText, clean_line
from reader.update.clean import clean


@dataclass(frozen=True, slots=True)
class ReadFile:
    """What became of one file: an article, or the reason why it is refused."""

    incoming: Incoming | None
    refusal: SafeText


def read_files(root: str, paths: Sequence[tuple[str, str]], now: datetime) -> list[ReadFile]:
    """Read and clean files of a folder.

    ``paths`` are pairs: relative to ``root``, and as the library names the file.
    """
    from reader.sources import folder

    results = []
    for path, key in paths:
        try:
            raw = folder.read(Path(root), path, now=now)
        except SourceUnreadable as error:
            results.append(ReadFile(None, clean_line(str(error))))
            continue
        cleaned = clean(raw, now=now)
        item = incoming(cleaned.article, text=cleaned.text, raw_key=key_of(repr(raw)), path=key)
        results.append(ReadFile(item, SafeText("")))
    return results
