"""Connections and transactions: one connection a thread, short writes one at a time."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
import threading
import time
import weakref
from collections import deque
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import quote

from reader.model.errors import LibraryUnusable, SavingRefused, SearchStopped
from reader.storage import schema

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Connection: TypeAlias = sqlite3.Connection
"""What the functions of this room take; others pass it on."""

BUSY_MS = 10_000
"""How long a write waits for another program's before it is refused."""

_CACHE_KIB = 4096
_LARGE_CACHE_KIB = 32_768
_CLOSING_S = 3.0
_STEPS = 2000
"""Steps of SQLite's machine between two looks whether an answer is still wanted."""

_FULL_BYTES = 1 << 20

_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_REASONS = {
    sqlite3.SQLITE_FULL: "the disk is full",
    sqlite3.SQLITE_READONLY: "the library can only be read",
    sqlite3.SQLITE_PERM: "the library can only be read",
    sqlite3.SQLITE_CANTOPEN: "the library's directory cannot be written",
    sqlite3.SQLITE_BUSY: "another program keeps the library locked",
    sqlite3.SQLITE_IOERR: "the disk reported an error",
}
"""Primary result codes of SQLite that say "cannot be written", in words."""


def _code(error: sqlite3.Error) -> int:
    """The primary result code, 0 for errors of Python's binding."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


class _Held:
    """A thread's connection, closed when the thread ends or the store is closed.

    ``users`` and ``writers`` count the transactions it is in. SQLite must not be closed
    under a statement that runs.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.data_version = 0
        self.users = 0
        self.writers = 0

    def stop(self, until: float) -> bool:
        """End what is being read, wait for what is being written; whether all has ended."""
        while self.users:
            if time.monotonic() > until:
                return False
            if not self.writers:
                self.connection.interrupt()
            time.sleep(0.001)
        return True

    def close(self) -> None:
        with suppress(sqlite3.Error):
            self.connection.close()

    def __del__(self) -> None:
        self.close()


class _Turns:
    """A lock that is given in the order it was asked for.

    A plain lock goes to whoever is running, so an update that writes all the time would keep
    a key waiting for many of its transactions instead of one.
    """

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._taken = False
        self._waiting: deque[threading.Lock] = deque()

    def __enter__(self) -> None:
        with self._guard:
            if not self._taken:
                self._taken = True
                return
            turn = threading.Lock()
            turn.acquire()
            self._waiting.append(turn)
        turn.acquire()

    @property
    def wanted(self) -> bool:
        """Whether somebody waits."""
        return bool(self._waiting)

    def __exit__(self, *_: object) -> None:
        with self._guard:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._taken = False


class Store:
    """The database at ``path``; ``read`` and ``write`` give this thread's connection.

    Both turn SQLite's errors into ``LibraryUnusable`` (damaged) and ``SavingRefused``
    (cannot be written). ``problem`` is "" or why nothing is saved: for as long as the store
    is open where the database can only be read or could not be made (then what is written
    goes to a temporary one), else until a write succeeds.
    """

    def __init__(self, path: Path) -> None:
        """Open or make the database; raises ``LibraryUnusable``."""
        self.path = path
        self._uri = f"file:{quote(os.fsencode(path))}"
        self._lasting = ""
        self._latest = ""
        self._readable_only = False
        self._temporary: tempfile.TemporaryDirectory[str] | None = None
        self._mine = threading.local()
        self._held: weakref.WeakSet[_Held] = weakref.WeakSet()
        self._writing = _Turns()
        self._closed = False
        self._open()

    @property
    def problem(self) -> str:
        """Why nothing is saved, in a sentence; "" while it is."""
        return self._lasting or self._latest

    # --- transactions

    @contextmanager
    def read(self, *, stop: Callable[[], bool] | None = None) -> Iterator[sqlite3.Connection]:
        """This thread's connection, for reading: each statement sees the newest state.

        ``stop`` is asked now and then while a statement runs; once it says so the
        statement ends with ``SearchStopped``.
        """
        held = self._hold()
        connection = held.connection
        try:
            if stop is not None:
                connection.set_progress_handler(stop, _STEPS)
            yield connection
        except sqlite3.DatabaseError as error:
            if _code(error) in _DAMAGED:
                raise self._unusable(error) from error
            if _code(error) == sqlite3.SQLITE_INTERRUPT:
                raise SearchStopped from error
            raise
        finally:
            if stop is not None:
                connection.set_progress_handler(None, 0)
            held.users -= 1

    @contextmanager
    def write(self, *, large: bool = False) -> Iterator[sqlite3.Connection]:
        """A write transaction: committed at the end, rolled back on any error.

        ``large`` lends it the memory that changes of tens of thousands of rows want.
        """
        if self._readable_only:
            raise SavingRefused(self._lasting)
        with self._writing:
            try:
                held = self._hold(writing=True)
                try:
                    with _cache(held.connection, large=large), _transaction(held.connection):
                        yield held.connection
                finally:
                    held.writers -= 1
                    held.users -= 1
            except sqlite3.DatabaseError as error:
                if _code(error) in _DAMAGED:
                    raise self._unusable(error) from error
                reason = _REASONS.get(_code(error))
                if reason is None:
                    raise
                self._latest = _problem(reason)
                raise SavingRefused(self._latest) from error
            self._latest = ""

    @property
    def wanted(self) -> bool:
        """Whether another thread waits to write: who can stop halfway should let it."""
        return self._writing.wanted

    def changed_elsewhere(self) -> bool:
        """Whether any other connection wrote since this thread asked last."""
        with self.read() as connection:
            version: int = connection.execute("PRAGMA data_version").fetchone()[0]
        held: _Held = self._mine.held
        changed = version != held.data_version
        held.data_version = version
        return changed

    def close(self) -> None:
        """Close every thread's connection, once what is being read or written there has ended.

        What has not ended by then keeps its connection: the program is about to end.
        """
        self._closed = True
        until = time.monotonic() + _CLOSING_S
        for held in list(self._held):
            if held.stop(until):
                held.close()
        if self._temporary is not None:
            self._temporary.cleanup()

    # --- connections

    def _connection(self) -> sqlite3.Connection:
        held: _Held | None = getattr(self._mine, "held", None)
        if held is None:
            held = self._mine.held = _Held(self._connect())
            self._held.add(held)
        return held.connection

    def _hold(self, *, writing: bool = False) -> _Held:
        """This thread's connection, which is not closed until its ``users`` is counted down."""
        self._connection()
        held: _Held = self._mine.held
        held.users += 1
        held.writers += writing
        if self._closed:  # asked after it is counted, so that closing sees one or the other
            held.users -= 1
            held.writers -= writing
            raise sqlite3.ProgrammingError("The library is closed.")
        return held

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
            "synchronous = NORMAL",
            "foreign_keys = ON",
            "temp_store = MEMORY",
            f"cache_size = -{_CACHE_KIB}",
            # Debian's SQLite overwrites all that is deleted with zeros, at a cost.
            "secure_delete = FAST",
            # Moving the log into the database waits for the disk: at 32 MB, not at SQLite's
            # 4 MB, an update of many feeds does so a few times. Then the log shrinks again.
            "wal_autocheckpoint = 4000",
            "journal_size_limit = 4194304",
        ):
            connection.execute(f"PRAGMA {pragma}")
        return connection

    # --- opening

    def _open(self) -> None:
        """Open for writing; else for reading; else, where there is nothing yet, elsewhere."""
        try:
            with suppress(OSError):
                self.path.parent.mkdir(parents=True, exist_ok=True)
            self._prepare()
        except sqlite3.DatabaseError as error:
            self._forget_connection()
            if _code(error) in _DAMAGED or _code(error) not in _REASONS:
                raise self._unusable(error) from error
            if _code(error) == sqlite3.SQLITE_BUSY:
                raise LibraryUnusable(
                    f"The library {self.path} is locked by another program. Close that, or"
                    " choose another file with --library."
                ) from error
            self._open_otherwise(error)

    def _prepare(self) -> None:
        writable = not os.path.exists(self.path) or os.access(self.path, os.W_OK)  # noqa: PTH110
        schema.prepare(self._connection(), self.path, writable=writable)
        if not writable:
            self._read_only(_REASONS[sqlite3.SQLITE_READONLY])

    def _open_otherwise(self, error: sqlite3.Error) -> None:
        reason = _REASONS[_code(error)]
        with suppress(OSError):
            if shutil.disk_usage(self.path.parent).free < _FULL_BYTES:
                reason = _REASONS[sqlite3.SQLITE_FULL]
        try:
            if not os.path.exists(self.path) or not os.path.getsize(self.path):  # noqa: PTH110, PTH202
                self._open_temporary(reason)
                return
            self._read_only(reason)
            self._open_still()
            schema.prepare(self._connection(), self.path, writable=False)
        except (OSError, sqlite3.DatabaseError) as second:
            self._forget_connection()
            raise self._unusable(second) from second

    def _open_still(self) -> None:
        """Read a database nobody writes, without the files that SQLite wants beside it."""
        log = Path(f"{self.path}-wal")
        if log.exists() and log.stat().st_size:
            # Its newest state is in the log, which only a writable copy brings together.
            self._temporary = tempfile.TemporaryDirectory(prefix="newsreader-")
            copy = Path(self._temporary.name) / self.path.name
            shutil.copyfile(self.path, copy)
            shutil.copyfile(log, f"{copy}-wal")
            self._uri = f"file:{quote(os.fsencode(copy))}"
        else:
            self._uri += "?mode=ro&immutable=1"

    def _open_temporary(self, reason: str) -> None:
        """Nothing is there and nothing can be made there: keep what is read for this run."""
        self._lasting = _problem(reason)
        try:
            self._temporary = tempfile.TemporaryDirectory(prefix="newsreader-")
            self._uri = f"file:{quote(self._temporary.name)}/library.db"
            schema.prepare(self._connection(), None)
        except (OSError, sqlite3.DatabaseError):
            self._forget_connection()
            self._uri = f"file:/newsreader-{id(self)}?vfs=memdb"
            schema.prepare(self._connection(), None)

    def _read_only(self, reason: str) -> None:
        self._readable_only = True
        self._lasting = _problem(reason)

    def _forget_connection(self) -> None:
        held: _Held | None = getattr(self._mine, "held", None)
        if held is not None:
            held.close()
            del self._mine.held

    def _unusable(self, error: Exception) -> LibraryUnusable:
        return LibraryUnusable(
            f"The library {self.path} cannot be read ({error}). It was left as it is."
            " Restore a copy of it, or choose another file with --library."
        )


def _problem(reason: str) -> str:
    return f"State is not being saved: {reason}."


@contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


@contextmanager
def _cache(connection: sqlite3.Connection, *, large: bool) -> Iterator[None]:
    if not large:
        yield
        return
    connection.execute(f"PRAGMA cache_size = -{_LARGE_CACHE_KIB}")
    try:
        yield
    finally:
        connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
        connection.execute("PRAGMA shrink_memory")
