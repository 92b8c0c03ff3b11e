"""The same article through several feeds: one of them is shown, the others stand behind it."""

from __future__ import annotations

import json
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from msgspec import Struct

from reader.model.copies import ArticleCopy
from reader.storage import counters, files
from reader.text.terminal import SafeText, clean_line

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping, Sequence

    from reader.storage.packing import Ids

BEHIND = 8
"""The bit of ``away`` of an article that stands behind another."""

_FEW = 50


class Same(Struct, frozen=True):
    """An article, the shown one that it is the same as, and why (``reader.stories.Reason``)."""

    id: int
    shown_id: int
    kind: str
    similarity: float


def keep(connection: sqlite3.Connection, ids: Iterable[int], found: Iterable[Same]) -> None:
    """Let articles stand behind those they are the same as; none is looked for again.

    What was done to either of two is done to both: read once, starred in any.
    """
    connection.executemany(
        "UPDATE about SET compared = 1 WHERE article_id = ?", [(one,) for one in ids]
    )
    for one in found:
        listed = "away = 0 AND hidden = 0"
        pair = counters.touch(connection, (one.id, one.shown_id), where=listed)
        if len(pair) < 2:
            continue
        with counters.recounting(connection):
            connection.execute(
                "UPDATE article SET (unread, starred) = (SELECT min(unread), max(starred)"
                " FROM article WHERE id IN (SELECT id FROM touched))"
                " WHERE id IN (SELECT id FROM touched)"
            )
            _stand_behind(connection, one.id)
            connection.execute(
                "INSERT INTO copy (article_id, shown_id, kind, similarity) VALUES (?, ?, ?, ?)"
                " ON CONFLICT DO NOTHING",
                (one.id, one.shown_id, one.kind, one.similarity),
            )
            # What stood behind it stands behind the shown one now.
            connection.execute(
                "UPDATE copy SET shown_id = ? WHERE shown_id = ?", (one.shown_id, one.id)
            )


def part(connection: sqlite3.Connection, ids: Iterable[int]) -> None:
    """Let articles whose texts changed, and what stood behind them, be looked for once more."""
    if not _any(connection):
        return
    listed = json.dumps(list(ids))
    apart = [
        row[0]
        for row in connection.execute(
            "SELECT article_id FROM json_each(?1) AS wanted"
            " CROSS JOIN copy ON article_id = wanted.value UNION"
            " SELECT article_id FROM json_each(?1) AS wanted"
            " CROSS JOIN copy ON shown_id = wanted.value",
            (listed,),
        )
    ]
    if not apart:
        return
    counters.touch(connection, apart)
    with counters.recounting(connection):
        connection.execute(
            "UPDATE article SET away = away & ~? WHERE id IN (SELECT id FROM touched)", (BEHIND,)
        )
    rows = [(one,) for one in apart]
    connection.executemany("DELETE FROM copy WHERE article_id = ?", rows)
    connection.executemany("UPDATE about SET compared = 0 WHERE article_id = ?", rows)


def step_forward(connection: sqlite3.Connection, ids: Iterable[int]) -> None:
    """Show what stands behind articles that left the lists; these stand behind it from now on."""
    if not _any(connection):
        return
    pairs = connection.execute(
        "SELECT shown_id, min(copy.article_id) FROM json_each(?) AS wanted"
        " CROSS JOIN copy ON shown_id = wanted.value"
        " CROSS JOIN article ON article.id = copy.article_id WHERE away = ? GROUP BY shown_id",
        (json.dumps(list(ids)), BEHIND),
    ).fetchall()
    for before, now in pairs:
        counters.touch(connection, [now])
        with counters.recounting(connection):
            connection.execute(
                "UPDATE article SET away = away & ~?1, (unread, starred) ="
                " (SELECT unread, starred FROM article AS before WHERE before.id = ?2)"
                " WHERE id = ?3",
                (BEHIND, before, now),
            )
            connection.execute(
                "INSERT OR IGNORE INTO article_tag (tag_id, published, article_id, kind)"
                " SELECT tag_id, article.published, article.id, 'user' FROM article_tag"
                " CROSS JOIN article ON article.id = ?"
                " WHERE article_tag.article_id = ? AND kind = 'user'",
                (now, before),
            )
        _stand_behind(connection, before)
        connection.execute(
            "UPDATE copy SET article_id = ?1, shown_id = ?2 WHERE article_id = ?2", (before, now)
        )
        connection.execute("UPDATE copy SET shown_id = ? WHERE shown_id = ?", (now, before))


def with_copies(connection: sqlite3.Connection, ids: Iterable[int]) -> Iterable[int]:
    """The articles and what stands behind them, or in front of them.

    A list that was opened before may still show what stands behind another by now.
    """
    if not _any(connection):
        return ids
    wanted = set(ids)
    if len(wanted) < _FEW:
        listed = json.dumps(list(wanted))
        pairs = connection.execute(
            "WITH wanted (id) AS (SELECT value FROM json_each(?)),"
            " front (id) AS (SELECT id FROM wanted UNION"
            " SELECT shown_id FROM wanted CROSS JOIN copy ON article_id = wanted.id)"
            " SELECT article_id, shown_id FROM front CROSS JOIN copy ON shown_id = front.id",
            (listed,),
        ).fetchall()
    else:
        pairs = connection.execute("SELECT article_id, shown_id FROM copy").fetchall()
    front = wanted | {shown_id for article_id, shown_id in pairs if article_id in wanted}
    return front | {article_id for article_id, shown_id in pairs if shown_id in front}


def without_copies(connection: sqlite3.Connection, ids: Ids) -> Ids:
    """Those of the articles that stand behind none."""
    if not ids or not _any(connection):
        return ids
    behind = {
        row[0]
        for row in connection.execute(
            "SELECT article_id FROM json_each(?) AS wanted"
            " CROSS JOIN copy ON article_id = wanted.value",
            (json.dumps(list(ids)),),
        )
    }
    return type(ids)("q", [one for one in ids if one not in behind]) if behind else ids


def shown(connection: sqlite3.Connection, article_id: int) -> int:
    """The article itself, or the shown one that it stands behind."""
    row = connection.execute(
        "SELECT shown_id FROM copy WHERE article_id = ?", (article_id,)
    ).fetchone()
    return article_id if row is None else int(row[0])


def behind(
    connection: sqlite3.Connection, ids: Sequence[int]
) -> Mapping[int, tuple[ArticleCopy, ...]]:
    """What stands behind each article that has anything behind it, as it came."""
    if not _any(connection):
        return {}
    # Imported late: most articles stand for themselves.
    from reader.stories import Reason

    rows = connection.execute(
        "SELECT shown_id, article.id, feed_id, coalesce(nullif(feed.name, ''), feed.title), link,"
        " copy.kind, similarity FROM json_each(?) AS wanted"
        " CROSS JOIN copy ON shown_id = wanted.value"
        " CROSS JOIN article ON article.id = copy.article_id JOIN feed ON feed.id = feed_id"
        " WHERE away = ? ORDER BY shown_id, article.id",
        (json.dumps(list(ids)), BEHIND),
    ).fetchall()
    return {
        shown_id: tuple(
            ArticleCopy(
                id=row[1],
                feed_id=row[2],
                feed=SafeText(row[3]),
                link=row[4],
                path=files.path_of(connection, row[1]),
                why=clean_line(str(Reason(row[5], row[6]))),
            )
            for row in group
        )
        for shown_id, group in groupby(rows, key=itemgetter(0))
    }


def _any(connection: sqlite3.Connection) -> bool:
    return connection.execute("SELECT 1 FROM copy LIMIT 1").fetchone() is not None


def _stand_behind(connection: sqlite3.Connection, article_id: int) -> None:
    connection.execute("UPDATE article SET away = away | ? WHERE id = ?", (BEHIND, article_id))
