"""Says whether the counters are what a count of every article gives."""

from reader.library import Library

_FEEDS = """
SELECT feed.id, count(listed.id), total(listed.unread), total(listed.starred),
    total(listed.unread AND listed.starred)
FROM feed LEFT JOIN (SELECT * FROM article WHERE away = 0 AND hidden = 0) AS listed
    ON feed_id = feed.id
GROUP BY feed.id ORDER BY feed.id
"""
_TAGS = """
SELECT tag.id, count(listed.id), total(listed.unread) FROM tag
LEFT JOIN article_tag ON tag_id = tag.id
LEFT JOIN (SELECT * FROM article WHERE away = 0 AND hidden = 0) AS listed
    ON listed.id = article_id
GROUP BY tag.id ORDER BY tag.id
"""
_DATES = """
SELECT article.id FROM article_tag JOIN article ON article.id = article_id
WHERE article_tag.published <> article.published
"""


def assert_counters_exact(library: Library) -> None:
    """Compare each feed's and tag's counters, and the dates in tags, with the articles."""
    with library.store.read() as connection:
        feeds = connection.execute(
            "SELECT id, articles, unread, starred, starred_unread FROM feed ORDER BY id"
        ).fetchall()
        assert feeds == connection.execute(_FEEDS).fetchall()
        tags = connection.execute("SELECT id, articles, unread FROM tag ORDER BY id").fetchall()
        assert tags == connection.execute(_TAGS).fetchall()
        assert connection.execute(_DATES).fetchall() == []
