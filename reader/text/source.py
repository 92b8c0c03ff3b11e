"""The source of an article as blocks to read: nothing hidden, nothing obeyed, coloured."""

import re
from collections.abc import Iterable, Iterator, Sequence
from time import thread_time
from typing import Final

from msgspec import Struct, field

from reader.text.blocks import Block, Link, Paragraph, Span
from reader.text.terminal import SafeText, clean

PIECE: Final = 4000
"""Characters that are made ready at a time; a longer line goes on in a row of its own."""
MOST_COLOURED: Final = 400_000
"""Characters that are coloured: what is longer is not read for its colours."""
_PATIENCE_S: Final = 0.05
_STRIKES: Final = 3
"""Some lexers need quadratic time: a piece that takes too long is left plain from there on,
and after so many nothing is coloured any more."""
TAB: Final = 4

_LINE_END = re.compile("\r\n?")
_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb]"
)
_SIGN = re.compile(r"(‹U\+[0-9A-F]{4,5}›)")


class Source(Struct):
    """Texts one after the other, each in a language that Pygments knows ("" for none).

    It is a body that is laid out as an article's is, piece by piece as it is looked at.
    """

    parts: Sequence[tuple[str, str]]
    links: list[Link] = field(default_factory=list)

    def blocks(self) -> Iterator[Block]:
        """The pieces, in order; as any body's, they may be asked for again."""
        painter = _Painter()
        for text, language in self.parts:
            for piece in _pieces(text):
                shown = visible(piece).removesuffix("\n")
                lines = (line.expandtabs(TAB) for line in shown.split("\n"))
                yield Paragraph(spans=painter.spans("\n".join(lines), language), gap=False)


def visible(text: str) -> SafeText:
    """``text`` with its number in the place of every character that is not drawn, or that
    acts on what is: ``‹U+001B›`` for the beginning of a control sequence.
    """
    text = _LINE_END.sub("\n", text) if "\r" in text else text
    return clean(_HIDDEN.sub(_sign, text))


def _sign(found: re.Match[str]) -> str:
    return f"‹U+{ord(found[0]):04X}›"


def _pieces(text: str) -> Iterator[str]:
    """The text in pieces that end with a line, or in a long line after a tag or a word."""
    start = 0
    while start < len(text):
        end = start + PIECE
        if end < len(text):
            line = text.rfind("\n", start, end) + 1
            if line <= start:
                cut = max(text.rfind(">", start, end), text.rfind(" ", start, end)) + 1
                end = cut if cut > start + PIECE // 2 else end
            else:
                end = line
        yield text[start:end]
        start = end


class _Painter:
    """Colours pieces until it takes too much."""

    def __init__(self) -> None:
        self._left = MOST_COLOURED
        self._strikes = 0

    def spans(self, text: str, language: str) -> tuple[Span, ...]:
        """A piece in spans, a style for every kind of token."""
        self._left -= len(text)
        plain = not language or self._left < 0 or self._strikes >= _STRIKES
        spans = [Span(SafeText(text))] if plain else self._coloured(text, language)
        return tuple(_with_signs(spans) if _SIGN.search(text) else spans)

    def _coloured(self, text: str, language: str) -> list[Span]:
        spans: list[Span] = []
        done = 0
        until = thread_time() + _PATIENCE_S
        for style, part in _tokens(text, language):
            if not text.startswith(part, done):
                break
            if spans and spans[-1].style == style:
                spans[-1] = Span(SafeText(spans[-1].text + part), style)
            else:
                spans.append(Span(SafeText(part), style))
            done += len(part)
            if thread_time() > until:
                self._strikes += 1
                break
        if done < len(text):
            spans.append(Span(SafeText(text[done:])))
        return spans


def _with_signs(spans: Iterable[Span]) -> Iterator[Span]:
    """The spans, with the signs for what is hidden standing out."""
    for span in spans:
        for place, part in enumerate(_SIGN.split(span.text)):
            if part:
                yield Span(SafeText(part), "problem" if place % 2 else span.style)


def _tokens(text: str, language: str) -> Iterator[tuple[str, str]]:
    """The parts of ``text`` that are not empty, each after its style."""
    from reader.text.highlight import lexer_of, short_name

    lexer = lexer_of(language)
    if lexer is None:
        return
    for _, token, part in lexer.get_tokens_unprocessed(text):
        if part:
            name = short_name(token)
            yield f"tok-{name}" if name and name != "w" else "", part
