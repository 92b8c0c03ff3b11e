"""Takes apart what a program writes to a terminal: which sequences, how often, and the text.

Written apart from ``reader.text.terminal``: it is a reader of ECMA-48 and xterm's control
sequences as a terminal has them, so that a mistake there is not repeated here.
"""

import base64
import binascii
import re
from collections import Counter
from dataclasses import dataclass

from tests.text.safety import forbidden

_TOKEN = re.compile(
    rb"""
      \x1b\[ (?P<csi> [0-?]*[ -/]*[@-~] )
    | \x1b\] (?P<osc> [^\x00-\x1f\x7f]* ) (?: \x07 | \x1b\\ )
    | (?P<string> \x1b[PX^_k] [^\x1b\x07]* (?: \x07 | \x1b\\ )? )
    | (?P<escape> \x1b [ -/]* [0-~]? )
    | (?P<control> [\x00-\x1f\x7f] )
    | (?P<text> [^\x00-\x1f\x7f]+ )
    """,
    re.VERBOSE,
)
PLANTED = "38;2;1;2;3"
"""A colour that no theme has; hostile texts ask for it."""
_COLOUR = rf"(?!{PLANTED})[34]8;2;\d{{1,3}};\d{{1,3}};\d{{1,3}}"
_STYLE = re.compile(rf"(?:0|(?:[1-9]|21|{_COLOUR})(?:;(?:[1-9]|21|{_COLOUR}))*)?m")
_PLACE = re.compile(r"(\d{1,3});(\d{1,3})H")
_SYNC = ("CSI ?2026h", "CSI ?2026l")

_COPIED = "OSC 52;c;(an address)"
_LINK, _LINK_END = "OSC 8;(an address)", "OSC 8;(end)"
_LINKED = re.compile(r"8;id=\d+;(?i:https?://|mailto:)[!-~]{1,500}")

PICTURE, SIXEL, FORGOTTEN = "APC (a picture)", "DCS (a picture)", "APC (a picture goes)"
CELL = "(a cell of a picture)"
"""Kinds that a screen writes for a person who asked for pictures, and at no other time."""
_PICTURE = re.compile(
    r"_G(?:a=T,U=1,f=100,q=2,i=\d{1,8},c=\d{1,3},r=\d{1,3},)?m=[01];[A-Za-z0-9+/]{0,4096}={0,2}"
)
_FORGOTTEN = re.compile(r"_Ga=d,d=I,q=2,i=\d{1,8};")
_SIXEL = re.compile(r'Pq"1;1;\d{1,5};\d{1,5}[#;0-9!$?-~-]*')
_CELL = re.compile("\U0010eeee[\u0305-\U0001d244]{2}")

FREE = frozenset({"CSI style", "CSI place", "C0 0d", "C0 0a", _COPIED, _LINK, _LINK_END, *_SYNC})
"""What a screen writes as often as it has something to draw, or to copy."""


@dataclass(frozen=True)
class Stream:
    """What was written: how often each kind of sequence, and the text as it was drawn.

    A kind is the whole sequence but for 24-bit colours and places on the screen, so that two kinds
    never stand for one another. In ``drawn`` a newline stands where the cursor was moved.
    """

    kinds: Counter[str]
    drawn: str
    troubles: tuple[str, ...]

    def beyond(self, harmless: "Stream") -> dict[str, int]:
        """Kinds of sequences that ``harmless`` has not, or not as often."""
        more = self.kinds - harmless.kinds
        return {kind: count for kind, count in more.items() if kind not in FREE & {*harmless.kinds}}


def parse(raw: bytes, *, columns: int, rows: int) -> Stream:
    """Take apart ``raw``, which was written to a screen of ``columns`` by ``rows``."""
    kinds: Counter[str] = Counter()
    drawn: list[str] = []
    troubles: list[str] = []
    synced = linked = False
    place = 0
    for found in _TOKEN.finditer(raw):
        if found.start() != place:
            troubles.append(f"bytes that are no token: {raw[place : found.start()]!r}")
        place = found.end()
        if found["text"] is not None:
            drawn.append(_text(found["text"], troubles))
            continue
        kind = _kind(found, columns, rows)
        kinds[kind] += 1
        if kind in _SYNC:
            # Each update is opened once and closed once: content could not slip one in.
            if synced is (kind == _SYNC[0]):
                troubles.append(f"{kind} twice in a row at {found.start()}")
            synced = not synced
        if kind in {_LINK, _LINK_END}:
            if linked is (kind == _LINK):
                troubles.append(f"{kind} twice in a row at {found.start()}")
            linked = not linked
        elif linked and kind != "CSI style":
            troubles.append(f"{kind} in a hyperlink at {found.start()}")
        if kind in {"CSI place", "C0 0d", "C0 0a"}:
            drawn.append("\n")
    text, cells = _CELL.subn("", "".join(drawn))
    if cells:
        kinds[CELL] += cells
    troubles += forbidden(text, allowed="\n")
    return Stream(kinds, text, tuple(troubles))


def _text(data: bytes, troubles: list[str]) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        troubles.append(f"not UTF-8: {data[error.start : error.end]!r}")
        return data.decode(errors="replace")


def _kind(found: re.Match[bytes], columns: int, rows: int) -> str:
    if found["csi"] is not None:
        return _csi(found["csi"].decode("ascii"), columns, rows)
    if found["osc"] is not None:
        return _osc(found["osc"].decode(errors="backslashreplace"))
    if found["control"] is not None:
        return f"C0 {found['control'].hex()}"
    if found["string"] is not None:
        return _string(found["string"][1:].decode(errors="backslashreplace"))
    return f"ESC {found[0][1:].decode(errors='backslashreplace')}"


def _string(whole: str) -> str:
    """Pictures are one kind where they are written as the reader writes them."""
    body = whole.removesuffix("\x1b\\")
    for pattern, kind in ((_PICTURE, PICTURE), (_FORGOTTEN, FORGOTTEN), (_SIXEL, SIXEL)):
        if body != whole and pattern.fullmatch(body):
            return kind
    return f"ESC {whole}"


def _csi(body: str, columns: int, rows: int) -> str:
    if _STYLE.fullmatch(body):
        return "CSI style"
    if place := _PLACE.fullmatch(body):
        inside = 1 <= int(place[1]) <= rows and 1 <= int(place[2]) <= columns
        return "CSI place" if inside else f"CSI place off the screen {body}"
    return f"CSI {body}"


def _osc(body: str) -> str:
    """Clipboard writes are one kind where they hold an address that is safe to paste.

    So are hyperlinks that lead to one, in ASCII that prints and not at any length.
    """
    if body == "8;;":
        return _LINK_END
    if _LINKED.fullmatch(body):
        return _LINK
    if body.startswith("52;c;"):
        try:
            copied = base64.b64decode(body[5:], validate=True).decode()
        except (binascii.Error, UnicodeDecodeError):
            return f"OSC {body}"
        if copied.startswith(("http://", "https://")) and not forbidden(copied, allowed=""):
            return _COPIED
    return f"OSC {body}"
