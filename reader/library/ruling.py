"""The verbs on rules: what the file of rules says, and what its rules do to stored articles."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from reader.library.door import Door
from reader.model.change import RulesMistaken
from reader.text.terminal import SafeText, clean_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reader.model.change import Change
    from reader.model.rule import RuleBook, RuleOutcome
    from reader.query.match import Facts
    from reader.rules import Outcome
    from reader.update.ruling import Ruled, Ruling


class RuleVerbs(Door):
    """Rules on what is stored already; what arrives meets them on its way in."""

    _told_problems: tuple[SafeText, ...] = ()
    _read_ruling: tuple[tuple[int, int], Ruling] | None = None

    def _ruling(self) -> Ruling | None:
        """The rules in use, read again when their file changed; None without such a file."""
        try:
            if self._rules is None:
                return None
            stat = self._rules.stat()
        except OSError:
            return None
        seen = (stat.st_mtime_ns, stat.st_size)
        if self._read_ruling is None or self._read_ruling[0] != seen:
            # Imported late: who has no rules has no use for the language of queries.
            from reader.update.ruling import load

            self._read_ruling = (seen, load(self._rules, derived=self._derived))
        return self._read_ruling[1]

    def rules(self) -> RuleBook:
        """The rules of the file, and what is wrong with it."""
        from reader.model.rule import RuleBook, RuleRow

        ruling = self._ruling()
        if ruling is None:
            return RuleBook()
        now = self._clock().astimezone()
        rows = (
            RuleRow(
                name=rule.name,
                query=clean_line(rule.query, 10_000),
                do=tuple(clean_line(str(action)) for action in rule.actions),
                expires=clean_line(str(rule.expires or "")),
                enabled=rule.enabled,
                works=rule.works(now),
                line=rule.line,
            )
            for rule in ruling.rules
        )
        return RuleBook(rules=tuple(rows), problems=ruling.problems)

    def look_around(self) -> list[Change]:
        """What other sessions did, and what is wrong with the rules where that changed.

        A mistake that was corrected comes as ``RulesMistaken`` without problems.
        """
        changes = super().look_around()
        ruling = self._ruling()
        problems = () if ruling is None else ruling.problems
        if problems != self._told_problems:
            self._told_problems = problems
            changes.append(RulesMistaken(problems=problems))
        return changes

    def try_rules(self, *, days: int = 30) -> list[RuleOutcome]:
        """What the rules would do to the articles published in the last ``days`` (0: ever).

        One outcome for each working rule and action, in their order; a rule sees what the
        rules before it would have done.
        """
        from reader.model.rule import RuleOutcome

        return [
            RuleOutcome(
                rule=one.rule,
                action=clean_line(str(one.action)),
                ids=one.ids,
                sentence=clean_line(one.sentence(days)),
            )
            for one in self._decided(days)
        ]

    def apply_rules(self, *, days: int = 30) -> list[RuleOutcome]:
        """Do what ``try_rules`` tells, and say so; each outcome is one undo."""
        from reader.model.rule import RuleOutcome
        from reader.update.ruling import carry_out

        decided = [one for one in self._decided(days) if one.action.verb != "notify"]
        with self.store.write(large=True) as connection:
            done = carry_out(connection, self.writer("rule"), decided)
        return [
            RuleOutcome(
                rule=one.rule,
                action=clean_line(str(one.action)),
                ids=change.ids,
                sentence=clean_line(one.sentence(days).removeprefix("would ")),
                journal_id=getattr(change, "journal_id", 0),
            )
            for one, change in done
        ]

    def _decided(self, days: int) -> list[Outcome]:
        ruling = self._ruling()
        if ruling is None:
            return []
        from reader.update.ruling import decided

        since = self._clock() - timedelta(days=days) if days else None
        with self.store.read() as connection:
            return decided(connection, ruling, self._moment(), since)

    def facts(self, ids: Sequence[int]) -> Iterator[tuple[int, Facts]]:
        """What a rule can ask of each article; about 0.1 ms an article, a few at a time."""
        # Imported late: a start without rules has no use for the language of queries.
        from reader.storage.facts import facts

        with self.store.read() as connection:
            yield from facts(connection, ids, looked=self._moment().looked)

    def carry_out(self, outcomes: Sequence[Outcome]) -> list[Ruled]:
        """Do what rules decided (``reader.rules.dry_run``), in one transaction.

        Each outcome is a line of the history that tells its rule and can be undone by its
        id. Those that change nothing are left out.
        """
        from reader.update.ruling import carry_out

        with self.store.write(large=True) as connection:
            done = carry_out(connection, self.writer("rule"), outcomes)
        return [change for _, change in done]

    def waiting_for_rules(self) -> bool:
        """Whether articles are in no list yet because a rule wants to know their tags first.

        ``digest`` finds those, and lets the articles out.
        """
        from reader.storage import wings

        with self.store.read() as connection:
            return wings.any_wait(connection)
