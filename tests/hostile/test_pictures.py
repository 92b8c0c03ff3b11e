"""Pictures on a real terminal: what is written for them, and that no article can forge any."""

import base64
import io
import re
import struct
import sys
import zlib
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.hostile import vectors
from tests.hostile.home import COLUMNS, ROWS, Home
from tests.hostile.stream import CELL, FORGOTTEN, PICTURE, SIXEL, Stream, parse
from tests.terminal import Terminal

PIL = pytest.importorskip("PIL.Image", reason="pictures need the extra images")
FORGED = (
    "\U0010eeee\u0305\u030d", "\x1b_Ga=T,U=1,f=100,q=2,i=5,c=4,r=2,m=0;AAAA\x1b\\", "\U0010eeee",
    "\x1b_Ga=d,d=I,q=2,i=5;\x1b\\", '\x1bPq"1;1;4;4#0;2;0;0;0~~~~\x1b\\',
    "&#x10EEEE;&#x305;&#x30d;", "\x1b]1337;File=inline=1:AAAA\x07", "\x9f_Ga=T;AAAA\x9c",
)  # fmt: skip


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


def png(width: int = 200, height: int = 100) -> bytes:
    out = io.BytesIO()
    picture = PIL.effect_noise((width, height), 120).convert("RGB")
    picture.save(out, "PNG", pnginfo=None)
    # A text in the file, as publishers' programs leave them there.
    head, chunk = out.getvalue()[:33], b"tEXtComment\0\x1b]0;PWNED\x07"
    check = struct.pack(">I", zlib.crc32(chunk))
    return head + struct.pack(">I", len(chunk) - 4) + chunk + check + out.getvalue()[33:]


def opened(home: Home, texts: Sequence[str], *, settings: str = "", **environ: str) -> Terminal:
    """The program on a folder of articles with a picture and ``texts`` around it."""
    folder = home.path / "news"
    folder.mkdir(parents=True)
    (folder / "a.png").write_bytes(png())
    for number, text in enumerate(texts):
        (folder / f"{number:03}.md").write_text(
            f"---\ntitle: t\n---\nWords {number:03}.\n\n![{text}](missing{text}.png)\n\n"
            f"![{text}](a.png '{text}')\n\n{text}\n\n"
            f"| ![{text}](a.png) | {text} |\n|---|---|\n| 1 | {text} |\n",
            encoding="utf-8",
            errors="replace",
        )
    if settings:
        config = home.path / "config" / "newsreader"
        config.mkdir(parents=True)
        (config / "config.toml").write_text(settings)
    return Terminal(
        [sys.executable, "-m", "reader", str(folder)],
        environ={**home.environ, **environ},
        columns=COLUMNS,
        rows=ROWS,
    )


def looked_at(terminal: Terminal, count: int, key: str) -> Stream:
    """What was written while the pictures of each article were asked for."""
    with terminal:
        terminal.wait_for("Words ")
        terminal.wait_for(lambda text: bool(re.search(rf"All articles +{count} ", text)))
        terminal.send(".\r")
        terminal.settle(quiet=0.1)
        for step in range(count):
            if step:
                before = shown(terminal.text)
                terminal.send("J")
                wait_for_another(terminal, before)
            terminal.settle(quiet=0.1)
            terminal.send(key)
            if key == "i":
                terminal.wait_for(lambda text: "takes them away" in text or "no pictures" in text)
            else:
                terminal.wait_for("1/3  ")
                terminal.send("j")
                terminal.wait_for("200 × 100")
                terminal.wait_for(lambda _: b"\x1b8" in terminal.raw)
                terminal.send("q")
            terminal.settle(quiet=0.1)
        terminal.send("Q")
        assert terminal.wait() == 0
        return parse(bytes(terminal.raw), columns=COLUMNS, rows=ROWS)


def shown(screen: str) -> str:
    """The number of the article whose text is on the screen."""
    found = re.search(r"Words (\d{3})\.", screen)
    return found[1] if found else ""


def wait_for_another(terminal: Terminal, before: str) -> None:
    """Wait for another article than the one that was shown."""
    terminal.wait_for(lambda text: shown(text) not in {"", before})


OURS = {PICTURE, FORGOTTEN, CELL, SIXEL}


def strange(stream: Stream, harmless: Stream) -> dict[str, int]:
    """Kinds that a harmless article does not have."""
    return {kind: n for kind, n in stream.beyond(harmless).items() if kind not in OURS}


def test_half_blocks_are_text_in_colours(home: Home) -> None:
    stream = looked_at(opened(home, ["plain"]), 1, "i")
    assert stream.troubles == ()
    assert "▀" in stream.drawn
    assert "Not shown: There is no such file in this folder." in stream.drawn
    assert not OURS & set(stream.kinds)


def test_kitty_gets_each_picture_once_and_text_in_its_place(home: Home) -> None:
    terminal = opened(home, ["plain"], KITTY_WINDOW_ID="1")
    stream = looked_at(terminal, 1, "i")
    raw = bytes(terminal.raw)
    assert stream.troubles == ()
    assert stream.kinds[CELL] >= 20 * 5
    assert b"a=q" not in raw  # nothing is asked
    (head,) = re.findall(rb"\x1b_Ga=T,U=1,f=100,q=2,i=(\d+),c=20,r=5,", raw)
    number = int(head)
    colour = b"38;2;%d;%d;%d" % (number >> 16, number >> 8 & 255, number & 255)
    assert re.search(colour + rb"[0-9;]*m\xf4\x8e\xbb\xae", raw)
    payload = b"".join(re.findall(rb"\x1b_G[^;]*;([A-Za-z0-9+/=]*)\x1b\\", raw))
    assert PIL.open(io.BytesIO(base64.b64decode(payload))).size == (200, 100)
    assert b"PWNED" not in base64.b64decode(payload)


def test_before_the_key_nothing_is_sent_to_any_terminal(home: Home) -> None:
    with opened(home, ["plain"], KITTY_WINDOW_ID="1") as terminal:
        terminal.wait_for("Words ")
        terminal.send("\rJzz")
        terminal.settle(quiet=0.3)
        terminal.send("Q")
        assert terminal.wait() == 0
        stream = parse(bytes(terminal.raw), columns=COLUMNS, rows=ROWS)
    assert stream.troubles == ()
    assert not OURS & set(stream.kinds)


def test_sixel_is_written_over_blank_cells_of_a_screen_of_its_own(home: Home) -> None:
    settings = '[images]\nprotocol = "sixel"\n'
    stream = looked_at(opened(home, ["plain"], settings=settings), 1, "I")
    assert stream.troubles == ()
    assert stream.kinds[SIXEL] >= 1
    assert not {PICTURE, CELL} & set(stream.kinds)


@pytest.mark.parametrize("environ", [{}, {"KITTY_WINDOW_ID": "1"}], ids=["blocks", "kitty"])
def test_no_article_forges_a_picture(tmp_path: Path, environ: dict[str, str]) -> None:
    texts = (*FORGED, *vectors.made()[::150])
    plain = looked_at(opened(Home(tmp_path / "a"), ["plain"] * 2, **environ), 2, "i")
    found = looked_at(opened(Home(tmp_path / "b"), texts, **environ), len(texts), "i")
    assert found.troubles == ()
    assert strange(found, plain) == {}
    if not environ:
        assert not OURS & set(found.kinds)
    else:
        assert found.kinds[PICTURE] % (plain.kinds[PICTURE] // 2) == 0
        assert found.kinds[PICTURE] >= plain.kinds[PICTURE]
