"""Stores articles that another reader kept, as if their feeds had brought them."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby

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


@dataclass(slots=True)
class Kept:
    """Ids of the articles that were stored, and of those that are to be marked."""

    stored: list[int] = field(default_factory=list)
    read: list[int] = field(default_factory=list)
    starred: list[int] = field(default_factory=list)
    hidden: list[int] = field(default_factory=list)


def bring_cached(
    store: Database,
    cached: Iterable[CachedArticle],
    feeds: Mapping[str, int],
    *,
    writer: Callable[[Actor], journal.Writer],
    now: datetime,
) -> Kept:
    """Store what is not known yet; articles of feeds that are not in ``feeds`` are left out.

    ``feeds`` has the id of a feed by its address as ``CachedArticle.feed_url`` spells it.
    An article that is here already keeps its text and is only marked.
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
    feed_id: int,
    writer: journal.Writer,
    now: datetime,
    kept: Kept,
) -> None:
    items = []
    for one in batch:
        cleaned = clean(one.article, now=now, text_later=True)
        items.append(incoming(cleaned.article, raw_key=key_of(cleaned.article.digest)))
    decision = decide_feed(items, articles.known(connection, feed_id, items))
    source_id: int = connection.execute(
        "SELECT source_id FROM feed WHERE id = ?", (feed_id,)
    ).fetchone()[0]
