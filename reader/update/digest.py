"""Looks into articles after they were stored, in small steps that hold up nobody.

Fills the full text, counts words, tells languages, and finds derived tags. Every step is
one short transaction; what is not done when the program ends is done at the next start.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from reader.model.change import Actor
from reader.storage import fulltext, journal, memory, pending, topics
from reader.storage.intents import key_of
from reader.storage.packing import unpack_body
from reader.storage.pending import Described, Waiting
from reader.storage.store import Store
from reader.stories import title_key
from reader.text import language
from reader.text.plain import count_words, visible_text
from reader.text.topics import Topic, candidates

WRITE_S: Final = 0.02
"""How long a transaction should take: others wait that long for their turn to write."""

_MOST: Final = 128
_AT_A_TIME: Final = 200
_SMALL: Final = 30
_AT: Final = "digest.at"
_CHOSEN: Final = "digest.chosen"


@dataclass(frozen=True, slots=True)
class Insight:
    """What an article's text says, and what it may be about (None: not looked for)."""

    described: Described
    topics: list[Topic] | None


def look_into(one: Waiting, *, derived: bool) -> Insight:
    """Read one text, in a millisecond or two; pure. ``derived``: derived tags are wanted."""
    text = visible_text(unpack_body(one.raw), one.kind, fulltext.INDEXED_CHARACTERS)
    spoken = one.language or language.detect(f"{one.title}\n{text}")
    described = Described(one, count_words(text), spoken, key_of(title_key(one.title)))
    return Insight(described, candidates(one.title, text, spoken) if derived else None)


@dataclass(kw_only=True)
class Digest:
    """Everything that is done behind. ``derived`` tells that derived tags are wanted."""

    store: Store
    writer: Callable[[Actor], journal.Writer]
    derived: bool
    _size: int = field(default=16, init=False)
    _cost_s: float = field(default=0.004, init=False)
    _untold: bool = field(default=False, init=False)

    def run(self, seconds: float | None = None) -> bool:
        """Work for about so long (None: to the end); whether something is left to do."""
        until = None if seconds is None else time.monotonic() + seconds
        while self._step(until):
            self._untold = True
            if until is not None and time.monotonic() >= until:
                return True
        if self._untold:
            with self.store.write() as connection:
                journal.write(connection, self.writer("update"), "digested", {}, undoable=False)
            self._untold = False
        return False

    def _step(self, until: float | None) -> bool:
        """Do one small thing; whether there was one to do."""
        return (
            fulltext.catch_up(self.store, _AT_A_TIME) > 0
            or self._look(until)
            or self._reconsider()
            or self._choose_again()
        )

    def _look(self, until: float | None) -> bool:
        """Look into the next articles."""
        most = self._size
        if until is not None:
            most = max(1, min(most, int((until - time.monotonic()) / self._cost_s)))
        with self.store.read() as connection:
            waiting = pending.waiting(connection, most)
        if not waiting:
            return self._drop_revisions()
        start = time.monotonic()
        insights = [look_into(one, derived=self.derived) for one in waiting]
        self._cost_s = max(0.001, (time.monotonic() - start) / len(waiting))
        start = time.monotonic()
        self._keep(insights)
        took = time.monotonic() - start
        if took > 2 * WRITE_S:
            self._size = max(1, self._size // 2)
        elif took < WRITE_S:
            self._size = min(_MOST, self._size + 8)
        return True

    def _drop_revisions(self) -> bool:
        with self.store.read() as connection:
            left = pending.count(connection)
        if left:
            with self.store.write() as connection:
                pending.drop_revisions(connection)
        return False

    def _keep(self, insights: Sequence[Insight]) -> None:
        with self.store.write() as connection:
            mine = [one for one in insights if pending.claim(connection, one.described.waiting)]
            pending.describe(connection, [one.described for one in mine])
            learned = {
                one.described.waiting.id: one.topics for one in mine if one.topics is not None
            }
            if learned:
                alone = topics.learn(connection, learned)
                topics.retag(connection, [*learned, *alone])

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
        """Choose all derived tags anew each time that the library has grown by a quarter.

        How often a name occurs decides whether it is a tag, and what a person is called.
        """
        with self.store.read() as connection:
            known = memory.recall(connection)
            at, chosen = int(known.get(_AT, "0")), int(known.get(_CHOSEN, "0"))
            articles = topics.looked_at(connection)
            if not at and articles < chosen * 1.25 + 1:
                return False
            ids = topics.learned(connection, at, _AT_A_TIME)
        with self.store.write() as connection:
            topics.retag(connection, ids)
            done = {_AT: str(ids[-1])} if ids else {_AT: "0", _CHOSEN: str(articles)}
            memory.remember(connection, done)
        return True
