"""The verbs on queries as they are typed: what is wrong, what could follow, what was asked."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from reader.library.searching import SearchVerbs
from reader.storage import memory

if TYPE_CHECKING:
    from reader.query.complete import Completion
    from reader.query.parse import Mistake

MOST_REMEMBERED = 100
_SEARCHES = "searches"


class AskVerbs(SearchVerbs):
    """What a line that takes queries asks the library."""

    def mistakes(self, query: str) -> tuple[Mistake, ...]:
        """What is wrong in a query, by place: what cannot be read, and names that are not here.

        Under a millisecond for a query without unknown names, some 10 ms with one among
        50,000 tags.
        """
        # Imported late: a start without a query has no use for the language of queries.
        from reader.query.check import unknown_names
        from reader.query.parse import parse
        from reader.storage import names

        with self.store.read() as connection:
            unknown = unknown_names(query, lambda field: names.every(connection, field))
        return tuple(sorted((*parse(query).mistakes, *unknown), key=lambda one: one.start))

    def complete(self, query: str, cursor: int, *, limit: int = 20) -> list[Completion]:
        """What could stand where the cursor is: fields, values, names the library holds."""
        from reader.query.complete import complete

        return complete(query, cursor, self.names, limit=limit)

    def searches(self) -> list[str]:
        """The queries asked before, the last one first."""
        with self.store.read() as connection:
            kept = memory.recall(connection).get(_SEARCHES, "[]")
        return [str(one) for one in json.loads(kept)]

    def remember_search(self, query: str) -> None:
        """Keep a query among those asked before."""
        asked = query.strip()
        if not asked:
            return
        kept = [asked, *(one for one in self.searches() if one != asked)]
        with self.store.write() as connection:
            memory.remember(connection, {_SEARCHES: json.dumps(kept[:MOST_REMEMBERED])})
