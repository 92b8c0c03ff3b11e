"""Makes the pictures of ``screenshots/`` with the app itself, from the welcome folder.

Run with ``python -m tests.screenshots``. SVG always; PNG beside each where rsvg-convert
(Debian: librsvg2-bin) is installed.
"""

import asyncio
import html
import os
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import reader
from reader.config import Config
from reader.library import Library
from reader.text.width import width
from reader.tui.app import NewsreaderApp
from tests.tui.conftest import CHARACTERS, calm

FOLDER = Path(__file__).parents[1] / "screenshots"
NOW = datetime(2026, 8, 20, 12, tzinfo=UTC)
WIDE, SMALL = (120, 40), (80, 24)

SHOTS: tuple[tuple[str, tuple[int, int], Sequence[str]], ...] = (
    ("main-120x40", WIDE, ("j", "enter")),
    ("main-80x24", SMALL, ("j",)),
    ("zen-120x40", WIDE, ("j",) * 8 + ("enter", "z")),
    ("help-120x40", WIDE, ("question_mark",)),
    ("help-80x24", SMALL, ("question_mark",)),
)


async def take(library: Library, name: str, size: tuple[int, int], keys: Sequence[str]) -> None:
    """Press keys in a fresh screen and keep what it shows."""
    from textual import events

    app = NewsreaderApp(library, Config(), clock=lambda: NOW)
    async with app.run_test(size=size):
        await calm(app)
        for key in keys:
            character = CHARACTERS.get(key, key if len(key) == 1 else None)
            app.post_message(events.Key(key, character))
            await calm(app)
        svg = app.export_screenshot(title="newsreader")
    picture = FOLDER / f"{name}.svg"
    picture.write_text(self_contained(svg), encoding="utf-8")
    if shutil.which("rsvg-convert"):
        subprocess.run(
            ["rsvg-convert", "-o", picture.with_suffix(".png"), picture],
            check=True,
        )


CELL = 12.2
"""Units of a terminal cell in the picture."""
TEXT = re.compile(
    r'<text (class="[^"]*-r\d+") x="([\d.]+)" (y="[\d.]+") textLength="[\d.]+" (clip[^>]*)>'
    r"(.*?)</text>"
)
RUNS = re.compile(r"[!-~\u2500-\u257f]+(?: [!-~\u2500-\u257f]+)*|[^\s!-~]")


def self_contained(svg: str) -> str:
    """The picture without fonts from elsewhere: the viewer's own monospace font draws it.

    Each run of characters is placed at its own cell, as another font's wide characters are
    not twice as wide there.
    """
    svg = svg.replace("<svg ", '<svg xml:space="preserve" ', 1)
    svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)
    svg = re.sub(r"font-family: ?[^;\"]*", "font-family: DejaVu Sans Mono, monospace", svg)
    return TEXT.sub(placed, svg)


def placed(found: re.Match[str]) -> str:
    """One text element as runs, each where its first cell is."""
    style, left, top, clip, content = found.groups()
    text = html.unescape(content).replace("\xa0", " ")
    pieces = re.findall(r"[\u0590-\u08ff][\u0590-\u08ff ]*[\u0590-\u08ff]|" + RUNS.pattern, text)
    parts, start = [], 0
    for piece in pieces:
        place = text.index(piece, start)
        start = place + len(piece)
        x = float(left) + width(text[:place]) * CELL
        parts.append(f'<text {style} x="{x:.1f}" {top} {clip}>{html.escape(piece)}</text>')
    return "".join(parts)


async def prepared(folder: Path) -> Library:
    """A library of the welcome folder, everything unread."""
    library = Library.open(folder / "library.db", clock=lambda: NOW)
    library.add_folder(Path(reader.__file__).parent / "welcome")
    async for _ in library.update():
        pass
    return library


async def main() -> None:
    """Take every picture, each on a library of its own."""
    os.environ |= {"TZ": "UTC", "TERM": "xterm-256color", "COLORTERM": "truecolor"}
    for name in ("NO_COLOR", "SSH_CONNECTION", "SSH_TTY"):
        os.environ.pop(name, None)
    time.tzset()
    FOLDER.mkdir(exist_ok=True)
    for name, size, keys in SHOTS:
        with tempfile.TemporaryDirectory() as temporary:
            library = await prepared(Path(temporary))
            await take(library, name, size, keys)
            library.close()
            print(name)


if __name__ == "__main__":
    asyncio.run(main())
