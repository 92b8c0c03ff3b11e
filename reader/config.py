"""Settings from a TOML file. Never rewrites the user's file."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, TypeAlias, get_args, get_origin, get_type_hints

from msgspec import Struct, field

from reader.model.errors import ReaderError

Command: TypeAlias = tuple[str, ...]
"""A program and its arguments, as they are run: without a shell."""


class ArticleConfig(Struct, frozen=True, kw_only=True):
    """How an article is drawn."""

    width: Annotated[
        int, {"help": "widest line of an article, in columns", "min": 20, "max": 400}
    ] = 80
    justify: Annotated[bool, {"help": "make the lines of paragraphs equally long"}] = False
    hyperlinks: Annotated[
        Literal["auto", "on", "off"],
        {"help": "links that the terminal itself can open; auto: where it is known to"},
    ] = "auto"


class ListConfig(Struct, frozen=True, kw_only=True):
    """How lists behave."""

    show: Annotated[
        Literal["all", "unread", "starred"], {"help": "what a list shows at the first start"}
    ] = "all"
    preview_delay_ms: Annotated[
        int,
        {
            "help": "how long the cursor rests before the article follows",
            "min": 0,
            "max": 5000,
        },
    ] = 150


class FolderConfig(Struct, frozen=True, kw_only=True):
    """How folders of articles are followed."""

    watch: Annotated[bool, {"help": "notice changed files while the reader is open"}] = True


class TagsConfig(Struct, frozen=True, kw_only=True):
    """How articles get their tags."""

    derived: Annotated[
        bool, {"help": "find tags by itself: the names and subjects that articles are about"}
    ] = True


class RulesConfig(Struct, frozen=True, kw_only=True):
    """What rules may do besides marking."""

    bell: Annotated[bool, {"help": "ring the terminal's bell when a rule notifies"}] = False


class NetworkConfig(Struct, frozen=True, kw_only=True):
    """How web feeds are fetched."""

    interval_minutes: Annotated[
        int, {"help": "how often a feed is asked for news, at most", "min": 5, "max": 43200}
    ] = 60
    connections: Annotated[int, {"help": "requests under way at once", "min": 1, "max": 1000}] = 256
    per_host: Annotated[
        int, {"help": "requests under way at once to one host", "min": 1, "max": 32}
    ] = 2
    timeout_seconds: Annotated[
        int, {"help": "the longest that one feed may take", "min": 1, "max": 3600}
    ] = 60
    max_megabytes: Annotated[
        int, {"help": "the largest feed that is taken, unpacked", "min": 1, "max": 1024}
    ] = 16
    allow_private: Annotated[
        bool, {"help": "let links that feeds name lead into private networks"}
    ] = False
    contact: Annotated[
        str, {"help": "a web or mail address for the operators of servers, sent to them"}
    ] = ""


class LinksConfig(Struct, frozen=True, kw_only=True):
    """What becomes of links."""

    strip_tracking: Annotated[
        bool, {"help": "leave out what only tells a site where its readers come from"}
    ] = True


class FullTextConfig(Struct, frozen=True, kw_only=True):
    """When the page of an article is fetched."""

    stubs: Annotated[
        bool, {"help": "fetch the page of an opened article whose feed gives its beginning only"}
    ] = True


class ImagesConfig(Struct, frozen=True, kw_only=True):
    """How pictures are drawn, and when they are fetched."""

    protocol: Annotated[
        Literal["auto", "kitty", "iterm2", "sixel", "blocks", "off"],
        {"help": "how the terminal draws pictures; auto goes by its environment"},
    ] = "auto"
    always: Annotated[
        bool, {"help": "fetch and draw the pictures of an opened article without a key"}
    ] = False


class ShareConfig(Struct, frozen=True, kw_only=True):
    """Where articles go when they are saved or sent."""

    folder: Annotated[str, {"help": "where articles are saved, as files of their own"}] = (
        "~/articles"
    )
    mail: Annotated[
        Command,
        {
            "help": "the program that mails an article, and its arguments; {title} and {url} stand"
            " for the article's, and its text comes on standard input. Without one a mailto: link"
            " is opened"
        },
    ] = ()


class MediaConfig(Struct, frozen=True, kw_only=True):
    """What is done with podcasts, films and other files that come with articles."""

    player: Annotated[
        Command, {"help": "the program that plays them, and its arguments; {url} is the address"}
    ] = ()
    folder: Annotated[str, {"help": "where they are downloaded to"}] = "~/Downloads"


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


class Config(Struct, frozen=True, kw_only=True):
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
    openers: Annotated[Mapping[str, Command], {"help": OPENERS_HELP}] = field(default_factory=dict)
    keys: Annotated[Mapping[str, Command], {"help": KEYS_HELP}] = field(default_factory=dict)


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
    kind: type[Struct], table: dict[str, Any], name: str, path: Path, text: str, problems: list[str]
) -> object:
    hints = get_type_hints(kind)
    limits = _notes(kind)
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
        section: {
            key: list(value) if isinstance(value, tuple) else value
            for key, value in _values(getattr(config, section))
        }
        for section in config.__struct_fields__
    }


def _values(section: Any) -> list[tuple[str, Any]]:  # noqa: ANN401 - one of the sections above
    if isinstance(section, Mapping):
        return list(section.items())
    return [(name, getattr(section, name)) for name in section.__struct_fields__]


def default_text() -> str:
    """The documented default file: every setting, commented out, with its help."""
    lines = [
        "# newsreader settings. Every line shows a default; remove the # to change it.",
        "# Where this file belongs: newsreader paths",
    ]
    helps = _notes(Config)
    for name, kind in get_type_hints(Config).items():
        lines += ["", f"[{name}]", *(f"# {line}" for line in helps[name].get("help", ()))]
        if get_origin(kind) is Mapping:
            continue
        notes, default = _notes(kind), kind()
        for key, hint in get_type_hints(kind).items():
            choices = get_args(hint) if get_origin(hint) is Literal else ()
            among = f" ({', '.join(choices)})" if choices else ""
            lines += [f"# {notes[key]['help']}{among}"]
            lines += [f"# {key} = {_toml(getattr(default, key))}"]
    return "\n".join(lines) + "\n"


def _notes(kind: type[Struct]) -> dict[str, dict[str, Any]]:
    """What stands beside each setting: its help, and the limits of a number."""
    hints = get_type_hints(kind, include_extras=True)
    return {name: getattr(hint, "__metadata__", ({},))[0] for name, hint in hints.items()}


def _toml(value: object) -> str:
    if isinstance(value, bool | int):
        return str(value).lower()
    return "[]" if value == () else f'"{value}"'
