"""Lends the terminal to a program of the person's own, and takes it back whatever happened."""

from __future__ import annotations

import signal
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.app import App


@contextmanager
def terminal_lent(app: App[Any]) -> Iterator[None]:
    """The terminal is not the reader's meanwhile, and Ctrl-C ends the other program alone."""
    # A handler of our own, as a signal that is ignored would be ignored by the program too.
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        with app.suspend():
            yield
    finally:
        signal.signal(signal.SIGINT, before)
