"""Bounds the bodies that are in memory together, by pausing transfers. Pure."""

from typing import Generic, Protocol, TypeVar


class Holder(Protocol):
    """What holds a body: its bytes in memory now, and how many of them were counted."""

    counted: int

    @property
    def held(self) -> int:
        """Bytes in memory."""


H = TypeVar("H", bound=Holder)


class Budget(Generic[H]):
    """Counts the bytes of bodies that arrive and of those that wait to be taken.

    While they are fewer than ``limit``, all may receive. Past it only one goes on, so that
    something always ends, and none where what waits to be taken is over the limit
    already: then it is the taker's turn. So no more than the limit and one whole body are
    ever held.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._held = 0
        self._untaken = 0
        self._paused: dict[H, None] = {}
        self._chosen: H | None = None

    @property
    def full(self) -> bool:
        """Whether nothing new should start."""
        return self._held >= self._limit

    def admits(self, holder: H) -> bool:
        """Whether a holder may receive more; if not, it is paused until ``next_paused``."""
        self._count(holder, holder.held)
        if self._held < self._limit or self._choose(holder):
            return True
        self._paused[holder] = None
        return False

    def next_paused(self) -> H | None:
        """A paused holder that may go on, taken from the paused ones; None for none."""
        holder = next(iter(self._paused), None)
        if holder is None or not (self._held < self._limit or self._choose(holder)):
            return None
        del self._paused[holder]
        return holder

    def ended(self, holder: H, *, kept: bool) -> None:
        """A holder receives no more; its body waits to be taken (``kept``) or is gone."""
        self._paused.pop(holder, None)
        if self._chosen is holder:
            self._chosen = None
        self._count(holder, holder.held if kept else 0)
        self._untaken += holder.counted

    def taken(self, size: int) -> None:
        """Somebody took bodies of ``size`` bytes that had ended."""
        self._held -= size
        self._untaken -= size

    def _choose(self, holder: H) -> bool:
        if self._chosen is None and self._untaken < self._limit:
            self._chosen = holder
        return self._chosen is holder

    def _count(self, holder: H, size: int) -> None:
        self._held += size - holder.counted
        holder.counted = size
