"""Servers to fetch from, and settings with the patience of a test."""

from collections.abc import Iterator

import pytest

from reader.net.settings import NetSettings
from tests.net.server import Server


@pytest.fixture
def server() -> Iterator[Server]:
    """A server on 127.0.0.1."""
    with Server() as running:
        yield running


@pytest.fixture
def hasty() -> NetSettings:
    """Settings under which a fault ends within a second."""
    return NetSettings(connect_timeout_s=0.5, idle_timeout_s=0.4, total_timeout_s=3.0)
