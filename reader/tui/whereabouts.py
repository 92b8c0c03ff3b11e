"""Where a person stands, in words: for the status line, and for a list that is empty."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.tui.place import Place


def told(place: Place, title: str, tags: Sequence[str]) -> str:
    """The place in one line: row of the feed list, filter, tags, query."""
    parts = [title, place.show if place.show != "all" else "", *(f"#{name}" for name in tags)]
    parts.append(f"/{place.typed}" if place.typed else "")
    return " · ".join(part for part in parts if part)


def empty_list(place: Place, *, feeds: bool, looking: bool = False) -> tuple[str, ...]:
    """Why a list has nothing, and which key helps. ``feeds``: the library has any.

    ``looking``: it is not known yet whether the list has anything.
    """
    if looking:
        return ("Looking through the articles…",)
    if not feeds:
        return (
            "Your library is empty.",
            "a adds a site, a feed, a folder of articles, or a list of feeds.",
            "Or start the reader on a folder: newsreader ~/news",
        )
    if place.typed:
        return ("Nothing here fits the query.", "/ changes it, q lets go of it.")
    if place.tags:
        return ("No article here has all of these tags.", "q lets go of the tags.")
    if place.show == "unread":
        return (
            "Nothing unread here.",
            "1 shows all, n goes to the next feed with unread articles.",
        )
    if place.show == "starred":
        return ("Nothing starred here.", "s stars an article, 1 shows all.")
    return ("No articles here yet.", "r looks for new ones.")
