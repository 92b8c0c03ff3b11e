"""Where things are kept, by platformdirs: settings, rules, and the library's database."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

APP = "newsreader"


class Paths(NamedTuple):
    """The files in use. No dataclass: the status bar's command has no time to import them."""

    config: Path
    rules: Path
    library: Path


def paths(environ: Mapping[str, str] = os.environ, *, library: str = "") -> Paths:
    """The files in use. ``library`` (the command line) wins over NEWSREADER_LIBRARY."""
    import platformdirs

    chosen = library or environ.get("NEWSREADER_LIBRARY", "")
    settings = Path(platformdirs.user_config_dir(APP))
    return Paths(
        config=settings / "config.toml",
        rules=settings / "rules.toml",
        library=Path(chosen).expanduser()
        if chosen
        else Path(platformdirs.user_data_dir(APP)) / "library.db",
    )
