"""Articles that were stored and not looked into yet; what their texts say is kept here."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from msgspec import Struct

from reader.storage import memory

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence

    from reader.text.blocks import BodyKind


class Waiting(Struct, frozen=True):
    """An article whose text is to be looked into; ``raw`` is the text as it is stored."""

    body_id: int
    id: int
    title: str
    language: str
    words: int
    kind: BodyKind
    raw: bytes


_AT = "digest.at"
_CHOSEN = "digest.chosen"
_ANYTHING = """
SELECT EXISTS (SELECT 1 FROM body WHERE indexed = 0)
    OR EXISTS (SELECT 1 FROM body WHERE digested = 0)
    OR EXISTS (SELECT 1 FROM about WHERE compared = 0)
    OR iif(?, EXISTS (SELECT 1 FROM about WHERE topics IS NULL),
        EXISTS (SELECT 1 FROM topic WHERE key = 0 AND articles > 0))
"""


def anything(connection: sqlite3.Connection, *, derived: bool) -> bool:
    """Whether anything is to be done behind. ``derived`` tells that derived tags are wanted."""
    (waits,) = connection.execute(_ANYTHING, (derived,)).fetchone()
    return bool(waits) or choosing(connection) is not None


def looked_at(connection: sqlite3.Connection) -> int:
    """How many articles were looked at for derived tags."""
    row = connection.execute("SELECT articles FROM topic WHERE key = 0").fetchone()
    return 0 if row is None else int(row[0])


def choosing(connection: sqlite3.Connection) -> int | None:
    """After which article to go on choosing derived tags anew; None where that is not due.

    It is, each time that the library has grown by a quarter: how often a name occurs
    decides whether it is a tag, and what a person is called.
    """
    known = memory.recall(connection)
    at, chosen = int(known.get(_AT, "0")), int(known.get(_CHOSEN, "0"))
    return at if at or looked_at(connection) >= chosen * 1.25 + 1 else None


def chose(connection: sqlite3.Connection, last: int | None) -> None:
    """Note up to which article tags were chosen anew; None for all of them."""
    done = {_AT: "0", _CHOSEN: str(looked_at(connection))} if last is None else {_AT: str(last)}
    memory.remember(connection, done)


def count(connection: sqlite3.Connection) -> int:
    """How many texts wait."""
    row = connection.execute("SELECT count(*) FROM body WHERE digested = 0").fetchone()
    return int(row[0])


def waiting(connection: sqlite3.Connection, limit: int, *, after: int = 0) -> list[Waiting]:
    """The next articles that wait, in the order they came, beginning after a body's id."""
    rows = connection.execute(
        "SELECT body.id, article.id, title, language, words, kind, raw"
        " FROM body INDEXED BY body_undigested"
        " JOIN article ON article.id = body.article_id AND article.body_id = body.id"
        " WHERE digested = 0 AND body.id > ? ORDER BY body.id LIMIT ?",
        (after, limit),
    )
    return [Waiting(*row) for row in rows]


def claim(connection: sqlite3.Connection, one: Waiting) -> bool:
    """Whether an article still waits with this text; from now on it does not."""
    cursor = connection.execute(
        "UPDATE body SET digested = 1 WHERE id = ?1 AND digested = 0"
        " AND EXISTS (SELECT 1 FROM article WHERE article.id = ?2 AND body_id = ?1)",
        (one.body_id, one.id),
    )
    return cursor.rowcount == 1


def drop_revisions(connection: sqlite3.Connection) -> None:
    """Wait no longer for texts that were replaced before their turn came."""
    connection.execute(
        "UPDATE body SET digested = 1 WHERE digested = 0 AND id <>"
        " (SELECT body_id FROM article WHERE article.id = article_id)"
    )


def again(connection: sqlite3.Connection, ids: Iterable[int]) -> None:
    """Let articles wait to be looked into once more."""
    connection.execute(
        "UPDATE body SET digested = 0 WHERE id IN (SELECT body_id FROM json_each(?) AS wanted"
        " CROSS JOIN article ON article.id = wanted.value)",
        (json.dumps(list(ids)),),
    )


class Described(Struct, frozen=True):
    """What an article's text says. ``title_key`` is a hash of its title's words."""

    waiting: Waiting
    words: int
    language: str
    title_key: int


def describe(connection: sqlite3.Connection, found: Sequence[Described]) -> None:
    """Keep what the texts of articles say."""
    news = [
        (one.words, one.language, one.waiting.id)
        for one in found
        if (one.words, one.language) != (one.waiting.words, one.waiting.language)
    ]
    connection.executemany(
        "INSERT INTO language (code) VALUES (?) ON CONFLICT DO NOTHING",
        {(language,) for _, language, _ in news},
    )
    connection.executemany("UPDATE article SET words = ?, language = ? WHERE id = ?", news)
    connection.executemany(
        "INSERT INTO about (article_id, title_key) VALUES (?, ?)"
        " ON CONFLICT (article_id) DO UPDATE SET title_key = excluded.title_key, compared = 0",
        [(one.waiting.id, one.title_key) for one in found],
    )
