"""Takes an article along: saved as a file of one of four forms, or by mail."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from reader.model.errors import SavingRefused
from reader.opening import mail_link, mailer_for
from reader.tui.screens.fulltext import PAGE
from reader.tui.screens.hinting import NO_ARTICLE
from reader.tui.screens.piping import Piping

if TYPE_CHECKING:
    from reader.library.sharing import Form
    from reader.tui.screens.ways import Way


class Sharing(Piping):
    """Saves articles, and mails them."""

    def action_article_save(self) -> None:
        """Ask for a form, then save the article in the pane."""
        number = self.article.article_id
        if number is None:
            self.status.tell(NO_ARTICLE)
            return
        from reader.tui.screens.ways import ShareScreen

        folder = Path(self.config.share.folder).expanduser()

        def took(way: Way | None) -> None:
            if way is not None and way.form is not None:
                self.bridge.run("save", self._save_article, number, way.form, folder)
            elif way is not None:
                self.bridge.run("save", self._mail_article, number)

        self.app.push_screen(ShareScreen(self.article.look, shortly(folder)), took)

    async def _save_article(self, number: int, form: Form, folder: Path) -> None:
        own = self.article.text_name != PAGE
        try:
            path = await self.bridge.call(
                "text", self.library.save_article, number, form, folder, own=own
            )
        except SavingRefused as error:
            self.status.tell(str(error))
        else:
            self.status.tell(f"Saved as {shortly(path)}")

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
            if not chosen.beside and not self.status.message:
                self.status.tell(f"{chosen.arguments[0]} had the article")


def shortly(path: Path) -> str:
    """A path with the person's own folder as ``~``."""
    home = Path.home()
    return str(Path("~") / path.relative_to(home)) if path.is_relative_to(home) else str(path)
