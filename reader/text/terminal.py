"""Makes text safe to draw on a terminal: the only place that makes SafeText."""

import re
from typing import NewType

SafeText = NewType("SafeText", str)
"""Text that holds no control character a terminal would obey. Made only in reader.text."""

_NEWLINES = re.compile("\r\n?|[\x85\u2028\u2029]")
_SEQUENCE = re.compile(
    "(?:\x1b\\[|\x9b)[0-?]*[ -/]*[@-~]?"
    "|(?:\x1b[\\]PX^_k]|[\x90\x98\x9d\x9e\x9f])[^\x07\x1b\x9c\n]{0,4096}(?:\x07|\x1b\\\\|\x9c)?"
    "|\x1b[ -/]+[0-~]?"
    "|\x1b[0-~]?"
)
_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb"
    "\ufdd0-\ufdef\ufffe\uffff\U000e0000-\U000e0fff]"
)
_SURROGATE = re.compile("[\ud800-\udfff]")


def clean(text: str) -> SafeText:
    """Text without anything a terminal would obey; newlines and tabs stay."""
    if "\x1b" in text or not text.isprintable():
        text = _NEWLINES.sub("\n", text)
        text = _SEQUENCE.sub("", text)
        text = _UNSAFE.sub("", text)
        text = _SURROGATE.sub("\ufffd", text)
    return SafeText(text)


def clean_line(text: str, limit: int = 1000) -> SafeText:
    """One safe line of at most ``limit`` characters; whitespace runs become one space."""
    line = " ".join(clean(text[: 8 * limit]).split())
    if len(line) > limit:
        line = line[: limit - 1].rstrip() + "…"
    return SafeText(line)
