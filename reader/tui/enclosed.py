"""How the files that come with an article are told, in its masthead and in their list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.text.amounts import duration, size
from reader.text.terminal import clean_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reader.model.article import Enclosure

MOST_LINES = 4
SIGNS = {"audio": "♪", "video": "▶"}
OTHER_SIGN = "▣"


def sign_of(file: Enclosure) -> str:
    """One character for the kind of a file."""
    return SIGNS.get(file.mime.partition("/")[0], OTHER_SIGN)


def facts_of(file: Enclosure) -> tuple[str, ...]:
    """Kind, size and duration, as far as the publisher told them."""
    kind = clean_line(file.mime.removesuffix("/*")) or "file"
    return tuple(filter(None, (kind, size(file.size), duration(file.seconds))))


def lines(files: tuple[Enclosure, ...]) -> Iterator[str]:
    """A line for each file, ``♪ audio/mpeg · 34 MB · 52:10``; of many the first ones."""
    shown = files if len(files) <= MOST_LINES else files[: MOST_LINES - 1]
    for file in shown:
        parts = " · ".join(filter(None, (*facts_of(file), clean_line(file.title, 120))))
        yield f"{sign_of(file)} {parts}"
    if len(shown) < len(files):
        yield f"{OTHER_SIGN} and {len(files) - len(shown)} more files"
