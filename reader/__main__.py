"""The composition root: picks a head, builds the Library, runs it."""

import sys
from collections.abc import Sequence
from pathlib import Path

from reader.cli.context import Context
from reader.cli.main import main as run_command_line


def open_screen(context: Context, paths: Sequence[Path]) -> int:
    """Open the screen on the library, with ``paths`` added to it first."""
    from reader.tui.app import NewsreaderApp

    library = context.library
    opened = [library.add_folder(path.expanduser().absolute()) for path in paths]
    if not library.sources():
        opened = [library.add_folder(Path(__file__).parent / "welcome")]
    app = NewsreaderApp(library, context.config, clock=context.clock, opened=tuple(opened))
    app.run()
    return app.return_code or 0


def main() -> None:
    """The command ``newsreader``."""
    sys.exit(run_command_line(sys.argv[1:], open_screen))


if __name__ == "__main__":
    main()
