"""The command line's front: tells commands from paths, runs, turns errors into words."""

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from reader.cli.context import Context
from reader.cli.exits import Exit
from reader.config import Config, ConfigUnusable, load
from reader.model.errors import LibraryUnusable, ReaderError
from reader.paths import paths
from reader.text.terminal import clean_line

if TYPE_CHECKING:
    import argparse

OpenScreen = Callable[[Context, Sequence[Path]], int]
Run = Callable[[Context], int]


def main(arguments: Sequence[str], open_screen: OpenScreen) -> int:
    """Run one command line and return its exit code."""
    library, rest = _leading_library(arguments)
    run: Run
    if _names_paths(rest):
        run = _opener(rest, open_screen)
    else:
        # Imported late: who opens the screen should not wait for a parser.
        from reader.cli.parser import build_parser, command_names

        parser = build_parser()
        names = command_names(parser)
        if rest[0].startswith("-") or rest[0] in names:
            options = parser.parse_args(list(arguments))
            library = options.library or library
            run = _opener([], open_screen) if options.command is None else _runner(options)
        elif os.sep not in rest[0] and not os.path.lexists(rest[0]):
            run = _unknown(rest[0], list(names))
        else:
            run = _opener(rest, open_screen)
    try:
        context = _context(library)
    except ReaderError as error:
        sys.stderr.write(f"newsreader: {clean_line(str(error))}\n")
        return Exit.UNUSABLE
    context.show_screen = lambda: open_screen(context, [])
    try:
        return _guarded(run, context)
    finally:
        context.close()


def _names_paths(rest: Sequence[str]) -> bool:
    """Whether it is clear without the commands' names that paths are meant, or nothing."""
    return not rest or (not rest[0].startswith("-") and (os.sep in rest[0] or rest[0] == "."))


def _opener(rest: Sequence[str], open_screen: OpenScreen) -> Run:
    return lambda context: open_screen(context, [Path(item) for item in rest])


def _unknown(word: str, names: Sequence[str]) -> Run:
    """Say that a word is neither a command nor a path, and which command may be meant."""

    def run(context: Context) -> int:
        # Imported late: only who errs waits for it.
        from difflib import get_close_matches

        meant = get_close_matches(word, names, n=2)
        guess = f"did you mean {' or '.join(meant)}? " if meant else ""
        context.talk(
            f"there is no command, file or folder {clean_line(word, 200)}; {guess}"
            "newsreader --help lists the commands"
        )
        return Exit.USAGE

    return run


def _runner(options: "argparse.Namespace") -> Run:
    return lambda context: int(options.run(context, options))


def _guarded(run: Run, context: Context) -> int:
    """Run, and turn what goes wrong into words and an exit code."""
    try:
        return run(context)
    except BrokenPipeError:
        _leave_pipe()
        return Exit.OK
    except KeyboardInterrupt:
        context.talk("stopped; what was done until then is kept")
        return Exit.STOPPED
    except LibraryUnusable as error:
        context.talk(str(error))
        return Exit.UNUSABLE
    except ReaderError as error:
        context.talk(str(error))
        return Exit.FAILED


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
