"""Saves an article outside the library: front-matter Markdown that opens here again, HTML,
plain text, or an e-book (EPUB 3).
"""

import json
import zipfile
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from html import escape
from io import BytesIO
from typing import Final
from uuid import NAMESPACE_URL, uuid5

from msgspec import Struct

from reader.text.article import Document
from reader.text.as_html import to_html
from reader.text.as_markdown import to_markdown
from reader.text.blocks import Span
from reader.text.direction import is_rtl
from reader.text.layout import lay_out
from reader.text.terminal import SafeText

_STYLE: Final = (
    "body { max-width: 42em; margin: 2em auto; padding: 0 1em; line-height: 1.5; } "
    "blockquote { border-left: 3px solid; margin-left: 0; padding-left: 1em; } "
    "pre { overflow-x: auto; } td, th { padding: 0 .5em; vertical-align: top; text-align: left; }"
)
_MIMETYPE: Final = "application/epub+zip"
_CONTAINER: Final = (
    '<?xml version="1.0" encoding="utf-8"?>\n'
    '<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">'
    '<rootfiles><rootfile full-path="content.opf" '
    'media-type="application/oebps-package+xml"/></rootfiles></container>\n'
)


class Exported(Struct, frozen=True, kw_only=True):
    """An article to save. ``published`` is aware; the texts are safe to draw."""

    title: SafeText
    document: Document
    published: datetime
    link: str = ""
    feed: SafeText = SafeText("")
    authors: tuple[SafeText, ...] = ()
    tags: tuple[SafeText, ...] = ()
    summary: SafeText = SafeText("")
    image: str = ""
    language: str = ""


def as_markdown(article: Exported) -> str:
    """A front-matter document (YAML) that the folder source reads as the same article."""
    body = to_markdown(article.document.blocks(), article.document.links, article.document.images)
    head: list[tuple[str, str | Sequence[str]]] = [
        ("title", article.title),
        ("author", article.authors),
        ("description", article.summary),
        ("link", article.link),
        ("source", article.feed),
        ("image", article.image),
        ("language", article.language),
        ("tags", article.tags),
    ]
    date = article.published.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    lines = ["---", f"date: {date}"]
    for name, value in head:
        if isinstance(value, str):
            lines += [f"{name}: {_quoted(value)}"] if value else []
        elif value:
            lines += [f"{name}:", *(f"- {_quoted(item)}" for item in value)]
    return "\n".join([*lines, "draft: false", "---", "", body, ""])


def as_text(article: Exported, width: int = 80) -> str:
    """Plain text at ``width`` cells, with the addresses of its links numbered at the end."""
    lines = [article.title, _byline(article), article.link]
    text = [line for line in lines if line] + [""]
    text += [line.text.rstrip() for line in lay_out(article.document.blocks(), width)]
    links = [link for link in article.document.links if link.openable]
    if links:
        text += ["", *(f"[{link.number + 1}] {link.url}" for link in links)]
    return "\n".join(text) + "\n"


def as_html(article: Exported) -> str:
    """A page of its own that fetches nothing, and that opens here again with all it says."""
    return (
        f'<!DOCTYPE html>\n<html{_language(article)}>\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width">\n'
        f"<title>{escape(article.title)}</title>\n<style>{_STYLE}</style>\n"
        f"{_metas(article)}</head>\n"
        f"<body>\n{_page_body(article)}</body>\n</html>\n"
    )


def as_epub(articles: Sequence[Exported], *, title: str, now: datetime) -> bytes:
    """An EPUB 3 book with one chapter an article. ``now`` is aware."""
    names = [f"article{place + 1}.xhtml" for place in range(len(articles))]
    seed = "\n".join([title, *(article.link or article.title for article in articles)])
    book = BytesIO()
    stamp = now.astimezone(UTC)
    with zipfile.ZipFile(book, "w", zipfile.ZIP_DEFLATED) as archive:

        def add(name: str, text: str, method: int = zipfile.ZIP_DEFLATED) -> None:
            entry = zipfile.ZipInfo(name, stamp.timetuple()[:6])
            archive.writestr(entry, text, method)

        # The type comes first and uncompressed (EPUB 3.3, section 4.2.2).
        add("mimetype", _MIMETYPE, zipfile.ZIP_STORED)
        add("META-INF/container.xml", _CONTAINER)
        language = next((article.language for article in articles if article.language), "und")
        add("content.opf", _package(names, title, language, str(uuid5(NAMESPACE_URL, seed)), stamp))
        add("nav.xhtml", _navigation(zip(names, articles, strict=True), title))
        for name, article in zip(names, articles, strict=True):
            add(name, _chapter(article))
    return book.getvalue()


def _quoted(text: str) -> str:
    """A YAML double-quoted scalar: JSON's strings are a subset of YAML's."""
    return json.dumps(text, ensure_ascii=False)


def _byline(article: Exported) -> str:
    date = article.published.strftime("%Y-%m-%d")
    return " · ".join(part for part in (", ".join(article.authors), article.feed, date) if part)


def _language(article: Exported) -> str:
    right = ' dir="rtl"' if is_rtl((Span(article.title),)) else ""
    return f' lang="{escape(article.language)}"{right}' if article.language else right


def _metas(article: Exported) -> str:
    """What a page says of itself, in the names that most pages use."""
    date = article.published.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    metas = {
        "article:published_time": date,
        "author": "; ".join(article.authors),
        "description": article.summary,
        "og:site_name": article.feed,
        "og:image": article.image,
        "keywords": ", ".join(article.tags),
    }
    lines = [
        f'<meta name="{name}" content="{escape(value)}">\n'
        for name, value in metas.items()
        if value
    ]
    if article.link:
        lines.append(f'<link rel="canonical" href="{escape(article.link)}">\n')
    return "".join(lines)


def _page_body(article: Exported) -> str:
    link = f'<p><a href="{escape(article.link)}">{escape(article.link)}</a></p>\n'
    body = "".join(
        to_html(article.document.blocks(), article.document.links, article.document.images)
    )
    return (
        f"<h1>{escape(article.title)}</h1>\n<p><small>{escape(_byline(article))}</small></p>\n"
        f"{link if article.link else ''}{body}"
    )


def _chapter(article: Exported) -> str:
    language = article.language and f' xml:lang="{escape(article.language)}"'
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n'
        f'<html xmlns="http://www.w3.org/1999/xhtml"{language}>\n'
        f"<head><title>{escape(article.title)}</title></head>\n"
        f"<body>\n{_page_body(article)}</body>\n</html>\n"
    )


def _package(names: Sequence[str], title: str, language: str, book: str, stamp: datetime) -> str:
    items = "".join(
        f'<item id="a{place}" href="{name}" media-type="application/xhtml+xml"/>'
        for place, name in enumerate(names)
    )
    spine = "".join(f'<itemref idref="a{place}"/>' for place in range(len(names)))
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">'
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f'<dc:identifier id="id">urn:uuid:{book}</dc:identifier>'
        f"<dc:title>{escape(title)}</dc:title><dc:language>{escape(language)}</dc:language>"
        f'<meta property="dcterms:modified">{stamp.strftime("%Y-%m-%dT%H:%M:%SZ")}</meta>'
        '</metadata><manifest><item id="nav" href="nav.xhtml" properties="nav" '
        f'media-type="application/xhtml+xml"/>{items}</manifest><spine>{spine}</spine></package>\n'
    )


def _navigation(chapters: Iterable[tuple[str, Exported]], title: str) -> str:
    items = "".join(
        f'<li><a href="{name}">{escape(article.title)}</a></li>' for name, article in chapters
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n'
        '<html xmlns="http://www.w3.org/1999/xhtml" '
        'xmlns:epub="http://www.idpf.org/2007/ops">\n'
        f"<head><title>{escape(title)}</title></head>\n"
        f'<body><nav epub:type="toc"><ol>{items}</ol></nav></body>\n</html>\n'
    )
