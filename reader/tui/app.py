"""The Textual application: theme, keymap, first screen. Everything else lives in the screens."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from textual import events
from textual.app import App

from reader.tui.bridge import Bridge
from reader.tui.keymap import OPENS_LINE, bindings
from reader.tui.pauses import Pauses, pauses
from reader.tui.screens.main import MainScreen
from reader.tui.start import start
from reader.tui.themes import DARK, THEMES, Look, look_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime
    from pathlib import Path

    from textual.screen import Screen
    from textual.theme import Theme

    from reader.config import Config
    from reader.library import Library
    from reader.tui.sequences import Sequences

NO_KEY = "no-key"
"""Bound to what has no key."""
BARE_THEME = "ansi-dark"
"""The theme for terminals of 16 colours or fewer: the terminal's own colours."""

SWITCH_S = 0.001
"""How long a thread goes on before another one has its turn, in seconds."""


class NewsreaderApp(App[int]):
    """The reader's screen on a library.

    ``documents`` are files that the command line named: the first one's article is opened
    as soon as it is known. ``waits`` are the pauses in use, by default those of ``config``.
    """

    CSS_PATH = "newsreader.tcss"
    TITLE = "newsreader"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS = bindings("everywhere", nouns={"app"})
    pressed: events.Key | None = None
    """The key that is being looked at."""
    sequences: Sequences | None = None
    """What is pressed of a sequence, where the person has any."""

    def __init__(
        self,
        library: Library,
        config: Config,
        *,
        clock: Callable[[], datetime],
        documents: Sequence[Path] = (),
        added: bool = False,
        waits: Pauses | None = None,
    ) -> None:
        """``added``: a folder was just made a source, and is what the person came for."""
        self.library = library
        self.chosen_keys = config.keys
        self.bridge = Bridge(waits or pauses(config))
        session = library.session()
        place = {} if added else session
        first = self.bridge.submit("read", start, library, place, show=config.list.show)
        super().__init__(ansi_color=True if "NO_COLOR" in os.environ else None)
        self.animation_level = "none"
        for theme in THEMES:
            self.register_theme(theme)
        self.bare = self.no_color or self.console.color_system in {None, "standard"}
        wanted = session.get("theme", DARK.name)
        self._chosen = wanted if wanted in self.available_themes else DARK.name
        self.theme = BARE_THEME if self.bare else self._chosen
        self.main = MainScreen(
            library,
            config,
            bridge=self.bridge,
            look=self.look,
            clock=clock,
            session=session,
            start=first,
            documents=documents,
            added=added,
        )

    @property
    def look(self) -> Look:
        """What things look like in the present theme."""
        return look_of(self.current_theme, bare=self.bare)

    def get_default_screen(self) -> Screen[None]:
        """The main screen is the first one."""
        return self.main

    def on_mount(self) -> None:
        """Notice when the theme changes; take the keys that the person chose."""
        # A key passes through three threads; each waits so long for one that is storing.
        sys.setswitchinterval(SWITCH_S)
        if self.chosen_keys:
            self._take_keys()
        self.theme_changed_signal.subscribe(self, self._restyle)

    def _take_keys(self) -> None:
        from reader.commands import BY_ID
        from reader.keys import effective

        keys, problems = effective(self.chosen_keys)
        # Textual goes through all of it at every key: nothing that is as it was. What has no
        # key is bound to none, or it would keep those it had.
        changed = {name: mine for name, mine in keys.items() if mine != BY_ID[name].keys}
        self.main.own_keys = changed
        self.set_keymap({name: ",".join(mine) or NO_KEY for name, mine in changed.items()})
        self.main.wrong_keys = "; ".join(problems)
        if changed:
            from reader.tui.spelling import speller

            self.main.status.spell = speller(keys)
        if any(" " in key for mine in keys.values() for key in mine):
            from reader.tui.sequences import Sequences

            self.sequences = Sequences(
                self,
                keys,
                say=self.main.status.wait_for,
                tell=self._tell_below,
                patience=self.bridge.pauses.sequence,
            )

    def _tell_below(self, text: str) -> None:
        """Say something where it is seen: other screens have no such line."""
        if self.screen is self.main:
            self.main.status.tell(text)

    async def on_event(self, event: events.Event) -> None:
        """Take the keys of a sequence as the one that it is bound as."""
        if self.sequences is not None and isinstance(event, events.Key) and not event.is_forwarded:
            key = self.sequences.take(event)
            if key is None:
                return
            event = key
        if isinstance(event, events.Key):
            self.pressed = event
        await super().on_event(event)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Where something is typed, keys that would open a screen are letters."""
        key, line = self.pressed, self.focused
        typed = key and line and line.check_consume_key(key.key, key.character)
        if typed and action in OPENS_LINE:
            return False
        return super().check_action(action, parameters)

    def _restyle(self, theme: Theme) -> None:
        self.main.restyle(self.look)
        if theme.name != self._chosen:
            self._chosen = theme.name
            self.bridge.write(self._remember_theme)

    async def _remember_theme(self) -> None:
        await self.bridge.call("write", self.library.remember, {"theme": self._chosen})

    def action_app_back(self) -> None:
        """One step back; at the first step, quit."""
        if not self._step_back():
            self.action_app_quit()

    def action_app_step_back(self) -> None:
        """One step back, and no further: a finger on Escape loses nothing."""
        self._step_back()

    def _step_back(self) -> bool:
        if self.screen is not self.main:
            self.pop_screen()
            return True
        return self.main.go_back()

    def action_app_quit(self) -> None:
        """Leave, once everything is saved."""
        self.run_worker(self._leave(), group="leave", exclusive=True)

    async def _leave(self) -> None:
        await self.main.leave()
        self.exit(0)

    def action_app_help(self) -> None:
        """Show every key."""
        from reader.keys import commands
        from reader.tui.screens.help import HelpScreen

        self.push_screen(HelpScreen(self.look, commands(self.chosen_keys)))

    def action_app_palette(self) -> None:
        """Run a command by its name."""
        from textual.command import CommandPalette

        from reader.tui.palette import CommandList

        self.push_screen(CommandPalette(providers=[CommandList]))

    def action_app_suspend(self) -> None:
        """Put the reader in the background."""
        self.action_suspend_process()

    def action_app_repaint(self) -> None:
        """Draw the whole screen again."""
        self.refresh(layout=True)
