"""Tags: labels on articles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec import Struct

if TYPE_CHECKING:
    from reader.text.terminal import SafeText

TagKind = Literal["given", "user", "derived"]
TagOrder = Literal["unread", "articles", "name"]


class Tag(Struct, frozen=True):
    """A label. ``kind`` tells who put it there."""

    name: SafeText
    kind: TagKind


class TagRow(Struct, frozen=True, kw_only=True):
    """A row of the tag sidebar: how many articles carry the tag, how many are unread.

    ``colour`` is what the person chose for it, "" for none; ``hidden`` that they do not want
    to see it there.
    """

    id: int
    name: SafeText
    kind: TagKind
    articles: int
    unread: int
    colour: str = ""
    hidden: bool = False
