"""What the first screen needs, read in one go while the terminal is being set up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from reader.model.records import replace
from reader.tui.frozen import Snapshot, snapshot
from reader.tui.place import Place, from_session, row_key

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reader.library import Library
    from reader.model.feed import FeedRow
    from reader.model.scope import Show
    from reader.model.tag import TagRow


class Start(Struct, frozen=True):
    """The feed list, the tags, and the list where the person left off."""

    feeds: tuple[FeedRow, ...]
    tags: tuple[TagRow, ...]
    place: Place
    headlines: Snapshot


def start(library: Library, session: Mapping[str, str], *, show: Show) -> Start:
    """Read where the person left off; what is no longer there is passed over."""
    feeds = library.feed_rows()
    tags = library.tag_rows()
    place = from_session(session, show=show)
    known = {row_key(row): row for row in feeds}
    row = known.get(place.row) or (feeds[0] if feeds else None)
    if row is not None:
        place = place.at(row)
    there = {tag.id for tag in tags}
    place = replace(place, tags=tuple(tag for tag in place.tags if tag in there))
    article = session.get("article", "")
    keep = int(article) if article.isdigit() else None
    return Start(feeds, tags, place, snapshot(library, place.scope, keep=keep))
