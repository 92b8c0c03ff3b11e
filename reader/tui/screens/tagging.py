"""Editing the tags of an article or a selection, one line with completion."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reader.text.terminal import clean_line
from reader.text.words import key
from reader.tui.bridge import Changed
from reader.tui.screens.selecting import Selecting

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reader.model.tag import Tag
    from reader.tui.widgets.prompt import Offer

_SIGNED = re.compile(r"\s[+-](?:\S|$)")


class Tagging(Selecting):
    """`t`: the person's own tags stand in the line; a name with - in front is taken away.

    All that one line changes is one undo.
    """

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
            if add or remove:
                self.bridge.write(lambda: self._tag(ids, add, remove))
            else:
                self.status.tell("No tag changed")

        def look_up(text: str, cursor: int) -> Offer:
            return self._offer_tags(text, cursor, known)

        label = f"Tags of {len(ids):,} articles:" if many else "Tags:"
        value = "".join(f"{quoted(name)}, " for name in own)
        left = self.close_prompt
        await self.ask(Question(label=label, value=value, look_up=look_up, done=done, left=left))

    async def _tags_of(self, article_id: int) -> tuple[Tag, ...]:
        stored = await self.bridge.call("ask", self.library.article, article_id)
        return stored.tags if stored is not None else ()

    def _offer_tags(self, text: str, cursor: int, known: Sequence[Tag]) -> Offer:
        from reader.query.complete import Completion
        from reader.tui.widgets.prompt import Offer

        start, end = next(span for span in _spans(text) if span[0] <= cursor <= span[1])
        end = min(len(text), end + 1)  # with its comma
        start += len(text[start:cursor]) - len(text[start:cursor].lstrip())
        typed = text[start:cursor]
        if typed.startswith("-"):
            wanted = typed[1:].replace('"', "").strip().casefold()
            given = [tag.name for tag in known if wanted in tag.name.casefold()]
            names = [(f"-{quoted(name)}", "take it away") for name in given]
        elif typed:
            wanted = typed.lstrip('+"').strip()
            sign = "+" * typed.startswith("+")
            names = [(f"{sign}{quoted(name)}", "") for name in self.library.names("tag", wanted)]
        else:
            names = [
                (f"-{quoted(tag.name)}", "take it away") for tag in known if tag.kind != "user"
            ]
        found = [Completion(start, end, f"{name}, ", name, told) for name, told in names[:20]]
        return Offer(found)

    async def _tag(self, ids: Sequence[int], add: Sequence[str], remove: Sequence[str]) -> None:
        verb = self.library.edit_tags
        change = await self.bridge.call("write", verb, ids, add=add, remove=remove)
        self.bridge.post(Changed(change))
        self.let_go_selection()
        if change.ids:
            one = len(add) + len(remove) == 1
            done = f"{'+' if change.added else '-'}{change.tag}" if one else change.tag
            what = f"{len(change.ids):,} articles" if len(ids) > 1 else "the article"
            self.status.tell(clean_line(f"Tagged {what}: {done} · u undoes"))
        else:
            self.status.tell("No tag changed")


def edits(text: str, own: Sequence[str]) -> tuple[list[str], list[str]]:
    """What a line of tags adds to ``own``, and what it takes away.

    Names stand between commas, in quotes those that have one; ``+`` before a name adds it, as
    does no sign, ``-`` takes it away: ``a, b, -c`` or ``+a +b -c``.
    """
    names = dict.fromkeys(text[start:end].strip() for start, end in _spans(text))
    away = [_bare(name[1:]) for name in names if name.startswith("-")]
    wanted = [_bare(name.removeprefix("+")) for name in names if not name.startswith("-")]
    had = {key(name) for name in own}
    kept = {key(name) for name in wanted}
    gone = {key(name) for name in away}
    add = [name for name in dict.fromkeys(wanted) if name and key(name) not in had | gone]
    left = [name for name in own if key(name) not in kept | gone]
    return add, [*(name for name in dict.fromkeys(away) if name), *left]


def quoted(name: str) -> str:
    """A tag's name as it is typed."""
    plain = name[:1] not in "+-" and len(list(_spans(name))) == 1
    return name if plain else f'"{name}"'


def _bare(written: str) -> str:
    written = written.strip()
    inside = len(written) > 1 and written[0] == written[-1] == '"'
    return clean_line(written[1:-1] if inside else written)


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Where each name begins and ends, its blanks and quotes with it.

    Outside quotes a comma ends a name, and a blank before the sign of the next one.
    """
    start, inside = 0, False
    closed = text.count('"') % 2 == 0
    for place, character in enumerate(text):
        if character == '"' and closed:
            inside = not inside
        elif not inside and (character == "," or _SIGNED.match(text, place)):
            yield start, place
            start = place + 1
    yield start, len(text)
