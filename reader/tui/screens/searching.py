"""Filtering the list while typing, and keeping a filter as a smart feed."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from msgspec import Struct

from reader.model.records import replace
from reader.tui.bridge import Changed
from reader.tui.screens.prompting import Prompting
from reader.tui.screens.walking import Walking

if TYPE_CHECKING:
    from reader.tui.arrangement import Pane
    from reader.tui.frozen import Kept
    from reader.tui.place import Place
    from reader.tui.widgets.headline_list import HeadlineList
    from reader.tui.widgets.prompt import Offer

NO_FILTER = "Filter the list first: / takes a query, 2 shows what is unread"


class Before(Struct, frozen=True):
    """Where a person stood when the search began."""

    place: Place
    kept: Kept
    pane: Pane


class Searching(Prompting, Walking):
    """`/`: the list follows what is typed; Esc brings back the list that was."""

    _before: Before | None = None
    search_incomplete = False
    """Whether words are not looked for in every article yet."""

    @property
    def kept_place(self) -> Place:
        """Where to come back to after a restart: not to a query that is still being typed."""
        return self.place if self._before is None else self._before.place

    async def action_list_search(self) -> None:
        """Ask for a query and filter the list while it is typed."""
        from reader.tui.widgets.prompt import Question

        self.status.tell("")
        self._before = Before(self.place, self.headlines.keep_list(), self.pane)
        history: list[str] = []
        await self.ask(
            Question(
                label="/",
                value=self.place.typed,
                replaced=True,
                history=history,
                look_up=self._look_up_query,
                typed=self._search_later,
                done=self._end_search,
                left=self._give_up_search,
                away=self._leave_search,
            )
        )
        self.bridge.run("searches", self._recall, history)

    async def _recall(self, history: list[str]) -> None:
        history += await self.bridge.call("ask", self.library.searches)
        self.search_incomplete = not await self.bridge.call("ask", self.library.search_complete)
        self._say_found()

    def _look_up_query(self, text: str, cursor: int) -> Offer:
        from reader.query.unfinished import unfinished
        from reader.tui.widgets.prompt import Offer

        mistakes = self.library.mistakes(unfinished(text))
        # The word that is still being typed is no mistake yet.
        done = [one for one in mistakes if not (one.start < cursor <= one.end) or one.suggestion]
        found = self.library.complete(text, cursor)
        return Offer([replace(one, label=one.text) for one in found], done)

    def _search_later(self, text: str) -> None:
        self.headlines.stop_looking()
        self.bridge.run("search", self._search_soon, text)

    async def _search_soon(self, text: str) -> None:
        await asyncio.sleep(self.bridge.pauses.search)
        self._filter(text)

    def _filter(self, text: str) -> None:
        begun = not text[-1:].isspace()
        place = replace(self.place, typed=" ".join(text.split()), begun=begun)
        if place.scope != self.place.scope or self.headlines.stopped:
            self.enter_place(place)
        self.place = place

    def _end_search(self, text: str) -> None:
        """Keep the filter and go to the list."""
        self._leave_search(text)
        self.go_to("headlines")

    def _leave_search(self, text: str) -> None:
        self.bridge.cancel("search")
        self._before = None
        typed = " ".join(text.split())
        begun = replace(self.place, typed=typed, begun=True)
        self.place = replace(begun, begun=False)
        self.close_prompt()
        if self.place.scope != begun.scope:
            self.bridge.run("search", self._end_word, begun, self.place)
        elif self.headlines.scope != self.place.scope or self.headlines.stopped:
            self.enter_place(self.place)
        self.show_where()
        if typed:
            self.bridge.write(lambda: self._remember_search(typed))

    async def _end_word(self, begun: Place, whole: Place) -> None:
        """Look for the last word as it stands, or for what begins so where nothing has it."""
        any_has_it = await self.bridge.call("read", self.library.list_ids, whole.scope, limit=1)
        if self.place != whole:
            return
        if any_has_it:
            self.enter_place(whole, keep=self.headlines.current_id)
            return
        self.place = replace(whole, typed=begun.asked)
        if self.headlines.scope != begun.scope or self.headlines.stopped:
            self.enter_place(self.place)
        self.show_where()

    async def _remember_search(self, typed: str) -> None:
        await self.bridge.call("write", self.library.remember_search, typed)

    def _give_up_search(self) -> None:
        self.bridge.cancel("search")
        before, self._before = self._before, None
        if before is not None and before.place != self.place:
            self.place = before.place
            self.headlines.bring_back(before.kept)
        self.close_prompt()
        self.show_where()

    def on_headline_list_rested(self, event: HeadlineList.Rested) -> None:  # noqa: ARG002
        """Say what a search found."""
        self._say_found()

    def on_headline_list_arrived(self) -> None:
        """Say what a search found, once all of it is known."""
        self._say_found()

    def _say_found(self) -> None:
        if self._before is not None and self._prompt is not None:
            count = self.headlines.row_count
            more = "" if self.headlines.list.complete else "+"
            behind = ", still indexing" if self.search_incomplete else ""
            self._prompt.tell(f"{count:,}{more} found{behind}")

    # --- smart feeds

    async def action_list_save(self) -> None:
        """Keep the filter of this list as a smart feed."""
        from reader.tui.widgets.prompt import Question

        query = self.query_here()
        if not query:
            self.status.tell(NO_FILTER)
            return

        def save(name: str) -> None:
            self.close_prompt()
            self.bridge.write(lambda: self._save_smart(name.strip(), query))

        await self.ask(Question(label="Name of the smart feed:", done=save, left=self.close_prompt))

    def query_here(self) -> str:
        """The list as a query that finds the same wherever it is asked."""
        from reader.query.write import term

        place = self.place
        title = self.feeds.title_of(place.row).split(" › ")[-1]
        parts = [term(place.row[0], title)] if place.row[0] != "smart" else []
        parts += [part for part in (place.query,) if part]
        parts += [term("tag", name) for name in self.tags.names(place.tags)]
        parts += [f"is:{place.show}"] if place.show != "all" else []
        if place.typed:
            parts.append(f"({place.typed})" if parts else place.typed)
        return " ".join(parts)

    async def _save_smart(self, name: str, query: str) -> None:
        _, change = await self.bridge.call("write", self.library.save_smart, name, query)
        self.bridge.post(Changed(change))
        self.status.tell(f"Saved the smart feed {name or query} · u undoes")
