"""What a query asks while it is being typed: its last word is only the beginning of one."""

from typing import Final

from reader.query.parse import MAX_LENGTH
from reader.query.scan import Lexeme, scan
from reader.text.words import is_unspaced, tokens

_SHORTEST: Final = 3
"""Fewer letters begin so many words that finding them all takes longer than typing on."""

_TEXTS: Final = ("", "title", "author")
_NAMES: Final = ("feed", "category", "tag")


def unfinished(text: str) -> str:
    """The query with its last word as a beginning: ``trump tar`` is ``trump tar*``.

    A single letter is left out, two are a word. What is no word, is shut out, or is ended
    by a space, a quote or a star is asked for as it stands.
    """
    before, last = _last(text)
    if last is None or last.end != len(text) or (before is not None and before.sign == "not"):
        return text
    term = last.term
    if term.is_regex or term.prefix or "*" in term.value:
        return text
    if term.field in _NAMES:
        return _begun(text, last) if term.value else text
    words = tokens(term.value)
    if term.field not in _TEXTS or not words or not term.value[-1:].isalnum():
        return text
    if "://" in term.value or is_unspaced(words[-1][-1]):
        return text
    if len(words[-1]) == 1 and len(words) == 1 and not term.field:
        return text[: last.start]
    return text if len(words[-1]) < _SHORTEST else _begun(text, last)


def _begun(text: str, last: Lexeme) -> str:
    if last.term.was_quoted:
        return f'{text}"*' if last.unclosed else text
    return text if last.unclosed else f"{text}*"


def _last(text: str) -> tuple[Lexeme | None, Lexeme | None]:
    """The last term, and what stands before it."""
    before = last = None
    if len(text) < MAX_LENGTH:
        for lexeme in scan(text):
            if last is not None and last.unclosed:
                return None, None  # inside a regular expression
            before, last = last, lexeme
    return before, last if last is not None and last.sign == "term" else None
