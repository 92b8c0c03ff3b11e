"""Reads saved web pages: what their head says, and the article without the site around it."""

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass

_HEAD_CHARACTERS = 256 * 1024
_LARGEST_EXTRACTED = 1024 * 1024
_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head)\b", re.I | re.S
)
_TAG = re.compile(r"<(meta|link|html|base|title)\b([^<>]*)>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([\w:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_TITLE = re.compile(r"<title\b[^<>]*>([^<]*)", re.IGNORECASE)
_BODY = re.compile(r"<body\b[^<>]*>", re.IGNORECASE)
_END_OF_BODY = re.compile(r"</body\s*>", re.IGNORECASE)
_SITE_PARTS = re.compile(r"<(?:nav|header|footer|aside|form|menu)\b", re.IGNORECASE)
_STRUCTURED = re.compile(r'"(datePublished|dateModified)"\s*:\s*"([^"]{4,40})"')

_META = {
    "og:title": "title",
    "twitter:title": "title",
    "dc.title": "title",
    "article:published_time": "date",
    "date": "date",
    "dc.date": "date",
    "datepublished": "date",
    "parsely-pub-date": "date",
    "article:modified_time": "updated",
    "datemodified": "updated",
    "author": "author",
    "dc.creator": "author",
    "article:author": "author",
    "description": "description",
    "og:description": "description",
    "keywords": "keywords",
    "article:tag": "keywords",
    "og:url": "url",
    "og:image": "image",
    "og:site_name": "publisher",
    "og:locale": "locale",
}


@dataclass(frozen=True, slots=True)
class Page:
    """A web page: its head as fields (the keys of a header), its base address and its body."""

    fields: Mapping[str, object]
    base: str
    body: str


def is_page(text: str) -> bool:
    """Whether ``text`` is a whole HTML document and not a piece of one."""
    return _PAGE.match(text[:4096]) is not None


def read(text: str) -> Page:
    """Take a page apart; the body is its article where there is a site around one."""
    head = text[:_HEAD_CHARACTERS]
    opened = _BODY.search(head)
    fields, base = _head_fields(head[: opened.start()] if opened else head)
    for key, value in _STRUCTURED.findall(head):
        fields.setdefault("date" if key == "datePublished" else "updated", value)
    body = text[opened.end() :] if opened else re.sub(r"(?is)^.*?</head\s*>", "", text, count=1)
    if ended := _END_OF_BODY.search(body):
        body = body[: ended.start()]
    if len(text) <= _LARGEST_EXTRACTED and len(_SITE_PARTS.findall(body)) >= 2:
        body = _article(text) or body
    return Page(fields, base, body)


def _head_fields(head: str) -> tuple[dict[str, object], str]:
    """The fields that the tags of a page's head stand for, and its base address."""
    fields: dict[str, object] = {}
    base = ""
    for name, rest in _TAG.findall(head):
        attributes = {
            key.lower(): html.unescape(double or single or bare)
            for key, double, single, bare in _ATTRIBUTE.findall(rest[:4096])
        }
        kind = name.lower()
        if kind == "meta":
            named = (
                attributes.get("property") or attributes.get("name") or attributes.get("itemprop")
            )
            key = _META.get((named or "").lower())
            if key and attributes.get("content", "").strip():
                fields.setdefault(key, attributes["content"].strip())
        elif kind == "link" and "canonical" in attributes.get("rel", "").lower().split():
            fields["canonical"] = attributes.get("href", "")
        elif kind == "html" and attributes.get("lang"):
            fields["lang"] = attributes["lang"]
        elif kind == "base":
            base = attributes.get("href", "")
    if "title" not in fields and (title := _TITLE.search(head)):
        fields["title"] = " ".join(html.unescape(title[1]).split())
    return fields, base


def _article(text: str) -> str:
    """The article of a page as HTML, "" where none stands out."""
    import logging

    from lxml.etree import LxmlError
    from readability import Document
    from readability.readability import Unparseable

    logging.getLogger("readability").setLevel(logging.CRITICAL)
    try:
        found = Document(text).summary(html_partial=True)
    except (Unparseable, LxmlError, ValueError, TypeError, AttributeError, RecursionError):
        return ""
    visible = re.sub(r"<[^<>]*>|\s+", "", found)
    return found if len(visible) >= 200 else ""
