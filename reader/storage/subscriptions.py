"""The feed list as a person edits it: subscribe, name, move, pause, remove; all undoable."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

from reader.storage import copies, counters, feeds, fetching, journal
from reader.storage.times import to_seconds
from reader.text.terminal import clean_line

if TYPE_CHECKING:
    import sqlite3

    from reader.model.subscription import Wanted
    from reader.storage.journal import Row, Writer

FEED_REMOVED = 2
"""The bit of ``away`` of an article whose feed was removed."""

_EDITABLE = {
    "feed": ("name", "category_id", "paused", "removed_at"),
    "category": ("title", "parent_id", "position", "removed_at"),
    "smart": ("title", "query", "position", "removed_at"),
    "tag": ("name", "merged_into", "colour", "hidden"),
}
Values = Mapping[str, object]
Edits = list[tuple[Literal["feed", "category", "smart", "tag"], int, Values]]
"""Rows to change: the table, the id, the new values by column."""


def subscribe(
    connection: sqlite3.Connection, writer: Writer, wanted: Sequence[Wanted]
) -> list[tuple[int, bool]]:
    """Follow web feeds, undone as one: the id of each, and whether it was not followed before.

    A feed that was removed comes back with its articles. One that is followed stays where
    and as it is.
    """
    done: list[tuple[str, int, Values, Values]] = []
    result = []
    for one in wanted:
        source = feeds.add_source(connection, "web", one.url, writer.at)
        known = connection.execute(
            "SELECT id, removed_at, category_id FROM feed WHERE source_id = ? AND key = ''",
            (source.id,),
        ).fetchone()
        if known and known[1] is None:
            result.append((known[0], False))
            continue
        place = ensure_category(connection, one.category)
        if known:
            feed_id = known[0]
            before = {"removed_at": known[1], "category_id": known[2]}
            after = {"removed_at": None, "category_id": place}
            _set(connection, "feed", feed_id, after)
        else:
            feed_id = _insert(connection, writer, source.id, one, place)
            before, after = {"removed_at": to_seconds(writer.at)}, {"removed_at": None}
        fetching.begin(connection, feed_id, one.url)
        done.append(("feed", feed_id, before, after))
        result.append((feed_id, True))
    if done:
        only = wanted[0].title or wanted[0].url
        label = f"followed {only}" if len(wanted) == 1 else f"followed {len(done)} feeds"
        _journal(connection, writer, done, label=clean_line(label))
    return result


def _insert(
    connection: sqlite3.Connection,
    writer: Writer,
    source_id: int,
    one: Wanted,
    place: int | None,
) -> int:
    feed_id: int = connection.execute(
        "INSERT INTO feed (source_id, key, title, name, category_id, attributes, added_at)"
        " VALUES (?, '', ?, ?, ?, ?, ?) RETURNING id",
        (
            source_id,
            clean_line(one.url, 200),
            clean_line(one.title, 200),
            place,
            one.attributes,
            to_seconds(writer.at),
        ),
    ).fetchone()[0]
    return feed_id


def ensure_category(connection: sqlite3.Connection, path: Iterable[str]) -> int | None:
    """The category at ``path``, made where it is missing; None for the top."""
    place: int | None = None
    for part in path:
        title = clean_line(part, 200)
        if not title:
            continue
        row = connection.execute(
            "SELECT id FROM category WHERE parent_id IS ? AND title = ? AND removed_at IS NULL",
            (place, title),
        ).fetchone()
        if row is None:
            row = connection.execute(
                "INSERT INTO category (parent_id, title, position) VALUES (?, ?,"
                " (SELECT coalesce(max(position), 0) + 1 FROM category)) RETURNING id",
                (place, title),
            ).fetchone()
        place = row[0]
    return place


def name_feed(connection: sqlite3.Connection, writer: Writer, feed_id: int, name: str) -> int:
    """Call a feed ``name``; "" for its own title."""
    safe = clean_line(name, 200)
    return edit(connection, writer, [("feed", feed_id, {"name": safe})], label=f"named {safe}")


def move_feed(
    connection: sqlite3.Connection, writer: Writer, feed_id: int, category: Sequence[str]
) -> int:
    """Put a feed into a category, made where it is missing; () takes it to the top."""
    place = ensure_category(connection, category)
    label = f"moved {title_of(connection, feed_id)} to {' / '.join(category) or 'the top'}"
    return edit(connection, writer, [("feed", feed_id, {"category_id": place})], label=label)


def pause_feed(
    connection: sqlite3.Connection, writer: Writer, feed_id: int, *, paused: bool
) -> int:
    """Stop fetching a feed, or go on; its articles stay."""
    label = f"{'paused' if paused else 'resumed'} {title_of(connection, feed_id)}"
    return edit(connection, writer, [("feed", feed_id, {"paused": int(paused)})], label=label)


def remove_feed(connection: sqlite3.Connection, writer: Writer, feed_id: int) -> int:
    """Stop following a feed; undo brings it and its articles back as they were."""
    label = f"removed {title_of(connection, feed_id)}"
    now = to_seconds(writer.at)
    return edit(connection, writer, [("feed", feed_id, {"removed_at": now})], label=label)


def name_category(
    connection: sqlite3.Connection, writer: Writer, category_id: int, title: str
) -> int:
    """Rename a category."""
    safe = clean_line(title, 200)
    edits: Edits = [("category", category_id, {"title": safe})]
    return edit(connection, writer, edits, label=f"renamed a category to {safe}")


def remove_category(connection: sqlite3.Connection, writer: Writer, category_id: int) -> int:
    """Take a category away; its feeds and categories move up to its parent."""
    parent, title = connection.execute(
        "SELECT parent_id, title FROM category WHERE id = ?", (category_id,)
    ).fetchone()
    edits: Edits = [("category", category_id, {"removed_at": to_seconds(writer.at)})]
    for (feed_id,) in connection.execute(
        "SELECT id FROM feed WHERE category_id = ?", (category_id,)
    ).fetchall():
        edits.append(("feed", feed_id, {"category_id": parent}))
    for (inner,) in connection.execute(
        "SELECT id FROM category WHERE parent_id = ?", (category_id,)
    ).fetchall():
        edits.append(("category", inner, {"parent_id": parent}))
    return edit(connection, writer, edits, label=f"removed the category {title}")


def title_of(connection: sqlite3.Connection, feed_id: int) -> str:
    """What a feed is called in the feed list."""
    row = connection.execute(
        "SELECT coalesce(nullif(name, ''), title) FROM feed WHERE id = ?", (feed_id,)
    ).fetchone()
    return row[0] if row else ""


# --- edits and their inverse


def edit(
    connection: sqlite3.Connection,
    writer: Writer,
    edits: Edits,
    *,
    label: str,
    verb: Literal["feeds", "tags"] = "feeds",
) -> int:
    """Change rows and journal both values of each; the id of that row, 0 if nothing changed."""
    done = []
    for table, row_id, values in edits:
        columns = [name for name in _EDITABLE[table] if name in values]
        before = connection.execute(
            f"SELECT {', '.join(columns)} FROM {table} WHERE id = ?",  # noqa: S608
            (row_id,),
        ).fetchone()
        if before is None or list(before) == [values[name] for name in columns]:
            continue
        done.append((table, row_id, dict(zip(columns, before, strict=True)), dict(values)))
        _set(connection, table, row_id, values)
    return _journal(connection, writer, done, label=clean_line(label), verb=verb) if done else 0


def reverse(connection: sqlite3.Connection, row: Row, *, redo: bool) -> None:
    """Set what a journal row's edits set before, or with ``redo`` what they set."""
    edits = json.loads(row.subject)
    for table, row_id, before, after in edits if redo else reversed(edits):
        _set(connection, table, row_id, after if redo else before)


def _journal(
    connection: sqlite3.Connection,
    writer: Writer,
    done: Sequence[tuple[str, int, Values, Values]],
    *,
    label: str,
    verb: Literal["feeds", "tags"] = "feeds",
) -> int:
    return journal.write(connection, writer, verb, {}, subject=json.dumps(done), label=label)


def _set(connection: sqlite3.Connection, table: str, row_id: int, values: Values) -> None:
    names = ", ".join(f"{name} = ?" for name in values)
    connection.execute(
        f"UPDATE {table} SET {names} WHERE id = ?",  # noqa: S608
        (*values.values(), row_id),
    )
    if table == "feed" and "removed_at" in values:
        _set_removed(connection, row_id, removed=values["removed_at"] is not None)


def keep_removed(connection: sqlite3.Connection, feed_ids: Iterable[int]) -> None:
    """Take what arrived for removed feeds out of every list: a folder goes on bringing it."""
    rows = connection.execute(
        "SELECT id FROM feed WHERE removed_at IS NOT NULL"
        " AND id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(feed_ids)),),
    )
    for (feed_id,) in rows.fetchall():
        _set_removed(connection, feed_id, removed=True)


def _set_removed(connection: sqlite3.Connection, feed_id: int, *, removed: bool) -> None:
    """Take a feed's articles out of every list, or put them back."""
    ids: list[Any] = [
        article_id
        for (article_id,) in connection.execute(
            "SELECT id FROM article WHERE feed_id = ?", (feed_id,)
        )
    ]
    counters.touch(connection, ids)
    with counters.recounting(connection):
        connection.execute(
            "UPDATE article SET away = CASE WHEN ?1 THEN away | ?2 ELSE away & ~?2 END"
            " WHERE feed_id = ?3",
            (removed, FEED_REMOVED, feed_id),
        )
    if removed:
        copies.step_forward(connection, ids)


def location(connection: sqlite3.Connection, feed_id: int) -> str:
    """The URL or path of a feed's source."""
    row = connection.execute(
        "SELECT location FROM source JOIN feed ON source.id = source_id WHERE feed.id = ?",
        (feed_id,),
    ).fetchone()
    return os.fsdecode(row[0]) if row else ""
