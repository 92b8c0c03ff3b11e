"""What every verb stands on: the open store, the clock, who signs what is written."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Self

from reader.config import NetworkConfig
from reader.model.change import Actor, Change, LibraryChanged
from reader.storage import journal, memory
from reader.storage.scopes import Moment
from reader.storage.store import Store
from reader.text.terminal import SafeText, clean_line

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from reader.update.options import UpdateOptions

DEFAULT_NETWORK = NetworkConfig()
LARGE = 2000
"""A change of more articles than this is lent more memory."""
LOOKED = "looked"
"""What is remembered of the newest article that the person has seen, by its id."""


class Door:
    """An open library without verbs."""

    def __init__(
        self,
        store: Store,
        *,
        clock: Callable[[], datetime],
        network: NetworkConfig,
        derived_tags: bool = True,
        rules: Path | None = None,
    ) -> None:
        """Use ``open``; this is for a store that is open already."""
        self.store = store
        self._derived = derived_tags
        self._rules = rules
        self._network = network
        self._clock = clock
        self._session = random.getrandbits(62) + 1
        self._known_undone: set[int] = set()
        with store.read() as connection:
            self._told = journal.newest(connection)

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        clock: Callable[[], datetime],
        network: NetworkConfig = DEFAULT_NETWORK,
        derived_tags: bool = True,
        rules: Path | None = None,
    ) -> Self:
        """Open the database at ``path``, made where it is missing and migrated where old.

        ``derived_tags`` tells whether the reader finds tags by itself, ``rules`` is the
        file of rules. Raises
        ``LibraryUnusable`` (file left as it was) when it is damaged or newer. A database
        that can only be read opens; ``saving_problem`` then says why.
        """
        return cls(
            Store(path), clock=clock, network=network, derived_tags=derived_tags, rules=rules
        )

    def close(self) -> None:
        """Close every connection of this library."""
        self.store.close()

    @property
    def saving_problem(self) -> SafeText:
        """Why state is not being saved, in a sentence; "" while it is."""
        return clean_line(self.store.problem)

    def writer(self, actor: Actor) -> journal.Writer:
        """Who signs what is written now."""
        return journal.Writer(session=self._session, at=self._clock(), actor=actor)

    def _moment(self) -> Moment:
        """What the times of a query, and ``is:new``, are relative to."""
        with self.store.read() as connection:
            looked = memory.recall(connection).get(LOOKED, "0")
        return Moment(self._clock().astimezone(), int(looked))

    def poll(self) -> list[Change]:
        """What other sessions did to the library since the last call; cheap when nothing."""
        from reader.storage import undo

        if not self.store.changed_elsewhere():
            return []
        with self.store.read() as connection:
            rows = journal.since(connection, self._told)
            if rows is None:
                self._told = journal.newest(connection)
                return [LibraryChanged()]
        if rows:
            self._told = rows[-1].id
        return [undo.told(row) for row in rows if row.session != self._session]

    def look_around(self) -> list[Change]:
        """What happened to the library without this session's doing; cheap when nothing did."""
        return self.poll()

    def _options(self) -> UpdateOptions:
        """The settings of the network, with the secrets that belong to this library."""
        from reader.update.options import UpdateOptions

        return UpdateOptions(self._network, self.store.path.with_suffix(".secrets"))
