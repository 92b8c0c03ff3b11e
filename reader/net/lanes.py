"""Who may be asked next: a few requests at a time to each host, spaced, hosts in turn. Pure."""

import heapq
from collections import deque
from typing import Generic, TypeVar

from msgspec import Struct, field

T = TypeVar("T")

FIRST_GAP_S = 0.05
LONGEST_GAP_S = 1.0
SHORTEST_GAP_S = 0.002
"""A shorter distance is none: clocks that wait for it tick in milliseconds."""
PATIENCE_S = 5.0
"""A host that asks for a pause no longer than this is waited for."""
MOST_REFUSALS = 6
"""So many refusals in a row are the host's and not those of the single addresses."""
_NEVER = float("inf")


class _Lane(Struct, Generic[T]):
    waiting: deque[T] = field(default_factory=deque)
    running: int = 0
    last_start: float = -_NEVER
    gap_s: float = FIRST_GAP_S
    held_until: float = 0.0
    unreachable: int = 0
    refusals: int = 0
    ticket: int = 0
    urgent: bool = False


class Lanes(Generic[T]):
    """A queue for each host. Times are seconds of one monotonic clock, given by the caller.

    At most ``per_host`` items of a host are out at once, ``total`` of all. Starts to one host
    keep a distance: half of what would spread them evenly over the time its last answer
    took, at most a second. That keeps them from coming in bursts at the host's own pace, and
    costs hardly any time, as a host cannot answer ``per_host`` at a time any faster.
    """

    def __init__(self, *, total: int, per_host: int) -> None:
        self._total = total
        self._per_host = per_host
        self._lanes: dict[str, _Lane[T]] = {}
        self._ready: list[tuple[float, int, str]] = []
        self._tickets = 0
        self._running = 0

    def put(self, host: str, item: T, *, urgent: bool = False) -> None:
        """Let an item wait for its turn; an urgent one before all that wait."""
        lane = self._lanes.get(host)
        if lane is None:
            lane = self._lanes[host] = _Lane()
        if urgent:
            lane.waiting.appendleft(item)
            lane.urgent = True
        else:
            lane.waiting.append(item)
        self._queue(host, lane, renew=urgent)

    def take(self, now: float) -> T | None:
        """The next item that may start, None where none may now."""
        while self._running < self._total and self._ready and self._ready[0][0] <= now:
            _, ticket, host = heapq.heappop(self._ready)
            lane = self._lanes[host]
            if ticket != lane.ticket:
                continue
            lane.ticket = 0
            earliest = self._earliest(lane)
            if not lane.waiting or earliest > now:
                self._queue(host, lane)
                continue
            item = lane.waiting.popleft()
            lane.running += 1
            lane.urgent = False
            lane.last_start = now
            self._running += 1
            self._queue(host, lane)
            return item
        return None

    def finished(self, host: str, *, answered_in_s: float | None, refused: bool = False) -> None:
        """Give an item's place back. ``answered_in_s`` is None where no answer came.

        A host that ``refused`` because it was asked too much is asked slowly until it does
        not.
        """
        lane = self._lanes[host]
        lane.running -= 1
        self._running -= 1
        if answered_in_s is not None:
            lane.unreachable = 0
            lane.refusals = lane.refusals + 1 if refused else 0
            gap_s = min(answered_in_s / self._per_host / 2, LONGEST_GAP_S)
            lane.gap_s = LONGEST_GAP_S if refused else gap_s if gap_s >= SHORTEST_GAP_S else 0.0
        self._queue(host, lane, renew=True)

    def hold(self, host: str, until: float) -> None:
        """Start nothing to a host before ``until``."""
        lane = self._lanes.setdefault(host, _Lane())
        lane.held_until = max(lane.held_until, until)

    def held_for(self, host: str, now: float) -> float:
        """Seconds for which nothing may be sent to a host."""
        lane = self._lanes.get(host)
        return max(0.0, lane.held_until - now) if lane else 0.0

    def keeps_refusing(self, host: str) -> bool:
        """Whether a host refused so often in a row that it means all that asks it."""
        return self._lanes[host].refusals >= MOST_REFUSALS

    def unreachable(self, host: str) -> int:
        """Count that no connection to a host came about; how often in a row it was so."""
        lane = self._lanes[host]
        lane.unreachable += 1
        return lane.unreachable

    def drain(self, host: str) -> list[T]:
        """Take out everything that waits for a host."""
        lane = self._lanes[host]
        items = list(lane.waiting)
        lane.waiting.clear()
        lane.unreachable = 0
        return items

    def drain_all(self) -> list[T]:
        """Take out everything that waits."""
        return [item for host in self._lanes for item in self.drain(host)]

    def remove(self, host: str, item: T) -> bool:
        """Take out one item that waits; False where it does not."""
        lane = self._lanes.get(host)
        if lane is None or item not in lane.waiting:
            return False
        lane.waiting.remove(item)
        return True

    def next_start(self) -> float | None:
        """When to ask again, None where only a finished item can change anything."""
        if self._running >= self._total:
            return None
        while self._ready and self._ready[0][1] != self._lanes[self._ready[0][2]].ticket:
            heapq.heappop(self._ready)
        return self._ready[0][0] if self._ready else None

    def _earliest(self, lane: _Lane[T]) -> float:
        if lane.urgent:
            return lane.held_until or -_NEVER
        return max(lane.last_start + lane.gap_s, lane.held_until)

    def _queue(self, host: str, lane: _Lane[T], *, renew: bool = False) -> None:
        """Enter a lane among the ready ones, once, where it has something to start."""
        if not lane.waiting or lane.running >= self._per_host or (lane.ticket and not renew):
            return
        self._tickets += 1
        lane.ticket = self._tickets
        heapq.heappush(self._ready, (self._earliest(lane), lane.ticket, host))
