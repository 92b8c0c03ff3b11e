"""Bytes to text: byte order marks, UTF-16 without one, what is declared, what is likely."""

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = re.compile(
    rb"\x1f\x8b|BZh[1-9]1AY|\xfd7zXZ\0|7z\xbc\xaf|\(\xb5/\xfd|PK(?:\x03\x04|\x05\x06)|Rar!\x1a"
    rb"|\x89PNG|\xff\xd8\xff|GIF8[79]a|RIFF.{4}(?:WAVE|WEBP|AVI )|OggS\0|fLaC\0|ID3[\x02-\x04]"
    rb"|.{4}ftyp|%PDF-\d|\xd0\xcf\x11\xe0|SQLite format 3\0|wOF[F2]\0|\0asm"
    rb"|\x7fELF|MZ[\x80-\xff]\0|\xca\xfe\xba\xbe|[\xcf\xce]\xfa\xed\xfe",
    re.DOTALL,
)
# Bytes no text has; not bell, backspace, shifts and escape, which terminal logs are full of.
_NOT_TEXT = re.compile(rb"[\x00-\x06\x10-\x1a\x1c-\x1f]")
_PRINTABLE = re.compile(rb"[\t\n\r -~]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x9f]")
_ISO_2022_JP = re.compile(rb"\x1b\$[@B](?:[!-~]{2})+\x1b\([BJ]")
_LOOKED_AT = 65_536

# What browsers read under these names (WHATWG Encoding Standard): supersets of them.
_READ_AS = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
}
_NOT_READ = frozenset(
    {"utf-7", "idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "charmap"}
)


def decode(data: bytes, *, declared: str = "") -> tuple[str, str]:
    """The text of ``data`` and the name of the encoding used; never raises.

    ``declared`` is the encoding that the document or its sender names ("" for none). A byte
    order mark goes before it, and so does UTF-8 that is valid: it is hardly ever valid by
    chance and often declared wrongly. What cannot be decoded becomes U+FFFD.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(name, "replace"), name
    if name := _wide(data[:_LOOKED_AT]):
        return data.decode(name, "replace"), name
    if _ISO_2022_JP.search(data) and (text := _strictly(data, "iso2022_jp_ext")) is not None:
        return text, "iso-2022-jp"
    if (text := _strictly(data, "utf-8")) is not None:
        return text, "utf-8"
    name = _codec(declared)
    if name == "utf-16":
        name = "utf-16-le"  # without a mark (WHATWG Encoding Standard)
    wide = name.startswith(("utf-16", "utf-32"))
    possible = len(_PRINTABLE.findall(data)) < 0.75 * len(data) if wide else name
    if possible and name != "utf-8" and (text := _nearly(data, name)) is not None:
        return text, _spoken(name)
    text = data.decode("utf-8", "replace")
    if _mostly_right(text):
        return text, "utf-8"
    from reader.text.legacy import encoding_of

    name = encoding_of(data)
    return data.decode(name, "replace"), _spoken(name)


def is_binary(data: bytes) -> bool:
    """Whether ``data`` is no text in any encoding; its first 64 KB are looked at."""
    head = data[:_LOOKED_AT]
    if _MAGIC.match(head):
        return True
    strange = len(_NOT_TEXT.findall(head))
    if strange * 100 <= len(head) or head.startswith(tuple(mark for mark, _name in _MARKS)):
        return False
    valid = _mostly_right(head.decode("utf-8", "replace"))
    return strange * (10 if valid else 50) > len(head) and not _wide(head)


def _wide(data: bytes) -> str:
    """UTF-16 or UTF-32 without a mark, by where its zeros stand; "" if it is neither.

    Text of other alphabets than Latin has few zeros but one high byte that most share.
    """
    units = len(data) // 4
    zeros = [data[place::4].count(0) for place in range(4)]
    if units > 1 and zeros[2] > 0.9 * units and zeros[0] < 0.1 * units <= 0.9 * units < zeros[3]:
        return "utf-32-le"
    if units > 1 and zeros[1] > 0.9 * units and zeros[3] < 0.1 * units <= 0.9 * units < zeros[0]:
        return "utf-32-be"
    pairs = len(data) // 2
    even, odd = data[::2].count(0), data[1::2].count(0)
    if pairs > 1 and odd > 0.4 * pairs and even < 0.05 * pairs:
        return "utf-16-le"
    if pairs > 1 and even > 0.4 * pairs and odd < 0.05 * pairs:
        return "utf-16-be"
    if pairs > 8 and len(_NOT_TEXT.findall(data)) * 10 > len(data):
        whole = data[: 2 * pairs]
        for name, high in (("utf-16-le", whole[1::2]), ("utf-16-be", whole[::2])):
            text = _strictly(whole, name)
            if text and not _CONTROL.search(text):
                shared = max(high.count(byte) for byte in set(high) - {0})
                if shared > 0.6 * pairs:
                    return name
    return ""


def _codec(declared: str) -> str:
    """Python's name of the codec for what a document calls its encoding; "" if unknown."""
    label = declared.strip(" \t\r\n\"';").lower().removeprefix("x-")
    label = label.removesuffix("-i").removesuffix("-e").replace("windows-", "cp")
    try:
        name = codecs.lookup(label).name if len(label) < 40 else ""
        bytes(4).decode(name)
    except (LookupError, ValueError):
        return ""
    return "" if name in _NOT_READ else _READ_AS.get(name, name)


def _spoken(codec: str) -> str:
    return codec.replace("cp12", "windows-12")


def _strictly(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except UnicodeDecodeError:
        return None


def _nearly(data: bytes, name: str) -> str | None:
    """The text if ``data`` can be in encoding ``name``, but for some damage."""
    text = data.decode(name, "replace")
    wrong = text.count("\ufffd") + len(_CONTROL.findall(text))
    return text if wrong * 20 <= len(text) - len(text.encode("ascii", "ignore")) else None


def _mostly_right(text: str) -> bool:
    wrong = text.count("\ufffd")
    return wrong * 2 <= len(text) - len(text.encode("ascii", "ignore"))
