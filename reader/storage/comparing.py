"""Finds which articles are the same as one of another feed: by link, or by title and text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.storage import copies, reading
from reader.storage.copies import BEHIND, Same
from reader.storage.times import DATE_SOURCES
from reader.stories import Copy, Fingerprint, Reason, fingerprint, same
from reader.text.urls import canonical

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

_COMPARED = 50
_DAYS_APART = 31 * 86_400
_DISTANT = 1 << 62
_WRITTEN = DATE_SOURCES.index("text")
"""Dates up to this source of them are those of the article; others, of its file or arrival."""

_NOTHING = Fingerprint("", (), (), 0)


def uncompared(connection: sqlite3.Connection, limit: int) -> list[int]:
    """The next articles to look for among the others, in the order they came."""
    rows = connection.execute(
        "SELECT article_id FROM about WHERE compared = 0 ORDER BY article_id LIMIT ?", (limit,)
    )
    return [row[0] for row in rows]


def find(connection: sqlite3.Connection, ids: Sequence[int]) -> list[Same]:
    """Which of the articles are the same as one that came before and is shown.

    Two articles of one feed are two. Texts are read of those alone that have the same title
    in another feed.
    """
    return list(_Search(connection).find(ids))


class _Search:
    """One look for copies; what it found so far counts as standing behind."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._found: dict[int, Same] = {}
        self._prints: dict[int, Fingerprint] = {}

    def find(self, ids: Sequence[int]) -> list[Same]:
        for article_id in ids:
            row = self._connection.execute(
                "SELECT feed_id, link_key, link, title_key, title, published, date_source"
                " FROM article"
                " JOIN about ON article_id = article.id"
                " WHERE article.id = ? AND away = 0 AND hidden = 0",
                (article_id,),
            ).fetchone()
            if row is None:
                continue
            feed_id, link_key, link, title_key, title, published, date_source = row
            found = None
            if link_key is not None:
                found = self._by_link(article_id, feed_id, link_key, canonical(link))
            if found is None:
                around = (published - _DAYS_APART, published + _DAYS_APART)
                always = (-_DISTANT, _DISTANT)
                within = always if date_source > _WRITTEN else around
                found = self._by_text(article_id, feed_id, title_key, title, within)
            if found is not None:
                self._found[article_id] = found
        return list(self._found.values())

    def _by_link(self, article_id: int, feed_id: int, link_key: int, link: str) -> Same | None:
        """A link that two articles of one feed have is that of a page about many things."""
        rows = self._connection.execute(
            "SELECT id, feed_id, link FROM article INDEXED BY article_link"
            " WHERE link_key = ? AND link_key IS NOT NULL AND away & ~? = 0 AND hidden = 0"
            " ORDER BY id LIMIT ?",
            (link_key, BEHIND, _COMPARED),
        ).fetchall()
        feeds = [row[1] for row in rows]
        if len(set(feeds)) < len(feeds):
            return None
        mine = Copy(feed_id, link, _NOTHING)
        for other_id, other_feed, other_link in rows:
            other = Copy(other_feed, canonical(other_link), _NOTHING)
            reason = same(mine, other) if other_id < article_id else None
            if reason is not None:
                return self._same(article_id, feed_id, other_id, reason)
        return None

    def _by_text(
        self, article_id: int, feed_id: int, title_key: int, title: str, within: tuple[int, int]
    ) -> Same | None:
        """What was published outside ``within`` (seconds) is another: last year's announcement."""
        others = self._connection.execute(
            "SELECT article.id, feed_id, title FROM about INDEXED BY about_title"
            " CROSS JOIN article ON article.id = article_id"
            " WHERE title_key = ? AND article_id < ? AND feed_id <> ?"
            " AND away & ~? = 0 AND hidden = 0"
            " AND (date_source > ? OR published BETWEEN ? AND ?)"
            " ORDER BY article_id DESC LIMIT ?",
            (title_key, article_id, feed_id, BEHIND, _WRITTEN, *within, _COMPARED),
        ).fetchall()
        if not others:
            return None
        titles = {article_id: title, **{row[0]: row[2] for row in others}}
        unread = [one for one in titles if one not in self._prints]
        for one, text in reading.texts(self._connection, unread):
            self._prints[one] = fingerprint(titles[one], text)
        mine = Copy(feed_id, "", self._prints.get(article_id, _NOTHING))
        for other_id, other_feed, _ in reversed(others):
            other = Copy(other_feed, "", self._prints.get(other_id, _NOTHING))
            reason = same(mine, other, by_link=False)
            if reason is not None:
                return self._same(article_id, feed_id, other_id, reason)
        return None

    def _same(self, article_id: int, feed_id: int, other_id: int, reason: Reason) -> Same | None:
        """The finding, about the article that is shown for the other one."""
        if other_id in self._found:
            shown_id = self._found[other_id].shown_id
        else:
            shown_id = copies.shown(self._connection, other_id)
        row = self._connection.execute(
            "SELECT feed_id FROM article WHERE id = ? AND away = 0 AND hidden = 0", (shown_id,)
        ).fetchone()
        if row is None or row[0] == feed_id:
            return None
        return Same(article_id, shown_id, reason.kind, reason.similarity)
