"""The bytes of a feed as text: who names its encoding, and what no XML may hold mended."""

import codecs
import re

from reader.text.decode import decode

_DECLARATION = re.compile(r"<\?xml[^<>]{0,200}?encoding\s*=\s*[\"']\s*([\w.:-]{1,40})")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
# The start of an XML declaration in an encoding of mainframes (XML 1.0, appendix F).
_EBCDIC = b"\x4c\x6f\xa7\x94"
_C1 = {
    code: character
    for code in range(0x80, 0xA0)
    if (character := bytes([code]).decode("cp1252", "ignore"))
}
_MENDED = _C1 | dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFEFF, 0xFFFE, 0xFFFF])
_C1_RAW = re.compile("[\x80-\x9f]")
_C1_REFERENCE = re.compile(r"&#(?:12[89]|1[34]\d|15\d|[xX][89][0-9a-fA-F]);")
_C1_IN_BYTES = re.compile(rb"\xc2[\x80-\x9f]")
_C1_REFERENCE_IN_BYTES = re.compile(rb"&#(?:12[89]|1[34]\d|15\d|[xX][89][0-9a-fA-F]);")
_ESCAPE_SEQUENCE = re.compile(
    r"\x1b(?:\[[0-?]{0,40}[ -/]{0,4}[@-~]|[\]PX^_][^\x07\x1b<]{0,400}(?:\x07|\x1b\\)|[ -/]?[0-~])?"
)
_LARGE = 1 << 20
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufeff\ufffe\uffff]")


def declared(data: bytes, content_type: str) -> str:
    """The encoding that the sender, else the document names; "" where nobody does.

    RFC 7303, section 3: the charset parameter goes before the XML declaration.
    """
    charset = _CHARSET.search(content_type)
    if charset and _known(charset[1]):
        return charset[1].lower()
    if data.startswith(_EBCDIC):
        return "cp037"
    # Wide encodings have zeros between the letters of the declaration.
    match = _DECLARATION.search(data[:2000].replace(b"\0", b"").decode("latin-1"))
    return match[1].lower() if match and _known(match[1]) else ""


def is_plain_utf_8(data: bytes, encoding: str) -> bool:
    """Whether a strict parser may be given ``data`` as it is, as UTF-8.

    Not where windows-1252 bytes were written as if they were code points: a parser would
    hand on control characters where quotation marks are meant.
    """
    if encoding not in {"", "utf-8", "utf8"}:
        return False
    return not (_C1_IN_BYTES.search(data) or _C1_REFERENCE_IN_BYTES.search(data))


def to_text(data: bytes, encoding: str) -> tuple[str, str]:
    """The text of ``data`` and what is wrong with its encoding ("" where nothing is).

    ``encoding`` comes from ``declared``. Never raises. Control characters that no XML may
    hold are left out, windows-1252 bytes written as code points are mended.
    """
    text, used = _decoded(data, encoding)
    problem, told = "", encoding or "utf-8"
    if used != told and "utf-8" in {used, told} and not data.isascii():
        problem = f"its encoding is {used}, it says {encoding or 'nothing'}"
    if "\x1b" in text:
        text = _ESCAPE_SEQUENCE.sub("", text)
    if _CONTROLS.search(text) or _C1_RAW.search(text):
        text = text.translate(_MENDED)
    # Not by one substitution: that would hold a piece of text for every reference.
    for reference in {match[0] for match in _C1_REFERENCE.finditer(text)}:
        text = text.replace(reference, _mended(reference))
    return text, problem


def _decoded(data: bytes, encoding: str) -> tuple[str, str]:
    """As ``decode``; of a large document that is no UTF-8 a part decides, to save memory."""
    if len(data) <= _LARGE:
        return decode(data, declared=encoding)
    try:
        return data.decode(), "utf-8"
    except UnicodeDecodeError:
        _, used = decode(data[:_LARGE], declared=encoding)
    return data.decode(used, "replace"), used


def _known(name: str) -> bool:
    try:
        codecs.lookup(name)
    except (LookupError, ValueError):
        return False
    return True


def _mended(reference: str) -> str:
    digits = reference[2:-1]
    code = int(digits[1:], 16) if digits[0] in "xX" else int(digits)
    return _C1.get(code, "")
