"""The command line's front: tells commands from paths, parses, runs, turns errors into words."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from reader import __version__
from reader.cli import about, articles, feeds, sources
from reader.cli.context import Context
from reader.cli.exits import Exit
from reader.config import Config, ConfigUnusable, load
from reader.model.errors import LibraryUnusable, ReaderError, SavingRefused
from reader.paths import paths

OpenScreen = Callable[[Context, Sequence[Path]], int]

GROUPS = (articles, sources, feeds, about)


def build_parser() -> argparse.ArgumentParser:
    """The parser of everything but PATHs."""
    parser = argparse.ArgumentParser(
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


def main(arguments: Sequence[str], open_screen: OpenScreen) -> int:
    """Run one command line and return its exit code."""
    parser = build_parser()
    library, rest = _leading_library(arguments)
    is_command = not rest or rest[0] in command_names(parser) or rest[0].startswith("-")
    try:
        if is_command:
            options = parser.parse_args(list(arguments))
            context = _context(options.library or library)
        else:
            context = _context(library)
    except ReaderError as error:
        sys.stderr.write(f"newsreader: {error}\n")
        return Exit.UNUSABLE
    try:
        if not is_command or options.command is None:
            return open_screen(context, [Path(item) for item in rest if is_command is False])
        return int(options.run(context, options))
    except BrokenPipeError:
        _leave_pipe()
        return Exit.OK
    except KeyboardInterrupt:
        return 130
    except LibraryUnusable as error:
        context.talk(str(error))
        return Exit.UNUSABLE
    except SavingRefused as error:
        context.talk(f"not saved: {error}")
        return Exit.FAILED
    except ReaderError as error:
        context.talk(str(error))
        return Exit.FAILED
    finally:
        context.close()


def _leading_library(arguments: Sequence[str]) -> tuple[str, list[str]]:
    """``--library FILE`` before a PATH, and what follows it."""
    rest = list(arguments)
    library = ""
    while rest and (rest[0] == "--library" or rest[0].startswith("--library=")):
        option = rest.pop(0)
        library = option.partition("=")[2] or (rest.pop(0) if rest else "")
    if rest[:1] == ["--"]:
        rest = [str(Path(item).absolute()) for item in rest[1:]]
    return library, rest


def _context(library: str) -> Context:
    where = paths(library=library)
    try:
        config, problems = load(where.config)
    except ConfigUnusable as error:
        config, problems = Config(), (f"{error}; the defaults are used",)
    context = Context(paths=where, config=config, environ=os.environ)
    for problem in problems:
        context.talk(problem)
    return context


def _leave_pipe() -> None:
    """Keep Python from complaining about the closed pipe again at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
