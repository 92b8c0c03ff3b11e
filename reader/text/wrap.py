"""Where lines may end: breaks text into stretches that fit a number of cells.

Linear in the text. Spaces, hyphens and dashes between letters end a line; Chinese and
Japanese break between characters except where that would begin a line with closing
punctuation or end it with an opening bracket (kinsoku); what does not fit is cut between
the characters a person sees.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import Final
from unicodedata import category

from reader.text.width import graphemes, width

_OPENING: Final = "([{‘“«（〔［｛〈《「『【〖〘〚｟"
_CLOSING: Final = (
    ")]},.!?:;%’”»、。，．・：；？！゛゜ヽヾゝゞ々ー）〕］｝〉》」』】〗〙〛｠‐゠–〜～‼⁇⁈⁉…‥％‰℃"
    "ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿ"
)
_UNSPACED: Final = (
    "\u2e80-\u3000\u3001-\u303e\u3041-\u30ff\u3105-\u312f\u3190-\u31ff\u3400-\u4dbf\u4e00-\ua4cf"
    "\uf900-\ufaff\ufe30-\ufe4f\uff01-\uff60\uffe0-\uffe6\U00020000-\U0003fffd"
)
_MARKS: Final = "\u0300-\u036f\u3099\u309a\ufe00-\ufe0f\U000e0100-\U000e01ef"
_ONE_CELL_EACH = re.compile(
    "[ -~\u00a0-\u00ac\u00ae-\u02ff\u0370-\u0377\u037a-\u037f\u0384-\u0482\u048a-\u052f"
    "\u1e00-\u1fff\u2010-\u2027\u2030-\u205e\u20a0-\u20c0\u2190-\u2199\u2500-\u257f]*"
)
_DASHES: Final = ("-", "–", "—", "/")


def breaks(text: str, cells: int) -> Iterator[tuple[int, int]]:
    """The stretches ``text[start:end]`` of one paragraph, each at most ``cells`` wide.

    ``text`` holds no newline. Spaces at a break belong to no stretch. A character of two
    cells where there is one still makes a stretch.
    """
    cells = max(1, cells)
    if _ONE_CELL_EACH.fullmatch(text):
        return _simple_breaks(text, cells)
    return _unit_breaks(text, cells)


def _simple_breaks(text: str, cells: int) -> Iterator[tuple[int, int]]:
    """Breaks of text whose characters take one cell each."""
    start, size = 0, len(text)
    while size - start > cells:
        limit = start + cells
        end = text.rfind(" ", start, limit + 1)
        end = max(end, _dash_break(text, max(end, start), limit))
        if end <= start:
            yield start, limit
            start = limit
            continue
        stop = end
        while stop > start and text[stop - 1] == " ":
            stop -= 1
        yield start, stop
        start = end
        while start < size and text[start] == " ":
            start += 1
    if start < size or not size:
        yield start, size


def _dash_break(text: str, start: int, limit: int) -> int:
    """The place after the last dash between letters in ``text[start:limit]``; -1 if none."""
    best = -1
    for dash in _DASHES:
        place = text.rfind(dash, start + 2, limit)
        if place > best and text[place - 1].isalpha() and text[place + 1 : place + 2].isalpha():
            best = place
    return best + 1 if best >= 0 else -1


def _segments(text: str) -> Iterator[tuple[int, int]]:
    """Stretches between which a line may end; runs of spaces are stretches of their own."""
    start = end = -1
    for match in _unit().finditer(text):
        unit = match.group()
        if unit[0] == " ":
            if start >= 0:
                yield start, end
            yield match.span()
            start = -1
            continue
        if start >= 0 and _begins(unit[0]) and text[end - 1] not in _OPENING:
            yield start, end
            start = match.start()
        elif start < 0:
            start = match.start()
        end = match.end()
    if start >= 0:
        yield start, end


@cache
def _unit() -> re.Pattern[str]:
    # Made when it is asked for: most people's first screen has no use for it.
    return re.compile(f" +|[{_UNSPACED}][{_MARKS}]*|[^ {_UNSPACED}]+")


def _begins(char: str) -> bool:
    """Whether a line may begin with ``char``: no closing punctuation, no combining mark."""
    return char not in _CLOSING and category(char)[0] != "M"


def _unit_breaks(text: str, cells: int) -> Iterator[tuple[int, int]]:
    line_start = line_end = -1
    used = space = 0
    for start, end in _segments(text):
        if text[start] == " ":
            space = end - start if line_start >= 0 else 0
            continue
        size = width(text[start:end])
        if line_start >= 0 and used + space + size > cells:
            yield line_start, line_end
            line_start = -1
        if line_start < 0:
            line_start, used, space = start, 0, 0
            if size > cells:
                for line_start, line_end in _cut(text, start, end, cells):
                    if line_end < end:
                        yield line_start, line_end
                used = width(text[line_start:line_end])
                continue
        used += space + size
        line_end, space = end, 0
    if line_start >= 0:
        yield line_start, line_end
    elif not text.strip(" "):
        yield 0, 0


def _cut(text: str, start: int, end: int, cells: int) -> Iterator[tuple[int, int]]:
    """A stretch without break opportunities cut into lines between graphemes."""
    at, used = start, 0
    begin = start
    for grapheme in _cuttable(text[start:end], cells):
        size = width(grapheme)
        if used + size > cells and at > begin:
            yield begin, at
            begin, used = at, 0
        used += size
        at += len(grapheme)
    yield begin, at


def _cuttable(text: str, cells: int) -> Iterator[str]:
    """The graphemes of ``text``; the characters of one that is wider than the line."""
    for grapheme in graphemes(text):
        if len(grapheme) > cells and width(grapheme) > cells:
            yield from grapheme
        else:
            yield grapheme
