"""The table of contents of an article, from its headings."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from reader.text.blocks import Block, Heading
from reader.text.terminal import SafeText, clean_line


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """A heading. ``depth`` is 0 at the top, whatever level of heading the author began
    with; ``block`` is its place in the document, as in ``Line.block``.
    """

    depth: int
    text: SafeText
    block: int


def outline(blocks: Iterable[Block]) -> Iterator[OutlineEntry]:
    """The headings of ``blocks`` in order."""
    levels: list[int] = []
    for place, block in enumerate(blocks):
        if isinstance(block, Heading):
            while levels and levels[-1] >= block.level:
                levels.pop()
            text = clean_line("".join(span.text for span in block.spans), 200)
            yield OutlineEntry(len(levels), text, place)
            levels.append(block.level)
