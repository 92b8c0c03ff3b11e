"""Finds what was probably meant by a field or value that does not exist."""

from collections.abc import Iterable, Sequence
from typing import Final

from reader.query.fields import FIELDS, Choice

_LONGEST: Final = 40
_MOST: Final = 2000


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word most like ``word``, "" where none is like it.

    Bounded: looks at the first 40 characters of ``word`` and the first 2,000 known words.
    """
    import difflib
    from itertools import islice

    wanted = word.casefold()[:_LONGEST]
    by_folded = {name.casefold()[:_LONGEST]: name for name in islice(known, _MOST)}
    starts = [folded for folded in by_folded if wanted and folded.startswith(wanted)]
    if len(starts) == 1:
        return by_folded[starts[0]]
    close = difflib.get_close_matches(wanted, by_folded, n=1, cutoff=0.6)
    return by_folded[close[0]] if close else ""


def nearest_field(word: str) -> str:
    """The field that ``word`` was meant to be, "" for no idea."""
    known = {name: field.name for field in FIELDS for name in (field.name, *field.also)}
    wanted = word.casefold()
    return known.get(wanted) or known.get(nearest(wanted, known), "")


def nearest_choice(word: str, choices: Sequence[Choice]) -> str:
    """The choice that ``word`` was meant to be, "" for no idea."""
    return nearest(word, [choice.value for choice in choices])
