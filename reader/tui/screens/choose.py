"""Asks for one thing: something of a list, narrowed by typing, or something new."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from reader.text.terminal import clean_line
from reader.tui.screens.form import Form
from reader.tui.widgets.choices import Choice, Choices
from reader.tui.widgets.line import Line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.widget import Widget
    from textual.widgets import Input

    from reader.tui.themes import Look


class ChooseScreen(Form[str]):
    """Gives the value of the choice under the cursor, None when it is left.

    ``new`` is what a text that is no choice would be ("new category"); "" where only the
    choices count. Without choices it is a line to type in, and what is typed is the value.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "move(1)", show=False),
        Binding("up", "move(-1)", show=False),
        Binding("tab", "complete", show=False),
    ]

    def __init__(
        self,
        *,
        look: Look,
        title: str,
        choices: Sequence[Choice] = (),
        new: str = "",
        typed: str = "",
    ) -> None:
        super().__init__(name="choose", look=look, title=title)
        self.every = tuple(choices)
        self.new = new
        placeholder = "Begin to type, or choose" if choices else ""
        self.line = Line(id="line", value=typed, placeholder=placeholder)
        self.list = Choices(id="list", look=look)
        self.list.can_focus = False

    def body(self) -> list[Widget]:
        """A line to type in, and what matches."""
        return [self.line, self.list]

    def on_mount(self) -> None:
        """Begin with everything."""
        self.set_focus(self.line)
        if self.every:
            self.tell("Enter takes it  Tab completes  ↑ ↓ move  Esc closes")
            self.list.offer(self.every)
        else:
            self.tell("Enter takes it  Esc closes")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow the list."""
        if self.every:
            found = matching(self.every, event.value, new=self.new)
            self.list.offer(found, notice=("Nothing matches.",))

    def on_input_submitted(self) -> None:
        """Take what is under the cursor, or what was typed where there is no list."""
        here = self.list.current
        if here is not None:
            self.dismiss(here.value)
        elif not self.every:
            self.dismiss(self.line.value.strip())

    def on_choices_picked(self) -> None:
        """Take what was clicked."""
        self.on_input_submitted()

    def action_move(self, step: int) -> None:
        """Move the cursor of the list while the keys go to the line."""
        self.list.move_to(max(0, self.list.cursor + step))

    def action_complete(self) -> None:
        """Write out what is under the cursor."""
        here = self.list.current
        if here is not None and here.value:
            self.line.value = here.value
            self.line.cursor_position = len(here.value)


def matching(choices: Sequence[Choice], typed: str, *, new: str = "") -> list[Choice]:
    """The choices that hold what was typed: where a word begins so, something new, the others."""
    wanted = " ".join(typed.split()).casefold()
    if not wanted:
        return list(choices)
    begin, hold = [], []
    for one in choices:
        label = one.label.casefold()
        if f" {wanted}" in f" {label}":
            begin.append(one)
        elif wanted in label:
            hold.append(one)
    if new and all(one.label.casefold() != wanted for one in begin):
        begin.append(Choice(typed.strip(), clean_line(typed), clean_line(new)))
    return [*begin, *hold]


def of_categories(categories: Sequence[Sequence[str]]) -> list[Choice]:
    """Categories as choices, the top first; a value is the titles joined by " / "."""
    paths = [" / ".join(title.replace("/", "∕") for title in path) for path in categories]
    top = Choice("", clean_line("(no category)"))
    return [top, *(Choice(path, clean_line(path)) for path in paths)]


def category_of(value: str) -> tuple[str, ...]:
    """The titles of a category from its value."""
    parts = (part.strip().replace("∕", "/") for part in value.split("/"))
    return tuple(part for part in parts if part)
