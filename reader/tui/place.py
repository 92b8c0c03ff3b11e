"""Where a person stands: the row of the feed list, tags and filter that make a scope."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from msgspec import Struct

from reader.model.feed import FeedRow, RowKind
from reader.model.records import replace
from reader.model.scope import Scope, Show

if TYPE_CHECKING:
    from collections.abc import Mapping

RowKey = tuple[RowKind, int]


def row_key(row: FeedRow) -> RowKey:
    """What names a row of the feed list while counts and titles change."""
    return row.kind, row.id


class Place(Struct, frozen=True, kw_only=True):
    """A row of the feed list, the tags chosen beside it, and what is shown of them.

    ``query`` is the row's query where it is a smart feed, ``typed`` what the person filters by;
    ``begun`` tells that its last word is still being typed.
    """

    row: RowKey = ("smart", 0)
    query: str = ""
    typed: str = ""
    tags: tuple[int, ...] = ()
    show: Show = "all"
    begun: bool = False

    @property
    def asked(self) -> str:
        """What is asked for: as typed, or what may become of it."""
        if not self.begun:
            return self.typed
        # Imported late: most lists are not filtered.
        from reader.query.unfinished import unfinished

        return unfinished(self.typed)

    @property
    def scope(self) -> Scope:
        """The list of articles that this place shows."""
        kind, number = self.row
        return Scope(
            feed_id=number if kind == "feed" else None,
            category_id=number if kind == "category" else None,
            tag_ids=self.tags,
            show=self.show,
            query=joined(self.query, self.asked),
        )

    def at(self, row: FeedRow) -> Place:
        """The same tags and filter at another row."""
        return replace(self, row=row_key(row), query=row.query)

    def with_tag(self, tag: int) -> Place:
        """The same place with a tag chosen, or no longer chosen."""
        tags = tuple(kept for kept in self.tags if kept != tag)
        return replace(self, tags=tags if tag in self.tags else (*tags, tag))

    def session(self) -> dict[str, str]:
        """The place as values to remember."""
        kind, number = self.row
        return {
            "row": f"{kind} {number}",
            "query": self.query,
            "typed": self.typed,
            "tags": " ".join(map(str, self.tags)),
            "show": self.show,
        }


def joined(first: str, second: str) -> str:
    """A query for what two queries both find."""
    return f"({first}) ({second})" if first and second else first or second


def from_session(values: Mapping[str, str], *, show: Show) -> Place:
    """The place remembered; ``show`` where none is. Values that make no sense are passed over."""
    kind, _, number = values.get("row", "").partition(" ")
    remembered = values.get("show", show)
    known = kind in get_args(RowKind) and number.isdigit()
    return Place(
        row=(kind, int(number)) if known else ("smart", 0),  # type: ignore[arg-type]
        query=values.get("query", "") if known else "",
        typed=values.get("typed", ""),
        tags=tuple(int(tag) for tag in values.get("tags", "").split() if tag.isdigit()),
        show=remembered if remembered in get_args(Show) else show,  # type: ignore[arg-type]
    )
