"""Carrying out what the command line orders: any mark on any articles, in one undo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.model.records import replace
from reader.model.scope import Scope
from reader.text.terminal import clean_line
from reader.tui.bridge import Changed
from reader.tui.orders import MARKS, TAGS, Order
from reader.tui.place import row_key
from reader.tui.screens.hiding import Hiding

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.model.feed import FeedRow

Aim = Scope | list[int]
"""The articles that an order is for: what a scope finds, or these."""


class Ordering(Hiding):
    """Orders such as ``hide below``, ``tag later category``, ``read is:unread age:>30d``."""

    @property
    def row_here(self) -> FeedRow | None:
        """The row of the feed list that keys are about."""
        raise NotImplementedError

    async def aim(self, order: Order) -> Aim | None:
        """Which articles an order is for, None where there are none such here."""
        if order.where is None:
            return _unhidden(Scope(query=order.which), order)
        frozen, cursor = self.headlines.list, max(0, self.headlines.cursor)
        match order.where:
            case "above":
                return list(frozen.ids[:cursor])
            case "below" | "list":
                await self.bridge.settled("ids")
                return list(frozen.ids[cursor + 1 if order.where == "below" else 0 :])
            case "selection":
                return await self.selected() or None
            case "feed":
                row = self.row_here
                scope = Scope(feed_id=row.id) if row and row.kind == "feed" else None
            case "category":
                category = self._category_here()
                scope = Scope(category_id=category.id) if category else None
            case "everything":
                scope = Scope()
        return None if scope is None else _unhidden(scope, order)

    def _category_here(self) -> FeedRow | None:
        """The category that the row is or stands in."""
        row = self.row_here
        path: list[FeedRow] = []
        for other in self.feeds.rows:
            path = [*(above for above in path if above.depth < other.depth), other]
            if row is not None and row_key(other) == row_key(row):
                return next((above for above in path[::-1] if above.kind == "category"), None)
        return None

    async def reckon(self, aim: Aim) -> str:
        """How many articles that are, in a sentence."""
        if isinstance(aim, list):
            return f"{len(aim):,} articles; u undoes"
        found = await self.bridge.call("ask", self.library.counts, aim)
        return f"{found.articles:,} articles, {found.unread:,} of them unread; u undoes"

    def carry_out(self, order: Order) -> None:
        """Do what is ordered."""
        self.bridge.write(lambda: self._carry_out(order))

    async def _carry_out(self, order: Order) -> None:
        aim = await self.aim(order)
        if aim is None:
            self.status.tell(f"There is no {order.which} here")
        elif order.verb in TAGS:
            await self._order_tag(aim, order.name, add=TAGS[order.verb])
        elif isinstance(aim, list):
            mark, value = MARKS[order.verb]
            self._tell_mark(await self._mark(aim, mark, value=value))
        else:
            verb = self.library.mark_scope
            self._tell_mark(await self.bridge.call("write", verb, aim, *MARKS[order.verb]))
        if order.where == "selection":
            told = self.status.message
            self.let_go_selection()
            self.status.tell(told)

    async def _order_tag(self, aim: Scope | Sequence[int], name: str, *, add: bool) -> None:
        if isinstance(aim, Scope):
            call = self.bridge.call("write", self.library.tag_scope, aim, name, add=add)
        else:
            call = self.bridge.call("write", self.library.tag, aim, name, add=add)
        change = await call
        self.bridge.post(Changed(change))
        sign = "+" if add else "-"
        told = f"Tagged {len(change.ids):,} articles: {sign}{name} · u undoes"
        self.status.tell(clean_line(told if change.ids else "No tag changed"))


def _unhidden(scope: Scope, order: Order) -> Scope:
    """A scope that finds hidden articles for the order to show them again."""
    if order.verb != "unhide":
        return scope
    return replace(scope, query=f"is:hidden ({scope.query})" if scope.query else "is:hidden")
