"""Looks into articles after they were stored, in small steps that hold up nobody.

Fills the full text, counts words, tells languages, and finds derived tags. Every step is
one short transaction; what is not done when the program ends is done at the next start.
"""

import time
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Final

from msgspec import Struct

from reader.model.change import Actor, ArticlesStored, Change
from reader.model.errors import SourceUnreadable
from reader.model.records import replace
from reader.storage import comparing, copies, fulltext, journal, pending, topics
from reader.storage.intents import key_of
from reader.storage.packing import unpack_body
from reader.storage.pending import Described, Waiting
from reader.storage.store import Connection, Store
from reader.stories import title_key
from reader.text import language
from reader.text.plain import count_words, visible_text
from reader.text.topics import Topic, candidates
from reader.update.ruling import Ruling
from reader.update.workers import Workers

WRITE_S: Final = 0.02
"""How long a transaction should take: others wait that long for their turn to write."""

FEW: Final = 300
"""So many texts are read in this process before others are started for it."""

_MOST: Final = 128
_CHUNK: Final = 48
_JOBS: Final = 4
_AT_A_TIME: Final = 100
_COMPARED: Final = 50


class Insight(Struct, frozen=True):
    """What an article's text says, and what it may be about (None: not looked for)."""

    described: Described
    topics: list[Topic] | None


def look_into(waiting: Sequence[Waiting], *, derived: bool) -> list[Insight]:
    """Read texts, in a millisecond or two each; pure. ``derived``: derived tags are wanted."""
    insights = []
    for one in waiting:
        try:
            insights.append(_look_into(one, derived=derived))
        except Exception:  # noqa: BLE001 - the edge: one text never stops the rest, nor comes again
            nothing = Described(replace(one, raw=b""), 0, one.language, key_of(""))
            insights.append(Insight(nothing, [] if derived else None))
    return insights


def _look_into(one: Waiting, *, derived: bool) -> Insight:
    text = visible_text(unpack_body(one.raw), one.kind, fulltext.INDEXED_CHARACTERS)
    spoken = one.language or language.detect(f"{one.title}\n{text}")
    described = Described(
        replace(one, raw=b""), count_words(text), spoken, key_of(title_key(one.title))
    )
    return Insight(described, candidates(one.title, text, spoken) if derived else None)


@dataclass(kw_only=True)
class Digest:
    """Everything that is done behind. ``derived`` tells that derived tags are wanted.

    ``ruling`` gives the rules for what waited for its tags; ``changes`` gathers what they did,
    and articles that others were found to stand behind.
    """

    store: Store
    writer: Callable[[Actor], journal.Writer]
    derived: bool
    ruling: Callable[[], Ruling | None] = lambda: None
    changes: list[Change] = field(default_factory=list)
    _size: int = field(default=16, init=False)
    _cost_s: float = field(default=0.004, init=False)
    _untold: bool = field(default=False, init=False)
    _workers: Workers | None = field(default=None, init=False)
    _jobs: "deque[tuple[list[Waiting], Future[list[Insight]]]]" = field(
        default_factory=deque, init=False
    )
    _asked: int = field(default=0, init=False)

    def run(self, seconds: float | None = None) -> bool:
        """Work for about so long (None: to the end); whether something is left to do."""
        until = None if seconds is None else time.monotonic() + seconds
        while self._step(until):
            self._untold = True
            if until is not None and time.monotonic() >= until:
                return True
        self.close()
        if self._untold:
            with self.store.write() as connection:
                journal.write(connection, self.writer("update"), "digested", {}, undoable=False)
            self._untold = False
        return False

    def close(self) -> None:
        """Stop the processes that help; what they were reading waits for the next time."""
        if self._workers is not None:
            self._workers.close()
            self._workers = None
        self._jobs.clear()
        self._asked = 0

    def _step(self, until: float | None) -> bool:
        """Do one small thing; whether there was one to do."""
        return (
            self._index()
            or self._look(until)
            or self._compare()
            or self._reconsider()
            or self._choose_again()
        )

    def _index(self) -> bool:
        """Make the next texts findable: that is quick, and asked for first."""
        with self.store.read() as connection:
            if fulltext.is_complete(connection):
                return False
        return fulltext.catch_up(self.store, _AT_A_TIME) > 0

    # --- reading texts

    def _look(self, until: float | None) -> bool:
        """Look into the next articles."""
        with self.store.read() as connection:
            left = pending.count(connection)
        if not left:
            return False
        if self._jobs or left > FEW:
            return self._look_together()
        most = _MOST
        if until is not None:
            most = max(1, min(most, int((until - time.monotonic()) / self._cost_s)))
        with self.store.read() as connection:
            waiting = pending.waiting(connection, most)
        if not waiting:
            self._drop_revisions()
            return False
        start = time.monotonic()
        insights = look_into(waiting, derived=self.derived)
        self._cost_s = max(0.001, (time.monotonic() - start) / len(waiting))
        self._keep(insights)
        return True

    def _look_together(self) -> bool:
        """Have other processes read, so that this one's screen stays quick; keep one's work."""
        if self._workers is None:
            self._workers = Workers()
        while len(self._jobs) < _JOBS:
            with self.store.read() as connection:
                waiting = pending.waiting(connection, _CHUNK, after=self._asked)
            if not waiting:
                break
            self._asked = waiting[-1].body_id
            job = self._workers.submit(look_into, waiting, derived=self.derived)
            self._jobs.append((waiting, job))
        if not self._jobs:
            self._asked = 0
            self._drop_revisions()
            return False
        waiting, job = self._jobs.popleft()
        try:
            insights = job.result()
        except SourceUnreadable:
            insights = look_into(waiting, derived=self.derived)
        self._keep(insights)
        return True

    def _drop_revisions(self) -> None:
        with self.store.write() as connection:
            pending.drop_revisions(connection)

    # --- keeping what they say

    def _keep(self, insights: Sequence[Insight]) -> None:
        """Keep what was found, in as many transactions as make each a short one."""
        at = 0
        while at < len(insights):
            some = insights[at : at + self._size]
            at += len(some)
            start = time.monotonic()
            with self.store.write() as connection:
                self._keep_some(connection, some)
            took = time.monotonic() - start
            if took > 2 * WRITE_S:
                self._size = max(1, self._size // 2)
            elif took < WRITE_S:
                self._size = min(_MOST, self._size + 8)

    def _keep_some(self, connection: Connection, insights: Sequence[Insight]) -> None:
        mine = [one for one in insights if pending.claim(connection, one.described.waiting)]
        pending.describe(connection, [one.described for one in mine])
        copies.part(connection, [one.described.waiting.id for one in mine])
        learned = {one.described.waiting.id: one.topics for one in mine if one.topics is not None}
        if learned:
            alone = topics.learn(connection, learned)
            topics.retag(connection, [*learned, *alone])
        ruling = self.ruling() or Ruling()
        ids = [one.described.waiting.id for one in mine]
        self.changes += ruling.looked_into(connection, self.writer("rule"), ids)

    def _compare(self) -> bool:
        """Find out which articles came through another feed before."""
        with self.store.read() as connection:
            ids = comparing.uncompared(connection, _COMPARED)
            found = comparing.find(connection, ids)
        if not ids:
            return False
        with self.store.write() as connection:
            copies.keep(connection, ids, found)
        if found:
            shown = tuple({one.shown_id for one in found})
            self.changes.append(ArticlesStored(source_id=0, feed_ids=(), changed=shown))
        return True

    # --- derived tags over time

    def _reconsider(self) -> bool:
        """Follow the person's mind about derived tags: look for them after all, or drop them."""
        with self.store.read() as connection:
            if self.derived:
                ids = topics.unlearned(connection, _AT_A_TIME)
            else:
                ids = topics.learned(connection, 0, _AT_A_TIME)
        if not ids:
            return False
        with self.store.write() as connection:
            if self.derived:
                pending.again(connection, ids)
            else:
                topics.forget(connection, ids)
        return True

    def _choose_again(self) -> bool:
        """Choose all derived tags anew once the library has grown."""
        with self.store.read() as connection:
            after = pending.choosing(connection)
            if after is None:
                return False
            ids = topics.learned(connection, after, _AT_A_TIME)
        with self.store.write() as connection:
            topics.retag(connection, ids)
            pending.chose(connection, ids[-1] if ids else None)
        return True
