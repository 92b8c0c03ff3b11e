"""Link hints: `f` draws letters on the links of an article, typing them opens one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from reader.tui.screens.verbs import Verbs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events

    from reader.text.blocks import Link

NO_ARTICLE = "No article is open"
NO_LINKS = "No links on the screen; L lists all of the article"


class Hints(Struct):
    """Links in the window with their labels, and what was typed of one."""

    places: Sequence[tuple[int, int, int]]
    names: Sequence[str]
    top: int
    typed: str = ""


class Hinting(Verbs):
    """The article pane takes keys until a label is complete or a key belongs to none."""

    _hints: Hints | None = None

    def action_article_follow_link(self) -> None:
        """Draw letters on the links in the window."""
        from reader.tui.widgets.hints import labels, links_in

        view = self.article
        if view.reading is None or not view.display:
            self.status.tell(NO_ARTICLE)
            return
        places = links_in(view.reading.lines[view.top : view.top + view.size.height])
        if not places:
            self.status.tell(NO_LINKS)
            return
        self.go_to("article")
        self._hints = Hints(places, labels(len(places)), view.top)
        view.lend_keys(self._take_hint_key, self._end_hints)
        self._show_hints("Type the letters of a link · Esc leaves it")

    def _show_hints(self, message: str) -> None:
        from reader.tui.widgets.hints import hint_marks

        hints = self._hints
        if hints is not None:
            marks = hint_marks(hints.places, hints.names, typed=hints.typed, top=hints.top)
            self.article.mark_lines(marks)
            self.status.tell(message)

    def _take_hint_key(self, event: events.Key) -> bool:
        hints = self._hints
        if hints is None:
            return False
        if event.key == "backspace":
            hints.typed = hints.typed[:-1]
            self._show_hints(hints.typed)
            return True
        typed = hints.typed + event.key
        left = [name for name in hints.names if name.startswith(typed)]
        if not left or not self.article.marks_fit:
            self._end_hints()
        elif typed in left:
            number = hints.places[hints.names.index(typed)][0]
            self._end_hints()
            self._follow_number(number)
        else:
            hints.typed = typed
            self._show_hints(typed)
        return True

    def _end_hints(self) -> None:
        self._hints = None
        self.article.take_keys_back()
        self.article.mark_lines({})
        self.status.tell("")

    def _follow_number(self, number: int) -> None:
        reading = self.article.reading
        if reading is not None and number < len(reading.document.links):
            self.follow(reading.document.links[number])

    def follow(self, link: Link) -> None:
        """Open a link of the article where its kind is opened."""
        if link.openable:
            self.open_link(link.url)
        else:
            self.status.tell(f"Not opened: {link.url}")
