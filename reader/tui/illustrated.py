"""An article with its pictures among its lines: which room each has, and how a row is drawn.

Two ways reach every place of the screen and stay there when it scrolls, is covered or is
painted in parts: half blocks, which are text in two colours, and the placeholders of Kitty's
protocol, which are text that the terminal draws a picture over (it has to be sent once).
Sixel and iTerm2's protocol paint over cells that the screen knows nothing of; pictures in
these have a screen of their own (``reader.tui.screens.picture``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from reader.library.pictures import address_of
from reader.text.blocks import Illustration, Image, runs_of
from reader.text.graphics import Encoded, placeholder
from reader.text.pixels import Pixels
from reader.text.terminal import SafeText

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reader.model.media import Picture
    from reader.text.article import Document
    from reader.text.blocks import Block, Item, Link, Span
    from reader.tui.themes import Look

LEAD = -2
"""The number of the picture that stands for the whole article, above its text."""
SHADES = " ░▒▓█"
NOT_SHOWN = "Not shown: "


class Illustrated:
    """A document with ``pictures`` by their addresses.

    ``numbers`` are what the terminal knows encoded ones by. ``bare``: there are no colours,
    so pictures are shades. ``lead`` is a picture that stands above the text.
    """

    def __init__(
        self,
        document: Document,
        pictures: Mapping[str, Picture],
        *,
        numbers: Mapping[str, int],
        bare: bool,
        lead: Image | None = None,
    ) -> None:
        self.document = document
        self.lead = lead
        self._pictures = pictures
        self._numbers = numbers
        self._bare = bare

    @property
    def links(self) -> list[Link]:
        """The document's."""
        return self.document.links

    def blocks(self) -> Iterator[Item]:
        """The document's, and room for pictures where they stand."""
        if self.lead is not None:
            yield from self._room(self.lead, LEAD, None)
        for block in self.document.blocks():
            yield block
            for place, number in enumerate(_images_in(block)):
                yield from self._room(self.document.images[number], number, block, gap=place > 0)

    def _room(
        self, image: Image, number: int, block: Block | None, *, gap: bool = False
    ) -> Iterator[Illustration]:
        picture = self._pictures.get(address_of(image))
        inside = block.inside if block is not None else ()
        if picture is None:
            return
        if picture.problem:
            said = SafeText(f"{NOT_SHOWN}{picture.problem}")
            yield Illustration(image=number, problem=said, inside=inside)
        elif picture.drawn is not None:
            columns, rows = cells_of(picture.drawn)
            yield Illustration(image=number, columns=columns, rows=rows, inside=inside, gap=gap)

    def row(self, span: Span, ground: Style) -> list[Segment]:
        """What is drawn in the place of a span whose style is ``picture N``."""
        image = self.lead if span.image == LEAD else self.document.images[span.image]
        picture = self._pictures.get(address_of(image)) if image is not None else None
        number = int(span.style.rpartition(" ")[2])
        columns = len(span.text)
        if picture is None or picture.drawn is None or number >= cells_of(picture.drawn)[1]:
            return [Segment(span.text, ground)]
        if isinstance(picture.drawn, Encoded):
            known_by = self._numbers.get(picture.address, 0)
            text = "".join(placeholder(number, column) for column in range(columns))
            return [Segment(text, ground + Style(color=colour_of(known_by)))]
        return row_of(picture.drawn, number, columns, bare=self._bare, ground=ground)


def background_of(look: Look) -> tuple[int, int, int]:
    """The colour that pictures stand on."""
    colour = look.ground.bgcolor
    if colour is None:
        return (0, 0, 0)
    red, green, blue = colour.get_truecolor()
    return red, green, blue


def _images_in(block: Block) -> list[int]:
    """The numbers of the pictures of a block, each once."""
    return list(dict.fromkeys(s.image for spans in runs_of(block) for s in spans if s.image >= 0))


def cells_of(drawn: Pixels | Encoded) -> tuple[int, int]:
    """How many columns and lines a picture takes."""
    if isinstance(drawn, Encoded):
        return drawn.columns, drawn.rows
    return len(drawn.rows[0]), len(drawn.rows)


def row_of(pixels: Pixels, row: int, columns: int, *, bare: bool, ground: Style) -> list[Segment]:
    """A row of a picture drawn with characters; ``bare`` without colours."""
    if bare:
        return [Segment(shades(pixels, row)[:columns], ground)]
    return blocks_of(pixels, row, columns)


def blocks_of(pixels: Pixels, row: int, columns: int) -> list[Segment]:
    """A row of half blocks; neighbours of the same colours are one segment."""
    segments: list[Segment] = []
    run, last = 0, None
    for cell in (*pixels.rows[row][:columns], None):
        if cell == last:
            run += 1
            continue
        if last is not None:
            upper, lower = last
            style = Style(color=Color.from_rgb(*upper), bgcolor=Color.from_rgb(*lower))
            segments.append(Segment((" " if upper == lower else "▀") * run, style))
        run, last = 1, cell
    return segments


def shades(pixels: Pixels, row: int) -> str:
    """A row for a terminal without colours: brighter is fuller."""
    out = ""
    for (r1, g1, b1), (r2, g2, b2) in pixels.rows[row]:
        light = 299 * (r1 + r2) + 587 * (g1 + g2) + 114 * (b1 + b2)
        out += SHADES[min(len(SHADES) - 1, light * len(SHADES) // 510_000)]
    return out


def colour_of(number: int) -> Color:
    """The colour that names a picture to the terminal: a number under 256 is of its palette."""
    if number < 256:
        # Textual turns colours of a palette into others, but not what looks like one of them.
        red, green, blue = Color.from_ansi(number).get_truecolor()
        return Color.from_rgb(red, green, blue)
    return Color.from_rgb(number >> 16, number >> 8 & 255, number & 255)


def with_row(left: Strip, row: list[Segment], width: int, ground: Style) -> Strip:
    """A line of the pane: what stands before the picture, its row, and the rest."""
    drawn = Strip([*left, *row])
    rest = width - drawn.cell_length
    return drawn.crop(0, width) if rest <= 0 else Strip([*drawn, Segment(" " * rest, ground)])
