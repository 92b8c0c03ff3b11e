"""Loads a header's text under limits: nothing is executed, nothing grows, nothing recurses far.

YAML goes through python-frontmatter's handler with a loader of ours: libyaml composes
recursively, so nesting by the thousand would take the process down, and merge keys may
double at every step. Scalars stay the text that was written, so that ``title: 3.10`` or
``title: no`` is a title and ``date: 2026-02-30`` costs no other key.
"""

import json
import re
import tomllib
from collections.abc import Callable
from functools import cache, partial
from typing import TYPE_CHECKING, Any, ClassVar, Literal

if TYPE_CHECKING:
    import yaml

Syntax = Literal["yaml", "toml", "json"]
Note = Callable[[str], None]

LARGEST = 64 * 1024
"""Characters of a header that are loaded."""
_DEEPEST = 20
_MOST_EVENTS = 20_000
_MOST_ALIASES = 100
_YAML_MAY_NEST = re.compile(r"^[ \t]*[-?:][ \t]+[-?:][ \t]|^[ ]{40}", re.MULTILINE)
_BRACKETS = re.compile(r"[\[\]{}]")
_CORE_TAG = "tag:yaml.org,2002:"


class HeaderMistaken(ValueError):
    """A header that cannot be loaded as a whole; ``str`` says why, to follow a colon."""


def _ignore(_: str) -> None:
    pass


def load(lines: str, syntax: Syntax, *, line: int = 1, note: Note = _ignore) -> object:
    """The value of a header; ``line`` is the number of its first line, for messages.

    ``note`` is told, in sentences, what was odd without stopping it. Raises
    ``HeaderMistaken`` where the text is no valid YAML, TOML or JSON, or too deep.
    """
    if len(lines) > LARGEST:
        raise HeaderMistaken(f"it is longer than {LARGEST // 1024} kB")
    try:
        if syntax == "yaml":
            return _yaml(lines, line, note)
        _check_brackets(lines)
        if syntax == "toml":
            return tomllib.loads(lines)
        braced = lines if lines.lstrip().startswith("{") else "{" + lines.rstrip(", \t\n") + "}"
        return json_object(braced, line=line, note=note)[0]
    except tomllib.TOMLDecodeError as error:
        raise HeaderMistaken(_toml_mistake(str(error), line)) from None
    except RecursionError:
        raise HeaderMistaken("it is nested too deeply") from None


def json_object(text: str, *, line: int = 1, note: Note = _ignore) -> tuple[dict[str, object], int]:
    """The JSON object at the start of ``text`` and how many characters it takes."""

    def unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
        found = dict(pairs)
        if len(found) < len(pairs):
            keys = [key for key, _ in pairs]
            for key in dict.fromkeys(key for key in keys if keys.count(key) > 1):
                note(_twice(key))
        return found

    try:
        decoder = json.JSONDecoder(object_pairs_hook=unique, parse_int=str, parse_float=str)
        loaded, length = decoder.raw_decode(text)
    except json.JSONDecodeError as error:
        at = f"line {error.lineno + line - 1}"
        raise HeaderMistaken(f"{at} is not valid JSON ({error.msg.lower()})") from None
    except RecursionError:
        raise HeaderMistaken("it is nested too deeply") from None
    if not isinstance(loaded, dict):
        raise HeaderMistaken("it is no JSON object")
    return loaded, length


def _check_brackets(text: str) -> None:
    """Refuse deep nesting before a recursive parser meets it."""
    depth = 0
    for bracket in _BRACKETS.findall(text):
        depth += 1 if bracket in "[{" else -1
        if depth > _DEEPEST:
            raise HeaderMistaken(f"it is nested more than {_DEEPEST} deep")


def _yaml(lines: str, line: int, note: Note) -> object:
    """The value of YAML, through python-frontmatter's handler with our loader."""
    import yaml
    from frontmatter.default_handlers import YAMLHandler

    try:
        _check_events(lines)
        return YAMLHandler().load(lines, Loader=partial(_text_loader(), line=line, note=note))
    except yaml.MarkedYAMLError as error:
        at = error.problem_mark or error.context_mark
        place = f"line {at.line + line}" if at else "it"
        raise HeaderMistaken(f"{place} is not valid YAML ({error.problem})") from None
    except (yaml.YAMLError, UnicodeError) as error:
        first = " ".join(str(error).split())[:100]
        raise HeaderMistaken(f"it is not valid YAML ({first})") from None


def _check_events(text: str) -> None:
    """Refuse what would nest or repeat too much; most headers are too plain to need a look."""
    flat = text.count("[") + text.count("{") <= _DEEPEST and not _YAML_MAY_NEST.search(text)
    if flat and not ("*" in text and "&" in text):
        return
    import yaml

    depth = aliases = 0
    for number, event in enumerate(yaml.parse(text, Loader=_base_loader())):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        elif isinstance(event, yaml.AliasEvent):
            aliases += 1
        if depth > _DEEPEST:
            raise HeaderMistaken(f"it is nested more than {_DEEPEST} deep")
        if aliases > _MOST_ALIASES or number > _MOST_EVENTS:
            raise HeaderMistaken("it has too many parts")


@cache
def _base_loader() -> type[Any]:
    import yaml

    found: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return found


@cache
def _text_loader() -> Callable[..., Any]:
    """A YAML loader that knows text, lists and maps, and nothing that could act."""
    import yaml

    class TextLoader(_base_loader()):  # type: ignore[misc]
        yaml_implicit_resolvers: ClassVar[dict[str, Any]] = {
            first: [(_CORE_TAG + "null", re.compile("(?:~|null|Null|NULL|)$"))] for first in "~nN"
        } | {"": [(_CORE_TAG + "null", re.compile("$"))]}
        yaml_multi_constructors: ClassVar[dict[str, Any]] = {}
        yaml_constructors: ClassVar[dict[str | None, Any]] = {
            _CORE_TAG + "null": yaml.SafeLoader.construct_yaml_null,
            _CORE_TAG + "str": yaml.SafeLoader.construct_yaml_str,
            _CORE_TAG + "seq": yaml.SafeLoader.construct_yaml_seq,
            _CORE_TAG + "map": yaml.SafeLoader.construct_yaml_map,
            None: _tagged,
        }

        def __init__(self, stream: str, *, line: int, note: Note) -> None:
            super().__init__(stream)
            self.first_line = line
            self.note = note

        def construct_mapping(self, node: yaml.Node, deep: bool = False) -> dict[str, object]:
            if not isinstance(node, yaml.MappingNode):
                problem = "keys and values were announced"
                raise yaml.constructor.ConstructorError(None, None, problem, node.start_mark)
            found: dict[str, object] = {}
            for key, value in node.value:
                line = key.start_mark.line + self.first_line
                if not isinstance(key, yaml.ScalarNode):
                    self.note(f"Line {line}: a key that is not text was left out.")
                    continue
                if key.value in found:
                    self.note(_twice(key.value, line))
                found[key.value] = self.construct_object(value, deep=deep)
            return found

    return TextLoader


def _tagged(loader: Any, node: "yaml.Node") -> object:  # noqa: ANN401
    """What a tag stands on, as text, list or map; the tag itself is not obeyed."""
    import yaml

    kind = node.tag.removeprefix(_CORE_TAG)
    foreign = kind == node.tag or kind.startswith("python")
    if foreign:
        tag = node.tag.replace(_CORE_TAG, "!!")[:60]
        line = node.start_mark.line + loader.first_line
        loader.note(f"Line {line}: the tag {tag} was not obeyed.")
    if isinstance(node, yaml.ScalarNode):
        return node.value
    if foreign:
        return None
    if isinstance(node, yaml.SequenceNode):
        return loader.construct_sequence(node, deep=True)
    return loader.construct_mapping(node, deep=True)


def _twice(key: str, line: int = 0) -> str:
    place = f"Line {line}: t" if line else "T"
    return f'{place}he key "{key[:60]}" is given twice; the last one counts.'


def _toml_mistake(message: str, line: int) -> str:
    """What tomllib says, with its line counted from the start of the file."""
    what, _, where = message.partition(" (at ")
    at = re.match(r"line (\d+)", where)
    place = f"line {int(at[1]) + line - 1}" if at else "it"
    return f"{place} is not valid TOML ({what.lower()})"
