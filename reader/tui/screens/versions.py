"""The texts that an article had over time, as a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.tui.screens.hinting import NO_ARTICLE
from reader.tui.screens.reading_on import ReadingOn
from reader.tui.screens.sources import Sources

if TYPE_CHECKING:
    from reader.model.article import StoredArticle


class Versions(ReadingOn, Sources):
    """Every text is kept as long as its article is."""

    def action_article_versions(self) -> None:
        """List the texts the article had."""
        reading = self.article.reading
        if reading is None:
            self.status.tell(NO_ARTICLE)
        else:
            self.bridge.run("versions", self._list_versions, reading.stored)

    async def _list_versions(self, stored: StoredArticle) -> None:
        number = stored.headline.id
        found = await self.bridge.call("text", self.library.revisions, number)
        if self.article.article_id != number:
            return
        if len(found) < 2:
            self.status.tell("This article has had no other text")
            return
        from reader.tui.screens.version_list import VersionsScreen

        screen = VersionsScreen(
            self.article.look,
            found[::-1],
            library=self.library,
            bridge=self.bridge,
            article_id=number,
            widest=self.article.widest,
        )
        self.app.push_screen(screen)
