"""A library in a new directory."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.library import Library
from tests.storage.filling import NOW


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """An empty library at ``tmp_path / "data" / "library.db"``, its clock standing still."""
    library = Library.open(tmp_path / "data" / "library.db", clock=lambda: NOW)
    yield library
    library.close()
