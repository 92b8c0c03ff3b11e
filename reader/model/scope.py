"""Which articles a list shows: a place in the feed list, tags, and a query."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from reader.model.records import replace

if TYPE_CHECKING:
    from array import array

Show = Literal["all", "unread", "starred"]


class Scope(Struct, frozen=True, kw_only=True):
    """A list's definition. The empty scope is everything that is not hidden, newest first.

    ``feed_id`` and ``category_id`` narrow to a row of the feed list (at most one is set).
    ``tag_ids`` narrows to articles with every one of these tags. ``query`` is text in the
    filter language; both the smart feed's and the typed one end up here.
    """

    feed_id: int | None = None
    category_id: int | None = None
    tag_ids: tuple[int, ...] = ()
    show: Show = "all"
    query: str = ""

    def showing(self, show: Show) -> Scope:
        """The same list with another read or star filter."""
        return replace(self, show=show)


class ListPart(Struct, frozen=True, kw_only=True):
    """A stretch of a list: its ids, and the last article that was looked at (None: none was).

    That may be another one than the last of ``ids``. ``complete``: nothing comes after it.
    ``left`` is what else has to be looked at, where that is known.
    """

    ids: array[int]
    last: int | None
    complete: bool
    left: array[int] | None = None
