"""The verbs on what is done behind: the index, word counts, languages, derived tags."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.library.ruling import RuleVerbs
from reader.model.errors import SavingRefused
from reader.storage import pending

if TYPE_CHECKING:
    from reader.model.change import Change
    from reader.update.digest import Digest


class DigestVerbs(RuleVerbs):
    """Looking into articles after they were stored. Any session may; none waits for it."""

    _digest: Digest | None = None

    def digest(self, *, seconds: float | None = None, changes: list[Change] | None = None) -> bool:
        """Work for about so long (None: until all is done); whether something is left.

        Cheap where nothing waits. Call it in slices from one thread that is not the
        screen's, at the start and after changes: each of its transactions takes about
        20 ms, and what is not done when the program ends is done next time. Afterwards
        lists by words, tags and feed rows may show more than before. ``changes`` takes what
        rules did to articles that waited for their tags. Where nothing can be saved there
        is nothing to do.
        """
        if self._digest is None:
            with self.store.read() as connection:
                if not pending.anything(connection, derived=self._derived):
                    return False
            # Imported late: it knows names and subjects in five languages.
            from reader.update.digest import Digest

            self._digest = Digest(
                store=self.store, writer=self.writer, derived=self._derived, ruling=self._ruling
            )
        try:
            more = self._digest.run(seconds)
        except SavingRefused:
            self._digest.close()
            more = False
        if changes is not None:
            changes += self._digest.changes
        self._digest.changes.clear()
        return more

    def close(self) -> None:
        """Close every connection, and stop what helps."""
        if self._digest is not None:
            self._digest.close()
        super().close()

    def digest_pending(self) -> int:
        """How many articles are still to be looked into."""
        with self.store.read() as connection:
            return pending.count(connection)
