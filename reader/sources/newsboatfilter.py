"""Newsboat's filter expressions to queries of the filter language, where they have one.

Read as newsboat 2.21 does: ``and`` and ``or`` bind alike, from left to right, in lower
case only; ``=~`` is a POSIX extended regular expression without regard to case.
"""

import re
from collections.abc import Callable
from typing import Final, NamedTuple

from msgspec import Struct

from reader.query import regex
from reader.query.write import term

_LONGEST: Final = 4000
_DEEPEST: Final = 50
_TOKEN = re.compile(
    r'\s*(?:(?P<string>"(?:[^"\\]|\\.)*")|(?P<range>\d+:\d+)|(?P<number>-?\d+)'
    r"|(?P<op>==|=~|!=|!~|!#|<=|>=|=|<|>|#)|(?P<word>[A-Za-z_]+)|(?P<paren>[()]))",
    re.DOTALL,
)
_SPECIAL = re.compile(r"[\\^$.|?*+()\[\]{}]")
_QUOTE = re.compile(r"([\\.^$|?*+()\[\]{}])")
_NO_FILTER: Final = {
    "guid": "the id of an article",
    "date": "a date as it is written",
    "articleindex": "the place in a list",
    "feedindex": "the place in the feed list",
    "unread_count": "how many articles of a feed are unread",
    "total_count": "how many articles a feed has",
    "description": "the description of a feed",
    "feeddate": "the date of a feed",
    "feedlink": "the address of a feed",
    "rssurl": "the address of a feed",
    "enclosure_type": "the type of an enclosure",
}


class Untranslatable(ValueError):
    """The expression has no query that means the same; ``str`` says which part and why."""


class Translation(Struct, frozen=True):
    """A query, and plain sentences about where it means a little more or less."""

    query: str
    notes: tuple[str, ...] = ()


class _Token(NamedTuple):
    kind: str
    text: str


def translate(expression: str) -> Translation:
    """The query that ``expression`` is in the filter language.

    Raises ``Untranslatable``; never guesses: what cannot be said leaves nothing.
    """
    if len(expression) > _LONGEST:
        raise Untranslatable("the expression is too long")
    parser = _Parser(_tokens(expression))
    query = parser.whole()
    return Translation(query, tuple(parser.notes))


def _tokens(expression: str) -> list[_Token]:
    tokens, at = [], 0
    expression = expression.rstrip()
    while at < len(expression):
        match = _TOKEN.match(expression, at)
        if not match or not match.lastgroup:
            raise Untranslatable(f'"{expression[at : at + 20].strip()}" is not understood')
        text = match[match.lastgroup]
        if match.lastgroup == "string":
            text = text[1:-1].replace('\\"', '"')
        tokens.append(_Token(match.lastgroup, text))
        at = match.end()
    return tokens


class _Parser:
    """Reads tokens from left to right and writes the query as it goes."""

    def __init__(self, tokens: list[_Token]) -> None:
        self._tokens = tokens
        self._at = 0
        self._depth = 0
        self.notes: list[str] = []

    def whole(self) -> str:
        """The query of the whole expression."""
        if not self._tokens:
            raise Untranslatable("the expression is empty")
        query, _binding = self._chain()
        if self._at < len(self._tokens):
            raise Untranslatable(f'"{self._tokens[self._at].text}" is not expected there')
        return query

    def _next(self) -> _Token:
        if self._at == len(self._tokens):
            raise Untranslatable("the expression ends too early")
        self._at += 1
        return self._tokens[self._at - 1]

    def _chain(self) -> tuple[str, str]:
        """Parts joined by and, or: the query, and what holds it together at the top."""
        query, binding = self._part()
        while self._at < len(self._tokens) and self._tokens[self._at].text in {"and", "or"}:
            joined = self._next().text
            other, other_binding = self._part()
            query = f"{_grouped(query, binding, joined)}{_JOINTS[joined]}" + _grouped(
                other, other_binding, joined
            )
            binding = joined
        return query, binding

    def _part(self) -> tuple[str, str]:
        token = self._next()
        if token.text == "(":
            self._depth += 1
            if self._depth > _DEEPEST:
                raise Untranslatable("the expression is nested too deeply")
            inside = self._chain()
            if self._next().text != ")":
                raise Untranslatable("a parenthesis is not closed")
            self._depth -= 1
            return inside
        if token.kind != "word":
            raise Untranslatable(f'"{token.text}" is not expected there')
        operator, value = self._next(), self._next()
        if operator.kind not in {"op", "word"} or value.kind in {"op", "word", "paren"}:
            raise Untranslatable(f'"{token.text} {operator.text} {value.text}" is no comparison')
        return self._comparison(token.text, operator.text, value.text), ""

    def _comparison(self, name: str, operator: str, value: str) -> str:
        if name in _NO_FILTER:
            raise Untranslatable(f"{name}: there is no filter for {_NO_FILTER[name]}")
        if name not in _READERS:
            raise Untranslatable(f'"{name}" is no attribute of articles')
        negated = operator in {"!=", "!~", "!#"}
        plain = {"!=": "=", "!~": "=~", "!#": "#", "==": "="}.get(operator, operator)
        written = _READERS[name](self, plain, value)
        if written is None:
            raise Untranslatable(f'there is no filter for {name} {operator} "{value}"')
        if not negated:
            return written
        return written[1:] if written.startswith("-") else f"-{written}"

    def note(self, sentence: str) -> None:
        if sentence not in self.notes:
            self.notes.append(sentence)


_JOINTS: Final = {"and": " ", "or": " OR "}


def _grouped(query: str, binding: str, joined: str) -> str:
    return f"({query})" if binding not in {"", joined} else query


def _pattern(operator: str, value: str) -> str | None:
    """A regular expression of RE2 for an equality, a word of a list or a POSIX expression."""
    if operator == "=":
        found = f"^{_QUOTE.sub(_ESCAPED, value)}$"
    elif operator == "#":
        found = rf"(^|\s){_QUOTE.sub(_ESCAPED, value)}(\s|$)"
    elif operator == "=~":
        found = re.sub(r"\\[<>]", r"\\b", value)
    else:
        return None
    wrong = regex.problem(found) if found else "it is empty"
    if wrong:
        raise Untranslatable(f"the expression {value} cannot be used: {wrong}")
    return found.replace("/", "\\/")


_ESCAPED: Final = r"\\\1"


def _on_title(_parser: _Parser, operator: str, value: str) -> str | None:
    found = _pattern(operator, value)
    return found and f"title:/{found}/"


def _on_author(_parser: _Parser, operator: str, value: str) -> str | None:
    found = _pattern(operator, value)
    return found and f"author:/{found}/"


def _on_content(parser: _Parser, operator: str, value: str) -> str | None:
    if operator != "=~":
        return None
    parser.note("title and author are searched with the text")
    return f"/{_pattern(operator, value)}/"


def _literal(operator: str, value: str) -> str | None:
    """The text that an expression without any operators of its own looks for."""
    if operator == "=":
        return value
    plain = re.sub(r"\\([.?/+()-])", r"\1", value) if operator == "=~" else None
    bare = re.sub(r"\\.", "", value)
    return plain if plain and not _SPECIAL.search(bare.replace(".", "")) else None


def _on_link(_parser: _Parser, operator: str, value: str) -> str | None:
    if operator == "=~" and value.startswith(("^http://", "^https://")):
        value = value[1:]
    found = _literal(operator, value) if operator in {"=", "=~"} else None
    return term("url", found) if found else None


def _on_unread(_parser: _Parser, operator: str, value: str) -> str | None:
    if operator not in {"=", "=~"} or value not in {"yes", "no"}:
        return None
    return "is:unread" if value == "yes" else "is:read"


def _on_flags(parser: _Parser, operator: str, value: str) -> str | None:
    if operator == "=" and not value:
        return "-is:starred"
    if operator not in {"=", "=~", "#"} or not re.fullmatch(r"[A-Za-z]", value):
        return None
    parser.note("every flag has become a star")
    return "is:starred"


def _on_enclosure(_parser: _Parser, operator: str, value: str) -> str | None:
    return "-has:enclosure" if operator == "=" and not value else None


def _on_feed_title(parser: _Parser, operator: str, value: str) -> str | None:
    found = _literal(operator, value)
    if not found or not re.search(r"\w", found):
        return None
    parser.note("names of feeds are compared by whole words")
    return term("feed", found)


def _on_tags(parser: _Parser, operator: str, value: str) -> str | None:
    if operator not in {"#", "=", "=~"} or not (found := _literal("=~", value)):
        return None
    parser.note("a feed is in the category of its first tag only")
    return term("category", found)


def _on_age(_parser: _Parser, operator: str, value: str) -> str | None:
    """Newsboat counts whole days: an article of six and a half is six days old."""
    if operator == "between":
        first, colon, last = value.partition(":")
        if not colon or int(first) > int(last):
            return None
        return _aged(int(first), int(last) + 1)
    if not re.fullmatch(r"\d{1,5}", value):
        return None
    days = int(value)
    match operator:
        case "<":
            return _aged(0, days)
        case "<=":
            return _aged(0, days + 1)
        case ">":
            return _aged(days + 1, None)
        case ">=":
            return _aged(days, None)
        case "=":
            return _aged(days, days + 1)
    return None


def _aged(least: int, below: int | None) -> str:
    """At least ``least`` days old, and less than ``below``."""
    terms = [f"age:>{least}d"] if least else []
    terms += [f"age:<{below}d"] if below is not None else []
    written = " ".join(terms) or "age:>0d"
    return f"({written})" if len(terms) > 1 else written


_READERS: Final[dict[str, Callable[[_Parser, str, str], str | None]]] = {
    "title": _on_title,
    "author": _on_author,
    "content": _on_content,
    "link": _on_link,
    "unread": _on_unread,
    "flags": _on_flags,
    "enclosure_url": _on_enclosure,
    "feedtitle": _on_feed_title,
    "tags": _on_tags,
    "age": _on_age,
}
