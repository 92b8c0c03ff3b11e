"""Lists whose articles have to be looked at one by one: found a little at a time, newest first."""

from __future__ import annotations

import json
import time
from array import array
from typing import TYPE_CHECKING

from reader.model.records import replace
from reader.model.scope import ListPart
from reader.storage import lists
from reader.storage.scopes import wanted

if TYPE_CHECKING:
    import sqlite3

    from reader.model.scope import Scope
    from reader.storage.lists import Clock
    from reader.storage.packing import Ids
    from reader.storage.scopes import Sql, Wanted

_FIRST = 50
_MOST = 20_000
_NEWEST = 500
"""Hits of words among the newest articles, which are found sooner than all hits are."""
_LOOK_S = 0.01
"""About how long articles are looked at between two looks at the clock."""
_READ_AT_ONCE = 200_000
"""Fewer articles than this are all read in less time than a person notices."""


def part(
    connection: sqlite3.Connection,
    scope: Scope,
    moment: Clock,
    *,
    limit: int,
    before: ListPart | None,
    seconds: float,
) -> ListPart:
    """About ``limit`` ids that come after those of the part ``before``, in about ``seconds``.

    Only conditions that no index serves take longer than that; what they are asked of is
    walked from the newest on.
    """
    asked = wanted(connection, scope, moment)
    last = None if before is None else before.last
    ranked = asked.words and asked.sort == "score"
    few = asked.scan and lists.newest(connection) < _READ_AT_ONCE
    if asked.slow is None or ranked or few:
        ids = lists.ids(connection, scope, moment, limit=limit, after=last)
        return ListPart(ids=ids, last=ids[-1] if ids else last, complete=len(ids) < limit)
    if last is not None and lists.key_of(connection, last) is None:
        return ListPart(ids=array("q"), last=last, complete=True)
    left = None if before is None else before.left
    look = _Look(connection, asked, asked.slow, last, left)
    return look.until(time.monotonic() + seconds, limit)


class _Look:
    """Looks at candidates, which fulfil all other conditions, in the list's order."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        asked: Wanted,
        slow: Sql,
        last: int | None,
        left: Ids | None,
    ) -> None:
        self._connection = connection
        self._candidates = replace(asked, rest=asked.quick, slow=None, scan=False, sort="date")
        self._slow = slow
        self._last = last
        self._left = left
        self._step = _FIRST

    def until(self, end: float, limit: int) -> ListPart:
        """Go on until ``end``, the limit, or the last candidate."""
        found: Ids = array("q")
        while some := self._next():
            start = time.monotonic()
            fitting = self._fitting(some)
            found.extend(one for one in some if one in fitting)
            self._last = some[-1]
            now = time.monotonic()
            grown = min(4.0, _LOOK_S / max(now - start, 1e-6))
            self._step = max(1, min(_MOST, int(self._step * grown)))
            if now > end or len(found) >= limit:
                return ListPart(ids=found, last=self._last, complete=False, left=self._left)
        return ListPart(ids=found, last=self._last, complete=True)

    def _next(self) -> Ids:
        """The next candidates. All hits of words are gathered once, and kept from part to part."""
        if not self._candidates.words:
            return self._below(self._step)
        if self._last is None:
            return self._below(_NEWEST)
        if self._left is None:
            self._left = self._below(-1)
        some, self._left = self._left[: self._step], self._left[self._step :]
        return some

    def _below(self, limit: int) -> Ids:
        key = None if self._last is None else lists.key_of(self._connection, self._last)
        found = lists.keys(self._connection, self._candidates, key, limit)
        return array("q", (article_id for _, article_id in found))

    def _fitting(self, ids: Ids) -> set[int]:
        rows = self._connection.execute(
            "SELECT article.id FROM json_each(?) AS near"  # noqa: S608
            f" CROSS JOIN article ON article.id = near.value WHERE {self._slow.where}",
            (json.dumps(list(ids)), *self._slow.values),
        )
        return {row[0] for row in rows}
