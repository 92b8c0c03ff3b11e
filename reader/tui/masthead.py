"""The lines above an article's text: title, where and when, link, tags, files, summary."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.text.blocks import Line, Span
from reader.text.direction import is_rtl
from reader.text.terminal import SafeText, clean_line
from reader.text.width import truncate, width
from reader.tui import enclosed, when
from reader.tui.drawing import safe, wrapped
from reader.tui.widgets.tag_list import MARKS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reader.model.article import StoredArticle

BLOCK = -1
"""The block number of lines that are not of the body."""
SUMMARY_LIMIT = 2000
"""Characters of a summary that are shown: more is a second body."""


def masthead(stored: StoredArticle, cells: int) -> Iterator[Line]:
    """The lines, each at most ``cells`` wide, with an empty line after them."""
    content = stored.content
    title = content.title or SafeText("(no title)")
    yield from _paragraph(title, "strong", cells)
    yield from _paragraph(about(stored), "dim", cells)
    yield from _paragraph(also_in(stored), "dim", cells)
    if stored.headline.hidden:
        by = f"by the rule {stored.hidden_by}" if stored.hidden_by else "by hand"
        yield from _paragraph(f"Hidden {by}", "problem", cells)
    link = clean_line(content.link)
    if link:
        yield _line(truncate(link, cells), "link dim")
    comments = clean_line(content.comments)
    if comments and comments != link:
        yield _line(truncate(safe(f"comments: {comments}"), cells), "dim")
    if stored.tags:
        names = (f"{MARKS[tag.kind]}{tag.name}" for tag in stored.tags)
        tags = "\u00a0 ".join(name.replace(" ", "\u00a0") for name in names)
        yield from _paragraph(tags, "dim", cells)
    for told in enclosed.lines(content.enclosures):
        yield _line(truncate(safe(told), cells), "dim")
    for problem in content.problems:
        yield from _paragraph(f"! {problem}", "problem dim", cells)
    if content.summary:
        yield Line((), BLOCK)
        yield from _paragraph(content.summary[:SUMMARY_LIMIT], "emphasis", cells)
    yield Line((), BLOCK)


def about(stored: StoredArticle) -> str:
    """Outlet, date, authors, reading time, in one sentence of parts."""
    content = stored.content
    feed = stored.headline.feed
    through = content.outlet and content.outlet.casefold() != feed.casefold()
    parts = [
        f"{content.outlet}, through {feed}" if through else feed,
        when.in_article(content.published, content.date_source),
        ", ".join(content.authors),
        when.reading_time(content.words).replace(" ", "\u00a0"),
    ]
    return " · ".join(part for part in parts if part)


def also_in(stored: StoredArticle) -> str:
    """The other feeds that the article came through, each with why it is the same; "" for none."""
    outlets = ", ".join(f"{copy.feed} ({copy.why})" for copy in stored.copies)
    return f"Also in {outlets}" if outlets else ""


def _paragraph(text: str, style: str, cells: int) -> Iterator[Line]:
    """Wrapped text; what is read from the right stands at the right, as in the article."""
    right = not text.isascii() and is_rtl((Span(SafeText(text)),))
    for line in wrapped(text, cells):
        margin = " " * (cells - width(line)) if right else ""
        yield _line(safe(margin + line), style)


def _line(text: SafeText, style: str) -> Line:
    return Line((Span(text, style),), BLOCK)
