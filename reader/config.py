"""Settings from a TOML file. Never rewrites the user's file."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, get_type_hints

from reader.model.errors import ReaderError


@dataclass(frozen=True, kw_only=True, slots=True)
class ArticleConfig:
    """How an article is drawn."""

    width: int = field(
        default=80,
        metadata={"help": "widest line of an article, in columns", "min": 20, "max": 400},
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class ListConfig:
    """How lists behave."""

    show: Literal["all", "unread", "starred"] = field(
        default="all", metadata={"help": "what a list shows at the first start"}
    )
    preview_delay_ms: int = field(
        default=150,
        metadata={
            "help": "how long the cursor rests before the article follows",
            "min": 0,
            "max": 5000,
        },
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class FolderConfig:
    """How folders of articles are followed."""

    watch: bool = field(
        default=True, metadata={"help": "notice changed files while the reader is open"}
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class TagsConfig:
    """How articles get their tags."""

    derived: bool = field(
        default=True,
        metadata={"help": "find tags by itself: the names and subjects that articles are about"},
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class NetworkConfig:
    """How web feeds are fetched."""

    interval_minutes: int = field(
        default=60,
        metadata={"help": "how often a feed is asked for news, at most", "min": 5, "max": 43200},
    )
    connections: int = field(
        default=256, metadata={"help": "requests under way at once", "min": 1, "max": 1000}
    )
    per_host: int = field(
        default=2, metadata={"help": "requests under way at once to one host", "min": 1, "max": 32}
    )
    timeout_seconds: int = field(
        default=60, metadata={"help": "the longest that one feed may take", "min": 1, "max": 3600}
    )
    allow_private: bool = field(
        default=False,
        metadata={"help": "let links that feeds name lead into private networks"},
    )
    contact: str = field(
        default="",
        metadata={"help": "a web or mail address for the operators of servers, sent to them"},
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Config:
    """Every setting, grouped as in the file."""

    article: ArticleConfig = field(default_factory=ArticleConfig)
    list: ListConfig = field(default_factory=ListConfig)
    folder: FolderConfig = field(default_factory=FolderConfig)
    tags: TagsConfig = field(default_factory=TagsConfig)
    network: NetworkConfig = field(default_factory=NetworkConfig)


class ConfigUnusable(ReaderError):
    """The configuration file is not TOML."""


def load(path: Path) -> tuple[Config, tuple[str, ...]]:
    """The settings of the file at ``path``, and sentences about what is wrong with it.

    A missing file gives the defaults. A key that is unknown or has an unusable value is
    told with its line and left at its default. Raises ``ConfigUnusable`` where the file
    cannot be read as TOML at all.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Config(), ()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigUnusable(f"{path} cannot be read: {error}") from error
    # Imported late: most people have no such file, and everybody starts the reader.
    import tomllib

    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigUnusable(f"{path} is not TOML: {error}") from error
    problems: list[str] = []
    sections: dict[str, Any] = {}
    known = get_type_hints(Config)
    for name, table in document.items():
        if name not in known:
            problems.append(_unknown(path, text, name, known))
        elif not isinstance(table, dict):
            problems.append(f"{path}:{_line(text, name)}: [{name}] must be a table of settings")
        else:
            sections[name] = _section(known[name], table, name, path, text, problems)
    return Config(**sections), tuple(problems)


def _section(
    kind: type, table: dict[str, Any], name: str, path: Path, text: str, problems: list[str]
) -> object:
    hints = get_type_hints(kind)
    limits = {item.name: item.metadata for item in fields(kind)}
    values: dict[str, Any] = {}
    for key, value in table.items():
        if key not in hints:
            problems.append(_unknown(path, text, key, hints, section=name))
            continue
        wrong = _wrong(value, hints[key], limits[key])
        if wrong:
            line = _line(text, key, section=name)
            problems.append(f"{path}:{line}: {name}.{key} {wrong}; the default is used")
        else:
            values[key] = value
    return kind(**values)


def _wrong(value: object, hint: object, limits: Mapping[str, Any]) -> str:
    """What is wrong with a value, "" where nothing is."""
    if get_origin(hint) is Literal:
        allowed = get_args(hint)
        return "" if value in allowed else "must be one of " + ", ".join(map(repr, allowed))
    if hint is bool:
        return "" if isinstance(value, bool) else "must be true or false"
    if hint is int:
        if not isinstance(value, int) or isinstance(value, bool):
            return "must be a whole number"
        low, high = limits["min"], limits["max"]
        return "" if low <= value <= high else f"must be from {low} to {high}"
    return "" if isinstance(value, str) else "must be a text in quotes"


def _unknown(
    path: Path, text: str, key: str, known: Mapping[str, Any], *, section: str = ""
) -> str:
    import difflib

    near = difflib.get_close_matches(key, known, n=1, cutoff=0.0)
    where = f" in [{section}]" if section else ""
    hint = f"; did you mean {near[0]!r}?" if near else ""
    return f"{path}:{_line(text, key, section=section)}: unknown setting {key!r}{where}{hint}"


def _line(text: str, key: str, *, section: str = "") -> int:
    """The line where ``key`` is set, from 1; tomllib does not tell lines of values."""
    current = ""
    for number, line in enumerate(text.splitlines(), 1):
        header = re.match(r"\s*\[+\s*([^\]]+?)\s*\]+", line)
        if header:
            current = header[1].strip("\"'")
            if not section and current == key:
                return number
        elif re.match(rf"""\s*["']?{re.escape(key)}["']?\s*[=.]""", line) and current == section:
            return number
    return 1


def as_dict(config: Config) -> dict[str, dict[str, Any]]:
    """The settings as plain values, section by section."""
    return {
        section.name: {
            item.name: getattr(getattr(config, section.name), item.name)
            for item in fields(getattr(config, section.name))
        }
        for section in fields(config)
    }


def default_text() -> str:
    """The documented default file: every setting, commented out, with its help."""
    lines = [
        "# newsreader settings. Every line shows a default; remove the # to change it.",
        "# Where this file belongs: newsreader paths",
    ]
    for name, kind in get_type_hints(Config).items():
        lines += ["", f"[{name}]"]
        hints = get_type_hints(kind)
        for item in fields(kind):
            choices = get_args(hints[item.name]) if get_origin(hints[item.name]) is Literal else ()
            among = f" ({', '.join(choices)})" if choices else ""
            value = item.default
            shown = str(value).lower() if isinstance(value, bool | int) else f'"{value}"'
            lines += [f"# {item.metadata['help']}{among}", f"# {item.name} = {shown}"]
    return "\n".join(lines) + "\n"
