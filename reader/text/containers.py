"""Keeps what is open around the text of a page: lists, items, quotes, definitions, details.

Depth is bounded: what is nested deeper stands where the bound is.
"""

from collections import Counter
from typing import Final

from reader.text.blocks import Container, ContainerKind
from reader.text.terminal import SafeText

MAX_DEPTH: Final = 12
_BULLETS: Final = ("•", "◦", "▪")


class Containers:
    """The open elements from the outside in; ``inside`` is what a block there stands in."""

    def __init__(self) -> None:
        self.inside: tuple[Container, ...] = ()
        self.floor = 0
        self._open: list[tuple[str, Container | None]] = []
        self._numbers: list[tuple[int, str]] = []
        self._too_deep: Counter[str] = Counter()
        self._count = 0

    def __len__(self) -> int:
        return len(self._open)

    @property
    def full(self) -> bool:
        """Whether nothing more can be opened here."""
        return len(self._open) >= MAX_DEPTH

    def next_number(self) -> int:
        """A number no other container or table of the document has."""
        self._count += 1
        return self._count

    def push(self, name: str, kind: ContainerKind, marker: str = "") -> None:
        """Open an element that shows."""
        if self._is_full(name):
            return
        container = Container(kind, self.next_number(), SafeText(marker))
        self._open.append((name, container))
        self.inside = (*self.inside, container)

    def push_list(self, name: str, first: int, style: str = "") -> None:
        """Open a list whose items count from ``first`` in a style (a, A, i, I or 1).

        A list right inside a list is indented like one in an item of it, as browsers do.
        """
        bare = bool(self._open) and self._open[-1][0] in ("ol", "ul")
        if self._is_full(name):
            return
        container = Container("item", self.next_number(), SafeText("")) if bare else None
        self._open.append((name, container))
        self._numbers.append((first, style))
        if container:
            self.inside = (*self.inside, container)

    def pop(self, *names: str) -> bool:
        """Close the innermost open element of one of ``names``, and what is in it."""
        for name in names:
            if self._too_deep[name]:
                self._too_deep[name] -= 1
                return False
        place = self._innermost(names, ())
        if place is None:
            return False
        self.cut(place)
        return True

    def pop_within(self, name: str, *barriers: str) -> bool:
        """Close the innermost ``name`` unless one of ``barriers`` is open inside it."""
        place = self._innermost((name,), barriers)
        if place is None:
            return False
        self.cut(place)
        return True

    def cut(self, length: int) -> None:
        """Close all but the outer ``length`` elements."""
        if length >= len(self._open):
            return
        lists = sum(name in ("ol", "ul") for name, _ in self._open[length:])
        if lists:
            del self._numbers[-lists:]
        shown = sum(container is not None for _, container in self._open[length:])
        del self._open[length:]
        if shown:
            self.inside = self.inside[:-shown]

    def has(self, name: str) -> bool:
        """Whether a ``name`` is open, seen from inside the innermost table cell."""
        return self._innermost((name,), ()) is not None

    @property
    def innermost(self) -> str:
        """The name of the innermost open element, "" where none is."""
        return self._open[-1][0] if len(self._open) > self.floor else ""

    def marker(self, value: int | None) -> str:
        """What stands before the next item of the innermost list."""
        lists = [name for name, _ in self._open[self.floor :] if name in ("ol", "ul")]
        if not lists or lists[-1] == "ul":
            return _BULLETS[min(max(lists.count("ul") - 1, 0), len(_BULLETS) - 1)]
        number, style = self._numbers[-1]
        if value is not None:
            number = value
        self._numbers[-1] = (number + 1, style)
        return f"{_numeral(number, style)}."

    def remark(self, marker: str) -> None:
        """Give the innermost open item another marker, before anything of it was shown."""
        if self._open and self._open[-1][0] == "li" and self._open[-1][1]:
            container = Container("item", self._open[-1][1].number, SafeText(marker))
            self._open[-1] = ("li", container)
            self.inside = (*self.inside[:-1], container)

    def _is_full(self, name: str) -> bool:
        if not self.full:
            return False
        self._too_deep[name] += 1
        return True

    def _innermost(self, names: tuple[str, ...], barriers: tuple[str, ...]) -> int | None:
        for place in range(len(self._open) - 1, self.floor - 1, -1):
            name = self._open[place][0]
            if name in names:
                return place
            if name in barriers:
                return None
        return None


_ROMAN: Final = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def _numeral(number: int, style: str) -> str:
    """The number of an item, as letters or Roman numerals where the list asks for them."""
    if style in ("a", "A") and 0 < number <= 26 * 27:
        first, second = divmod(number - 1, 26)
        letters = (chr(96 + first) if first else "") + chr(97 + second)
        return letters if style == "a" else letters.upper()
    if style in ("i", "I") and 0 < number < 4000:
        letters = ""
        for value, sign in _ROMAN:
            times, number = divmod(number, value)
            letters += sign * times
        return letters if style == "i" else letters.upper()
    return str(number)
