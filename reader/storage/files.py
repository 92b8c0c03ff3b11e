"""The files of a folder as last seen: what a rescan compares with, and what was refused."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from msgspec import Struct

from reader.model.article import RefusedFile
from reader.text.terminal import clean_line

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable
    from pathlib import Path


class FileSeen(Struct, frozen=True):
    """A file as last seen. ``article_id`` is None where it was refused.

    ``gone`` files are kept so that one that returns finds its article again.
    """

    size: int
    mtime_ns: int
    article_id: int | None
    gone: bool


def known(
    connection: sqlite3.Connection, source_id: int, paths: Iterable[str] | None = None
) -> dict[str, FileSeen]:
    """The files of a folder by their paths inside it: those of ``paths``, or every one."""
    where = "source_id = ?"
    values: list[tuple[object, ...]] = [(source_id,)]
    if paths is not None:
        where += " AND path = ?"
        values = [(source_id, os.fsencode(path)) for path in paths]
    return {
        os.fsdecode(path): FileSeen(size, mtime_ns, article_id, bool(gone))
        for one in values
        for path, size, mtime_ns, article_id, gone in connection.execute(
            f"SELECT path, size, mtime_ns, article_id, gone FROM file WHERE {where}",  # noqa: S608
            one,
        )
    }


def see(
    connection: sqlite3.Connection,
    source_id: int,
    seen: Iterable[tuple[str, int, int, int | None, str]],
) -> None:
    """Note files that were read: path, size, mtime_ns, the article or None, why it was refused.

    A refused file keeps the article it was before, for when it can be read again.
    """
    connection.executemany(
        "INSERT INTO file (source_id, path, size, mtime_ns, article_id, problem)"
        " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (source_id, path) DO UPDATE SET"
        " size = excluded.size, mtime_ns = excluded.mtime_ns, gone = 0,"
        " article_id = excluded.article_id, problem = excluded.problem",
        [
            (source_id, os.fsencode(path), size, mtime_ns, article_id, problem)
            for path, size, mtime_ns, article_id, problem in seen
        ],
    )


def set_gone(connection: sqlite3.Connection, source_id: int, paths: Iterable[str]) -> None:
    """Note files that are no longer there."""
    connection.executemany(
        "UPDATE file SET gone = 1, size = -1 WHERE source_id = ? AND path = ?",
        [(source_id, os.fsencode(path)) for path in paths],
    )


def forget(connection: sqlite3.Connection, source_id: int, paths: Iterable[str]) -> None:
    """Drop the old paths of files that were renamed."""
    connection.executemany(
        "DELETE FROM file WHERE source_id = ? AND path = ?",
        [(source_id, os.fsencode(path)) for path in paths],
    )


def path_of(connection: sqlite3.Connection, article_id: int) -> str:
    """The absolute path of an article's document, "" where it has none."""
    row = _place(connection, article_id)
    return "" if row is None else absolute(*row)


def place_of(connection: sqlite3.Connection, article_id: int) -> tuple[str, str] | None:
    """The folder of an article's document and its path there, None where it has none.

    The path is empty where the source is one file.
    """
    row = _place(connection, article_id)
    return None if row is None else (os.fsdecode(row[0]), os.fsdecode(row[1]))


def _place(connection: sqlite3.Connection, article_id: int) -> tuple[bytes, bytes] | None:
    row: tuple[bytes, bytes] | None = connection.execute(
        "SELECT location, path FROM file JOIN source ON source.id = source_id"
        " WHERE article_id = ? ORDER BY gone LIMIT 1",
        (article_id,),
    ).fetchone()
    return row


def absolute(location: bytes, path: bytes) -> str:
    """Where a file is; the path is empty where the source is one file."""
    return os.fsdecode(os.path.join(location, path) if path else location)  # noqa: PTH118


def refused(connection: sqlite3.Connection) -> tuple[RefusedFile, ...]:
    """Every file that could not be opened as an article, by path."""
    rows = connection.execute(
        "SELECT location, path, problem FROM file JOIN source ON source.id = source_id"
        " WHERE problem <> '' AND gone = 0 AND removed_at IS NULL"
        " ORDER BY location, path"
    )
    return tuple(
        RefusedFile(path=absolute(location, path), problem=clean_line(problem))
        for location, path, problem in rows
    )


def find(connection: sqlite3.Connection, path: Path) -> int | None:
    """The article of the document at an absolute path, None where it has none."""
    wanted = os.fsencode(path)
    for source_id, location in connection.execute(
        "SELECT id, location FROM source WHERE kind = 'folder' AND removed_at IS NULL"
    ).fetchall():
        if wanted == location:
            inside = b""
        elif wanted.startswith(location.rstrip(b"/") + b"/"):
            inside = wanted[len(location.rstrip(b"/")) + 1 :]
        else:
            continue
        row = connection.execute(
            "SELECT article_id FROM file WHERE source_id = ? AND path = ? AND gone = 0",
            (source_id, inside),
        ).fetchone()
        if row is not None and row[0] is not None:
            found: int = row[0]
            return found
    return None
