"""OPML that is no XML: bare ampersands, quotes inside quotes, lines that never end."""

import re
from collections.abc import Iterator, Mapping
from typing import Protocol

from msgspec import Struct

from reader.sources.feedsoup import decoded

# The tags that make a list. Whatever else begins with "<" stands in a head or in a value.
_TAG = re.compile(r"<(?=/?\s*(?:opml|head|body|outline)\b)", re.IGNORECASE)
_NAME = re.compile(r"(/?)\s*([A-Za-z_][\w:.-]*)")
_OF_HEAD = re.compile(r"<([A-Za-z_][\w:.-]*+)[^<>]*+>([^<]*+)</")
_DOCTYPE = re.compile(r"[^<>\[]*+(?:\[[^\]]*+\]\s*+)?>")
# Where a value begins. It goes on to where the next one begins: whatever quotes are in
# between are part of it.
_QUOTED = r"""(?:^|(?<=[\s"']))([A-Za-z_][\w:.-]*)\s*=\s*(["'])"""
_BARE = r"""(?:^|(?<=[\s"']))(xmlUrl|htmlUrl|url|text|title|type)\s*=\s*(?=[^\s"'])()"""
_VALUE = re.compile(f"{_QUOTED}|{_BARE}", re.IGNORECASE)


class Builder(Protocol):
    """What takes the elements, as ``reader.sources.opml`` has it."""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, text: str) -> None:
        """Text between tags."""

    @property
    def open_feed(self) -> bool:
        """Whether the innermost open outline is a feed."""


class _Tag(Struct, frozen=True):
    name: str
    ends: bool
    whole: bool
    attributes: str
    behind: str


def read(text: str, builder: Builder) -> None:
    """Hand the elements of ``text`` to ``builder``. Linear; never raises.

    Where lines are left open, a line that is a feed ends where the next one begins.
    """
    tags = list(_tags(_without_type(_without_comments(text))))
    outlines = [tag for tag in tags if tag.name.lower() == "outline" and not tag.whole]
    left_open = sum(-1 if tag.ends else 1 for tag in outlines) > 0
    for tag in tags:
        if tag.ends:
            builder.end(tag.name)
        else:
            if left_open and tag.name.lower() == "outline" and builder.open_feed:
                builder.end("outline")
            builder.start(tag.name, dict(_attributes(tag.attributes)))
            if tag.whole:
                builder.end(tag.name)
        if tag.name.lower() == "head" and not tag.ends:
            for match in _OF_HEAD.finditer(tag.behind):
                builder.start(match[1], {})
                builder.text(decoded(match[2]))
                builder.end(match[1])


def _tags(text: str) -> Iterator[_Tag]:
    for piece in _TAG.split(text)[1:]:
        if not (match := _NAME.match(piece)):
            continue
        # Between lines there is no text: a ">" before the last is inside a value.
        outline = match[2].lower() == "outline"
        end = piece.rfind(">") if outline else piece.find(">")
        inside = piece[match.end() : end if end >= 0 else len(piece)].rstrip()
        whole = inside.endswith("/")
        behind = piece[end + 1 :] if end >= 0 else ""
        yield _Tag(match[2], bool(match[1]), whole, inside.removesuffix("/"), behind)


def _attributes(text: str) -> Iterator[tuple[str, str]]:
    starts = list(_outside_markup(text))
    for place, match in enumerate(starts):
        end = starts[place + 1].start() if place + 1 < len(starts) else len(text)
        value = text[match.end() : end]
        if quote := match[2]:
            yield match[1], decoded(value[: value.rfind(quote)] if quote in value else value)
        else:
            yield match[3], decoded((value.split(maxsplit=1) or [""])[0])


def _outside_markup(text: str) -> Iterator[re.Match[str]]:
    """Where values begin, but for those of HTML tags inside a value."""
    looked_at, inside = 0, False
    for match in _VALUE.finditer(text):
        opened = text.rfind("<", looked_at, match.start())
        closed = text.rfind(">", looked_at, match.start())
        if opened != closed:
            inside = opened > closed
        looked_at = match.start()
        if not inside:
            yield match


def _without_type(text: str) -> str:
    """Entities that a document type declares may hold what looks like lines."""
    start = text[:10_000].upper().find("<!DOCTYPE")
    match = _DOCTYPE.match(text, start + 2) if start >= 0 else None
    return text[match.end() :] if match else text


def _without_comments(text: str) -> str:
    parts, at = [], 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start)) >= 0:
        parts.append(text[at:start])
        at = end + 3
    parts.append(text[at:])
    return "".join(parts)
