"""Find in the article: `/` asks for words, all hits are marked, n and N go through them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct, field

from reader.tui.screens.hinting import NO_ARTICLE
from reader.tui.screens.link_cursor import LinkCursor

if TYPE_CHECKING:
    from textual import events

    from reader.text.find import Hit
    from reader.tui.reading import Reading
    from reader.tui.widgets.marks import Mark

MOST_TYPED = 200


class Find(Struct):
    """What is looked for in an article. ``begun`` is the line where the person stood."""

    article_id: int
    begun: int
    text: str = ""
    typing: bool = True
    hits: list[Hit] = field(default_factory=list)
    marks: dict[int, list[Mark]] = field(default_factory=dict)
    here: int = 0
    seen: tuple[int, int, str] = (0, 0, "")


class Finding(LinkCursor):
    """The article pane takes keys from `/` until Esc, or until it loses them."""

    _find: Find | None = None

    def action_article_find(self) -> None:
        """Ask for words to find in the article."""
        view = self.article
        if view.article_id is None or not view.display:
            self.status.tell(NO_ARTICLE)
            return
        self.go_to("article")
        view.lend_keys(self._take_find_key, self._end_find, self._is_typed)
        self._find = Find(view.article_id, view.top)
        self.status.tell("")
        self._say_find()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While letters are typed no key of the screen gets before them, but those that leave."""
        typing = self._hints is not None or (self._find is not None and self._find.typing)
        if typing and not action.startswith("pane_"):
            return False
        return super().check_action(action, parameters)

    def _is_typed(self) -> bool:
        return self._find is not None and self._find.typing

    def on_paste(self, event: events.Paste) -> None:
        """Take what is pasted into the words to find."""
        if self._find is not None and self._find.typing:
            self._type(self._find, self._find.text + " ".join(event.text.split()))

    def on_article_view_shown(self) -> None:
        """Look again where the lines are others than those that were looked through."""
        find = self._find
        if find is None:
            return
        if self.article.article_id != find.article_id:
            self._end_find()
        elif find.text and find.seen != self._state(find):
            self.bridge.run("find", self._look, find)

    # --- keys

    def _take_find_key(self, event: events.Key) -> bool:
        find = self._find
        if find is None:
            return False
        if event.key == "escape":
            if find.typing:
                self.article.scroll_by(find.begun - self.article.top)
            self._end_find()
        elif find.typing:
            return self._take_typed(find, event)
        elif event.character == "n":
            self._go_to_hit(find, find.here + 1)
        elif event.character == "N":
            self._go_to_hit(find, find.here - 1)
        else:
            return False
        return True

    def _take_typed(self, find: Find, event: events.Key) -> bool:
        if event.key == "enter":
            find.typing = False
            if find.text and (find.hits or self.bridge.busy("find")):
                self._say_find()
            else:
                self._end_find()
                self.status.tell(f"Not in this article: {find.text}" if find.text else "")
        elif event.key == "backspace":
            if find.text:
                self._type(find, find.text[:-1])
            else:
                self._end_find()
        elif event.key == "ctrl+u":
            self._type(find, "")
        elif event.key == "ctrl+w":
            self._type(find, find.text.rstrip().rpartition(" ")[0])
        elif event.character is not None and event.character.isprintable():
            self._type(find, find.text + event.character)
        else:
            return False
        return True

    def _type(self, find: Find, text: str) -> None:
        find.text = text[:MOST_TYPED]
        self._say_find()
        self.bridge.run("find", self._look, find)

    def _end_find(self) -> None:
        self._find = None
        self.bridge.cancel("find")
        self.article.take_keys_back()
        self.article.mark_lines({})
        self.status.ask("")

    # --- hits

    def _state(self, find: Find) -> tuple[int, int, str]:
        reading = self.article.reading
        return (id(reading), len(reading.lines) if reading else 0, find.text)

    async def _look(self, find: Find) -> None:
        reading = self.article.reading
        if reading is None or self._find is not find:
            return
        seen = self._state(find)
        moved = find.seen[2] != find.text
        hits, marks = await self.bridge.call("text", _found, reading, find.text)
        if self._find is not find or self.article.reading is not reading:
            return
        find.hits, find.marks, find.seen = hits, marks, seen
        if moved or find.here >= len(hits):
            below = (i for i, hit in enumerate(hits) if hit.parts[0].line >= find.begun)
            find.here = next(below, 0)
        self._show_hits(find, go=moved)

    def _go_to_hit(self, find: Find, number: int) -> None:
        if find.hits:
            find.here = number % len(find.hits)
            self._show_hits(find, go=True)

    def _show_hits(self, find: Find, *, go: bool) -> None:
        if not find.hits:
            self.article.mark_lines({})
        else:
            from reader.tui.widgets.marks import Mark

            here = find.hits[find.here]
            marks = dict(find.marks)
            for part in here.parts:
                own = Mark(part.start, part.end, "hit-here")
                others = (m for m in marks[part.line] if m.start != part.start)
                marks[part.line] = sorted([own, *others], key=lambda mark: mark.start)
            self.article.mark_lines(marks)
            if go:
                part = here.parts[0]
                self.article.bring_in(part.line, part.start, part.end)
        self._say_find()

    def _say_find(self) -> None:
        find = self._find
        if find is None:
            return
        count = ""
        if find.hits:
            count = f"  {find.here + 1:,} of {len(find.hits):,}"
        elif find.text and find.seen[2] == find.text:
            count = "  not found"
        if find.typing:
            self.status.ask(f"/{find.text}▏{count}")
        else:
            self.status.ask(f"/{find.text}{count} · n next, N previous, Esc ends")


def _found(reading: Reading, text: str) -> tuple[list[Hit], dict[int, list[Mark]]]:
    """The hits in the lines so far, and their marks by line."""
    from reader.text.find import find
    from reader.tui.widgets.marks import Mark

    hits = find(reading.lines[:], text)
    marks: dict[int, list[Mark]] = {}
    for hit in hits:
        for part in hit.parts:
            marks.setdefault(part.line, []).append(Mark(part.start, part.end, "hit"))
    return hits, marks
