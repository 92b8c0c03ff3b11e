"""Connections and transactions: one connection a thread, short writes one at a time."""

import sqlite3
import threading
import weakref
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

from reader.model.errors import LibraryUnusable, SavingRefused
from reader.storage import schema

BUSY_MS = 10_000
"""How long a write waits for another program's before it is refused."""

_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_REASONS = {
    sqlite3.SQLITE_FULL: "the disk is full",
    sqlite3.SQLITE_READONLY: "the library can only be read",
    sqlite3.SQLITE_PERM: "the library can only be read",
    sqlite3.SQLITE_CANTOPEN: "the library's directory cannot be written",
    sqlite3.SQLITE_BUSY: "another program keeps the library locked",
    sqlite3.SQLITE_IOERR: "the disk reported an error",
}
"""Primary result codes of SQLite, in words."""


def saving_problem(error: sqlite3.Error) -> str | None:
    """Why a write failed, in a sentence; None where the error is a bug of ours."""
    reason = _REASONS.get(_code(error))
    return None if reason is None else f"State is not being saved: {reason}."


def _code(error: sqlite3.Error) -> int:
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


class _Held:
    """A thread's connection, closed when the thread ends or the store is closed."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.data_version = 0

    def close(self) -> None:
        with suppress(sqlite3.Error):
            self.connection.close()

    def __del__(self) -> None:
        self.close()


class Store:
    """The database at ``path``.

    ``problem`` is "" or why nothing can be saved. ``read`` and ``write`` turn SQLite's
    errors into ``LibraryUnusable`` (damaged) and ``SavingRefused`` (cannot be written).
    """

    def __init__(self, path: Path) -> None:
        """Open or make the database; raises ``LibraryUnusable``."""
        self.path = path
        self.problem = ""
        self._uri = f"file:{quote(str(path))}"
        self._mine = threading.local()
        self._held: weakref.WeakSet[_Held] = weakref.WeakSet()
        self._writing = threading.Lock()
        self._closed = False
        self._open()

    # --- transactions

    @contextmanager
    def read(self) -> Iterator[sqlite3.Connection]:
        """This thread's connection, for reading: each statement sees the newest state."""
        try:
            yield self._connection()
        except sqlite3.DatabaseError as error:
            if _code(error) in _DAMAGED:
                raise self._unusable(error) from error
            raise

    @contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """A write transaction: committed at the end, rolled back on any error."""
        with self._writing:
            try:
                connection = self._connection()
                connection.execute("BEGIN IMMEDIATE")
                try:
                    yield connection
                    connection.execute("COMMIT")
                except BaseException:
                    if connection.in_transaction:
                        connection.execute("ROLLBACK")
                    raise
            except sqlite3.DatabaseError as error:
                if _code(error) in _DAMAGED:
                    raise self._unusable(error) from error
                problem = saving_problem(error)
                if problem is None:
                    raise
                self.problem = problem
                raise SavingRefused(problem) from error
            self.problem = ""

    def changed_elsewhere(self) -> bool:
        """Whether any other connection wrote since this thread asked last."""
        with self.read() as connection:
            version: int = connection.execute("PRAGMA data_version").fetchone()[0]
        held: _Held = self._mine.held
        changed = version != held.data_version
        held.data_version = version
        return changed

    def close(self) -> None:
        """Close every thread's connection."""
        self._closed = True
        for held in list(self._held):
            held.close()

    # --- connections

    def _connection(self) -> sqlite3.Connection:
        held: _Held | None = getattr(self._mine, "held", None)
        if held is None:
            if self._closed:
                raise sqlite3.ProgrammingError("The library is closed.")
            held = self._mine.held = _Held(self._connect())
            self._held.add(held)
        return held.connection

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(
            self._uri,
            uri=True,
            timeout=BUSY_MS / 1000,
            isolation_level=None,
            check_same_thread=False,
            cached_statements=256,
        )
        for pragma in (
            "journal_mode = WAL",
            "synchronous = NORMAL",
            "foreign_keys = ON",
            "temp_store = MEMORY",
            "secure_delete = FAST",
        ):
            connection.execute(f"PRAGMA {pragma}")
        return connection

    def _open(self) -> None:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            schema.prepare(self._connection(), self.path)
        except sqlite3.DatabaseError as error:
            raise self._unusable(error) from error

    def _unusable(self, error: sqlite3.Error) -> LibraryUnusable:
        return LibraryUnusable(
            f"The library {self.path} cannot be read ({error}). It was left as it is."
            " Restore a copy of it, or choose another file with --library."
        )
