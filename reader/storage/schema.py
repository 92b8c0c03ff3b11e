"""The shape of the database: its migrations, and who may open it."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from typing import TYPE_CHECKING

from reader.model.errors import LibraryUnusable
from reader.storage import pages, tables

if TYPE_CHECKING:
    from pathlib import Path

# SQLite does not wait for a lock when it changes the journal's mode, so this does.
_TRIES = 100
_PAUSE_S = 0.02

Migration = Callable[[sqlite3.Connection], None]

APPLICATION_ID = 0x4E455753
"""In the file's header: says that a SQLite file is a library of this program."""


def _first_tables(connection: sqlite3.Connection) -> None:
    tables.create(connection)
    pages.create(connection)


def _outlets(connection: sqlite3.Connection) -> None:
    """Who published an article that came through a feed of several feeds."""
    connection.execute("ALTER TABLE detail ADD COLUMN outlet TEXT NOT NULL DEFAULT ''")


MIGRATIONS: tuple[tuple[str, Migration], ...] = (
    ("first_tables", _first_tables),
    ("outlets", _outlets),
)
"""Every migration by name, oldest first; ``user_version`` counts those that were applied."""


def prepare(
    connection: sqlite3.Connection,
    path: Path | None,
    *,
    writable: bool = True,
    migrations: Sequence[tuple[str, Migration]] = MIGRATIONS,
) -> None:
    """Bring a database to the newest schema; ``path`` names it in messages and for backups.

    Raises ``LibraryUnusable``, with the file as it was, when it is newer than this program,
    no library, or old and not ``writable``.
    """
    version = _version(connection, path)
    newest = len(migrations)
    if version == newest:
        return
    if version > newest:
        raise LibraryUnusable(
            f"The library {path} was written by a newer newsreader (its format is {version},"
            f" this program knows {newest}). Upgrade newsreader, or choose another library"
            " with --library."
        )
    if not writable:
        raise LibraryUnusable(
            f"The library {path} has an old format ({version}) and cannot be written, so it"
            " cannot be brought up to date. Make it writable, or choose another with --library."
        )
    _log_ahead(connection)
    if version and path is not None:
        _back_up(connection, path.with_name(f"{path.name}.before-{migrations[version][0]}"))
    for name, migrate in migrations[version:]:
        _apply(connection, path, name, migrate, migrations)


def _log_ahead(connection: sqlite3.Connection) -> None:
    """Let readers read while one writes; two sessions that both make the library take turns."""
    for _ in range(_TRIES):
        try:
            # Taken for a new database only; with twice SQLite's default it is a tenth smaller,
            # and written in half as many pieces.
            connection.execute("PRAGMA page_size = 8192")
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                raise
            time.sleep(_PAUSE_S)
        else:
            return


def _version(connection: sqlite3.Connection, path: Path | None) -> int:
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    application: int = connection.execute("PRAGMA application_id").fetchone()[0]
    if application == APPLICATION_ID:
        return version
    tables_there = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
    if version or application or tables_there:
        raise LibraryUnusable(
            f"{path} is a database of another program, not a library of newsreader."
            " Choose another file with --library."
        )
    return 0


def _apply(
    connection: sqlite3.Connection,
    path: Path | None,
    name: str,
    migrate: Migration,
    migrations: Sequence[tuple[str, Migration]],
) -> None:
    """Run one migration and record it, in one transaction; not when another session has."""
    place = [known for known, _ in migrations].index(name)
    connection.execute("BEGIN IMMEDIATE")
    try:
        if _version(connection, path) == place:
            migrate(connection)
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {place + 1}")
            connection.execute(
                "INSERT INTO migration (name, applied_at) VALUES (?, strftime('%s') + 0)", (name,)
            )
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _back_up(connection: sqlite3.Connection, target: Path) -> None:
    """Copy the database to ``target``, replacing an older copy of the same kind."""
    target.unlink(missing_ok=True)
    with closing(sqlite3.connect(target)) as copy:
        connection.backup(copy)
