"""What a user of newsboat brings along: its urls file, its cache and its kill file.

Nothing of newsboat's is written to, run or followed.
"""

import json
import re
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from msgspec import Struct

from reader.model.article import Enclosure, RawArticle
from reader.model.errors import SourceUnreadable
from reader.sources import feedvalues
from reader.sources.feedvalues import Content
from reader.sources.newsboatfilter import Untranslatable, translate
from reader.sources.subscriptions import Collector, Refused, Subscriptions, feed_url
from reader.text.blocks import BodyKind
from reader.text.decode import decode

_LONGEST_LINE: Final = 10_000
_MOST_ROWS: Final = 1_000_000
_ESCAPES: Final = {"n": "\n", "r": "\r", "t": "\t"}
_NO_ARTICLE = re.compile(r"[<&]")


class SmartFeed(Struct, frozen=True, kw_only=True):
    """A query feed: ``query`` in the filter language, ``notes`` on where it differs."""

    title: str
    query: str
    category: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class UrlsFile(Struct, frozen=True, kw_only=True):
    """A ``urls`` file. ``hidden`` are the addresses of feeds with a ``!`` tag."""

    subscriptions: Subscriptions
    smart_feeds: tuple[SmartFeed, ...] = ()
    hidden: tuple[str, ...] = ()


class Ignored(Struct, frozen=True, kw_only=True):
    """A line of the kill file: ``query`` hides articles, of ``feed`` alone unless ""."""

    feed: str
    query: str
    notes: tuple[str, ...] = ()


class KillFile(Struct, frozen=True, kw_only=True):
    """The ``ignore-article`` lines of a ``config`` file."""

    ignored: tuple[Ignored, ...] = ()
    refused: tuple[Refused, ...] = ()


class ItemState(Struct, frozen=True, kw_only=True):
    """What newsboat knows of an article's reading. ``flags`` are letters, "" for none."""

    unread: bool
    flags: str = ""
    deleted: bool = False


class CachedArticle(Struct, frozen=True, kw_only=True):
    """An article of the cache, as a feed would have brought it, and its state."""

    feed_url: str
    article: RawArticle
    state: ItemState


def read_urls(data: bytes) -> UrlsFile:
    """Read a ``urls`` file: addresses with tags, ``~title`` and ``!hidden``, query feeds.

    A feed's first tag is its category; all of them stand in its attributes as OPML's
    ``category``. Programs, filters and files are refused with the reason.
    """
    found = Collector()
    smart: list[SmartFeed] = []
    hidden: list[str] = []
    for line in decode(data)[0].splitlines():
        tokens = tokens_of(line)
        if not tokens:
            continue
        address, marks = tokens[0], tokens[1:]
        tags = [mark for mark in marks if mark and mark[0] not in "~!"]
        category = tuple(tags[:1])
        if address.startswith("query:"):
            _query_feed(address, category, found, smart)
            continue
        title = next((mark[1:] for mark in marks if mark.startswith("~")), "")
        attributes = json.dumps({"category": ",".join(tags)}, ensure_ascii=False) if tags else ""
        taken = found.add(address, title=title, category=category, attributes=attributes)
        if taken and any(mark.startswith("!") for mark in marks):
            hidden.append(found.wanted[-1].url)
    return UrlsFile(
        subscriptions=Subscriptions(wanted=tuple(found.wanted), refused=tuple(found.refused)),
        smart_feeds=tuple(smart),
        hidden=tuple(hidden),
    )


def _query_feed(
    address: str, category: tuple[str, ...], found: Collector, smart: list[SmartFeed]
) -> None:
    title, _colon, expression = address.removeprefix("query:").partition(":")
    try:
        translated = translate(expression)
    except Untranslatable as error:
        found.refuse(title or address, f"its filter has no counterpart: {error}")
        return
    smart.append(
        SmartFeed(title=title, query=translated.query, category=category, notes=translated.notes)
    )


def read_kill_file(data: bytes) -> KillFile:
    """Read the ``ignore-article`` lines of a ``config`` file; the others are not ours."""
    ignored: list[Ignored] = []
    refused: list[Refused] = []
    for line in decode(data)[0].splitlines():
        tokens = tokens_of(line)
        if len(tokens) < 3 or tokens[0] != "ignore-article":
            continue
        feed, expression = tokens[1], tokens[2]
        if "`" in line:
            refused.append(Refused(expression[:500], "a program writes a part of it"))
            continue
        try:
            translated = translate(expression)
        except Untranslatable as error:
            refused.append(Refused(expression[:500], f"its filter has no counterpart: {error}"))
            continue
        ignored.append(
            Ignored(
                feed="" if feed == "*" else feed,
                query=translated.query,
                notes=translated.notes,
            )
        )
    return KillFile(ignored=tuple(ignored), refused=tuple(refused))


def tokens_of(line: str) -> list[str]:
    """The words of a line: quoted ones hold spaces, backslashes escape, ``#`` ends it."""
    line = line.strip()[:_LONGEST_LINE]
    tokens: list[str] = []
    at = 0
    while at < len(line):
        if line[at].isspace():
            at += 1
        elif line[at] == "#":
            break
        elif line[at] == '"':
            token, at = _quoted(line, at + 1)
            tokens.append(token)
        else:
            end = next((n for n in range(at, len(line)) if line[n].isspace()), len(line))
            tokens.append(line[at:end])
            at = end
    return tokens


def _quoted(line: str, at: int) -> tuple[str, int]:
    letters: list[str] = []
    while at < len(line) and line[at] != '"':
        if line[at] == "\\" and at + 1 < len(line):
            at += 1
            letters.append(_ESCAPES.get(line[at], line[at]))
        else:
            letters.append(line[at])
        at += 1
    return "".join(letters), at + 1


def read_cache(path: Path, *, now: datetime) -> Iterator[CachedArticle]:
    """Every article of a ``cache.db`` with its state, deleted ones without their text.

    So what was read and kept is there before the first update, which then finds it known.
    ``now`` decides which dates are absurd. Raises ``SourceUnreadable``.
    """
    columns = ("guid", "title", "author", "url", "feedurl", "pubDate", "content", "unread")
    optional = ("enclosure_url", "enclosure_type", "flags", "deleted", "base", "content_mime_type")
    for row in _rows(path, columns + optional):
        yield CachedArticle(feed_url=_feed_url(row), article=_article(row, now), state=_state(row))


def _rows(path: Path, columns: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    """Rows of articles; columns that an older newsboat did not have are None."""
    try:
        connection = sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True)
    except sqlite3.Error as error:
        raise SourceUnreadable(f"{path} cannot be opened: {error}") from error
    try:
        connection.text_factory = _lenient
        connection.execute("PRAGMA trusted_schema = OFF")
        kind = connection.execute("SELECT type FROM sqlite_master WHERE name = 'rss_item'")
        if kind.fetchone() != ("table",):
            raise SourceUnreadable(f"{path} is no cache of newsboat")
        known = {row[1] for row in connection.execute("PRAGMA table_info(rss_item)")}
        selected = ", ".join(name if name in known else f"NULL AS {name}" for name in columns)
        for row in connection.execute(
            f"SELECT {selected} FROM rss_item ORDER BY feedurl, id LIMIT {_MOST_ROWS}"  # noqa: S608
        ):
            yield dict(zip(columns, row, strict=True))
    except sqlite3.Error as error:
        raise SourceUnreadable(f"{path} cannot be read: {error}") from error
    finally:
        connection.close()


def _lenient(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def _text(value: object) -> str:
    if isinstance(value, bytes):
        return _lenient(value)
    return "" if value is None else str(value)


def _feed_url(row: dict[str, Any]) -> str:
    """The address as it is followed here; that of a program or file as newsboat had it."""
    address = _text(row["feedurl"])
    return feed_url(address)[0] or address


def _state(row: dict[str, Any]) -> ItemState:
    return ItemState(
        unread=bool(row["unread"]),
        flags="".join(letter for letter in _text(row["flags"]) if letter.isalpha()),
        deleted=bool(row["deleted"]),
    )


def _identity(row: dict[str, Any]) -> str:
    """The article's id. Where its feed gave none newsboat made one of link and date."""
    guid, link = _text(row["guid"]), _text(row["url"])
    made_up = link and guid.startswith(link) and re.search(r"\d{1,2}:\d\d", guid[len(link) :])
    return link if made_up else guid or link


def _article(row: dict[str, Any], now: datetime) -> RawArticle:
    feed = _text(row["feedurl"])
    link = feedvalues.link(_text(row["url"]), feed)
    base = feedvalues.link(_text(row["base"]), link or feed) or link or feed
    deleted = bool(row["deleted"])
    body = "" if deleted else _text(row["content"])
    title = Content(_text(row["title"])[: feedvalues.TITLE], "html")
    published = _date(row["pubDate"], now)
    return RawArticle(
        identity=_identity(row),
        title=feedvalues.title(title, atom=False),
        body=body,
        kind=_kind(_text(row["content_mime_type"]), body),
        link=link,
        base=base,
        published=published,
        date_source="given" if published else "seen",
        authors=tuple(filter(None, [feedvalues.person(_text(row["author"]))])),
        enclosures=_enclosures(row, base),
    )


def _date(seconds: object, now: datetime) -> datetime | None:
    if not isinstance(seconds, int) or not 86_400 <= seconds <= now.timestamp() + 2 * 86_400:
        return None
    return datetime.fromtimestamp(seconds, UTC)


def _kind(mime: str, body: str) -> BodyKind:
    if mime == "text/plain":
        return "text"
    return "html" if mime or _NO_ARTICLE.search(body) else "text"


def _enclosures(row: dict[str, Any], base: str) -> tuple[Enclosure, ...]:
    url = feedvalues.link(_text(row["enclosure_url"]), base)
    mime = _text(row["enclosure_type"]).lower()[:80]
    return (Enclosure(url=url, mime=mime),) if url else ()
