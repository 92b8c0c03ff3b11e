"""Takes articles along: each saved as a file of one of four forms, or by mail."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from reader.model.errors import SavingRefused, SourceUnreadable
from reader.opening import mail_link, mailer_for
from reader.tui.screens.fulltext import PAGE
from reader.tui.screens.hinting import NO_ARTICLE
from reader.tui.screens.piping import Piping

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from reader.library.sharing import Form
    from reader.tui.screens.ways import Way


class Sharing(Piping):
    """Saves articles, and mails them. ``selected`` are the ids of what is selected."""

    selected: Callable[[], Coroutine[Any, Any, list[int]]]
    let_go_selection: Callable[[], bool]

    def action_article_save(self) -> None:
        """Ask for a form, then save the article in the pane, or the selection."""
        number = self.article.article_id
        many = bool(self.headlines.selection)
        if number is None and not many:
            self.status.tell(NO_ARTICLE)
            return
        from reader.tui.screens.ways import ShareScreen

        folder = Path(self.config.share.folder).expanduser()

        def took(way: Way | None) -> None:
            if way is None:
                return
            if many and way.form is not None:
                self.bridge.run("save", self._save_selected, way.form, folder)
            elif number is not None and way.form is not None:
                self.bridge.run("save", self._save_article, number, way.form, folder)
            elif number is not None:
                self.bridge.run("save", self._mail_article, number)

        self.app.push_screen(ShareScreen(self.article.look, shortly(folder), many=many), took)

    async def _save_selected(self, form: Form, folder: Path) -> None:
        ids = await self.selected()
        saved = 0
        self.let_go_selection()
        try:
            for number in ids:
                self.status.progress(f"Saving {saved + 1:,} of {len(ids):,}")
                await self.bridge.call("text", self.library.save_article, number, form, folder)
                saved += 1
        except (SavingRefused, SourceUnreadable) as error:
            self.status.tell(f"Saved {saved:,} of {len(ids):,}: {error}")
        else:
            self.status.tell(f"Saved {saved:,} in {shortly(folder)}")
        finally:
            self.status.progress("")

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
