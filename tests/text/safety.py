"""Says what in a text must not reach a terminal; tests of every room share it.

Written apart from ``reader.text.terminal`` and from other data (``unicodedata``), so that a
mistake there is not repeated here.
"""

import re
import unicodedata

BIDI_CONTROLS = frozenset(
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
BLANKS = frozenset(
    "\xad\u034f\u115f\u1160\u17b4\u17b5\u2060\u2061\u2062\u2063\u2064\u3164\ufeff\uffa0"
)
VISIBLE_FORMATS = frozenset(
    "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd"
)
SPELLING_FORMATS = frozenset("\u200b\u200c\u200d\u180e")
MOST_MARKS = 8

_FLAG = re.compile("\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{2,6}\U000e007f")


def forbidden(text: str, *, allowed: str = "\n\t") -> list[str]:
    """What is wrong with ``text``, one sentence each; [] where it is safe to draw.

    ``allowed`` names the control characters that may stay (the bytes a program itself
    writes to a terminal must be taken out before).
    """
    found = []
    marks = 0
    before = "\n"
    for place, char in enumerate(_FLAG.sub("\U0001f3f4", text)):
        code = ord(char)
        category = unicodedata.category(char)
        problem = _problem(char, code, category, allowed)
        if char in SPELLING_FORMATS and (before.isspace() or before in SPELLING_FORMATS):
            problem = "a joiner that joins nothing"
        is_mark = category in {"Mn", "Me"}
        if is_mark and before.isspace() and not problem:
            problem = "a mark without a base"
        marks = marks + 1 if is_mark else 0
        if marks > MOST_MARKS:
            problem = "more marks than any language stacks"
        if problem:
            found.append(f"{problem} at {place}: U+{code:04X}")
        before = char
    return found


def _problem(char: str, code: int, category: str, allowed: str) -> str:
    if category == "Cc" and char not in allowed:
        return "a control character"
    if char in BIDI_CONTROLS:
        return "a bidirectional control"
    if char in BLANKS or 0xE0000 <= code <= 0xE00FF:
        return "an invisible character"
    if char == "\U0010eeee":
        return "a placeholder of a picture"
    if category == "Cs":
        return "half a surrogate pair"
    if category in {"Zl", "Zp"}:
        return "a line separator"
    if code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF:
        return "a noncharacter"
    if category == "Cf" and char not in VISIBLE_FORMATS | SPELLING_FORMATS:
        return "a format control"
    return ""
