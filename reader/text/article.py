"""Turns an article's body, HTML, Markdown or plain text, into a document of safe blocks.

The work is done in steps of a few milliseconds as blocks are asked for, so the first
screen of a long article does not wait for its end. Every body takes one road: cleaned HTML
(``html``), Markdown by html2text (``markdown``), blocks. Markdown bodies are made HTML
first; plain text has its own reading (``plain``).
"""

import threading
from collections.abc import Iterator
from itertools import groupby
from operator import attrgetter
from typing import Final

from reader.text.blocks import (
    Block,
    BodyKind,
    Cell,
    Code,
    Heading,
    Image,
    Link,
    Paragraph,
    Rule,
    Span,
    Table,
    runs_of,
)
from reader.text.direction import is_rtl
from reader.text.flow import Leaf, Register
from reader.text.html import Cleaner
from reader.text.linkify import linked
from reader.text.markdown import to_markdown, to_spans
from reader.text.terminal import SafeText, clean_line

MAX_BODY: Final = 16_000_000
"""Characters of a body that are read; what follows is left out and said so."""
_FIRST_STEP: Final = 4_000
_STEP: Final = 12_000
_STEP_LEAVES: Final = 200
_MAX_IDLE: Final = 6
"""Portions of Markdown (each of some thousand characters) with next to nothing to see after
which the rest is not read."""
_LEAST_SHOWN: Final = 12


class Document:
    """An article as blocks. ``links`` and ``images`` grow while blocks are read."""

    def __init__(self, body: str, kind: BodyKind, base: str, title: str) -> None:
        self._register = Register(base)
        self._lock = threading.Lock()
        self._blocks: list[Block] = []
        self._steps = _steps(body, kind, self._register, title)
        self._complete = False

    @property
    def links(self) -> list[Link]:
        """The links met so far, each once; ``Span.link`` is the place in this list."""
        return self._register.links

    @property
    def images(self) -> list[Image]:
        """The pictures met so far; ``Span.image`` is the place in this list."""
        return self._register.images

    def blocks(self) -> Iterator[Block]:
        """All blocks in order, converted as they are asked for and kept.

        May be called again, and from another thread: what was converted is not redone.
        """
        place = 0
        while True:
            while place < len(self._blocks):
                yield self._blocks[place]
                place += 1
            with self._lock:
                if place == len(self._blocks) and not self._complete:
                    self._advance()
                if self._complete and place == len(self._blocks):
                    return

    def _advance(self) -> None:
        try:
            self._blocks.extend(next(self._steps))
        except StopIteration:
            self._complete = True


def document(body: str, kind: BodyKind, *, base: str = "", title: str = "") -> Document:
    """The document of ``body``; relative links are resolved against ``base``.

    A first heading that only repeats ``title`` is left out. Never raises for any text.
    """
    return Document(body, kind, base, title)


def _steps(body: str, kind: BodyKind, register: Register, title: str) -> Iterator[list[Block]]:
    """Blocks in portions that take a few milliseconds each."""
    cut = len(body) > MAX_BODY
    body = body[:MAX_BODY]
    if kind == "text":
        from reader.text.plain_article import plain_blocks

        steps = plain_blocks(body, register)
    else:
        steps = _html_steps(_sources(body, kind), register)
    wanted = clean_line(title).casefold()
    first = True
    for blocks in steps:
        if first and blocks:
            first = False
            yield _without_title(blocks, wanted) if wanted else blocks
        else:
            yield blocks
    if cut:
        yield [_note("This article is too long to be shown whole: the rest is left out.")]


def _note(sentence: str) -> Paragraph:
    return Paragraph(spans=(Span(SafeText(sentence), "problem"),))


def _without_title(blocks: list[Block], title: str) -> list[Block]:
    """The first blocks without a heading that repeats the title; a picture may precede it."""
    for place, block in enumerate(blocks[:4]):
        if isinstance(block, Heading):
            text = "".join(span.text for span in block.spans)
            if clean_line(text).casefold().rstrip(".!") == title.rstrip(".!"):
                return blocks[:place] + blocks[place + 1 :]
            break
        if not isinstance(block, Paragraph) or any(span.image < 0 for span in block.spans):
            break
    return blocks


def _sources(body: str, kind: BodyKind) -> Iterator[str]:
    if kind == "html":
        yield body
    else:
        from reader.text.markdown_source import to_html

        yield from to_html(body)


def _html_steps(sources: Iterator[str], register: Register) -> Iterator[list[Block]]:
    cleaner = Cleaner(register)
    leaves: list[Leaf] = []
    size, enough, idle = 0, _FIRST_STEP, 0
    for source in sources:
        if cleaner.given_up or idle >= _MAX_IDLE:
            break
        read = cleaner.read
        for leaf in cleaner.leaves(source):
            leaves.append(leaf)
            size += len(leaf.html) + sum(len(cell.html) + 40 for row in leaf.rows for cell in row)
            if size >= enough or len(leaves) >= _STEP_LEAVES:
                yield _to_blocks(leaves, register)
                leaves, size = [], 0
                enough = min(enough * 2, _STEP)
        idle = idle + 1 if cleaner.read - read < _LEAST_SHOWN else 0
    leaves.extend(cleaner.finish())
    while leaves:
        yield _to_blocks(leaves[:_STEP_LEAVES], register)
        del leaves[:_STEP_LEAVES]
    if cleaner.given_up or idle >= _MAX_IDLE:
        yield [_note("So much of this article shows nothing that the rest of it is left out.")]


_ELEMENT: Final = {"text": "p", "code": "pre"}


def _to_blocks(leaves: list[Leaf], register: Register) -> list[Block]:
    """Blocks of the leaves: all their HTML goes through html2text at once."""
    pieces: list[tuple[str, str]] = []
    for leaf in leaves:
        if leaf.kind == "table":
            pieces.extend(("p", cell.html) for row in leaf.rows for cell in row)
        elif leaf.kind != "rule":
            pieces.append((_ELEMENT.get(leaf.kind) or f"h{leaf.level}", leaf.html))
    markdown = iter(to_markdown(pieces))
    blocks = [
        block for leaf in leaves if (block := _to_block(leaf, markdown, register)) is not None
    ]
    for block in blocks:
        _name_links(block, register)
    return [block for place, block in enumerate(blocks) if not _echoes(blocks, place, register)]


def _echoes(blocks: list[Block], place: int, register: Register) -> bool:
    """Whether a block is a caption that only repeats the words of the picture above it."""
    block, before = blocks[place], blocks[place - 1] if place else None
    if not isinstance(block, Paragraph) or block.role != "caption":
        return False
    if not isinstance(before, Paragraph) or len(before.spans) != 1 or before.spans[0].image < 0:
        return False
    words = register.images[before.spans[0].image].text
    return words == "".join(span.text for span in block.spans)


_ROLE_STYLE: Final = {"caption": "caption", "term": "strong", "summary": "strong", "aside": "dim"}


def _to_block(leaf: Leaf, markdown: Iterator[str], register: Register) -> Block | None:
    if leaf.kind == "rule":
        return Rule(inside=leaf.inside, gap=leaf.gap)
    if leaf.kind == "table":
        return _to_table(leaf, markdown)
    written = next(markdown)
    if leaf.kind == "code":
        spans = to_spans(written.strip("\n"), "code", preformatted=True)
        if leaf.language:
            from reader.text.highlight import highlighted

            spans = highlighted(spans, leaf.language)
        return Code(spans=spans, language=leaf.language, inside=leaf.inside, gap=leaf.gap)
    if leaf.kind == "heading":
        spans = to_spans(written, f"heading{leaf.level}")
        if not spans:
            return None
        return Heading(
            spans=spans,
            level=leaf.level,
            inside=leaf.inside,
            gap=leaf.gap,
            rtl=is_rtl(spans, told=leaf.rtl),
        )
    spans = tuple(linked(to_spans(written, _ROLE_STYLE.get(leaf.role, "")), register))
    if not spans and not leaf.inside:
        return None
    return Paragraph(
        spans=spans,
        inside=leaf.inside,
        gap=leaf.gap,
        role=leaf.role,
        rtl=is_rtl(spans, told=leaf.rtl),
    )


def _to_table(leaf: Leaf, markdown: Iterator[str]) -> Table:
    rows = tuple(
        tuple(
            Cell(
                spans=to_spans(next(markdown), "table-head" if cell.header else ""),
                columns=cell.columns,
                header=cell.header,
                align=cell.align,
            )
            for cell in row
        )
        for row in leaf.rows
    )
    return Table(rows=rows, number=leaf.number, head=leaf.head, inside=leaf.inside, gap=leaf.gap)


def _name_links(block: Block, register: Register) -> None:
    """Tell the register the words of the links in a block."""
    for spans in runs_of(block):
        for number, run in groupby(spans, attrgetter("link")):
            if number >= 0:
                register.name(number, "".join(span.text for span in run))
