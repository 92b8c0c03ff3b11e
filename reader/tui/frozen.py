"""A list of articles as it was when it was opened: ids first, rows as they are looked at."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

from msgspec import Struct, field

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from reader.library import Library
    from reader.model.article import Headline
    from reader.model.scope import ListPart, Scope

PAGE = 100
FIRST = 200
CHUNK = 20_000
PART_S = 0.05
"""How long a list is looked for at a time, where its articles are looked at one by one."""


class Snapshot(Struct, frozen=True):
    """A list as it was at one moment: its first ids, the rows around ``at``, what was newest.

    ``part`` is where the looking goes on, None where the list is complete.
    """

    scope: Scope
    ids: array[int]
    headlines: list[Headline]
    at: int
    part: ListPart | None
    newest: int

    @property
    def complete(self) -> bool:
        """Whether every id of the list is known."""
        return self.part is None


def snapshot(
    library: Library,
    scope: Scope,
    *,
    keep: int | None = None,
    seek: str = "",
    stop: Callable[[], bool] | None = None,
) -> Snapshot:
    """Take a list's first page, with the cursor on article ``keep`` where it is found.

    ``seek`` "first" or "last" looks for an unread article instead. ``stop`` is as for
    ``Library.list_ids``.
    """
    newest = library.newest_id()
    if seek == "first":
        keep = library.next_unread(scope, None)
    elif seek == "last":
        keep = next(reversed(library.list_ids(scope.showing("unread"))), None)
    part = library.list_part(scope, limit=FIRST, seconds=PART_S, stop=stop)
    ids = part.ids
    if keep is not None and keep not in ids and not part.complete:
        part = library.list_part(scope, limit=CHUNK, before=part, seconds=PART_S, stop=stop)
        ids += part.ids
    at = ids.index(keep) if keep is not None and keep in ids else 0
    page = at // PAGE * PAGE
    rows = library.headlines(ids[page : page + PAGE])
    left = None if part.complete else part
    return Snapshot(scope, ids, rows, at if ids else -1, left, newest)


class Frozen(Struct):
    """The ids a list stands on, and the rows of them that were fetched.

    ``notes`` are a few words beside rows that have something to tell in this list alone.
    """

    ids: array[int] = field(default_factory=lambda: array("q"))
    rows: dict[int, Headline] = field(default_factory=dict)
    gone: set[int] = field(default_factory=set)
    part: ListPart | None = None
    newest: int = 0
    notes: Mapping[int, str] = field(default_factory=dict)

    @property
    def complete(self) -> bool:
        """Whether every id of the list is known."""
        return self.part is None


class Kept(Struct, frozen=True):
    """A list with its cursor and window, put aside to be shown again as it was."""

    scope: Scope
    frozen: Frozen
    cursor: int
    top: int
