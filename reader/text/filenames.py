"""Names for files made of titles: safe on any disk, on a command line and on the screen."""

import re
from pathlib import Path
from typing import Final

from reader.text.terminal import clean_line

LONGEST: Final = 120
"""Bytes of a name without its ending: a disk takes 255, and a number may follow."""
_NOT_IN_NAMES = re.compile(r"""[/\\:*?"'<>|`$&;!(){}\[\]#~^%\s\x00-\x1f]+""")
_ENDS: Final = " .-_,"
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)
_MOST_TRIES: Final = 1000


def stem(title: str, *, fallback: str = "article") -> str:
    """The words of ``title`` joined by hyphens, without what any shell or disk reads as a sign."""
    name = _NOT_IN_NAMES.sub("-", clean_line(title, 300)).strip(_ENDS)
    name = re.sub(r"-{2,}", "-", name)
    name = name.encode()[:LONGEST].decode(errors="ignore").rstrip(_ENDS)
    return f"_{name}" if _RESERVED.match(name) else name or fallback


def free_path(folder: Path, name: str, ending: str) -> Path:
    """A path in ``folder`` that nothing has yet: ``name.ending``, else with a number."""
    path = folder / f"{name}{ending}"
    for number in range(2, _MOST_TRIES):
        if not path.exists() and not path.is_symlink():
            break
        path = folder / f"{name}-{number}{ending}"
    return path
