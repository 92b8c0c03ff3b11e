"""Cuts spans into rows that fit a number of cells."""

from collections.abc import Iterator

from reader.text.blocks import Span
from reader.text.terminal import SafeText
from reader.text.width import width
from reader.text.wrap import breaks


def wrapped(
    spans: tuple[Span, ...], room: int, *, justify: bool = False
) -> Iterator[tuple[Span, ...]]:
    """Spans as rows of at most ``room`` cells; newlines in them end a row.

    With ``justify``, rows that end because the next word does not fit fill the room.
    """
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
            row = cutter.cut(offset + start, offset + end)
            yield justified(row, room) if justify and end < len(line) else row
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


def justified(row: tuple[Span, ...], room: int) -> tuple[Span, ...]:
    """The row with its spaces widened so that it fills ``room``; as it is where that would
    tear it apart.
    """
    gaps = sum(span.text.count(" ") for span in row)
    missing = room - sum(width(span.text) for span in row)
    if missing <= 0 or missing > gaps:
        return row
    out: list[Span] = []
    seen = 0
    for span in row:
        words = span.text.split(" ")
        text = words[0]
        for word in words[1:]:
            # Wide gaps are spread evenly over the row.
            extra = (seen + 1) * missing // gaps - seen * missing // gaps
            text += " " * (1 + extra) + word
            seen += 1
        out.append(Span(SafeText(text), span.style, span.link, span.image))
    return tuple(out)
