"""How long the screen waits before it does what a next key would make pointless."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from reader.model.records import replace

if TYPE_CHECKING:
    from reader.config import Config


class Pauses(Struct, frozen=True, kw_only=True):
    """Times in seconds.

    ``preview``: the cursor rests on a headline before its article is shown; ``feed``: on a
    feed before its headlines are. ``remember``: before place and position are saved.
    ``search``: before what was typed is looked for. ``counts`` and ``arrivals``: between two
    looks at what changed, so that many changes are drawn at once; ``busy`` instead while an
    update runs. ``sequence``: for the next key of a sequence.
    """

    preview: float = 0.15
    feed: float = 0.12
    remember: float = 1.0
    search: float = 0.12
    counts: float = 0.03
    arrivals: float = 0.3
    busy: float = 0.5
    sequence: float = 3.0


def pauses(config: Config) -> Pauses:
    """The pauses a person configured."""
    return replace(Pauses(), preview=config.list.preview_delay_ms / 1000)


NONE = Pauses(preview=0, feed=0, remember=0, search=0, counts=0, arrivals=0, busy=0)
"""For tests: everything follows at once."""
