"""Stored articles as rules see them: everything that a query can ask, in memory."""

from __future__ import annotations

import json
from array import array
from typing import TYPE_CHECKING, Any

from reader.query.match import Facts
from reader.storage import feeds, reading, tags
from reader.storage.compile import Compiler
from reader.storage.intents import ENCLOSURE, IMAGE
from reader.storage.times import from_seconds, to_seconds

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from reader.query.tree import Node
    from reader.storage.packing import Ids
    from reader.storage.scopes import Moment

_CHUNK = 200

_COLUMNS = (
    "article.id, published, article.title, author, coalesce(nullif(feed.name, ''), feed.title),"
    " category_id, language, link, words, media, article.unread, article.starred, hidden"
)


def facts(
    connection: sqlite3.Connection,
    ids: Sequence[int],
    *,
    looked: int,
    texts: Mapping[int, str] | None = None,
) -> Iterator[tuple[int, Facts]]:
    """The facts of articles by their ids, in their order; those that are gone are left out.

    ``looked`` is the newest article that was there when the person last looked. ``texts``
    are their visible texts where the caller has them (or, left out, has no use for them).
    """
    paths = feeds.category_paths(connection)
    aliases = tags.aliases(connection)
    for start in range(0, len(ids), _CHUNK):
        chunk = list(ids[start : start + _CHUNK])
        carried = tags.of_articles(connection, chunk)
        rows = connection.execute(
            f"SELECT {_COLUMNS} FROM json_each(?) AS wanted"  # noqa: S608
            " CROSS JOIN article ON article.id = wanted.value JOIN feed ON feed.id = feed_id"
            " ORDER BY wanted.key",
            (json.dumps(chunk),),
        )
        shown = dict(reading.texts(connection, chunk)) if texts is None else texts
        for row in rows.fetchall():
            names = [tag.name for tag in carried.get(row[0], ())]
            also = [other for name in names for other in aliases.get(name, ())]
            category = paths.get(row[5], ())
            text = shown.get(row[0], "")
            yield row[0], _facts(row, category, (*names, *also), text, new=row[0] > looked)


def fitting(
    connection: sqlite3.Connection, tree: Node, moment: Moment, since: datetime | None
) -> Ids:
    """Every article that fits a query, the hidden ones too, published ``since`` then or ever.

    In the order they came.
    """
    condition = Compiler(connection, moment).condition(tree)
    earliest = -(1 << 62) if since is None else to_seconds(since)
    rows = connection.execute(
        f"SELECT id FROM article WHERE away = 0 AND published >= ? AND {condition.where}"  # noqa: S608
        " ORDER BY id",
        (earliest, *condition.values),
    )
    return array("q", [row[0] for row in rows])


def _facts(
    row: tuple[Any, ...],
    category: tuple[str, ...],
    carried: tuple[str, ...],
    text: str,
    *,
    new: bool,
) -> Facts:
    return Facts(
        published=from_seconds(row[1]),
        title=row[2],
        author=row[3],
        text=text,
        feed=row[4],
        category=category,
        tags=carried,
        language=row[6],
        link=row[7],
        words=row[8],
        enclosures=int(bool(row[9] & ENCLOSURE)),
        image=bool(row[9] & IMAGE),
        unread=bool(row[10]),
        starred=bool(row[11]),
        hidden=bool(row[12]),
        new=new,
    )
