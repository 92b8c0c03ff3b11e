"""What the screen has done while nobody waits: articles indexed, their topics found."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from reader.tui.bridge import Changed
from reader.tui.screens.panes import Panes

if TYPE_CHECKING:
    from reader.model.change import Change

SLICE_S: Final = 0.05
"""The longest piece of this work at a time; keys go between the pieces."""
PAUSE_S: Final = 0.02
COUNTED_EVERY: Final = 20
"""Pieces after which tags and counts are drawn anew."""


class Behind(Panes):
    """Works through what an update left to do."""

    def look_behind(self) -> None:
        """Go on with it, unless that is under way."""
        if not self.bridge.busy("behind"):
            self.bridge.run("behind", self._look_behind)

    async def _look_behind(self) -> None:
        pieces = 0
        more = True
        while more:
            changes: list[Change] = []
            more = await self.bridge.call(
                "behind", self.library.digest, seconds=SLICE_S, changes=changes
            )
            for change in changes:
                self.bridge.post(Changed(change))
            pieces += 1
            if pieces % COUNTED_EVERY == 0:
                self.count_soon()
            await asyncio.sleep(PAUSE_S)
        self.count_soon()

    def count_soon(self) -> None:
        """Draw counts and tags anew; the screen does."""
        raise NotImplementedError
