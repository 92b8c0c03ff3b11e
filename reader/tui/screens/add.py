"""Adding: one line for whatever a person has; what is found there; where it is to go."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from msgspec import Struct
from textual.binding import Binding, BindingType

from reader.model.candidate import Candidate, address_of, now, without_user
from reader.model.errors import NetworkFailed, ReaderError
from reader.model.subscription import Wanted
from reader.text.terminal import SafeText, clean_line
from reader.tui.aside import aside
from reader.tui.paths import completions, is_path, local, stands
from reader.tui.screens.choose import ChooseScreen, category_of, of_categories
from reader.tui.screens.form import Form
from reader.tui.widgets.bar import Bar
from reader.tui.widgets.choices import Choice, Choices
from reader.tui.widgets.line import Line
from reader.tui.widgets.notes import Notes

if TYPE_CHECKING:
    from pathlib import Path

    from textual.widget import Widget
    from textual.widgets import Input

    from reader.library import Library
    from reader.model.transfer import PathPreview
    from reader.tui.bridge import Bridge
    from reader.tui.drawing import Piece
    from reader.tui.themes import Look

KINDS = {"rss": "RSS", "atom": "Atom", "json": "JSON Feed", "feed": "feed"}
EXPLAINED = (
    "The address of a feed or a site, such as example.org.",
    "@name@host for somebody on Mastodon.",
    "A folder of articles, such as ~/news.",
    "An OPML list, or newsboat's folder or urls file.",
)
ROOM_FOR_DETAIL = 14


class Addition(Struct, frozen=True, kw_only=True):
    """What is to be added: web feeds, or what stands at a path."""

    feeds: tuple[Wanted, ...] = ()
    path: Path | None = None
    preview: PathPreview | None = None


class AddScreen(Form[Addition]):
    """Looks for what was typed, shows it, and gives what the person wants of it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "complete", show=False),
        Binding("shift+tab", "to_line", show=False),
        Binding("down", "move(1)", show=False),
        Binding("up", "move(-1)", show=False),
        Binding("space", "choose", show=False),
        Binding("c", "category", show=False),
        Binding("q", "leave", show=False),
    ]

    def __init__(
        self, library: Library, *, bridge: Bridge, look: Look, category: tuple[str, ...] = ()
    ) -> None:
        super().__init__(name="add", look=look, title="Add feeds or articles")
        self.library = library
        self.bridge = bridge
        self.category = category
        self.line = Line(id="line", placeholder="Address, @name@host, folder or file")
        self.list = Choices(id="list", look=look)
        self.rule = Bar(id="rule", look=look, rule=True)
        self.detail = Notes(id="detail", look=look)
        self.found: tuple[Candidate, ...] = ()
        self.preview: PathPreview | None = None
        self.looked_for = ""

    def body(self) -> list[Widget]:
        """The line, what is found, what the cursor is on."""
        return [self.line, self.list, self.rule, self.detail]

    def on_mount(self) -> None:
        """Begin at the line."""
        self.begin()
        self.set_focus(self.line)

    def on_resize(self) -> None:
        """Leave the details out where there is no room."""
        self.show_detail()

    def on_unmount(self) -> None:
        """Give up what is being looked for."""
        self.bridge.cancel("look")
        self.bridge.cancel("complete")

    # --- typing

    def begin(self) -> None:
        """Nothing is found yet: say what can be typed."""
        self.bridge.cancel("look")
        self.found, self.preview, self.looked_for = (), None, ""
        self.list.can_focus = False
        self.list.offer((), notice=EXPLAINED)
        self.show_detail()
        self.tell("Enter looks there  Tab completes a path  Esc closes")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Forget what was found elsewhere; offer the paths that begin so."""
        if event.value.strip() == self.looked_for and self.looked_for:
            return
        self.begin()
        if is_path(event.value):
            self.bridge.run("complete", self._complete, event.value)
        else:
            self.bridge.cancel("complete")

    async def _complete(self, typed: str) -> None:
        async def listed() -> list[str]:
            return completions(typed)

        paths = await aside(listed)
        if typed == self.line.value and not self.looked_for:
            choices = [Choice(path, clean_line(path)) for path in paths]
            self.list.offer(choices, notice=("Nothing there begins so.",))

    def action_complete(self) -> None:
        """Write out the path under the cursor; on what was found, go back to the line."""
        here = self.list.current
        if self.focused is not self.line:
            self.set_focus(self.line)
        elif self.looked_for:
            self.set_focus(self.list if self.list.row_count else self.line)
        elif here is not None:
            self.line.value = here.value
            self.line.cursor_position = len(here.value)

    def action_to_line(self) -> None:
        """Type another address."""
        self.set_focus(self.line)

    def action_move(self, step: int) -> None:
        """Move through the list."""
        self.list.move_to(max(0, self.list.cursor + step))

    # --- looking

    def on_input_submitted(self) -> None:
        """Look there; when that is done already, add it."""
        typed = self.line.value.strip()
        if not typed:
            return
        if typed == self.looked_for:
            self.on_choices_picked()
            return
        self.begin()
        self.looked_for = typed
        self.bridge.cancel("complete")
        self.bridge.run("look", self._look, typed)

    async def _look(self, typed: str) -> None:
        self.list.offer((), notice=(f"Looking at {clean_line(without_user(typed), 200)} …",))
        self.tell("Esc gives up")
        try:
            if not await self._look_at_path(typed):
                await self._look_at_address(typed)
        except ReaderError as error:
            advice = now(error.advice) if isinstance(error, NetworkFailed) else ""
            self._fail(clean_line(sentence(str(error))), clean_line(advice))

    def _fail(self, *words: str) -> None:
        self.looked_for = ""
        self.list.offer((), notice=[text for text in words if text])
        self.tell("Enter tries again  Esc closes")

    def failed(self, error: Exception) -> None:
        """Something broke while looking."""
        self._fail(clean_line(str(error)))

    async def _look_at_path(self, typed: str) -> bool:
        """Show what stands at a path; False where an address is meant."""

        async def look() -> PathPreview | None:
            meant = is_path(typed) or stands(typed)
            return self.library.look_at(local(typed)) if meant else None

        self.preview = await aside(look)
        if self.preview is None:
            return False
        self.list.offer([Choice(typed, self.preview.title, contents(self.preview))])
        self._settle()
        return True

    async def _look_at_address(self, typed: str) -> None:
        async def look() -> tuple[tuple[Candidate, ...], set[str]]:
            found = await self.library.discover(typed)
            return found, {feed.location for feed in self.library.all_feeds()}

        self.found, known = await aside(look)
        if not self.found:
            self._fail(
                f"No feed was found at {clean_line(without_user(typed), 200)}.",
                "The site may have none. Its pages can be saved and added as a folder.",
            )
            return
        several = len(self.found) > 1
        self.list.offer(
            [
                Choice(
                    one.url,
                    one.title or clean_line(one.url, 200),
                    described(one, known=one.url in known),
                    chosen=False if several else None,
                )
                for one in self.found
            ]
        )
        fresh = (place for place, one in enumerate(self.found) if one.url not in known)
        self.list.move_to(next(fresh, 0), silent=True)
        self._settle()

    def _settle(self) -> None:
        """Something was found: the keys go there."""
        self.list.can_focus = True
        self.set_focus(self.list)
        several = "Space several  " if len(self.found) > 1 else ""
        category = "c category  " if self.found else ""
        self.tell(f"Enter adds  {several}{category}Esc closes")
        self.show_detail()

    # --- what was found

    def on_choices_moved(self) -> None:
        """Say more about what the cursor is on."""
        self.show_detail()

    def show_detail(self) -> None:
        """Address, newest titles and category of the feed under the cursor."""
        notes = self._detail() if self.app.size.height >= ROOM_FOR_DETAIL else []
        self.detail.display = self.rule.display = bool(notes)
        self.detail.show(notes)

    def _detail(self) -> list[Piece]:
        look = self.look
        if self.preview is not None:
            names = [(f"• {name}", look.text) for name in self.preview.names]
            refused = [(f"✗ {one.name}: {one.reason}", look.error) for one in self.preview.refused]
            if self.preview.kind == "folder" and not names:
                names = [("Nothing to read in it yet. What comes is shown.", look.text)]
            return [*refused[:2], *names]
        if not self.found or not 0 <= self.list.cursor < len(self.found):
            return []
        one = self.found[self.list.cursor]
        category = " / ".join(self.category) or "none"
        return [
            (clean_line(one.url, 300), look.primary),
            (f"Category: {category}", look.muted),
            *((f"• {title}", look.text) for title in one.newest),
        ]

    def action_choose(self) -> None:
        """Choose one of several feeds, or no longer."""
        self.list.toggle()

    def action_category(self) -> None:
        """Choose the category for what is added."""
        if self.found:
            self.bridge.run("categories", self._choose_category)

    async def _choose_category(self) -> None:
        categories = await self.bridge.call("read", self.library.categories)
        screen = ChooseScreen(
            look=self.look,
            title="Category",
            choices=of_categories(categories),
            new="new; A / B is B in A",
            typed=" / ".join(self.category),
        )
        self.app.push_screen(screen, self._take_category)

    def _take_category(self, value: str | None) -> None:
        if value is not None:
            self.category = category_of(value)
            self.show_detail()

    # --- the end

    def on_choices_picked(self) -> None:
        """Add what was found; what is chosen of it where something is."""
        if self.preview is not None:
            path = local(self.looked_for)
            self.dismiss(Addition(path=path, preview=self.preview))
        elif self.found:
            chosen = [one for one in self.list.choices if one.chosen]
            here = self.list.current
            wanted = chosen or ([here] if here else [])
            self.dismiss(Addition(feeds=tuple(self._wanted(one.value) for one in wanted)))

    def _wanted(self, url: str) -> Wanted:
        one = next(one for one in self.found if one.url == url)
        return Wanted(url=address_of(one, self.looked_for), category=self.category)

    def action_leave(self) -> None:
        """Give up looking; else close."""
        if self.bridge.busy("look"):
            self.begin()
            self.set_focus(self.line)
        else:
            self.dismiss(None)


def described(one: Candidate, *, known: bool) -> SafeText:
    """What kind of feed it is, and how many articles stand in it."""
    parts = ["followed already"] if known else []
    parts.append(KINDS[one.kind])
    if one.articles is not None:
        parts.append(counted(one.articles, "article"))
    return clean_line(" · ".join(parts))


def contents(preview: PathPreview) -> SafeText:
    """What stands at a path, in a few words."""
    if preview.kind == "article":
        return clean_line("article")
    if preview.kind == "folder":
        more = " or more" if preview.more else ""
        return clean_line(f"folder · {counted(preview.articles, 'article', more=more)}")
    parts = ["OPML" if preview.kind == "opml" else "newsboat", counted(preview.feeds, "feed")]
    parts += [f"{preview.known:,} followed already"] if preview.known else []
    parts += [f"{len(preview.refused):,} refused"] if preview.refused else []
    return clean_line(" · ".join(parts))


def counted(number: int, noun: str, *, more: str = "") -> str:
    """A number of things in words."""
    return f"{number:,}{more} {noun}{'' if number == 1 and not more else 's'}"


def sentence(text: str) -> str:
    """Words as a sentence; the name of a host stays small."""
    first = text.partition(" ")[0]
    begin = text[:1] if "." in first or "/" in first else text[:1].upper()
    return f"{begin}{text[1:]}{'' if text.endswith(('.', '!', '?')) else '.'}"
