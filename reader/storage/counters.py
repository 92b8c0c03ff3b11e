"""The counters of feeds and tags, kept exact by sets of articles and not row by row.

Who changes what the lists show first makes those articles the touched ones, and counts
them out or in within the same transaction. Only listed articles (neither away nor hidden)
are counted.
"""

from __future__ import annotations

import json
from array import array
from collections import Counter
from contextlib import contextmanager
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator

    from reader.storage.packing import Ids

Counted = Literal["articles", "unread", "starred"]
"""What is counted of the touched articles: all there is to them, or one mark of theirs,
which all of them have or all of them lack."""

_CHUNK = 50_000

# articles, unread, starred and starred_unread of one feed's touched articles
_FEED_SUMS = {
    "articles": "count(*), sum(unread), sum(starred), sum(unread AND starred)",
    "unread": "0, count(*), 0, sum(starred)",
    "starred": "0, 0, count(*), sum(unread)",
}

# A number for each tag of each touched article: the tag's id twice, plus 1 if it is unread.
# Gathered as one value, because a GROUP BY would sort them all, at three times the cost.
_TAGS = """
SELECT json_group_array(tag_id * 2 + unread)
FROM touched CROSS JOIN article USING (id)
CROSS JOIN article_tag ON article_tag.article_id = article.id
WHERE away = 0 AND hidden = 0 AND touched.id BETWEEN ? AND ?
"""

# The same where all the touched articles are counted as unread, without reading them.
_TAGS_UNREAD = """
SELECT json_group_array(tag_id * 2 + 1)
FROM touched CROSS JOIN article_tag ON article_tag.article_id = touched.id
WHERE touched.id BETWEEN ? AND ? AND NOT EXISTS (
    SELECT 1 FROM article INDEXED BY article_unlisted
    WHERE article.id = touched.id AND (away <> 0 OR hidden <> 0)
)
"""


def touch(connection: sqlite3.Connection, ids: Iterable[int], *, where: str = "1") -> Ids:
    """Make ``ids`` the touched articles and return them, each once, in ascending order.

    Ids that are gone or do not fulfil ``where`` (SQL over ``article``) are left out.
    """
    connection.execute("CREATE TEMP TABLE IF NOT EXISTS touched (id INTEGER PRIMARY KEY)")
    connection.execute("DELETE FROM touched")
    connection.execute(
        "INSERT OR IGNORE INTO touched SELECT article.id FROM json_each(?) AS wanted"  # noqa: S608
        f" CROSS JOIN article ON article.id = wanted.value WHERE {where}",
        (json.dumps(sorted(ids)),),
    )
    return array("q", [row[0] for row in connection.execute("SELECT id FROM touched")])


@contextmanager
def recounting(connection: sqlite3.Connection) -> Iterator[None]:
    """Keep the counters exact while the touched articles are changed in any way inside."""
    count(connection, -1)
    yield
    count(connection, 1)


def count(
    connection: sqlite3.Connection, sign: Literal[1, -1], counted: Counted = "articles"
) -> None:
    """Count the touched articles in (1) or out (-1)."""
    connection.execute(
        "UPDATE feed SET articles = feed.articles + :sign * change.articles,"  # noqa: S608
        " unread = feed.unread + :sign * change.unread,"
        " starred = feed.starred + :sign * change.starred,"
        " starred_unread = feed.starred_unread + :sign * change.starred_unread"
        " FROM (WITH sums (feed_id, articles, unread, starred, starred_unread) AS ("
        f" SELECT feed_id, {_FEED_SUMS[counted]} FROM touched CROSS JOIN article USING (id)"
        " WHERE away = 0 AND hidden = 0 GROUP BY feed_id) SELECT * FROM sums) AS change"
        " WHERE feed.id = change.feed_id",
        {"sign": sign},
    )
    if counted != "starred":
        _count_tags(connection, sign, whole=counted == "articles")


def count_new(
    connection: sqlite3.Connection, feed_ids: Iterable[int], tag_ids: Iterable[int]
) -> None:
    """Count articles that are new, and so unread: the feed of each, and each tag of each."""
    for table, found in (("feed", Counter(feed_ids)), ("tag", Counter(tag_ids))):
        connection.executemany(
            f"UPDATE {table} SET articles = articles + ?1, unread = unread + ?1 WHERE id = ?2",  # noqa: S608
            [(times, one) for one, times in found.items()],
        )


def _count_tags(connection: sqlite3.Connection, sign: int, *, whole: bool) -> None:
    tally: Counter[int] = Counter()
    for first, last in _chunks(connection):
        row = connection.execute(_TAGS if whole else _TAGS_UNREAD, (first, last)).fetchone()
        tally.update(json.loads(row[0]))
    articles: Counter[int] = Counter()
    unread: Counter[int] = Counter()
    for number, times in tally.items():
        tag_id, is_unread = divmod(number, 2)
        articles[tag_id] += sign * times
        unread[tag_id] += sign * times * is_unread
    connection.executemany(
        "UPDATE tag SET articles = articles + ?, unread = unread + ? WHERE id = ?",
        [(times if whole else 0, unread[tag_id], tag_id) for tag_id, times in articles.items()],
    )


def _chunks(connection: sqlite3.Connection) -> Iterator[tuple[int, int]]:
    """Ranges of ids with at most so many touched articles each."""
    after = -1
    while True:
        last: int | None = connection.execute(
            "SELECT max(id) FROM (SELECT id FROM touched WHERE id > ? ORDER BY id LIMIT ?)",
            (after, _CHUNK),
        ).fetchone()[0]
        if last is None:
            return
        yield after + 1, last
        after = last


def count_tag(connection: sqlite3.Connection, tag_id: int, sign: Literal[1, -1]) -> None:
    """Count the touched articles in or out of one tag alone."""
    connection.execute(
        "UPDATE tag SET articles = tag.articles + :sign * change.articles,"
        " unread = tag.unread + :sign * change.unread"
        " FROM (SELECT count(*) AS articles, coalesce(sum(unread), 0) AS unread"
        " FROM touched CROSS JOIN article USING (id) WHERE away = 0 AND hidden = 0) AS change"
        " WHERE id = :tag",
        {"sign": sign, "tag": tag_id},
    )
