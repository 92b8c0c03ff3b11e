"""The base of every pane: taking and losing the keys repaints next to nothing."""

from __future__ import annotations

from textual import events
from textual.widget import Widget


class Pane(Widget, can_focus=True):
    """A widget that draws itself line by line and can have the keys."""

    ALLOW_SELECT = False

    def on_focus(self, event: events.Focus) -> None:
        """Take the keys. What Textual does is done here without painting the whole pane."""
        event.prevent_default()
        self.has_focus = True
        if self.parent is not None:
            self.parent.post_message(events.DescendantFocus(self))
        self.show_focus()

    def on_blur(self, event: events.Blur) -> None:
        """Lose the keys."""
        event.prevent_default()
        self.has_focus = False
        if self.parent is not None:
            self.parent.post_message(events.DescendantBlur(self))
        self.show_focus()

    def show_focus(self) -> None:
        """Draw what looks different with the keys and without them."""
