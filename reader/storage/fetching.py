"""What is remembered about fetching web feeds, what a person set for each, and who fetches."""

from __future__ import annotations

import json
import os
from datetime import datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING

from msgspec import Struct

from reader.model.feed import FeedHealth, FeedSettings
from reader.model.fetch import FetchState
from reader.storage.times import from_seconds, to_seconds
from reader.text.terminal import SafeText, clean_line

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence

LEASE = timedelta(minutes=10)
"""A process that vanished without a trace (another host, another container) holds so long."""

_STATE = (
    "url, etag, last_modified, digest, next_due, last_tried, last_succeeded, fetches, unchanged,"
    " failures, code, problem, advice, moved_to, moved_seen, retired, feed_interval_s, skip_hours"
)
_SETTINGS = "interval_s, full_text, selector, unread_when_changed, keep_articles, keep_days"
_FETCH = ", ".join(f"fetch.{name}" for name in f"{_STATE}, {_SETTINGS}".split(", "))


class Due(Struct, frozen=True, kw_only=True):
    """A web feed that may be fetched now."""

    feed_id: int
    source_id: int
    title: SafeText
    state: FetchState
    settings: FeedSettings


def begin(connection: sqlite3.Connection, feed_id: int, url: str) -> None:
    """Remember a new web feed, due at once; one that is known is due and no longer retired."""
    connection.execute(
        "INSERT INTO fetch (feed_id, url) VALUES (?, ?)"
        " ON CONFLICT (feed_id) DO UPDATE SET next_due = 0, retired = 0",
        (feed_id, url),
    )


def due(
    connection: sqlite3.Connection,
    now: datetime,
    *,
    feed_ids: Sequence[int] | None = None,
    force: bool = False,
) -> list[Due]:
    """Web feeds that are subscribed and neither paused nor retired, and due unless ``force``.

    A feed that is asked for by name (``feed_ids`` with ``force``) is fetched even where it
    is paused or retired, and even where its server said for how long to leave it alone
    (code "host-waits"), which ``force`` alone does not break.
    """
    named = feed_ids is not None
    rows = connection.execute(
        f"SELECT feed.id, source_id, coalesce(nullif(name, ''), title), {_FETCH}"  # noqa: S608
        " FROM fetch JOIN feed ON feed.id = feed_id JOIN source ON source.id = source_id"
        " WHERE feed.removed_at IS NULL AND source.removed_at IS NULL"
        " AND (:force AND :named OR paused = 0 AND retired = 0)"
        " AND (next_due <= :now"
        "  OR :force AND (:named OR code <> 'host-waits'))"
        " AND (NOT :named OR feed.id IN (SELECT value FROM json_each(:ids)))"
        " ORDER BY next_due, feed.id",
        {
            "now": to_seconds(now),
            "force": force,
            "named": named,
            "ids": json.dumps(list(feed_ids or ())),
        },
    )
    return [
        Due(
            feed_id=row[0],
            source_id=row[1],
            title=SafeText(row[2]) or clean_line(row[3]),
            state=_state(row[3:21]),
            settings=_settings(row[21:27]),
        )
        for row in rows
    ]


def _state(row: Sequence[object]) -> FetchState:
    values = dict(zip(_STATE.split(", "), row, strict=True))
    for name in ("next_due", "last_tried", "last_succeeded"):
        values[name] = _when(values[name])
    values["retired"] = bool(values["retired"])
    hours = str(values["skip_hours"])
    values["skip_hours"] = tuple(map(int, hours.split())) if hours else ()
    return FetchState(**values)  # type: ignore[arg-type]


def _when(seconds: object) -> datetime | None:
    return from_seconds(int(str(seconds))) if seconds else None


def _settings(row: Sequence[object]) -> FeedSettings:
    interval_s, full_text, selector, unread_when_changed, keep_articles, keep_days = row
    return FeedSettings(
        interval_s=int(str(interval_s)),
        full_text=bool(full_text),
        selector=str(selector),
        unread_when_changed=bool(unread_when_changed),
        keep_articles=int(str(keep_articles)),
        keep_days=int(str(keep_days)),
    )


_updates = count(1)


def me() -> str:
    """A new holder of this process: others on this machine can tell whether it still lives."""
    return f"{os.uname().nodename}/{os.getpid()}/{next(_updates)}"


def lease(
    connection: sqlite3.Connection, feed_ids: Sequence[int], *, holder: str, now: datetime
) -> set[int]:
    """Take the right to fetch feeds; returns those that no other living process holds."""
    ids = json.dumps(list(feed_ids))
    held = connection.execute(
        "SELECT DISTINCT holder FROM fetch WHERE feed_id IN (SELECT value FROM json_each(?))"
        " AND holder <> '' AND holder <> ? AND leased_until > ?",
        (ids, holder, to_seconds(now)),
    ).fetchall()
    living = json.dumps([other for (other,) in held if _may_live(other)])
    rows = connection.execute(
        "UPDATE fetch SET holder = ?, leased_until = ?"
        " WHERE feed_id IN (SELECT value FROM json_each(?))"
        " AND (leased_until <= ? OR holder NOT IN (SELECT value FROM json_each(?)))"
        " RETURNING feed_id",
        (holder, to_seconds(now + LEASE), ids, to_seconds(now), living),
    ).fetchall()
    return {feed_id for (feed_id,) in rows}


def _may_live(holder: str) -> bool:
    """Whether a holder can still be at work: unknown on another machine, so yes there."""
    host, _, process = holder.rpartition("/")[0].rpartition("/")
    if host != os.uname().nodename or not process.isdigit():
        return True
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def release(connection: sqlite3.Connection, *, holder: str) -> None:
    """Give back every feed that ``holder`` has."""
    connection.execute("UPDATE fetch SET holder = '', leased_until = 0 WHERE holder = ?", (holder,))


def save(connection: sqlite3.Connection, outcomes: Iterable[tuple[int, FetchState]]) -> None:
    """Remember how fetching feeds went, and give them back."""
    rows = []
    problems = []
    for feed_id, state in outcomes:
        rows.append((*_values(state), feed_id))
        problems.append((state.problem, feed_id))
    names = ", ".join(f"{name} = ?" for name in _STATE.split(", "))
    connection.executemany(
        f"UPDATE fetch SET {names}, holder = '', leased_until = 0 WHERE feed_id = ?",  # noqa: S608
        rows,
    )
    connection.executemany("UPDATE feed SET problem = ?1 WHERE id = ?2 AND problem <> ?1", problems)


def _values(state: FetchState) -> tuple[object, ...]:
    values: list[object] = []
    for name in _STATE.split(", "):
        value = getattr(state, name)
        if name in ("next_due", "last_tried", "last_succeeded"):
            value = to_seconds(value) if value else 0
        elif name == "skip_hours":
            value = " ".join(map(str, value))
        values.append(value)
    return tuple(values)


def settings(connection: sqlite3.Connection, feed_id: int) -> FeedSettings:
    """What a person set for a feed; the defaults where it is no web feed."""
    row = connection.execute(
        f"SELECT {_SETTINGS} FROM fetch WHERE feed_id = ?",  # noqa: S608
        (feed_id,),
    ).fetchone()
    return _settings(row) if row else FeedSettings()


def set_settings(connection: sqlite3.Connection, feed_id: int, chosen: FeedSettings) -> None:
    """Set what a person chose; a shorter interval makes the feed due accordingly sooner."""
    names = ", ".join(f"{name} = ?" for name in _SETTINGS.split(", "))
    values = [getattr(chosen, name) for name in _SETTINGS.split(", ")]
    connection.execute(
        f"UPDATE fetch SET {names} WHERE feed_id = ?",  # noqa: S608
        (*values, feed_id),
    )
    connection.execute(
        "UPDATE fetch SET next_due = min(next_due, last_succeeded + interval_s)"
        " WHERE feed_id = ? AND interval_s > 0 AND last_succeeded > 0 AND failures = 0",
        (feed_id,),
    )


_HEALTH = """
SELECT feed.id, coalesce(nullif(name, ''), title), url, last_tried, last_succeeded, next_due,
    failures, fetch.problem, advice, fetches, unchanged, articles, paused, retired,
    (SELECT published FROM article INDEXED BY article_feed_newest
        WHERE feed_id = feed.id AND away = 0 AND hidden = 0 ORDER BY published DESC LIMIT 1),
    (SELECT published FROM article INDEXED BY article_feed_newest
        WHERE feed_id = feed.id AND away = 0 AND hidden = 0
        ORDER BY published DESC LIMIT 1 OFFSET :back)
FROM fetch JOIN feed ON feed.id = feed_id JOIN source ON source.id = source_id
WHERE feed.removed_at IS NULL AND source.removed_at IS NULL
ORDER BY failures > 0 OR retired DESC, coalesce(nullif(name, ''), title) COLLATE NOCASE
"""

_CADENCE_OVER = 10
"""The cadence is the mean distance between so many newest articles."""


def health(connection: sqlite3.Connection) -> list[FeedHealth]:
    """How every web feed is doing, the failing ones first."""
    return [
        FeedHealth(
            feed_id=row[0],
            title=SafeText(row[1]) or clean_line(row[2]),
            url=clean_line(row[2]),
            last_tried=_when(row[3]),
            last_succeeded=_when(row[4]),
            next_due=None if row[13] or row[12] else _when(row[5]),
            failures=row[6],
            problem=clean_line(row[7]),
            advice=clean_line(row[8]),
            fetches=row[9],
            unchanged=row[10],
            articles=row[11],
            paused=bool(row[12]),
            retired=bool(row[13]),
            cadence_s=0 if row[15] is None else max(0, row[14] - row[15]) // (_CADENCE_OVER - 1),
        )
        for row in connection.execute(_HEALTH, {"back": _CADENCE_OVER - 1})
    ]
