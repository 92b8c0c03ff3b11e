"""The command palette's entries: every command of the reader by name."""

from collections.abc import AsyncIterator
from functools import partial

from textual.command import DiscoveryHit, Hit, Provider

from reader.commands import COMMANDS, Command, key_name

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
        """Commands whose title or help matches."""
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

    def _commands(self) -> list[Command]:
        return [item for item in COMMANDS if item.id.partition(".")[0] not in UNLISTED]

    async def _run(self, command: Command) -> None:
        target = "app." if command.id.startswith("app.") else "screen."
        await self.app.run_action(target + command.action)


def label(command: Command) -> str:
    """A command's title and first key."""
    keys = "  ".join(key_name(key) for key in command.keys[:1])
    return f"{command.title}  [dim]{keys}[/]"
