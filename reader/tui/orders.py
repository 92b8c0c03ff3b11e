"""Orders of the command line, ``star below``, ``read age:>30d``: what to do to which articles."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal, get_args

from msgspec import Struct

if TYPE_CHECKING:
    from reader.model.change import Mark

Where = Literal["above", "below", "list", "selection", "feed", "category", "everything"]
"""Words for articles that no query is needed for."""
WHERES: Final[tuple[Where, ...]] = get_args(Where)

MARKS: Final[dict[str, tuple[Mark, bool]]] = {
    "read": ("read", True),
    "unread": ("read", False),
    "star": ("starred", True),
    "unstar": ("starred", False),
    "hide": ("hidden", True),
    "unhide": ("hidden", False),
}
TAGS: Final = {"tag": True, "untag": False}

_NAME: Final = re.compile(r'\s*(?:"([^"]+)"|(\S+))\s*')


class Order(Struct, frozen=True):
    """A verb of ``MARKS`` or, with a tag's ``name``, of ``TAGS``; which articles, "" so far."""

    verb: str
    name: str = ""
    which: str = ""

    @property
    def where(self) -> Where | None:
        """The word that ``which`` is, None where it is a query."""
        return next((word for word in WHERES if word == self.which.lower()), None)

    @property
    def told(self) -> str:
        """What is to be done."""
        return f"Mark {self.verb}" if self.verb in MARKS else f"{self.verb.title()} {self.name}"


def order_of(text: str) -> Order | None:
    """The order that a text is, None where it begins with none of the verbs."""
    verb, _, rest = text.strip().partition(" ")
    verb = verb.lower()
    if verb in MARKS:
        return Order(verb, which=rest.strip())
    found = _NAME.match(rest) if verb in TAGS else None
    if found is None:
        return None
    return Order(verb, found[1] or found[2], rest[found.end() :].strip())
