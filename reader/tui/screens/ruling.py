"""What rules tell the person: articles they were to be told of, and mistakes in their file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from reader.text.terminal import SafeText, clean_line
from reader.tui.screens.panes import Panes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.model.change import ArticlesNotified

_PLACE: Final = re.compile(r"(?:.*/)?([^/]+): line (\d+): (.*)")
_MEANT: Final = re.compile(r"(.*); (\S+) was meant\?")


class RuleNews(Panes):
    """Says it in the status line; with the bell, where the settings want that."""

    wrong_rules = ""
    """What is wrong with the rules, for as long as it is."""
    _notified: SafeText = SafeText("")

    def notify_of(self, change: ArticlesNotified) -> None:
        """Say which rule wants the person to know of what."""
        self.bridge.run(f"notified {change.rule}", self._notify, change)
        if self.config.rules.bell:
            self.app.bell()

    async def _notify(self, change: ArticlesNotified) -> None:
        heads = await self.bridge.call("ask", self.library.headlines, change.ids[:1])
        many = f"{len(change.ids):,} articles: " if len(change.ids) > 1 else ""
        title = heads[0].title if heads else ""
        self._notified = clean_line(f"{change.rule}: {many}{title}")
        self.status.tell(self._notified)

    def take_notice(self) -> SafeText:
        """What a rule told since the last call: said once more with what an update brought."""
        told, self._notified = self._notified, SafeText("")
        return told

    def rules_mistaken(self, problems: Sequence[SafeText]) -> None:
        """Show what is wrong with the rules until it is not."""
        more = f" (and {len(problems) - 1:,} more)" if len(problems) > 1 else ""
        self.wrong_rules = f"{short(problems[0])}{more}" if problems else ""
        if problems:
            self.status.tell("")  # what is new is seen whole


def short(problem: SafeText) -> SafeText:
    """A sentence about a file of rules as one of few cells: the nearest word before the rest."""
    place = _PLACE.fullmatch(problem)
    if place is None:
        return problem
    told, meant = place[3], _MEANT.fullmatch(place[3])
    if meant is not None:
        told = f"{meant[2]} was meant? {meant[1]}"
    return clean_line(f"{place[1]}:{place[2]}: {told}")
