"""The parser of every command; made only where there is a command to parse."""

import argparse
from collections.abc import Sequence
from typing import NoReturn

from reader import __version__
from reader.cli import (
    about,
    articles,
    feeds,
    marks,
    reading,
    rules,
    search,
    sharing,
    smart,
    sources,
    transfer,
)
from reader.cli.queries import spelled
from reader.text.terminal import clean_line

GROUPS = (
    articles,
    search,
    marks,
    reading,
    sharing,
    sources,
    feeds,
    smart,
    rules,
    transfer,
    about,
)


class Parser(argparse.ArgumentParser):
    """A parser whose complaints are safe to print.

    They repeat the arguments, which a shell may have made of the names of files.
    """

    def parse_known_args(  # type: ignore[override]
        self,
        args: Sequence[str] | None = None,
        namespace: argparse.Namespace | None = None,
    ) -> tuple[argparse.Namespace, list[str]]:
        """In a command that takes a query, ``-word`` is no option."""
        if args is not None and self.get_default("takes_query"):
            args = spelled(args)
        found: tuple[argparse.Namespace, list[str]] = super().parse_known_args(args, namespace)
        return found

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and exit."""
        super().error(clean_line(message))


def build_parser() -> argparse.ArgumentParser:
    """The parser of everything but PATHs."""
    parser = Parser(
        prog="newsreader",
        description="Read news in the terminal: folders of saved articles and web feeds.",
        epilog="newsreader PATH... opens folders or files; newsreader alone reopens the library.",
    )
    parser.add_argument("--version", action="version", version=f"newsreader {__version__}")
    parser.add_argument(
        "--library", metavar="FILE", default="", help="use this database (or NEWSREADER_LIBRARY)"
    )
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    for group in GROUPS:
        group.register(commands)
    return parser


def command_names(parser: argparse.ArgumentParser) -> frozenset[str]:
    """The names that are commands and not paths."""
    return frozenset(
        name
        for action in parser._actions  # noqa: SLF001 - argparse has no public way to ask
        if isinstance(action, argparse._SubParsersAction)  # noqa: SLF001
        for name in action.choices
    )
