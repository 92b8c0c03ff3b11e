"""The line at the foot of the screen that a person types in, and what it offers meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from msgspec import Struct
from rich.highlighter import Highlighter
from rich.style import Style
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Input
from textual.widgets.input import Selection

from reader.text.terminal import clean
from reader.text.width import width
from reader.tui.drawing import Piece, columns, strip_of
from reader.tui.widgets.bar import Bar
from reader.tui.widgets.line import InOrder

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rich.text import Text
    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.strip import Strip

    from reader.query.complete import Completion
    from reader.query.parse import Mistake
    from reader.tui.bridge import Bridge
    from reader.tui.themes import Look

MOST_OFFERED = 8
OFFERS_CELLS = 66
LONGEST = 10_000
_BLANKS = {ord("\n"): " ", ord("\t"): " "}


class Offer(Struct, frozen=True):
    """What could be typed next, and what is wrong with what was."""

    completions: Sequence[Completion] = ()
    mistakes: Sequence[Mistake] = ()


def nothing_offered(text: str, cursor: int) -> Offer:  # noqa: ARG001  the shape of a look-up
    """For a line that takes any words."""
    return Offer()


class Question(Struct, frozen=True, kw_only=True):
    """What the line asks for. ``look_up`` runs in a thread; the others on the screen.

    ``typed`` hears every change, ``done`` the text that was entered, ``left`` that the
    person gave up, ``away`` that they clicked elsewhere (as ``left`` where it is None).
    ``replaced``: typing replaces ``value`` instead of going on after it.
    """

    label: str
    done: Callable[[str], None]
    typed: Callable[[str], None] = lambda _text: None
    left: Callable[[], None] = lambda: None
    away: Callable[[str], None] | None = None
    look_up: Callable[[str, int], Offer] = nothing_offered
    value: str = ""
    replaced: bool = False
    history: Sequence[str] = ()


class Underline(Highlighter):
    """Underlines what is wrong in the line."""

    def __init__(self) -> None:
        self.places: Sequence[tuple[int, int]] = ()
        self.style = Style(underline=True)

    def highlight(self, text: Text) -> None:
        """Mark the places."""
        for start, end in self.places:
            text.stylize(self.style, start, end)


class PromptLine(InOrder):
    """The text field; the keys that choose, enter and leave are the prompt's."""

    def __init__(self, prompt: Prompt, underline: Underline) -> None:
        super().__init__(
            id="prompt-line",
            compact=True,
            highlighter=underline,
            max_length=LONGEST,
            select_on_focus=False,
        )
        self.cursor_blink = False
        self.prompt = prompt

    def validate_value(self, value: str) -> str:
        """No control character, however it came here."""
        return value if value.isprintable() else clean(value).translate(_BLANKS)

    def on_key(self, event: events.Key) -> None:
        """Offer keys to the prompt first."""
        if self.prompt.take_key(event.key):
            event.stop()
            event.prevent_default()


class Offers(Widget):
    """What is wrong, and the completions, over the panes and right above the line."""

    ALLOW_SELECT = False

    def __init__(self, *, look: Look) -> None:
        super().__init__(id="offers")
        self.look = look
        self.lines: list[list[Piece]] = []
        self.display = False

    def show(self, lines: list[list[Piece]]) -> None:
        """Show lines, or nothing."""
        if len(lines) != len(self.lines):
            self.styles.height = len(lines)
        self.lines = lines
        self.display = bool(lines)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """One line."""
        pieces = self.lines[y] if y < len(self.lines) else []
        return strip_of(pieces, self.size.width, self.look.bar_ground)


class Prompt(Horizontal):
    """A label, the line, a word about what it finds. Shown while a question stands."""

    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(self, *, look: Look, bridge: Bridge) -> None:
        super().__init__(id="prompt")
        self.look = look
        self.bridge = bridge
        self.question: Question | None = None
        self.underline = Underline()
        self.label = Bar(id="prompt-label", look=look)
        self.line = PromptLine(self, self.underline)
        self.told = Bar(id="prompt-told", look=look)
        self.offers = Offers(look=look)
        self.completions: Sequence[Completion] = ()
        self.mistakes: Sequence[Mistake] = ()
        self.chosen = -1
        self._past = -1
        self._draft = ""
        self.display = False

    def compose(self) -> ComposeResult:
        """The parts of the line."""
        yield self.label
        yield self.line
        yield self.told

    def restyle(self, look: Look) -> None:
        """Draw in another theme."""
        self.look = self.offers.look = look
        self.label.restyle(look)
        self.told.restyle(look)
        self._show_offers()

    def ask(self, question: Question) -> None:
        """Take a question; the line gets the keys."""
        self.question = question
        self.label.styles.width = width(question.label) + 2
        self.label.show([(f" {question.label} ", self.look.accent)], ())
        self.tell("")
        self._past, self._draft = -1, question.value
        self._offer_nothing()
        self.display = True
        with self.line.prevent(Input.Changed):
            self.line.value = question.value
        # What stands there is replaced by typing, and kept by moving in it.
        self.line.selection = Selection(0, len(question.value) if question.replaced else 0)
        if not question.replaced:
            self.line.cursor_position = len(question.value)
        self.screen.set_focus(self.line, scroll_visible=False)
        self._look_up()

    def close(self) -> Question | None:
        """Put the line away; the question that stood, if any."""
        question, self.question = self.question, None
        self.bridge.cancel("offers")
        self._offer_nothing()
        self.display = False
        return question

    def tell(self, text: str) -> None:
        """Say something short at the right end."""
        self.told.show((), [(f"{text} ", self.look.bar)] if text else ())

    # --- keys

    def take_key(self, key: str) -> bool:
        """Do what a key means here; False leaves it to the line."""
        if self.question is None:
            return False
        if key == "escape" and self.chosen >= 0:
            self._choose(-1)
        elif key == "escape":
            self.question.left()
        elif key == "enter" and self.chosen < 0:
            self.question.done(self.line.value)
        elif key in {"enter", "tab"}:
            self._complete()
        elif key == "down" and self._past >= 0:
            self._remember(-1)
        elif key == "down":
            self._choose(min(self.chosen + 1, len(self.completions) - 1))
        elif key == "up" and self.chosen >= 0:
            self._choose(self.chosen - 1)
        elif key == "up":
            self._remember(1)
        else:
            return False
        return True

    def _complete(self) -> None:
        if not self.completions:
            return
        found = self.completions[max(0, self.chosen)]
        text = self.line.value
        after = text[found.end :]
        whole = not found.text.endswith((":", " "))
        put = found.text + (" " if whole and not after.startswith(" ") else "")
        self.line.value = text[: found.start] + put + after
        self.line.cursor_position = found.start + len(put)

    def _remember(self, step: int) -> None:
        history = self.question.history if self.question else ()
        past = min(self._past + step, len(history) - 1)
        if past == self._past:
            return
        if self._past < 0:
            self._draft = self.line.value
        self._past = past
        self.line.value = history[past] if past >= 0 else self._draft
        self.line.cursor_position = len(self.line.value)

    def _choose(self, index: int) -> None:
        self.chosen = index
        self._show_offers()

    # --- what is offered

    def on_input_changed(self, event: Input.Changed) -> None:
        """Tell whoever asked, and look for what could follow."""
        event.stop()
        if self.question is not None:
            self.question.typed(event.value)
            self._look_up()

    def _look_up(self) -> None:
        self.bridge.run("offers", self._offer)

    async def _offer(self) -> None:
        question = self.question
        if question is None:
            return
        text, cursor = self.line.value, self.line.cursor_position
        offer = await self.bridge.call("ask", question.look_up, text, cursor)
        if question is not self.question or text != self.line.value:
            return
        self.completions, self.mistakes, self.chosen = offer.completions, offer.mistakes, -1
        self.underline.style = self.look.error + Style(underline=True)
        self.underline.places = [(one.start, one.end) for one in offer.mistakes]
        # Textual asks the highlighter only when the line is drawn anew.
        self.line.refresh()
        self._show_offers()

    def _offer_nothing(self) -> None:
        self.completions = self.mistakes = ()
        self.chosen = -1
        self.underline.places = ()
        self.offers.show([])

    def _show_offers(self) -> None:
        look = self.look
        cells = min(OFFERS_CELLS, self.screen.size.width)
        lines: list[list[Piece]] = []
        for mistake in self.mistakes[:2]:
            meant = f": {mistake.suggestion}" if mistake.suggestion else ""
            told = f" {mistake.message[:1].upper()}{mistake.message[1:]}{meant}"
            lines.append([(told, look.error)])
        first = max(0, self.chosen - MOST_OFFERED + 1)
        for index, one in enumerate(self.completions[first : first + MOST_OFFERED], first):
            style = look.cursor if index == self.chosen else Style()
            half = cells // 3 if one.help else cells - 2
            pieces = [*columns(one.label, look.text, half, ()), (f" {one.help}", look.muted)]
            row = [(" ", look.text), *pieces, (" " * cells, look.text)]
            lines.append([(text, kind + style) for text, kind in row])
        self.offers.show(lines)
