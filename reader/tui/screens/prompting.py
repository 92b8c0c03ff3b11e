"""The line at the foot of the main screen: opened in the place of the status line, closed again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.tui.arrangement import PANES
from reader.tui.keymap import OPENS_LINE
from reader.tui.screens.panes import Panes

if TYPE_CHECKING:
    from textual import events

    from reader.tui.themes import Look
    from reader.tui.widgets.prompt import Prompt, Question


class Prompting(Panes):
    """Asks one thing at a time."""

    _prompt: Prompt | None = None

    @property
    def asking(self) -> bool:
        """Whether a question stands."""
        return self._prompt is not None and self._prompt.question is not None

    async def ask(self, question: Question) -> Prompt:
        """Open the line with a question. Nothing else on the screen moves."""
        # Made when it is first wanted: most screens open without it.
        from reader.tui.widgets.prompt import Prompt

        if self._prompt is None:
            self._prompt = Prompt(look=self.status.look, bridge=self.bridge)
            await self.mount(self._prompt, self._prompt.offers, before=self.status)
        self.status.display = False
        self._prompt.ask(question)
        return self._prompt

    def close_prompt(self) -> None:
        """Put the line away; the pane that had the keys has them again."""
        if self._prompt is not None and self._prompt.close() is not None:
            self.status.display = True
            self.go_to(self.pane)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While the line is open, keys that open it are letters; some panes have their own `/`."""
        if action in OPENS_LINE and self.asking:
            return False
        if action == "list_search" and self.pane in {"article", "tags"}:
            return False
        return super().check_action(action, parameters)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """A click into a pane leaves the line."""
        question = self._prompt.question if self._prompt is not None else None
        # The pane may have had the keys for a moment before the line took them.
        late = event.widget is not self.focused or event.widget.id not in PANES
        if self._prompt is not None and question is not None and not late:
            if question.away is None:
                question.left()
            else:
                question.away(self._prompt.line.value)

    def restyle(self, look: Look) -> None:
        """Draw in another theme."""
        super().restyle(look)
        if self._prompt is not None:
            self._prompt.restyle(look)
