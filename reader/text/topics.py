"""Derived tags: the people, places, organisations and subjects an article is about.

No model and no download: names are told by their capitals and by lists of what is never
one, variants and translations are merged, subjects are looked up. ``candidates`` reads one
article; ``choose`` picks its tags once it is known how often each occurs in the library.
"""

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

from msgspec import Struct, field

from reader.text.gazetteer import known
from reader.text.givennames import given_names
from reader.text.mentions import PARTICLES, Mention, is_titled, mentions, readable
from reader.text.subjects import Vocabulary, vocabulary
from reader.text.words import key, tokens

MOST_CANDIDATES: Final = 16
MOST_CHOSEN: Final = 8
_COMMON: Final = {
    "en": ("the", "and", "of", "to", "is", "that", "for", "with"),
    "nl": ("de", "het", "een", "en", "van", "dat", "niet", "voor"),
    "de": ("der", "die", "und", "das", "nicht", "ist", "mit", "ein"),
    "fr": ("le", "la", "les", "des", "et", "est", "une", "dans"),
    "es": ("el", "la", "los", "las", "y", "que", "del", "una"),
}
_ROMAN = re.compile(r"[IVX]+")
_LATE: Final = 1_000_000
_EARLY: Final = 600
_SMALL: Final = 30
_FIRST_WORDS: Final = 100
_PASSING: Final = 1.7
_PLAIN: Final = 4.0


class Topic(Struct, frozen=True):
    """Something an article may be about. ``key`` is ``reader.text.words.key(name)``.

    ``surname`` is set for a person's full name that ends in it; ``alone`` tells that this
    article also uses the surname by itself.
    """

    name: str
    key: str
    score: float
    surname: str = ""
    alone: bool = False


def candidates(title: str, text: str, language: str) -> list[Topic]:
    """What the article may be about, the likeliest first; at most ``MOST_CANDIDATES``.

    ``text`` is the visible text, of which a bounded start is read; ``language`` is a code
    or "" (then it is guessed between those that subjects are known in). Pure, and linear.
    """
    body = readable(text)
    heading = without_outlet(title)
    language = language[:2].lower() or _guessed(body)
    found = _collected(heading, body, language)
    _merge_people(found)
    _merge_genitives(found)
    _drop_common(found, body)
    topics = [_topic(item) for item in found.values() if item.sure]
    topics += _subjects(heading, body, language)
    topics.sort(key=lambda topic: (-topic.score, topic.key))
    return topics[:MOST_CANDIDATES]


def counted(topics: Iterable[Topic]) -> frozenset[str]:
    """The keys to count for an article, once each: ``choose`` asks how many articles have them.

    Beside the topics' own keys there are "~surname" for full names and the surname where
    it stands alone, by which a full name and its short form are told to be one.
    """
    keys: set[str] = set()
    for topic in topics:
        keys.add(topic.key)
        if topic.surname:
            keys.add(f"~{key(topic.surname)}")
            if topic.alone:
                keys.add(key(topic.surname))
    return frozenset(keys)


def choose(
    topics: Sequence[Topic], df: Callable[[str], int], articles: int, *, most: int = MOST_CHOSEN
) -> tuple[str, ...]:
    """The names of an article's derived tags, the likeliest first.

    ``df`` gives in how many of the library's ``articles`` a ``counted`` key was found, this
    one included. A person is called by surname where the library knows mostly this one
    by it. In a library that is not small, what no other article has is left out, unless
    the article is plainly about it.
    """
    weights: dict[str, tuple[float, str]] = {}
    for topic in topics:
        name, articles_with = _named(topic, df)
        weight = topic.score * (1.0 + 0.15 * math.log2(max(1, min(articles_with, 64))))
        if articles_with < 2 and articles >= _SMALL:
            if topic.score < _PLAIN:
                continue
            weight *= 0.5
        elif weight < _PASSING:
            continue
        folded = key(name)
        if folded not in weights or weights[folded][0] < weight:
            weights[folded] = (weight, name)
    ranked = sorted(weights.values(), key=lambda entry: (-entry[0], entry[1]))
    return tuple(name for _, name in ranked[:most])


def _named(topic: Topic, df: Callable[[str], int]) -> tuple[str, int]:
    """The name to show and in how many articles it was found."""
    full = df(topic.key)
    if topic.surname:
        short = df(key(topic.surname))
        if full * 2 > df(f"~{key(topic.surname)}") and (topic.alone or short * 4 >= full):
            return topic.surname, max(full, short)
    return topic.name, full


class _Found(Struct):
    """What was found of one name in an article."""

    written: Counter[str] = field(default_factory=Counter)
    sure: int = 0
    unsure: int = 0
    nounlike: int = 0
    in_title: bool = False
    person: bool = False
    known: str = ""
    first: int = _LATE
    alone: bool = False

    def add(self, mention: Mention, *, in_title: bool) -> None:
        self.written[" ".join(mention.words)] += 1
        self.sure += mention.sure
        self.unsure += not mention.sure
        self.nounlike += not mention.bare
        self.in_title |= in_title
        self.person |= mention.person
        self.known = mention.known
        self.first = min(self.first, 0 if in_title else mention.place)

    def absorb(self, other: "_Found") -> None:
        self.sure += other.sure
        self.unsure += other.unsure
        self.in_title |= other.in_title
        self.first = min(self.first, other.first)

    @property
    def name(self) -> str:
        return self.known or max(
            self.written, key=lambda name: (self.written[name], not name.isupper())
        )


def _collected(heading: str, body: str, language: str) -> dict[str, _Found]:
    """Every name that was found, by key."""
    found: dict[str, _Found] = {}
    for in_title, line in ((True, heading), (False, body)):
        for mention in mentions(line, language=language):
            named = mention.known or " ".join(mention.words)
            found.setdefault(key(named), _Found()).add(mention, in_title=in_title)
    if language == "de":
        for item in found.values():
            _trust_german(item)
    return found


def _trust_german(item: _Found) -> None:
    """A German noun is a name where it never has an article; a subject where it is the title's."""
    if item.sure or len(item.name) < 4:
        return
    if item.unsure > (3 if item.nounlike else 2) and (item.in_title or not item.nounlike):
        item.sure = 1


def _drop_common(found: dict[str, _Found], body: str) -> None:
    """Leave out single words that the text writes small as well, and lone given names."""
    for folded in [
        folded for folded, item in found.items() if not item.known and " " not in folded
    ]:
        name = found[folded].name
        small = body.count(f" {name[0].lower()}{name[1:]} ")
        full = next(
            (k for k, item in found.items() if item.person and k.startswith(f"{folded} ")), ""
        )
        if full:
            found[full].absorb(found.pop(folded))
        elif folded in given_names() or small > found[folded].sure // 2:
            del found[folded]


def _merge_people(found: dict[str, _Found]) -> None:
    """Count a surname that stands alone for the full name it belongs to."""
    people = [folded for folded, item in found.items() if item.person and " " in folded]
    for folded in sorted(people, key=lambda folded: -found[folded].sure):
        item = found.pop(folded)
        for short in [short for short in found if _ends(folded, short)]:
            item.absorb(found.pop(short))
            item.alone = True
        item.known = item.known or known().get(folded.rsplit(" ", 1)[1], "")
        found[key(item.known) if item.known else folded] = item


def _ends(full: str, short: str) -> bool:
    """Whether ``short`` is the surname of ``full``, with or without its particles."""
    if not full.endswith(f" {short}"):
        return False
    *particles, _ = short.split(" ")
    return all(word in PARTICLES for word in particles)


def _merge_genitives(found: dict[str, _Found]) -> None:
    """Count Trumps for Trump where both are there (Dutch and German genitives)."""
    for folded in [folded for folded in found if folded.endswith("s") and folded[:-1] in found]:
        found[folded[:-1]].absorb(found.pop(folded))
    for item in list(found.values()):
        if item.person and item.alone is False and _surname(item):
            genitive = f"{key(_surname(item))}s"
            if genitive in found:
                item.absorb(found.pop(genitive))


def _surname(item: _Found) -> str:
    """The last word of a full name without particles; "" for any other name."""
    words = item.name.split()
    plain = 1 < len(words) < 4 and PARTICLES.isdisjoint(map(key, words))
    plain = plain and not _ROMAN.fullmatch(words[-1])
    return words[-1] if plain and not item.known else ""


def _topic(item: _Found) -> Topic:
    name = item.name
    mentioned = item.sure + item.unsure / 2
    score = math.log2(1 + min(mentioned, 15))
    score += 2.0 * item.in_title + 0.7 * (item.first < _EARLY) + 0.3 * (" " in name)
    score *= 1.15 if item.known else 1.0
    surname = _surname(item) if item.person else ""
    return Topic(name, key(name), round(score, 3), surname, item.alone)


def without_outlet(title: str) -> str:
    """The title without the outlet that some feeds put behind it."""
    for mark in (" - ", " | ", " – ", " — ", " · "):
        head, found, tail = title.rpartition(mark)
        words = tail.split()
        if found and len(head) > 24 and 0 < len(words) <= 4:
            outlet = "." in tail or all(word[0].isupper() or len(word) < 4 for word in words)
            if outlet and not (is_titled(head) and "." not in tail and len(words) < 2):
                return head
    return title


def _guessed(body: str) -> str:
    """Which of the languages of subjects the text is in, by its commonest words."""
    words = Counter(body[:2000].lower().split())
    votes = {code: sum(words[word] for word in common) for code, common in _COMMON.items()}
    best = max(votes, key=lambda code: votes[code])
    return best if votes[best] > 2 else ""


def _subjects(heading: str, body: str, language: str) -> list[Topic]:
    """The subjects that the title names, or the text again and again."""
    found = vocabulary(language)
    if not found.words:
        return []
    in_title = {name for name, _ in _spoken_of(tokens(heading), found)}
    in_text: Counter[str] = Counter()
    early = set()
    for name, place in _spoken_of(tokens(body), found):
        in_text[name] += 1
        if place < _FIRST_WORDS:
            early.add(name)
    topics = []
    for name in in_title | in_text.keys():
        if name in in_title or (in_text[name] > 3 and name in early):
            score = 0.8 * math.log2(1 + min(in_text[name], 15)) + 1.5 * (name in in_title)
            topics.append(Topic(name, key(name), round(score, 3)))
    return topics


def _spoken_of(words: Sequence[str], found: Vocabulary) -> Iterator[tuple[str, int]]:
    """The subjects that words speak of, and at which word they do."""
    for place, word in enumerate(words):
        if word in found.words:
            yield found.words[word], place
        elif word in found.phrases:
            ahead = " ".join(words[place : place + 4]) + " "
            for phrase, name in found.phrases[word].items():
                if ahead.startswith(f"{phrase} "):
                    yield name, place
        elif word[:4] in found.stems:
            for beginning, name in found.stems[word[:4]]:
                if word.startswith(beginning):
                    yield name, place
