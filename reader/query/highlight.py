"""Where a text has what a query asks for: hits to mark, and the stretch worth showing."""

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final

from msgspec import Struct

from reader.query.regex import finds
from reader.query.tree import And, Node, Or, Place, Regex, Text
from reader.text.words import MAX_WORD, Phrase, Span, found, haystack, spans

_LOOKED_AT: Final = 20_000
_BEFORE: Final = 0.3
_MOST_WORDS: Final = 20
_MOST_FOUND: Final = 1000
_PIECE: Final = 1000
_OVERLAP: Final = 300

Sought = Phrase | Regex
"""What is looked for in a text."""


class Snippet(Struct, frozen=True):
    """A stretch of a text on one line, and where in it the hits are (start, end)."""

    text: str
    hits: tuple[tuple[int, int], ...]


def wanted(tree: Node, *places: Place) -> tuple[Sought, ...]:
    """What makes an article fit: the words a query asks for, not those it shuts out.

    With ``places`` those alone that are asked of one of them.
    """
    if isinstance(tree, Text):
        return (tree.phrase,) if not places or tree.place in places else ()
    if isinstance(tree, Regex):
        return (tree,) if not places or tree.place in places else ()
    if isinstance(tree, And | Or):
        found = (phrase for part in tree.parts for phrase in wanted(part, *places))
        return tuple(dict.fromkeys(found))
    return ()


def hits(sought: Iterable[Sought], text: str, *, limit: int = 1000) -> list[tuple[int, int]]:
    """Where ``text`` has what is sought, in order, without overlaps; at most ``limit``."""
    return list(islice(_every(tuple(sought), text), limit))


def snippet(sought: Iterable[Sought], text: str, *, length: int = 160) -> Snippet | None:
    """The stretch around the first hit, about ``length`` characters, cut between words.

    None where the first 20,000 characters hold no hit. Cost is up to the first hit.
    """
    sought = tuple(sought)
    first = _first(sought, text[:_LOOKED_AT])
    if first is None:
        return None
    start = max(0, first[0] - int(length * _BEFORE))
    end = min(len(text), max(start + length, first[1]))
    if start:
        space = text.find(" ", start, first[0])
        start = space + 1 if space >= 0 else start
    if end < len(text):
        space = text.rfind(" ", first[1], end)
        end = space if space >= 0 else end
    shown = " ".join(text[start:end].split())
    before, after = "…" if start else "", "…" if end < len(text) else ""
    line = f"{before}{shown}{after}"
    return Snippet(line, tuple(_every(sought, line)))


def _every(sought: tuple[Sought, ...], text: str) -> Iterator[tuple[int, int]]:
    """The hits in order; of two that overlap, the one that starts first, then the longer."""
    phrases = tuple(one for one in sought if isinstance(one, Phrase))
    patterns = [one.pattern for one in sought if isinstance(one, Regex)]
    if not patterns:
        yield from _hits(phrases, text)
        return
    places = [place for pattern in patterns for place in islice(finds(pattern, text), _MOST_FOUND)]
    free_from = 0
    for start, end in sorted((*places, *_hits(phrases, text)), key=lambda hit: (hit[0], -hit[1])):
        if start >= free_from:
            free_from = end
            yield start, end


def _first(sought: tuple[Sought, ...], text: str) -> tuple[int, int] | None:
    """The first hit."""
    patterns = (one.pattern for one in sought if isinstance(one, Regex))
    firsts = [next(finds(pattern, text), None) for pattern in patterns]
    firsts.append(_first_words(tuple(one for one in sought if isinstance(one, Phrase)), text))
    return min((one for one in firsts if one is not None), default=None)


def _first_words(phrases: tuple[Phrase, ...], text: str) -> tuple[int, int] | None:
    """The first hit of a phrase: word by word only where the folded text has one, as it is slow."""
    # Some characters of the next piece come along, for a phrase that goes on there.
    longest = max((sum(map(len, phrase.tokens)) for phrase in phrases), default=0)
    start = 0
    while start < len(text):
        end = _between(text, start + _PIECE)
        piece = text[start : _between(text, end + _OVERLAP + 2 * longest)]
        words = haystack(piece)
        if any(found(phrase, words) for phrase in phrases):
            for place, stop in _hits(phrases, piece):
                return start + place, start + stop
        start = end
    return None


def _between(text: str, near: int) -> int:
    """The first place between two words at or after ``near``; in unspaced text, ``near``."""
    space = text.find(" ", near, near + MAX_WORD)
    return min(len(text), near) if space < 0 else space


def _hits(phrases: tuple[Phrase, ...], text: str) -> Iterator[tuple[int, int]]:
    """The hits in order; of two that overlap, the one that starts first, then the longer."""
    sought = [Phrase(phrase.tokens[:_MOST_WORDS], phrase.prefix) for phrase in phrases]
    by_first: dict[str, list[Phrase]] = defaultdict(list)
    begun: list[Phrase] = []
    for phrase in sought:
        if phrase.prefix and len(phrase.tokens) == 1:
            begun.append(phrase)
        else:
            by_first[phrase.tokens[0]].append(phrase)
    free_from = 0
    for window in _windows(text, max((len(phrase.tokens) for phrase in sought), default=0)):
        first = window[0]
        maybe = by_first.get(first.token, ())
        ends = [window[len(p.tokens) - 1].end for p in (*maybe, *begun) if _starts(p, window)]
        if ends and first.start >= free_from:
            free_from = max(ends)
            yield first.start, free_from


def _windows(text: str, length: int) -> Iterator[tuple[Span, ...]]:
    """Every word with the ``length`` - 1 that follow it, fewer at the end."""
    if not length:
        return
    window: deque[Span] = deque()
    for span in spans(text):
        window.append(span)
        if len(window) == length:
            yield tuple(window)
            window.popleft()
    while window:
        yield tuple(window)
        window.popleft()


def _starts(phrase: Phrase, window: tuple[Span, ...]) -> bool:
    if len(phrase.tokens) > len(window):
        return False
    *whole, last = phrase.tokens
    at_last = window[len(whole)].token
    if at_last != last and not (phrase.prefix and at_last.startswith(last)):
        return False
    return all(word == span.token for word, span in zip(whole, window, strict=False))
