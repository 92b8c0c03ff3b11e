"""What one term of a query means: a field's value to a leaf of the tree, or a mistake."""

from collections.abc import Callable
from typing import Final, NamedTuple

from reader.query import times
from reader.query.fields import BY_NAME, KINDS, SORTS, STATES, Choice
from reader.query.regex import problem
from reader.query.suggest import nearest, nearest_choice, nearest_field
from reader.query.tree import (
    EVERYTHING,
    Ago,
    Dated,
    Has,
    Is,
    Kind,
    Language,
    Length,
    Link,
    Named,
    Node,
    Place,
    Regex,
    Site,
    Sort,
    State,
    Text,
)
from reader.query.write import quoted
from reader.text.urls import outlet
from reader.text.words import ascii_lower, key, phrase

LANGUAGES: Final = {
    "arabic": "ar", "chinese": "zh", "czech": "cs", "danish": "da", "dutch": "nl",
    "english": "en", "finnish": "fi", "french": "fr", "german": "de", "greek": "el",
    "hebrew": "he", "hindi": "hi", "hungarian": "hu", "italian": "it", "japanese": "ja",
    "korean": "ko", "norwegian": "no", "persian": "fa", "polish": "pl", "portuguese": "pt",
    "romanian": "ro", "russian": "ru", "spanish": "es", "swedish": "sv", "turkish": "tr",
    "ukrainian": "uk", "deutsch": "de", "nederlands": "nl", "français": "fr", "español": "es",
    "italiano": "it", "português": "pt",
}  # fmt: skip
"""Names of languages that ``lang:`` takes beside codes."""


class Term(NamedTuple):
    """A term as written: ``field`` in lower case ("" for none) and its ``value`` unquoted.

    ``was_quoted``: in quotes; ``is_regex``: between slashes; ``prefix``: ended in ``*``.
    """

    field: str
    value: str
    was_quoted: bool = False
    is_regex: bool = False
    prefix: bool = False


class Ordered(NamedTuple):
    """A ``sort:`` directive: no condition."""

    sort: Sort


class Misread(NamedTuple):
    """Why a term means nothing, and what to write in its place ("" for no idea)."""

    message: str
    suggestion: str = ""


Meaning = Node | Ordered | Misread


def meaning(term: Term) -> Meaning:
    """What the term asks. Never raises."""
    if term.field and term.field not in BY_NAME:
        return _unknown_field(term)
    if not term.value and not (term.prefix and term.field in ("", "tag", "category", "feed")):
        if term.field:
            return Misread(f"{term.field}: needs a value, as in {BY_NAME[term.field].example}")
        if not term.prefix:
            return Misread("nothing between the quotes")
    if term.is_regex:
        return _regex(term)
    return _READERS[term.field](term)


def _unknown_field(term: Term) -> Misread:
    said = f'there is no field "{term.field[:40]}"'
    close = nearest_field(term.field)
    value = quoted(term.value) if term.was_quoted or not term.value else term.value
    star = "*" if term.prefix else ""
    if close:
        return Misread(f"{said}; {close}: was meant?", f"{close}:{value}{star}")
    return Misread(f"{said}; in quotes it is searched for", quoted(f"{term.field}:{term.value}"))


def _regex(term: Term) -> Meaning:
    if term.field not in _PLACES:
        return Misread(f"{term.field}: takes no regular expression", f"/{term.value}/")
    wrong = problem(term.value)
    if wrong:
        return Misread(f"this regular expression cannot be used: {wrong}")
    return Regex(term.value, _PLACES[term.field])


def _text(term: Term) -> Meaning:
    if not term.field and not term.value:
        return EVERYTHING
    if not term.was_quoted and "*" in term.value:
        before = term.value.split("*", 1)[0]
        return Misread("* stands only at the end of a word", f"{before}*" if before else "")
    if not term.field and not term.was_quoted and term.value.startswith(("http://", "https://")):
        return _link(term)
    wanted = phrase(term.value, prefix=term.prefix)
    if not wanted.tokens:
        return Misread("no letters or digits to look for")
    return Text(wanted, _PLACES[term.field])


def _named(term: Term) -> Meaning:
    name = key(term.value)
    if term.field == "feed":
        return Named("feed", name, term.prefix)
    return Named("category" if term.field == "category" else "tag", name, term.prefix)


def _choice(term: Term, known: tuple[Choice, ...]) -> Misread:
    close = nearest_choice(term.value, known)
    every = ", ".join(choice.value for choice in known)
    return Misread(f"{term.field}: is one of {every}", f"{term.field}:{close}" if close else "")


def _is(term: Term) -> Meaning:
    states: dict[str, State] = {
        "unread": "unread", "read": "read", "starred": "starred", "hidden": "hidden", "new": "new",
    }  # fmt: skip
    state = states.get(term.value.lower())
    return Is(state) if state else _choice(term, STATES)


def _has(term: Term) -> Meaning:
    kinds: dict[str, Kind] = {"enclosure": "enclosure", "image": "image"}
    meant: dict[str, Kind] = {
        "attachment": "enclosure", "audio": "enclosure", "podcast": "enclosure",
        "video": "enclosure", "file": "enclosure", "picture": "image", "photo": "image",
    }  # fmt: skip
    value = term.value.lower()
    if value in meant:
        return Misread(f"has: knows no {value}", f"has:{meant[value]}")
    return Has(kinds[value]) if value in kinds else _choice(term, KINDS)


def _sort(term: Term) -> Meaning:
    sorts: dict[str, Sort] = {"date": "date", "score": "score"}
    sort = sorts.get(term.value.lower())
    return Ordered(sort) if sort else _choice(term, SORTS)


def _language(term: Term) -> Meaning:
    code = term.value.lower().replace("_", "-")
    first = code.split("-")[0]
    if first.isascii() and first.isalpha() and len(first) in (2, 3):
        return Language(code)
    if code in LANGUAGES:
        return Language(LANGUAGES[code])
    close = LANGUAGES.get(nearest(code, LANGUAGES), "")
    return Misread("lang: takes a code such as en or nl", f"lang:{close}" if close else "")


def _dated(term: Term) -> Meaning:
    moment = times.when(term.value)
    if moment is not None:
        return Dated(moment, before=term.field == "before")
    close = times.meant_day(term.value) or nearest_choice(term.value, BY_NAME["since"].choices)
    return Misread(
        "not a day; write 2026-01-31, monday, or 3d for three days ago",
        f"{term.field}:{close}" if close else "",
    )


def _age(term: Term) -> Meaning:
    sign, rest = times.comparison(term.value)
    ago = times.seconds(rest)
    if ago is None:
        minutes_or_months = rest[:-1].isdigit() and rest.endswith("m")
        close = f"age:{sign or '<'}{rest[:-1]}mo" if minutes_or_months else ""
        return Misread("an age is < or > and a number with min, h, d, w, mo or y", close)
    if sign is None or sign == "=":
        return Misread(
            "younger or older? age: wants < or >",
            f"age:<{quoted(rest) if term.was_quoted else rest}",
        )
    return Dated(Ago(ago), before=sign in (">", ">="))


def _length(term: Term) -> Meaning:
    sign, rest = times.comparison(term.value)
    number = times.count(rest)
    if number is None:
        return Misread("words: takes a number, as in words:>800")
    if sign is None:
        return Misread("more or fewer? words: wants < or >", f"words:>{number}")
    return Length(sign, number)


def _link(term: Term) -> Meaning:
    return Link(ascii_lower(term.value))


def _site(term: Term) -> Meaning:
    written = term.value if "://" in term.value else f"https://{term.value}"
    host = str(outlet(written)).lower().strip(".")
    if not host:
        return Misread("site: takes a host such as bbc.co.uk")
    return Site(host)


_PLACES: Final[dict[str, Place]] = {"": "any", "title": "title", "author": "author"}

_READERS: Final[dict[str, Callable[[Term], Meaning]]] = {
    "": _text, "title": _text, "author": _text,
    "feed": _named, "category": _named, "tag": _named,
    "is": _is, "has": _has, "sort": _sort, "lang": _language,
    "after": _dated, "before": _dated, "since": _dated, "age": _age,
    "words": _length, "url": _link, "site": _site,
}  # fmt: skip
