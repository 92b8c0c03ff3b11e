"""The verbs around queries: what stands in the texts, names to complete, the index behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.library.door import Door
from reader.storage import reading

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from reader.model.scope import ListPart, Scope
    from reader.query.highlight import Snippet


class SearchVerbs(Door):
    """What a search asks beside its list."""

    def snippets(self, ids: Sequence[int], query: str, *, length: int = 160) -> dict[int, Snippet]:
        """The stretch of each article's text around a query's first hit, where there is one.

        Takes a fraction of a millisecond an article: ask for those that are on the screen.
        """
        # Imported late: a start without a query has no use for the language of queries.
        from reader.query.highlight import snippet, wanted
        from reader.query.parse import parse

        phrases = wanted(parse(query).tree, "any")
        if not phrases:
            return {}
        with self.store.read() as connection:
            texts = reading.texts(connection, ids)
            found = (
                (article_id, snippet(phrases, text, length=length)) for article_id, text in texts
            )
            return {article_id: one for article_id, one in found if one is not None}

    def list_part(
        self,
        scope: Scope,
        *,
        limit: int,
        before: ListPart | None = None,
        seconds: float,
        stop: Callable[[], bool] | None = None,
    ) -> ListPart:
        """A list from its start, or from where the part ``before`` ended.

        Takes about ``seconds`` at most and gives about ``limit`` ids. Only regular
        expressions, and parts of links in big libraries, take more than one part: those are
        looked for article by article.
        """
        from reader.storage import slices

        with self.store.read(stop=stop) as connection:
            return slices.part(
                connection, scope, self._moment, limit=limit, before=before, seconds=seconds
            )

    def names(self, field: str, typed: str = "") -> list[str]:
        """Names that a query's field can ask for (feed, category, tag, lang, site, author).

        Those that hold what was typed, the most used first, at most 50.
        """
        from reader.storage import names

        with self.store.read() as connection:
            return names.names(connection, field, typed)

    def search_complete(self) -> bool:
        """Whether words are looked for in every article, or some are still to be indexed."""
        from reader.storage import fulltext

        with self.store.read() as connection:
            return fulltext.is_complete(connection)

    def index_pending(self, limit: int = 200) -> int:
        """Make the next articles findable; returns how many there were, 0 at the end.

        Two hundred take some 40 ms, of which writing takes a third. Every session may call it.
        """
        from reader.storage import fulltext

        return fulltext.catch_up(self.store, limit)
