"""Text in the filter language to a query tree; mistakes are data, and the rest still filters."""

from typing import Final

from msgspec import Struct, field

from reader.query.scan import Lexeme, scan
from reader.query.terms import Misread, Ordered, meaning
from reader.query.tree import EVERYTHING, And, Node, Not, Or, Sort

MAX_LENGTH: Final = 10_000
"""Characters of a query that are read."""

MAX_TERMS: Final = 500
"""Terms of a query that are read; no tree has more leaves."""

MAX_DEPTH: Final = 40
"""Parentheses inside each other that are read; no tree is deeper than three times this."""

MAX_MISTAKES: Final = 20
"""Mistakes that are told."""


class Mistake(Struct, frozen=True):
    """What is wrong with ``text[start:end]``, and what to write instead ("" for no idea)."""

    start: int
    end: int
    message: str
    suggestion: str = ""


class Parsed(Struct, frozen=True):
    """What a query asks. ``sort`` is None where it does not say."""

    tree: Node = EVERYTHING
    sort: Sort | None = None
    mistakes: tuple[Mistake, ...] = ()


def parse(text: str) -> Parsed:
    """Read a query. Never raises; linear in the length; an empty query is true of everything.

    A term that is not understood is left out and told as a mistake. A space binds tighter
    than OR: ``a b OR c`` is ``(a b) OR c``.
    """
    reading = _Reading()
    if len(text) > MAX_LENGTH:
        reading.mistake(MAX_LENGTH, len(text), f"only {MAX_LENGTH:,} characters are read")
        text = text[:MAX_LENGTH]
    for lexeme in scan(text):
        if reading.terms == MAX_TERMS:
            reading.mistake(lexeme.start, len(text), f"only {MAX_TERMS} terms are read")
            break
        reading.read(lexeme, text)
    tree = reading.finish()
    if text.strip() and not reading.terms and not reading.mistakes:
        reading.mistake(0, len(text), "nothing to look for")
    mistakes = tuple(sorted(reading.mistakes, key=lambda mistake: mistake.start))
    return Parsed(tree, reading.sort, mistakes)


class _Group(Struct):
    """An open parenthesis (or the whole query): alternatives, each a list of conditions.

    ``negated`` tells whether the group itself is; ``said`` whether the alternative being
    read has anything in it, understood or not.
    """

    opened_at: int
    negated: bool = False
    alternatives: list[list[Node]] = field(default_factory=lambda: [[]])
    said: bool = False
    last_or: Lexeme | None = None

    def node(self) -> Node | None:
        """What the group asks, None when nothing of it was understood."""
        parts = [_joined(And, parts) for parts in self.alternatives if parts]
        if not parts:
            return None
        node = _joined(Or, parts)
        return _negated(node) if self.negated else node


class _Reading:
    """The state of reading one query from left to right."""

    def __init__(self) -> None:
        self.groups = [_Group(0)]
        self.mistakes: list[Mistake] = []
        self.sort: Sort | None = None
        self.terms = 0
        self._negate = False
        self._too_deep = 0

    def mistake(self, start: int, end: int, message: str, suggestion: str = "") -> None:
        if len(self.mistakes) < MAX_MISTAKES:
            self.mistakes.append(Mistake(start, end, message, suggestion))

    def read(self, lexeme: Lexeme, text: str) -> None:
        """Take in the next piece."""
        group = self.groups[-1]
        match lexeme.sign:
            case "(":
                self._open(lexeme)
            case ")":
                self._close(lexeme)
            case "or":
                if not group.said:
                    self.mistake(lexeme.start, lexeme.end, "OR stands between two conditions")
                else:
                    group.alternatives.append([])
                    group.said, group.last_or = False, lexeme
            case "not":
                self._negate = not self._negate
            case "term":
                self._term(lexeme, text)

    def finish(self) -> Node:
        """The tree, once every piece was read."""
        while len(self.groups) > 1:
            opened_at = self.groups[-1].opened_at
            self.mistake(opened_at, opened_at + 1, "this parenthesis is not closed")
            self._leave()
        self._check_or(self.groups[0])
        return self.groups[0].node() or EVERYTHING

    def _open(self, lexeme: Lexeme) -> None:
        if len(self.groups) > MAX_DEPTH:
            if not self._too_deep:
                told = f"more than {MAX_DEPTH} parentheses inside each other"
                self.mistake(lexeme.start, lexeme.end, told)
            self._too_deep += 1
            return
        self.groups.append(_Group(lexeme.start, self._negate))
        self._negate = False

    def _close(self, lexeme: Lexeme) -> None:
        if self._too_deep:
            self._too_deep -= 1
        elif len(self.groups) == 1:
            self.mistake(lexeme.start, lexeme.end, "no parenthesis is open here")
        else:
            self._leave()

    def _leave(self) -> None:
        group = self.groups.pop()
        self._check_or(group)
        self._negate = False
        self._add(group.node())

    def _term(self, lexeme: Lexeme, text: str) -> None:
        self.terms += 1
        written = text[lexeme.start : lexeme.end]
        if lexeme.unclosed and not lexeme.term.was_quoted:
            told = "a regular expression ends in / and a space"
            self.mistake(lexeme.start, lexeme.end, told, f"{written}/")
            meant: Node | Ordered | Misread | None = None
        else:
            if lexeme.unclosed:
                told = "this quote is not closed"
                self.mistake(lexeme.start, lexeme.end, told, f'{written}"')
            meant = meaning(lexeme.term)
        if isinstance(meant, Ordered):
            self.sort, meant = meant.sort, None
        elif isinstance(meant, Misread):
            if not lexeme.unclosed:
                self.mistake(lexeme.start, lexeme.end, meant.message, meant.suggestion)
            meant = None
        elif meant is not None and self._negate:
            meant = _negated(meant)
        self._negate = False
        self._add(meant)

    def _add(self, node: Node | None) -> None:
        group = self.groups[-1]
        group.said = True
        if node is not None:
            group.alternatives[-1].append(node)

    def _check_or(self, group: _Group) -> None:
        if group.last_or is not None and not group.said:
            told = "OR stands between two conditions"
            self.mistake(group.last_or.start, group.last_or.end, told)


def _joined(kind: type[And] | type[Or], parts: list[Node]) -> Node:
    """The parts under one node of the kind, without a level for a part of the same kind."""
    if len(parts) == 1:
        return parts[0]
    flat: list[Node] = []
    for part in parts:
        if isinstance(part, kind):
            flat.extend(part.parts)
        else:
            flat.append(part)
    return kind(tuple(flat))


def _negated(node: Node) -> Node:
    return node.part if isinstance(node, Not) else Not(node)
