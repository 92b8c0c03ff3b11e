"""Owns what is known of a page while it is read: its text, containers and tables.

The elements of HTML (``elements``) act on a page; ``html`` feeds it.
"""

import re
from collections.abc import Callable
from typing import Final, NamedTuple

from reader.text.containers import Containers
from reader.text.flow import Flow, Leaf, Register
from reader.text.markup import Tag, attributes
from reader.text.mathml import Formula
from reader.text.tables import TableBuilder
from reader.text.terminal import clean_line

MAX_TABLES: Final = 8
NOTE = re.compile(r"(?:user-content-)?(?:fn|footnote|cite_note)\b|fn[-:_]?\d", re.IGNORECASE)
"""How names of footnotes begin."""
_LANGUAGE = re.compile(
    r"(?:^|[\s_:-])(?:language|lang|brush|highlight(?:-source|-text)?)[-:]\s?([\w+#.-]+)"
)
_INTEGER = re.compile(r"-?\d{1,9}")


def found_in(tag: Tag) -> dict[str, str]:
    """The attributes of a tag."""
    return attributes(tag.attributes) if tag.attributes else {}


def integer(written: str) -> int | None:
    """An attribute's whole number; None where it is none."""
    written = written.strip()
    return int(written) if _INTEGER.fullmatch(written) else None


def language_of(found: dict[str, str]) -> str:
    """The language of a listing, from its class or attributes; "" where nobody told."""
    told = found.get("data-lang") or found.get("data-language") or ""
    match = None if told else _LANGUAGE.search(found.get("class", ""))
    return clean_line(match[1] if match else told, 30)


class State(NamedTuple):
    """What an element changed for all in it, and what was before."""

    name: str
    depth: int
    direction: bool | None
    keep_lines: bool


class Page:
    """One document on its way from tags to leaves, which gather in ``leaves``."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self.flow = Flow(register)
        self.containers = Containers()
        self.tables: list[TableBuilder] = []
        self.leaves: list[Leaf] = self.flow.sink
        self.internal = self.to_note = False
        self.math: Formula | None = None
        self.abbreviation = ""
        self.defined = -1
        self.last_picture: str | None = None
        self.explained: set[str] = set()
        self._deep_tables = 0
        self._table_number = 0

    def end_block(self, *, margin: bool = False) -> None:
        """The block that was gathered is complete.

        What a definition begins with stands right below its term, whatever it is.
        """
        self.flow.end_block(margin=margin and self.flow.texts != self.defined)
        if self.tables and not self._deep_tables:
            self.tables[-1].spill(self.flow)

    def enter(self) -> None:
        """The containers changed: blocks from here on stand in the present ones."""
        self.flow.inside = self.containers.inside

    @property
    def roomy(self) -> bool:
        """Whether plain divisions part paragraphs here: not inside items and cells."""
        return self.containers.innermost in ("", "blockquote", "details") and not (
            self.tables and self.tables[-1].in_cell
        )

    # Tables

    @property
    def table(self) -> TableBuilder | None:
        """The innermost table; None outside of tables and in one that is too deep."""
        return self.tables[-1] if self.tables and not self._deep_tables else None

    def open_table(self, *, layout: bool, continues: bool = False) -> None:
        """A table begins, or goes on that ended before (its head is written once more)."""
        if len(self.tables) >= MAX_TABLES:
            self._deep_tables += 1
            return
        self.tables.append(
            TableBuilder(
                self.flow,
                number=self._table_number if continues else self.containers.next_number(),
                floor=len(self.containers),
                layout=layout,
                continues=continues,
            )
        )
        self._table_number = self.tables[-1].number

    def leave_cell(self) -> None:
        """The open cell of the innermost table is complete, with all that is open in it."""
        self.end_block()
        table = self.table
        if table is not None:
            self.containers.cut(table.floor)
            self.enter()
            table.end_cell(self.flow)

    def close_table(self) -> None:
        """The innermost table is complete."""
        if self._deep_tables:
            self._deep_tables -= 1
            return
        if self.tables:
            self.leave_cell()
            self.tables.pop().close(self.flow)
            self.containers.floor = self.tables[-1].floor if self.tables else 0


Handler = Callable[[Page, Tag], None]
"""What an element does to a page."""
