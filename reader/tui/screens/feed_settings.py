"""The screen of one feed's settings: a row each, changed one at a time and kept at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from reader.model.errors import ReaderError
from reader.text.terminal import clean_line
from reader.tui.bridge import Bridge, Changed
from reader.tui.drawing import Piece, columns, fit
from reader.tui.screens.choose import ChooseScreen, category_of, of_categories
from reader.tui.screens.form import Form
from reader.tui.settings import (
    OF_FOLDERS,
    SECRETS,
    SETTINGS,
    TOGGLES,
    Name,
    Setting,
    Subject,
    changed,
    subject,
    toggled,
    typed_of,
    value_of,
)
from reader.tui.widgets.bar import Bar
from reader.tui.widgets.choices import Choice, Choices
from reader.tui.widgets.line import Line
from reader.tui.widgets.notes import Notes

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.widget import Widget

    from reader.library import Library
    from reader.model.change import Change
    from reader.tui.themes import Look

NAME_CELLS = 24
HINT = "Enter changes it  Esc closes"


class SettingsList(Choices):
    """A row for each setting: what it is called, what it says."""

    def draw(self, index: int, cells: int) -> list[Piece]:
        """Label and value, in two columns."""
        choice = self.choices[index]
        room = min(NAME_CELLS, cells // 2)
        label: Piece = (fit(choice.label, room), self.look.muted)
        return [label, *columns(choice.note, self.look.text, cells - room, ())]


class FeedSettingsScreen(Form[None]):
    """Rows of settings, what the one under the cursor means, a line to change it in."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "change", show=False),
        Binding("q", "leave", show=False),
    ]

    def __init__(self, library: Library, feed_id: int, *, bridge: Bridge, look: Look) -> None:
        super().__init__(name="feed-settings", look=look, title="Settings")
        self.library = library
        self.bridge = bridge
        self.feed_id = feed_id
        self.about: Subject | None = None
        self.rows: tuple[Setting, ...] = ()
        self.header_name = ""
        self.list = SettingsList(id="list", look=look)
        self.list.notice = ("…",)
        self.rule = Bar(id="rule", look=look, rule=True)
        self.detail = Notes(id="detail", look=look)
        self.line = Line(id="line")

    def body(self) -> list[Widget]:
        """The settings, and what the one under the cursor means."""
        self.line.display = False
        return [self.list, self.rule, self.detail, self.line]

    def on_mount(self) -> None:
        """Read what is set."""
        self.set_focus(self.list)
        self.tell(HINT)
        self.bridge.run("settings", self._load)

    def on_unmount(self) -> None:
        """Let go of what is being read."""
        self.bridge.cancel("settings")

    async def _load(self) -> None:
        about = await self.bridge.call("read", subject, self.library, self.feed_id)
        if about is None:
            self.action_leave()
            return
        self.about = about
        self.heading.show([(f" {about.feed.title}", self.look.strong)], ())
        self.rows = tuple(
            row for row in SETTINGS if about.feed.source_kind == "web" or row.name in OF_FOLDERS
        )
        self.list.update(
            [
                Choice(row.name, clean_line(row.label), value_of(about, row.name))
                for row in self.rows
            ]
        )
        self.explain()

    @property
    def setting(self) -> Setting | None:
        """The setting under the cursor."""
        return self.rows[self.list.cursor] if 0 <= self.list.cursor < len(self.rows) else None

    def on_choices_moved(self) -> None:
        """Explain the setting under the cursor."""
        self.explain()

    def explain(self) -> None:
        """Say what the setting under the cursor does, and where the feed is."""
        here, about = self.setting, self.about
        if here is None or about is None:
            return
        notes: list[Piece] = [(here.help, self.look.text)]
        if about.problem:
            notes.append((about.problem, self.look.error))
        notes.append((clean_line(about.feed.location, 300), self.look.muted))
        self.detail.show(notes)

    # --- changing

    def on_choices_picked(self) -> None:
        """Change the setting under the cursor."""
        self.action_change()

    def action_change(self) -> None:
        """Turn it over, choose it, or open a line to write it in."""
        here, about = self.setting, self.about
        if here is None or about is None or self.line.display:
            return
        if here.name == "paused":
            paused = not about.paused
            self._do(lambda: self.library.pause_feed(self.feed_id, paused=paused))
        elif here.name in TOGGLES:
            chosen = toggled(about.settings, here.name)
            self._do(lambda: self.library.set_feed_settings(self.feed_id, chosen))
        elif here.name == "category":
            self.bridge.run("categories", self._choose_category, about)
        else:
            self._ask(typed_of(about, here.name), secret=here.name in SECRETS)

    async def _choose_category(self, about: Subject) -> None:
        categories = await self.bridge.call("read", self.library.categories)
        screen = ChooseScreen(
            look=self.look,
            title=f"Category of {about.feed.title}",
            choices=of_categories(categories),
            new="new; A / B is B in A",
        )
        self.app.push_screen(screen, self._take_category)

    def _take_category(self, value: str | None) -> None:
        if value is not None:
            self._do(lambda: self.library.move_feed(self.feed_id, category_of(value)))

    def _ask(self, typed: str, *, secret: bool = False, prompt: str = "") -> None:
        """Open a line below the explanation."""
        self.line.password = secret
        self.line.value = typed
        self.line.cursor_position = len(typed)
        self.line.display = True
        self.set_focus(self.line)
        self.tell(prompt or "Enter keeps it  Esc leaves it as it was")

    def _close_line(self) -> None:
        self.line.value = ""
        self.line.display = False
        self.header_name = ""
        self.set_focus(self.list)
        self.tell(HINT)

    def on_input_submitted(self) -> None:
        """Keep what was typed, or say what is wrong with it."""
        here, about = self.setting, self.about
        if here is None or about is None:
            return
        typed = self.line.value
        if here.name == "title":
            self._do(lambda: self.library.name_feed(self.feed_id, self._own(typed)))
        elif here.name in {"user", "password", "cookies", "header"}:
            self._keep(here.name, typed)
            return
        else:
            wanted = changed(about.settings, here.name, typed)
            if isinstance(wanted, str):
                self.tell(wanted, wrong=True)
                return
            chosen = wanted
            self._do(lambda: self.library.set_feed_settings(self.feed_id, chosen))
        self._close_line()

    def _own(self, typed: str) -> str:
        """What was typed, "" where that leaves the title as it is."""
        return "" if self.about and typed.strip() == self.about.feed.title else typed.strip()

    def _keep(self, name: Name, typed: str) -> None:
        if name == "header" and not self.header_name:
            self._ask_value(typed.strip().rstrip(":"))
            return
        header = (self.header_name, typed.strip()) if name == "header" else None
        given = {"user": typed.strip(), "password": typed, "cookies": typed.strip()}
        values = {} if header else {name: given[name]}
        self._close_line()
        self.bridge.write(lambda: self._keep_secret(header, values))

    def _ask_value(self, name: str) -> None:
        """A header's name is known: ask for its value."""
        if not name.isascii() or not name or any(letter in name for letter in ' :"(),/;<=>?@[]{}'):
            self.tell("A header's name is one word, such as Authorization.", wrong=True)
            return
        self._ask("", secret=True, prompt=f"Value of {name}; empty forgets it")
        self.header_name = name

    async def _keep_secret(self, header: tuple[str, str] | None, values: dict[Name, str]) -> None:
        try:
            await self.bridge.call(
                "write",
                self.library.change_secret,
                self.feed_id,
                header=header,
                user=values.get("user"),
                password=values.get("password"),
                cookies=values.get("cookies"),
            )
        except ReaderError as error:
            self.tell(str(error), wrong=True)
        await self._load()

    def _do(self, verb: Callable[[], Change]) -> None:
        async def work() -> None:
            try:
                change = await self.bridge.call("write", verb)
            except ReaderError as error:
                self.tell(str(error), wrong=True)
                return
            self.bridge.post(Changed(change))
            await self._load()

        self.bridge.write(work)

    def action_leave(self) -> None:
        """Leave the line as it was; without one, close."""
        if self.line.display:
            self._close_line()
        else:
            self.dismiss(None)
