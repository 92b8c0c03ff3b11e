"""A progress bar on stderr for long work, and nothing where that is not a terminal."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from reader.cli.context import Context
from reader.text.terminal import SafeText


class Progress(Protocol):
    """Takes how far the work is."""

    def __call__(self, done: int, total: int, title: SafeText) -> None:
        """``done`` of ``total`` steps; now at ``title``."""


def _silent(done: int, total: int, title: SafeText) -> None:
    """Progress that nobody watches."""


@contextmanager
def progress(context: Context, label: str) -> Iterator[Progress]:
    """A bar that goes away when the work is done."""
    if not context.stderr.isatty():
        yield _silent
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
    from rich.text import Text

    class Title(TextColumn):
        """What is worked on now, as plain text: a title is never markup."""

        def render(self, task: object) -> Text:
            return Text(getattr(task, "fields", {}).get("at", ""), overflow="ellipsis")

    columns = (TextColumn(label), BarColumn(), MofNCompleteColumn(), Title(""))
    console = Console(file=context.stderr)
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(label, total=None, at="")

        def advance(done: int, total: int, title: SafeText) -> None:
            bar.update(task, completed=done, total=total, at=title[:60])

        yield advance
