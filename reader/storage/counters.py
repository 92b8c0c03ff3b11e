"""The counters of feeds and tags, kept exact by sets of articles and not row by row.

Who changes what a list shows does so between ``take_out`` and ``put_back`` of the
articles it touches, in one transaction.
"""

import json
import sqlite3
from array import array
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

_COUNT_FEEDS = """
UPDATE feed SET
    articles = feed.articles + :sign * touched_feed.articles,
    unread = feed.unread + :sign * touched_feed.unread,
    starred = feed.starred + :sign * touched_feed.starred,
    starred_unread = feed.starred_unread + :sign * touched_feed.starred_unread
FROM (
    SELECT feed_id, count(*) AS articles, sum(unread) AS unread, sum(starred) AS starred,
        sum(unread AND starred) AS starred_unread
    FROM touched CROSS JOIN article USING (id)
    WHERE away = 0 AND hidden = 0
    GROUP BY feed_id
) AS touched_feed
WHERE feed.id = touched_feed.feed_id
"""

_COUNT_TAGS = """
UPDATE tag SET
    articles = tag.articles + :sign * touched_tag.articles,
    unread = tag.unread + :sign * touched_tag.unread
FROM (
    SELECT tag_id, count(*) AS articles, sum(unread) AS unread
    FROM touched CROSS JOIN article USING (id)
    CROSS JOIN article_tag ON article_tag.article_id = article.id
    WHERE away = 0 AND hidden = 0
    GROUP BY tag_id
) AS touched_tag
WHERE tag.id = touched_tag.tag_id
"""


def touch(connection: sqlite3.Connection, ids: Iterable[int], *, where: str = "1") -> "array[int]":
    """Make ``ids`` the touched articles and return them, each once, in ascending order.

    Ids that are gone or do not fulfil ``where`` (SQL over ``article``) are left out.
    """
    connection.execute("CREATE TEMP TABLE IF NOT EXISTS touched (id INTEGER PRIMARY KEY)")
    connection.execute("DELETE FROM touched")
    connection.execute(
        "INSERT OR IGNORE INTO touched SELECT article.id FROM json_each(?) AS wanted"  # noqa: S608
        f" CROSS JOIN article ON article.id = wanted.value WHERE {where}",
        (json.dumps(list(ids)),),
    )
    return array("q", [row[0] for row in connection.execute("SELECT id FROM touched")])


@contextmanager
def recounting(connection: sqlite3.Connection) -> Iterator[None]:
    """Keep the counters exact while the touched articles are changed inside."""
    _count(connection, -1)
    yield
    _count(connection, 1)


def count_in(connection: sqlite3.Connection) -> None:
    """Count touched articles that were not there before."""
    _count(connection, 1)


def _count(connection: sqlite3.Connection, sign: int) -> None:
    connection.execute(_COUNT_FEEDS, {"sign": sign})
    connection.execute(_COUNT_TAGS, {"sign": sign})
