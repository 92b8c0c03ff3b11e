"""Hints that name keys, with the keys that the person chose."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from reader.commands import BY_ID, key_name

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

HINTED: Final = (
    "history.undo", "list.mark-read", "list.refresh", "feed.pause", "tags.hide",
    "article.pictures", "article.full-text", "article.changes",
)  # fmt: skip
"""Commands whose default key hints name after a point: ``5 read · u undoes``."""
HELP: Final = "? keys"
SELECTED: Final = "m s t X A S act on them"


def speller(keys: Mapping[str, Sequence[str]]) -> Callable[[str], str]:
    """Writes hints anew. ``keys`` are those of each command; one without any is run by ``:``."""

    def now(command_id: str) -> str:
        mine = keys.get(command_id, ())
        return key_name(mine[0]) if mine else f":{BY_ID[command_id].title}"

    named = {key_name(BY_ID[one].keys[0]): now(one) for one in HINTED}
    after_point = re.compile(f"· ([{re.escape(''.join(named))}])(?= [a-z])")
    acting = ("toggle-read", "toggle-star", "edit-tags", "toggle-hidden")
    marks = [*(f"article.{name}" for name in acting), "list.mark-read", "article.save"]
    selected = " ".join(map(now, marks))

    def spell(text: str) -> str:
        text = after_point.sub(lambda found: f"· {named[found[1]]}", text)
        text = text.replace(SELECTED, f"{selected} act on them")
        return f"{now('app.help')} keys" if text == HELP else text

    return spell
