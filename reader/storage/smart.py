"""Smart feeds: saved queries in the feed list, with how many articles they have.

The numbers are kept and counted again behind when something happened, so the feed list
never waits for a query however many are saved.
"""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass

from reader.model.scope import Scope
from reader.storage import journal, lists, memory, subscriptions
from reader.storage.feeds import SAVED
from reader.storage.journal import Writer
from reader.storage.lists import Clock
from reader.storage.store import Store
from reader.storage.times import to_seconds
from reader.text.terminal import clean_line

MOST_CHARACTERS = 10_000
_AGAIN_S = 60
_COUNTED = "smart.counted"


@dataclass(frozen=True, slots=True)
class Saved:
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
    """Count all again if something happened since, or a minute went by; whether any changed."""
    with store.read(stop=stop) as connection:
        now = to_seconds(moment().now)
        then, _, at = memory.recall(connection).get(_COUNTED, "").partition(" ")
        newest = str(journal.newest(connection))
        if then == newest and now - int(at) < _AGAIN_S:
            return False
        before = {one.id: one for one in saved(connection)}
        counted = {
            one.id: lists.counts(connection, Scope(query=one.query), moment)
            for one in before.values()
        }
    news = [
        (*counts, number)
        for number, counts in counted.items()
        if counts != (before[number].articles, before[number].unread)
    ]
    if store.problem:
        return False
    with store.write() as connection:
        connection.executemany("UPDATE smart SET articles = ?, unread = ? WHERE id = ?", news)
        memory.remember(connection, {_COUNTED: f"{newest} {now}"})
    return bool(news)


def _title(connection: sqlite3.Connection, row_id: int) -> str:
    row = connection.execute("SELECT title FROM smart WHERE id = ?", (row_id - SAVED,)).fetchone()
    return row[0] if row else ""
