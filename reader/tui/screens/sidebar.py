"""What a person does in the tag sidebar: find, sort and filter by several, change tags."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, get_args

from reader.model.records import replace
from reader.model.tag import TagOrder, TagRow
from reader.text.terminal import clean_line
from reader.tui.bridge import Changed
from reader.tui.screens.prompting import Prompting
from reader.tui.screens.walking import Walking
from reader.tui.widgets.tag_list import PAGE

if TYPE_CHECKING:
    from reader.tui.widgets.prompt import Offer

OFFERED = 8

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
        self.tags.limit = PAGE
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
        self.tags.limit = PAGE
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
        await self._read_tags(sort=True)
        if self.tags.match:
            self.tags.move_to(0, silent=True)

    async def _read_tags(self, *, sort: bool) -> None:
        self.tags.set_rows(await self.bridge.call("ask", self.listed_tags), sort=sort)

    def listed_tags(self) -> tuple[TagRow, ...]:
        """The tags that the sidebar is to list, from the library."""
        tags = self.tags
        return self.library.tag_rows(
            limit=tags.limit, order=tags.order, match=tags.match, hidden=tags.hidden
        )

    def on_tag_list_wanted(self) -> None:
        """Read more of the tags: somebody goes through all of them."""
        self.bridge.run("tags", self._read_tags, sort=False)

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
        self.status.tell("")
        typed = self.place.typed
        padded = f" {typed} "
        for there in (f" {sign}{term} ", f" {term} {sign}", f" {term} "):
            if there in padded:
                typed = padded.replace(there, " ", 1).strip()
                break
        else:
            typed = f"{typed} {sign}{term}" if typed else term
        self.enter_place(replace(self.place, typed=typed), keep=self.headlines.current_id)

    # --- tags themselves

    async def action_tags_rename(self) -> None:
        """Show the tag under another name; the name of another tag makes one of both."""
        from reader.tui.widgets.prompt import Question

        tag = self.tag_here
        if tag is None:
            return

        def done(text: str) -> None:
            self.close_prompt()
            name = clean_line(text)
            if name and name != tag.name:
                self.bridge.write(lambda: self._rename_tag(tag, name))

        def look_up(text: str, cursor: int) -> Offer:  # noqa: ARG001
            return self._others(tag, text)

        left = self.close_prompt
        question = Question(
            label="New name:",
            value=tag.name,
            replaced=True,
            look_up=look_up,
            done=done,
            left=left,
        )
        await self.ask(question)

    def _others(self, tag: TagRow, text: str) -> Offer:
        """The tags that this one would become one with."""
        from reader.query.complete import Completion
        from reader.tui.widgets.prompt import Offer

        typed = text.strip()
        if not typed or typed == tag.name:
            return Offer()
        rows = self.library.tag_rows(limit=OFFERED, order="articles", match=typed, hidden=True)
        return Offer(
            [
                Completion(0, len(text), row.name, row.name, f"{row.articles:,} articles, joined")
                for row in rows
                if row.id != tag.id
            ]
        )

    async def _rename_tag(self, tag: TagRow, name: str) -> None:
        other = await self.bridge.call("write", self.library.find_tag, name)
        change = await self.bridge.call("write", self.library.rename_tag, tag.id, name)
        self.bridge.post(Changed(change))
        if other is None or other.id == tag.id or not other.articles:
            self.status.tell(clean_line(f"{tag.name} is called {name} · u undoes"))
            return
        both = await self.bridge.call("write", self.library.find_tag, name)
        count = both.articles if both is not None else 0
        told = f"{tag.name} ({tag.articles:,}) and {other.name} ({other.articles:,}) are one tag"
        self.status.tell(clean_line(f"{told} of {count:,} articles · u undoes"))

    async def action_tags_colour(self) -> None:
        """Give the tag a colour, or take it away."""
        from reader.query.complete import Completion
        from reader.tui.colours import COLOURS, named
        from reader.tui.widgets.prompt import Offer, Question

        tag = self.tag_here
        if tag is None:
            return

        def done(text: str) -> None:
            self.close_prompt()
            colour = named(text)
            if colour is None:
                self.status.tell(f"Colours are {', '.join(COLOURS)}, or none")
            elif colour != tag.colour:
                self.bridge.change(self.library.colour_tag, tag.id, colour)
                self.status.tell(clean_line(f"{tag.name} is {colour or 'as others'} · u undoes"))

        def look_up(text: str, cursor: int) -> Offer:  # noqa: ARG001
            typed = text.strip().lower()
            typed = "" if typed == tag.colour else typed
            fits = [name for name in (*COLOURS, "none") if name.startswith(typed)]
            if typed in fits:
                return Offer()
            return Offer([Completion(0, len(text), one, one, "") for one in fits])

        label, left = clean_line(f"Colour of {tag.name}:", 40), self.close_prompt
        await self.ask(
            Question(
                label=label,
                value=tag.colour,
                replaced=True,
                look_up=look_up,
                done=done,
                left=left,
            )
        )

    def action_tags_hide(self) -> None:
        """Leave the tag out of the sidebar, or bring it back."""
        tag = self.tag_here
        if tag is not None:
            self.bridge.change(self.library.hide_tag, tag.id, hidden=not tag.hidden)
            told = "is listed again" if tag.hidden else "is not listed any more"
            self.status.tell(clean_line(f"{tag.name} {told} · u undoes"))

    def action_tags_show_hidden(self) -> None:
        """List the hidden tags too, or no longer."""
        tags = self.tags
        tags.hidden = not tags.hidden
        self.bridge.run("tags", self._list_tags)
        self.status.tell(
            "Hidden tags are listed too · H brings one back"
            if tags.hidden
            else "Hidden tags are not listed"
        )
