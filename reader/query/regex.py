"""Regular expressions on article text, bounded whatever the pattern and the text.

RE2 walks the text once (no backtracking), refuses patterns that need more than its memory
limit, and looks at a bounded stretch, so no pattern can hold up a list or a rule.
"""

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any, Final

MAX_PATTERN: Final = 1000
"""Characters of a pattern; longer ones are refused."""

MAX_TEXT: Final = 100_000
"""Characters of a text that are looked at."""

_MEMORY: Final = 2 << 20


def searcher(pattern: str) -> Callable[[str], bool]:
    """A test whether the pattern is found in a text; always False for one with a ``problem``."""
    return _compiled(pattern)[0]


def finds(pattern: str, text: str) -> Iterator[tuple[int, int]]:
    """Where the pattern is found in a text (start, end), in order; what is empty is left out."""
    compiled = _compiled(pattern)[2]
    if compiled is None:
        return
    data = text[:MAX_TEXT].encode("utf-8", "replace")
    at = characters = 0
    for match in compiled.finditer(data):
        start, end = match.span()
        if start < end:
            first = characters + len(data[at:start].decode(errors="replace"))
            at, characters = end, first + len(data[start:end].decode(errors="replace"))
            yield first, characters


def problem(pattern: str) -> str:
    """Why the pattern cannot be used, in a few words; "" when it can."""
    return _compiled(pattern)[1]


def _nothing(_text: str) -> bool:
    return False


@lru_cache(maxsize=512)
def _compiled(pattern: str) -> tuple[Callable[[str], bool], str, Any]:
    import re2

    if len(pattern) > MAX_PATTERN:
        return _nothing, f"longer than {MAX_PATTERN} characters", None
    options = re2.Options()
    options.case_sensitive = False
    options.log_errors = False
    options.never_capture = True
    options.max_mem = _MEMORY
    try:
        compiled = re2.compile(pattern.encode("utf-8", "replace"), options)
    except re2.error as error:
        told = error.args[0]
        why = told.decode("utf-8", "replace") if isinstance(told, bytes) else str(told)
        return _nothing, why, None

    def search(text: str) -> bool:
        return compiled.search(text[:MAX_TEXT].encode("utf-8", "replace")) is not None

    return search, "", compiled
