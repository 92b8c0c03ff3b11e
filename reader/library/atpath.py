"""What stands at a path that a person names: a list of feeds, a folder, an article."""

from __future__ import annotations

import codecs
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from reader.model.errors import SourceUnreadable
from reader.text.terminal import clean_line

if TYPE_CHECKING:
    from pathlib import Path

    from reader.model.transfer import Found

SNIFFED_BYTES = 64 * 1024
MOST_BYTES = 16 << 20
_SAVED_FEEDS = frozenset({".xml", ".rss", ".atom", ".rdf", ".json"})
_SYSTEM = frozenset({"/", "/proc", "/sys", "/dev"})
_ADDRESS = re.compile(rb'"?(https?|feed|query|exec|filter|file):')


def kind_of(path: Path) -> Found:
    """What a path is, by what is in it. Raises ``SourceUnreadable``."""
    try:
        is_folder = path.is_dir()
    except OSError as error:  # such as a name that is too long
        raise SourceUnreadable(f"{clean_line(str(path), 200)}: {error.strerror}.") from error
    if is_folder:
        listed = path / "urls"
        is_list = listed.is_file() and lists_addresses(head_of(listed), most=True)
        return "newsboat" if is_list else "folder"
    head = head_of(path)
    if path.suffix.lower() == ".opml" or re.search(rb"<opml[\s>]|<outline\s", head, re.IGNORECASE):
        return "opml"
    return "newsboat" if lists_addresses(head, most=path.name == "urls") else "article"


def lists_addresses(head: bytes, *, most: bool = False) -> bool:
    """Whether all lines but comments are addresses, as in newsboat's ``urls``; or ``most``."""
    head = head.removeprefix(codecs.BOM_UTF8)
    lines = [line.strip() for line in head[: head.rfind(b"\n") + 1 or None].splitlines()]
    told = [line for line in lines if line and not line.startswith(b"#")]
    found = sum(_ADDRESS.match(line) is not None for line in told)
    return found > 0 and (2 * found >= len(told) if most else found == len(told))


def check_folder(path: Path) -> None:
    """Refuse folders that nobody keeps articles in. Raises ``SourceUnreadable``."""
    if path.absolute().as_posix() in _SYSTEM:
        raise SourceUnreadable(
            f"{path} belongs to the system, and looking through it would take very long: "
            "name the folder that holds the articles."
        )


def check_article(path: Path) -> None:
    """Say what a file is that is no article. Raises ``SourceUnreadable``."""
    from reader.text.decode import is_binary

    name = clean_line(str(path), 200)
    if is_binary(head_of(path)):
        raise SourceUnreadable(f"{name} is no text: it may be a picture, an archive or a program.")
    if path.suffix.lower() not in _SAVED_FEEDS:
        return
    from reader.sources import feed

    try:
        saved = feed.parse(bytes_of(path), url="", now=datetime.now(UTC))
    except SourceUnreadable:
        return
    address = clean_line(saved.self_url, 300)
    where = f"its address, {address}" if address else "the address it comes from"
    raise SourceUnreadable(f"{name} is a feed that was saved as a file: add {where}.")


def head_of(path: Path) -> bytes:
    """How a file begins. Raises ``SourceUnreadable``."""
    return _read(path, SNIFFED_BYTES)


def bytes_of(path: Path) -> bytes:
    """All of a file, if that is at most ``MOST_BYTES``. Raises ``SourceUnreadable``."""
    data = _read(path, MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise SourceUnreadable(f"{clean_line(str(path))} is larger than {MOST_BYTES >> 20} MiB.")
    return data


def _read(path: Path, most: int) -> bytes:
    try:
        if not path.is_file():
            raise SourceUnreadable(f"There is no file or folder {clean_line(str(path))}.")
        with path.open("rb") as file:
            return file.read(most)
    except OSError as error:
        raise SourceUnreadable(
            f"{clean_line(str(path))} cannot be read: {error.strerror}."
        ) from error
