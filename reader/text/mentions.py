"""Finds names in running text by their capitals, and tells how sure each find is.

A capital inside a sentence speaks for a name; one at the start of a sentence, in a
heading or in a German noun says little, and such finds only count beside a sure one.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from reader.text.gazetteer import form, known
from reader.text.givennames import given_names
from reader.text.topicwords import function_words, german_nouns, roles, stop_words
from reader.text.words import key

LOOKED_AT: Final = 4_000
"""Characters of a text that are looked at."""

_UPPER: Final = "".join(chr(code) for code in range(0x41, 0x530) if chr(code).isupper()) + (
    "\u1e00-\u1eff"
)
_PARTICLE: Final = "van|von|de|der|den|del|della|di|da|dos|du|des|la|le|ten|ter|of|bin|ibn|al|el"
_LETTER: Final = "A-Za-z0-9_\u00aa-\u00ba\u00c0-\u024f\u0370-\u052f\u1e00-\u1fff"
_WORD: Final = (
    rf"(?:[a-z]{{1,4}}(?=[{_UPPER}]{{2}}|[{_UPPER}][a-z]))?[{_UPPER}][{_LETTER}]*+"
    rf"(?:[-’'&][{_LETTER}]++)*+"
)
_NAME = re.compile(
    rf"(?<![{_LETTER}@/.#$-])(?:(?:[{_UPPER}]\.){{2,}}|{_WORD})"
    rf"(?:[ \u00a0](?:(?:{_PARTICLE})[ \u00a0]){{0,2}}(?:(?:[{_UPPER}]\.){{1,4}}|{_WORD})){{0,7}}"
)
_DROPPED = re.compile(
    r"```.*?(?:```|\Z)|~~~.*?(?:~~~|\Z)|`[^`\n]*`|\{[%{].{0,300}?[%}]\}|<[^<>\n]{0,300}>"
    r"|^[ \t]*\[[^\]\n]+\]:[^\n]*$|\]\([^()\n]*\)|\]\[[^\[\]\n]*\]|https?://\S+|www\.\S+",
    re.DOTALL | re.MULTILINE,
)
_OUTLET = re.compile(r"\u00a0\u00a0[^\n]{1,60}?(?=[ \t]{3,}|\n|$)")
_WRAPPED = re.compile(r"(^[^\n]{50,130}[^\s.!?:;|>]) ?\n(?=[a-zß-öø-ÿα-ωа-я])", re.MULTILINE)
_LONGEST_TITLE: Final = 200
_LINES = re.compile(r"\n|[ \t\u00a0]{3,}")
_SENTENCE_ENDS: Final = frozenset('.!?…:;|•=>#{<"“„‘«»–—~')
_NO_LETTER = re.compile(r"[\W\d_]*")
_LEAD = re.compile(r"([^\W\d_]+)[ \u00a0]$")
_ENDING = re.compile(r"['’](?:s|d|m|ll|re|ve|t)?$|(?<=[A-Z]{2})s$")
_ELISION = re.compile(r"^(?:[DLNJMTSC]|Qu)['’](?=\w)")
_LETTERS = re.compile(r"[^\W\d_]+")
_PUSHING = re.compile(
    r"\b(?:follow (?:us|me|along)|subscribe|sign up|newsletter|click here|read (?:more|also|on)"
    r"|share (?:this|on)|copyright|all rights reserved|cookies?|advertisement|getty images"
    r"|shutterstock|photo(?:graph)?s?(?: by)?:|image:|lees (?:ook|meer|verder)|volg ons|deel dit"
    r"|klik hier|schrijf je in|nieuwsbrief|foto:|beeld:|lesen sie|mehr zum thema|folgen sie"
    r"|abonnieren|lire aussi|à lire|abonnez-vous|suivez-nous|partager|leer también|leer más"
    r"|síguenos|suscríbete)"
)
_BEFORE_NOUN = re.compile(
    r"(?!(?:aber|bei|gegen|hinter|neben|oder|ohne|unter|wegen|wie|zwischen|über)$)"
    r"(?:das|am|im|zum|zur|beim|vom|ins|ans|mehr|\w+(?:er|es|em|en|e))"
)
_ARABIC: Final = ("bin", "ibn", "al", "el")
_DUTCH: Final = ("van", "de", "ter", "ten")
_ROMANCE: Final = {
    "fr": ("de", "du", "des", "la", "le"),
    "es": ("de", "del", "la"),
    "it": ("di", "della", "del"),
    "pt": ("da", "dos", "do", "de"),
}
_PREFIXES: Final = frozenset(("anti", "ex", "non", "oud", "post", "pre", "pro", "vice"))
PARTICLES: Final = frozenset(_PARTICLE.split("|")) | {"las", "los", "el", "san"}


class Mention(NamedTuple):
    """A possible name as it stands in the text.

    ``sure``: its capitals cannot be explained otherwise. ``person``: a role stands before
    it, or a given name begins it. ``known``: the name it is another form of, or "".
    ``place`` is where it begins, in characters; ``bare``: no article or adjective before it.
    """

    words: tuple[str, ...]
    sure: bool
    person: bool
    known: str
    place: int
    bare: bool


def readable(text: str) -> str:
    """The start of a text without code, links, templates and outlets, its lines unwrapped."""
    kept = _DROPPED.sub(" ", _OUTLET.sub("\n", text[:LOOKED_AT]))
    return _WRAPPED.sub(r"\1 ", kept)


def mentions(text: str, *, language: str = "") -> Iterator[Mention]:
    """The names in a ``readable`` text, in order. Linear."""
    place = 0
    pushing = _PUSHING.search(text.lower()) is not None
    for line in _LINES.split(text):
        pushed = pushing and len(line) < _LONGEST_TITLE and _PUSHING.search(line.lower())
        if len(line) > 1 and not pushed:
            yield from _of_line(line, place, language)
        place += len(line) + 1


def is_titled(line: str) -> bool:
    """Whether the line is written In Title Case or IN CAPITALS, so that capitals say nothing."""
    words: list[str] = [word for word in _LETTERS.findall(line) if len(word) > 3]
    shouted = sum(word.isupper() for word in words)
    small = sum(word[0].islower() and _key(word) not in function_words() for word in words)
    capital = sum(word[0].isupper() for word in words)
    return shouted * 2 > len(words) or (capital > 2 and small * 6 < capital)


def _of_line(line: str, place: int, language: str) -> Iterator[Mention]:
    titled: bool | None = None
    for match in _NAME.finditer(line):
        if titled is None:
            titled = len(line) < _LONGEST_TITLE and is_titled(line)
        start, end = match.span()
        if line[end : end + 1] in (".", "@") and line[end + 1 : end + 2].isalnum():
            continue
        before = line[max(0, start - 30) : start].rstrip(" \t*_[(")
        lead = _LEAD.search(line, max(0, start - 30), start)
        words = [_trimmed(word) for word in match.group().replace("\u00a0", " ").split()]
        starts = _is_start(before)
        if starts:
            words[0] = _ELISION.sub("", words[0])
        for segment in _segments(words, language, starts=starts, lead=lead[1] if lead else ""):
            mention = _mention(segment, language, titled=titled, place=place + start)
            if mention is not None:
                yield mention


def _is_start(before: str) -> bool:
    """Whether a sentence begins after this, so that a capital is nothing special."""
    if not before or before[-1] in _SENTENCE_ENDS or _NO_LETTER.fullmatch(before):
        return True
    return before[-1] in "'’" and not before[-2:-1].isalnum()


class _Segment(NamedTuple):
    """Words of one name. ``lead`` is the word before it, ``starts`` whether a sentence does."""

    words: list[str]
    lead: str
    starts: bool


def _segments(words: list[str], language: str, *, starts: bool, lead: str) -> Iterator[_Segment]:
    """A run of capitals, cut where a role, a day or a small word ends a name."""
    current: list[str] = []
    place = 0
    while place < len(words):
        word = words[place]
        taken = 0 if current else _known_length(words, place)
        if taken:
            yield _Segment(words[place : place + taken], lead, starts)
            lead, starts = "", False
        elif current and _begins_person(words, place, current):
            yield _Segment(_without_tail(current), lead, starts)
            current, lead, starts = [word], "", False
        elif _goes_on(word, current, language, starts=starts):
            current.append(word)
        else:
            if current:
                yield _Segment(_without_tail(current), lead, starts)
                starts = False
            if _leads(word):
                yield _Segment([_compound(word)], "", starts)
            current, lead, starts = [], word.rpartition("-")[2], False
        place += taken or 1
    if current:
        yield _Segment(_without_tail(current), lead, starts)


def _goes_on(word: str, current: list[str], language: str, *, starts: bool) -> bool:
    """Whether a word belongs to the name begun (or, with nothing begun, can begin one)."""
    folded = _key(word)
    if word.islower():
        return bool(current) and _joins(word, current, language)
    if form(word) in known():
        return True
    if folded in roles() or _leads(word):
        return False
    inside = bool(current) or not starts
    return folded not in function_words() or (folded in PARTICLES and inside)


def _known_length(words: list[str], place: int) -> int:
    """How many words from ``place`` are a known name that nothing else goes on with; 0 for none."""
    for length in range(min(5, len(words) - place), 1, -1):
        after = words[place + length] if place + length < len(words) else ""
        ends = not after or _key(after) in roles() or _key(after) in function_words()
        if (ends or _key(after) in given_names()) and form(
            " ".join(words[place : place + length])
        ) in known():
            return length
    return 0


def _begins_person(words: list[str], place: int, current: list[str]) -> bool:
    """Whether a given name here begins another name: (la) République | Emmanuel Macron."""
    return (
        place + 1 < len(words)
        and _key(words[place]) in given_names()
        and _key(current[0]) not in given_names()
        and not current[-1].islower()
        and not words[place + 1].islower()
        and len(words) > 2
        and _key(words[place + 1]) not in function_words()
    )


def _joins(particle: str, current: list[str], language: str) -> bool:
    """Whether a small word goes on with the name before it."""
    if particle == "of":
        return language in ("en", "")
    if particle in _ARABIC or current[-1].islower():
        return True
    if len(current) != 1:
        return False
    if _key(current[0]) in given_names():
        return True
    plain = not _is_marked(current[0]) and form(current[0]) not in known()
    return plain and particle in (_DUTCH if language == "nl" else _ROMANCE.get(language, ()))


def _without_tail(words: list[str]) -> list[str]:
    while words and _key(words[-1]) in PARTICLES:
        words = words[:-1]
    return words


def _mention(segment: _Segment, language: str, *, titled: bool, place: int) -> Mention | None:
    words = segment.words
    if len(words) == 1:
        words = [_compound(words[0])]
    name = known().get(form(" ".join(words)), "")
    folded = [_key(word) for word in words]
    if not name and all(word in stop_words() or len(word) < 2 for word in folded):
        return None
    given = len(words) > 1 and folded[0] in given_names()
    person = len(words) <= 4 and (given or _key(segment.lead) in roles())
    marked = any(map(_is_marked, words)) and not titled
    sure = bool(name) or marked or given or not (segment.starts or titled)
    if language == "de" and not (name or marked or given or person):
        if any(word in german_nouns() for word in folded):
            return None
        sure = sure and len(words) > 1
    bare = language != "de" or not _BEFORE_NOUN.fullmatch(segment.lead.lower())
    return Mention(tuple(words), sure, person, name, place, bare)


def _compound(word: str) -> str:
    """NAVO of NAVO-baas, Trump of pro-Trump; Jean-Luc is one word."""
    if "-" not in word:
        return word
    first, *others = word.split("-")
    second = others[0] if others else ""
    if _key(first) in _PREFIXES and second[:1].isupper():
        return second
    if len(first) > 1 and (second[:1].islower() or (second and form(first) in known())):
        return first
    return word


def _leads(word: str) -> bool:
    """Whether it is a role made of a name: NAVO-baas (Mark Rutte)."""
    first = _compound(word)
    return first != word and (first.isupper() or form(first) in known())


@lru_cache(maxsize=20_000)
def _is_marked(word: str) -> bool:
    """Whether it is an acronym or has a capital inside, as common words never have."""
    upper = sum(char.isupper() for char in word)
    if word.isupper():
        return 1 < upper <= 6
    return any(char.isupper() for char in word[1:]) and "-" not in word and "'" not in word


def _trimmed(word: str) -> str:
    return _ENDING.sub("", word) if word[-1] == "s" or not word.isalnum() else word


@lru_cache(maxsize=20_000)
def _key(word: str) -> str:
    return key(word)
