"""The shapes an article's text takes between its source and the screen.

A body becomes a document of blocks (``reader.text.article``); blocks become lines of
spans at a width (``reader.text.layout``). Both heads draw the same lines.

Blocks come as a flat stream, so that the first ones are there before the rest is read:
what a block stands in (a quote, an item of a list) travels with it as its ``inside``.
"""

from typing import Final, Literal

from msgspec import Struct

from reader.text.terminal import SafeText

BodyKind = Literal["html", "markdown", "text"]
ContainerKind = Literal["quote", "item", "definition", "details"]
Role = Literal["", "term", "caption", "summary", "aside"]
Align = Literal["left", "right", "center"]
PICTURE: Final = "picture "
"""What the style of a picture's row begins with."""


class Span(Struct, frozen=True):
    """A run of text in one style.

    ``style`` is a space-separated set of names out of: strong emphasis strike code mark
    insert sup sub dim link heading1 to heading6 quote rule marker caption table-head
    image problem, and ``tok-NAME`` for highlighted code (NAME is a Pygments short token
    type); or it is ``picture N``, row N of a picture, whose text is blank. ``link`` is the
    number of the link it belongs to in ``Document.links``, -1 for none; ``image`` likewise
    in ``Document.images``.
    """

    text: SafeText
    style: str = ""
    link: int = -1
    image: int = -1


class Link(Struct, frozen=True):
    """A link of an article. ``openable`` tells whether its scheme is on the allow-list."""

    number: int
    url: str
    text: SafeText
    openable: bool


class Image(Struct, frozen=True):
    """A picture of an article: ``url`` may be fetched only when the person asks.

    ``written`` is its address as it stands in the article, which may name a file beside it.
    """

    number: int
    url: str
    text: SafeText
    written: str = ""


class Container(Struct, frozen=True):
    """What blocks stand in. ``number`` tells two of a kind apart inside one document.

    ``marker`` is drawn before the first line of an item ("•", "3.", "☑").
    """

    kind: ContainerKind
    number: int
    marker: SafeText


class Paragraph(Struct, frozen=True, kw_only=True):
    """Text that wraps; a newline in a span is a line break that was asked for.

    ``gap`` wants an empty line before it (so in every block).
    """

    spans: tuple[Span, ...]
    inside: tuple[Container, ...] = ()
    gap: bool = True
    role: Role = ""
    rtl: bool = False


class Heading(Struct, frozen=True, kw_only=True):
    """A heading of ``level`` 1 to 6."""

    spans: tuple[Span, ...]
    level: int
    inside: tuple[Container, ...] = ()
    gap: bool = True
    rtl: bool = False


class Code(Struct, frozen=True, kw_only=True):
    """Text whose lines stay as they are. ``language`` is "" where nobody told."""

    spans: tuple[Span, ...]
    language: str = ""
    inside: tuple[Container, ...] = ()
    gap: bool = True


class Rule(Struct, frozen=True, kw_only=True):
    """A thematic break."""

    inside: tuple[Container, ...] = ()
    gap: bool = True


class Cell(Struct, frozen=True, kw_only=True):
    """A cell of a table; newlines in its spans are line breaks."""

    spans: tuple[Span, ...]
    columns: int = 1
    header: bool = False
    align: Align = "left"


class Table(Struct, frozen=True, kw_only=True):
    """Rows of a table. A long one comes in parts with the same ``number``, in order."""

    rows: tuple[tuple[Cell, ...], ...]
    number: int
    head: int = 0
    inside: tuple[Container, ...] = ()
    gap: bool = True


Block = Paragraph | Heading | Code | Rule | Table


def runs_of(block: Block) -> list[tuple[Span, ...]]:
    """The text of a block: its spans, or those of each of its cells."""
    if isinstance(block, Rule):
        return []
    if isinstance(block, Table):
        return [cell.spans for row in block.rows for cell in row]
    return [block.spans]


class Illustration(Struct, frozen=True, kw_only=True):
    """Room for a picture, after the block it stands in: ``columns`` cells by ``rows`` lines.

    ``image`` is its number in ``Document.images``. With a ``problem`` that is said instead.
    It does not count as a block, so places in an article stay what they are without it.
    """

    image: int
    columns: int = 0
    rows: int = 0
    problem: SafeText = SafeText("")
    inside: tuple[Container, ...] = ()
    gap: bool = False


Item = Block | Illustration
"""What is laid out."""


class Line(Struct, frozen=True):
    """One screen line: spans from left to right, at most as wide as was asked for.

    ``block`` is the place of its top-level block in the document; ``heading`` is the level
    where the line starts a heading, else 0. Lines of wide tables and code may be wider
    than asked (``wide``): the view scrolls them sideways.
    """

    spans: tuple[Span, ...]
    block: int = 0
    heading: int = 0
    wide: bool = False

    @property
    def text(self) -> SafeText:
        """The line without styles."""
        return SafeText("".join(span.text for span in self.spans))
