"""The texts of articles' pages, kept beside the ones of their feeds, and whose are wanted."""

from __future__ import annotations

import json
from array import array
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from msgspec import Struct

from reader.model.change import ArticlesStored
from reader.model.page import FullText
from reader.storage import journal
from reader.storage.packing import pack_body, unpack_body
from reader.storage.times import from_seconds, to_seconds
from reader.text.terminal import SafeText

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

MOST_TRIES = 3
"""A page that could not be had is asked for so often behind; a person may always ask."""

_TABLES = """
-- digest_key: the article's when its page was asked for, so that an edit asks again
CREATE TABLE full_text (
    article_id INTEGER PRIMARY KEY REFERENCES article (id) ON DELETE CASCADE,
    digest_key INTEGER NOT NULL,
    fetched_at INTEGER NOT NULL,
    tries INTEGER NOT NULL,
    words INTEGER NOT NULL,
    kind TEXT NOT NULL,
    base TEXT NOT NULL,
    obstacle TEXT NOT NULL,
    problem TEXT NOT NULL,
    raw BLOB NOT NULL
) STRICT
"""

_WANTED = """
SELECT id, feed_id, link, selector, url FROM (
    SELECT article.id, article.feed_id, link, selector, url, published, row_number() OVER (
        PARTITION BY article.feed_id ORDER BY published DESC, article.id DESC
    ) AS place
    FROM fetch JOIN article USING (feed_id) LEFT JOIN full_text ON article_id = article.id
    WHERE fetch.full_text = 1 AND away = 0 AND hidden = 0 AND unread = 1 AND link <> ''
        AND (full_text.article_id IS NULL OR full_text.digest_key <> article.digest_key
            OR obstacle = 'network' AND tries < :tries)
        AND (NOT :named OR article.feed_id IN (SELECT value FROM json_each(:feeds)))
) WHERE place <= :each ORDER BY published DESC LIMIT :limit
"""


class WantedPage(Struct, frozen=True, kw_only=True):
    """An article whose page is to be fetched.

    ``selector`` and ``feed_url`` are its web feed's, "" where it has none.
    """

    article_id: int
    feed_id: int
    link: str
    selector: str = ""
    feed_url: str = ""


def create(connection: sqlite3.Connection) -> None:
    """Make the table, inside the caller's transaction."""
    connection.execute(_TABLES)


def stored(connection: sqlite3.Connection, article_id: int) -> FullText | None:
    """What is kept of an article's page, None where it was never asked for."""
    row = connection.execute(
        "SELECT fetched_at, words, kind, base, obstacle, problem, raw FROM full_text"
        " WHERE article_id = ?",
        (article_id,),
    ).fetchone()
    if row is None:
        return None
    return FullText(
        article_id=article_id,
        fetched=from_seconds(row[0]),
        words=row[1],
        kind=row[2],
        base=row[3],
        obstacle=row[4],
        problem=SafeText(row[5]),
        body=unpack_body(row[6]),
    )


def keep(connection: sqlite3.Connection, found: FullText) -> bool:
    """Keep what came of asking for an article's page; whether its text is another one now.

    A text that is there is not given up for a page that could not be had. What is kept can
    be searched for beside the article's own text.
    """
    before = stored(connection, found.article_id)
    tried = connection.execute(
        "SELECT coalesce((SELECT tries FROM full_text WHERE article_id = id), 0), digest_key"
        " FROM article WHERE id = ?",
        (found.article_id,),
    ).fetchone()
    if tried is None:
        return False
    tries, digest_key = tried
    if before is not None and before.complete and not found.complete:
        connection.execute(
            "UPDATE full_text SET digest_key = ?, tries = ? WHERE article_id = ?",
            (digest_key, tries + 1, found.article_id),
        )
        return False
    connection.execute(
        "INSERT OR REPLACE INTO full_text (article_id, digest_key, fetched_at, tries, words, kind,"
        " base, obstacle, problem, raw) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            found.article_id,
            digest_key,
            to_seconds(found.fetched),
            tries + 1,
            found.words,
            found.kind,
            found.base,
            found.obstacle,
            found.problem,
            pack_body(found.body),
        ),
    )
    changed = found.body != ("" if before is None else before.body)
    if changed:
        index_again(connection, found.article_id)
    return changed


def index_again(connection: sqlite3.Connection, article_id: int) -> None:
    """Have the words of an article that has a page gathered anew, the page's with them.

    The index knows an article by its body's id and forgets nothing, so the body gets another.
    """
    if (
        connection.execute("SELECT 1 FROM full_text WHERE article_id = ?", (article_id,)).fetchone()
        is None
    ):
        return
    new_id = connection.execute("SELECT max(id) + 1 FROM body").fetchone()[0]
    connection.execute(
        "UPDATE body SET id = ?, indexed = 0"
        " WHERE id = (SELECT body_id FROM article WHERE article.id = ?)",
        (new_id, article_id),
    )
    connection.execute("UPDATE article SET body_id = ? WHERE id = ?", (new_id, article_id))


def wanted(
    connection: sqlite3.Connection,
    *,
    feed_ids: Sequence[int] | None = None,
    each: int,
    limit: int,
) -> list[WantedPage]:
    """Unread articles of feeds that are to have their full text, which lack it, newest first.

    At most so many of ``each`` feed and ``limit`` in all.
    """
    rows = connection.execute(
        _WANTED,
        {
            "tries": MOST_TRIES,
            "named": feed_ids is not None,
            "feeds": json.dumps(list(feed_ids or ())),
            "each": each,
            "limit": limit,
        },
    )
    return [_wanted(row) for row in rows]


def of_article(connection: sqlite3.Connection, article_id: int) -> WantedPage | None:
    """The page of one article, None when it is gone; its link may be ""."""
    row = connection.execute(
        "SELECT article.id, article.feed_id, link, coalesce(selector, ''), coalesce(url, '')"
        " FROM article LEFT JOIN fetch USING (feed_id) WHERE article.id = ?",
        (article_id,),
    ).fetchone()
    return None if row is None else _wanted(row)


def _wanted(row: tuple[int, int, str, str, str]) -> WantedPage:
    article_id, feed_id, link, selector, url = row
    return WantedPage(
        article_id=article_id, feed_id=feed_id, link=link, selector=selector, feed_url=url
    )


def tell(
    connection: sqlite3.Connection, ids: Sequence[int], writer: journal.Writer
) -> list[ArticlesStored]:
    """Tell every session that articles have another text to read, source by source."""
    rows = connection.execute(
        "SELECT source_id, feed_id, article.id FROM json_each(?) AS changed"
        " CROSS JOIN article ON article.id = changed.value JOIN feed ON feed.id = feed_id"
        " ORDER BY source_id, article.id",
        (json.dumps(list(ids)),),
    ).fetchall()
    changes = []
    for source_id, group in groupby(rows, itemgetter(0)):
        some = list(group)
        feed_ids = sorted({feed_id for _, feed_id, _ in some})
        changed = [article_id for *_, article_id in some]
        parts = {
            "source": array("q", [source_id]),
            "feeds": array("q", feed_ids),
            "new": array("q"),
            "changed": array("q", changed),
            "gone": array("q"),
        }
        journal.write(connection, writer, "stored", parts, undoable=False)
        changes.append(
            ArticlesStored(source_id=source_id, feed_ids=tuple(feed_ids), changed=tuple(changed))
        )
    return changes
