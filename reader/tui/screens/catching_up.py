"""Catching up: a list as long as the time there is, and the rest marked read at its end."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

from msgspec import Struct

from reader.tui.frozen import PAGE, Frozen, Kept, Snapshot
from reader.tui.screens.selecting import Selecting

if TYPE_CHECKING:
    from reader.model.catchup import CatchUp
    from reader.model.scope import Scope

MINUTES = 15


class Caught(Struct, frozen=True):
    """What is worth the time, the list that shows it, and the list that was before."""

    found: CatchUp
    frozen: Frozen
    before: Kept


class CatchingUp(Selecting):
    """`C` asks for minutes; `A` then marks what was not worth them read as well."""

    _caught: Caught | None = None

    async def action_list_catch_up(self) -> None:
        """Ask for minutes and list what is worth them."""
        from reader.tui.widgets.prompt import Question

        await self.ask(
            Question(
                label="Minutes to read:",
                value=str(MINUTES),
                replaced=True,
                done=self._begin_catch_up,
                left=self.close_prompt,
            )
        )

    def _begin_catch_up(self, text: str) -> None:
        self.close_prompt()
        if not text.strip().isdecimal() or not 0 < int(text.strip()) < 10_000:
            self.status.tell("Minutes are a whole number, such as 15")
            return
        self.leave_catch_up()
        self.go_to("headlines")
        self.status.tell("Looking for what is worth the time…")
        self.bridge.run("list", self._catch_up, int(text.strip()), self.place.scope)

    async def _catch_up(self, minutes: int, scope: Scope) -> None:
        found = await self.bridge.call("ask", self.library.catch_up, minutes, scope)
        if not found.ids:
            self.status.tell("Nothing unread here is as short as that")
            return
        rows = await self.bridge.call("read", self.library.headlines, found.ids[:PAGE])
        newest = await self.bridge.call("read", self.library.newest_id)
        before = self.headlines.keep_list()
        ids = array("q", found.ids)
        self.headlines.stand_on(Snapshot(scope, ids, rows, 0, None, newest))
        self.headlines.list.notes = {
            one: f"{outlets} outlets" for one, outlets in found.outlets.items()
        }
        self.headlines.redraw()
        self._caught = Caught(found, self.headlines.list, before)
        self.headlines.announce()
        self.status.tell(
            f"{len(ids):,} articles in {found.minutes:.0f} minutes · A marks these and the other"
            f" {len(found.rest):,} read, q goes back"
        )

    @property
    def catching_up(self) -> bool:
        """Whether the list is one of catching up."""
        return self._caught is not None and self._caught.frozen is self.headlines.list

    def leave_catch_up(self) -> bool:
        """Bring back the list that was before; whether there was one."""
        caught, self._caught = self._caught, None
        if caught is None or caught.frozen is not self.headlines.list:
            return False
        self.headlines.bring_back(caught.before)
        self.status.tell("")
        return True

    def action_list_mark_read(self) -> None:
        """Mark the list read; at the end of catching up, what it left out as well."""
        caught = self._caught
        if caught is None or not self.catching_up or self.headlines.selection:
            super().action_list_mark_read()
            return
        every = (*caught.found.ids, *caught.found.rest)
        self.leave_catch_up()
        self.bridge.write(lambda: self._mark_part(every))
