"""Keys pressed one after the other: folds those of a sequence into one, bound as any key is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events

from reader.commands import key_name

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from textual.app import App
    from textual.binding import ActiveBinding
    from textual.timer import Timer

MOST_SHOWN = 8
"""So many continuations are named while one is waited for."""


class Sequences:
    """What was ``pressed`` of a sequence so far, "" between sequences.

    ``keys`` are those of every command. ``say`` shows what is waited for ("" ends that),
    ``tell`` what came of it; ``patience`` is for how long a key is waited for, in seconds.
    """

    def __init__(
        self,
        app: App[int],
        keys: Mapping[str, Sequence[str]],
        *,
        say: Callable[[str], None],
        tell: Callable[[str], None],
        patience: float,
    ) -> None:
        self.app = app
        self.say = say
        self.tell = tell
        self.patience = patience
        self.pressed = ""
        self._begin = {
            key.partition(" ")[0] for several in keys.values() for key in several if " " in key
        }
        self._timer: Timer | None = None

    def take(self, event: events.Key) -> events.Key | None:
        """The key to go on with: this one, a whole sequence, or None while it is not complete."""
        if not self.pressed and not self._may_begin(event):
            return event
        begun, typed = bool(self.pressed), f"{self.pressed} {event.key}".strip()
        self._let_go()
        if begun and event.key == "escape":
            return None
        bound = self._bound(typed)
        if typed in bound:
            return events.Key(typed, None) if begun else event
        if bound:
            self._wait(typed, bound)
            return None
        if begun:
            self.tell(f"{key_name(typed)} does nothing")
            return None
        return event

    def _may_begin(self, event: events.Key) -> bool:
        if event.key not in self._begin:
            return False
        focused = self.app.focused
        return focused is None or not focused.check_consume_key(event.key, event.character)

    def _bound(self, typed: str) -> Mapping[str, ActiveBinding]:
        """What ``typed`` does, alone, or the sequences that go on from it.

        What the pane has keys for goes before what works everywhere, as for single keys.
        """
        active = self.app.screen.active_bindings
        longer = {key: one for key, one in active.items() if key.startswith(f"{typed} ")}
        own = active.get(typed)
        if own is None:
            return longer
        focused = self.app.focused or self.app.screen
        near = {node: place for place, node in enumerate(focused.ancestors_with_self)}
        nearest = min((near[one.node] for one in longer.values()), default=len(near))
        return {typed: own} if near[own.node] <= nearest else longer

    def _wait(self, typed: str, bound: Mapping[str, ActiveBinding]) -> None:
        self.pressed = typed
        told = [f"{key_name(key[len(typed) + 1 :])} {one.binding.description}"
                for key, one in bound.items()]  # fmt: skip
        more = " · …" if len(told) > MOST_SHOWN else ""
        self.say(f"{key_name(typed)}-  {' · '.join(told[:MOST_SHOWN])}{more}")
        self._timer = self.app.set_timer(self.patience, self._let_go)

    def _let_go(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        if self.pressed:
            self.pressed = ""
            self.say("")
