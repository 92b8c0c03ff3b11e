"""JSON Feed 1 and 1.1 (jsonfeed.org) to articles; a broken one as far as it goes."""

import json
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from reader.model.article import Enclosure, RawArticle
from reader.model.errors import SourceUnreadable
from reader.sources import feedvalues as values
from reader.sources.feeditem import MOST_AUTHORS, MOST_TAGS
from reader.sources.feedmedia import MOST, with_type
from reader.sources.feedparts import Articles, ParsedFeed, once
from reader.text.blocks import BodyKind

_MOST_VALUES = 2_000_000
_DECODER = json.JSONDecoder(strict=False)
_SPACE = re.compile(r"[\s,]*")
_OF_ITEMS = {"content_html", "content_text", "external_url", "date_published"}
_KEY = re.compile(r'\s*("(?:[^"\\]|\\.)*+")\s*:\s*')


def parse(text: str, *, url: str, now: datetime) -> ParsedFeed:
    """The feed in a JSON document; raises ``SourceUnreadable`` where it holds none."""
    if text.count(",") + text.count("[") + text.count("{") > _MOST_VALUES:
        raise SourceUnreadable("the document has too many parts")
    articles = Articles()
    try:
        feed = _DECODER.raw_decode(text)[0]
    except (ValueError, RecursionError):
        articles.note("it is not well-formed JSON")
        feed = _as_far_as_it_goes(text)
    if not isinstance(feed, dict) or not _is_feed(feed):
        raise SourceUnreadable("the document is JSON, but no JSON Feed")
    site = _link(feed.get("home_page_url"), url)
    for item in _list(feed.get("items")):
        articles.add(_article(item, site or url, feed, now) if isinstance(item, dict) else None)
    hubs = (_link(hub.get("url"), url) for hub in _objects(feed.get("hubs")))
    return ParsedFeed(
        form="json",
        title=_text(feed.get("title")).strip()[: values.TITLE],
        site=site,
        self_url=_link(feed.get("feed_url"), url),
        hub=next((hub for hub in hubs if hub), ""),
        language=values.language_code(_text(feed.get("language"))),
        articles=articles.done(),
        problems=tuple(articles.problems),
    )


def _is_feed(feed: dict[str, Any]) -> bool:
    if "jsonfeed.org/version/" in _text(feed.get("version")):
        return True
    return any(_OF_ITEMS & item.keys() for item in _objects(feed.get("items"))[:10])


def _as_far_as_it_goes(text: str) -> dict[str, Any]:
    """The members of a document that is cut off or has a fault, up to there."""
    feed: dict[str, Any] = {}
    at = 1
    while match := _KEY.match(text, _end(_SPACE, text, at)):
        try:
            key = json.loads(match[1], strict=False)
            if text.startswith("[", match.end()):
                feed[key] = []
                for value, at in _elements(text, match.end() + 1):  # noqa: B007
                    feed[key].append(value)
                at = _end(_SPACE, text, at if feed[key] else match.end() + 1)
                if not text.startswith("]", at):
                    return feed
                at += 1
            else:
                feed[key], at = _DECODER.raw_decode(text, match.end())
        except (ValueError, RecursionError):
            return feed
    return feed


def _elements(text: str, at: int) -> Iterator[tuple[Any, int]]:
    while True:
        at = _end(_SPACE, text, at)
        try:
            value, at = _DECODER.raw_decode(text, at)
        except (ValueError, RecursionError):
            return
        yield value, at


def _end(pattern: re.Pattern[str], text: str, at: int) -> int:
    match = pattern.match(text, at)
    return match.end() if match else at


def _article(
    item: dict[str, Any], base: str, feed: dict[str, Any], now: datetime
) -> RawArticle | None:
    link = _link(item.get("url"), base) or _link(item.get("external_url"), base)
    identity = _text(item.get("id")).strip()
    if not link and identity.startswith(("http://", "https://")):
        link = values.link(identity, "")
    title = _text(item.get("title")).strip()[: values.TITLE]
    body, kind = _body(item)
    summary = _text(item.get("summary")).strip()
    if not body:
        body, kind, summary = summary, "text", ""
    enclosures = tuple(_attachments(item, base))
    if not (title or link or body or identity or enclosures):
        return None
    problems: list[str] = []
    published = _date(item.get("date_published"), now, problems)
    updated = _date(item.get("date_modified"), now, problems)
    return RawArticle(
        identity=identity or link,
        title=title,
        body=body,
        kind=kind,
        link=link,
        base=link or base,
        published=published or updated,
        updated=updated,
        date_source="given" if published or updated else "seen",
        summary="" if body.startswith(summary) else summary,
        authors=_authors(item) or _authors(feed),
        tags=once((_text(tag).strip() for tag in _list(item.get("tags"))), MOST_TAGS),
        language=values.language_code(_text(item.get("language")) or _text(feed.get("language"))),
        image=_link(item.get("image"), base) or _link(item.get("banner_image"), base),
        enclosures=enclosures,
        problems=tuple(problems),
    )


def _body(item: dict[str, Any]) -> tuple[str, BodyKind]:
    if html := _text(item.get("content_html")).strip():
        return html, "html"
    return _text(item.get("content_text")).strip(), "text"


def _attachments(item: dict[str, Any], base: str) -> Iterator[Enclosure]:
    for attachment in _objects(item.get("attachments"))[:MOST]:
        if url := _link(attachment.get("url"), base):
            yield Enclosure(
                url=url,
                mime=with_type(_text(attachment.get("mime_type")), url),
                size=_number(attachment.get("size_in_bytes")),
                seconds=_number(attachment.get("duration_in_seconds")),
                title=_text(attachment.get("title"))[:300],
            )


def _authors(holder: dict[str, Any]) -> tuple[str, ...]:
    """Names of version 1.1's ``authors``, else of version 1's ``author``."""
    people = _objects(holder.get("authors")) or _objects([holder.get("author")])
    names = (_text(person.get("name")) or _text(person.get("url")) for person in people)
    return once((values.person(name) for name in names), MOST_AUTHORS)


def _date(value: object, now: datetime, problems: list[str]) -> datetime | None:
    if not (written := _text(value)):
        return None
    moment, problem = values.date(written, now)
    if problem:
        problems.append(problem)
    return moment


def _text(value: object) -> str:
    """A text, or the number that some writers put where a text is asked for."""
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


def _number(value: object) -> int:
    if isinstance(value, float) and 0 <= value < 1 << 53:
        return int(value)
    return value if isinstance(value, int) and 0 <= value < 1 << 53 else 0


def _link(value: object, base: str) -> str:
    return values.link(value.strip(), base) if isinstance(value, str) else ""


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _objects(value: object) -> list[dict[str, Any]]:
    return [element for element in _list(value) if isinstance(element, dict)]
