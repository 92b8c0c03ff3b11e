"""Which keys run which command: the defaults, a preset, and what a person chose of their own."""

import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from reader.commands import BY_ID, COMMANDS, KEY_NAMES, Command, key_name
from reader.text.terminal import clean_line

Chosen = Mapping[str, tuple[str, ...]]
"""Keys by the id of their command; ``preset`` names a preset instead."""

PRESET: Final = "preset"

PRESETS: Final[Mapping[str, Chosen]] = {
    "newsboat": {
        "article.toggle-read": ("N", "m"),
        "article.edit-tags": ("ctrl+e", "t"),
        "article.list-links": ("L", "ctrl+u"),
    },
    "vim": {
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


def key_of(written: str) -> str:
    """The key that a person wrote: ``/``, ``Ctrl-P``, ``ctrl+p``, ``Esc``, ``space``, ``J``."""
    if written in _ALIASES:
        return _ALIASES[written]
    if written == " ":
        return "space"
    if len(written) == 1:
        if written.isalnum():
            return written
        return unicodedata.name(written, written).lower().replace("-", "_").replace(" ", "_")
    name = written.lower().replace("ctrl-", "ctrl+").replace("shift-", "shift+")
    return _ALIASES.get(name, name)


def effective(chosen: Chosen) -> tuple[dict[str, tuple[str, ...]], tuple[str, ...]]:
    """The keys of every command, and sentences about what in ``chosen`` cannot be.

    A key that was chosen goes to its command and leaves the one that has it by default.
    Where two commands want the same key, the one named first has it.
    """
    problems: list[str] = []
    wanted = _wanted(chosen, problems)
    taken: dict[tuple[str, str], str] = {}
    keys: dict[str, tuple[str, ...]] = {}
    for command_id, written in wanted.items():
        command = BY_ID[command_id]
        mine = []
        for key in dict.fromkeys(map(key_of, written)):
            other = taken.setdefault((command.where, key), command_id)
            if other == command_id:
                mine.append(key)
            else:
                problems.append(
                    f"keys: {key_name(key)} is wanted for {command_id} and for {other},"
                    f" which keeps it"
                )
        keys[command_id] = tuple(mine)
    for command in COMMANDS:
        if command.id in keys:
            continue
        left = tuple(key for key in command.keys if (command.where, key) not in taken)
        keys[command.id] = left
        if not left:
            thieves = {taken[command.where, key] for key in command.keys}
            problems.append(f"keys: {command.id} has no key left: {', '.join(sorted(thieves))}")
    return keys, tuple(problems)


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
            wanted[name] = keys
        else:
            problems.append(f"keys: there is no command {clean_line(name, 60)}{_meant(name)}")
    preset = next(iter(chosen.get(PRESET, ())), "")
    if preset and preset not in PRESETS:
        known = ", ".join(PRESETS)
        problems.append(f"keys: there is no preset {clean_line(preset, 60)}, only {known}")
    mine = {(BY_ID[name].where, key_of(key)) for name, keys in wanted.items() for key in keys}
    for name, keys in PRESETS.get(preset, {}).items():
        free = tuple(key for key in keys if (BY_ID[name].where, key) not in mine)
        if free:
            wanted.setdefault(name, free)
    return wanted


def _meant(name: str) -> str:
    import difflib

    near = difflib.get_close_matches(name, BY_ID, n=1)
    return f"; did you mean {near[0]}?" if near else ""
