"""Reads plain text: the visible text of a body, its words, and plain text as blocks."""

import re
from collections.abc import Iterator
from html import unescape
from typing import Final

from reader.text.blocks import Block, BodyKind, Paragraph, Span
from reader.text.flow import Register
from reader.text.terminal import SafeText, clean

_DROPPED: Final = "script|style|template|title|textarea|select|button|svg|noscript|iframe|head"
_TAG = re.compile(
    r"<(?:"
    rf"(?P<raw>{_DROPPED})(?=[\s/>])(?:[^>]*+)>?+"
    r"|(?P<close>/?)(?P<name>[a-zA-Z][^\t\n\f\r />]*+)"
    r"(?:[^>=]++|=[\t\n\f\r ]*+(?:\"[^\"]*+\"?+|'[^']*+'?+)?+)*+>?+"
    r"|!--(?:-?>|(?:[^-]++|-(?!-!?>))*+(?:--!?>)?+)"
    r"|[!?/][^>]*+>?+)"
)
_CJK = re.compile("[\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u0e01-\u0e4e]")
_WORD = re.compile(r"\w[\w’'.-]*")


def visible_text(body: str, kind: BodyKind, limit: int = 1_000_000) -> SafeText:
    """What a person would read of ``body``, without markup; at most ``limit`` characters."""
    body = body[: 8 * limit]
    if kind != "text" and "<" in body:
        from reader.text.markup import tokens

        parts: list[str] = []
        for token in tokens(body):
            parts.append(token if isinstance(token, str) else " ")
        body = "".join(parts)
    if kind != "text" and "&" in body:
        body = unescape(body)
    return SafeText(clean(body)[:limit])


def count_words(text: str) -> int:
    """The number of words; two characters of unspaced script count as one."""
    if text.isascii():
        return len(text.split())
    unspaced = len(_CJK.findall(text))
    spaced = len(_CJK.sub(" ", text).split()) if unspaced else len(text.split())
    return spaced + (unspaced + 1) // 2


def plain_blocks(body: str, register: Register) -> Iterator[list[Block]]:
    """Paragraphs of a plain text."""
    for part in re.split(r"\n\s*\n", clean(body)):
        text = part.strip()
        if text:
            yield [Paragraph(spans=(Span(SafeText(text)),))]
