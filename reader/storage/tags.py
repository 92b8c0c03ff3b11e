"""Tags: giving, editing and listing them."""

from __future__ import annotations

import json
from array import array
from itertools import islice
from typing import TYPE_CHECKING, Any

from reader.model.tag import Tag, TagKind, TagOrder, TagRow
from reader.storage.counters import count_tag, touch
from reader.storage.times import to_seconds
from reader.text.terminal import SafeText
from reader.text.words import key

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping, Sequence

    from reader.model.article import Article
    from reader.storage.packing import Ids

_ORDERS: dict[TagOrder, str] = {
    "unread": "unread DESC, articles DESC, folded",
    "articles": "articles DESC, unread DESC, folded",
    "name": "name COLLATE NOCASE, folded",
}

_ROW = "id, name, kind, articles, unread, colour, hidden"

KINDS: tuple[TagKind, ...] = ("derived", "given", "user")
"""From the weakest hand to the strongest."""


def rows(
    connection: sqlite3.Connection,
    limit: int,
    *,
    order: TagOrder = "unread",
    match: str = "",
    hidden: bool = False,
) -> tuple[TagRow, ...]:
    """Tags that listed articles carry and whose names hold ``match``, in their order.

    The ties of each order are broken by the next. Hidden ones are there only when asked.
    """
    found = connection.execute(
        f"SELECT {_ROW} FROM tag"  # noqa: S608
        " WHERE articles > 0 AND merged_into IS NULL AND hidden <= ?"
        f" ORDER BY {_ORDERS[order]} LIMIT ?",
        (hidden, -1 if match else limit),
    )
    wanted = key(match)
    fitting = (row for row in found if not wanted or wanted in key(row[1]))
    return tuple(map(_row, islice(fitting, limit)))


def find(connection: sqlite3.Connection, name: str) -> TagRow | None:
    """The tag that a name stands for, None where there is none."""
    row = connection.execute(
        f"SELECT {_ROW} FROM tag WHERE id ="  # noqa: S608
        " (SELECT coalesce(merged_into, id) FROM tag WHERE folded = ?)",
        (key(name),),
    ).fetchone()
    return None if row is None else _row(row)


def _row(row: tuple[Any, ...]) -> TagRow:
    return TagRow(
        id=row[0],
        name=SafeText(row[1]),
        kind=row[2],
        articles=row[3],
        unread=row[4],
        colour=row[5],
        hidden=bool(row[6]),
    )


def aliases(connection: sqlite3.Connection) -> dict[str, tuple[str, ...]]:
    """Under what other names a tag is given, where it was renamed or others merged into it."""
    found: dict[str, tuple[str, ...]] = {}
    for name, other in connection.execute(
        "SELECT meant.name, named.folded FROM tag AS named"
        " JOIN tag AS meant ON meant.id = coalesce(named.merged_into, named.id)"
        " WHERE named.folded <> lower(meant.name)"
    ):
        found[name] = (*found.get(name, ()), other)
    return found


def of_article(connection: sqlite3.Connection, article_id: int) -> tuple[Tag, ...]:
    """An article's tags, by name."""
    return of_articles(connection, [article_id]).get(article_id, ())


def of_articles(connection: sqlite3.Connection, ids: Sequence[int]) -> dict[int, tuple[Tag, ...]]:
    """The tags of each article that has any, by name."""
    found: dict[int, tuple[Tag, ...]] = {}
    for article_id, name, kind in connection.execute(
        "SELECT article_id, name, article_tag.kind FROM json_each(?) AS wanted"
        " CROSS JOIN article_tag ON article_id = wanted.value"
        " CROSS JOIN tag ON tag.id = tag_id ORDER BY folded",
        (json.dumps(list(ids)),),
    ):
        found[article_id] = (*found.get(article_id, ()), Tag(SafeText(name), kind))
    return found


def ensure(connection: sqlite3.Connection, names: Iterable[str], kind: TagKind) -> dict[str, int]:
    """The ids of tags by folded name, made where they are missing.

    A tag takes the kind of the strongest hand that gave it: user, given, derived. A name
    that stands for another tag gives that one's id.
    """
    wanted: dict[str, str] = {}
    for name in names:
        wanted.setdefault(key(name), name)
    wanted.pop("", None)
    ids: dict[str, int] = {}
    if not wanted:
        return ids
    for tag_id, folded, old_kind in connection.execute(
        "SELECT meant.id, named.folded, meant.kind FROM json_each(?) AS wanted"
        " CROSS JOIN tag AS named ON named.folded = wanted.value"
        " JOIN tag AS meant ON meant.id = coalesce(named.merged_into, named.id)",
        (json.dumps(list(wanted)),),
    ).fetchall():
        ids[folded] = tag_id
        if KINDS.index(kind) > KINDS.index(old_kind):
            connection.execute("UPDATE tag SET kind = ? WHERE id = ?", (kind, tag_id))
    for folded, name in wanted.items():
        if folded not in ids:
            ids[folded] = connection.execute(
                "INSERT INTO tag (folded, name, kind) VALUES (?, ?, ?) RETURNING id",
                (folded, name, kind),
            ).fetchone()[0]
    return ids


def give(connection: sqlite3.Connection, articles: Sequence[tuple[int, Article]]) -> list[int]:
    """Put the tags that sources gave on new articles; returns the tag's id for each time."""
    folded = {name: key(name) for _, article in articles for name in article.tags}
    ids = ensure(connection, folded, "given")
    rows = [
        (tag_id, to_seconds(article.published), article_id)
        for article_id, article in articles
        for tag_id in {ids[folded[name]] for name in article.tags if folded[name]}
    ]
    connection.executemany(
        "INSERT INTO article_tag (tag_id, published, article_id, kind) VALUES (?, ?, ?, 'given')",
        rows,
    )
    return [row[0] for row in rows]


def regive(connection: sqlite3.Connection, article_id: int, article: Article) -> None:
    """Bring a changed article's given tags and every tag's date up to date."""
    ids = ensure(connection, article.tags, "given")
    published = to_seconds(article.published)
    wanted = json.dumps(list(ids.values()))
    connection.execute(
        "DELETE FROM article_tag WHERE article_id = ? AND kind = 'given'"
        " AND tag_id NOT IN (SELECT value FROM json_each(?))",
        (article_id, wanted),
    )
    connection.execute(
        "UPDATE article_tag SET published = ?1 WHERE article_id = ?2 AND published <> ?1",
        (published, article_id),
    )
    connection.execute(
        "INSERT OR IGNORE INTO article_tag (tag_id, published, article_id, kind)"
        " SELECT value, ?1, ?2, 'given' FROM json_each(?3) WHERE value NOT IN"
        " (SELECT tag_id FROM untagged WHERE article_id = ?2)",
        (published, article_id, wanted),
    )


def put_on(
    connection: sqlite3.Connection, ids: Iterable[int], name: str, kind: TagKind
) -> tuple[Ids, Ids]:
    """Put a tag on articles.

    Returns the ids of those that did not carry it, and among them of those that it had been
    taken from by a person.
    """
    tag_ids = list(ensure(connection, [name], kind).values())
    if not tag_ids:
        return array("q"), array("q")
    changed = touch(connection, ids, where=_carries(tag_ids[0], negate=True))
    freed = array(
        "q",
        [
            row[0]
            for row in connection.execute(
                "DELETE FROM untagged WHERE tag_id = ?"
                " AND article_id IN (SELECT id FROM touched) RETURNING article_id",
                tag_ids,
            )
        ],
    )
    connection.execute(
        "INSERT OR IGNORE INTO article_tag (tag_id, published, article_id, kind)"
        " SELECT ?, published, touched.id, ? FROM touched CROSS JOIN article USING (id)",
        (tag_ids[0], kind),
    )
    count_tag(connection, tag_ids[0], 1)
    return changed, freed


def take_off(connection: sqlite3.Connection, ids: Iterable[int], name: str) -> dict[str, Ids]:
    """Take a tag of any kind from articles; returns the ids that carried it, by kind."""
    tag_id = _find(connection, name)
    if tag_id is None:
        return {}
    touch(connection, ids, where=_carries(tag_id))
    by_kind: dict[str, Ids] = {}
    for article_id, kind in connection.execute(
        "SELECT article_id, kind FROM touched CROSS JOIN article_tag ON article_id = id"
        " WHERE tag_id = ?",
        (tag_id,),
    ):
        by_kind.setdefault(kind, array("q")).append(article_id)
    connection.execute(
        "DELETE FROM article_tag WHERE (tag_id, published, article_id) IN ("
        " SELECT ?, published, touched.id FROM touched CROSS JOIN article USING (id))",
        (tag_id,),
    )
    count_tag(connection, tag_id, -1)
    return by_kind


def keep_off(connection: sqlite3.Connection, ids: Iterable[int], name: str) -> None:
    """Remember that a person took a tag from articles: nothing but a person puts it back."""
    connection.execute(
        "INSERT OR IGNORE INTO untagged (article_id, tag_id) SELECT value, ? FROM json_each(?)",
        (_find(connection, name), json.dumps(list(ids))),
    )


def restore(connection: sqlite3.Connection, name: str, by_kind: Mapping[str, Iterable[int]]) -> Ids:
    """Put a tag back on articles as the kinds it was; returns the ids that lacked it."""
    restored = array("q")
    for kind in KINDS:
        if ids := by_kind.get(kind):
            restored.extend(put_on(connection, ids, name, kind)[0])
    return restored


def _find(connection: sqlite3.Connection, name: str) -> int | None:
    row = connection.execute(
        "SELECT coalesce(merged_into, id) FROM tag WHERE folded = ?", (key(name),)
    ).fetchone()
    return None if row is None else row[0]


def _carries(tag_id: int, *, negate: bool = False) -> str:
    """SQL over ``article``: whether it carries the tag."""
    carries = (
        f"EXISTS (SELECT 1 FROM article_tag WHERE tag_id = {tag_id}"  # noqa: S608
        " AND article_tag.published = article.published AND article_id = article.id)"
    )
    return f"NOT {carries}" if negate else carries
