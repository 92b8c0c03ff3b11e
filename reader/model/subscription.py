"""What a person asks to follow."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """A web feed to follow.

    ``title`` is what the person calls it, ``category`` the titles of its categories from
    the top, ``attributes`` what else an OPML outline said, as JSON.
    """

    url: str
    title: str = ""
    category: tuple[str, ...] = ()
    attributes: str = ""
