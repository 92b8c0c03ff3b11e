"""The list of ways to take an article along."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from reader.tui.drawing import Piece, fit
from reader.tui.screens.choice import ChoiceScreen

if TYPE_CHECKING:
    from reader.library.sharing import Form
    from reader.tui.themes import Look

NAME_CELLS = 16


class Way(Struct, frozen=True):
    """One way. ``form`` is None for mail."""

    form: Form | None
    name: str
    text: str


WAYS = (
    Way("md", "Markdown", "with front matter: it opens here again as an article"),
    Way("html", "Web page", "one file for any browser"),
    Way("text", "Text", "plain, 80 columns wide"),
    Way("epub", "E-book", "EPUB, for an e-reader"),
    Way(None, "Mail", "to somebody else, with your mail program"),
)


class ShareScreen(ChoiceScreen[Way]):
    """The ways as a list; the bar tells where files go."""

    def __init__(self, look: Look, folder: str, *, many: bool = False) -> None:
        # Mail takes one article.
        ways = [way for way in WAYS if way.form is not None] if many else WAYS
        super().__init__(look, ways, name="share")
        self.folder = folder

    def paint(self, item: Way, cells: int) -> list[Piece]:  # noqa: ARG002  cut by the list
        """One way."""
        return [(fit(f" {item.name}", NAME_CELLS), self.look.text), (item.text, self.look.muted)]

    def describe(self) -> None:
        """Where the file goes."""
        way = self.choices.current
        mail = way is not None and way.form is None
        self.say("" if mail else f"Saved in {self.folder}", "Enter chooses · q back")
