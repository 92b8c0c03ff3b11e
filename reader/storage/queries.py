"""What a scope's query asks, taken apart: conditions that an index serves, and the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.model.records import replace
from reader.query.parse import parse
from reader.query.tree import (
    EVERYTHING,
    And,
    Dated,
    Is,
    Link,
    Named,
    Node,
    Regex,
    asks_hidden,
)
from reader.storage.compile import Compiler, asks, conjuncts, fulltext

if TYPE_CHECKING:
    import sqlite3

    from reader.storage.scopes import Moment, Wanted


def narrow(
    connection: sqlite3.Connection, asked: Wanted, query: str, moment: Moment, tag_ids: list[int]
) -> None:
    """Add a query's conditions to ``asked`` and ``tag_ids``; what has no sense is left out."""
    parsed = parse(query)
    asked.sort = parsed.sort or "date"
    compiler = Compiler(connection, moment)
    if asks_hidden(parsed.tree):
        _with_hidden(asked, parsed.tree, compiler)
    else:
        _narrow(asked, parsed.tree, compiler, tag_ids)


def _with_hidden(asked: Wanted, tree: Node, compiler: Compiler) -> None:
    """Lists that may show hidden articles are rare and small: one condition does."""
    asked.hidden = Is("hidden") in conjuncts(tree)
    asked.everything = not asked.hidden
    asked.rest = compiler.condition(tree)


def _narrow(asked: Wanted, tree: Node, compiler: Compiler, tag_ids: list[int]) -> None:
    """Find the conditions that an index serves; the others become ``rest``."""
    rest: list[Node] = []
    worded: list[Node] = []
    for part in conjuncts(tree):
        match part:
            case Is("unread"):
                asked.unread = True
            case Is("starred"):
                asked.starred = True
            case Named("tag", _, False):
                # No tag has the id 0: a name that is not known leads to an empty list.
                tag_ids.append((compiler.tags(part) or [0])[0])
            case Named("feed" | "category"):
                found = compiler.feeds(part)
                asked.feeds = tuple(
                    one for one in found if asked.feeds is None or one in asked.feeds
                )
            case Dated(when, True):
                seconds = compiler.seconds(when)
                asked.before = seconds if asked.before is None else min(seconds, asked.before)
            case Dated(when, False):
                seconds = compiler.seconds(when)
                asked.since = seconds if asked.since is None else max(seconds, asked.since)
            case _ if fulltext(part):
                worded.append(part)
            case _:
                rest.append(part)
    asked.words = fulltext(And(tuple(worded)))
    left = And(tuple(part for part in rest if part != EVERYTHING))
    if left.parts:
        asked.rest = compiler.condition(left)
        _part_slow(asked, left, compiler)
        asked.scan = asks(left, Link) and not asks(left, Regex)


def _part_slow(asked: Wanted, left: And, compiler: Compiler) -> None:
    """Tell what has to be looked for in each article from what an index or a row tells."""
    slow = [part for part in left.parts if asks(part, Regex) or asks(part, Link)]
    quick = [part for part in left.parts if part not in slow]
    if slow:
        asked.slow = replace(compiler, few=True).condition(And(tuple(slow)))
        asked.quick = compiler.condition(And(tuple(quick))) if quick else None
