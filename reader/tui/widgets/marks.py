"""Marks on the lines of an article: stretches in another style, letters drawn over the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from reader.model.records import replace
from reader.text.blocks import Line, Span
from reader.text.terminal import SafeText
from reader.text.width import graphemes, width

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class Mark(Struct, frozen=True):
    """Characters ``start`` to ``end`` of a line's text in ``style``, a name that ``Look``
    knows; with ``label``, the label stands there instead.
    """

    start: int
    end: int
    style: str
    label: str = ""


def marked(line: Line, marks: Sequence[Mark]) -> Line:
    """The line with its marks, which come from left to right and do not overlap."""
    spans: list[Span] = []
    done = 0
    for mark in marks:
        start, end = max(mark.start, done), max(mark.end, done)
        spans += _between(line.spans, done, start)
        if mark.label:
            end = start + _covered(line.text[start:], width(mark.label))
            spare = width(line.text[start:end]) - width(mark.label)
            spans.append(Span(SafeText(mark.label + " " * max(0, spare)), mark.style))
        else:
            inside = _between(line.spans, start, end)
            spans += [replace(span, style=f"{span.style} {mark.style}".strip()) for span in inside]
        done = end
    spans += _between(line.spans, done, len(line.text))
    return replace(line, spans=tuple(spans))


def _between(spans: Iterable[Span], start: int, end: int) -> list[Span]:
    """The spans of characters ``start`` to ``end``, cut where they go over these."""
    found: list[Span] = []
    place = 0
    for span in spans:
        text = span.text[max(0, start - place) : max(0, end - place)]
        if text:
            found.append(replace(span, text=SafeText(text)))
        place += len(span.text)
    return found


def _covered(text: str, cells: int) -> int:
    """How many characters of ``text`` stand in its first ``cells`` cells, whole graphemes."""
    taken = used = 0
    for grapheme in graphemes(text):
        if used >= cells:
            break
        taken += len(grapheme)
        used += width(grapheme)
    return taken
