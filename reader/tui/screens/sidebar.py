"""What a person does in the tag sidebar: find, sort, rename and hide tags, filter by several."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import get_args

from reader.model.tag import TagOrder, TagRow
from reader.tui.screens.prompting import Prompting
from reader.tui.screens.walking import Walking

SORTED: dict[TagOrder, str] = {"unread": "most unread", "articles": "most articles", "name": "name"}


class Sidebar(Prompting, Walking):
    """Keys of the tag pane. Tags stay in their places until a person asks otherwise."""

    @property
    def tag_here(self) -> TagRow | None:
        """The tag under the cursor of the sidebar."""
        tags = self.tags
        return tags.rows[tags.cursor] if 0 <= tags.cursor < len(tags.rows) else None

    def action_tags_sort(self) -> None:
        """Sort by unread articles, by articles, by name, in turn."""
        orders = get_args(TagOrder)
        self.tags.order = orders[(orders.index(self.tags.order) + 1) % len(orders)]
        self.bridge.run("tags", self._list_tags)
        self.status.tell(f"Tags by {SORTED[self.tags.order]}")

    async def action_tags_find(self) -> None:
        """Show the tags that have what is typed."""
        from reader.tui.widgets.prompt import Question

        await self.ask(
            Question(
                label="Tags with",
                value=self.tags.match,
                replaced=True,
                typed=self._find_tags,
                done=lambda _text: self.close_prompt(),
                left=self._leave_tags,
                away=lambda _text: self.close_prompt(),
            )
        )

    def _find_tags(self, text: str) -> None:
        self.tags.match = text.strip()
        self.bridge.run("tags", self._list_tags)

    def _leave_tags(self) -> None:
        self.close_prompt()
        self.let_go_match()

    def let_go_match(self) -> bool:
        """Show every tag again; whether some were left out."""
        if not self.tags.match:
            return False
        self._find_tags("")
        return True

    async def _list_tags(self) -> None:
        await asyncio.sleep(self.bridge.pauses.counts)
        order, match = self.tags.order, self.tags.match
        rows = await self.bridge.call("ask", self.library.tag_rows, order=order, match=match)
        self.tags.set_rows(rows, sort=True)
        if match:
            self.tags.move_to(0, silent=True)

    def action_tags_exclude(self) -> None:
        """Leave out articles with this tag, or no longer."""
        from reader.query.write import term

        if self.tag_here is not None:
            self._toggle_term(f"-{term('tag', self.tag_here.name)}", "")

    def action_tags_either(self) -> None:
        """Show articles with this tag as well, or no longer."""
        from reader.query.write import term

        if self.tag_here is not None:
            self._toggle_term(term("tag", self.tag_here.name), "OR ")

    def _toggle_term(self, term: str, sign: str) -> None:
        typed = self.place.typed
        padded = f" {typed} "
        for there in (f" {sign}{term} ", f" {term} {sign}", f" {term} "):
            if there in padded:
                typed = padded.replace(there, " ", 1).strip()
                break
        else:
            typed = f"{typed} {sign}{term}" if typed else term
        self.enter_place(replace(self.place, typed=typed), keep=self.headlines.current_id)

    async def action_tags_rename(self) -> None:
        """Show the tag under another name; the name of another tag makes one of both."""
        from reader.tui.widgets.prompt import Question

        tag = self.tag_here
        if tag is None:
            return

        def done(text: str) -> None:
            self.close_prompt()
            if text.strip() and text.strip() != tag.name:
                self.bridge.change(self.library.rename_tag, tag.id, text.strip())
                self.status.tell(f"{tag.name} is called {text.strip()} · u undoes")

        left = self.close_prompt
        await self.ask(Question(label="New name:", value=tag.name, done=done, left=left))

    def action_tags_hide(self) -> None:
        """Leave the tag out of the sidebar."""
        tag = self.tag_here
        if tag is not None:
            self.bridge.change(self.library.hide_tag, tag.id, hidden=True)
            self.status.tell(f"{tag.name} is not listed any more · u undoes")
