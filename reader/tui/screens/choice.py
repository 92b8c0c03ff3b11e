"""A list to choose one thing from, over the whole screen: the base of links and contents."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from textual.message import Message
from textual.screen import Screen

from reader.tui.keymap import bindings
from reader.tui.widgets.bar import Bar
from reader.tui.widgets.rows import RowList

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from reader.tui.drawing import Piece
    from reader.tui.themes import Look

T = TypeVar("T")


class ChoiceList(RowList, Generic[T]):
    """Things of one kind, each drawn by ``paint`` in so many cells."""

    class Moved(Message):
        """The cursor stands on another row."""

    class Taken(Message):
        """The person chose the row under the cursor."""

    def __init__(self, *, look: Look, paint: Callable[[T, int], list[Piece]]) -> None:
        super().__init__(id="choices", look=look)
        self.items: Sequence[T] = ()
        self.paint = paint

    @property
    def row_count(self) -> int:
        """How many things there are."""
        return len(self.items)

    @property
    def current(self) -> T | None:
        """The thing under the cursor."""
        return self.items[self.cursor] if 0 <= self.cursor < len(self.items) else None

    def draw(self, index: int, cells: int) -> list[Piece]:
        """A row."""
        return self.paint(self.items[index], cells)

    def moved(self) -> None:
        """Tell the screen."""
        self.post_message(self.Moved())

    def open_row(self) -> None:
        """Choose this one."""
        self.post_message(self.Taken())


class ChoiceScreen(Screen[T], Generic[T], inherit_bindings=False):
    """Shows ``items``; the screen's result is the one that is chosen."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("everywhere", nouns={"cursor"})
    AUTO_FOCUS = "#choices"

    def __init__(self, look: Look, items: Sequence[T], *, at: int = 0, name: str) -> None:
        super().__init__(name=name)
        self.look = look
        self.at = at
        self.choices: ChoiceList[T] = ChoiceList(look=look, paint=self.paint)
        self.choices.items = items
        self.bar = Bar(id="hint", look=look)

    def compose(self) -> ComposeResult:
        """The list, and a line that says more of the row under the cursor."""
        yield self.choices
        yield self.bar

    def on_mount(self) -> None:
        """Begin at the row asked for."""
        self.choices.move_to(self.at)
        self.describe()

    def on_choice_list_moved(self) -> None:
        """Say more of this row."""
        self.describe()

    def on_choice_list_taken(self) -> None:
        """Take what is under the cursor."""
        chosen = self.choices.current
        if chosen is not None:
            self.take(chosen)

    def take(self, chosen: T) -> None:
        """Give what was chosen back."""
        self.dismiss(chosen)

    def paint(self, item: T, cells: int) -> list[Piece]:
        """A row of the list."""
        raise NotImplementedError

    def describe(self) -> None:
        """Say in the bar what the row under the cursor is, and which keys there are."""
        raise NotImplementedError

    def say(self, text: str, keys: str) -> None:
        """Fill the bar."""
        self.bar.show([(f" {text}", self.look.text)], [(f"  {keys} ", self.look.bar)])
