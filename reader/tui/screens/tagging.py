"""Editing the tags of an article or a selection, one line with completion."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.text.terminal import clean_line
from reader.tui.bridge import Changed
from reader.tui.screens.selecting import Selecting

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.model.tag import Tag
    from reader.tui.widgets.prompt import Offer

LONGEST_TAG = 100


class Tagging(Selecting):
    """`t`: the person's own tags stand in the line; a name with - in front is taken away."""

    async def action_article_edit_tags(self) -> None:
        """Ask for tags of the article or the selection."""
        from reader.tui.widgets.prompt import Question

        many = bool(self.headlines.selection)
        here = self.headlines.current_id
        if here is None:
            return
        ids = await self.selected() if many else [here]
        known = () if many else await self._tags_of(here)
        own = [tag.name for tag in known if tag.kind == "user"]

        def done(text: str) -> None:
            self.close_prompt()
            add, remove = edits(text, own)
            self.bridge.write(lambda: self._tag(ids, add, remove))

        def look_up(text: str, cursor: int) -> Offer:
            return self._offer_tags(text, cursor, known)

        label = f"Tags of {len(ids):,} articles:" if many else "Tags:"
        value = "".join(f"{name}, " for name in own)
        left = self.close_prompt
        await self.ask(Question(label=label, value=value, look_up=look_up, done=done, left=left))

    async def _tags_of(self, article_id: int) -> tuple[Tag, ...]:
        stored = await self.bridge.call("ask", self.library.article, article_id)
        return stored.tags if stored is not None else ()

    def _offer_tags(self, text: str, cursor: int, known: Sequence[Tag]) -> Offer:
        from reader.query.complete import Completion
        from reader.tui.widgets.prompt import Offer

        start = text.rfind(",", 0, cursor) + 1
        start += len(text[start:cursor]) - len(text[start:cursor].lstrip())
        typed = text[start:cursor]
        end = text.find(",", cursor)
        end = len(text) if end < 0 else end + 1
        if typed.startswith("-"):
            wanted = typed[1:].strip().casefold()
            given = [tag.name for tag in known if wanted in tag.name.casefold()]
            names = [(f"-{name}", "take it away") for name in given]
        elif typed:
            names = [(name, "") for name in self.library.names("tag", typed.strip())]
        else:
            names = [(f"-{tag.name}", "take it away") for tag in known if tag.kind != "user"]
        found = [Completion(start, end, f"{name}, ", name, told) for name, told in names[:20]]
        return Offer(found)

    async def _tag(self, ids: Sequence[int], add: Sequence[str], remove: Sequence[str]) -> None:
        touched = 0
        for names, adding in ((add, True), (remove, False)):
            for name in names:
                change = await self.bridge.call("write", self.library.tag, ids, name, add=adding)
                self.bridge.post(Changed(change))
                touched += bool(change.ids)
        self.let_go_selection()
        parts = [f"+{name}" for name in add] + [f"-{name}" for name in remove]
        if touched:
            what = f"{len(ids):,} articles" if len(ids) > 1 else "the article"
            undo = "u undoes" if touched == 1 else "u undoes one after the other"
            self.status.tell(f"Tagged {what}: {' '.join(parts)} · {undo}")
        else:
            self.status.tell("No tag changed")


def edits(text: str, own: Sequence[str]) -> tuple[list[str], list[str]]:
    """What a line of tags adds to ``own``, and what it takes away."""
    names = dict.fromkeys(str(clean_line(part, LONGEST_TAG)) for part in text.split(","))
    wanted = [name for name in names if name and not name.startswith("-")]
    away = [name[1:].strip() for name in names if name.startswith("-") and name[1:].strip()]
    had = {name.casefold() for name in own}
    kept = {name.casefold() for name in wanted}
    add = [name for name in wanted if name.casefold() not in had]
    return add, [*away, *(name for name in own if name.casefold() not in kept)]
