"""What could be written where the cursor stands: fields, their choices, the library's names."""

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from msgspec import Struct

from reader.model.records import replace
from reader.query.fields import BY_NAME, FIELDS, Field
from reader.query.scan import Lexeme, scan
from reader.query.terms import LANGUAGES
from reader.query.write import term
from reader.text.words import key

Values = Callable[[str, str], Iterable[str]]
"""Names the library holds for a field (feed, category, tag, author, lang, site), those most
used first; the second argument is what was typed of one, so that it may look only there."""

_LOOKED_AT: Final = 1000


class Completion(Struct, frozen=True):
    """``text`` may stand in the query's place ``[start:end]``; ``label`` and ``help`` are shown."""

    start: int
    end: int
    text: str
    label: str
    help: str = ""


def complete(text: str, cursor: int, values: Values, *, limit: int = 20) -> list[Completion]:
    """At most ``limit`` completions of the term under the cursor, the likeliest first.

    Between terms every field is offered; in a plain word, the fields it begins and tags
    that begin so. Nothing inside a regular expression.
    """
    cursor = max(0, min(cursor, len(text)))
    here = _under(text, cursor)
    if here is None:
        found: Iterable[Completion] = (_field(field, cursor, cursor) for field in FIELDS)
    else:
        typed = next(scan(text[here.start : cursor]), here)
        found = _completions(typed, text, here, values)
    unique: dict[str, Completion] = {}
    for completion in found:
        unique.setdefault(completion.text, completion)
        if len(unique) >= limit:
            break
    return list(unique.values())


def _under(text: str, cursor: int) -> Lexeme | None:
    """The term that the cursor stands in or right after."""
    for lexeme in scan(text):
        if lexeme.start >= cursor:
            return None
        if cursor <= lexeme.end and lexeme.sign == "term":
            return lexeme
    return None


def _completions(typed: Lexeme, text: str, here: Lexeme, values: Values) -> Iterator[Completion]:
    start, end = here.start, here.end
    asked = typed.term
    if asked.is_regex or (typed.unclosed and not asked.was_quoted):
        return
    if asked.field in BY_NAME:
        field = BY_NAME[asked.field]
        found = _of_field(field, asked.value, start, end, values)
        yield from map(_with_sign, found) if text[start] == "#" else found
    elif not asked.field and not asked.was_quoted and not asked.prefix:
        wanted = asked.value.lower()
        yield from (_field(field, start, end) for field in FIELDS if field.name.startswith(wanted))
        if len(wanted) > 1:
            yield from _of_field(BY_NAME["tag"], asked.value, start, end, values)


def _field(field: Field, start: int, end: int) -> Completion:
    return Completion(start, end, f"{field.name}:", f"{field.name}:", field.help)


def _with_sign(tag: Completion) -> Completion:
    return replace(tag, text=f"#{tag.text.removeprefix('tag:')}")


def _of_field(
    field: Field, typed: str, start: int, end: int, values: Values
) -> Iterator[Completion]:
    """The field's choices that go on from what was typed, then the library's names."""
    wanted = key(typed)
    for choice in field.choices:
        if choice.value.startswith(wanted):
            written = f"{field.name}:{choice.value}"
            yield Completion(start, end, written, choice.value, choice.help)
    if not field.from_library:
        return
    codes = {code: name.capitalize() for name, code in reversed(LANGUAGES.items())}
    inside: list[Completion] = []
    for name, _ in zip(values(field.name, typed), range(_LOOKED_AT), strict=False):
        written = term(field.name, name)
        told = codes.get(name, "") if field.name == "lang" else ""
        completion = Completion(start, end, written, name, told)
        folded = key(name)
        if folded.startswith(wanted):
            yield completion
        elif wanted in folded:
            inside.append(completion)
    yield from inside
