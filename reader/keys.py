"""Which keys run which command: the defaults, a preset, and what a person chose of their own.

A sequence is keys with spaces between them, ``g u``: one after the other. A key that begins
a sequence is no command of its own in the same place, so nothing ever waits to find out.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Final

from msgspec import Struct, field

from reader.commands import BY_ID, COMMANDS, KEY_NAMES, Command, Where, key_name
from reader.model.records import replace
from reader.text.terminal import clean_line

Chosen = Mapping[str, tuple[str, ...]]
"""Keys by the id of their command; ``preset`` names a preset instead."""

PRESET: Final = "preset"

PRESETS: Final[Mapping[str, Chosen]] = {
    "newsboat": {
        "article.toggle-read": ("N", "m"),
        "article.edit-tags": ("ctrl+e",),
        "go.tag": ("t", "number_sign"),
        "article.list-links": ("u", "L"),
        "article.source": ("ctrl+u", "backslash"),
        "article.save": ("s", "S"),
        "article.files": ("e",),
        "article.toggle-hidden": ("D", "X", "delete"),
        "feed.settings": ("E",),
        # newsboat has no stars, no undo, and unsubscribes in an editor.
        "article.toggle-star": ("plus",),
        "history.undo": ("U",),
        "history.redo": ("ctrl+r",),
        "feed.remove": ("ctrl+x",),
    },
    "vim": {
        "cursor.top": ("g g", "home"),
        "article.open-browser": ("g x", "o"),
        "article.copy-link": ("y y",),
        "app.quit": ("Z Z", "Z Q", "Q", "ctrl+c"),
        "pane.left": ("h", "left", "shift+tab", "ctrl+w h"),
        "pane.right": ("l", "right", "tab", "ctrl+w l"),
        "cursor.page-down": ("ctrl+f", "ctrl+d", "pagedown"),
        "cursor.page-up": ("ctrl+b", "ctrl+u", "pageup"),
        "history.redo": ("ctrl+r", "U"),
    },
    "reader": {
        "article.next": ("j",),
        "article.previous": ("k",),
        "cursor.down": ("n", "down"),
        "cursor.up": ("p", "up"),
        "article.next-unread": ("J",),
        "article.previous-unread": ("K",),
        "article.open-browser": ("v",),
        "cursor.open": ("enter", "o"),
        "list.select": ("X",),
        "article.toggle-hidden": ("delete",),
        "cursor.top": ("home",),
        "go.all": ("g a", "g h"),
        "go.starred": ("g s",),
        "go.feed": ("g u",),
        "go.tag": ("g t",),
    },
}
"""newsboat's keys, vim's, and those of Google Reader, where they differ from the defaults."""

_ALIASES: Final = {
    **{shown.lower(): key for key, shown in KEY_NAMES.items() if len(shown) > 1},
    **{shown: key for key, shown in KEY_NAMES.items() if len(shown) == 1},
    "return": "enter",
    "page_down": "pagedown",
    "page_up": "pageup",
}


_NAMED: Final = frozenset(
    {
        "space", "enter", "tab", "escape", "backspace", "delete", "insert", "home", "end",
        "pageup", "pagedown", "up", "down", "left", "right",
    }
)  # fmt: skip
_MODIFIED: Final = re.compile(r"(?:(?:ctrl|shift|alt|meta|super|hyper)\+)*(.+)")


def key_of(written: str) -> str:
    """The key that a person wrote: ``/``, ``Ctrl-P``, ``ctrl+p``, ``Esc``, ``space``, ``J``.

    Of a sequence, ``g u``, the keys with one space between them.
    """
    if written == " ":
        return "space"
    return " ".join(map(_one_key, written.split()))


def _one_key(written: str) -> str:
    if written in _ALIASES:
        return _ALIASES[written]
    if len(written) == 1:
        if written.isalnum():
            return written
        return unicodedata.name(written, written).lower().replace("-", "_").replace(" ", "_")
    name = re.sub("(ctrl|shift|alt)-", r"\1+", written.lower())
    return _ALIASES.get(name, name)


def beginnings(key: str) -> Iterator[str]:
    """What begins a sequence and is shorter than it: of ``g g u`` the keys ``g`` and ``g g``."""
    at = key.find(" ")
    while at >= 0:
        yield key[:at]
        at = key.find(" ", at + 1)


def _unknown(key: str) -> str:
    """The part of a key that no keyboard sends, "" where there is none."""
    for one in key.split(" "):
        found = _MODIFIED.fullmatch(one)
        name = found[1] if found else ""
        if len(name) == 1 or name in _NAMED or re.fullmatch(r"f\d\d?", name):
            continue
        try:
            unicodedata.lookup(name.replace("_", " "))
        except KeyError:
            if name not in KEY_NAMES:
                return one
    return ""


class _Taken(Struct):
    """Which command has which key, and which begins a sequence, by the place where it works."""

    keys: dict[tuple[str, str], str] = field(default_factory=dict)
    begun: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)

    def by(self, where: Where, key: str) -> tuple[str, str] | None:
        """The command in the way of a key, and that command's key; None where it is free."""
        for begin in (key, *beginnings(key)):
            if (where, begin) in self.keys:
                return self.keys[where, begin], begin
        return self.begun.get((where, key))

    def take(self, where: Where, key: str, command_id: str) -> None:
        """Give a key that is free to a command."""
        self.keys[where, key] = command_id
        for begin in beginnings(key):
            self.begun.setdefault((where, begin), (command_id, key))


def effective(chosen: Chosen) -> tuple[dict[str, tuple[str, ...]], tuple[str, ...]]:
    """The keys of every command, and sentences about what in ``chosen`` cannot be.

    A key that was chosen goes to its command and leaves the one that has it by default, as
    does a key that begins a chosen sequence. Where two commands want the same key, or one a
    key that begins a sequence of the other, the one named first has it.
    """
    problems: list[str] = []
    wanted = _wanted(chosen, problems)
    taken = _Taken()
    keys: dict[str, tuple[str, ...]] = {}
    for command_id, written in wanted.items():
        where = BY_ID[command_id].where
        mine = []
        for key in dict.fromkeys(map(key_of, written)):
            other = taken.by(where, key)
            if other is None:
                taken.take(where, key, command_id)
                mine.append(key)
            else:
                problems.append(_conflict(key, command_id, *other))
        keys[command_id] = tuple(mine)
    for command in COMMANDS:
        if command.id in keys:
            continue
        left = tuple(key for key in command.keys if taken.by(command.where, key) is None)
        keys[command.id] = left
        if not left:
            others = filter(None, (taken.by(command.where, key) for key in command.keys))
            thieves = {command_id for command_id, _ in others}
            problems.append(f"keys: {command.id} has no key left: {', '.join(sorted(thieves))}")
    return keys, tuple(problems)


def _conflict(key: str, command_id: str, other: str, others: str) -> str:
    name, its = key_name(key), key_name(others)
    if key == others:
        return f"keys: {name} is wanted for {command_id} and for {other}, which keeps it"
    if key.startswith(others):
        return f"keys: {name} of {command_id} begins with {its} of {other}, which keeps it"
    return f"keys: {name} of {command_id} begins {its} of {other}, which keeps it"


def commands(chosen: Chosen) -> tuple[Command, ...]:
    """Every command with the keys it has for this person."""
    if not chosen:
        return COMMANDS
    keys, _ = effective(chosen)
    return tuple(replace(command, keys=keys[command.id]) for command in COMMANDS)


def _wanted(chosen: Chosen, problems: list[str]) -> dict[str, tuple[str, ...]]:
    """What the person chose before what their preset does, of the commands there are."""
    wanted: dict[str, tuple[str, ...]] = {}
    for name, keys in chosen.items():
        if name == PRESET:
            continue
        if name in BY_ID:
            wanted[name] = tuple(_known(name, keys, problems))
        else:
            problems.append(f"keys: there is no command {clean_line(name, 60)}{_meant(name)}")
    preset = next(iter(chosen.get(PRESET, ())), "")
    if preset and preset not in PRESETS:
        known = ", ".join(PRESETS)
        problems.append(f"keys: there is no preset {clean_line(preset, 60)}, only {known}")
    mine = _Taken()
    for name, keys in wanted.items():
        for key in map(key_of, keys):
            mine.take(BY_ID[name].where, key, name)
    for name, keys in PRESETS.get(preset, {}).items():
        free = tuple(key for key in keys if mine.by(BY_ID[name].where, key) is None)
        if free:
            wanted.setdefault(name, free)
    return wanted


def _known(name: str, keys: tuple[str, ...], problems: list[str]) -> Iterator[str]:
    """The keys that a keyboard can send."""
    for written in keys:
        key = key_of(written)
        unknown = _unknown(key)
        if key and not unknown:
            yield written
            continue
        apart = " ".join(unknown)
        meant = f"; one after the other they are {apart}" if 1 < len(unknown) < 4 else ""
        what = f"no key {clean_line(unknown, 30)}" if unknown else "no key without a name"
        problems.append(f"keys: there is {what} for {name}{meant}")


def _meant(name: str) -> str:
    import difflib

    near = difflib.get_close_matches(name, BY_ID, n=1)
    return f"; did you mean {near[0]}?" if near else ""
