"""Ways to take an article along: as a file of one of four forms, or by mail."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from reader.model.errors import SavingRefused
from reader.opening import mail_link, mailer_for
from reader.tui.drawing import Piece, fit
from reader.tui.screens.changes import WhatChanged
from reader.tui.screens.choice import ChoiceScreen
from reader.tui.screens.hinting import NO_ARTICLE
from reader.tui.themes import Look

if TYPE_CHECKING:
    from reader.library.sharing import Form

NAME_CELLS = 16


@dataclass(frozen=True, slots=True)
class Way:
    """One way. ``form`` is None for mail."""

    form: "Form | None"
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

    def __init__(self, look: Look, folder: Path) -> None:
        super().__init__(look, WAYS, name="share")
        self.folder = folder

    def paint(self, item: Way, cells: int) -> list[Piece]:  # noqa: ARG002  cut by the list
        """One way."""
        return [(fit(f" {item.name}", NAME_CELLS), self.look.text), (item.text, self.look.muted)]

    def describe(self) -> None:
        """Where the file goes."""
        way = self.choices.current
        mail = way is not None and way.form is None
        self.say("" if mail else f"Saved in {self.folder}", "Enter chooses · q back")


class Sharing(WhatChanged):
    """Saves articles, and mails them."""

    def action_article_save(self) -> None:
        """Ask for a form, then save the article in the pane."""
        number = self.article.article_id
        if number is None:
            self.status.tell(NO_ARTICLE)
            return
        folder = Path(self.config.share.folder).expanduser()

        def took(way: Way | None) -> None:
            if way is not None and way.form is not None:
                self.bridge.run("save", self._save_article, number, way.form, folder)
            elif way is not None:
                self.bridge.run("save", self._mail_article, number)

        self.app.push_screen(ShareScreen(self.article.look, folder), took)

    async def _save_article(self, number: int, form: "Form", folder: Path) -> None:
        own = not self.article.instead
        try:
            path = await self.bridge.call(
                "text", self.library.save_article, number, form, folder, own=own
            )
        except SavingRefused as error:
            self.status.tell(str(error))
        else:
            self.status.tell(f"Saved as {path}")

    async def _mail_article(self, number: int) -> None:
        data = await self.bridge.call("text", self.library.exported, number, "text")
        stored = await self.bridge.call("read", self.library.article, number)
        if stored is None:
            return
        title, link, text = stored.content.title, stored.content.link, data.decode()
        own = self.config.share.mail
        chosen = mailer_for(title, link, text, command=own, openers=self.config.openers)
        if chosen is None:
            self.browse(mail_link(title, link))
        else:
            self.open_with(chosen, data=data if own else b"")
