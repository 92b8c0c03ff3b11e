"""Which headlines are selected: one by one, and a range that follows the cursor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct, field

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class Selection(Struct):
    """Selected articles by id, and rows ``anchor`` to ``reach`` while a range is drawn."""

    chosen: set[int] = field(default_factory=set)
    anchor: int | None = None
    reach: int = 0

    def __bool__(self) -> bool:
        return bool(self.chosen) or self.anchor is not None

    def holds(self, index: int, number: int) -> bool:
        """Whether the article ``number`` in row ``index`` is selected."""
        return number in self.chosen or index in self.range

    @property
    def range(self) -> range:
        """The rows of the range that is being drawn."""
        if self.anchor is None:
            return range(0)
        return range(min(self.anchor, self.reach), max(self.anchor, self.reach) + 1)

    def toggle(self, number: int) -> None:
        """Select an article, or no longer."""
        self.chosen.symmetric_difference_update((number,))

    def begin(self, index: int) -> None:
        """Begin a range at a row."""
        self.anchor = self.reach = index

    def end(self, ids: Sequence[int]) -> None:
        """Keep what the range holds of a list."""
        self.chosen.update(ids[index] for index in self.range if index < len(ids))
        self.anchor = None

    def follow(self, cursor: int) -> Iterable[int]:
        """Draw the range to the cursor; the rows that look different now."""
        if self.anchor is None or cursor == self.reach:
            return ()
        before, self.reach = self.reach, cursor
        return range(min(before, cursor), max(before, cursor) + 1)

    def ids(self, ids: Sequence[int]) -> list[int]:
        """What is selected, in the order of a list; what it does not show comes last."""
        self_range = self.range
        held = [
            number
            for index, number in enumerate(ids)
            if number in self.chosen or index in self_range
        ]
        return [*held, *sorted(self.chosen.difference(held))]
