"""Finds addresses that stand in text as text and makes links of them."""

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from reader.text.blocks import Span
from reader.text.terminal import SafeText

if TYPE_CHECKING:
    from reader.text.flow import Register

_ADDRESS = re.compile(
    r"(?<![\w@/.])(?:https?://|www\.(?=[\w-]{1,63}\.))[^\s<>\"“”«»‹›｡。、，（）「」\x00-\x1f]{3,2000}",
    re.IGNORECASE,
)
_TRAILING = ".,;:!?'’\"*_~…"
_PAIRS = {")": "(", "]": "[", "}": "{"}


def linked(spans: Iterable[Span], register: "Register") -> Iterator[Span]:
    """The spans, with links where a plain one holds a web address."""
    for span in spans:
        text = span.text
        if span.link >= 0 or ("://" not in text and "www." not in text) or "code" in span.style:
            yield span
            continue
        place = 0
        for match in _ADDRESS.finditer(text):
            address = _trimmed(match.group())
            url = address if "://" in address[:8] else f"https://{address}"
            number = register.link(url)
            if number < 0:
                continue
            start, end = match.start(), match.start() + len(address)
            if start > place:
                yield Span(SafeText(text[place:start]), span.style)
            yield Span(SafeText(address), f"{span.style} link".lstrip(), number)
            register.name(number, address)
            place = end
        if place < len(text):
            yield Span(SafeText(text[place:]), span.style) if place else span


def _trimmed(address: str) -> str:
    """The address without the punctuation of the sentence it stands in."""
    end = len(address)
    while end:
        last = address[end - 1]
        if last in _TRAILING or (
            last in _PAIRS and address.count(last, 0, end) > address.count(_PAIRS[last], 0, end)
        ):
            end -= 1
        else:
            break
    return address[:end]
