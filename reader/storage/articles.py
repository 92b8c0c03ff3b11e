"""Articles: looking up what is known, and storing what an update brought."""

from __future__ import annotations

import json
from array import array
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast

from reader.model.change import ArticlesStored
from reader.storage import copies, counters, feeds, fulltext, journal, pages, subscriptions, tags
from reader.storage.intents import (
    ENCLOSURE,
    IMAGE,
    Gone,
    Incoming,
    Intent,
    Known,
    Replace,
    Store,
    Touch,
)
from reader.storage.packing import storable
from reader.storage.times import DATE_SOURCES, to_seconds

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence

    from reader.model.article import Article

FILE_GONE = 1
"""The bit of ``away`` of an article whose document is no longer there."""

_KNOWN = "article.id, feed_id, identity_key, link_key, digest_key, raw_key, published, away"


def known(connection: sqlite3.Connection, feed_id: int, items: Sequence[Incoming]) -> list[Known]:
    """Articles of a feed that any of ``items`` may be: by identity, link or content."""
    if not connection.execute("SELECT 1 FROM article WHERE feed_id = ?", (feed_id,)).fetchone():
        return []
    return _known(connection, "article.feed_id = :within", feed_id, items)


def known_in_source(
    connection: sqlite3.Connection,
    source_id: int,
    items: Sequence[Incoming],
    ids: Iterable[int] = (),
) -> list[Known]:
    """Articles of a folder that any of ``items`` may be, in any of its feeds; and ``ids``."""
    within = "article.feed_id IN (SELECT id FROM feed WHERE source_id = :within)"
    return _known(connection, within, source_id, items, ids)


def _known(
    connection: sqlite3.Connection,
    where: str,
    within: int,
    items: Sequence[Incoming],
    ids: Iterable[int] = (),
) -> list[Known]:
    found: dict[int, Known] = {}
    for column, keys in (
        ("id", set(ids)),
        ("identity_key", {item.identity_key for item in items}),
        ("link_key", {item.link_key for item in items if item.link_key is not None}),
        ("digest_key", {item.digest_key for item in items}),
    ):
        rows = connection.execute(
            f"SELECT {_KNOWN} FROM json_each(:keys) AS wanted"  # noqa: S608
            f" CROSS JOIN article ON article.{column} = wanted.value WHERE {where}",
            {"keys": json.dumps(list(keys)), "within": within},
        )
        for row in rows:
            found.setdefault(row[0], _as_known(row))
    return list(found.values())


def _as_known(row: tuple[Any, ...]) -> Known:
    names = ("id", "feed_id", "identity_key", "link_key", "digest_key", "raw_key", "published")
    values = dict(zip((*names, "away"), row, strict=True))
    return Known(**values)


def apply(
    connection: sqlite3.Connection,
    source_id: int,
    intents: Sequence[Intent],
    writer: journal.Writer,
) -> ArticlesStored:
    """Do what an update decided, in the caller's transaction; tells what changed."""
    new = [intent.incoming for intent in intents if isinstance(intent, Store)]
    replaced = {intent.id: intent for intent in intents if isinstance(intent, Replace)}
    touched = [intent.id for intent in intents if isinstance(intent, Touch)]
    gone = [intent.id for intent in intents if isinstance(intent, Gone)]
    feed_ids = feeds.ensure(
        connection,
        source_id,
        {item.article.feed for item in (*new, *(one.incoming for one in replaced.values()))},
        writer.at,
    )
    back: list[int] = []
    if counters.touch(connection, [*replaced, *touched, *gone]):
        with counters.recounting(connection):
            for replacement in replaced.values():
                _replace(connection, replacement, feed_ids, writer)
            back = _set_away(connection, touched, away=False)
            gone = _set_away(connection, gone, away=True)
        copies.step_forward(connection, gone)
    new_ids = _insert(connection, new, feed_ids, writer)
    if new_ids or replaced:
        subscriptions.keep_removed(connection, feed_ids.values())
    change = ArticlesStored(
        source_id=source_id,
        feed_ids=tuple(sorted(set(feed_ids.values()))),
        new=tuple(new_ids),
        changed=(*replaced, *back),
        gone=tuple(gone),
    )
    if new_ids or replaced or back or gone:
        _tell(connection, change, writer)
    return change


def _tell(connection: sqlite3.Connection, change: ArticlesStored, writer: journal.Writer) -> None:
    journal.write(
        connection,
        writer,
        "stored",
        {
            "source": array("q", [change.source_id]),
            "feeds": array("q", change.feed_ids),
            "new": array("q", change.new),
            "changed": array("q", change.changed),
            "gone": array("q", change.gone),
        },
        articles=len(change.new),
        undoable=False,
    )


def _set_away(connection: sqlite3.Connection, ids: Sequence[int], *, away: bool) -> list[int]:
    """Take articles from the lists or bring them back; returns those it was not so for."""
    if not ids:
        return []
    rows = connection.execute(
        "UPDATE article SET away = away + CASE WHEN ?1 THEN ?2 ELSE -?2 END"
        " WHERE id IN (SELECT value FROM json_each(?3)) AND (away & ?2 <> 0) <> ?1"
        " RETURNING id",
        (away, FILE_GONE, json.dumps(list(ids))),
    )
    return [row[0] for row in rows.fetchall()]


def _insert(
    connection: sqlite3.Connection,
    items: Sequence[Incoming],
    feed_ids: dict[str, int],
    writer: journal.Writer,
) -> range:
    """Store articles that are not known; returns their ids, in the order of ``items``."""
    if not items:
        return range(0)
    first = _next_id(connection, "SELECT max(seq) FROM sqlite_sequence WHERE name = 'article'")
    first_body = _next_id(connection, "SELECT max(id) FROM body")
    ids = range(first, first + len(items))
    placed = list(zip(ids, range(first_body, first_body + len(items)), items, strict=True))
    now = to_seconds(writer.at)
    sites = _sites(connection, items)
    connection.executemany(
        "INSERT INTO article (id, feed_id, body_id, published, date_source, words, media, site_id,"
        " identity_key, link_key, digest_key, raw_key, language, title, author, link)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                article_id,
                feed_ids[item.article.feed],
                body_id,
                *_facts(item, sites),
                *_keys(item),
                *_row_texts(item.article),
            )
            for article_id, body_id, item in placed
        ],
    )
    connection.executemany(
        "INSERT INTO detail (first_seen, article_id, identity, updated, base, summary, authors,"
        " image, comments, enclosures, problems, digest, outlet)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [(now, article_id, *_detail(item.article)) for article_id, _, item in placed],
    )
    _insert_bodies(connection, placed, now)
    given = tags.give(connection, [(article_id, item.article) for article_id, _, item in placed])
    counters.count_new(connection, (feed_ids[item.article.feed] for item in items), given)
    return ids


def _insert_bodies(
    connection: sqlite3.Connection, placed: Sequence[tuple[int, int, Incoming]], now: int
) -> None:
    """Store texts (article id, body id, article), and make findable those that brought theirs."""
    connection.executemany(
        "INSERT INTO body (id, article_id, kind, saved_at, indexed, raw) VALUES (?, ?, ?, ?, ?, ?)",
        [
            (body_id, article_id, item.article.kind, now, item.text is not None, item.packed)
            for article_id, body_id, item in placed
        ],
    )
    fulltext.index(connection, [(body_id, item) for _, body_id, item in placed])


def _replace(
    connection: sqlite3.Connection,
    intent: Replace,
    feed_ids: dict[str, int],
    writer: journal.Writer,
) -> None:
    item = intent.incoming
    article = item.article
    body_id = _replace_body(connection, intent, writer)
    _release(connection, feed_ids[article.feed], item.identity_key, intent.id)
    connection.execute(
        "UPDATE article SET feed_id = ?, body_id = ?, published = ?, date_source = ?, words = ?,"
        " media = ?, site_id = ?, identity_key = ?, link_key = ?, digest_key = ?, raw_key = ?,"
        " language = ?, title = ?, author = ?, link = ?, unread = unread OR ?, away = away & ~?"
        " WHERE id = ?",
        (
            feed_ids[article.feed],
            body_id,
            *_facts(item, _sites(connection, [item])),
            *_keys(item),
            *_row_texts(article),
            intent.unread,
            FILE_GONE | subscriptions.FEED_REMOVED,
            intent.id,
        ),
    )
    connection.execute(
        "UPDATE detail SET identity = ?, updated = ?, base = ?, summary = ?, authors = ?,"
        " image = ?, comments = ?, enclosures = ?, problems = ?, digest = ?, outlet = ?"
        " WHERE article_id = ?",
        (*_detail(article), intent.id),
    )
    if item.text is not None:
        pages.index_again(connection, intent.id)
    tags.regive(connection, intent.id, article)


def _release(
    connection: sqlite3.Connection, feed_id: int, identity_key: int, article_id: int
) -> None:
    """Take an identity from an article whose file is gone: another file has that path now."""
    connection.execute(
        "UPDATE article SET identity_key = -id"
        " WHERE feed_id = ? AND identity_key = ? AND id <> ? AND away <> 0",
        (feed_id, identity_key, article_id),
    )


def _replace_body(connection: sqlite3.Connection, intent: Replace, writer: journal.Writer) -> int:
    """Keep the old text as a revision where the new one differs for a reader."""
    item = intent.incoming
    body_id, digest, author = connection.execute(
        "SELECT body_id, digest, author FROM article JOIN detail ON article_id = id WHERE id = ?",
        (intent.id,),
    ).fetchone()
    if digest == item.article.digest and author == _author(item.article):
        connection.execute(
            "UPDATE body SET kind = ?, raw = ?, digested = digested AND ? WHERE id = ?",
            (item.article.kind, item.packed, item.text is not None, body_id),
        )
        return cast("int", body_id)
    new_id = _next_id(connection, "SELECT max(id) FROM body")
    _insert_bodies(connection, [(intent.id, new_id, item)], to_seconds(writer.at))
    return new_id


def _next_id(connection: sqlite3.Connection, highest: str) -> int:
    return (connection.execute(highest).fetchone()[0] or 0) + 1


def _facts(item: Incoming, sites: dict[str, int]) -> tuple[int, ...]:
    """published, date_source, words, media, site_id."""
    article = item.article
    return (
        to_seconds(article.published),
        DATE_SOURCES.index(article.date_source),
        article.words,
        ENCLOSURE * bool(article.enclosures) + IMAGE * bool(article.image),
        sites[item.host],
    )


def _sites(connection: sqlite3.Connection, items: Sequence[Incoming]) -> dict[str, int]:
    """The ids of the hosts that articles link to, made where they are missing.

    Their languages are noted with them.
    """
    sites = {"": 0}
    for name in dict.fromkeys(item.host for item in items if item.host):
        connection.execute("INSERT INTO site (host) VALUES (?) ON CONFLICT DO NOTHING", (name,))
        row = connection.execute("SELECT id FROM site WHERE host = ?", (name,)).fetchone()
        sites[name] = row[0]
    connection.executemany(
        "INSERT INTO language (code) VALUES (?) ON CONFLICT DO NOTHING",
        {(storable(item.article.language),) for item in items},
    )
    return sites


def _keys(item: Incoming) -> tuple[int, int | None, int, int]:
    return item.identity_key, item.link_key, item.digest_key, item.raw_key


def _row_texts(article: Article) -> tuple[str, str, str, str]:
    """language, title, author, link."""
    return (
        storable(article.language),
        storable(article.title),
        _author(article),
        storable(article.link),
    )


def _author(article: Article) -> str:
    return storable(", ".join(article.authors))


def _detail(article: Article) -> tuple[object, ...]:
    """The columns of ``detail`` that its source gives, from identity to outlet."""
    enclosures = [
        [one.url, one.mime, one.size, one.seconds, one.title] for one in article.enclosures
    ]
    return (
        article.identity.encode(errors="surrogatepass"),
        None if article.updated is None else to_seconds(article.updated),
        storable(article.base),
        storable(article.summary),
        _packed_names(article.authors),
        storable(article.image),
        storable(article.comments),
        _packed(enclosures),
        _packed(article.problems),
        storable(article.digest),
        storable(article.outlet),
    )


def _packed(values: Sequence[object]) -> str:
    return json.dumps(values) if values else "[]"


@lru_cache(maxsize=1000)
def _packed_names(names: tuple[str, ...]) -> str:
    """The same few people write in a feed."""
    return json.dumps(names)
