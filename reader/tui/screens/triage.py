"""Everything that gets a long list done: filter, select, mark, tag, save."""

from dataclasses import replace

from reader.tui.screens.searching import Searching
from reader.tui.screens.tagging import Tagging


class Triage(Searching, Tagging):
    """The keys of triage, and what the way back lets go of first."""

    def let_go(self) -> bool:
        """Let go of the selection, else of the filter, else of the tags; whether there was one."""
        if self.let_go_selection():
            return True
        if self.place.typed:
            place = replace(self.place, typed="")
        elif self.place.tags:
            place = replace(self.place, tags=())
        else:
            return False
        self.enter_place(place, keep=self.headlines.current_id)
        return True
