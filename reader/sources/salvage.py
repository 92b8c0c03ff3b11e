"""Recovers keys and values from a header that its own syntax refuses."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress

from reader.sources.loaders import HeaderMistaken, Syntax

_YAML_KEY = re.compile(
    r"""(?P<quote>["']?)(?P<key>[^\s:#"'\[\]{},&*!|>%@`=<-][^:"'\n]{0,60}?)(?P=quote)"""
    r"""[ \t]*:(?=\s|$)"""
)
_TOML_KEY = re.compile(r"""[ \t]*(?P<quote>["']?)(?P<key>[\w][\w.-]{0,60})(?P=quote)[ \t]*=""")
_JSON_TEXT = r'"(?:[^"\\\n]|\\.)*"'
_JSON_PAIR = re.compile(
    rf"(?P<key>{_JSON_TEXT})\s*:\s*"
    rf"(?P<value>{_JSON_TEXT}|\[\s*(?:{_JSON_TEXT}[\s,]*)*\]|[\w.+-]+)"
)
_KEY: Mapping[Syntax, re.Pattern[str]] = {"yaml": _YAML_KEY, "toml": _TOML_KEY}
_TOML_TABLE = re.compile(r"[ \t]*\[+[ \t]*(?P<name>[^\[\]\n]+?)[ \t]*\]+[ \t]*$")
_NOTHING = re.compile(r"[ \t]*(?:#.*|[{}\[\],]*)$")
_BLOCK = re.compile(r"[|>][-+\d]*$")
_MOST_LOADED = 100
_KNOWN = (
    "title headline date published created updated link url permalink source feed publisher"
    " author authors tags categories category description summary draft slug lang language"
    " layout"
)
_WORTH = frozenset(_KNOWN.split())

Load = Callable[[str, Syntax], object]


def fields(lines: str, syntax: Syntax, load: Load | None = None) -> tuple[dict[str, object], str]:
    """What can be told of a broken header: its keys with values, and the lines left over.

    Each key with the lines below it is given to ``load`` by itself, so that one mistake
    costs only its own key; what ``load`` refuses is taken as it is written.
    """
    if syntax == "json":
        return _json_pairs(lines)
    found: dict[str, object] = {}
    table = found
    unread: list[str] = []
    for number, chunk in enumerate(_chunks(lines, syntax)):
        first = chunk[0]
        if syntax == "toml" and (header := _TOML_TABLE.match(first)):
            table = _table(found, header["name"])
            unread += _left_over(chunk[1:])
        elif key := _KEY[syntax].match(first):
            value = _loaded(chunk, syntax, load) if number < _MOST_LOADED else _REFUSED
            if value is _REFUSED:
                written = first[key.end() :].strip()
                inside = (" ", "\t") if written else (" ", "\t", "-")
                below = [line for line in chunk[1:] if line.startswith(inside)]
                value = _as_written(written, below)
                unread += _left_over([line for line in chunk[1:] if not line.startswith(inside)])
            table[key["key"].strip()] = value
        else:
            unread += _left_over(chunk)
    return found, "\n".join(unread)


def worth_having(found: Mapping[str, object]) -> bool:
    """Whether the keys are a header's, and not prose that happens to have a colon."""
    return any(key.strip().lower() in _WORTH for key in found)


def end_of_keys(lines: str) -> int:
    """Where the keys at the start of ``lines`` end: at a blank line or one that is no key's."""
    end = 0
    for line in lines.splitlines(keepends=True):
        inside = line.startswith((" ", "\t", "- ", "#"))
        if not line.strip() or not (inside or any(key.match(line) for key in _KEY.values())):
            break
        end += len(line)
    return end


_REFUSED = object()


def _chunks(lines: str, syntax: Syntax) -> Iterator[list[str]]:
    """The lines, cut before every line that begins a key or a table."""
    chunk: list[str] = []
    for line in lines.split("\n"):
        starts = _KEY[syntax].match(line) or (syntax == "toml" and _TOML_TABLE.match(line))
        if starts and chunk:
            yield chunk
            chunk = []
        chunk.append(line)
    yield chunk


def _loaded(chunk: list[str], syntax: Syntax, load: Load | None) -> object:
    """The value of one key by itself, or ``_REFUSED``."""
    if load is None:
        return _REFUSED
    try:
        value = load("\n".join(chunk), syntax)
    except HeaderMistaken:
        return _REFUSED
    return next(iter(value.values())) if isinstance(value, dict) and len(value) == 1 else _REFUSED


def _as_written(value: str, below: list[str]) -> object:
    """A value as a person would read it: text, or a list where its lines begin with dashes."""
    rest = [line.strip() for line in below if line.strip() and not line.lstrip().startswith("#")]
    if not value and rest and all(line.startswith("-") for line in rest):
        return [_unquoted(line[1:].strip()) for line in rest]
    if _BLOCK.match(value):
        value = ""
    value = " ".join([value, *rest]).strip()
    if value.startswith("[") and value.endswith("]"):
        return [_unquoted(part.strip()) for part in value[1:-1].split(",") if part.strip()]
    return _unquoted(value)


def _json_pairs(text: str) -> tuple[dict[str, object], str]:
    """Every key with a plain value in a broken JSON object, and what stands around them."""
    found: dict[str, object] = {}
    for pair in _JSON_PAIR.finditer(text):
        with suppress(ValueError):
            found.setdefault(json.loads(pair["key"], strict=False), _json_value(pair["value"]))
    around = [line.strip(" \t,") for line in _JSON_PAIR.sub("", text).split("\n")]
    return found, "\n".join(_left_over(around))


def _json_value(text: str) -> object:
    """A JSON value that was cut out by itself; a bare word stays a word."""
    try:
        return json.loads(text, strict=False)
    except ValueError:
        return text


def _unquoted(value: str) -> str | None:
    """``value`` without its outer quotes; None for what says that there is none."""
    if value in ("", "~", "null"):
        return None
    for quote in ('"', "'"):
        if len(value) > 1 and value.startswith(quote) and value.endswith(quote):
            inner = value[1:-1]
            return inner.replace('\\"', '"') if quote == '"' else inner.replace("''", "'")
    return value


def _table(found: dict[str, object], name: str) -> dict[str, object]:
    """The table that a TOML line opens, made where it is missing."""
    table = found
    for part in name.split("."):
        below = table.setdefault(part.strip("\"' "), {})
        if not isinstance(below, dict):
            return {}
        table = below
    return table


def _left_over(lines: list[str]) -> list[str]:
    return [line for line in lines if not _NOTHING.match(line)]
