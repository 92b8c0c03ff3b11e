"""The number a status bar asks for, without what else the library needs to be imported."""

from __future__ import annotations

import os
import sqlite3

VERSION = 2
"""The schema it can read: what is older or newer is left to who opens libraries."""


def unread(path: str) -> int | None:
    """How many listed articles are unread; 0 where there is no library yet.

    Opens the database for reading only, so it never waits for a writer nor keeps one
    waiting. None where it cannot be read so: opening the library will tell why.
    """
    if not os.path.exists(path):  # noqa: PTH110 - pathlib takes longer than SQLite to import
        return 0
    # What must be written otherwise in such an address: https://sqlite.org/uri.html, 3.1.
    name = os.fsencode(path).replace(b"%", b"%25").replace(b"?", b"%3f").replace(b"#", b"%23")
    try:
        connection = sqlite3.connect(b"file:" + name + b"?mode=ro", uri=True)
        try:
            row = connection.execute(
                "SELECT sum(unread), user_version FROM pragma_user_version LEFT JOIN feed"
            ).fetchone()
        finally:
            connection.close()
    except sqlite3.Error:
        return None
    return (row[0] or 0) if row[1] == VERSION else None
