"""Where things are kept, and that the status bar's short cut leads to the same place."""

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from reader.paths import paths
from reader.storage.store import Store

ENVIRONS: tuple[dict[str, str], ...] = (
    {},
    {"XDG_DATA_HOME": "{}/data"},
    {"XDG_DATA_HOME": " "},
    {"NEWSREADER_LIBRARY": "{}/other.db"},
    {"NEWSREADER_LIBRARY": "~/home.db", "XDG_DATA_HOME": "{}/data"},
    {"NEWSREADER_LIBRARY": "{}/a?b#c%41 d.db"},
)


@pytest.mark.parametrize("given", ENVIRONS, ids=str)
def test_the_status_bar_counts_in_the_library_that_the_reader_opens(
    given: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("XDG_DATA_HOME", "NEWSREADER_LIBRARY"):
        monkeypatch.delenv(name, raising=False)
    environ = {name: value.format(tmp_path) for name, value in given.items()}
    for name, value in {"HOME": str(tmp_path), **environ}.items():
        monkeypatch.setenv(name, value)
    Store(paths().library).close()
    with sqlite3.connect(paths().library) as connection:
        connection.execute("INSERT INTO source (kind, location, added_at) VALUES ('web', x'78', 0)")
        connection.execute(
            "INSERT INTO feed (source_id, key, title, added_at, unread) VALUES (1, '', 'x', 0, 7)"
        )
    connection.close()
    done = subprocess.run(
        [sys.executable, "-m", "reader", "unread"], capture_output=True, text=True, check=True
    )
    assert done.stdout == "7\n"
