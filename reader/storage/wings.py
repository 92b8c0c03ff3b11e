"""Articles that wait in the wings: stored, and in no list until every rule has judged them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.storage import counters

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from reader.storage.packing import Ids

WAITING = 16
"""The bit of ``away`` of an article that waits."""


def withhold(connection: sqlite3.Connection, ids: Iterable[int]) -> None:
    """Let new articles wait."""
    _set(connection, ids, f"away | {WAITING}")


def release(connection: sqlite3.Connection, ids: Iterable[int]) -> Ids:
    """Let those of the articles that wait come into the lists; returns them."""
    return _set(connection, ids, f"away & ~{WAITING}", where=f"away & {WAITING} <> 0")


def any_wait(connection: sqlite3.Connection) -> bool:
    """Whether there are articles that wait."""
    row = connection.execute(
        "SELECT 1 FROM article INDEXED BY article_unlisted"
        " WHERE (away <> 0 OR hidden <> 0) AND away & ? <> 0 LIMIT 1",
        (WAITING,),
    ).fetchone()
    return row is not None


def waiting(connection: sqlite3.Connection, ids: Iterable[int]) -> Ids:
    """Those of the articles that wait."""
    return counters.touch(connection, ids, where=f"away & {WAITING} <> 0")


def _set(connection: sqlite3.Connection, ids: Iterable[int], away: str, *, where: str = "1") -> Ids:
    touched = counters.touch(connection, ids, where=where)
    if touched:
        with counters.recounting(connection):
            connection.execute(
                f"UPDATE article SET away = {away} WHERE id IN (SELECT id FROM touched)"  # noqa: S608
            )
    return touched
