"""A web feed's bytes to its articles: RSS 0.90 to 2.0, RDF, Atom, JSON Feed, CDF.

Well-formed XML goes through expat; what is broken is mended by ``feedsoup``. Both end in
the same elements, which ``feeditem`` reads.
"""

import re
import zlib
from datetime import datetime

from reader.model.errors import SourceUnreadable
from reader.sources import feedtext
from reader.sources.feedchannel import FeedReader
from reader.sources.feedparts import NotAFeed, ParsedFeed
from reader.sources.feedxml import WHOLE_TREE, NotWellFormed, is_well_formed
from reader.sources.feedxml import tree as strict_tree
from reader.text.decode import is_binary

__all__ = ["MOST_BYTES", "NotAFeed", "ParsedFeed", "parse"]

MOST_BYTES = 16 << 20

_UNPACKED = 2  # Some servers compress what is compressed already.
_LEADING = b"\xef\xbb\xbf \t\r\n\0"
_FEED = re.compile(r"<(?:[\w.-]+:)?(?:rss|feed|rdf|channel)[\s>]", re.IGNORECASE)
_ENTRY = re.compile(r"<(?:[\w.-]+:)?(?:entry|item)[\s>]", re.IGNORECASE)
_PROLOG = re.compile(
    r"(?:\s++|<\?[^>]*+>|<!--(?:[^-]++|-(?!->))*+-->"
    r"|<!DOCTYPE[^<>\[]*+(?:\[[^\]]*+\]\s*+)?>)*+",
    re.IGNORECASE,
)
_PAGE = re.compile(r"<!doctype\s+html|<(?:html|head|body)[\s>]", re.IGNORECASE)
_PART_OF_PAGE = re.compile(
    r"<(?:html|head|body|title|meta|link|script|style|div|p|table|center|img|a|h1)[\s>]",
    re.IGNORECASE,
)


def parse(data: bytes, *, url: str, content_type: str = "", now: datetime) -> ParsedFeed:
    """The feed that ``data`` holds; ``url`` is where it was found.

    ``content_type`` is the header as received, ``now`` decides which dates are absurd.
    Nothing is fetched and no entity that names something outside is followed. Raises
    ``NotAFeed`` for a web page and ``SourceUnreadable`` for what is neither.
    """
    data = _unpacked(data)
    if not data[:4096].strip(_LEADING) and not data.strip(_LEADING):
        raise SourceUnreadable("the document is empty")
    encoding = feedtext.declared(data, content_type)
    if feedtext.is_plain_utf_8(data, encoding):
        document = data if data.startswith(b"<") else data.lstrip(_LEADING)
        if document.startswith(b"<") and (feed := _strict(document, url, now)):
            return feed
    if is_binary(data):
        raise SourceUnreadable("the document is no text")
    text, problem = feedtext.to_text(data, encoding)
    text = text.strip()
    if text.startswith(("{", "[")):
        from reader.sources import jsonfeed

        return jsonfeed.parse(text, url=url, now=now)
    return _from_text(text, url, now, problem)


def _unpacked(data: bytes) -> bytes:
    """``data`` without gzip around it, which some servers forget to declare."""
    for _ in range(_UNPACKED):
        if not data.startswith(b"\x1f\x8b"):
            break
        try:
            data = zlib.decompressobj(wbits=31).decompress(data, MOST_BYTES + 1)
        except zlib.error as error:
            raise SourceUnreadable("the document is compressed and damaged") from error
    if len(data) > MOST_BYTES:
        raise SourceUnreadable(f"the document is larger than {MOST_BYTES >> 20} MiB")
    return data


def _strict(document: bytes | str, url: str, now: datetime, problem: str = "") -> ParsedFeed | None:
    """The feed, None where it is not well-formed or no feed that is known."""
    if isinstance(document, bytes):
        tags, attributes = document.count(b"<"), document.count(b"=")
    else:
        tags, attributes = document.count("<"), document.count("=")
    streamed = tags > WHOLE_TREE
    if attributes > WHOLE_TREE or (streamed and not is_well_formed(document)):
        return None
    reader = FeedReader(url=url, now=now)
    try:
        root = strict_tree(document, reader.take if streamed else None)
    except NotWellFormed:
        return None
    return reader.feed(root, problem)


def _from_text(text: str, url: str, now: datetime, problem: str) -> ParsedFeed:
    start = _start(text)
    if start == 0 and (feed := _strict(text, url, now, problem)):
        return feed
    from reader.sources import feedsoup

    reader = FeedReader(url=url, now=now)
    streamed = text.count("<") > WHOLE_TREE
    root, whole = feedsoup.tree(text[start:], reader.take if streamed else None)
    reader.note("" if whole else "it has too many tags; the rest is not read")
    feed = reader.feed(root, problem or "it is not well-formed XML") if root is not None else None
    if feed is None:
        raise SourceUnreadable("the document is no feed")
    return feed


def _start(text: str) -> int:
    """Where the feed begins: programs print warnings before it."""
    prolog = _PROLOG.match(text)
    first = prolog.end() if prolog else 0
    if _FEED.match(text, first) or _ENTRY.match(text, first):
        return 0
    found = _FEED.search(text, first) or _ENTRY.search(text, first)
    if _is_page(text, first, found.start() if found else len(text)):
        raise NotAFeed("the document is a web page, not a feed")
    if not found:
        raise SourceUnreadable("the document is no feed")
    return found.start()


def _is_page(text: str, first: int, end: int) -> bool:
    """Whether ``text`` is HTML up to ``end``; its first element begins at ``first``."""
    if end == len(text) and text.startswith("<", first):
        return bool(_PART_OF_PAGE.match(text, first))
    return bool(_PAGE.search(text, 0, end))
