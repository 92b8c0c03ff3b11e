"""Cuts spans into rows that fit a number of cells."""

from collections.abc import Iterator

from reader.text.blocks import Span
from reader.text.terminal import SafeText
from reader.text.wrap import breaks


def wrapped(spans: tuple[Span, ...], room: int) -> Iterator[tuple[Span, ...]]:
    """Spans as rows of at most ``room`` cells; newlines in them end a row."""
    text = "".join([span.text for span in spans])
    if "\t" in text:
        spans = tuple(
            Span(SafeText(s.text.replace("\t", " ")), s.style, s.link, s.image) for s in spans
        )
        text = text.replace("\t", " ")
    cutter = _Cutter(spans)
    offset = 0
    for line in text.split("\n"):
        for start, end in breaks(line, room):
            yield cutter.cut(offset + start, offset + end)
        offset += len(line) + 1


class _Cutter:
    """Cuts stretches out of spans, from left to right."""

    def __init__(self, spans: tuple[Span, ...]) -> None:
        self._spans = spans
        self._place = 0
        self._offset = 0

    def cut(self, start: int, end: int) -> tuple[Span, ...]:
        """The spans of ``start`` to ``end``, counted in the text of all spans."""
        row: list[Span] = []
        while self._place < len(self._spans):
            span = self._spans[self._place]
            here, after = self._offset, self._offset + len(span.text)
            if here >= end:
                break
            if after > start:
                text = span.text[max(start - here, 0) : end - here]
                if "\xa0" in text:
                    text = text.replace("\xa0", " ")
                row.append(Span(SafeText(text), span.style, span.link, span.image))
            if after > end:
                break
            self._place += 1
            self._offset = after
        return tuple(row)
