"""Stores articles that another reader kept, as if their feeds had brought them."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import groupby

from msgspec import Struct, field

from reader.model.change import Actor
from reader.sources.newsboat import CachedArticle
from reader.storage import articles, journal
from reader.storage.intents import Replace, Store, incoming, key_of
from reader.storage.store import Connection
from reader.storage.store import Store as Database
from reader.update.clean import clean
from reader.update.decide import decide_feed

BATCH = 200
"""Articles of one transaction: a key that is pressed meanwhile waits for no more."""


class Kept(Struct):
    """Ids of the articles that were stored, and of those that are to be marked."""

    stored: list[int] = field(default_factory=list)
    read: list[int] = field(default_factory=list)
    starred: list[int] = field(default_factory=list)
    hidden: list[int] = field(default_factory=list)


def bring_cached(
    store: Database,
    cached: Iterable[CachedArticle],
    feeds: Mapping[str, tuple[int, int]],
    *,
    writer: Callable[[Actor], journal.Writer],
    now: datetime,
) -> Kept:
    """Store what is not known yet; articles of feeds that are not in ``feeds`` are left out.

    ``feeds`` has the ids of a feed and its source by the address that
    ``CachedArticle.feed_url`` spells. An article that is here already keeps its text and is
    only marked.
    """
    kept = Kept()
    wanted = (one for one in cached if one.feed_url in feeds)
    for feed_url, of_feed in groupby(wanted, key=lambda one: one.feed_url):
        for batch in _batches(of_feed):
            with store.write() as connection:
                _bring(connection, batch, feeds[feed_url], writer("update"), now, kept)
    return kept


def _batches(found: Iterator[CachedArticle]) -> Iterator[list[CachedArticle]]:
    batch: list[CachedArticle] = []
    for one in found:
        batch.append(one)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _bring(
    connection: Connection,
    batch: Sequence[CachedArticle],
    feed: tuple[int, int],
    writer: journal.Writer,
    now: datetime,
    kept: Kept,
) -> None:
    feed_id, source_id = feed
    items = []
    for one in batch:
        cleaned = clean(one.article, now=now, of_feed=True)
        items.append(incoming(cleaned.article, raw_key=key_of(cleaned.article.digest)))
    known = articles.known(connection, feed_id, items)
    intents = decide_feed(items, known).intents
    fresh = [intent for intent in intents if isinstance(intent, Store)]
    stored = articles.apply(connection, source_id, fresh, writer)
    kept.stored += stored.new
    ids = {one.identity_key: one.id for one in known}
    for intent in intents:
        if isinstance(intent, Replace):
            ids[intent.incoming.identity_key] = intent.id
    for added, new_id in zip(fresh, stored.new, strict=True):
        ids[added.incoming.identity_key] = new_id
    for cached, item in zip(batch, items, strict=True):
        article_id = ids[item.identity_key]
        if cached.state.deleted or not cached.state.unread:
            kept.read.append(article_id)
        if cached.state.flags:
            kept.starred.append(article_id)
        if cached.state.deleted:
            kept.hidden.append(article_id)
