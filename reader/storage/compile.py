"""A query tree as SQL over ``article``: the twin of ``reader.query.match``."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reader.query.match import names
from reader.query.regex import searcher
from reader.query.tree import (
    And,
    Dated,
    Has,
    Is,
    Language,
    Length,
    Link,
    Named,
    Node,
    Not,
    Or,
    Place,
    Regex,
    Site,
    Text,
    nodes,
    resolve,
)
from reader.storage.intents import ENCLOSURE, IMAGE
from reader.storage.packing import unpack_body
from reader.storage.scopes import FEEDS_IN_CATEGORY, Moment, Sql
from reader.storage.times import to_seconds
from reader.text.plain import visible_text
from reader.text.words import Phrase, ascii_lower

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence

# Not "0" and "1": what is constant, SQLite decides before it takes the index it is told to.
_NOTHING = "article.id < 0"
_EVERYTHING = "article.id > 0"
_STATES = {
    "unread": "article.unread = 1",
    "read": "article.unread = 0",
    "starred": "article.starred = 1",
    "hidden": "article.hidden = 1",
}
_COLUMNS: dict[Place, str] = {"any": "", "title": "title : ", "author": "author : "}


_AMONG_HITS = "article.body_id IN (SELECT rowid FROM word WHERE word MATCH ?)"
_HAS_WORDS = "EXISTS (SELECT 1 FROM word WHERE word MATCH ? AND word.rowid = article.body_id)"


@dataclass(slots=True)
class Compiler:
    """Turns nodes into conditions. Names become ids of what the library knows.

    ``few`` tells that they are asked of few articles: then words are looked up in each.
    """

    connection: sqlite3.Connection
    moment: Moment
    few: bool = False
    _regex_ready: bool = field(default=False, init=False)

    def condition(self, node: Node) -> Sql:
        """A condition over ``article`` that is never NULL."""
        if words := fulltext(node):
            return Sql(_HAS_WORDS if self.few else _AMONG_HITS, (words,))
        match node:
            case And(parts):
                # What a regular expression is asked of should first pass all else.
                ordered = sorted(_gathered(And, parts), key=lambda part: asks(part, Regex))
                return _joined(" AND ", _EVERYTHING, map(self.condition, ordered))
            case Or(parts):
                return _joined(" OR ", _NOTHING, map(self.condition, _gathered(Or, parts)))
            case Not(part):
                inner = self.condition(part)
                return Sql(f"NOT ({inner.where})", inner.values)
            case _:
                return self._leaf(node)

    def _leaf(self, leaf: Node) -> Sql:
        match leaf:
            case Named("tag"):
                tags = self.tags(leaf)
                carried = "SELECT 1 FROM article_tag WHERE article_tag.article_id = article.id"
                return Sql(f"EXISTS ({carried} AND tag_id IN ({_listed(tags)}))")
            case Named():
                return Sql(f"article.feed_id IN ({_listed(self.feeds(leaf))})")
            case Language(code):
                codes = self._languages(code)
                marks = ", ".join("?" * len(codes)) or "char(0)"
                return Sql(f"article.language IN ({marks})", codes)
            case Link(part):
                # LIKE takes A-Z for a-z and nothing else for another, as a link's search does.
                escaped = re.sub(r"([%_!])", r"!\1", part)
                return Sql("article.link LIKE ? ESCAPE '!'", (f"%{escaped}%",))
            case Site(host):
                return Sql(f"article.site_id IN ({_listed(self._sites(host))})")
            case Is("new"):
                return Sql("article.id > ?", (self.moment.looked,))
            case Is(state):
                return Sql(_STATES[state])
            case Has(kind):
                return Sql(f"article.media & {IMAGE if kind == 'image' else ENCLOSURE} <> 0")
            case Length(comparison, words):
                return Sql(f"article.words {comparison} ?", (words,))
            case Dated(when, before):
                return Sql(f"article.published {'<' if before else '>='} ?", (self.seconds(when),))
            case Regex(pattern, place):
                return self._regex(pattern, place)
        raise TypeError(leaf)

    def seconds(self, when: object) -> int:
        """A moment of a query, in seconds."""
        return to_seconds(resolve(when, self.moment.now))  # type: ignore[arg-type]

    def feeds(self, named: Named) -> list[int]:
        """The feeds that have the name, or are in a category that has it."""
        if named.field == "feed":
            rows = self.connection.execute(
                "SELECT id, coalesce(nullif(name, ''), title) FROM feed WHERE removed_at IS NULL"
            )
            return [feed_id for feed_id, title in rows if names(named, title)]
        rows = self.connection.execute("SELECT id, title FROM category")
        found = [category_id for category_id, title in rows if names(named, title)]
        inside = {
            row[0]
            for category_id in found
            for row in self.connection.execute(FEEDS_IN_CATEGORY, (category_id,))
        }
        return sorted(inside)

    def tags(self, named: Named) -> list[int]:
        """The tags that have the name."""
        if named.prefix:
            rows = self.connection.execute(
                "SELECT DISTINCT coalesce(merged_into, id) FROM tag"
                " WHERE folded >= ?1 AND folded < ?1 || char(0x10ffff)",
                (named.value,),
            )
        else:
            rows = self.connection.execute(
                "SELECT coalesce(merged_into, id) FROM tag WHERE folded = ?", (named.value,)
            )
        return [row[0] for row in rows]

    def _languages(self, code: str) -> tuple[str, ...]:
        """The forms of a language that articles have: "nl", "nl-BE"."""
        rows = self.connection.execute("SELECT code FROM language")
        return tuple(
            known
            for (known,) in rows
            if ascii_lower(known) == code or ascii_lower(known).startswith(f"{code}-")
        )

    def _sites(self, host: str) -> list[int]:
        rows = self.connection.execute(
            "SELECT id FROM site WHERE host = ?1 OR substr(host, -length(?1) - 1) = '.' || ?1",
            (host,),
        )
        return [row[0] for row in rows]

    def _regex(self, pattern: str, place: Place) -> Sql:
        if not self._regex_ready:
            _give_regex(self.connection)
            self._regex_ready = True
        tests = {
            "title": "regex_in(?, article.title)",
            "author": "regex_in(?, article.author)",
            "any": "(SELECT regex_in_body(?, raw, kind) FROM body WHERE body.id = article.body_id)",
        }
        wanted = ("title", "author", "any") if place == "any" else (place,)
        where = " OR ".join(tests[one] for one in wanted)
        return Sql(f"({where})", (pattern,) * len(wanted))


def _give_regex(connection: sqlite3.Connection) -> None:
    def regex_in(pattern: str, text: str) -> bool:
        return searcher(pattern)(text)

    def regex_in_body(pattern: str, raw: bytes, kind: str) -> bool:
        return searcher(pattern)(visible_text(unpack_body(raw), kind))  # type: ignore[arg-type]

    connection.create_function("regex_in", 2, regex_in, deterministic=True)
    connection.create_function("regex_in_body", 3, regex_in_body, deterministic=True)


def fulltext(node: Node) -> str:
    """The node as a full-text query, "" where it asks for anything but words."""
    match node:
        case Text(wanted, place):
            return f"{_COLUMNS[place]}{_phrase(wanted)}"
        case Or(parts) if parts:
            each = [fulltext(part) for part in parts]
            return f"({' OR '.join(each)})" if all(each) else ""
        case And(parts) if parts:
            return _fulltext_and(parts)
    return ""


def _fulltext_and(parts: Sequence[Node]) -> str:
    """Full text can leave out (a NOT b), but cannot ask for everything without a word."""
    wanted = [fulltext(part) for part in parts if not isinstance(part, Not)]
    unwanted = [fulltext(part.part) for part in parts if isinstance(part, Not)]
    if not wanted or not all((*wanted, *unwanted)):
        return ""
    both = f"({' AND '.join(wanted)})"
    return f"({both} NOT ({' OR '.join(unwanted)}))" if unwanted else both


def _phrase(wanted: Phrase) -> str:
    """Words in a row; they hold letters and digits only, so quoting them is enough."""
    return f'"{" ".join(wanted.tokens)}"' + (" *" if wanted.prefix else "")


def _gathered(kind: type[And] | type[Or], parts: Sequence[Node]) -> list[Node]:
    """The parts with all that is only about words gathered in one, to be looked up at once."""
    worded = [part for part in parts if fulltext(part)]
    if kind is And and worded:
        worded += [part for part in parts if isinstance(part, Not) and fulltext(part.part)]
    if len(worded) < 2:
        return list(parts)
    return [kind(tuple(worded)), *(part for part in parts if part not in worded)]


def _joined(word: str, empty: str, parts: Iterable[Sql]) -> Sql:
    found = list(parts)
    if not found:
        return Sql(empty)
    where = word.join(part.where for part in found)
    return Sql(f"({where})", tuple(value for part in found for value in part.values))


def _listed(ids: Iterable[int]) -> str:
    """The ids for IN; where there are none, one that nothing has (see above)."""
    return ", ".join(map(str, ids)) or "-1"


def conjuncts(tree: Node) -> list[Node]:
    """The conditions that must all hold, each of which may choose the way to walk."""
    if not isinstance(tree, And):
        return [tree]
    return [one for part in tree.parts for one in conjuncts(part)]


def asks(tree: Node, kind: type[Node]) -> bool:
    """Whether a node of the kind is anywhere in the tree."""
    return any(isinstance(node, kind) for node in nodes(tree))
