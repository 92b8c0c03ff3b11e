"""The command palette's entries: every command of the reader by name."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.command import DiscoveryHit, Hit, Provider
from textual.content import Content

from reader.commands import COMMANDS, Command, key_name
from reader.model.scope import Scope
from reader.tui.screens.triage import Triage

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from reader.model.change import Mark

MARKS: dict[str, tuple[Mark, bool]] = {
    "read": ("read", True),
    "unread": ("read", False),
    "star": ("starred", True),
    "unstar": ("starred", False),
    "hide": ("hidden", True),
}
"""Words before a query that mark all it finds."""

FIRST = 1000.0
"""A score above that of any title."""

UNLISTED = {"cursor", "pane"}
"""Nouns of commands that make no sense from a list."""


class CommandList(Provider):
    """Finds commands by title, runs them where the keys would."""

    async def discover(self) -> AsyncIterator[DiscoveryHit]:
        """Every command, before anything is typed."""
        for command in self._commands():
            yield DiscoveryHit(
                label(command), partial(self._run, command), text=command.title, help=command.help
            )

    async def search(self, query: str) -> AsyncIterator[Hit]:
        """Commands whose title or help matches; a mark and a query, as in ``read age:>30d``."""
        verb, _, rest = query.strip().partition(" ")
        if verb in MARKS and rest.strip() and isinstance(self.screen, Triage):
            yield await self._marking(self.screen, verb, rest.strip())
        matcher = self.matcher(query)
        for command in self._commands():
            score = max(matcher.match(command.title), matcher.match(command.help) / 2)
            if score > 0:
                yield Hit(
                    score,
                    matcher.highlight(label(command)),
                    partial(self._run, command),
                    text=command.title,
                    help=command.help,
                )

    async def _marking(self, screen: Triage, verb: str, query: str) -> Hit:
        """The offer to mark all that fits a query; one that is mistaken marks nothing."""
        mistakes = await screen.bridge.call("ask", screen.library.mistakes, query)
        if mistakes:
            told = f"{mistakes[0].message} {mistakes[0].suggestion}"
            return Hit(FIRST, Content(f"Not understood: {query}"), _nothing, text=query, help=told)
        found = await screen.bridge.call("ask", screen.library.counts, Scope(query=query))
        return Hit(
            FIRST,
            Content(f"Mark {verb} what fits {query}"),
            partial(screen.mark_fitting, query, *MARKS[verb]),
            text=f"{verb} {query}",
            help=f"{found.articles:,} articles, {found.unread:,} of them unread; u undoes",
        )

    def _commands(self) -> list[Command]:
        return [item for item in COMMANDS if item.id.partition(".")[0] not in UNLISTED]

    async def _run(self, command: Command) -> None:
        target = "app." if command.id.startswith("app.") else "screen."
        await self.app.run_action(target + command.action)


async def _nothing() -> None:
    """What is not understood does nothing."""


def label(command: Command) -> str:
    """A command's title and first key."""
    keys = "  ".join(key_name(key) for key in command.keys[:1])
    return f"{command.title}  [dim]{keys}[/]"
