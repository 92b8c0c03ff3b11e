"""An article being read: its lines, made as far as somebody asks, in a thread of their own."""

from __future__ import annotations

from itertools import islice
from time import perf_counter
from typing import TYPE_CHECKING, Protocol

from msgspec import Struct, field

from reader.tui.link_places import begun

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reader.library import Library
    from reader.model.article import StoredArticle
    from reader.text.blocks import Block, Item, Line, Link
    from reader.tui.link_places import Place

SLICE_S = 0.008
"""How long one slice of layout holds the interpreter: under half of what a key may wait."""
BATCH = 16


class Body(Protocol):
    """What is laid out: a document, or blocks that were made of one."""

    @property
    def links(self) -> list[Link]:
        """The links met so far."""

    def blocks(self) -> Iterator[Item]:
        """All blocks in order; may be called again."""


class Blocks(Struct, frozen=True):
    """A body without links that is there already."""

    given: Sequence[Block]
    links: list[Link] = field(default_factory=list)

    def blocks(self) -> Iterator[Block]:
        """All blocks in order."""
        return iter(self.given)


class Reading(Struct):
    """An article laid out at ``cells``; ``lines`` grows until it is ``complete``.

    ``linked`` are the places in ``lines`` where links begin, from the top.
    """

    stored: StoredArticle
    document: Body
    cells: int
    source: Iterator[Line]
    lines: list[Line] = field(default_factory=list)
    linked: list[Place] = field(default_factory=list)
    complete: bool = False

    def add(self, lines: Iterable[Line]) -> None:
        """Put more lines below."""
        before = self.lines[-1] if self.lines else None
        # What stands in the article's place may show links without having them.
        known = len(self.document.links)
        for index, line in enumerate(lines, len(self.lines)):
            self.lines.append(line)
            self.linked += [(index, number) for number in begun(line, before) if number < known]
            before = line

    @property
    def id(self) -> int:
        """The article's id."""
        return self.stored.headline.id


def begin(
    library: Library, article_id: int, cells: int, rows: int, *, justify: bool = False
) -> Reading | None:
    """Read an article and lay out its first ``rows`` lines; None when it is gone."""
    stored = library.article(article_id)
    return None if stored is None else opened(stored, cells, rows, justify=justify)


def opened(stored: StoredArticle, cells: int, rows: int, *, justify: bool = False) -> Reading:
    """Make a document of an article's body, and its first ``rows`` lines."""
    from reader.text.article import document  # slow to import: done here, in the thread

    content = stored.content
    body = document(
        content.body, content.kind, base=content.base or content.link, title=content.title
    )
    return laid_out(stored, body, cells, rows, justify=justify)


def laid_out(
    stored: StoredArticle, body: Body, cells: int, rows: int, *, justify: bool = False
) -> Reading:
    """The article at a width, with its first ``rows`` lines made; its source stands alone."""
    from reader.text.layout import lay_out
    from reader.text.source import Source
    from reader.tui.masthead import masthead

    reading = Reading(stored, body, cells, lay_out(body.blocks(), cells, justify=justify))
    head = () if isinstance(body, Source) else masthead(stored, cells)
    reading.add((*head, *islice(reading.source, rows)))
    return reading


def more(reading: Reading, *, seconds: float = SLICE_S) -> tuple[list[Line], bool]:
    """The next lines, for about ``seconds``, and whether they are the last."""
    until = perf_counter() + seconds
    lines: list[Line] = []
    while perf_counter() < until:
        batch = list(islice(reading.source, BATCH))
        lines += batch
        if len(batch) < BATCH:
            return lines, True
    return lines, False


def same_place(old: Reading, top: int, new: Reading) -> int:
    """The line of ``new`` that shows what line ``top`` of ``old`` showed, as near as known."""
    if not old.lines or top <= 0:
        return 0
    block = old.lines[min(top, len(old.lines) - 1)].block
    if block < 0:  # above the body
        return top
    before, after = _span(old.lines, block), _span(new.lines, block)
    if after is None or before is None:
        return len(new.lines) if not new.complete else 0
    share = (top - before[0]) / max(1, before[1] - before[0])
    return after[0] + int(share * (after[1] - after[0]))


def _span(lines: list[Line], block: int) -> tuple[int, int] | None:
    """Where the lines of a block begin and end."""
    places = [index for index, line in enumerate(lines) if line.block == block]
    return (places[0], places[-1] + 1) if places else None
