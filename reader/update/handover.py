"""A queue from many threads to one, which takes what is ready in lots."""

import threading
import time
from collections import deque
from typing import Generic, TypeVar

T = TypeVar("T")


class Handover(Generic[T]):
    """What is put in comes out in its order, until ``total`` items came or it is closed.

    How much may wait is the business of who puts.
    """

    def __init__(self, total: int) -> None:
        self._left = total
        self._waiting: deque[T] = deque()
        self._changed = threading.Condition()
        self._wanted = 1

    def put(self, item: T) -> None:
        """Add an item; after ``close`` it is dropped."""
        with self._changed:
            if self._left:
                self._left -= 1
                self._waiting.append(item)
            if len(self._waiting) >= self._wanted or not self._left:
                self._changed.notify()

    def close(self) -> None:
        """Nothing more will come, and nobody wants what is left."""
        with self._changed:
            self._left = 0
            self._waiting.clear()
            self._changed.notify()

    def take(self, most: int, *, linger_s: float = 0.0) -> list[T]:
        """Wait for an item, and ``linger_s`` for ``most`` of them; [] at the end."""
        with self._changed:
            self._wait_for(1, None)
            if self._waiting and linger_s:
                self._wait_for(most, linger_s)
            return [self._waiting.popleft() for _ in range(min(most, len(self._waiting)))]

    def _wait_for(self, wanted: int, seconds: float | None) -> None:
        # Told of every item, the thread would wake for each only to see that it is too early.
        until = None if seconds is None else time.monotonic() + seconds
        self._wanted = wanted
        while len(self._waiting) < wanted and self._left:
            left = None if until is None else until - time.monotonic()
            if left is not None and left <= 0:
                break
            self._changed.wait(left)
        self._wanted = 1
