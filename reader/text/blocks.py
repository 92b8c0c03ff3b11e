"""The shapes an article's text takes between its source and the screen.

A body becomes a document of blocks (``reader.text.article``); blocks become lines of
spans at a width (``reader.text.layout``). Both heads draw the same lines.
"""

from dataclasses import dataclass
from typing import Literal

from reader.text.terminal import SafeText

BodyKind = Literal["html", "markdown", "text"]


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text in one style.

    ``style`` is a space-separated set of names out of: strong emphasis strike code mark
    insert sup sub dim link heading1 to heading6 quote rule marker caption table-head
    image problem, and ``tok-NAME`` for highlighted code (NAME is a Pygments short token
    type). ``link`` is the number of the link it belongs to in ``Document.links``, -1 for
    none.
    """

    text: SafeText
    style: str = ""
    link: int = -1


@dataclass(frozen=True, slots=True)
class Link:
    """A link of an article. ``openable`` tells whether its scheme is on the allow-list."""

    number: int
    url: str
    text: SafeText
    openable: bool


@dataclass(frozen=True, slots=True)
class Line:
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
