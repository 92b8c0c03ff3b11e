"""Pictures that lie beside the articles of a folder; nothing outside of it is ever opened."""

import errno
import os
import stat
from pathlib import Path
from urllib.parse import unquote

from reader.model.errors import SourceUnreadable

_REASONS = {
    errno.EACCES: "You may not read it.",
    errno.EISDIR: "It is a folder.",
    errno.ENXIO: "It is no regular file.",
}


def read(root: Path, document: str, written: str, *, limit: int) -> bytes | None:
    """The file that ``written`` names in the article ``document`` (relative to ``root``).

    None where there is no such file inside of ``root``, where ``written`` is the address of
    something else, or the link that is there leads out. An address that begins with a slash
    begins at ``root``; a ``root`` that is itself a document is its own folder. Raises
    ``SourceUnreadable`` with a sentence for a file that is there and cannot be had, or is
    larger than ``limit`` bytes.
    """
    address = written.partition("#")[0].partition("?")[0]
    if not address or ":" in address.partition("/")[0] or address.startswith("//"):
        return None
    top, start = (root, (root / document).parent) if root.is_dir() else (root.parent,) * 2
    if address.startswith("/"):
        start = top
    # As it is written first: a name may hold a percent sign of its own.
    for name in dict.fromkeys((address.lstrip("/"), unquote(address).lstrip("/"))):
        try:
            file = os.path.realpath(start / name)
            if _inside(top, file) and os.path.lexists(file):
                return _bytes(file, limit)
        except ValueError:  # a NUL in the name
            continue
    return None


def _inside(top: Path, file: str) -> bool:
    return file.startswith(os.path.realpath(top).rstrip("/") + "/")


def _bytes(file: str, limit: int) -> bytes:
    flags = os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY | os.O_NOFOLLOW
    try:
        with os.fdopen(os.open(file, flags), "rb") as stream:
            info = os.fstat(stream.fileno())
            if not stat.S_ISREG(info.st_mode):
                raise SourceUnreadable("It is no regular file.")
            if info.st_size > limit:
                raise SourceUnreadable("It is too large.")
            return stream.read(limit)
    except OSError as error:
        reason = _REASONS.get(error.errno or 0, f"It cannot be read ({error.strerror}).")
        raise SourceUnreadable(reason) from None
