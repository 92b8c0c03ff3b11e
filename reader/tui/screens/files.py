"""The list of files that come with an article: Enter plays one, s downloads it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from reader.model.article import Enclosure
from reader.text.terminal import clean_line
from reader.text.urls import outlet
from reader.tui.drawing import Piece, columns
from reader.tui.enclosed import facts_of, sign_of
from reader.tui.screens.choice import ChoiceScreen

if TYPE_CHECKING:
    from reader.tui.themes import Look

KEYS = "Enter plays · s downloads · y copies · q back"


class FilesScreen(ChoiceScreen[Enclosure]):
    """Stays open while files are played and downloaded; its bar tells what came of it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "download", show=False),
        Binding("y", "copy", show=False),
    ]

    def __init__(
        self,
        look: Look,
        files: Sequence[Enclosure],
        *,
        play: Callable[[Enclosure], None],
        download: Callable[[int], None],
    ) -> None:
        super().__init__(look, files, name="files")
        self.play = play
        self.download = download

    def paint(self, item: Enclosure, cells: int) -> list[Piece]:
        """Kind, title or address; size and duration at the right."""
        kind, *amounts = facts_of(item)
        name = clean_line(item.title, 300) or clean_line(item.url, 300)
        left = f" {sign_of(item)} {name}"
        side = f"  {' · '.join((kind, *amounts))} "
        return columns(left, self.look.text, cells, [(side, self.look.muted)])

    def describe(self) -> None:
        """Where the file is."""
        file = self.choices.current
        if file is not None:
            self.say(
                f"{self.choices.cursor + 1}/{self.choices.row_count}  {outlet(file.url)}", KEYS
            )

    def progressed(self, text: str) -> None:
        """Tell how far a download is."""
        self.say(text, "s stops · q back")

    def said(self, text: str) -> None:
        """Tell what came of it."""
        self.say(text, "q back")

    def take(self, chosen: Enclosure) -> None:
        """Play it, and stay."""
        self.play(chosen)

    def action_download(self) -> None:
        """Download the file under the cursor, or stop."""
        self.download(self.choices.cursor)

    def action_copy(self) -> None:
        """Copy its address."""
        file = self.choices.current
        if file is not None:
            self.app.copy_to_clipboard(file.url)
            self.said("Link copied")
