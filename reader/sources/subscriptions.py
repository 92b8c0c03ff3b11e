"""Lists of feeds of other programs to what a person asks to follow, and back to OPML."""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from email.utils import format_datetime
from html import unescape
from typing import Final

from msgspec import Struct

from reader.model.subscription import Wanted
from reader.sources.opml import OpmlDocument, Outline
from reader.text import urls

_MOST_TITLE: Final = 500
_UNDERSTOOD: Final = frozenset({"text", "title", "xmlurl"})

Path = tuple[str, ...]


class Refused(Struct, frozen=True):
    """A line of a list that is not followed: how a person knows it, and why."""

    name: str
    reason: str


class Subscriptions(Struct, frozen=True, kw_only=True):
    """What a list asks for. Each feed stands in ``wanted`` once.

    ``categories`` has what a category's outline said beyond its title, as JSON by its path;
    ``problems`` are plain sentences about the list itself.
    """

    wanted: tuple[Wanted, ...] = ()
    refused: tuple[Refused, ...] = ()
    categories: tuple[tuple[Path, str], ...] = ()
    problems: tuple[str, ...] = ()


class Collector:
    """Gathers feeds, each address once, and what is refused."""

    def __init__(self) -> None:
        self.wanted: list[Wanted] = []
        self.refused: list[Refused] = []
        self._seen: set[str] = set()

    def add(
        self, address: str, *, title: str = "", category: Path = (), attributes: str = ""
    ) -> bool:
        """Take a feed if its address may be followed; whether it was taken."""
        url, reason = feed_url(address)
        same = urls.canonical(url) if url else ""
        if same in self._seen:
            reason = "it stands in the list twice"
        if reason:
            self.refuse(address or title, reason)
            return False
        self._seen.add(same)
        self.wanted.append(Wanted(url=url, title=title, category=category, attributes=attributes))
        return True

    def refuse(self, name: str, reason: str) -> None:
        """Remember what is not followed, and why."""
        self.refused.append(Refused(name[:_MOST_TITLE] or "(a line without a name)", reason))


def feed_url(address: str) -> tuple[str, str]:
    """The address of a feed to follow, or "" and why it is none. Never runs or opens it."""
    address = address.strip()
    lowered = address.lower()
    if lowered.startswith(("feed:http:", "feed:https:")):
        address = address[5:]
    elif lowered.startswith("feed://"):
        address = f"http://{address[7:]}"
    if lowered.startswith(("exec:", "|")):
        return "", "it runs a program, and only web addresses are followed"
    if lowered.startswith("filter:"):
        return "", "it passes the feed through a program, and only web addresses are followed"
    if lowered.startswith(("file:", "/", "~", "./")):
        return "", "it is a file on a computer, and only web addresses are followed"
    if not lowered:
        return "", "it has no address"
    url = urls.absolute(address, "")
    if not url.lower().startswith(("http://", "https://")):
        return "", "it is no web address"
    return url, ""


def of_opml(document: OpmlDocument) -> Subscriptions:
    """The feeds of a list; a category is the path of titles above a feed.

    A feed with feeds under it is a category too. Without one above it, the first path in
    its ``category`` attribute counts (OPML 2.0). Lists within lists are not fetched.
    """
    found = Collector()
    categories: dict[Path, str] = {}
    spaces = dict(document.attributes)
    for outline, path in _with_paths(document.outlines, ()):
        title = title_of(outline)
        address = outline.get("xmlUrl")
        kind = outline.get("type").lower()
        if not address and kind in {"rss", "atom", "feed"}:
            address = outline.get("url")
        if address or kind in {"rss", "atom"}:
            category = path or _category(outline)
            found.add(address, title=title, category=category, attributes=_rest(outline, spaces))
        elif kind in {"include", "link"} and outline.get("url"):
            what = "another list" if kind == "include" else "a page"
            found.refuse(title or outline.get("url"), f"it is a link to {what}, and no feed")
        elif outline.children and title and (rest := _rest(outline, spaces)):
            categories[(*path, title)] = rest
    return Subscriptions(
        wanted=tuple(found.wanted),
        refused=tuple(found.refused),
        categories=tuple(categories.items()),
        problems=document.problems,
    )


def to_opml(
    feeds: Iterable[Wanted],
    *,
    title: str,
    created: datetime,
    sites: Mapping[str, str] | None = None,
    categories: Mapping[Path, str] | None = None,
) -> OpmlDocument:
    """The list that ``of_opml`` makes the same feeds of, categories nested.

    ``sites`` are the pages of feeds by feed address, ``categories`` as in
    ``Subscriptions``. Where an import brought attributes, they are there again.
    """
    top: dict[str, object] = {}
    for feed in feeds:
        place = top
        for step in feed.category:
            place = place.setdefault(f"c{step}", {})  # type: ignore[assignment]
        place[f"f{feed.url}"] = _feed_outline(feed, (sites or {}).get(feed.url, ""))
    return OpmlDocument(
        title=title,
        outlines=tuple(_outlines(top, (), categories or {})),
        head=(("dateCreated", format_datetime(created)),),
    )


def title_of(outline: Outline) -> str:
    """What a line is called, "" for nothing; references escaped twice are undone."""
    return unescape(outline.get("text") or outline.get("title"))[:_MOST_TITLE]


def _with_paths(outlines: Iterable[Outline], path: Path) -> Iterator[tuple[Outline, Path]]:
    for outline in outlines:
        yield outline, path
        if outline.children:
            title = title_of(outline)
            yield from _with_paths(outline.children, (*path, title) if title else path)


def _category(outline: Outline) -> Path:
    first = outline.get("category").partition(",")[0].strip()
    return tuple(part for part in first.split("/") if part) if first.startswith("/") else ()


def _rest(outline: Outline, spaces: Mapping[str, str]) -> str:
    """What else a line says, as JSON; prefixes bring their declaration along."""
    rest = {k: v for k, v in outline.attributes if k.lower() not in _UNDERSTOOD}
    for prefix in {k.partition(":")[0] for k in rest if ":" in k}:
        if (declaration := f"xmlns:{prefix}") in spaces:
            rest[declaration] = spaces[declaration]
    return json.dumps(rest, ensure_ascii=False) if rest else ""


def _attributes(text: str) -> dict[str, str]:
    try:
        found = json.loads(text) if text else {}
    except ValueError:
        return {}
    return {str(k): str(v) for k, v in found.items()} if isinstance(found, dict) else {}


def _feed_outline(feed: Wanted, site: str) -> Outline:
    rest = {k: v for k, v in _attributes(feed.attributes).items() if k.lower() not in _UNDERSTOOD}
    title = feed.title or urls.outlet(feed.url)
    known = {"text": title, "title": title, "type": rest.pop("type", "rss"), "xmlUrl": feed.url}
    if page := site or rest.get("htmlUrl", ""):
        known["htmlUrl"] = page
        rest.pop("htmlUrl", None)
    return Outline(tuple({**known, **rest}.items()))


def _outlines(
    place: Mapping[str, object], path: Path, categories: Mapping[Path, str]
) -> Iterator[Outline]:
    for key, value in place.items():
        if isinstance(value, Outline):
            yield value
        elif isinstance(value, dict):
            here = (*path, key[1:])
            rest = _attributes(categories.get(here, ""))
            own = {"text": key[1:], "title": key[1:]}
            children = tuple(_outlines(value, here, categories))
            yield Outline(tuple({**own, **rest}.items()), children)
