"""What tells how much an unread article is worth reading: its story, and the tags one cares for."""

from __future__ import annotations

import json
import math
from collections import defaultdict
from typing import TYPE_CHECKING

from reader.storage import topics
from reader.storage.times import from_seconds
from reader.stories import Report, Stories, Waiting, terms

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

_OWN = 1.0
_STARRED = 0.5


def tag_weights(connection: sqlite3.Connection) -> dict[str, float]:
    """How much a person cares for tags, by key: 1.0 for own ones, for others by their stars."""
    weights = {
        folded: min(_OWN, _STARRED * math.log2(1 + starred))
        for folded, starred in connection.execute(
            "SELECT folded, count(*) FROM article INDEXED BY article_starred"
            " CROSS JOIN article_tag ON article_id = article.id JOIN tag ON tag.id = tag_id"
            " WHERE away = 0 AND article.hidden = 0 AND starred = 1 GROUP BY tag_id"
        )
    }
    for (folded,) in connection.execute("SELECT folded FROM tag WHERE kind = 'user'"):
        weights[folded] = _OWN
    return weights


def waiting(connection: sqlite3.Connection, ids: Sequence[int]) -> list[Waiting]:
    """The articles with what they are weighed by, in the order they came."""
    wanted = json.dumps(list(ids))
    carried: dict[int, list[str]] = defaultdict(list)
    for article_id, folded in connection.execute(
        "SELECT article_id, folded FROM json_each(?) AS wanted"
        " CROSS JOIN article_tag ON article_id = wanted.value"
        " CROSS JOIN tag ON tag.id = tag_id",
        (wanted,),
    ):
        carried[article_id].append(folded)
    copied = dict(
        connection.execute(
            "SELECT shown_id, count(*) FROM json_each(?) AS wanted"
            " CROSS JOIN copy ON shown_id = wanted.value GROUP BY shown_id",
            (wanted,),
        ).fetchall()
    )
    about = topics.of(connection, ids)
    stories = Stories()
    found = []
    for article_id, feed_id, published, words, starred, title in connection.execute(
        "SELECT article.id, feed_id, published, words, starred, title FROM json_each(?) AS wanted"
        " CROSS JOIN article ON article.id = wanted.value ORDER BY article.id",
        (wanted,),
    ):
        told = terms(title, about.get(article_id, ()))
        story, _ = stories.add(article_id, Report(feed_id, from_seconds(published), told))
        found.append((article_id, published, words, starred, story))
    return [
        Waiting(
            id=article_id,
            published=from_seconds(published),
            words=words,
            starred=bool(starred),
            tags=tuple(carried[article_id]),
            story=story,
            outlets=stories.outlets(story) + copied.get(article_id, 0),
        )
        for article_id, published, words, starred, story in found
    ]
