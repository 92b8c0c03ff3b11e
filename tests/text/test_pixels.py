"""Pictures as half blocks, from pictures made here."""

import io
import struct
import zlib

import pytest

from reader.text.pixels import Pixels, can_draw, half_blocks

Image = pytest.importorskip("PIL.Image", reason="pictures need the extra images")

RED, GREEN, BLUE = (255, 0, 0), (0, 255, 0), (0, 0, 255)


def encoded(picture: object, form: str = "PNG", **options: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, form, **options)  # type: ignore[attr-defined]
    return out.getvalue()


def stripes(width: int = 4, height: int = 4) -> object:
    picture = Image.new("RGB", (width, height), RED)
    picture.paste(BLUE, (0, height // 2, width, height))
    return picture


def test_two_pixels_make_a_cell() -> None:
    assert can_draw()
    drawn = half_blocks(encoded(stripes(2, 2)), columns=10, rows=10)
    assert drawn == Pixels((((RED, BLUE), (RED, BLUE)),), 2, 2)


@pytest.mark.parametrize(
    ("size", "room", "cells"),
    [
        ((800, 600), (80, 30), (80, 30)),
        ((800, 200), (80, 30), (80, 10)),
        ((200, 800), (80, 30), (15, 30)),
        ((10, 10), (80, 30), (10, 5)),
        ((5000, 1), (80, 30), (80, 1)),
        ((1, 5000), (80, 30), (1, 30)),
        ((100, 100), (0, 0), (1, 1)),
    ],
)
def test_it_keeps_its_shape_and_fits(
    size: tuple[int, int], room: tuple[int, int], cells: tuple[int, int]
) -> None:
    drawn = half_blocks(encoded(stripes(*size)), columns=room[0], rows=room[1])
    assert (len(drawn.rows[0]), len(drawn.rows)) == cells
    assert (drawn.width, drawn.height) == size


@pytest.mark.parametrize("form", ["JPEG", "GIF", "WEBP", "BMP"])
def test_every_form(form: str) -> None:
    drawn = half_blocks(encoded(stripes(400, 400), form), columns=4, rows=2)
    top, bottom = drawn.rows[0][0][0], drawn.rows[-1][0][1]
    assert top[0] > 200 > top[2]
    assert bottom[2] > 200 > bottom[0]


def test_a_picture_is_turned_as_the_camera_was_held() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # the top is at the right
    data = encoded(stripes(200, 100), "JPEG", exif=exif)
    drawn = half_blocks(data, columns=20, rows=20)
    assert len(drawn.rows) == 20
    assert len(drawn.rows[0]) == 20
    left, right = drawn.rows[5][0][0], drawn.rows[5][-1][0]
    assert (left[2] > 200, right[0] > 200) == (True, True)


def test_what_can_be_seen_through_shows_the_ground() -> None:
    picture = Image.new("RGBA", (2, 2), (0, 0, 0, 0))
    drawn = half_blocks(encoded(picture), columns=2, rows=1, background=GREEN)
    assert drawn.rows == (((GREEN, GREEN), (GREEN, GREEN)),)


def bomb(width: int, height: int) -> bytes:
    """A PNG that says it is huge and holds nothing."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        checked = kind + data
        return struct.pack(">I", len(data)) + checked + struct.pack(">I", zlib.crc32(checked))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b""))


@pytest.mark.parametrize("size", [(100_000, 100_000), (6_400, 6_400), (2**31 - 1, 1)])
def test_a_huge_picture_is_refused_unread(size: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="too large"):
        half_blocks(bomb(*size), columns=80, rows=30)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"not a picture",
        encoded(stripes(50, 50))[:80],
        encoded(stripes(50, 50), "JPEG")[:200],
        b"\x89PNG\r\n\x1a\n" + b"\0" * 50,
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n",
    ],
)
def test_what_is_damaged_or_no_picture_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="damaged"):
        half_blocks(data, columns=80, rows=30)
