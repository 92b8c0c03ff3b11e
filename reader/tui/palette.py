"""The command palette's entries: every command of the reader by name, and orders with a query."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.command import DiscoveryHit, Hit, Provider
from textual.content import Content

from reader.commands import Command, key_name
from reader.text.terminal import clean_line
from reader.tui.orders import TAGS, WHERES, Order, order_of
from reader.tui.screens.triage import Triage

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

FIRST = 1000.0
"""A score above that of any title."""
MOST_MATCHED = 80
"""Characters of what is typed that may still be the name of a command."""
SHOWN = 60
"""Characters of a query that are repeated."""

UNLISTED = {"cursor", "pane"}
"""Nouns of commands that make no sense from a list."""


class CommandList(Provider):
    """Finds commands by title, runs them where the keys would."""

    async def discover(self) -> AsyncIterator[DiscoveryHit]:
        """Every command, before anything is typed."""
        for command in self._commands():
            yield DiscoveryHit(
                label(command, Content(command.title)),
                partial(self._run, command),
                text=command.title,
                help=command.help,
            )

    async def search(self, query: str) -> AsyncIterator[Hit]:
        """Commands whose title, name or help matches; orders, as in ``read age:>30d``."""
        if isinstance(self.screen, Triage):
            async for hit in self._orders(self.screen, query):
                yield hit
        if len(query) > MOST_MATCHED:
            return
        matcher = self.matcher(query)
        for command in self._commands():
            score = max(
                matcher.match(command.title),
                matcher.match(command.id),
                matcher.match(command.help) / 2,
            )
            if score > 0:
                yield Hit(
                    score,
                    label(command, matcher.highlight(command.title)),
                    partial(self._run, command),
                    text=command.title,
                    help=command.help,
                )

    async def _orders(self, screen: Triage, text: str) -> AsyncIterator[Hit]:
        """What a verb can be for: a place, what a query finds."""
        order = order_of(text)
        if order is None:
            verb = text.strip().lower()
            if verb in TAGS:
                told = f"Such as {verb} later is:unread, or {verb} later below"
                yield Hit(FIRST, Content(f"{verb} NAME QUERY"), _nothing, help=told)
            return
        if order.which and order.where is None:
            yield await self._querying(screen, order)
        words = [word for word in WHERES if word.startswith(order.which.lower())]
        for place, word in enumerate(words):
            exact = Order(order.verb, order.name, word)
            aim = await screen.aim(exact)
            if aim:
                # While only the verb is there, a command of that name goes first.
                near = FIRST - 1 if order.which else 1 / FIRST
                score = FIRST + 1 if word == order.which.lower() else near - place / FIRST**2
                yield Hit(
                    score,
                    Content(f"{exact.told}: {word}"),
                    partial(screen.carry_out, exact),
                    text=f"{text.split(maxsplit=1)[0]} {word}",
                    help=await screen.reckon(aim),
                )

    async def _querying(self, screen: Triage, order: Order) -> Hit:
        """The offer to mark all that fits a query; one that is mistaken marks nothing."""
        query = clean_line(order.which, SHOWN)
        mistakes = await screen.bridge.call("ask", screen.library.mistakes, order.which)
        if mistakes:
            told = clean_line(f"{mistakes[0].message} {mistakes[0].suggestion}")
            return Hit(FIRST, Content(f"Not understood: {query}"), _nothing, text=query, help=told)
        aim = await screen.aim(order)
        return Hit(
            FIRST,
            Content(f"{order.told} what fits {query}"),
            partial(screen.carry_out, order),
            text=query,
            help="" if aim is None else await screen.reckon(aim),
        )

    def _commands(self) -> list[Command]:
        from reader.keys import commands
        from reader.tui.app import NewsreaderApp

        chosen = self.app.chosen_keys if isinstance(self.app, NewsreaderApp) else {}
        return [item for item in commands(chosen) if item.id.partition(".")[0] not in UNLISTED]

    async def _run(self, command: Command) -> None:
        target = "app." if command.id.startswith("app.") else "screen."
        await self.app.run_action(target + command.action)


async def _nothing() -> None:
    """What is not understood does nothing."""


def label(command: Command, title: Content) -> Content:
    """A command's title and first key."""
    return Content.assemble(title, "  ", *((key_name(key), "dim") for key in command.keys[:1]))
