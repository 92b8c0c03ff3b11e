"""What comes with an item of a feed: enclosures, media, pictures, podcast fields."""

import re
from collections.abc import Iterator, Mapping, Sequence
from xml.etree.ElementTree import Element

from reader.model.article import Enclosure
from reader.model.records import replace
from reader.sources.feedvalues import link, number, seconds, text
from reader.sources.feedxml import NAMES, names

MOST = 50
"""Enclosures of one item beyond this are left out."""

Children = Mapping[str, Sequence[Element]]

_PLAYERS = {"application/x-shockwave-flash"}
_TYPES = {
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "ogg": "audio/ogg",
    "opus": "audio/opus",
    "mp4": "video/mp4",
    "m4v": "video/mp4",
    "webm": "video/webm",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "gif": "image/gif",
    "webp": "image/webp",
    "pdf": "application/pdf",
}
_SUFFIX = re.compile(r"\.(\w{2,5})(?:[?#].*)?$")


def with_type(mime: str, url: str) -> str:
    """``mime``, or what the end of the URL tells where the feed does not say."""
    mime = mime.strip().lower()[:80]
    match = None if mime else _SUFFIX.search(url[-200:])
    return _TYPES.get(match[1].lower(), "") if match else mime


def media(children: Children, base: str) -> tuple[tuple[Enclosure, ...], str]:
    """Files that come with an item, and its picture ("" for none).

    Reads RSS ``enclosure``, Atom ``link rel=enclosure``, Media RSS (also inside
    ``media:group``), iTunes and Podcasting 2.0 elements.
    """
    if _OF_MEDIA.isdisjoint(children) and not _linked_files(children):
        return (), ""
    found: dict[str, Enclosure] = {}
    pictures = list(_pictures(children, base))
    for enclosure in _enclosures(children, base):
        if enclosure.mime.startswith("image/"):
            pictures.append(enclosure.url)
        if len(found) < MOST:
            found.setdefault(enclosure.url, enclosure)
    picture = pictures[0] if pictures else ""
    files = [file for file in found.values() if file.url != picture]
    return tuple(_as_episode(files, children)), picture


_OF_MEDIA = names(
    "enclosure media:content media:group media:thumbnail itunes:image googleplay:image image "
    "podcast:transcript"
)


def _linked_files(children: Children) -> list[Element]:
    return [e for e in children.get("link", ()) if e.get("rel", "").strip().lower() == "enclosure"]


def _enclosures(children: Children, base: str) -> Iterator[Enclosure]:
    for element in [*children.get("enclosure", ()), *_linked_files(children)]:
        if url := link(element.get("url") or element.get("href") or text(element), base):
            yield Enclosure(
                url=url,
                mime=with_type(element.get("type", ""), url),
                size=number(element.get("length")),
                title=element.get("title", "")[:300],
            )
    for element in _media_contents(children):
        mime = element.get("type", "") or _of_medium(element.get("medium", ""))
        url = link(element.get("url", ""), base)
        mime = with_type(mime, url)
        if url and mime and mime not in _PLAYERS:
            yield Enclosure(
                url=url,
                mime=mime,
                size=number(element.get("fileSize") or element.get("filesize")),
                seconds=seconds(element.get("duration", "")),
            )
    for element in children.get("podcast:transcript", ()):
        if url := link(element.get("url", ""), base):
            mime = element.get("type", "").strip().lower()[:80]
            yield Enclosure(url=url, mime=mime or "text/plain", title="Transcript")


def _of_medium(medium: str) -> str:
    medium = medium.strip().lower()
    return f"{medium}/*" if medium in {"audio", "video", "image"} else ""


def _media_contents(children: Children) -> Iterator[Element]:
    yield from children.get("media:content", ())
    for group in children.get("media:group", ()):
        yield from (child for child in group if NAMES[child.tag] == "media:content")


def _pictures(children: Children, base: str) -> Iterator[str]:
    for element in [*children.get("media:thumbnail", ()), *_nested(children, "media:thumbnail")]:
        if url := link(element.get("url") or text(element), base):
            yield url
    for name in ("itunes:image", "googleplay:image", "image"):
        for element in children.get(name, ()):
            inner = next((text(child) for child in element if NAMES[child.tag] == "url"), "")
            url = element.get("href") or element.get("url") or inner or text(element)
            if url := link(url, base):
                yield url


def _nested(children: Children, name: str) -> Iterator[Element]:
    for outer in ("media:content", "media:group"):
        for element in children.get(outer, ()):
            yield from (child for child in element.iter() if NAMES[child.tag] == name)


def _as_episode(files: list[Enclosure], children: Children) -> Iterator[Enclosure]:
    """The files, what the podcast fields say of the episode put on the first of them."""
    told = False
    for file in files:
        if not told and file.mime.startswith(("audio/", "video/")):
            told = True
            length = seconds(_value(children, "itunes:duration"))
            title = file.title or _episode(children)
            yield replace(file, seconds=file.seconds or length, title=title)
        else:
            yield file


def _episode(children: Children) -> str:
    season = number(_value(children, "itunes:season", "podcast:season"), 10_000)
    episode = number(_value(children, "itunes:episode", "podcast:episode"), 100_000)
    if season and episode:
        return f"Season {season}, episode {episode}"
    return f"Episode {episode}" if episode else ""


def _value(children: Children, *names: str) -> str:
    return next((t for n in names for e in children.get(n, ()) if (t := text(e))), "")
