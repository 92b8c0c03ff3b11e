"""Pictures as terminals draw them that can: Kitty's protocol, iTerm2's, and Sixel.

What is written to the terminal is made here from pixels, never from a file's own bytes.
"""

import io
from base64 import b64encode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from PIL.Image import Image

Protocol = Literal["kitty", "iterm", "sixel"]

CELL: Final = (10, 20)
"""Pixels of a cell, about as on most screens; the terminal fits the picture to its cells."""
_CHUNK: Final = 4096
_COLOURS: Final = 256
_KITTY: Final = ("ghostty", "kitty")
_ITERM: Final = ("iterm.app", "wezterm", "rio", "mintty")
WIPED: Final = b"\x1b_Ga=d,d=A,q=2;\x1b\\"
"""What takes pictures from the screen that Kitty's protocol drew at the cursor."""
_SIXEL: Final = ("foot", "mlterm", "contour", "yaft", "sixel")
_PLACEHOLDER: Final = "\U0010eeee"
_PLACES: Final = (
    "305 30d-30e 310 312 33d-33f 346 34a-34c 350-352 357 35b 363-36f 483-487 592-595 597-599"
    " 59c-5a1 5a8-5a9 5ab-5ac 5af 5c4 610-617 657-65b 65d-65e 6d6-6dc 6df-6e2 6e4 6e7-6e8"
    " 6eb-6ec 730 732-733 735-736 73a 73d 73f-741 743 745 747 749-74a 7eb-7f1 7f3 816-819"
    " 81b-823 825-827 829-82d 951 953-954 f82-f83 f86-f87 135d-135f 17dd 193a 1a17 1a75-1a7c"
    " 1b6b 1b6d-1b73 1cd0-1cd2 1cda-1cdb 1ce0 1dc0-1dc1 1dc3-1dc9 1dcb-1dcc 1dd1-1de6 1dfe"
    " 20d0-20d1 20d4-20d7 20db-20dc 20e1 20e7 20e9 20f0 2cef-2cf1 2de0-2dff a66f a67c-a67d"
    " a6f0-a6f1 a8e0-a8f1 aab0 aab2-aab3 aab7-aab8 aabe-aabf aac1 fe20-fe26 10a0f 10a38"
    " 1d185-1d189 1d1aa-1d1ad 1d242-1d244"
)
"""The marks that stand for numbers behind a placeholder, from 0: those of Unicode 6.0 that
stand above their base and belong to no composed character (Kitty graphics protocol, "Unicode
placeholders")."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """A picture as a PNG file made here, for ``columns`` by ``rows`` cells.

    ``width`` and ``height`` are the picture's own, in pixels.
    """

    png: bytes = field(repr=False)
    columns: int
    rows: int
    width: int
    height: int


def protocol_of(environ: Mapping[str, str]) -> Protocol | None:
    """How the terminal draws pictures, as far as the environment tells; None where it may not.

    Nothing is asked of the terminal: over a slow line its answer would come among the keys.
    What runs inside tmux or screen sees no picture, as those let none through by themselves.
    """
    term = environ.get("TERM", "").lower()
    program = environ.get("TERM_PROGRAM", "").lower()
    if environ.get("TMUX") or environ.get("STY") or term.startswith(("screen", "tmux")):
        return None
    if environ.get("KITTY_WINDOW_ID") or program in _KITTY or any(name in term for name in _KITTY):
        return "kitty"
    if environ.get("KONSOLE_VERSION", "").isdigit() and int(environ["KONSOLE_VERSION"]) >= 220400:
        return "kitty"
    if program in _ITERM or environ.get("LC_TERMINAL", "").lower() == "iterm2":
        return "iterm"
    if any(name in term for name in _SIXEL):
        return "sixel"
    return None


def draws_in_text(environ: Mapping[str, str]) -> bool:
    """Whether the terminal draws pictures in the place of placeholders, which move like text.

    Of those with Kitty's protocol only Kitty itself and Ghostty do.
    """
    program, term = environ.get("TERM_PROGRAM", "").lower(), environ.get("TERM", "").lower()
    named = program in _KITTY or any(name in term for name in _KITTY)
    return protocol_of(environ) == "kitty" and (named or "KITTY_WINDOW_ID" in environ)


def encoded(data: bytes, *, columns: int, rows: int) -> Encoded:
    """The picture in ``data`` for at most so many cells. Raises ``ValueError`` as ``drawn``."""
    from reader.text.pixels import opened_with_size

    most = len(_marks())
    columns, rows = min(columns, most), min(rows, most)
    picture, size = opened_with_size(data, width=columns * CELL[0], height=rows * CELL[1])
    columns = min(columns, -(-picture.width // CELL[0]))
    rows = min(rows, -(-picture.height // CELL[1]))
    out = io.BytesIO()
    # A line may be slow: a palette makes it a third.
    picture.quantize(_COLOURS).save(out, "PNG", optimize=True)
    return Encoded(out.getvalue(), columns, rows, *size)


def sent(picture: Encoded, number: int) -> bytes:
    """What gives a picture to the terminal, to be drawn where ``placeholder`` stands.

    ``number`` names it there, 1 to 2**24 - 1. Nothing is drawn yet and nothing answered.
    """
    control = f"a=T,U=1,f=100,q=2,i={number},c={picture.columns},r={picture.rows},"
    return b"".join(_kitty(b64encode(picture.png), control))


def forgotten(number: int) -> bytes:
    """What makes the terminal forget a picture that was ``sent``."""
    return f"\x1b_Ga=d,d=I,q=2,i={number};\x1b\\".encode()


def through_tmux(sequence: bytes) -> bytes:
    """A sequence wrapped so that tmux hands it on, where its ``allow-passthrough`` is on."""
    parts = (part + b"\x1b\\" for part in sequence.split(b"\x1b\\") if part)
    return b"".join(
        b"\x1bPtmux;" + part.replace(b"\x1b", b"\x1b\x1b") + b"\x1b\\" for part in parts
    )


def placeholder(row: int, column: int) -> str:
    """The character of one cell of a picture; its colour is the picture's number."""
    marks = _marks()
    return f"{_PLACEHOLDER}{marks[row]}{marks[column]}"


@cache
def _marks() -> str:
    found = ""
    for written in _PLACES.split():
        first, _, last = written.partition("-")
        found += "".join(map(chr, range(int(first, 16), int(last or first, 16) + 1)))
    return found


def drawn(data: bytes, protocol: Protocol, *, columns: int, rows: int) -> bytes:
    """What draws the picture in ``data`` at the cursor, in at most so many cells.

    Raises ``ValueError`` as ``reader.text.pixels.half_blocks`` does, with a sentence.
    """
    from reader.text.pixels import opened

    picture = opened(data, width=columns * CELL[0], height=rows * CELL[1])
    columns = min(columns, -(-picture.width // CELL[0]))
    rows = min(rows, -(-picture.height // CELL[1]))
    if protocol == "sixel":
        return b"".join(_sixel(picture))
    out = io.BytesIO()
    picture.save(out, "PNG")
    written = b64encode(out.getvalue())
    if protocol == "iterm":
        head = f"\x1b]1337;File=inline=1;width={columns};height={rows};preserveAspectRatio=1:"
        return head.encode() + written + b"\x07"
    return b"".join(_kitty(written, f"a=T,f=100,q=2,c={columns},r={rows},"))


def _kitty(written: bytes, control: str) -> Iterator[bytes]:
    """The picture in the pieces that Kitty's protocol wants, without an answer to come."""
    for start in range(0, len(written), _CHUNK):
        more = int(start + _CHUNK < len(written))
        piece = written[start : start + _CHUNK]
        yield f"\x1b_G{control}m={more};".encode() + piece + b"\x1b\\"
        control = ""


def _sixel(picture: "Image") -> Iterator[bytes]:
    """The picture as Sixel graphics (DEC VT3xx): bands of six rows, colour by colour."""
    reduced = picture.quantize(_COLOURS)
    width, height = reduced.size
    palette = reduced.getpalette() or []
    pixels = reduced.tobytes()
    yield f'\x1bPq"1;1;{width};{height}'.encode()
    for number in sorted(set(pixels)):
        red, green, blue = (round(one * 100 / 255) for one in palette[3 * number : 3 * number + 3])
        yield f"#{number};2;{red};{green};{blue}".encode()
    for top in range(0, height, 6):
        rows = [pixels[y * width : (y + 1) * width] for y in range(top, min(top + 6, height))]
        for number in sorted(set(b"".join(rows))):
            yield f"#{number}".encode() + _runs(_sixels(rows, number, width)) + b"$"
        yield b"-"
    yield b"\x1b\\"


def _sixels(rows: list[bytes], number: int, width: int) -> bytes:
    """One colour of a band: a character for every column, a bit for every row."""
    bits = [0] * width
    for place, row in enumerate(rows):
        at = row.find(number)
        while at >= 0:
            bits[at] |= 1 << place
            at = row.find(number, at + 1)
    return bytes(63 + one for one in bits)


def _runs(line: bytes) -> bytes:
    """A line with its runs counted; what is empty at its end is left out."""
    out = bytearray()
    line = line.rstrip(b"?")
    at = 0
    while at < len(line):
        end = at + 1
        while end < len(line) and line[end] == line[at]:
            end += 1
        run = line[at:end]
        out += run if len(run) < 4 else b"!%d%c" % (len(run), run[0])
        at = end
    return bytes(out)
