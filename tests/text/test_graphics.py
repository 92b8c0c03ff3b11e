"""Pictures in the protocols of terminals, read back from what is written."""

import base64
import io
import re
import unicodedata

import pytest

from reader.text.graphics import (
    Protocol,
    drawn,
    draws_in_text,
    encoded,
    forgotten,
    placeholder,
    protocol_of,
    sent,
    through_tmux,
)
from reader.text.terminal import clean
from reader.tui.drawing import safe

Image = pytest.importorskip("PIL.Image", reason="pictures need the extra images")

RED, BLUE = (255, 0, 0), (0, 0, 255)


@pytest.mark.parametrize(
    ("environ", "protocol"),
    [
        ({"TERM": "xterm-kitty"}, "kitty"),
        ({"TERM": "xterm-256color", "KITTY_WINDOW_ID": "1"}, "kitty"),
        ({"TERM": "xterm-ghostty"}, "kitty"),
        ({"TERM_PROGRAM": "ghostty"}, "kitty"),
        ({"KONSOLE_VERSION": "230401"}, "kitty"),
        ({"KONSOLE_VERSION": "210401", "TERM": "xterm-256color"}, None),
        ({"TERM_PROGRAM": "iTerm.app"}, "iterm"),
        ({"LC_TERMINAL": "iTerm2", "SSH_TTY": "/dev/pts/1"}, "iterm"),
        ({"TERM_PROGRAM": "WezTerm"}, "iterm"),
        ({"TERM": "foot"}, "sixel"),
        ({"TERM": "mlterm-256color"}, "sixel"),
        ({"TERM": "xterm-256color"}, None),
        ({"TERM": "tmux-256color", "KITTY_WINDOW_ID": "1"}, None),
        ({"TERM": "xterm-kitty", "TMUX": "/tmp/x"}, None),
        ({"TERM": "screen"}, None),
        ({}, None),
    ],
)
def test_terminals_are_told_by_their_environment(
    environ: dict[str, str], protocol: Protocol | None
) -> None:
    assert protocol_of(environ) == protocol


def png(width: int, height: int) -> bytes:
    picture = Image.new("RGB", (width, height), RED)
    picture.paste(BLUE, (0, height // 2, width, height))
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def test_kitty_gets_a_picture_in_pieces() -> None:
    noise = Image.effect_noise((800, 400), 90)
    out = io.BytesIO()
    noise.save(out, "PNG")
    written = drawn(out.getvalue(), "kitty", columns=40, rows=20)
    pieces = re.findall(rb"\x1b_G([^;]*);([A-Za-z0-9+/=]*)\x1b\\", written)
    assert b"".join(b"\x1b_G%s;%s\x1b\\" % piece for piece in pieces) == written
    assert pieces[0][0] == b"a=T,f=100,q=2,c=40,r=10,m=1"
    assert [head for head, _ in pieces[1:]] == [b"m=1"] * (len(pieces) - 2) + [b"m=0"]
    assert all(len(data) <= 4096 for _, data in pieces)
    shown = Image.open(io.BytesIO(base64.b64decode(b"".join(data for _, data in pieces))))
    assert shown.size == (400, 200)


def test_iterm_gets_a_picture_at_once() -> None:
    written = drawn(png(20, 20), "iterm", columns=40, rows=20)
    match = re.fullmatch(rb"\x1b\]1337;File=([^:]*):([A-Za-z0-9+/=]+)\x07", written)
    assert match is not None
    assert match[1] == b"inline=1;width=2;height=1;preserveAspectRatio=1"
    assert Image.open(io.BytesIO(base64.b64decode(match[2]))).size == (20, 20)


def sixel(written: bytes) -> list[list[tuple[int, int, int]]]:
    """Draw Sixel graphics: the colours in percent, row by row."""
    match = re.fullmatch(rb'\x1bPq"1;1;(\d+);(\d+)(.*)\x1b\\', written, re.DOTALL)
    assert match is not None
    width, height = int(match[1]), int(match[2])
    canvas = [[(-1, -1, -1)] * width for _ in range(height)]
    colours: dict[int, tuple[int, int, int]] = {}
    colour, column, top = 0, 0, 0
    for one in re.finditer(
        rb"#(\d+);2;(\d+);(\d+);(\d+)|#(\d+)|!(\d+)([?-~])|([?-~])|(\$)|(-)", match[3]
    ):
        if one[1]:
            colours[int(one[1])] = (int(one[2]), int(one[3]), int(one[4]))
        elif one[5]:
            colour = int(one[5])
        elif one[9]:
            column = 0
        elif one[10]:
            column, top = 0, top + 6
        else:
            bits = (one[7] or one[8])[0] - 63
            for _ in range(int(one[6] or 1)):
                for place in range(6):
                    if bits >> place & 1:
                        canvas[top + place][column] = colours[colour]
                column += 1  # noqa: SIM113 - it starts again with every colour
    return canvas


def test_sixel_draws_every_pixel() -> None:
    canvas = sixel(drawn(png(30, 14), "sixel", columns=40, rows=20))
    assert [set(row) for row in canvas] == [{(100, 0, 0)}] * 7 + [{(0, 0, 100)}] * 7


@pytest.mark.parametrize("protocol", ["kitty", "iterm", "sixel"])
def test_what_is_damaged_is_refused(protocol: Protocol) -> None:
    with pytest.raises(ValueError, match="damaged"):
        drawn(b"\x1b]0;title\x07", protocol, columns=10, rows=10)


# --- pictures in the place of placeholders


def test_only_terminals_that_move_pictures_with_text_get_placeholders() -> None:
    assert draws_in_text({"TERM": "xterm-kitty"})
    assert draws_in_text({"TERM": "xterm-256color", "KITTY_WINDOW_ID": "1"})
    assert draws_in_text({"TERM_PROGRAM": "ghostty"})
    assert not draws_in_text({"KONSOLE_VERSION": "230401"})
    assert not draws_in_text({"TERM": "xterm-kitty", "TMUX": "/tmp/x"})
    assert not draws_in_text({"TERM_PROGRAM": "WezTerm"})


def test_a_picture_is_sent_once_and_named_by_its_number() -> None:
    picture = encoded(png(800, 400), columns=40, rows=30)
    assert (picture.columns, picture.rows, picture.width, picture.height) == (40, 10, 800, 400)
    pieces = re.findall(rb"\x1b_G([^;]*);([A-Za-z0-9+/=]*)\x1b\\", sent(picture, 70_000))
    assert pieces[0][0] == b"a=T,U=1,f=100,q=2,i=70000,c=40,r=10,m=0"
    shown = Image.open(io.BytesIO(base64.b64decode(b"".join(data for _, data in pieces))))
    assert shown.size == (400, 200)
    assert shown.convert("RGB").getpixel((0, 0)) == RED
    assert forgotten(70_000) == b"\x1b_Ga=d,d=I,q=2,i=70000;\x1b\\"


def test_tmux_is_told_to_hand_each_piece_on() -> None:
    noise = io.BytesIO()
    Image.effect_noise((800, 400), 90).save(noise, "PNG")
    plain = sent(encoded(noise.getvalue(), columns=40, rows=20), 5)
    wrapped = re.findall(rb"\x1bPtmux;((?:\x1b\x1b|[^\x1b])*)\x1b\\", through_tmux(plain))
    assert len(wrapped) == plain.count(b"\x1b_G") > 2
    assert b"".join(wrapped).replace(b"\x1b\x1b", b"\x1b") == plain


def test_placeholders_count_rows_and_columns() -> None:
    assert placeholder(0, 0) == "\U0010eeee\u0305\u0305"
    assert placeholder(1, 2) == "\U0010eeee\u030d\u030e"
    assert placeholder(296, 100)[1:2] == "\U0001d244"
    marks = [placeholder(row, 0)[1] for row in range(297)]
    assert marks == sorted(set(marks))
    for mark in marks:
        assert unicodedata.combining(mark) == 230
        assert not unicodedata.decomposition(mark)


def test_no_text_can_hold_a_placeholder() -> None:
    assert clean(f"a{placeholder(3, 4)}b").count("\U0010eeee") == 0
    assert safe(placeholder(0, 0)).count("\U0010eeee") == 0
