"""The texts that an article had over time; Enter shows what changed since one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.model.revision import Revision
from reader.tui import when
from reader.tui.drawing import Piece, fit
from reader.tui.reading import Blocks
from reader.tui.screens.choice import ChoiceScreen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.library import Library
    from reader.tui.bridge import Bridge
    from reader.tui.themes import Look

DATE_CELLS = 34
SIZE_CELLS = 14
KEYS = "Enter shows what changed since · q back"


class VersionsScreen(ChoiceScreen[Revision]):
    """Versions, the newest first. How much changed is counted while they are looked at."""

    def __init__(
        self,
        look: Look,
        versions: Sequence[Revision],
        *,
        library: Library,
        bridge: Bridge,
        article_id: int,
        widest: int,
    ) -> None:
        super().__init__(look, versions, name="versions")
        self.library = library
        self.bridge = bridge
        self.article_id = article_id
        self.widest = widest
        self.changed: dict[int, str] = {}

    def on_mount(self) -> None:
        """Count what changed."""
        self.bridge.run("versions", self._count)

    async def _count(self) -> None:
        for place, version in enumerate(self.choices.items):
            if version.current:
                continue
            found = await self.bridge.call(
                "text", self.library.changed_words, self.article_id, version.id
            )
            self.changed[version.id] = told_change(*found)
            if not self.is_attached:
                return
            self.choices.redraw([place])

    def paint(self, item: Revision, cells: int) -> list[Piece]:  # noqa: ARG002  cut by the list
        """When it was stored, how long it is, how much changed since."""
        look = self.look
        changed = "shown now" if item.current else self.changed.get(item.id, "…")
        size = f"{item.words:,} word{'' if item.words == 1 else 's'}"
        return [
            (fit(f" {when.in_article(item.stored, 'given')}", DATE_CELLS), look.text),
            (f"{size.rjust(SIZE_CELLS)}   ", look.muted),
            (changed, look.faint if item.current else look.accent),
        ]

    def describe(self) -> None:
        """Which one it is."""
        self.say(f"{self.choices.cursor + 1} of {self.choices.row_count}", KEYS)

    def take(self, chosen: Revision) -> None:
        """Show what changed; the list stays below."""
        self.bridge.run("version", self._show, chosen)

    async def _show(self, version: Revision) -> None:
        if version.current:
            self.say("This is the text that is shown now", KEYS)
            return
        found = await self.bridge.call("text", self.library.changes, self.article_id, version.id)
        if found is None or not found.blocks:
            self.say("Nothing changed for a reader", KEYS)
        elif self.is_attached and self.app.screen is self:
            from reader.tui.screens.pager import PagerScreen

            moment = when.in_article(version.stored, "given")
            title = f"What changed since {moment}"
            body = Blocks(found.blocks)
            screen = PagerScreen(
                look=self.look, bridge=self.bridge, title=title, body=body, widest=self.widest
            )
            self.app.push_screen(screen)


def told_change(added: int, gone: int) -> str:
    """How many words came and went, in a few of them."""
    parts = [f"+{added:,}"] if added else []
    parts += [f"−{gone:,}"] if gone else []
    return f"{' '.join(parts)} words since" if parts else "nothing changed for a reader"
