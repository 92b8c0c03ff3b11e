"""The header of a document (front matter): finds it, has it read, and saves what can be saved."""

import re
from collections.abc import Mapping

from msgspec import Struct

from reader.sources import salvage
from reader.sources.loaders import (
    LARGEST,
    HeaderMistaken,
    Syntax,
    json_object,
    load,
)
from reader.text.terminal import clean

_OPENING = re.compile(r"\s*(?P<fence>-{3,}|\+{3,}|;{3,})[ \t]*\n")
_CLOSING = {
    "-": re.compile(r"^(?:-{3,}|\.\.\.)[ \t]*(?:\n|\Z)", re.MULTILINE),
    "+": re.compile(r"^\+{3,}[ \t]*(?:\n|\Z)", re.MULTILINE),
    ";": re.compile(r"^;{3,}[ \t]*(?:\n|\Z)", re.MULTILINE),
}
_SYNTAX: Mapping[str, Syntax] = {"-": "yaml", "+": "toml", ";": "json"}
_JSON_OBJECT = re.compile(r'\s*\{\s*"')
_JSON_ENDS = re.compile(r"^\}[ \t]*\n|\n(?=[ \t]*\n)", re.MULTILINE)
_COMMENT = re.compile(
    r"\s*<!--[ \t]*\n(?:-{3,}[ \t]*\n)?(?P<lines>(?:(?!-->).*\n)+?)-->[ \t]*(?:\n|\Z)"
)
_BARE = re.compile(
    r"\s*(?P<lines>(?:(?:#\+)?[A-Za-z][\w-]{0,30}:(?:[ \t].*)?(?:\n|\Z))+)(?:[ \t]*\n|\Z)"
)
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


class Header(Struct, frozen=True):
    """What a document's header says, and the body below it.

    ``fields`` has its keys in lower case without "-", "_" and blanks; the values are str,
    None, list and dict (in TOML and JSON also numbers, booleans and dates). ``body`` is the
    rest of the text, and the whole of it where the header could not be used. ``unread``
    are lines of the header that nothing could be made of; ``problems`` are sentences.
    """

    fields: Mapping[str, object]
    body: str
    problems: tuple[str, ...] = ()
    unread: str = ""


def read(text: str) -> Header:
    """Take the header from ``text`` (its lines end in line feeds); without one no fields."""
    if opening := _OPENING.match(text):
        return _fenced(text, opening)
    if _JSON_OBJECT.match(text[:1000]):
        return _json_header(text)
    start = text[:LARGEST]
    if bare := _COMMENT.match(start) or _BARE.match(start):
        lines = re.sub(r"(?m)^#\+", "", bare["lines"])
        fields = plain_keys(salvage.fields(lines, "yaml")[0])
        if "title" in fields:
            return Header(fields, text[bare.end() :])
    return Header({}, text)


def plain_keys(fields: Mapping[str, object]) -> dict[str, object]:
    """``fields`` under keys in lower case without "-", "_" and blanks; the first of two stays."""
    plain: dict[str, object] = {}
    for key, value in fields.items():
        name = str(key).lower()
        plain.setdefault(name if name.isalnum() else re.sub(r"[\s_-]+", "", name), value)
    return plain


def _fenced(text: str, opening: re.Match[str]) -> Header:
    """The header between two fences; one that is never closed ends where its keys end."""
    mark = opening["fence"][0]
    line = text.count("\n", 0, opening.end()) + 1
    closing = _CLOSING[mark].search(text, opening.end())
    if closing:
        lines = text[opening.end() : closing.start()]
        return _whole(text, lines, text[closing.end() :], _SYNTAX[mark], line)
    end = salvage.end_of_keys(text[opening.end() : opening.end() + LARGEST]) + opening.end()
    fields, _unread = salvage.fields(text[opening.end() : end], _SYNTAX[mark])
    if not salvage.worth_having(fields):
        return Header({}, text)
    last = line + text.count("\n", opening.end(), end) - 1
    problem = f"The header is never closed; it was taken to end at line {last}."
    return Header(plain_keys(fields), text[end:], (problem,))


def _whole(text: str, lines: str, body: str, syntax: Syntax, line: int) -> Header:
    """A closed header whose text is ``lines``, the first of them being line ``line``."""
    notes: list[str] = []
    if _CONTROLS.search(lines):
        lines = clean(lines)
        notes.append("Control characters were taken out of the header.")
    try:
        loaded = load(lines, syntax, line=line, note=notes.append)
    except HeaderMistaken as mistake:
        fields, unread = salvage.fields(lines[:LARGEST], syntax, load)
        if not salvage.worth_having(fields):
            return Header({}, text, (f"The header could not be read: {mistake}.",))
        notes.insert(0, f"The header was read key by key: {mistake}.")
        unread += lines[LARGEST:]
        return Header(plain_keys(fields), body, _each_once(notes), unread.strip("\n"))
    if isinstance(loaded, dict):
        return Header(plain_keys(loaded), body, _each_once(notes))
    if loaded is None or not lines.strip():
        return Header({}, body, _each_once(notes))
    kind = "a list" if isinstance(loaded, list) else "text"
    return Header({}, text, (f"The header is {kind} instead of keys and values.",))


def _json_header(text: str) -> Header:
    """A header that is a JSON object at the very start."""
    start = len(text) - len(text.lstrip())
    notes: list[str] = []
    try:
        loaded, length = json_object(text[start : start + LARGEST], note=notes.append)
    except HeaderMistaken as mistake:
        ended = _JSON_ENDS.search(text, start)
        end = ended.end() if ended else len(text)
        fields, unread = salvage.fields(text[start:end][:LARGEST], "json")
        if not salvage.worth_having(fields):
            return Header({}, text)
        problem = f"The header was read key by key: {mistake}."
        return Header(plain_keys(fields), text[end:], (problem,), unread)
    body = text[start + length :]
    fields = plain_keys(loaded)
    if not body.strip() and "title" not in fields:
        return Header({}, text)
    return Header(fields, body.lstrip(" \t").removeprefix("\n"), _each_once(notes))


def _each_once(notes: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(notes))
