"""Tells paragraphs that are read from right to left."""

import re
from collections.abc import Iterable

from reader.text.blocks import Span

_RTL_LETTER = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdcf\ufdf0-\ufdff\ufe70-\ufefc\U00010800-\U00010fff"
    "\U0001e800-\U0001efff]"
)
_LETTER = re.compile(r"[^\W\d_]")


def is_rtl(spans: Iterable[Span], *, told: bool | None = None) -> bool:
    """Whether a paragraph reads from right to left.

    Its first letter decides (rule P2 of the Unicode bidirectional algorithm), or the
    source, where that told right to left and any letter agrees.
    """
    for span in spans:
        if told and _RTL_LETTER.search(span.text):
            return True
        letter = None if told else _LETTER.search(span.text)
        if letter:
            return _RTL_LETTER.match(letter.group()) is not None
    return False
