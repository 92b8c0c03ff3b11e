"""Bytes to text: byte order marks, UTF-16 without one, and windows-1252 by detection."""

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROLS = re.compile(rb"[\x00-\x06\x0e-\x1a\x1c-\x1f]")


def decode(data: bytes, *, declared: str = "") -> tuple[str, str]:
    """The text of ``data`` and the encoding that was used; never raises.

    ``declared`` is the encoding the document or its sender names, if any.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(name, "replace"), name
    if name := _utf_16_without_mark(data):
        return data.decode(name, "replace"), name
    for name in ("utf-8", declared, "windows-1252"):
        try:
            if name:
                return data.decode(name), name
        except (UnicodeDecodeError, LookupError, ValueError):
            continue
    return data.decode("latin-1"), "latin-1"


def is_binary(data: bytes) -> bool:
    """Whether ``data`` (the start of a file will do) is no text in any encoding."""
    head = data[:8192]
    if not head or head.startswith(tuple(mark for mark, _name in _MARKS)):
        return False
    if _utf_16_without_mark(head):
        return False
    return len(_CONTROLS.findall(head)) * 20 > len(head)


def _utf_16_without_mark(data: bytes) -> str:
    head = data[:4096]
    pairs = len(head) // 2
    if pairs < 2 or b"\0" not in head:
        return ""
    if head[1::2].count(0) > pairs * 0.6 and head[0::2].count(0) < pairs * 0.1:
        return "utf-16-le"
    if head[0::2].count(0) > pairs * 0.6 and head[1::2].count(0) < pairs * 0.1:
        return "utf-16-be"
    return ""
