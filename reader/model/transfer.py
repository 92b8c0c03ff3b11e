"""Lists of feeds that come in from other programs: what stands at a path, and what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec import Struct

if TYPE_CHECKING:
    from reader.text.terminal import SafeText

Found = Literal["folder", "article", "opml", "newsboat"]


class Refusal(Struct, frozen=True):
    """A line of a list that was not taken, as a person knows it, and why."""

    name: SafeText
    reason: SafeText


class PathPreview(Struct, frozen=True, kw_only=True):
    """What stands at a path that a person named, before anything is done with it.

    ``names`` are some of the articles or feeds there. ``articles`` and ``feeds`` count them;
    with ``more`` there are more than were counted. ``known`` feeds are followed already.
    """

    kind: Found
    title: SafeText
    names: tuple[SafeText, ...] = ()
    articles: int = 0
    feeds: int = 0
    known: int = 0
    more: bool = False
    refused: tuple[Refusal, ...] = ()


class ImportReport(Struct, frozen=True, kw_only=True):
    """What an import did. ``added`` and ``known`` are ids of feeds.

    ``articles`` were stored, ``read`` and ``starred`` marked so; ``notes`` are plain
    sentences about what differs from where it came from. ``rules`` are to be appended to
    the file of rules.
    """

    added: tuple[int, ...] = ()
    known: tuple[int, ...] = ()
    refused: tuple[Refusal, ...] = ()
    notes: tuple[SafeText, ...] = ()
    articles: int = 0
    read: int = 0
    starred: int = 0
    rules: tuple[str, ...] = ()
