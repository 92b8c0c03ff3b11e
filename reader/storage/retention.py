"""Lets go of what was read long ago, where a person asked for that."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from reader.storage import counters
from reader.storage.packing import pack_body
from reader.storage.times import to_seconds

if TYPE_CHECKING:
    import sqlite3

    from reader.model.feed import FeedSettings

LET_GO = 4
"""The bit of ``away`` of an article whose text was let go."""

_READ = """
SELECT id FROM article
WHERE feed_id = :feed AND away = 0 AND hidden = 0 AND unread = 0 AND starred = 0
    AND NOT EXISTS (
        SELECT 1 FROM article_tag WHERE article_id = article.id AND article_tag.kind = 'user'
    )
    AND (published < :before OR id NOT IN (
        SELECT id FROM article WHERE feed_id = :feed AND away = 0 AND hidden = 0
        ORDER BY published DESC, id DESC LIMIT :keep
    ))
"""


def let_go(
    connection: sqlite3.Connection, feed_id: int, settings: FeedSettings, now: datetime
) -> int:
    """Let the texts of old articles go as ``settings`` say; returns how many.

    Never what is unread, starred or tagged by a person. The rows stay, so that an article
    that its feed still names does not come back as new.
    """
    if not settings.keep_articles and not settings.keep_days:
        return 0
    before = now - timedelta(days=settings.keep_days) if settings.keep_days else None
    rows = connection.execute(
        _READ,
        {
            "feed": feed_id,
            "before": to_seconds(before) if before else -(1 << 62),
            "keep": settings.keep_articles or -1,
        },
    ).fetchall()
    ids = counters.touch(connection, [article_id for (article_id,) in rows])
    if ids:
        with counters.recounting(connection):
            connection.execute(
                "UPDATE article SET away = away | ? WHERE id IN (SELECT id FROM touched)",
                (LET_GO,),
            )
        connection.execute(
            "UPDATE body SET raw = ? WHERE article_id IN (SELECT id FROM touched)",
            (pack_body(""),),
        )
    return len(ids)
