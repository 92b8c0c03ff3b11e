"""When the main screen is painted: once as it opens, and no more of it than changed after that.

Textual paints a screen that opens four times over, and all of it when another pane gets the
keys; a slow line would carry it all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from reader.tui.screens.panes import Panes

if TYPE_CHECKING:
    from textual.geometry import Region
    from textual.widget import Widget


class Painting(Panes):
    """Nothing is painted before the panes are ``filled``; then each pane paints itself."""

    filled = False
    _paintable = False
    _focusing = False

    def on_idle(self) -> None:
        """Paint, once all that happens while a screen opens has happened."""
        if self.filled and not self._paintable:
            self._paintable = True
            self.refresh(repaint=False, layout=True)

    def _compositor_refresh(self) -> None:
        if self._paintable:
            super()._compositor_refresh()

    def set_focus(
        self, widget: Widget | None, scroll_visible: bool = True, from_app_focus: bool = False
    ) -> None:
        """Give a pane the keys; it and the one that loses them draw that themselves."""
        self._focusing = True
        super().set_focus(widget, scroll_visible, from_app_focus)
        self._focusing = False

    def refresh(
        self,
        *regions: Region,
        repaint: bool = True,
        layout: bool = False,
        recompose: bool = False,
    ) -> Self:
        """Paint again, unless the panes do, or the first painting is still to come."""
        repaint = repaint and self._paintable and not self._focusing
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)
