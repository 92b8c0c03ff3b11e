"""Owns what a word is: the one fold and the one tokenizer of search, rules and duplicates.

The full-text index and the in-memory matcher see the same words because both get them
from here. ``fold`` returns a text whose words are lower case, bare of diacritics and
separated by ASCII characters, so SQLite's FTS5 only has to split it: made with
``tokenize = 'ascii'`` (``FTS_TOKENIZER``) it takes ASCII letters and digits and every
character above U+007F as part of a word and nothing else, in every version of SQLite.

How that differs from ``unicode61 remove_diacritics 2``, whose tables stop at the Unicode
of 2012 and know no compatibility forms: a word here is letters and numbers (L*, N*) as
there; Latin, Greek, Cyrillic, Hebrew and Arabic marks are dropped as there, and Indic
vowel signs are kept, where unicode61 splits the word at them; compatibility forms are
folded (NFKC: ligatures, full and half width); letters that Unicode does not take apart
are spelled out (ø o, ł l, æ ae, ß ss); invisible format characters (soft hyphen, joiners,
bidi controls) vanish instead of splitting a word.

Scripts written without spaces (Han, kana, Hangul, Thai, Lao, Khmer, Burmese) are cut into
overlapping pairs, the last character standing alone: 東京都 is 東京, 京都, 都. Consecutive
pairs find any stretch of such text; ``phrase`` tells how a wanted text is asked for.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from operator import add
from typing import Final, NamedTuple

FTS_TOKENIZER: Final = "ascii"
"""The FTS5 tokenizer that splits ``fold(text)`` into exactly ``tokens(text)``."""

MAX_WORD: Final = 255
"""Characters of a word that count (FTS5 itself cuts at 32,768 bytes, inside a character)."""

_UNSPACED: Final = (
    "\u0e01-\u0eff\u1000-\u109f\u1780-\u17d3\u17dc\u17dd\u3005-\u3007\u3041-\u3096\u309d-\u309f"
    "\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff"
    "\U0001b000-\U0001b16f\U00020000-\U0003ffff"
)
# What a word may hold, in folded text and in any, as FTS5's ascii tokenizer sees it. Said
# by what it may not hold, since a set of all the rest takes milliseconds to compile.
_WORD: Final = r"[^\x00-/:-`{-\x7f]"
_NON_ASCII_RUN = re.compile(r"[^\x00-\x7f]+")
_TOKEN = re.compile(f"{_WORD}+")
_CHUNK = re.compile(r"[^\x00-/:-@\[-`{-\x7f]+")
_TOO_LONG = re.compile(rf"(?<!{_WORD})({_WORD}{{{MAX_WORD}}}){_WORD}+")
_HALF_WIDTH_MARK = re.compile("[\uff9e\uff9f]")
_JOINING = re.compile("[\u1160-\u11ff\u3131-\u318e\uff9e\uff9f\uffa0-\uffdc]")
_SPACED = re.compile(r"[^ ]+")
_SHORT: Final = 8

_ASCII_LOWER: Final = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}
_SPELLED: Final = {
    "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i",
    "ħ": "h", "ŧ": "t", "ƒ": "f", "ɨ": "i", "ʉ": "u", "ĸ": "k", "ŋ": "n",
}  # fmt: skip

# Marks that dictionaries and readers of the script ignore. Not in here: Indic and
# South-East Asian vowel signs, and the kana voicing marks, which make another letter.
_DROPPED: Final = (
    (0x0300, 0x036F), (0x0483, 0x0489), (0x0591, 0x05C7), (0x0610, 0x061A), (0x0640, 0x0640),
    (0x064B, 0x065F), (0x0670, 0x0670), (0x06D6, 0x06DC), (0x06DF, 0x06ED), (0x1AB0, 0x1AFF),
    (0x1DC0, 0x1DFF), (0x20D0, 0x20FF), (0xFE00, 0xFE0F), (0xFE20, 0xFE2F), (0xE0100, 0xE01EF),
)  # fmt: skip


@cache
def _unspaced() -> re.Pattern[str]:
    """A stretch without spaces between its words; compiled when first met."""
    return re.compile(f"[{_UNSPACED}]+")


@cache
def _runs() -> re.Pattern[str]:
    """Stretches of such a script and of others."""
    return re.compile(f"[{_UNSPACED}]+|[^{_UNSPACED}]+")


class Phrase(NamedTuple):
    """Words wanted one after the other; with ``prefix`` the last may go on.

    No words: the text held none.
    """

    tokens: tuple[str, ...]
    prefix: bool = False


class Span(NamedTuple):
    """A word and the stretch of the original text it came from."""

    token: str
    start: int
    end: int


def fold(text: str) -> str:
    """The text with its words folded and separated by ASCII, for the index.

    Linear; at most 20 times as long as ``text``, in practice about as long (CJK text
    three times). Lone surrogates separate words, so the result can always be encoded.
    """
    folded = text.lower() if text.isascii() else _NON_ASCII_RUN.sub(_fold_match, text).lower()
    if len(folded) > MAX_WORD:
        folded = _TOO_LONG.sub(r"\1", folded)
    return folded


def tokens(text: str) -> list[str]:
    """The words of the text in order, as FTS5 sees them in ``fold(text)``."""
    return _TOKEN.findall(fold(text))


def phrase(text: str, *, prefix: bool = False) -> Phrase:
    """What to ask for to find ``text``: its words in a row.

    In unspaced scripts that is any stretch of characters, one alone included. With
    ``prefix`` the last word may be only a beginning.
    """
    words = tokens(text)
    if words and _is_single(words[-1]):
        if len(words) > 1 and _is_pair(words[-2]):
            words.pop()
        else:
            prefix = True
    return Phrase(tuple(words), prefix and bool(words))


def haystack(text: str) -> str:
    """The words with a space before, between and after them: what ``found`` looks in."""
    return f" {' '.join(tokens(text))} "


def found(wanted: Phrase, words: str) -> bool:
    """Whether the phrase occurs in a ``haystack``; a phrase without words occurs nowhere."""
    if not wanted.tokens:
        return False
    needle = f" {' '.join(wanted.tokens)}"
    return (needle if wanted.prefix else f"{needle} ") in words


def spans(text: str) -> Iterator[Span]:
    """The same words as ``tokens`` with where they stand in ``text``, for marking hits."""
    for chunk in _CHUNK.finditer(text):
        written, start = chunk.group(), chunk.start()
        if written.isascii():
            yield Span(written.lower()[:MAX_WORD], start, chunk.end())
        else:
            yield from _chunk_spans(written, start)


def key(name: str) -> str:
    """A name's form for comparing: folded like words, punctuation and emoji kept."""
    if name.isascii():
        return " ".join(name.lower().split())
    return " ".join(unicodedata.normalize("NFKC", name).translate(_NAMES).lower().split())


def ascii_lower(text: str) -> str:
    """A to Z in lower case and nothing else changed, as SQLite's ``lower`` does it."""
    return text.lower() if text.isascii() else text.translate(_ASCII_LOWER)


def is_unspaced(char: str) -> bool:
    """Whether the character is of a script written without spaces; False for ""."""
    return not char.isascii() and _unspaced().match(char) is not None


def _is_dropped(char: str) -> bool:
    """Whether the character vanishes from a word: a mark that is ignored, an invisible."""
    code = ord(char)
    if any(low <= code <= high for low, high in _DROPPED):
        return True
    return char != "\u200b" and unicodedata.category(char) == "Cf"


def _bare(char: str) -> str:
    """A character in lower case and without the marks that are ignored."""
    if _unspaced().match(char):
        return char
    parts = unicodedata.normalize("NFD", char.casefold())
    return "".join(_SPELLED.get(part, part) for part in parts if not _is_dropped(part))


class _Table(dict[int, str]):
    """A ``str.translate`` table that is filled as characters are met."""

    def __missing__(self, code: int) -> str:
        compatible = unicodedata.normalize("NFKC", chr(code))
        value = self[code] = "".join(map(self._fold, compatible)).lower()
        return value

    def _fold(self, char: str) -> str:
        if _is_dropped(char):
            return ""
        return _bare(char) if unicodedata.category(char)[0] in "LNM" else " "


class _NameTable(dict[int, str]):
    """The same for names: what is no letter stays."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        value = self[code] = "" if _is_dropped(char) else _bare(char)
        return value


_TABLE: Final = _Table()
_NAMES: Final = _NameTable()


def _pieces(run: str) -> Iterator[str]:
    """The run cut into characters that are folded together: a letter and what composes with it."""
    start = 0
    for place, char in enumerate(run):
        joins = unicodedata.category(char)[0] == "M" or _JOINING.match(char)
        if place and not joins:
            yield run[start:place]
            start = place
    yield run[start:]


def _is_simple(run: str) -> bool:
    """Whether every character folds by itself."""
    return unicodedata.is_normalized("NFC", run) and not _HALF_WIDTH_MARK.search(run)


def _fold_piece(piece: str) -> str:
    return unicodedata.normalize("NFKC", piece).translate(_TABLE)


def _fold_run(run: str) -> str:
    folded = run.translate(_TABLE) if _is_simple(run) else "".join(map(_fold_piece, _pieces(run)))
    return _unspaced().sub(_pair_up, folded)


_fold_short_run = lru_cache(maxsize=4096)(_fold_run)


def _fold_match(match: re.Match[str]) -> str:
    run = match.group()
    return _fold_short_run(run) if len(run) <= _SHORT else _fold_run(run)


def _pair_up(match: re.Match[str]) -> str:
    run = match.group()
    return f" {' '.join(map(add, run, run[1:]))} {run[-1]} "


def _is_single(token: str) -> bool:
    return len(token) == 1 and not token.isascii() and _unspaced().match(token) is not None


def _is_pair(token: str) -> bool:
    return len(token) == 2 and not token.isascii() and _unspaced().fullmatch(token) is not None


def _chunk_spans(written: str, offset: int) -> Iterator[Span]:
    """The words of a stretch without ASCII separators, character by character."""
    folded: list[str] = []
    origin: list[tuple[int, int]] = []
    at = offset
    pieces = written if _is_simple(written) else _pieces(written)
    for piece in pieces:
        parts = _fold_piece(piece).lower()
        folded.append(parts)
        origin.extend([(at, at + len(piece))] * len(parts))
        at += len(piece)
    line = "".join(folded)
    for word in _SPACED.finditer(line):
        place = word.start()
        for part in _runs().findall(word.group()):
            ends = range(place, place + len(part))
            if _unspaced().match(part):
                for here in ends:
                    token = line[here : min(here + 2, ends.stop)]
                    last = here + len(token) - 1
                    yield Span(token, origin[here][0], origin[last][1])
            else:
                token = part[:MAX_WORD]
                yield Span(token, origin[place][0], origin[ends.stop - 1][1])
            place = ends.stop
