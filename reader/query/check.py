"""Finds names in a query that the library does not hold, and what was meant by them."""

from collections.abc import Callable, Iterable
from itertools import islice
from typing import Final

from reader.query.match import names
from reader.query.parse import MAX_LENGTH, MAX_MISTAKES, Mistake
from reader.query.scan import scan
from reader.query.suggest import nearest
from reader.query.terms import meaning
from reader.query.tree import Named
from reader.query.write import term

_MOST_TERMS: Final = 50


def unknown_names(text: str, known: Callable[[str], Iterable[str]]) -> tuple[Mistake, ...]:
    """A mistake for each feed, category or tag that is asked for and not there.

    ``known`` gives the names of a field ("feed", "category", "tag"), those most used
    first. A field without any name is not checked: the library is still empty.
    """
    mistakes: list[Mistake] = []
    for lexeme in islice(scan(text[:MAX_LENGTH]), _MOST_TERMS):
        meant = meaning(lexeme.term) if lexeme.sign == "term" else None
        if not isinstance(meant, Named) or len(mistakes) == MAX_MISTAKES:
            continue
        held = list(known(meant.field))
        if held and not any(names(meant, name) for name in held):
            close = nearest(lexeme.term.value, held)
            told = f"there is no {meant.field} called {lexeme.term.value[:40]}"
            suggestion = term(meant.field, close) if close else ""
            mistakes.append(Mistake(lexeme.start, lexeme.end, told, suggestion))
    return tuple(mistakes)
