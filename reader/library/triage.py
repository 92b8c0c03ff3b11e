"""The verbs for few minutes and many articles: what is one article, and what is worth reading."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.library.door import Door
from reader.model.catchup import CatchUp
from reader.model.records import replace
from reader.model.scope import Scope
from reader.storage import copies, lists

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from reader.model.copies import ArticleCopy

MOST_WEIGHED = 2000
"""So many of the newest unread articles are weighed for catching up."""


class TriageVerbs(Door):
    """Copies of articles, and the queue for catching up."""

    def copies(self, ids: Sequence[int]) -> Mapping[int, tuple[ArticleCopy, ...]]:
        """The same articles through other feeds, of those that have any.

        They stand in no list; a mark on the shown one is set on them too, in the same undo.
        """
        with self.store.read() as connection:
            return copies.behind(connection, ids)

    def catch_up(self, minutes: float, scope: Scope | None = None) -> CatchUp:
        """What is worth reading in so many minutes, of a scope's unread articles.

        Weighed are reading time, stars, the tags of what was starred or tagged, how many
        outlets report the story, and age; of a story one article is taken. Takes up to half
        a second. ``rest`` is what one call of ``mark`` sets read when all was read.
        """
        # Imported late: it knows names and subjects in five languages.
        from reader.storage import weighing
        from reader.stories import queue

        unread = replace(scope or Scope(), show="unread")
        with self.store.read() as connection:
            every = lists.ids(connection, unread, self._moment)
            weighed = every[:MOST_WEIGHED]
            waiting = weighing.waiting(connection, weighed)
            chosen = queue(
                waiting,
                minutes,
                now=self._clock(),
                tag_weights=weighing.tag_weights(connection),
            )
        return CatchUp(
            ids=chosen.ids,
            minutes=chosen.minutes,
            rest=(*chosen.rest, *every[MOST_WEIGHED:]),
            outlets={one.id: one.outlets for one in waiting if one.outlets > 1},
        )
