"""Text in the filter language to a query tree; mistakes are data, and the rest still filters."""

from dataclasses import dataclass
from typing import Final

from reader.query.tree import EVERYTHING, Node, Sort

MAX_LENGTH: Final = 10_000
"""Characters of a query that are read."""

MAX_TERMS: Final = 500
"""Terms of a query that are read; no tree has more leaves."""

MAX_DEPTH: Final = 40
"""Parentheses inside each other that are read; no tree is deeper than three times this."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong with ``text[start:end]``, and what to write instead ("" for no idea)."""

    start: int
    end: int
    message: str
    suggestion: str = ""


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a query asks. ``sort`` is None where it does not say."""

    tree: Node = EVERYTHING
    sort: Sort | None = None
    mistakes: tuple[Mistake, ...] = ()


def parse(text: str) -> Parsed:
    """Read a query. Never raises; linear in the length; an empty query is true of everything.

    A term that is not understood is left out and told as a mistake.
    """
    raise NotImplementedError(text)
