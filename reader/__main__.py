"""The composition root: picks a head, builds the Library, runs it. Knows both heads."""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False  # typing itself would cost the status bar a third of its time
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from reader.cli.context import Context


def main() -> None:
    """The command ``newsreader``."""
    arguments = sys.argv[1:]
    if arguments == ["unread"]:
        # A status bar asks this every few seconds: no parser, no settings, no Library.
        from reader.storage.glance import unread

        count = unread(_library(os.environ))
        if count is not None:
            sys.stdout.write(f"{count}\n")
            return
    import gc

    # A command is over before it pays to look for garbage in circles; the screen does later.
    gc.disable()
    from reader.cli.main import main as run_command_line

    sys.exit(run_command_line(arguments, open_screen))


def _library(environ: Mapping[str, str]) -> str:
    """The library's file, as ``reader.paths`` has it.

    platformdirs and pathlib are left out where the answer is known: to import them takes as
    long as all the rest.
    """
    if chosen := environ.get("NEWSREADER_LIBRARY"):
        return os.path.expanduser(chosen)  # noqa: PTH111
    if sys.platform == "linux" and "ANDROID_ROOT" not in environ:
        data = environ.get("XDG_DATA_HOME", "").strip() or os.path.expanduser("~/.local/share")  # noqa: PTH111
        return f"{data}/newsreader/library.db"
    from reader.paths import paths

    return str(paths(environ).library)


def open_screen(context: Context, opened: Sequence[Path]) -> int:
    """Open the screen on the library, with ``opened`` added to it first."""
    from pathlib import Path

    from reader.tui.app import NewsreaderApp

    library = context.library
    paths = [path.expanduser().absolute() for path in opened]
    known = len(library.sources())
    for path in paths:
        library.add_folder(path)
    added = len(library.sources()) > known
    if not library.sources():
        library.add_folder(Path(__file__).parent / "welcome")
    documents = tuple(path.resolve() for path in paths if path.is_file())
    app = NewsreaderApp(
        library, context.config, clock=context.clock, documents=documents, added=added
    )
    app.run()
    return app.return_code or 0


if __name__ == "__main__":
    main()
