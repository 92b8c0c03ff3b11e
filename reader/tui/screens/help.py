"""The help screen: every key and what it does; typing searches."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.screen import Screen

from reader.commands import COMMANDS, Command, key_name
from reader.tui.drawing import Piece, fit
from reader.tui.widgets.bar import Bar
from reader.tui.widgets.line import InOrder
from reader.tui.widgets.rows import RowList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.app import ComposeResult
    from textual.widgets import Input

    from reader.tui.themes import Look

KEYS_CELLS = 18
TITLE_CELLS = 22
HELP_FROM = 100


class KeyList(RowList, can_focus=False):
    """Commands with their keys, those that match what was typed."""

    def __init__(self, every: Sequence[Command], *, look: Look) -> None:
        super().__init__(id="keys", look=look)
        self.every = every
        self.commands = list(every)
        self.notice = ("No key does that.",)

    @property
    def row_count(self) -> int:
        """How many commands match."""
        return len(self.commands)

    def search(self, text: str) -> None:
        """Keep the commands that are on the very key ``text``, then those with all its words."""
        words = text.lower().split()
        keyed = [command for command in self.every if _is_on(command, text)]
        worded = (command for command in self.every if _has_words(command, words))
        self.commands = list(dict.fromkeys((*keyed, *worded)))
        self.redraw()
        self.move_to(0)

    def draw(self, index: int, cells: int) -> list[Piece]:
        """Keys, title, and what it does where there is room."""
        command = self.commands[index]
        keys = "  ".join(key_name(key) for key in command.keys)
        pieces: list[Piece] = [(fit(f" {keys}", KEYS_CELLS), self.look.accent)]
        if cells < HELP_FROM:
            return [*pieces, (command.help, self.look.text)]
        title = (fit(command.title, TITLE_CELLS), self.look.text)
        return [*pieces, title, (command.help, self.look.muted)]


class HelpScreen(Screen[None], inherit_bindings=False):
    """Every command; Enter runs the one under the cursor."""

    AUTO_FOCUS = "Input"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "move('down')", show=False),
        Binding("up", "move('up')", show=False),
        Binding("pagedown", "move('page_down')", show=False),
        Binding("pageup", "move('page_up')", show=False),
    ]

    def __init__(self, look: Look, commands: Sequence[Command] = COMMANDS) -> None:
        super().__init__(name="help")
        self.look = look
        self.keys = KeyList(commands, look=look)

    def compose(self) -> ComposeResult:
        """A line to type in, the keys, a hint."""
        search = SearchLine(placeholder="Type to search the keys", id="search", compact=True)
        search.cursor_blink = False
        yield search
        yield self.keys
        hint = Bar(id="hint", look=self.look)
        hint.show([(" Enter runs it   ↑ ↓ move   Esc closes", self.look.bar)], ())
        yield hint

    def on_mount(self) -> None:
        """Begin at the top."""
        self.keys.move_to(0)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Search while typing."""
        self.keys.search(event.value)

    async def on_input_submitted(self) -> None:
        """Run the command under the cursor on the screen below."""
        if not self.keys.row_count:
            return
        command = self.keys.commands[self.keys.cursor]
        self.app.pop_screen()
        target = "app." if command.id.startswith("app.") else "screen."
        await self.app.run_action(target + command.action)

    def action_move(self, step: str) -> None:
        """Move the cursor of the list while the keys go to the search line."""
        moves = {
            "down": self.keys.action_cursor_down,
            "up": self.keys.action_cursor_up,
            "page_down": self.keys.action_cursor_page_down,
            "page_up": self.keys.action_cursor_page_up,
        }
        moves[step]()


class SearchLine(InOrder):
    """The line to type in; the key that opened the screen closes it while the line is empty."""

    def on_key(self, event: events.Key) -> None:
        """Leave with the key that led here."""
        if event.key == "question_mark" and not self.value:
            event.prevent_default()
            event.stop()
            self.app.pop_screen()


def _is_on(command: Command, text: str) -> bool:
    return text in command.keys or text in {key_name(key) for key in command.keys}


def _has_words(command: Command, words: list[str]) -> bool:
    hay = f"{command.title} {command.help}".lower()
    return all(word in hay for word in words)
