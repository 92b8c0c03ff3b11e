"""Gives an article to a program of the person's own, and shows what it says."""

from __future__ import annotations

import json

from reader.opening import Answer, Opener, answer, run, words_of
from reader.text.terminal import clean, clean_line
from reader.tui.lending import terminal_lent
from reader.tui.screens.fulltext import PAGE
from reader.tui.screens.hinting import NO_ARTICLE
from reader.tui.screens.prompting import Prompting
from reader.tui.screens.versions import Versions

HISTORY = "pipes"
MOST_REMEMBERED = 50
TERMINAL = "!"
"""Before a command: it has the terminal while it runs."""


class Piping(Prompting, Versions):
    """`|`: the article goes to a program as Markdown, as it is saved; no shell is involved."""

    session: dict[str, str]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The tags have a meaning of their own for the key."""
        if action == "article_pipe" and self.pane == "tags":
            return False
        return super().check_action(action, parameters)

    async def action_article_pipe(self) -> None:
        """Ask for a command; end the one that runs."""
        number = self.article.article_id
        if self.bridge.busy("pipe"):
            self.bridge.cancel("pipe")
            self.status.tell("The program was stopped")
        elif number is None:
            self.status.tell(NO_ARTICLE)
        else:
            await self._ask_command(number)

    async def _ask_command(self, number: int) -> None:
        from reader.tui.widgets.prompt import Question

        history = remembered(self.session.get(HISTORY, ""))

        def done(text: str) -> None:
            self.close_prompt()
            line = text.strip()
            if line.removeprefix(TERMINAL).strip():
                self._remember_command([line, *(one for one in history if one != line)])
                self.bridge.run("pipe", self._pipe, number, line)

        label = "Give the article to (! with the terminal):"
        left = self.close_prompt
        await self.ask(Question(label=label, history=history, done=done, left=left))

    def _remember_command(self, history: list[str]) -> None:
        self.session[HISTORY] = json.dumps(history[:MOST_REMEMBERED])
        kept = {HISTORY: self.session[HISTORY]}

        async def save() -> None:
            await self.bridge.call("write", self.library.remember, kept)

        self.bridge.write(save)

    async def _pipe(self, number: int, line: str) -> None:
        try:
            words = words_of(line.removeprefix(TERMINAL))
        except ValueError as error:
            self.status.tell(str(error))
            return
        own = self.article.text_name != PAGE
        data = await self.bridge.call("text", self.library.exported, number, "md", own=own)
        name = clean_line(words[0], 40)
        if line.startswith(TERMINAL):
            with terminal_lent(self.app):
                problem = run(Opener(words), data=data)
            self.status.tell(clean_line(problem) or f"{name} had the article")
            return
        self.status.tell("")
        self.status.progress(f"{name} runs, | stops it")
        try:
            found = await _answered(words, data)
        finally:
            self.status.progress("")
        self._show_answer(name, line, found)

    def _show_answer(self, name: str, line: str, found: Answer) -> None:
        """A line in the status line, more of them on a screen of their own."""
        text = clean(found.output.decode(errors="replace")).strip("\n")
        lines = text.split("\n") if text.strip() else []
        ended = f"exit code {found.code}"
        if found.problem:
            self.status.tell(clean_line(found.problem))
        elif len(lines) > 1 and self.app.screen is self:
            from reader.text.source import Source
            from reader.tui.screens.pager import PagerScreen

            cut = ", the rest was left out" if found.cut else ""
            screen = PagerScreen(
                look=self.article.look,
                bridge=self.bridge,
                title=str(clean_line(line)),
                body=Source([(text, "")]),
                widest=max(self.article.widest, self.size.width),
                told=f"{ended}, {len(lines):,} lines{cut}",
            )
            self.app.push_screen(screen)
            self.status.tell(f"{name}: {ended}, {len(lines):,} lines")
        else:
            parts = [f"{name}: {ended}", *(clean_line(one) for one in lines[:1])]
            self.status.tell(" · ".join(parts))


async def _answered(words: tuple[str, ...], data: bytes) -> Answer:
    """What a program says; it ends where nobody waits for that any more."""
    import asyncio
    import threading

    stop = threading.Event()
    try:
        return await asyncio.to_thread(answer, words, data, stop=stop.is_set)
    finally:
        stop.set()


def remembered(text: str) -> list[str]:
    """The commands that were kept, the last one first; what is no list of them is none."""
    try:
        found = json.loads(text or "[]")
    except ValueError:
        return []
    return [str(one) for one in found] if isinstance(found, list) else []
