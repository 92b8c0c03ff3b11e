"""Pictures drawn with characters: two pixels a cell, as the upper and lower half of a block."""

import io
from typing import TYPE_CHECKING, Final

from msgspec import Struct

if TYPE_CHECKING:
    from PIL.Image import Image

Colour = tuple[int, int, int]
"""Red, green and blue, 0 to 255."""

MOST_PIXELS: Final = 40_000_000
"""Pixels of a picture that is decoded; more is refused before it takes any memory."""
_TOO_LARGE: Final = "This picture is too large to be drawn."
_FORMATS: Final = ("PNG", "JPEG", "GIF", "WEBP", "BMP")
_DAMAGE: Final = (OSError, SyntaxError, EOFError, TypeError, KeyError, IndexError)
"""What decoders raise on damaged data, beside ``ValueError``."""


class Pixels(Struct, frozen=True):
    """A picture as rows of cells: the colour of the upper half and of the lower.

    Drawn as "▀" with the first in front of the second. ``width`` and ``height`` are the
    picture's own, in pixels.
    """

    rows: tuple[tuple[tuple[Colour, Colour], ...], ...]
    width: int
    height: int


def can_draw() -> bool:
    """Whether what decodes pictures is installed (the extra ``images``)."""
    from importlib.util import find_spec

    return find_spec("PIL") is not None


def half_blocks(data: bytes, *, columns: int, rows: int, background: Colour = (0, 0, 0)) -> Pixels:
    """The picture in ``data``, at most ``columns`` cells wide and ``rows`` lines high.

    Its first frame, turned as the camera was held; it keeps its shape, and what can be seen
    through shows ``background``. Raises ``ValueError`` with a sentence where it is damaged,
    too large, or nothing is installed that decodes it.
    """
    columns, rows = max(1, columns), max(1, rows)
    flat, width, height = _flat(data, (columns, 2 * rows), background)
    if flat.height % 2:
        from PIL import ImageOps

        flat = ImageOps.expand(flat, (0, 0, 0, 1), background)
    return Pixels(_rows(flat.tobytes(), *flat.size), width, height)


def opened(data: bytes, *, width: int, height: int, background: Colour = (0, 0, 0)) -> "Image":
    """The picture in ``data`` (RGB), made smaller to fit so many pixels; raises the same."""
    return _flat(data, (max(1, width), max(1, height)), background)[0]


def opened_with_size(data: bytes, *, width: int, height: int) -> tuple["Image", tuple[int, int]]:
    """What ``opened`` gives, and the picture's own size in pixels; raises the same."""
    picture, *size = _flat(data, (max(1, width), max(1, height)), (0, 0, 0))
    return picture, (size[0], size[1])


def _flat(data: bytes, room: tuple[int, int], background: Colour) -> tuple["Image", int, int]:
    """A picture that fits, and its own size; the first frame, upright, on a ground."""
    try:
        from PIL import Image, ImageOps, UnidentifiedImageError
    except ImportError as error:
        raise ValueError("Drawing pictures needs Pillow.") from error
    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as picture:
            width, height = picture.size
            _check(width, height)
            # JPEG can be decoded smaller at once; other formats pass this over.
            picture.draft("RGB", (2 * max(room),) * 2)
            upright = ImageOps.exif_transpose(picture)
            shown = upright.convert("RGBA").resize(
                _fitted(*upright.size, room), Image.Resampling.BOX
            )
    except Image.DecompressionBombError as error:
        raise ValueError(_TOO_LARGE) from error
    except (UnidentifiedImageError, *_DAMAGE) as error:
        raise ValueError("This picture is damaged.") from error
    ground = Image.new("RGBA", shown.size, (*background, 255))
    return Image.alpha_composite(ground, shown).convert("RGB"), width, height


def _check(width: int, height: int) -> None:
    if width * height > MOST_PIXELS:
        raise ValueError(_TOO_LARGE)


def _fitted(width: int, height: int, room: tuple[int, int]) -> tuple[int, int]:
    """The size of a picture that fits; it is never made larger."""
    scale = min(room[0] / width, room[1] / height, 1.0)
    return max(1, round(width * scale)), max(1, round(height * scale))


def _rows(data: bytes, width: int, height: int) -> tuple[tuple[tuple[Colour, Colour], ...], ...]:
    colours = [(data[place], data[place + 1], data[place + 2]) for place in range(0, len(data), 3)]
    lines = [colours[start : start + width] for start in range(0, width * height, width)]
    return tuple(
        tuple(zip(upper, lower, strict=True))
        for upper, lower in zip(lines[::2], lines[1::2], strict=True)
    )
