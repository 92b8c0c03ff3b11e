"""Compares the parser with feedparser, file by file and field by field."""

import json
import re
import warnings
from calendar import timegm
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html import escape, unescape
from pathlib import Path
from typing import Any

from reader.model.article import RawArticle
from reader.model.errors import SourceUnreadable
from reader.sources import feed
from reader.text import urls

NOW = datetime(2026, 11, 21, tzinfo=UTC)
URL = "https://feeds.example.org/dir/feed.xml"
FIELDS = ("title", "link", "id", "author", "date", "body")
FOLDERS = (
    "feeds/encodings-own",
    "feeds/fastfeedparser",
    "feeds/feed-rs-spec",
    "feeds/feedparser",
    "feeds/feedvalidator",
    "feeds/gofeed",
    "feeds/miniflux",
    "feeds/newsboat",
    "feeds/newsraft",
    "feeds/reader",
    "hostile/feeds-own",
    "hostile/html/feedparser-sanitize",
    "hostile/xml",
)
LISTED = Path(__file__).parents[1] / "data" / "feeds" / "differences.txt"
REASONS = {
    "absurd-date": "a date of before 1970 or after the day after tomorrow counts as missing",
    "any-namespace": "the file uses RSS 1.1's extension point, which feedparser reads as content",
    "author-form": "feedparser leaves half of the address in the name",
    "binary": "content of a type that is no text is not shown as if it were",
    "compressed": "gzip that no header declares is unpacked",
    "control-characters": "what no XML may hold and no terminal should see is left out",
    "date-form": "feedparser takes the time for midnight",
    "empty-item": "an item without anything in it is no article",
    "encoding": "feedparser, or its detector, takes the encoding for another one",
    "entities": "HTML's entities are what they stand for, where feedparser drops them",
    "escaped-twice": "markup that was escaped once too often is markup",
    "first-of-several": "where a feed gives a field twice the first counts",
    "foaf": "a creator may be described in FOAF",
    "id-as-given": "ids are compared letter by letter and not resolved (RFC 4287, 4.2.6.1)",
    "id-from-link": "without an id the link names the article; feedparser finds neither",
    "id-is-no-link": "an id is a link only where it is an absolute URL",
    "image-title": "feedparser takes the title of an image inside a category",
    "impossible-date": "a date that no calendar has is none; feedparser counts on into the next",
    "inherited-author": "an entry without author has that of its feed (RFC 4287, 4.1.2)",
    "json-feed": "feedparser 6 reads no JSON Feed",
    "mojibake": "text is shown as it was written; feedparser guesses that it is UTF-8 read wrongly",
    "other-alternate": "the only page that is linked is one even if it is no HTML",
    "planet": "an entry that a planet took over has the author, else the title, of its source",
    "rdf-about": "an RSS 1.0 item without link is what it is about",
    "repeated": "an article that stands twice in a feed, letter by letter, is one",
    "richest-content": "of several contents the longest HTML is shown, not the first",
    "rss-1.1": "RSS 1.1 has items",
    "same-id": "different articles under one id are told apart",
    "script-in-title": "what is inside a script is no part of a title",
    "xhtml-escaped": "XHTML that was escaped is still XHTML",
}
_HEADER = re.compile(rb"(?im)^\s*Header:\s*Content-Type:\s*(.+?)\s*$")


@dataclass(slots=True)
class Comparison:
    """What two parsers make of one file; ``differences`` by field, as shown to a person."""

    path: str
    articles: int = 0
    differences: dict[str, list[tuple[str, str]]] = field(default_factory=dict)

    def differ(self, name: str, ours: object, theirs: object) -> None:
        self.differences.setdefault(name, []).append((str(ours)[:300], str(theirs)[:300]))


def files(corpus: Path) -> Iterator[Path]:
    """Every document of the corpus that is or claims to be a feed."""
    for folder in FOLDERS:
        for path in sorted((corpus / folder).rglob("*")):
            if path.is_file() and not path.name.startswith(("_", "LICENSE")):
                yield path


def content_types(corpus: Path) -> dict[str, str]:
    """The Content-Type that each file is to be read with, "" for most."""
    told = {}
    for manifest in corpus.rglob("_manifest.json"):
        for entry in json.loads(manifest.read_bytes()):
            if isinstance(entry, dict) and (header := entry.get("http_content_type")):
                told[(manifest.parent / entry["file"]).relative_to(corpus).as_posix()] = header
    for path in (corpus / "feeds/feedparser").rglob("*"):
        if path.is_file() and (match := _HEADER.search(path.read_bytes()[:4000])):
            told[path.relative_to(corpus).as_posix()] = match[1].decode("latin-1")
    return told


def theirs(data: bytes, content_type: str) -> Any:
    """feedparser's result; bytes only, as a string would be opened as a file or fetched."""
    import feedparser

    headers = {"content-location": URL}
    if content_type:
        headers["content-type"] = content_type
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return feedparser.parse(
            data, response_headers=headers, sanitize_html=False, resolve_relative_uris=False
        )


def ours(data: bytes, content_type: str) -> tuple[RawArticle, ...]:
    """Our articles; none where the document is refused."""
    try:
        return feed.parse(data, url=URL, content_type=content_type, now=NOW).articles
    except SourceUnreadable:
        return ()


def compare(path: str, data: bytes, content_type: str) -> Comparison:
    """Read a file with both and tell where they differ."""
    result = Comparison(path)
    mine = ours(data, content_type)
    reference = theirs(data, content_type).entries
    result.articles = len(mine)
    if len(mine) != len(reference):
        result.differ("count", len(mine), len(reference))
        return result
    for article, entry in zip(mine, reference, strict=True):
        for name, (a, b) in _fields(article, entry).items():
            if a != b:
                result.differ(name, a, b)
    return result


def visible(text: str) -> str:
    """Text without tags, references and differences of white space, cut for comparison."""
    text = re.sub(r"(?s)<(script|style)\b.*?</\1>", "", text)
    text = re.sub(r"</?\w[^<>]*>|<!--.*?-->", "", text)
    return " ".join(unescape(unescape(text)).split())


def listed() -> dict[tuple[str, str], str]:
    """The known differences: (file, field) to reason."""
    lines = (line.split(" ") for line in LISTED.read_text().splitlines() if line[:1] != "#")
    return {(path, name): reason for reason, path, name in lines}


def _fields(article: RawArticle, entry: Any) -> dict[str, tuple[object, object]]:
    body = visible(escape(article.body) if article.kind == "text" else article.body)
    summary = visible(article.summary)
    their_body = _body(entry)
    link = _link(entry.get("link") or "")
    return {
        "title": (visible(escape(article.title)), _shown(entry.get("title_detail"))),
        "link": (article.link, link),
        "id": (article.identity, entry.get("id") or link),
        "author": (", ".join(article.authors), ", ".join(_authors(entry))),
        "date": (_to_the_second(article.published), _date(entry)),
        "body": (summary if summary == their_body else body, their_body),
    }


def _link(link: str) -> str:
    return urls.absolute(link, URL)


def _body(entry: Any) -> str:
    contents = entry.get("content") or ()
    found = next((c for c in contents if c.value), None)
    return _shown(found or entry.get("summary_detail")) or visible(entry.get("summary") or "")


def _shown(detail: Any) -> str:
    """The text that one of feedparser's fields shows; plain text is no HTML."""
    value = (detail or {}).get("value") or ""
    return visible(escape(value) if detail and detail.get("type") == "text/plain" else value)


def _authors(entry: Any) -> list[str]:
    people = [p for p in entry.get("authors") or () if p]
    names = [p.get("name") or p.get("email") or "" for p in people]
    names = [name for name in names if name]
    return list(dict.fromkeys(names)) or [a for a in [entry.get("author", "")] if a]


def _to_the_second(moment: datetime | None) -> datetime | None:
    return moment.replace(microsecond=0) if moment else None


def _date(entry: Any) -> datetime | None:
    for name in ("published_parsed", "updated_parsed", "created_parsed"):
        moment = dict.get(entry, name)
        if moment and moment[0] >= 1:
            return datetime.fromtimestamp(timegm(moment), UTC)
    return None
