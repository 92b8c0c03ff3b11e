"""Reads a page as a server sent it: its article, what its head says, and walls before it."""

import html
import re
from datetime import datetime
from typing import Final

from msgspec import Struct

from reader.model.article import RawArticle
from reader.model.page import Obstacle
from reader.model.records import replace
from reader.sources import fields, header, page
from reader.sources.extract import SelectorMistaken, extract
from reader.sources.obstacles import SENTENCES, obstacle_in
from reader.text import language as languages
from reader.text import urls
from reader.text.blocks import BodyKind
from reader.text.decode import decode, is_binary
from reader.text.plain import count_words, visible_text

_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_META = re.compile(rb"""<meta[^<>]{1,200}?charset\s*=\s*["']?([\w.:-]{1,40})""", re.IGNORECASE)
_XML = re.compile(rb"""<\?xml[^<>]{1,80}?encoding\s*=\s*["']([\w.:-]{1,40})""", re.IGNORECASE)
_TIME = re.compile(
    r"""<[a-z]+\b[^<>]{0,300}?\b(?:itemprop=["']datePublished["'][^<>]{0,200}?\b(?:content|datetime)"""
    r"""|datetime)=["'](\d{4}-\d\d-\d\d[^"'<>]{0,30})["']""",
    re.IGNORECASE,
)
_REFRESH = re.compile(
    r"""<meta\b[^<>]*?\bhttp-equiv=["']?refresh["']?[^<>]*?\bcontent=["']?\s*[0-5]\s*[;,]\s*"""
    r"""url\s*=\s*["']?([^"'<>\s]+)""",
    re.IGNORECASE,
)
_FEW_WORDS: Final = 30
_MARKUP = re.compile(r"<(?:!doctype|html|head|body|p|div|article|section|h[1-6])\b", re.IGNORECASE)
_FEED = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:rss|feed|rdf:RDF)\b", re.DOTALL)
_PLAIN: Final[dict[str, BodyKind]] = {
    "text/plain": "text",
    "text/markdown": "markdown",
    "text/x-markdown": "markdown",
}
_KINDS: Final = {
    "image": "a picture",
    "audio": "a sound file",
    "video": "a film",
    "font": "a font",
    "application/pdf": "a PDF document",
    "application/json": "data (JSON)",
    "application/zip": "a ZIP archive",
    "application/epub+zip": "an e-book",
}
_MAGIC: Final = {
    b"%PDF": "a PDF document",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"PK\x03\x04": "a ZIP archive or an office document",
}


class WebPage(Struct, frozen=True, kw_only=True):
    """A page's article, and in ``problem`` a sentence on what ``obstacle`` names.

    ``words`` counts the visible words of the article's body. ``leads_to`` is the address
    that a page without a text sends its readers to.
    """

    article: RawArticle
    words: int
    obstacle: Obstacle
    problem: str
    leads_to: str = ""


def read(
    data: bytes,
    *,
    url: str,
    asked: str = "",
    content_type: str = "",
    selector: str = "",
    now: datetime,
) -> WebPage:
    """Read the answer of ``url`` to a request for ``asked``; never raises for any data.

    ``content_type`` is the header field of that name; ``selector`` (CSS) chooses the
    elements of the article.
    """
    mime = content_type.partition(";")[0].strip().lower()
    empty = RawArticle(identity=urls.canonical(url), title="", body="", kind="html", link=url)
    if is_binary(data):
        return _no_page(empty, _kind(data, mime))
    declared = _CHARSET.search(content_type)
    told = _META.search(data, 0, 4096) or _XML.search(data, 0, 200)
    name = declared[1] if declared else told[1].decode("ascii", "replace") if told else ""
    text = decode(data, declared=name)[0].replace("\r\n", "\n").replace("\r", "\n")
    if mime in _PLAIN and not page.is_page(text):
        return _plain(replace(empty, body=text, kind=_PLAIN[mime]))
    if _FEED.match(text):
        return _no_page(empty, "a feed")
    if "html" not in mime and not _MARKUP.search(text[:100_000]):
        return _no_page(empty, _kind(data, mime))
    return _html(text, url=url, asked=asked or url, selector=selector, now=now)


def _html(text: str, *, url: str, asked: str, selector: str, now: datetime) -> WebPage:
    problem: Obstacle = ""
    try:
        found = extract(text, url=url, selector=selector)
    except SelectorMistaken:
        found, problem = extract(text, url=url), "selector"
    shown = visible_text(found.body, "html")
    wall = obstacle_in(text, article=shown, words=found.words, asked=asked, url=url)
    if not wall and not found.selected:
        problem = "selector"
    obstacle = wall or problem
    given = header.plain_keys(page.read_whole(text).fields)
    if told := _TIME.search(text):
        given.setdefault("date", told[1])
    link = fields.link(given)
    same = urls.outlet(link) == urls.outlet(url)
    link = link if same and not wall else urls.without_tracking(url)
    title = fields.title(given)
    return WebPage(
        article=RawArticle(
            identity=urls.canonical(link),
            title=title,
            body=found.body,
            kind="html",
            link=link,
            base=found.base,
            published=fields.published(given, now=now)[0],
            updated=fields.updated(given, now=now),
            date_source="given",
            summary=fields.summary(given),
            authors=fields.authors(given),
            language=fields.language(given) or languages.detect(f"{title}\n{shown[:2000]}"),
            image=fields.image(given),
            outlet=fields.feed(given),
        ),
        words=found.words,
        obstacle=obstacle,
        problem=SENTENCES[obstacle],
        leads_to=_refresh(text, url) if found.words < _FEW_WORDS else "",
    )


def _refresh(text: str, url: str) -> str:
    """Where a page sends its readers at once (``<meta http-equiv="refresh">``), "" for nowhere."""
    told = _REFRESH.search(text, 0, 20_000)
    address = urls.absolute(html.unescape(told[1]), url) if told else ""
    return address if address.startswith("http") and address != url else ""


def _plain(article: RawArticle) -> WebPage:
    words = count_words(visible_text(article.body, article.kind))
    obstacle: Obstacle = "" if words else "empty"
    first = next((line.strip("# ") for line in article.body.split("\n") if line.strip("# ")), "")
    return WebPage(
        article=replace(article, title=first[:200], base=article.link),
        words=words,
        obstacle=obstacle,
        problem=SENTENCES[obstacle],
    )


def _no_page(article: RawArticle, what: str) -> WebPage:
    return WebPage(
        article=article, words=0, obstacle="kind", problem=f"This is {what}, not a page to read."
    )


def _kind(data: bytes, mime: str) -> str:
    by_magic = next((name for magic, name in _MAGIC.items() if data.startswith(magic)), "")
    return by_magic or _KINDS.get(mime) or _KINDS.get(mime.partition("/")[0]) or "no text"
