"""The files of an article by key: played, downloaded while reading goes on."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from pathlib import Path
from typing import TYPE_CHECKING

from reader.model.errors import ReaderError
from reader.opening import Opener, opener_for, run
from reader.text.urls import openable
from reader.tui import opener
from reader.tui.screens.hinting import NO_ARTICLE
from reader.tui.screens.illustrating import Illustrating

if TYPE_CHECKING:
    from reader.model.article import Enclosure, StoredArticle
    from reader.tui.screens.files import FilesScreen

NO_FILES = "No files come with this article"


class Enclosed(Illustrating):
    """One download at a time for each file; what came of a broken one is taken up again."""

    _files: FilesScreen | None = None

    def action_article_files(self) -> None:
        """List the files that come with the article."""
        reading = self.article.reading
        if reading is None:
            self.status.tell(NO_ARTICLE)
        elif not reading.stored.content.enclosures:
            self.status.tell(NO_FILES)
        else:
            from reader.tui.screens.files import FilesScreen

            stored = reading.stored
            self._files = FilesScreen(
                self.article.look,
                stored.content.enclosures,
                play=self.play,
                download=lambda index: self.download(stored, index),
            )
            self.app.push_screen(self._files)

    # --- playing

    def play(self, file: Enclosure) -> None:
        """Play a file with the person's player, else in the browser; copy its link else."""
        chosen = opener_for(
            file.url, self.config.openers, mime=file.mime, player=self.config.media.player
        )
        if chosen is not None and chosen.beside:
            self.bridge.run("player", self._play_beside, chosen)
            return
        if chosen is not None:
            self.status.tell("")
            self.open_with(chosen)
            self.say_of_files(self.status.message or f"Played with {chosen.arguments[0]}")
            return
        why = opener.cannot_open(file.url)
        if not why:
            self.browse(file.url)
            self.say_of_files("Opened in the browser; a player is set under [media]")
        elif openable(file.url):
            self.app.copy_to_clipboard(file.url)
            self.say_of_files(f"{why}, and no player under [media]: the link is copied instead")
        else:
            self.say_of_files(why)

    async def _play_beside(self, chosen: Opener) -> None:
        problem = await self.bridge.call("text", run, chosen)
        self.say_of_files(problem or f"Playing with {chosen.arguments[0]}")

    # --- downloading

    def download(self, stored: StoredArticle, index: int) -> None:
        """Download a file, or stop where it is being downloaded."""
        key = f"download {stored.headline.id} {index}"
        if self.bridge.busy(key):
            self.bridge.cancel(key)
            self.status.progress("")
            self.say_of_files("Stopped; s goes on where it was")
        else:
            self.bridge.run(key, self._download, stored, index)

    async def _download(self, stored: StoredArticle, index: int) -> None:
        from reader.text.amounts import size
        from reader.tui.aside import aside

        folder = Path(self.config.media.folder).expanduser()
        loop = asyncio.get_running_loop()
        path, resumed = folder, 0

        async def work() -> None:
            nonlocal path, resumed
            states = self.library.download(stored.headline.id, index, folder)
            async with aclosing(states):
                async for state in states:
                    path, resumed = state.path, state.resumed_at
                    all_of_it = f" of {size(state.total)}" if state.total else ""
                    loop.call_soon_threadsafe(
                        self._progressed, f"{size(state.received)}{all_of_it}"
                    )

        self._progressed("Downloading…")
        try:
            await aside(work)
        except ReaderError as error:
            self.say_of_files(f"Not downloaded: {error}")
        else:
            taken_up = f"Taken up at {size(resumed)}, saved" if resumed else "Saved"
            self.say_of_files(f"{taken_up} as {path}")
        finally:
            self.status.progress("")

    def _progressed(self, text: str) -> None:
        self.status.progress(text)
        if self._files is not None and self._files.is_current:
            self._files.progressed(text)

    def say_of_files(self, text: str) -> None:
        """Say it where the person is."""
        self.status.tell(text)
        if self._files is not None and self._files.is_current:
            self._files.said(text)
