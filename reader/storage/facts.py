"""Stored articles as rules see them: everything that a query can ask, in memory."""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any

from reader.query.match import Facts
from reader.storage import feeds, tags
from reader.storage.intents import ENCLOSURE, IMAGE
from reader.storage.packing import unpack_body
from reader.storage.times import from_seconds
from reader.text.plain import visible_text

_CHUNK = 200

_COLUMNS = (
    "article.id, published, article.title, author, coalesce(nullif(feed.name, ''), feed.title),"
    " category_id, language, link, words, media, article.unread, article.starred, hidden, kind, raw"
)


def facts(
    connection: sqlite3.Connection, ids: Sequence[int], *, looked: int
) -> Iterator[tuple[int, Facts]]:
    """The facts of articles by their ids, in their order; those that are gone are left out.

    ``looked`` is the newest article that was there when the person last looked.
    """
    paths = feeds.category_paths(connection)
    aliases = tags.aliases(connection)
    for start in range(0, len(ids), _CHUNK):
        chunk = list(ids[start : start + _CHUNK])
        carried = tags.of_articles(connection, chunk)
        rows = connection.execute(
            f"SELECT {_COLUMNS} FROM json_each(?) AS wanted"  # noqa: S608
            " CROSS JOIN article ON article.id = wanted.value JOIN feed ON feed.id = feed_id"
            " JOIN body ON body.id = body_id ORDER BY wanted.key",
            (json.dumps(chunk),),
        )
        for row in rows.fetchall():
            names = [tag.name for tag in carried.get(row[0], ())]
            also = [other for name in names for other in aliases.get(name, ())]
            one = _facts(row, paths.get(row[5], ()), (*names, *also), new=row[0] > looked)
            yield row[0], one


def _facts(
    row: tuple[Any, ...], category: tuple[str, ...], carried: tuple[str, ...], *, new: bool
) -> Facts:
    return Facts(
        published=from_seconds(row[1]),
        title=row[2],
        author=row[3],
        text=visible_text(unpack_body(row[14]), row[13]),
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
