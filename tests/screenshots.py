"""Makes the pictures of ``screenshots/`` with the app itself, from the welcome folder.

Run with ``python -m tests.screenshots``, and with the names of pictures for these alone. SVG
always; PNG beside each where rsvg-convert (Debian: librsvg2-bin) is installed.
"""

import asyncio
import html
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import reader
from reader.config import Config
from reader.library import Library
from reader.model.scope import Scope
from reader.text.width import width
from reader.tui.app import NewsreaderApp
from tests.shown_feeds import followed
from tests.tui.conftest import CHARACTERS, calm

FOLDER = Path(__file__).parents[1] / "screenshots"
NOW = datetime(2026, 8, 20, 12, tzinfo=UTC)
WIDE, SMALL = (120, 40), (80, 24)


@dataclass(frozen=True)
class Shot:
    """A picture: its name and size, the keys that are pressed, the article it begins at.

    ``title`` is a part of the article's, "" for where a first start begins. ``followed``
    follows web feeds too.
    """

    name: str
    size: tuple[int, int]
    keys: Sequence[str]
    title: str = ""
    followed: bool = False


SITE = "http://harbour.example"
SHOTS = (
    Shot("main-120x40", WIDE, ("j", "enter")),
    Shot("main-80x24", SMALL, ("j",)),
    Shot("zen-120x40", WIDE, ("j",) * 8 + ("enter", "z")),
    Shot("help-120x40", WIDE, ("question_mark",)),
    Shot("help-80x24", SMALL, ("question_mark",)),
    Shot("article-120x40", WIDE, ("enter", "z"), "The old lock"),
    Shot("article-80x24", SMALL, ("enter", "z", "pagedown"), "The old lock"),
    Shot("picture-120x40", WIDE, ("enter", "z", "i", "space", *["j"] * 13), "article pane"),
    Shot("source-120x40", WIDE, ("enter", "backslash"), "The old lock"),
    Shot("dutch-120x40", WIDE, ("enter",), "De sluis"),
    Shot("arabic-120x40", WIDE, ("enter",), "بوابة"),
    Shot("japanese-120x40", WIDE, ("enter",), "運河"),
    Shot("arabic-80x24", SMALL, ("enter", "z"), "بوابة"),
    Shot("japanese-80x24", SMALL, ("enter", "z"), "運河"),
    Shot("add-120x40", WIDE, ("a", *SITE, "enter"), followed=True),
    Shot("add-80x24", SMALL, ("a", *SITE, "enter"), followed=True),
    Shot("health-120x40", WIDE, ("H",), followed=True),
    Shot("health-80x24", SMALL, ("H",), followed=True),
)


async def take(library: Library, shot: Shot) -> None:
    """Press keys in a fresh screen and keep what it shows."""
    from textual import events

    if shot.title:
        heads = library.headlines(library.list_ids(Scope()))
        number = next(head.id for head in heads if shot.title in head.title)
        library.remember({"article": str(number)})
    app = NewsreaderApp(library, Config(), clock=lambda: NOW)
    async with app.run_test(size=shot.size):
        await calm(app)
        for key in shot.keys:
            character = CHARACTERS.get(key, key if len(key) == 1 else None)
            app.post_message(events.Key(key, character))
            await calm(app)
        svg = app.export_screenshot(title="newsreader")
    picture = FOLDER / f"{shot.name}.svg"
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
FONT_SIZE = "20.264px"
"""The size at which a character of DejaVu Sans Mono is as wide as a cell."""
RIGHT = "\u0590-\u08ff"
"""Letters that are read from the right; signs and digits between them go with them."""
RIGHT_RUN = re.compile(
    f"[«“(]?[{RIGHT}](?:[{RIGHT}]|(?:[!-@«»“”…–—]| (?! ))+(?=[{RIGHT}]))*[.!?…»”):]*"
)
RUNS = re.compile(RIGHT_RUN.pattern + r"|[!-~\u2500-\u2580]+(?: [!-~\u2500-\u2580]+)*|[^\s!-~]")


def self_contained(svg: str) -> str:
    """The picture without fonts from elsewhere: the viewer's own monospace font draws it.

    Each run of characters is placed at its own cell, as another font's wide characters are
    not twice as wide there.
    """
    svg = svg.replace("<svg ", '<svg xml:space="preserve" ', 1)
    svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)
    svg = re.sub(r"font-family: ?[^;\"]*", "font-family: DejaVu Sans Mono, monospace", svg)
    svg = svg.replace("font-size: 20px", f"font-size: {FONT_SIZE}")
    return TEXT.sub(placed, svg)


def placed(found: re.Match[str]) -> str:
    """One text element as runs, each where its first cell is, or its last from the right."""
    style, left, top, clip, content = found.groups()
    text = html.unescape(content).replace("\xa0", " ")
    parts, start = [], 0
    for piece in RUNS.findall(text):
        place = text.index(piece, start)
        start = place + len(piece)
        right = RIGHT_RUN.fullmatch(piece) is not None
        x = float(left) + width(text[: start if right else place]) * CELL
        way = 'direction="rtl" ' if right else ""
        parts.append(f'<text {way}{style} x="{x:.1f}" {top} {clip}>{html.escape(piece)}</text>')
    return "".join(parts)


async def prepared(folder: Path, at: Sequence[datetime]) -> Library:
    """A library of the welcome folder, everything unread; its time stands in ``at``."""
    library = Library.open(folder / "library.db", clock=lambda: at[0])
    library.add_folder(Path(reader.__file__).parent / "welcome")
    library.add_folder(Path(__file__).parent / "data" / "shown")
    async for _ in library.update():
        pass
    return library


async def main(names: Sequence[str] = ()) -> None:
    """Take every picture, or those of ``names``, each on a library of its own."""
    os.environ |= {"TZ": "UTC", "TERM": "xterm-256color", "COLORTERM": "truecolor"}
    for name in ("NO_COLOR", "SSH_CONNECTION", "SSH_TTY"):
        os.environ.pop(name, None)
    time.tzset()
    FOLDER.mkdir(exist_ok=True)
    for shot in SHOTS:
        if names and shot.name not in names:
            continue
        with tempfile.TemporaryDirectory() as temporary:
            at = [NOW]
            library = await prepared(Path(temporary), at)
            feeds = followed(library, NOW, at) if shot.followed else nullcontext()
            async with feeds:
                await take(library, shot)
            library.close()
            print(shot.name)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1:]))
