"""Cuts a Markdown body into portions that can be read one by one."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from reader.text.dialects import rewritten

_FIRST: Final = 3_000
_PORTION: Final = 12_000
_LINE: Final = 20
"""Characters that every line counts for besides its own: reading a line has its price."""
_FRESH = re.compile(r"(?![ \t>|:]|[-*+][ \t]|\d{1,9}[.)][ \t])\S")
_DELIMITERS = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*\n?")


class Portion(NamedTuple):
    """``text`` is read as a document; with ``continues`` its first block is the rest of the
    listing or table that ended the portion before it.
    """

    text: str
    continues: bool


def portions(body: str) -> Iterator[Portion]:
    """The portions in order, small at first: cut where a block begins after an empty line,
    or else, when they grow too long, wherever a line begins.
    """
    cutter = _Cutter()
    for line, listing in rewritten(body):
        portion = cutter.before(line, listing)
        if portion:
            yield portion
        cutter.add(line, listing)
    yield cutter.rest()


class _Cutter:
    """Gathers the lines of a portion."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._size = 0
        self._enough = _FIRST
        self._blank = False
        self._listing = ""
        self._table = ""
        self._continues = False

    def before(self, line: str, listing: str) -> Portion | None:
        """The portion that is complete before ``line``, which is part of ``listing``."""
        if self._size < self._enough:
            return None
        if listing and self._listing:
            return self._cut(listing, "```\n") if self._size >= 2 * _PORTION else None
        if self._table and line.strip():
            return self._cut(self._table, "") if self._size >= _PORTION else None
        fresh = self._blank and _FRESH.match(line) is not None
        if fresh or self._size >= (2 if self._blank else 3) * self._enough:
            return self._cut("", "")
        return None

    def add(self, line: str, listing: str) -> None:
        """The next line."""
        blank = not listing and not line.strip()
        if listing or blank:
            self._table = ""
        elif not self._table and "|" in line and self._lines and _DELIMITERS.fullmatch(line):
            self._table = self._lines[-1] + line if "|" in self._lines[-1] else ""
        self._lines.append(line)
        self._size += len(line) + _LINE
        self._blank = blank
        self._listing = listing

    def rest(self) -> Portion:
        """The last portion."""
        return Portion("".join(self._lines), self._continues)

    def _cut(self, head: str, foot: str) -> Portion:
        """The portion so far; the next begins with ``head`` where it goes on with a block."""
        fence = head.strip()[:1] * 3 if foot else ""
        portion = Portion(
            "".join(self._lines) + (f"{fence or foot}\n" if foot else ""), self._continues
        )
        self._lines = [head] if head else []
        self._size = 0
        self._continues = bool(head)
        self._enough = min(2 * self._enough, _PORTION)
        return portion
