"""The panes of the main screen: composing them, arranging them by size, moving between them."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from textual.containers import Container
from textual.screen import Screen

from reader.commands import BY_ID, key_name
from reader.tui.arrangement import PANES, Arrangement, Pane, arrangement, beside
from reader.tui.hyperlinks import drawn
from reader.tui.place import Place
from reader.tui.widgets.bar import Bar
from reader.tui.widgets.feed_list import FeedList
from reader.tui.widgets.headline_list import HeadlineList
from reader.tui.widgets.marked_article import MarkedArticle
from reader.tui.widgets.status_line import StatusLine
from reader.tui.widgets.tag_list import TagList

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from textual import events
    from textual.app import ComposeResult

    from reader.config import Config
    from reader.library import Library
    from reader.tui.bridge import Bridge
    from reader.tui.themes import Look
    from reader.tui.widgets.article_view import ArticleView
    from reader.tui.widgets.rows import RowList


class Panes(Screen[None], inherit_bindings=False):
    """Feed list, headlines over article, tags, status line. ``pane`` has the keys.

    ``own_keys`` are those of commands to which the person gave others.
    """

    AUTO_FOCUS = ""

    def __init__(
        self,
        library: Library,
        config: Config,
        *,
        bridge: Bridge,
        look: Look,
        clock: Callable[[], datetime],
    ) -> None:
        super().__init__(name="main")
        self.library = library
        self.config = config
        self.bridge = bridge
        self.place = Place()
        self.pane: Pane = "headlines"
        self.left_at: Pane = "headlines"
        self.zen = False
        self.feeds = FeedList(look=look, bridge=bridge)
        self.headlines = HeadlineList(
            look=look,
            bridge=bridge,
            library=library,
            clock=clock,
        )
        self.rule = Bar(id="rule", look=look, rule=True)
        self.article = MarkedArticle(
            look=look, bridge=bridge, library=library, widest=config.article.width
        )
        self.article.justify = config.article.justify
        self.article.hyperlinks = drawn(config.article.hyperlinks, os.environ)
        self.article.strip_tracking = config.links.strip_tracking
        self.tags = TagList(look=look)
        self.status = StatusLine(look=look)
        self.centre = Container(self.headlines, self.rule, self.article, id="centre")
        self.own_keys: Mapping[str, Sequence[str]] = {}
        self._arranged: Arrangement | None = None

    def compose(self) -> ComposeResult:
        """The widgets, arranged for the terminal's size before they are drawn."""
        self.arrange_panes()
        yield Container(self.feeds, self.centre, self.tags, id="panes")
        yield self.status

    def on_resize(self, event: events.Resize) -> None:
        """Fold panes away, or bring them back."""
        self.arrange_panes(event.size.width, event.size.height)

    def arrange_panes(self, columns: int = 0, rows: int = 0) -> None:
        """Show the panes that belong on a screen of this size (the present one by default)."""
        size = self.app.size
        columns, rows = columns or size.width, rows or size.height
        wanted = arrangement(columns, rows, pane=self.pane, zen=self.zen)
        if wanted == self._arranged:
            return
        self._arranged = wanted
        for name in PANES:
            self.widget_of(name).display = name in wanted.shown
        self.rule.display = {"headlines", "article"} <= wanted.shown
        self.centre.display = bool({"headlines", "article"} & wanted.shown)
        self.feeds.styles.width = wanted.feeds or "1fr"
        self.tags.styles.width = wanted.tags or "1fr"
        self.headlines.styles.height = wanted.headlines or "1fr"
        self.article.centre(centred=self.zen)

    def widget_of(self, pane: Pane) -> RowList | ArticleView:
        """The widget of a pane."""
        widgets: dict[Pane, RowList | ArticleView] = {
            "feeds": self.feeds,
            "headlines": self.headlines,
            "article": self.article,
            "tags": self.tags,
        }
        return widgets[pane]

    def go_to(self, pane: Pane, *, leaving: bool = False) -> None:
        """Give a pane the keys. ``leaving``: on the way out, which is not where to come back."""
        self.pane = pane
        if not leaving:
            self.left_at = pane
        self.arrange_panes()
        self.set_focus(self.widget_of(pane), scroll_visible=False)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Follow the mouse, which may have given another pane the keys."""
        name = event.widget.id
        for pane in PANES:
            if pane == name and pane != self.pane:
                self.pane = self.left_at = pane
                self.arrange_panes()

    def first_key(self, command_id: str) -> str:
        """What the person presses for a command; "" where they left it without a key."""
        keys = self.own_keys.get(command_id, BY_ID[command_id].keys)
        return next(map(key_name, keys), "")

    def restyle(self, look: Look) -> None:
        """Draw in another theme."""
        for widget in (self.feeds, self.headlines, self.rule, self.article, self.tags, self.status):
            widget.restyle(look)

    def action_pane_right(self) -> None:
        """Go to the pane on the right, opening what the cursor is on."""
        if self.zen or (self.pane == "feeds" and self.feeds.step_right()):
            return
        if self.pane == "feeds":
            self.feeds.enter()
        elif self.pane == "headlines":
            self.headlines.open_row()
        else:
            self.go_to(beside(self.pane, 1))

    def action_pane_left(self) -> None:
        """Go to the pane on the left; in the feed list, up to the category."""
        if self.zen:
            return
        if self.pane == "feeds":
            self.feeds.step_left()
        else:
            self.go_to(beside(self.pane, -1))
