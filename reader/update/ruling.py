"""Rules at work: judges what arrives in the transaction that stores it, so nothing flashes up.

Rules that ask for tags can only judge once the derived tags are found: where there are such
rules, what arrives waits in the wings until it was looked into.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from msgspec import Struct

from reader.model.change import ArticlesMarked, ArticlesNotified, Mark, TagsEdited
from reader.model.records import replace
from reader.query.match import Facts
from reader.query.tree import (
    EVERYTHING,
    And,
    Is,
    Language,
    Length,
    Named,
    Node,
    Not,
    Or,
    Regex,
    Text,
    nodes,
)
from reader.rules import Outcome, Rule, dry_run, read
from reader.storage import undo, wings
from reader.storage.facts import facts, fitting
from reader.storage.journal import Writer
from reader.storage.scopes import Moment
from reader.storage.store import Connection
from reader.text import language
from reader.text.plain import count_words
from reader.text.terminal import SafeText, clean_line

Ruled = ArticlesMarked | TagsEdited | ArticlesNotified
_MARKS: Final[Mapping[str, Mark]] = {"read": "read", "star": "starred", "hide": "hidden"}
_NO_TEXTS: Final[Mapping[int, str]] = {}


class Ruling(Struct, frozen=True):
    """The rules in use; ``late`` are those of them that must wait for derived tags."""

    rules: tuple[Rule, ...] = ()
    late: tuple[Rule, ...] = ()
    problems: tuple[SafeText, ...] = ()

    def arrived(
        self,
        connection: Connection,
        writer: Writer,
        ids: Sequence[int],
        *,
        texts: Mapping[int, str] | None = None,
    ) -> list[Ruled]:
        """Judge articles in the transaction that stored them; returns what was done to them.

        ``texts`` are the visible texts of those that brought theirs along.
        """
        if not self.rules or not ids:
            return []
        found = _judge(connection, writer, ids, self.rules, texts)
        if self.late:
            wings.withhold(connection, ids)
        return found

    def looked_into(
        self, connection: Connection, writer: Writer, ids: Sequence[int]
    ) -> list[Ruled]:
        """Judge those that waited in the wings, now that their tags are known; let them out."""
        waiting = wings.waiting(connection, ids)
        if not waiting:
            return []
        found = _judge(connection, writer, waiting, self.late, None)
        wings.release(connection, waiting)
        return found


def load(path: Path | None, *, derived: bool) -> Ruling:
    """The rules of a file, none where it is missing. ``derived``: there will be derived tags."""
    if path is None:
        return Ruling()
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Ruling()
    except (OSError, UnicodeDecodeError) as error:
        return Ruling(problems=(clean_line(f"{path} cannot be read: {error}"),))
    file = read(text)
    return Ruling(
        rules=file.rules,
        late=tuple(rule for rule in file.rules if derived and _asks_tags(rule.tree)),
        problems=tuple(clean_line(f"{path}: {problem}") for problem in file.problems),
    )


def decided(
    connection: Connection, ruling: Ruling, moment: Moment, since: datetime | None
) -> list[Outcome]:
    """What the rules would do to stored articles, those published ``since`` then or all."""
    working = [rule for rule in ruling.rules if rule.works(moment.now)]
    wanted = Or(tuple(possible(rule.tree) for rule in working))
    ids = fitting(connection, wanted, moment, since)
    texts = None if any(_asks_text(rule.tree) for rule in working) else _NO_TEXTS
    known = facts(connection, ids, looked=moment.looked, texts=texts)
    return list(dry_run(working, known, moment.now))


def possible(tree: Node) -> Node:
    """A condition that holds wherever ``tree`` could, whatever rules before did to marks and tags.

    It is what the library can look up, instead of looking at every article.
    """
    match tree:
        case And(parts):
            return And(tuple(map(possible, parts)))
        case Or(parts):
            return Or(tuple(map(possible, parts)))
        case Not(part) if not any(map(_changes, nodes(part))):
            return tree
        case Not():
            return EVERYTHING
        case _:
            return EVERYTHING if _changes(tree) else tree


def _changes(node: Node) -> bool:
    """Whether a rule can change what is asked."""
    tagged = isinstance(node, Named) and node.field == "tag"
    return tagged or (isinstance(node, Is) and node.state != "new")


def carry_out(
    connection: Connection, writer: Writer, outcomes: Iterable[Outcome]
) -> list[tuple[Outcome, Ruled]]:
    """Do what rules decided, one line of the history for each; what that changed."""
    changes: list[tuple[Outcome, Ruled]] = []
    for outcome in outcomes:
        action, ids, by = outcome.action, outcome.ids, outcome.rule
        if not ids:
            continue
        if action.verb == "notify":
            change: Ruled = ArticlesNotified(rule=by, ids=ids)
        elif action.verb == "tag":
            change = undo.tag(connection, writer, ids, action.tag, add=True, by=by)
        else:
            mark = _MARKS[action.verb]
            change = undo.mark(connection, writer, ids, mark, value=True, by=by)
        if change.ids:
            changes.append((outcome, change))
    return changes


def _judge(
    connection: Connection,
    writer: Writer,
    ids: Sequence[int],
    rules: Sequence[Rule],
    texts: Mapping[int, str] | None,
) -> list[Ruled]:
    now = writer.at.astimezone()
    working = [rule for rule in rules if rule.works(now)]
    if not working:
        return []
    if not any(_asks_text(rule.tree) for rule in working):
        texts = _NO_TEXTS
    known = _completed(facts(connection, ids, looked=0, texts=texts))
    done = carry_out(connection, writer, dry_run(working, known, now))
    return [change for _, change in done]


def _completed(known: Iterable[tuple[int, Facts]]) -> Iterator[tuple[int, Facts]]:
    """The facts with what will be found of a text later on."""
    for article_id, one in known:
        if one.text and not (one.words and one.language):
            spoken = one.language or language.detect(f"{one.title}\n{one.text}")
            yield article_id, replace(one, words=count_words(one.text), language=spoken)
        else:
            yield article_id, one


def _asks_text(tree: Node) -> bool:
    return any(
        isinstance(node, Length | Language)
        or (isinstance(node, Text | Regex) and node.place == "any")
        for node in nodes(tree)
    )


def _asks_tags(tree: Node) -> bool:
    return any(isinstance(node, Named) and node.field == "tag" for node in nodes(tree))
