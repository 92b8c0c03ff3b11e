"""What a person does to tags themselves: rename, merge, colour, hide; all undoable."""

from __future__ import annotations

import json
from array import array
from typing import TYPE_CHECKING

from reader.storage import journal, subscriptions
from reader.storage.tags import KINDS, ensure
from reader.text.terminal import clean_line
from reader.text.words import key

if TYPE_CHECKING:
    import sqlite3

    from reader.storage.journal import Row, Writer
    from reader.storage.packing import Ids
    from reader.storage.subscriptions import Edits


def rename(connection: sqlite3.Connection, writer: Writer, tag_id: int, name: str) -> int:
    """Show a tag under another name; the journal's row, 0 where nothing changed.

    Sources that go on giving the old name mean this tag. Where another tag has the new name,
    this one is merged into it.
    """
    safe = clean_line(name, 200)
    own = _folded(connection, tag_id)
    if not key(safe) or not own:
        return 0
    label = f"renamed the tag {_name(connection, tag_id)} to {safe}"
    edits: Edits = [("tag", tag_id, {"name": safe})]
    if key(safe) != own:
        (other,) = ensure(connection, [safe], "derived").values()
        if other != tag_id and _has_articles(connection, other):
            return merge(connection, writer, tag_id, other)
        if other != tag_id:
            edits.append(("tag", other, {"merged_into": tag_id}))
    return subscriptions.edit(connection, writer, edits, label=label, verb="tags")


def colour(connection: sqlite3.Connection, writer: Writer, tag_id: int, chosen: str) -> int:
    """Give a tag a colour, "" for none; the journal's row."""
    label = f"coloured the tag {_name(connection, tag_id)}"
    edits: Edits = [("tag", tag_id, {"colour": clean_line(chosen, 40)})]
    return subscriptions.edit(connection, writer, edits, label=label, verb="tags")


def hide(connection: sqlite3.Connection, writer: Writer, tag_id: int, *, hidden: bool) -> int:
    """Leave a tag out of the sidebar, or show it again; the journal's row."""
    label = f"{'hid' if hidden else 'showed'} the tag {_name(connection, tag_id)}"
    edits: Edits = [("tag", tag_id, {"hidden": int(hidden)})]
    return subscriptions.edit(connection, writer, edits, label=label, verb="tags")


def merge(connection: sqlite3.Connection, writer: Writer, tag_id: int, into: int) -> int:
    """Make one tag of two; who gives the first from now on means the second."""
    if tag_id == into or not _folded(connection, tag_id) or not _folded(connection, into):
        return 0
    label = f"merged the tag {_name(connection, tag_id)} into {_name(connection, into)}"
    parts = _carriers(connection, tag_id)
    parts["lacking"] = _lacking(connection, tag_id, into)
    parts["aliases"] = array(
        "q", [row[0] for row in connection.execute(_ALIASES, (tag_id,)).fetchall()]
    )
    _move(connection, tag_id, into)
    articles = sum(len(parts.get(kind, ())) for kind in KINDS)
    return journal.write(
        connection, writer, "merge", parts, subject=json.dumps([tag_id, into]),
        label=clean_line(label), articles=articles,
    )  # fmt: skip


_ALIASES = "SELECT id FROM tag WHERE merged_into = ?"


def reverse(connection: sqlite3.Connection, row: Row, *, redo: bool) -> None:
    """Take a merge apart again, or do it again."""
    tag_id, into = json.loads(row.subject)
    if redo:
        _move(connection, tag_id, into)
        return
    parts = row.parts
    aliases = json.dumps([tag_id, *parts["aliases"]])
    connection.execute(
        "UPDATE tag SET merged_into = CASE WHEN id = ?1 THEN NULL ELSE ?1 END"
        " WHERE id IN (SELECT value FROM json_each(?2))",
        (tag_id, aliases),
    )
    connection.execute(
        "DELETE FROM article_tag WHERE tag_id = ?"
        " AND article_id IN (SELECT value FROM json_each(?))",
        (into, json.dumps(list(parts["lacking"]))),
    )
    for kind in KINDS:
        connection.execute(
            "INSERT OR IGNORE INTO article_tag (tag_id, published, article_id, kind)"
            " SELECT ?, published, article.id, ? FROM json_each(?) AS carrying"
            " CROSS JOIN article ON article.id = carrying.value",
            (tag_id, kind, json.dumps(list(parts.get(kind, ())))),
        )
    _recount(connection, tag_id, into)


def _move(connection: sqlite3.Connection, tag_id: int, into: int) -> None:
    connection.execute(
        "UPDATE tag SET merged_into = ?1 WHERE id = ?2 OR merged_into = ?2", (into, tag_id)
    )
    connection.execute(
        "INSERT OR IGNORE INTO article_tag (tag_id, published, article_id, kind)"
        " SELECT ?, published, article_id, kind FROM article_tag WHERE tag_id = ?",
        (into, tag_id),
    )
    connection.execute("DELETE FROM article_tag WHERE tag_id = ?", (tag_id,))
    _recount(connection, tag_id, into)


def _carriers(connection: sqlite3.Connection, tag_id: int) -> dict[str, Ids]:
    """The articles that carry a tag, by its kind there."""
    carriers: dict[str, Ids] = {}
    for article_id, kind in connection.execute(
        "SELECT article_id, kind FROM article_tag WHERE tag_id = ?", (tag_id,)
    ):
        carriers.setdefault(kind, array("q")).append(article_id)
    return carriers


def _lacking(connection: sqlite3.Connection, tag_id: int, into: int) -> Ids:
    """The articles that carry one tag and not the other."""
    rows = connection.execute(
        "SELECT article_id FROM article_tag AS one WHERE tag_id = ? AND NOT EXISTS (SELECT 1"
        " FROM article_tag AS other WHERE other.tag_id = ? AND other.published = one.published"
        " AND other.article_id = one.article_id)",
        (tag_id, into),
    )
    return array("q", [row[0] for row in rows])


def _recount(connection: sqlite3.Connection, *tag_ids: int) -> None:
    for tag_id in tag_ids:
        connection.execute(
            "UPDATE tag SET (articles, unread) = (SELECT count(*), coalesce(sum(article.unread), 0)"
            " FROM article_tag CROSS JOIN article ON article.id = article_id"
            " WHERE article_tag.tag_id = tag.id AND away = 0 AND hidden = 0) WHERE id = ?",
            (tag_id,),
        )


def _has_articles(connection: sqlite3.Connection, tag_id: int) -> bool:
    found = connection.execute("SELECT 1 FROM article_tag WHERE tag_id = ? LIMIT 1", (tag_id,))
    return found.fetchone() is not None


def _folded(connection: sqlite3.Connection, tag_id: int) -> str:
    row = connection.execute(
        "SELECT folded FROM tag WHERE id = ? AND merged_into IS NULL", (tag_id,)
    ).fetchone()
    return row[0] if row else ""


def _name(connection: sqlite3.Connection, tag_id: int) -> str:
    row = connection.execute("SELECT name FROM tag WHERE id = ?", (tag_id,)).fetchone()
    return row[0] if row else ""
