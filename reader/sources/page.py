"""Reads saved web pages: what their head says, and the article without the site around it."""

import html
import re
from collections.abc import Mapping
from itertools import islice

from msgspec import Struct

from reader.model.records import replace

_HEAD_CHARACTERS = 256 * 1024
_LARGEST_EXTRACTED = 1024 * 1024
_LONGEST_TAG = 4096
_LEAST_ARTICLE = 200
_HEADINGS_TRIED = 10
_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head)\b",
    re.IGNORECASE | re.DOTALL,
)
_TAG = re.compile(r"<(meta|link|html|base)\b([^<>]*)>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([\w:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_TITLE = re.compile(r"<title\b[^<>]*>([^<]*)", re.IGNORECASE)
_HEADING = re.compile(r"<h[1-3]\b[^<>]*>", re.IGNORECASE)
_END_OF_HEADING = re.compile(r"</h[1-3]\s*>", re.IGNORECASE)
_BODY = re.compile(r"<body\b[^<>]*>", re.IGNORECASE)
_END_OF_HEAD = re.compile(r"</head\s*>", re.IGNORECASE)
_END_OF_BODY = re.compile(r"</body\s*>", re.IGNORECASE)
_SITE_PARTS = re.compile(
    r"<(?:nav|header|footer|aside|form|menu)\b"
    r"""|\b(?:role|class|id)\s*=\s*["']?[^"'<>]{0,100}?\b(?:nav|navigation|menu|sidebar|footer)\b""",
    re.IGNORECASE,
)
_STRUCTURED = re.compile(r'"(datePublished|dateModified)"\s*:\s*"([^"]{4,40})"')
_SAVED_FROM = re.compile(r"saved from url=\(\d+\)(\S+)|^ *url: (https?://\S+)", re.MULTILINE)

# The names that pages use for a field, the most trusted first.
_META: Mapping[str, str] = {
    "title": "dc:title dcterms:title og:title twitter:title citation_title parsely-title",
    "date": (
        "article:published_time datepublished date pubdate dc:date dcterms:created"
        " dcterms:date citation_publication_date parsely-pub-date sailthru.date publish-date"
    ),
    "updated": "article:modified_time datemodified og:updated_time last-modified dcterms:modified",
    "author": "dc:creator dcterms:creator author parsely-author citation_author article:author",
    "description": "dc:description og:description description twitter:description",
    "keywords": "keywords news_keywords article:tag parsely-tags",
    "url": "og:url twitter:url",
    "image": "og:image twitter:image",
    "publisher": "og:site_name application-name dc:publisher",
    "locale": "og:locale content-language",
}


class Page(Struct, frozen=True):
    """A web page: its head as fields (the keys of a header), its base address and its body."""

    fields: Mapping[str, object]
    base: str
    body: str


def is_page(text: str) -> bool:
    """Whether ``text`` is a whole HTML document and not a piece of one."""
    return _PAGE.match(text[:_LONGEST_TAG]) is not None


def read(text: str) -> Page:
    """Take a page apart; the body is its article where there is a site around one."""
    page = read_whole(text)
    if len(text) <= _LARGEST_EXTRACTED and len(_SITE_PARTS.findall(page.body)) > 1:
        return replace(page, body=_article(text) or page.body)
    return page


def read_whole(text: str) -> Page:
    """Take a page apart, the site around its article included."""
    head = text[:_HEAD_CHARACTERS]
    opened = _BODY.search(head) or _END_OF_HEAD.search(head)
    fields, base = _head_fields(head[: opened.start()] if opened else head)
    for key, value in _STRUCTURED.findall(text):
        fields.setdefault("date" if key == "datePublished" else "updated", value)
    body = text[opened.end() :] if opened else text
    if ended := _END_OF_BODY.search(body):
        body = body[: ended.start()]
    fields["title"] = _page_title(str(fields.get("title", "")), heading(body))
    return Page(fields, base, body)


def heading(body: str) -> str:
    """The words of the first heading in HTML, "" where there is none."""
    for opened in islice(_HEADING.finditer(body[:_HEAD_CHARACTERS]), _HEADINGS_TRIED):
        ended = _END_OF_HEADING.search(body, opened.end(), opened.end() + _LONGEST_TAG)
        inner = body[opened.end() : ended.start()] if ended else ""
        if words := " ".join(html.unescape(re.sub(r"<[^<>]*>", "", inner)).split()):
            return words
    return ""


def _page_title(title: str, heading: str) -> str:
    """The title without the name of the site: the heading where the title holds it."""
    return heading if not title or (len(heading) > 3 and heading in title) else title


def _head_fields(head: str) -> tuple[dict[str, object], str]:
    """The fields that the tags of a page's head stand for, and its base address."""
    metas: dict[str, str] = {}
    fields: dict[str, object] = {}
    base = ""
    for name_of_tag, rest in _TAG.findall(head):
        tag = name_of_tag.lower()
        attributes = {
            key.lower(): html.unescape(double or single or bare).strip()
            for key, double, single, bare in _ATTRIBUTE.findall(rest[:_LONGEST_TAG])
        }
        if tag == "meta":
            names = (attributes.get(key, "") for key in ("property", "name", "itemprop"))
            for name in " ".join(names).lower().replace("dc.", "dc:").split():
                if attributes.get("content"):
                    metas.setdefault(name.replace("dcterms.", "dcterms:"), attributes["content"])
        elif tag == "link" and "canonical" in attributes.get("rel", "").lower().split():
            fields["canonical"] = attributes.get("href", "")
        elif tag == "html" and attributes.get("lang"):
            fields["lang"] = attributes["lang"]
        elif tag == "base":
            base = attributes.get("href", "")
    for field, names_of_it in _META.items():
        if content := next((metas[name] for name in names_of_it.split() if name in metas), ""):
            fields[field] = content
    if saved := _SAVED_FROM.search(head):
        fields.setdefault("url", saved[1] or saved[2])
    if "title" not in fields and (title := _TITLE.search(head)):
        fields["title"] = " ".join(html.unescape(title[1]).split())
    return fields, base


def _article(text: str) -> str:
    """The article of a page as HTML, "" where none stands out."""
    from reader.sources.extract import extract

    found = extract(text).body
    visible = re.sub(r"<[^<>]*>|\s+", "", found)
    return found if len(visible) >= _LEAST_ARTICLE else ""
