"""Settings from a TOML file. Never rewrites the user's file."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Literal, TypeAlias, get_args, get_origin, get_type_hints

from reader.model.errors import ReaderError

Command: TypeAlias = tuple[str, ...]
"""A program and its arguments, as they are run: without a shell."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ArticleConfig:
    """How an article is drawn."""

    width: int = field(
        default=80,
        metadata={"help": "widest line of an article, in columns", "min": 20, "max": 400},
    )
    justify: bool = field(
        default=False, metadata={"help": "make the lines of paragraphs equally long"}
    )
    hyperlinks: Literal["auto", "on", "off"] = field(
        default="auto",
        metadata={"help": "links that the terminal itself can open; auto: where it is known to"},
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
class RulesConfig:
    """What rules may do besides marking."""

    bell: bool = field(
        default=False, metadata={"help": "ring the terminal's bell when a rule notifies"}
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
class LinksConfig:
    """What becomes of links."""

    strip_tracking: bool = field(
        default=True,
        metadata={"help": "leave out what only tells a site where its readers come from"},
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class FullTextConfig:
    """When the page of an article is fetched."""

    stubs: bool = field(
        default=True,
        metadata={
            "help": "fetch the page of an opened article whose feed gives its beginning only"
        },
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class ImagesConfig:
    """How pictures are drawn, and when they are fetched."""

    protocol: Literal["auto", "kitty", "iterm2", "sixel", "blocks", "off"] = field(
        default="auto",
        metadata={"help": "how the terminal draws pictures; auto goes by its environment"},
    )
    always: bool = field(
        default=False,
        metadata={"help": "fetch and draw the pictures of an opened article without a key"},
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class ShareConfig:
    """Where articles go when they are saved or sent."""

    folder: str = field(
        default="~/articles", metadata={"help": "where articles are saved, as files of their own"}
    )
    mail: Command = field(
        default=(),
        metadata={
            "help": "the program that mails an article, and its arguments; {title} and {url} stand"
            " for the article's, and its text comes on standard input. Without one a mailto: link"
            " is opened"
        },
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class MediaConfig:
    """What is done with podcasts, films and other files that come with articles."""

    player: Command = field(
        default=(),
        metadata={"help": "the program that plays them, and its arguments; {url} is the address"},
    )
    folder: str = field(default="~/Downloads", metadata={"help": "where they are downloaded to"})


OPENERS_HELP = (
    "programs for links, by a pattern of the address or of the type of file; the first that",
    "fits is used, and else the browser. {url} is the address. No shell is involved. A last",
    '"&" lets the program run beside the reader. For example:',
    '  "youtube.com/watch*"=["mpv", "{url}", "&"]',
    '  "application/pdf"=["zathura", "{url}", "&"]',
)


KEYS_HELP = (
    "keys of your own, by the command of `newsreader keys`, and those of another program:",
    "newsboat, vim, or reader (Google Reader). For example:",
    '  preset="newsboat"',
    '  "article.toggle-star"=["s", "Ctrl-S"]',
    '  "source.update"="g u"',
    "g u is g, then u. A key that begins such a sequence is no command of its own there.",
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Config:
    """Every setting, grouped as in the file.

    ``openers`` are commands by the pattern of what they open (see ``reader.opening``),
    ``keys`` are keys by the command they run (see ``reader.keys``).
    """

    article: ArticleConfig = field(default_factory=ArticleConfig)
    list: ListConfig = field(default_factory=ListConfig)
    folder: FolderConfig = field(default_factory=FolderConfig)
    tags: TagsConfig = field(default_factory=TagsConfig)
    rules: RulesConfig = field(default_factory=RulesConfig)
    network: NetworkConfig = field(default_factory=NetworkConfig)
    links: LinksConfig = field(default_factory=LinksConfig)
    full_text: FullTextConfig = field(default_factory=FullTextConfig)
    images: ImagesConfig = field(default_factory=ImagesConfig)
    share: ShareConfig = field(default_factory=ShareConfig)
    media: MediaConfig = field(default_factory=MediaConfig)
    openers: Mapping[str, Command] = field(default_factory=dict, metadata={"help": OPENERS_HELP})
    keys: Mapping[str, Command] = field(default_factory=dict, metadata={"help": KEYS_HELP})


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
        elif get_origin(known[name]) is Mapping:
            sections[name] = _commands(table, name, path, text, problems)
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
            values[key] = tuple(value) if isinstance(value, list) else value
    return kind(**values)


_NAMED = {"openers": "program", "keys": "key"}


def _commands(
    table: dict[str, Any], name: str, path: Path, text: str, problems: list[str]
) -> dict[str, Command]:
    """A table of commands under keys that the person chose."""
    commands: dict[str, Command] = {}
    for key, given in table.items():
        value = [given] if name == "keys" and isinstance(given, str) else given
        wrong = _wrong(value, Command, {}) or ("" if value else f"must name a {_NAMED[name]}")
        if wrong:
            problems.append(f"{path}:{_line(text, key, section=name)}: {name}.{key} {wrong}")
        else:
            commands[key] = tuple(value)
    return commands


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
    if hint == Command:
        fits = isinstance(value, list) and all(isinstance(part, str) for part in value)
        return "" if fits else 'must be a list of texts, such as ["mpv", "{url}"]'
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
            key: list(value) if isinstance(value, tuple) else value
            for key, value in _values(getattr(config, section.name))
        }
        for section in fields(config)
    }


def _values(section: Any) -> list[tuple[str, Any]]:  # noqa: ANN401 - one of the sections above
    if isinstance(section, Mapping):
        return list(section.items())
    return [(item.name, getattr(section, item.name)) for item in fields(section)]


def default_text() -> str:
    """The documented default file: every setting, commented out, with its help."""
    lines = [
        "# newsreader settings. Every line shows a default; remove the # to change it.",
        "# Where this file belongs: newsreader paths",
    ]
    helps = {section.name: section.metadata.get("help", ()) for section in fields(Config)}
    for name, kind in get_type_hints(Config).items():
        lines += ["", f"[{name}]", *(f"# {line}" for line in helps[name])]
        if get_origin(kind) is Mapping:
            continue
        hints = get_type_hints(kind)
        for item in fields(kind):
            choices = get_args(hints[item.name]) if get_origin(hints[item.name]) is Literal else ()
            among = f" ({', '.join(choices)})" if choices else ""
            lines += [f"# {item.metadata['help']}{among}", f"# {item.name} = {_toml(item.default)}"]
    return "\n".join(lines) + "\n"


def _toml(value: object) -> str:
    if isinstance(value, bool | int):
        return str(value).lower()
    return "[]" if value == () else f'"{value}"'
