"""Gathers the text of one block after the other: styles, links, pictures, white space.

What it hands on is clean HTML that html2text turns into Markdown. What html2text loses or
misreads travels through it as noncharacters, which no input can forge because they are
taken out of every text first: stand-ins for the signs Markdown gives a meaning, and
switches for styles.
"""

import re
from typing import Final, Literal

from msgspec import Struct, field

from reader.text.blocks import Align, Container, Image, Link, Role
from reader.text.markup import decoded
from reader.text.terminal import SafeText, clean_line
from reader.text.urls import absolute, openable

ON: Final = "\ufde0"
OFF: Final = "\ufde1"
STAND_INS: Final = {
    "\\": "\ufdd0",
    "`": "\ufdd1",
    "[": "\ufdd2",
    "]": "\ufdd3",
    "!": "\ufdd4",
    "&": "\ufdd5",
    "<": "\ufdd6",
    ">": "\ufdd7",
    '"': "\ufdd8",
    "\u00a0": "\ufdd9",
    "\u3000": "\ufdda",
}
"""Signs that Markdown or HTML gives a meaning, and spaces that html2text would collapse."""
STYLES: Final = {
    "strong": "s",
    "emphasis": "e",
    "strike": "x",
    "mark": "m",
    "insert": "i",
    "sup": "u",
    "sub": "d",
    "dim": "g",
    "marker": "r",
}

PIECE: Final = 16_384
"""Characters after which a paragraph or listing is handed on in parts."""

_SPECIAL = re.compile(
    '[\\\\`\\[\\]!&<>"\u00a0\u3000\x0b\x1c-\x1f\x85\u1680\u2000-\u200a\u2028\u2029'
    "\u202f\u205f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]"
)
_TABLE: Final[dict[int, str | None]] = (
    dict.fromkeys([0x0B, *range(0x1C, 0x20)])
    | dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
    | dict.fromkeys([*range(0xFDD0, 0xFDF0), 0xFFFE, 0xFFFF])
    | dict.fromkeys([0x85, 0x1680, *range(0x2000, 0x200B), 0x2028, 0x2029, 0x205F], " ")
    | dict.fromkeys([0x2007, 0x202F], STAND_INS["\u00a0"])
    | {ord(sign): stand_in for sign, stand_in in STAND_INS.items()}
)
_NBSP: Final = STAND_INS["\u00a0"]
_BLANK: Final = " \n\t\r\f" + _NBSP + STAND_INS["\u3000"]
_NO_BREAKS = re.compile(f"(?<=[^ ]) *{_NBSP}[ {_NBSP}]+")
_INDENT = re.compile(f" *(?:{_NBSP} ?){{1,24}}")
_SPACES = re.compile(r"[\t\n\f\r ]+")


def protected(text: str) -> str:
    """The text with nothing in it that HTML, html2text or Markdown would act on."""
    return text.translate(_TABLE) if _SPECIAL.search(text) else text


class CellHtml(Struct):
    """A cell of a table on its way."""

    html: str
    columns: int = 1
    header: bool = False
    align: Align = "left"


class Leaf(Struct):
    """A block on its way: its clean inline HTML and what is known about it."""

    kind: Literal["text", "heading", "code", "rule", "table"]
    html: str = ""
    inside: tuple[Container, ...] = ()
    gap: bool = True
    rtl: bool | None = None
    role: Role = ""
    level: int = 0
    language: str = ""
    rows: list[list[CellHtml]] = field(default_factory=list)
    number: int = 0
    head: int = 0


class Register:
    """The links and pictures of a document, each once, in the order they are met."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.links: list[Link] = []
        self.images: list[Image] = []
        self._known: dict[str, int] = {}

    def link(self, address: str) -> int:
        """The number of the link to ``address``; -1 where it leads nowhere outside."""
        address = address.strip()
        if not address or address.startswith("#"):
            return -1
        usable = absolute(address, self.base)
        url = usable or clean_line(address, 2000)
        number = self._known.setdefault(url, len(self.links))
        if number == len(self.links):
            can_open = bool(usable) and openable(usable)
            self.links.append(Link(number, url, SafeText(""), can_open))
        return number

    def name(self, number: int, text: str) -> None:
        """Tell the text of a link where it has none yet."""
        link = self.links[number]
        if not link.text and text.strip():
            self.links[number] = Link(number, link.url, clean_line(text, 300), link.openable)

    def image(self, address: str, text: str) -> int:
        """The number of a picture."""
        number = len(self.images)
        url = absolute(address, self.base)
        written = clean_line(address, 2000)
        self.images.append(Image(number, url, clean_line(text, 500), written))
        return number


class Flow:
    """The block that is being gathered. Finished ones go to ``sink``."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self.sink: list[Leaf] = []
        self.inside: tuple[Container, ...] = ()
        self.kind: Literal["text", "heading", "code"] = "text"
        self.level = 0
        self.role: Role = ""
        self.language = ""
        self.direction: bool | None = None
        self.margin = True
        self.keep_lines = False
        self.link = -1
        self.code = 0
        self.styles: dict[str, int] = {}
        self.texts = 0
        self.shown = 0
        self._parts: list[str] = []
        self._size = 0
        self._filled = False
        self._at_space = True
        self._breaks = 0

    @property
    def preformatted(self) -> bool:
        """Whether white space is kept."""
        return self.kind == "code"

    def text(self, written: str) -> None:
        """Text as it stands in the source, character references included."""
        text = protected(decoded(written))
        if self.preformatted:
            self._add_pieces(text.replace("\r\n", "\n").replace("\r", "\n"))
        elif self.keep_lines and "\n" in text:
            for place, line in enumerate(text.split("\n")):
                if place:
                    self.line_break()
                self._add_collapsed(line)
        else:
            self._add_collapsed(text)

    def line_break(self) -> None:
        """A break inside the block; two in a row part paragraphs."""
        if self.preformatted:
            self._add("\n")
        elif self._filled:
            self._breaks += 1
        self._at_space = True

    def style(self, name: str, change: int) -> None:
        """Switch a style on (``change`` > 0) or off; it may be switched on more than once."""
        before = self.styles.get(name, 0)
        after = max(0, before + change)
        self.styles[name] = after
        if self._parts and bool(before) != bool(after):
            self._parts.append((ON if after else OFF) + STYLES[name])

    def code_span(self, change: int) -> None:
        """Begin or end a stretch of code inside the text."""
        before, self.code = self.code, max(0, self.code + change)
        if self._parts and not self.preformatted and bool(before) != bool(self.code):
            self._parts.append("<code>" if self.code else "</code>")

    def open_link(self, number: int) -> None:
        """Text from here on leads to link ``number``."""
        self.close_link()
        self.link = number
        if self._parts and number >= 0:
            self._parts.append(f'<a href="{number}">')
            self._size += 20

    def close_link(self) -> None:
        """The end of a link."""
        if self._parts and self.link >= 0:
            self._parts.append("</a>")
        self.link = -1

    def image(self, number: int, text: str) -> None:
        """A picture shown as its text."""
        if self._size > PIECE:
            self._finish()
        self._add(f'<img src="{number}" alt="{_SPACES.sub(" ", protected(text)).strip()}">')
        self._at_space = False

    def note(self, text: str) -> None:
        """Text of ours, or text that is taken as it is."""
        self._add_collapsed(protected(text))

    def end_block(self, *, margin: bool = False) -> bool:
        """Hand on what was gathered; ``margin`` wants an empty line before what follows.

        Tells whether there was anything.
        """
        self._breaks = 0
        filled = self._filled
        if filled:
            self._finish()
            self.reset()
        elif self._parts:
            self._parts.clear()
            self._size = 0
        self._at_space = True
        self.margin = self.margin or margin
        return filled

    def reset(self) -> None:
        """What comes is a plain paragraph."""
        self.kind, self.level, self.role, self.language = "text", 0, "", ""

    def rule(self) -> None:
        """A thematic break."""
        self.end_block(margin=True)
        self.sink.append(Leaf("rule", inside=self.inside))

    def _add_collapsed(self, text: str) -> None:
        text = _SPACES.sub(" ", text)
        if _NBSP in text:
            # A row of them is a gap that was made wide, not words that belong together; where
            # a line begins it is an indent.
            lead = _INDENT.match(text) if self._breaks or not self._parts else None
            indent = lead.group() if lead else ""
            text = _NO_BREAKS.sub(" ", f".{text[len(indent) :]}")[1:]
            text = indent.replace(" ", "") + text.lstrip(" ") if indent else text
        if self._at_space and text[:1] == " ":
            text = text[1:]
        if text:
            self._at_space = text[-1] == " "
            self._add_pieces(text)

    def _add_pieces(self, text: str) -> None:
        """Add text that may be long: what is over a piece goes on in the next leaf."""
        while self._size + len(text) > PIECE:
            room = max(PIECE - self._size, 0)
            cut = text.rfind("\n" if self.preformatted else " ", 0, room) + 1
            if not cut and self._size < PIECE // 2:
                cut = room
            self._add(text[:cut])
            text = text[cut:]
            self._finish()
            self.margin = False
        self._add(text)

    def _add(self, text: str) -> None:
        if not text:
            return
        if self._breaks:
            self._break()
        if not self._parts:
            self._open()
        self._parts.append(text)
        self._size += len(text)
        if not self._filled and text.strip(_BLANK):
            self._filled = True
        self.texts += 1
        self.shown += len(text)

    def _break(self) -> None:
        """Write the line breaks that were waiting for text to follow them."""
        breaks, self._breaks = self._breaks, 0
        if breaks == 1 or self.kind != "text":
            self._parts.append("<br>")
            self._size += 4
            return
        self._finish()
        self.margin = True

    def _open(self) -> None:
        self._parts.append("")
        if self.link >= 0:
            self._parts.append(f'<a href="{self.link}">')
        self._parts.extend(ON + STYLES[name] for name, depth in self.styles.items() if depth)
        if self.code and not self.preformatted:
            self._parts.append("<code>")

    def _finish(self) -> None:
        """Hand on the leaf; the kind of block stays, so a long one can go on."""
        if self.code and not self.preformatted:
            self._parts.append("</code>")
        if self.link >= 0:
            self._parts.append("</a>")
        if self._filled:
            leaf = Leaf(self.kind, "".join(self._parts), self.inside, self.margin, self.direction)
            leaf.role, leaf.level, leaf.language = self.role, self.level, self.language
            self.sink.append(leaf)
            self.margin = False
        self._parts.clear()
        self._size = 0
        self._filled = False
