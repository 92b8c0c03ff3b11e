"""What a person asks to follow."""

from __future__ import annotations

from msgspec import Struct


class Wanted(Struct, frozen=True, kw_only=True):
    """A web feed to follow.

    ``title`` is what the person calls it, ``category`` the titles of its categories from
    the top, ``attributes`` what else an OPML outline said, as JSON.
    """

    url: str
    title: str = ""
    category: tuple[str, ...] = ()
    attributes: str = ""
