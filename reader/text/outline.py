"""The table of contents of an article, from its headings."""

from collections.abc import Iterable, Iterator

from msgspec import Struct

from reader.text.blocks import Heading, Illustration, Item
from reader.text.terminal import SafeText, clean_line


class OutlineEntry(Struct, frozen=True):
    """A heading. ``depth`` is 0 at the top, whatever level of heading the author began
    with; ``block`` is its place in the document, as in ``Line.block``.
    """

    depth: int
    text: SafeText
    block: int


def outline(blocks: Iterable[Item]) -> Iterator[OutlineEntry]:
    """The headings of ``blocks`` in order."""
    levels: list[int] = []
    counted = (block for block in blocks if not isinstance(block, Illustration))
    for place, block in enumerate(counted):
        if isinstance(block, Heading):
            while levels and levels[-1] >= block.level:
                levels.pop()
            text = clean_line("".join(span.text for span in block.spans), 200)
            yield OutlineEntry(len(levels), text, place)
            levels.append(block.level)
