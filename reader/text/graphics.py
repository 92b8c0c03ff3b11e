"""Pictures as terminals draw them that can: Kitty's protocol, iTerm2's, and Sixel.

What is written to the terminal is made here from pixels, never from a file's own bytes.
"""

import io
from base64 import b64encode
from collections.abc import Iterator, Mapping
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
_SIXEL: Final = ("foot", "mlterm", "contour", "yaft", "sixel")


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
    encoded = b64encode(out.getvalue())
    if protocol == "iterm":
        head = f"\x1b]1337;File=inline=1;width={columns};height={rows};preserveAspectRatio=1:"
        return head.encode() + encoded + b"\x07"
    return b"".join(_kitty(encoded, columns, rows))


def _kitty(encoded: bytes, columns: int, rows: int) -> Iterator[bytes]:
    """The picture in the pieces that Kitty's protocol wants, without an answer to come."""
    control = f"a=T,f=100,q=2,c={columns},r={rows},"
    for start in range(0, len(encoded), _CHUNK):
        more = int(start + _CHUNK < len(encoded))
        piece = encoded[start : start + _CHUNK]
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
