"""Paths as a person types them: told from addresses, and completed."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

MOST = 200


def is_path(typed: str) -> bool:
    """Whether a path is meant: it begins as one, and no address does."""
    text = typed.lstrip()
    return text.startswith(("/", "~", "./", "../")) or text in {".", ".."}


def local(typed: str) -> Path:
    """The path that was typed, from the home or the present folder."""
    path = Path(typed.strip())
    with contextlib.suppress(RuntimeError):  # the home of nobody
        path = path.expanduser()
    return path.absolute()


def stands(typed: str) -> bool:
    """Whether something stands at what was typed."""
    try:
        return local(typed).exists()
    except (OSError, ValueError):  # too long, or with a NUL in it
        return False


def completions(typed: str) -> list[str]:
    """What stands there and begins so, folders with a slash; hidden ones where a dot asks."""
    typed = typed.lstrip()
    if typed in {"~", ".", ".."}:
        return [f"{typed}/"]
    above, _, begin = typed.rpartition("/")
    found: list[tuple[bool, str]] = []
    try:
        with os.scandir(Path(f"{above}/").expanduser()) as scan:
            for entry in scan:
                if not entry.name.lower().startswith(begin.lower()):
                    continue
                if entry.name.startswith(".") and not begin.startswith("."):
                    continue
                slash = "/" if _is_folder(entry) else ""
                found.append((not slash, f"{above}/{entry.name}{slash}"))
    except (OSError, RuntimeError):  # RuntimeError: the home of nobody
        return []
    return [path for _, path in sorted(found)[:MOST]]


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False
