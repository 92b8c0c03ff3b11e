"""Smart feeds: saved queries in the feed list, with how many articles they have.

The numbers are kept, and brought up to date behind when something happened: the feed list
never waits for a query however many are saved.
"""

from __future__ import annotations

import json
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from reader.model.scope import Scope
from reader.storage import journal, lists, memory, subscriptions
from reader.storage.feeds import SAVED
from reader.storage.tallies import Tally, drifts
from reader.storage.times import to_seconds
from reader.text.terminal import clean_line

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator

    from reader.storage.journal import Writer
    from reader.storage.lists import Clock
    from reader.storage.scopes import Moment
    from reader.storage.store import Store

MOST_CHARACTERS = 10_000
_AGAIN_S = 60
_COUNTED = "smart.counted"
_LEFT = "smart.left"

SLICE_S = 0.5
"""About how long smart feeds are counted at a time."""


class Saved(Struct, frozen=True):
    """A saved query and what was counted of it."""

    id: int
    title: str
    query: str
    articles: int
    unread: int


def saved(connection: sqlite3.Connection) -> list[Saved]:
    """Every saved smart feed, in the order of the feed list."""
    rows = connection.execute(
        "SELECT id, title, query, articles, unread FROM smart"
        " WHERE removed_at IS NULL ORDER BY position, id"
    )
    return [Saved(*row) for row in rows]


def find(connection: sqlite3.Connection, title: str) -> int | None:
    """The number in the feed list of the smart feed of a title, whatever its case."""
    wanted = title.casefold()
    found = (one.id for one in saved(connection) if one.title.casefold() == wanted)
    number = next(found, None)
    return None if number is None else SAVED + number


def save(
    connection: sqlite3.Connection, writer: Writer, title: str, query: str, moment: Clock
) -> tuple[int, int]:
    """Save a query under a title; its number in the feed list, and the journal's row."""
    name = clean_line(title, 200) or clean_line(query, 200)
    query = query[:MOST_CHARACTERS]
    articles, unread = lists.counts(connection, Scope(query=query), moment)
    (number,) = connection.execute(
        "INSERT INTO smart (title, query, position, removed_at, articles, unread) VALUES (?, ?,"
        " (SELECT coalesce(max(position), 0) + 1 FROM smart), 0, ?, ?) RETURNING id",
        (name, query, articles, unread),
    ).fetchone()
    # Undo sets removed_at back to the 0 that it was stored with.
    row_id = subscriptions.edit(
        connection,
        writer,
        [("smart", number, {"removed_at": None})],
        label=f"saved the smart feed {name}",
    )
    return SAVED + number, row_id


def change(
    connection: sqlite3.Connection,
    writer: Writer,
    row_id: int,
    *,
    title: str | None = None,
    query: str | None = None,
) -> int:
    """Call a smart feed otherwise, or let it ask something else; the journal's row."""
    values: dict[str, object] = {}
    if title is not None:
        values["title"] = clean_line(title, 200)
    if query is not None:
        values["query"] = query[:MOST_CHARACTERS]
        memory.remember(connection, {_COUNTED: ""})
    label = f"changed the smart feed {title or _title(connection, row_id)}"
    return subscriptions.edit(connection, writer, [("smart", row_id - SAVED, values)], label=label)


def remove(connection: sqlite3.Connection, writer: Writer, row_id: int) -> int:
    """Take a smart feed from the feed list; the journal's row."""
    return subscriptions.edit(
        connection,
        writer,
        [("smart", row_id - SAVED, {"removed_at": to_seconds(writer.at)})],
        label=f"removed the smart feed {_title(connection, row_id)}",
    )


def move(connection: sqlite3.Connection, writer: Writer, row_id: int, places: int) -> int:
    """Move a smart feed so many places down (negative: up); the journal's row."""
    order = [one.id for one in saved(connection)]
    number = row_id - SAVED
    start = order.index(number)
    order.insert(max(0, min(len(order) - 1, start + places)), order.pop(start))
    return subscriptions.edit(
        connection,
        writer,
        [("smart", one, {"position": place}) for place, one in enumerate(order, 1)],
        label=f"moved the smart feed {_title(connection, row_id)}",
    )


def recount(store: Store, moment: Clock, stop: Callable[[], bool] | None = None) -> bool:
    """Bring the numbers up to date if something happened since; whether any changed.

    Marks on a few articles are told by looking at those alone. What changes with the time
    is counted again every minute. What has to be counted whole is, for about ``SLICE_S``;
    the next call goes on.
    """
    with store.read(stop=stop) as connection:
        kept = memory.recall(connection)
        then = kept.get(_COUNTED, "")
        left = set(json.loads(kept.get(_LEFT, "[]")))
        asked = moment()
        with _at_one_moment(connection):
            counted = _counted(connection, then, left, asked)
        if counted is None:
            return False
    if store.problem:
        return False
    with store.write() as connection:
        if memory.recall(connection).get(_COUNTED, "") != then:
            return False
        connection.executemany(
            "UPDATE smart SET articles = ?, unread = ? WHERE id = ?", counted.news
        )
        memory.remember(
            connection, {_COUNTED: counted.until, _LEFT: json.dumps(sorted(counted.left))}
        )
    return bool(counted.news)


class _Counted(NamedTuple):
    """Numbers that changed (articles, unread, smart feed), and what they now tell about.

    ``left`` are smart feeds that are still to be counted whole.
    """

    news: list[tuple[int, int, int]]
    until: str
    left: set[int]


def _counted(
    connection: sqlite3.Connection, then: str, left: set[int], moment: Moment
) -> _Counted | None:
    """The numbers since the line of the journal that they told about; None for nothing to do."""
    last, _, at = then.partition(" ")
    now, newest = to_seconds(moment.now), journal.newest(connection)
    rows = journal.since(connection, int(last)) if last else None
    drifted = now - int(at or 0) >= _AGAIN_S
    if rows == [] and not drifted and not left:
        return None
    every = saved(connection)
    whole = left | ({one.id for one in every if drifts(one.query)} if drifted else set())
    if rows == [] and not whole:
        return None
    tally = Tally(connection, moment)
    few = rows is not None and tally.take(rows)
    if not few:
        whole = {one.id for one in every}
    news = []
    end = time.monotonic() + SLICE_S
    for one in every:
        if one.id not in whole:
            articles, unread = tally.difference(one.query) if rows else (0, 0)
            counts = one.articles + articles, one.unread + unread
        elif time.monotonic() < end:
            counts = lists.counts(connection, Scope(query=one.query), lambda: moment)
            whole.discard(one.id)
        else:
            continue
        if counts != (one.articles, one.unread):
            news.append((*counts, one.id))
    return _Counted(news, f"{newest} {now if drifted or not few else at}", whole)


@contextmanager
def _at_one_moment(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN")
    try:
        yield
    finally:
        if connection.in_transaction:
            connection.execute("COMMIT")


def _title(connection: sqlite3.Connection, row_id: int) -> str:
    row = connection.execute("SELECT title FROM smart WHERE id = ?", (row_id - SAVED,)).fetchone()
    return row[0] if row else ""
