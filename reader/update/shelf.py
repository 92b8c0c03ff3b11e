"""Keeps pages that a person read or put aside, as articles of two feeds of their own."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, Literal

from reader.model.article import Article, RawArticle
from reader.model.change import Actor, ArticlesStored
from reader.model.records import replace
from reader.sources.webpage import WebPage
from reader.storage import articles, feeds, journal, subscriptions, undo
from reader.storage.intents import Known, Replace, Store, incoming, key_of
from reader.storage.store import Connection
from reader.storage.store import Store as Database
from reader.text import urls
from reader.text.terminal import SafeText
from reader.update.clean import Cleaned, clean

Shelf = Literal["Pages read", "Put aside"]
LOCATION: Final = "newsreader:pages"
"""Where these articles come from, in the place of a folder or an address."""


@dataclass(frozen=True, kw_only=True)
class Shelves:
    """The history of pages read, and the list of those to be read later."""

    store: Database
    writer: Callable[[Actor], journal.Writer]
    clock: Callable[[], datetime]

    def keep(
        self, page: WebPage, shelf: Shelf, *, actor: Actor = "key"
    ) -> tuple[int, ArticlesStored | None]:
        """Put a page on a shelf; its article's id, and what changed (None: nothing).

        A page that is there already is brought up to date, its older text kept as a
        revision; it moves to the list for later and never from there. A page that is put
        aside is unread, and tagged for the smart feed of what is to be read later.
        """
        problems = (*page.article.problems, *filter(None, [page.problem]))
        cleaned = self._cleaned(replace(page.article, feed=shelf, problems=problems))
        with self.store.write() as connection:
            source = feeds.add_source(connection, "pages", LOCATION, self.clock())
            known = self._known(connection, source.id, cleaned.article)
            if known is not None and shelf == "Pages read":
                row = connection.execute("SELECT key FROM feed WHERE id = ?", (known.feed_id,))
                article = replace(cleaned.article, feed=SafeText(row.fetchone()[0]))
                cleaned = replace(cleaned, article=article)
            change = self._store(
                connection, source.id, cleaned, known, unread=shelf != "Pages read"
            )
            article_id = known.id if known is not None else change.new[0]
            if shelf == "Pages read":
                undo.mark(connection, self.writer("update"), [article_id], "read", value=True)
            else:
                undo.tag(connection, self.writer(actor), [article_id], feeds.LATER, add=True)
            changed = bool(change.new or change.changed)
        return article_id, change if changed else None

    def _cleaned(self, raw: RawArticle) -> Cleaned:
        title = raw.title or urls.outlet(raw.link) + raw.link.partition(urls.outlet(raw.link))[2]
        return clean(replace(raw, title=title), now=self.clock())

    def _known(self, connection: Connection, source_id: int, article: Article) -> Known | None:
        """The article that this page was before: by its address alone."""
        item = incoming(article)
        found = articles.known_in_source(connection, source_id, [item])
        return next(
            (
                one
                for one in found
                if one.identity_key == item.identity_key or one.link_key == item.link_key
            ),
            None,
        )

    def _store(
        self,
        connection: Connection,
        source_id: int,
        cleaned: Cleaned,
        known: Known | None,
        *,
        unread: bool,
    ) -> ArticlesStored:
        article = cleaned.article
        for feed_id in feeds.ensure(connection, source_id, {article.feed}, self.clock()).values():
            # Removed and used again: that is how a person asks for it back.
            back: subscriptions.Edits = [("feed", feed_id, {"removed_at": None})]
            subscriptions.edit(
                connection, self.writer("update"), back, label=f"{article.feed} again"
            )
        if known is not None and article.date_source == "seen":
            article = replace(article, published=datetime.fromtimestamp(known.published, UTC))
        raw_key = key_of(f"{article.feed}\0{article.digest}\0{article.problems}")
        item = incoming(article, text=cleaned.text, raw_key=raw_key)
        if known is None:
            intents = [Store(item)]
            return articles.apply(connection, source_id, intents, self.writer("update"))
        if known.raw_key == raw_key and not unread:
            return ArticlesStored(source_id=source_id, feed_ids=(known.feed_id,))
        replacement = Replace(known.id, item, unread=unread)
        return articles.apply(connection, source_id, [replacement], self.writer("update"))
