"""The verbs on rules: what they see of stored articles, and doing what they decided."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from reader.library.door import Door
from reader.model.change import ArticlesMarked, Mark, TagsEdited

if TYPE_CHECKING:
    from reader.query.match import Facts
    from reader.rules import Outcome

_MARKS: dict[str, Mark] = {"read": "read", "star": "starred", "hide": "hidden"}


class RuleVerbs(Door):
    """Rules on what is stored already; what arrives meets them on its way in."""

    def facts(self, ids: Sequence[int]) -> "Iterator[tuple[int, Facts]]":
        """What a rule can ask of each article; about 0.1 ms an article, a few at a time."""
        # Imported late: a start without rules has no use for the language of queries.
        from reader.storage.facts import facts

        with self.store.read() as connection:
            yield from facts(connection, ids, looked=self._moment().looked)

    def carry_out(self, outcomes: "Sequence[Outcome]") -> list[ArticlesMarked | TagsEdited]:
        """Do what rules decided (``reader.rules.dry_run``), in one transaction.

        Each outcome is a line of the history that tells its rule and can be undone by its
        id. What is to be notified of is left to the caller.
        """
        from reader.storage import undo

        changes: list[ArticlesMarked | TagsEdited] = []
        with self.store.write(large=True) as connection:
            writer = self.writer("rule")
            for outcome in outcomes:
                action, ids, by = outcome.action, outcome.ids, outcome.rule
                if action.verb == "tag":
                    change = undo.tag(connection, writer, ids, action.tag, add=True, by=by)
                    changes.append(change)
                elif action.verb in _MARKS:
                    mark = _MARKS[action.verb]
                    changes.append(undo.mark(connection, writer, ids, mark, value=True, by=by))
        return [change for change in changes if change.ids]
