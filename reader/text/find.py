"""Finds text in an article as it is laid out, also where a hit goes over the end of a line."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import Final

from msgspec import Struct

from reader.text.blocks import Line

MAX_HITS: Final = 10_000
MAX_WANTED: Final = 200
_BESIDE: Final = frozenset({"quote", "marker"})


class Part(Struct, frozen=True):
    """A stretch of one line: characters ``start`` to ``end`` of its text."""

    line: int
    start: int
    end: int


class Hit(Struct, frozen=True):
    """Where the wanted text stands: one part for every line it touches, from the top."""

    parts: tuple[Part, ...]


def find(lines: Iterable[Line], wanted: str, *, limit: int = MAX_HITS) -> list[Hit]:
    """The hits of ``wanted`` in ``lines``, without regard to case and diacritics.

    A space matches any white space and the end of a line. At most ``limit`` hits; nothing
    is wanted where ``wanted`` is blank.
    """
    pattern = _pattern(wanted[:MAX_WANTED])
    if pattern is None:
        return []
    hits: list[Hit] = []
    for _, group in groupby(enumerate(lines), lambda item: item[1].block):
        for hit in _hits(list(group), pattern):
            hits.append(hit)
            if len(hits) >= limit:
                return hits
    return hits


def _pattern(wanted: str) -> re.Pattern[str] | None:
    """Matches the folded text; between any two letters a line may end (newline)."""
    words = fold(wanted)[0].split()
    if not words:
        return None
    return re.compile(r"[ \n]+".join("\n?".join(map(re.escape, word)) for word in words))


def _hits(lines: list[tuple[int, Line]], pattern: re.Pattern[str]) -> Iterator[Hit]:
    """The hits in the lines of one block."""
    texts: list[str] = []
    places: list[tuple[int, int]] = []
    for number, line in lines:
        start = _text_start(line)
        folded, origins = fold(line.text[start:])
        texts.append(folded)
        places.extend((number, start + origin) for origin in origins)
        places.append((number, -1))
    for match in pattern.finditer("\n".join(texts)):
        touched = [place for place in places[match.start() : match.end()] if place[1] >= 0]
        parts = []
        for number, run in groupby(touched, itemgetter(0)):
            columns = [column for _, column in run]
            parts.append(Part(number, columns[0], columns[-1] + 1))
        if parts:
            yield Hit(tuple(parts))


def _text_start(line: Line) -> int:
    """Where the text of a line begins, after the bars and markers beside it."""
    start = 0
    for span in line.spans:
        if span.style not in _BESIDE and span.text.strip():
            break
        start += len(span.text)
    return start


def fold(text: str) -> tuple[str, Iterable[int]]:
    """The text in lower case without diacritics, and for every character of it the place
    it comes from.
    """
    if text.isascii():
        return text.lower(), range(len(text))
    folded: list[str] = []
    origins: list[int] = []
    for place, char in enumerate(text):
        bare = char.lower() if char.isascii() else _bare(char)
        folded.append(bare)
        origins.extend([place] * len(bare))
    return "".join(folded), origins


def _bare(char: str) -> str:
    parts = unicodedata.normalize("NFKD", char)
    return "".join(part for part in parts if not unicodedata.combining(part)).casefold()
