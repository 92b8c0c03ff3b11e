"""What articles may be about, how often each name was found, and the derived tags of that."""

from __future__ import annotations

import json
import struct
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from reader.storage import pending, tags
from reader.storage.intents import key_of
from reader.text.topics import Topic, choose, counted
from reader.text.words import key

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping, Sequence

_TOPIC = struct.Struct("<qHB")
_SURNAME, _ALONE = 1, 2
_SCALE = 1000
_HIGHEST = 0xFFFF
_ALL = 0
"""The key of the row that counts the articles that were looked at."""


def learn(connection: sqlite3.Connection, found: Mapping[int, Sequence[Topic]]) -> list[int]:
    """Keep what articles may be about, and count it; call ``retag`` for them next.

    Returns the ids of other articles that should be tagged anew: until now a name was found
    in them alone.
    """
    _forget(connection, found)
    keys: Counter[int] = Counter()
    first: dict[int, int] = {}
    names: dict[int, str] = {}
    for article_id, topics in found.items():
        mine = [_ALL, *map(key_of, counted(topics))]
        keys.update(mine)
        for one in mine:
            first.setdefault(one, article_id)
        for topic in topics:
            names.setdefault(key_of(topic.key), topic.name)
    alone = [
        row[0]
        for row in connection.execute(
            "SELECT DISTINCT first_id FROM json_each(?) AS wanted"
            " CROSS JOIN topic ON topic.key = wanted.value WHERE articles = 1",
            (json.dumps(list(keys)),),
        )
    ]
    connection.executemany(
        "INSERT INTO topic (key, articles, first_id, name) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (key) DO UPDATE SET articles = articles + excluded.articles,"
        " first_id = iif(articles = 0, excluded.first_id, first_id),"
        " name = iif(name = '', excluded.name, name)",
        [(one, times, first[one], names.get(one, "")) for one, times in keys.items()],
    )
    connection.executemany(
        "UPDATE about SET topics = ? WHERE article_id = ?",
        [(_packed(topics), article_id) for article_id, topics in found.items()],
    )
    return [one for one in alone if one not in found]


def forget(connection: sqlite3.Connection, ids: Iterable[int]) -> None:
    """Take derived tags from articles, and what was found of them."""
    wanted = list(ids)
    _forget(connection, wanted)
    _put(connection, dict.fromkeys(wanted, ()))
    connection.executemany(
        "UPDATE about SET topics = NULL WHERE article_id = ?", [(one,) for one in wanted]
    )


def retag(connection: sqlite3.Connection, ids: Iterable[int]) -> None:
    """Choose the derived tags of articles, by what is known of all of them now."""
    topics = of(connection, ids)
    folded = {one: key_of(one) for found in topics.values() for one in counted(found)}
    # A surname that no article uses alone is asked for all the same.
    folded |= {
        one: key_of(one)
        for found in topics.values()
        for topic in found
        if topic.surname
        for one in (key(topic.surname),)
    }
    times: dict[int, int] = dict(
        connection.execute(
            "SELECT topic.key, articles FROM json_each(?) AS wanted"
            " CROSS JOIN topic ON topic.key = wanted.value",
            (json.dumps(list(folded.values())),),
        )
    )
    articles = pending.looked_at(connection)

    def df(one: str) -> int:
        return times.get(folded.get(one, _ALL), 0)

    _put(connection, {one: choose(found, df, articles) for one, found in topics.items()})


def unlearned(connection: sqlite3.Connection, limit: int) -> list[int]:
    """Articles that were looked into while no derived tags were wanted."""
    rows = connection.execute("SELECT article_id FROM about WHERE topics IS NULL LIMIT ?", (limit,))
    return [row[0] for row in rows]


def learned(connection: sqlite3.Connection, after: int, limit: int) -> list[int]:
    """The next articles, by id, that derived tags were looked for in."""
    rows = connection.execute(
        "SELECT article_id FROM about WHERE article_id > ? AND topics IS NOT NULL"
        " ORDER BY article_id LIMIT ?",
        (after, limit),
    )
    return [row[0] for row in rows]


def _forget(connection: sqlite3.Connection, ids: Iterable[int]) -> None:
    """Count articles out, those that were counted."""
    gone: Counter[int] = Counter()
    for found in of(connection, ids).values():
        gone.update((_ALL, *map(key_of, counted(found))))
    connection.executemany(
        "UPDATE topic SET articles = articles - ? WHERE key = ?",
        [(times, one) for one, times in gone.items()],
    )


def _packed(topics: Iterable[Topic]) -> bytes:
    return b"".join(
        _TOPIC.pack(
            key_of(topic.key),
            min(_HIGHEST, round(topic.score * _SCALE)),
            bool(topic.surname) * _SURNAME + topic.alone * _ALONE,
        )
        for topic in topics
    )


def of(connection: sqlite3.Connection, ids: Iterable[int]) -> dict[int, list[Topic]]:
    """What each article may be about, of those that this is known of."""
    packed = {
        article_id: list(_TOPIC.iter_unpack(topics))
        for article_id, topics in connection.execute(
            "SELECT article_id, topics FROM json_each(?) AS wanted"
            " CROSS JOIN about ON article_id = wanted.value WHERE topics IS NOT NULL",
            (json.dumps(list(ids)),),
        )
    }
    names = dict(
        connection.execute(
            "SELECT topic.key, name FROM json_each(?) AS wanted"
            " CROSS JOIN topic ON topic.key = wanted.value",
            (json.dumps(list({one[0] for found in packed.values() for one in found})),),
        )
    )
    return {
        article_id: [
            Topic(
                names[one],
                key(names[one]),
                score / _SCALE,
                names[one].split()[-1] if flags & _SURNAME else "",
                bool(flags & _ALONE),
            )
            for one, score, flags in found
        ]
        for article_id, found in packed.items()
    }


def _put(connection: sqlite3.Connection, chosen: Mapping[int, Sequence[str]]) -> None:
    """Give articles exactly these derived tags, except what a person took from them."""
    names = dict.fromkeys(name for found in chosen.values() for name in found)
    tag_ids = tags.ensure(connection, names, "derived")
    listed = json.dumps(list(chosen))
    carried: dict[int, dict[int, str]] = defaultdict(dict)
    for article_id, tag_id, kind in connection.execute(
        "SELECT article_id, tag_id, kind FROM json_each(?1) AS wanted"
        " CROSS JOIN article_tag ON article_id = wanted.value UNION ALL"
        " SELECT article_id, tag_id, 'untagged' FROM json_each(?1) AS wanted"
        " CROSS JOIN untagged ON article_id = wanted.value",
        (listed,),
    ):
        carried[article_id][tag_id] = kind
    less: list[tuple[int, int, int]] = []
    more: list[tuple[int, int, int]] = []
    articles: Counter[int] = Counter()
    unread: Counter[int] = Counter()
    for article_id, published, is_unread, is_listed in connection.execute(
        "SELECT article.id, published, unread, away = 0 AND hidden = 0 FROM json_each(?) AS wanted"
        " CROSS JOIN article ON article.id = wanted.value",
        (listed,),
    ):
        there = carried[article_id]
        wanted = {tag_ids[key(name)] for name in chosen[article_id]}
        gone = [one for one, kind in there.items() if kind == "derived" and one not in wanted]
        new = wanted - there.keys()
        less += [(one, published, article_id) for one in gone]
        more += [(one, published, article_id) for one in new]
        for sign, ones in ((-1, gone), (1, new)):
            for one in ones:
                articles[one] += sign * is_listed
                unread[one] += sign * is_listed * is_unread
    connection.executemany(
        "DELETE FROM article_tag WHERE tag_id = ? AND published = ? AND article_id = ?", less
    )
    connection.executemany(
        "INSERT INTO article_tag (tag_id, published, article_id, kind) VALUES (?, ?, ?, 'derived')",
        more,
    )
    connection.executemany(
        "UPDATE tag SET articles = articles + ?, unread = unread + ? WHERE id = ?",
        [(times, unread[one], one) for one, times in articles.items() if times],
    )
