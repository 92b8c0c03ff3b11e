"""Writes blocks as clean HTML that any browser or e-book reader shows."""

import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import groupby
from operator import attrgetter
from typing import Final

from reader.text.blocks import Block, Code, Container, Heading, Image, Link, Rule, Span, Table

_ELEMENT: Final = {
    "strong": "strong",
    "emphasis": "em",
    "strike": "del",
    "insert": "ins",
    "mark": "mark",
    "code": "code",
    "dim": "small",
}
_NOTE = re.compile(r"\[(\d{1,6})\]")
_CHECKBOX: Final = {
    "☑": '<input type="checkbox" checked="checked" disabled="disabled"/> ',
    "☐": '<input type="checkbox" disabled="disabled"/> ',
}
_ROLE: Final = {"caption": "em", "aside": "small"}


def to_html(
    blocks: Iterable[Block], links: Sequence[Link], images: Sequence[Image] = ()
) -> Iterator[str]:
    """The HTML (well-formed as XML too) of ``blocks``, piece by piece.

    Links outside the allow-list are written as their words, pictures as links to them: what
    is saved fetches nothing by itself.
    """
    nesting = _Nesting()
    for block in blocks:
        yield from nesting.enter(block.inside)
        yield _Spans(links, images).block(block)
        yield "\n"
    yield from nesting.enter(())


class _Nesting:
    """The elements that are open around the next block."""

    def __init__(self) -> None:
        self._open: list[tuple[Container, str]] = []
        self._lists: list[str] = []

    def enter(self, inside: tuple[Container, ...]) -> Iterator[str]:
        """Close what a block does not stand in, and open what it does."""
        shared = 0
        for (container, _), wanted in zip(self._open, inside, strict=False):
            if container.number != wanted.number:
                break
            shared += 1
        following = _list_of(inside[shared]) if shared < len(inside) else ""
        while len(self._open) > shared:
            container, tags = self._open.pop()
            yield tags
            last = len(self._open) == shared
            if container.kind == "item" and not (last and following == self._lists[-1]):
                yield f"</{self._lists.pop()}>\n"
        for place, container in enumerate(inside[shared:]):
            kind = _list_of(container)
            reopened = place == 0 and self._has_list_at(shared)
            if kind and not reopened:
                self._lists.append(kind)
                yield f"<{kind}>"
            begin, end = _tags(container)
            yield begin
            self._open.append((container, end))

    def _has_list_at(self, depth: int) -> bool:
        """Whether a list is open in which the next item at ``depth`` belongs."""
        items = sum(container.kind == "item" for container, _ in self._open[:depth])
        return len(self._lists) > items


def _list_of(container: Container) -> str:
    if container.kind != "item":
        return ""
    return "ol" if container.marker[:1].isdigit() or _NOTE.fullmatch(container.marker) else "ul"


def _tags(container: Container) -> tuple[str, str]:
    """What begins and ends a container."""
    if container.kind == "quote":
        return "<blockquote>\n", "</blockquote>\n"
    if container.kind == "definition":
        return "<dl><dd>", "</dd></dl>\n"
    if container.kind == "details":
        return '<details open="open">\n', "</details>\n"
    note = _NOTE.fullmatch(container.marker)
    if note:
        return f'<li id="fn{note[1]}" value="{note[1]}">', "</li>\n"
    number = container.marker.rstrip(".")
    if number.isdigit():
        return f'<li value="{int(number)}">', "</li>\n"
    return f"<li>{_CHECKBOX.get(container.marker, '')}", "</li>\n"


class _Spans:
    """Writes one block."""

    def __init__(self, links: Sequence[Link], images: Sequence[Image]) -> None:
        self._links = links
        self._images = images

    def block(self, block: Block) -> str:
        if isinstance(block, Rule):
            return "<hr/>"
        if isinstance(block, Code):
            plain = tuple(Span(span.text, "", span.link) for span in block.spans)
            return f"<pre><code>{self._spans(plain, breaks=False)}</code></pre>"
        if isinstance(block, Table):
            return self._table(block)
        direction = ' dir="rtl"' if block.rtl else ""
        text = self._spans(block.spans)
        if isinstance(block, Heading):
            return f"<h{block.level}{direction}>{text}</h{block.level}>"
        if block.role == "summary":
            return f"<summary{direction}>{text}</summary>"
        if block.role == "term":
            return f"<dl><dt{direction}>{text}</dt></dl>"
        if block.role in _ROLE:
            text = f"<{_ROLE[block.role]}>{text}</{_ROLE[block.role]}>"
        element = "p" if block.gap else "div"
        return f"<{element}{direction}>{text}</{element}>"

    def _table(self, table: Table) -> str:
        rows = []
        for row in table.rows:
            cells = []
            for cell in row:
                name = "th" if cell.header else "td"
                span = f' colspan="{cell.columns}"' if cell.columns > 1 else ""
                align = f' style="text-align: {cell.align}"' if cell.align != "left" else ""
                cells.append(f"<{name}{span}{align}>{self._spans(cell.spans)}</{name}>")
            rows.append(f"<tr>{''.join(cells)}</tr>\n")
        return f"<table>\n{''.join(rows)}</table>"

    def _spans(self, spans: Sequence[Span], *, breaks: bool = True) -> str:
        out: list[str] = []
        for number, run in groupby(spans, attrgetter("link")):
            text = "".join(self._span(span, breaks=breaks) for span in run)
            if number >= 0 and self._links[number].openable:
                text = f'<a href="{escape(self._links[number].url)}">{text}</a>'
            out.append(text)
        return "".join(out)

    def _span(self, span: Span, *, breaks: bool) -> str:
        text = escape(span.text)
        if breaks:
            text = text.replace("\n", "<br/>\n")
        for name in span.style.split():
            element = _ELEMENT.get(name)
            if element:
                text = f"<{element}>{text}</{element}>"
        if span.link < 0 and 0 <= span.image < len(self._images) and self._images[span.image].url:
            text = f'<a href="{escape(self._images[span.image].url)}">{text}</a>'
        return text
