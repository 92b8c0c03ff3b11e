"""Cuts a query into terms, operators and parentheses, and tells where each stands."""

import re
from collections.abc import Iterator
from typing import Final, Literal, NamedTuple

from reader.query.fields import BY_NAME
from reader.query.terms import Term

Sign = Literal["(", ")", "or", "and", "not", "term"]

_SPACE = re.compile(r"\s+")
_FIELD = re.compile(r"([A-Za-z][A-Za-z_-]*):(?!//)")
_BARE = re.compile(r'[^\s()"“”„«»]+')
_STRAY = re.compile(r"[!$%&\'+,.:;<=>?@\[\]^_`{|}~–—…·•‹›‘’-]++(?=\s|$)")
_DASHES = re.compile(r"-+")
_COMPARISON = re.compile(r"[<>=≤≥]*")
_REGEX = re.compile(r"/((?:[^/\\]|\\.)+)/i?(?=[\s()]|$)", re.DOTALL)
_ESCAPE = re.compile(r"\\([\\\"])")
_KEYWORDS: Final[dict[str, Sign]] = {"OR": "or", "AND": "and", "NOT": "not"}
_CLOSING: Final = {'"': '"', "“": '”"', "„": '“”"', "«": '»"', "”": '”"', "»": '«"'}


class Lexeme(NamedTuple):
    """A piece of the query, ``text[start:end]``; ``term`` is what a "term" says.

    ``unclosed`` tells that the quote or slash which should end it is missing.
    """

    sign: Sign
    start: int
    end: int
    term: Term = Term("", "")
    unclosed: bool = False


def scan(text: str) -> Iterator[Lexeme]:
    """The pieces of the query in order. Total over every text, and linear.

    Lone punctuation (the dash or bar of a pasted headline) is passed over.
    """
    at = 0
    while at < len(text):
        passed = _SPACE.match(text, at) or _STRAY.match(text, at)
        if passed:
            at = passed.end()
            continue
        lexeme = _next(text, at)
        yield lexeme
        at = lexeme.end


def _next(text: str, at: int) -> Lexeme:
    char = text[at]
    bare = _BARE.match(text, at)
    word = bare.group() if bare else ""
    if char in "()":
        return Lexeme("(" if char == "(" else ")", at, at + 1)
    dashes = _DASHES.match(text, at)
    if dashes:
        return Lexeme("not", at, dashes.end())
    if word in _KEYWORDS:
        return Lexeme(_KEYWORDS[word], at, at + len(word))
    if char == "#":
        return _term(text, at, at + 1, "tag")
    field = _FIELD.match(text, at)
    if field:
        name, value = field[1].lower(), field.end()
        if name in BY_NAME or (value < len(text) and not text[value].isspace()):
            return _term(text, at, value, name)
    return _term(text, at, at, "")


def _term(text: str, start: int, at: int, field: str) -> Lexeme:
    """The term that starts at ``start`` and whose value starts at ``at``."""
    regex = _REGEX.match(text, at) if field not in ("url", "site") else None
    if regex:
        pattern = regex[1].replace("\\/", "/")
        return Lexeme("term", start, regex.end(), Term(field, pattern, is_regex=True))
    comparison = _COMPARISON.match(text, at) if field else None
    opening = comparison.end() if comparison else at
    if text[opening : opening + 1] in _CLOSING:
        return _quoted(text, start, opening, Term(field, text[at:opening], was_quoted=True))
    bare = _BARE.match(text, at)
    value, end = (bare.group(), bare.end()) if bare else ("", at)
    unclosed = value.startswith("/") and field in ("", "title", "author")
    prefix = value.endswith("*") and not unclosed
    term = Term(field, value.removesuffix("*") if prefix else value, prefix=prefix)
    return Lexeme("term", start, end, term, unclosed)


def _quoted(text: str, start: int, opening: int, term: Term) -> Lexeme:
    """The term whose quote opens at ``opening``; its ``value`` holds what stood before."""
    closing = _CLOSING[text[opening]]
    end = opening + 1
    while end < len(text) and text[end] not in closing:
        end += 2 if text[end] == "\\" else 1
    end = min(end, len(text))
    unclosed = end == len(text)
    value = term.value + _ESCAPE.sub(r"\1", text[opening + 1 : end])
    end += not unclosed
    prefix = text[end : end + 1] == "*"
    term = term._replace(value=value, prefix=prefix)
    return Lexeme("term", start, end + prefix, term, unclosed)
