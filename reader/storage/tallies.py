"""What marks on a few articles did to the numbers of a query, without counting all it fits."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from reader.query.parse import parse
from reader.query.tree import Dated, Is, asks_hidden, nodes
from reader.storage.compile import Compiler

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping, Sequence

    from reader.storage.journal import Row
    from reader.storage.scopes import Moment

MOST = 1000
"""More articles than this are counted as fast by counting all."""

_BITS: Mapping[str, str] = {"read": "unread", "starred": "starred", "hidden": "hidden"}

# The marked articles as they were, in the place of all articles as they are.
_BEFORE = """
WITH article AS (
    SELECT now.id, feed_id, published, was.unread, was.starred, was.hidden, away, words, media,
        site_id, body_id, language, title, author, link
    FROM temp.marked AS was CROSS JOIN main.article AS now ON now.id = was.id
)
SELECT count(*), coalesce(sum(article.unread), 0) FROM article WHERE
"""
_AFTER = """
SELECT count(*), coalesce(sum(article.unread), 0) FROM temp.marked CROSS JOIN main.article
    ON article.id = marked.id WHERE
"""


@lru_cache(maxsize=1024)
def drifts(query: str) -> bool:
    """Whether what fits a query changes by itself, as time goes by or the person looks."""
    return any(
        isinstance(node, Dated) or (isinstance(node, Is) and node.state == "new")
        for node in nodes(parse(query).tree)
    )


class Tally:
    """The articles that some lines of the journal marked, with the marks they had before."""

    def __init__(self, connection: sqlite3.Connection, moment: Moment) -> None:
        self._connection = connection
        self._compiler = Compiler(connection, moment, few=True)

    def take(self, rows: Sequence[Row]) -> bool:
        """Look at what happened, oldest first; False where that was more than a few marks."""
        if any(row.verb not in _BITS for row in rows):
            return False
        marked = [(_BITS[row.verb], row.value, row.parts["ids"]) for row in rows]
        ids = {one for _, _, each in marked for one in each}
        if len(ids) > MOST:
            return False
        connection = self._connection
        connection.execute(
            "CREATE TEMP TABLE IF NOT EXISTS marked (id INTEGER PRIMARY KEY, unread INTEGER,"
            " starred INTEGER, hidden INTEGER)"
        )
        connection.execute("DELETE FROM temp.marked")
        connection.executemany(
            "INSERT INTO temp.marked SELECT id, unread, starred, hidden FROM article WHERE id = ?",
            [(one,) for one in ids],
        )
        for bit, value, each in reversed(marked):
            before = int(value) if bit == "unread" else int(not value)
            connection.executemany(
                f"UPDATE temp.marked SET {bit} = ? WHERE id = ?",  # noqa: S608
                [(before, one) for one in each],
            )
        return True

    def difference(self, query: str) -> tuple[int, int]:
        """How many more articles, and unread ones, fit a query since then."""
        tree = parse(query).tree
        condition = self._compiler.condition(tree)
        listed = "away = 0" if asks_hidden(tree) else "away = 0 AND article.hidden = 0"
        where = f"{listed} AND {condition.where}"
        now = self._connection.execute(f"{_AFTER} {where}", condition.values).fetchone()
        was = self._connection.execute(f"{_BEFORE} {where}", condition.values).fetchone()
        return now[0] - was[0], now[1] - was[1]
