"""A feed that was found where a person pointed."""

from __future__ import annotations

import re
from typing import Literal

from msgspec import Struct

from reader.text.terminal import SafeText

Kind = Literal["rss", "atom", "json", "feed"]
Origin = Literal["itself", "site", "declared", "linked", "guessed"]

_USER = re.compile(r"^\s*([a-zA-Z][\w+.-]*://)?[^/?#@][^/?#]*@")


class Candidate(Struct, frozen=True, kw_only=True):
    """A feed that may be meant, and how it was found.

    ``articles`` is None where it was not looked into; ``newest`` are the titles that stand
    first in it.
    """

    url: str
    title: SafeText = SafeText("")
    kind: Kind = "feed"
    origin: Origin = "declared"
    articles: int | None = None
    newest: tuple[SafeText, ...] = ()


def address_of(one: Candidate, typed: str) -> str:
    """The address to follow a feed at that was looked for as ``typed``.

    As typed where the feed itself was meant and a user name stands in it: a candidate's
    ``url`` holds no password.
    """
    return typed if one.origin == "itself" and _USER.match(typed) else one.url


def without_user(url: str) -> str:
    """An address without user name and password, as it may be shown."""
    return _USER.sub(r"\1", url)


_AGAIN = (
    ("t is tried again later", "ry again later"),
    ("t is asked again after a pause", "ry again after a pause"),
    ("t is asked again when that time is over", "ry again later"),
)


def now(advice: str) -> str:
    """What an advice on a feed means where the feed is not followed yet: nothing is tried again."""
    for said, meant in _AGAIN:
        advice = advice.replace(f"I{said}", f"T{meant}").replace(f"i{said}", f"t{meant}")
    return advice.replace("It is not asked again; look", "Look").replace(", or unsubscribe", "")
