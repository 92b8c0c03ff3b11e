"""What the fuzzer and the regression test feed with bytes, and what must hold afterwards.

A target raises where something is wrong: an exception that its room does not promise, a
character that must not be drawn, more time than is bearable.
"""

import os
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from time import process_time

from rich.cells import cell_len

from reader.model.article import Article, RawArticle
from reader.model.errors import SourceUnreadable
from reader.query.match import Facts, matches
from reader.query.parse import parse as parse_query
from reader.sources import feed, folder, newsboat, opml, webpage
from reader.text import dates, plain, urls
from reader.text.article import document
from reader.text.as_html import to_html
from reader.text.as_markdown import to_markdown
from reader.text.blocks import BodyKind
from reader.text.decode import decode
from reader.text.layout import lay_out
from reader.text.outline import outline as headings_of
from reader.text.terminal import clean, clean_line
from reader.text.width import graphemes, truncate, width
from reader.update.clean import clean as clean_article
from tests.text.safety import forbidden

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
SECONDS = 4.0
"""The most processor time for one input of up to a megabyte."""
KINDS: tuple[BodyKind, ...] = ("html", "markdown", "text")
SUFFIXES = (".md", ".html", ".txt")

_scratch = Path(tempfile.mkdtemp(prefix="newsreader-fuzz-"))


def safe(text: str, *, allowed: str = "") -> None:
    """Nothing in ``text`` that must not be drawn."""
    if not (text.isascii() and text.isprintable()):
        assert forbidden(text, allowed=allowed) == [], ascii(text[:200])


def refused(error: SourceUnreadable, start: str = "") -> None:
    """A refusal is a sentence that is safe to show."""
    reason = str(error)
    assert reason.startswith(start)
    assert 0 < len(reason) < 400
    safe(reason)


def clean_text(data: bytes) -> None:
    """Cleaning is safe, idempotent and keeps widths what everybody counts."""
    for text in (data.decode("utf-8", "surrogateescape"), data.decode("latin-1"), decode(data)[0]):
        cleaned = clean(text)
        safe(cleaned, allowed="\n\t")
        assert clean(cleaned) == cleaned
        line = clean_line(text, 200)
        safe(line)
        assert len(line) <= 200
        assert clean_line(line, 200) == line
        assert "".join(graphemes(line)) == line
        cut = truncate(line, 20)
        assert width(cut) <= 20
        safe(cut)


def article_body(data: bytes) -> None:
    """Every body becomes lines; the first byte says of which kind it is."""
    body = data[1:].decode("utf-8", "surrogateescape")
    _draw(body, KINDS[data[0] % 3] if data else "html")


def _draw(body: str, kind: BodyKind, base: str = "", title: str = "") -> None:
    shown = document(body, kind, base=base, title=title)
    for columns in (80, 20):
        for line in lay_out(shown.blocks(), columns):
            safe(line.text)
            assert line.wide or width(line.text) <= columns, ascii(line.text)
    for link in shown.links:
        safe(link.url)
        safe(link.text)
        assert urls.openable(link.url) or not link.openable
    for image in shown.images:
        safe(image.url)
        safe(image.text)
    safe(plain.visible_text(body, kind), allowed="\n\t")


def article_view(data: bytes) -> None:
    """An article on the screen, searched, in outline, and written out and read again."""
    from rich.style import Style

    from reader.tui.drawing import strip_of

    kind = KINDS[data[0] % 3] if data else "html"
    shown = document(data[1:].decode("utf-8", "surrogateescape"), kind, base="https://e.example/")
    cells = 20 + len(data) % 70
    lines = list(lay_out(shown.blocks(), cells, justify=bool(len(data) % 2)))
    for line in lines:
        assert all(span.link < len(shown.links) for span in line.spans)
        assert all(span.image < len(shown.images) for span in line.spans)
        strip = strip_of([(span.text, Style()) for span in line.spans], cells, Style())
        assert strip.cell_length == cells == sum(cell_len(part.text) for part in strip)
        safe(strip.text)
    text = "\n".join(line.text for line in lines)
    safe(text, allowed="\n")
    list(headings_of(shown.blocks()))
    for written, as_kind in (
        ("".join(to_html(shown.blocks(), shown.links, shown.images)), "html"),
        (to_markdown(shown.blocks(), shown.links, shown.images), "markdown"),
    ):
        safe(written, allowed="\n\t")
        _draw(written, "html" if as_kind == "html" else "markdown")


def folder_file(data: bytes) -> None:
    """A file of a folder opens or is refused; the first byte says how it is called."""
    path = _scratch / f"article{SUFFIXES[data[0] % 3] if data else '.md'}"
    path.write_bytes(data[1:])
    os.utime(path, (NOW.timestamp(), NOW.timestamp()))
    try:
        raw = folder.read(_scratch, path.name, now=NOW)
    except SourceUnreadable as error:
        refused(error, "It is ")
        return
    assert raw.title
    _cleaned(raw)


def feed_document(data: bytes) -> None:
    """A feed is parsed or refused with a sentence."""
    try:
        parsed = feed.parse(data, url="https://example.org/feed", now=NOW)
    except SourceUnreadable as error:
        refused(error)
        return
    for raw in parsed.articles[:50]:
        _cleaned(raw)


def web_page(data: bytes) -> None:
    """A page of the web has an article, or none."""
    found = webpage.read(data, url="https://example.org/a/b", now=NOW)
    safe(found.problem)
    _cleaned(found.article)


def _cleaned(raw: RawArticle) -> None:
    article = clean_article(raw, now=NOW).article
    for text in _texts(article):
        safe(text)
    _draw(article.body, article.kind, article.base, article.title)


def _texts(article: Article) -> Iterator[str]:
    yield from (article.title, article.feed, article.summary, article.link, article.language)
    yield from (article.image, article.comments)
    yield from (*article.authors, *article.tags, *article.problems)
    for enclosure in article.enclosures:
        yield from (enclosure.url, enclosure.mime, enclosure.title)


def outline(data: bytes) -> None:
    """A list of feeds is read or refused; so are newsboat's files."""
    try:
        opml.read(data)
    except SourceUnreadable as error:
        refused(error)
    newsboat.read_urls(data)
    newsboat.read_kill_file(data)


def query(data: bytes) -> None:
    """Every query is read; its mistakes lie within it; it can be asked."""
    text = data.decode("utf-8", "surrogateescape")
    parsed = parse_query(text)
    for mistake in parsed.mistakes:
        assert 0 <= mistake.start <= mistake.end <= len(text)
    facts = Facts(
        published=NOW, title=text[:100], author="Ann", text=text, feed="The Paper", tags=("a b",),
        category=("News",), link="https://example.org/a", words=3,
    )  # fmt: skip
    matches(parsed.tree, facts, NOW)


def address_and_date(data: bytes) -> None:
    """Addresses and dates of any form are read or not."""
    text = data.decode("utf-8", "surrogateescape")
    first, _, second = text.partition("\n")
    link = urls.absolute(first, second)
    assert not link or urls.openable(link)
    safe(link)
    for url in (first, link):
        assert urls.canonical(urls.canonical(url)) == urls.canonical(url)
        safe(urls.outlet(url))
        urls.without_tracking(url)
    for found in (dates.parse(first), dates.in_line(first)):
        assert found is None or found.tzinfo is UTC


TARGETS: dict[str, Callable[[bytes], None]] = {
    "clean": clean_text,
    "article": article_body,
    "view": article_view,
    "folder": folder_file,
    "feed": feed_document,
    "page": web_page,
    "outline": outline,
    "query": query,
    "address": address_and_date,
}


def run(name: str, data: bytes) -> None:
    """Feed a target; raises where something is wrong, slowness included."""
    start = process_time()
    TARGETS[name](data)
    took = process_time() - start
    assert took < SECONDS, f"{len(data)} bytes took {took:.1f} s"
