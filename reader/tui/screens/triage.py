"""Everything that gets a long list done: filter, select, mark, tag, save."""

from __future__ import annotations

from reader.model.records import replace
from reader.tui.screens.catching_up import CatchingUp
from reader.tui.screens.going import Going
from reader.tui.screens.ordering import Ordering
from reader.tui.screens.ruling import RuleNews
from reader.tui.screens.searching import Searching
from reader.tui.screens.tagging import Tagging


class Triage(Searching, Going, Ordering, CatchingUp, Tagging, RuleNews):
    """The keys of triage, and what the way back lets go of first."""

    wrong_keys = ""
    """What is wrong with the keys that the person chose."""

    def let_go(self) -> bool:
        """Let go of the selection, the filter, the tags, one at a time; whether there was one.

        In the sidebar, of what narrows it.
        """
        if self.pane == "tags":
            return self.let_go_match()
        if self.let_go_selection() or self.leave_catch_up():
            return True
        if self.place.typed:
            place = replace(self.place, typed="")
        elif self.place.tags:
            place = replace(self.place, tags=())
        else:
            return False
        self.enter_place(place, keep=self.headlines.current_id)
        return True
