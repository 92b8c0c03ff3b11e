"""The whole corpus of real and hostile files, from a folder through a library to drawn lines."""

import asyncio
import shutil
import time
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

import pytest

from reader.library import Library
from reader.model.article import StoredArticle
from reader.model.scope import Scope
from reader.sources.walk import ARTICLE_SUFFIXES
from reader.text.article import document
from reader.text.layout import lay_out
from reader.text.urls import openable
from reader.text.width import width
from tests.text.safety import forbidden

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
SECONDS_EACH = 30.0
PARTS = (
    *(("frontmatter", chunk, 4) for chunk in range(4)),
    ("plain", 0, 1),
    *((f"hostile/{kind}", 0, 1) for kind in ("terminal", "unicode", "yaml", "html", "xml")),
    ("hostile/feeds-own", 0, 1),
)
"""Folders of the corpus; a large one in chunks, so that several processors can share it."""


def files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file())


def as_articles(paths: Iterable[Path], part: Path, folder: Path) -> int:
    """Copy files: what no folder takes for an article comes as a page and as Markdown."""
    count = 0
    for path in paths:
        target = folder / path.relative_to(part)
        target.parent.mkdir(parents=True, exist_ok=True)
        names = [target]
        if path.suffix.lower() not in ARTICLE_SUFFIXES:
            names = [target.with_name(f"{target.name}{suffix}") for suffix in (".html", ".md")]
        for name in names:
            shutil.copyfile(path, name)
            count += 1
    return count


def unsafe(text: str, *, allowed: str = "") -> list[str]:
    """What must not be drawn; most text is plain, and that is quick to see."""
    return [] if text.isascii() and text.isprintable() else forbidden(text, allowed=allowed)


def fields(article: StoredArticle) -> Iterator[tuple[str, str]]:
    """Every text of an article that a list, the sidebar or the article pane shows."""
    head, content = article.headline, article.content
    yield from (("title", head.title), ("feed", head.feed), ("author", head.author))
    yield from (("language", head.language), ("link", head.link), ("summary", content.summary))
    yield from (("image", content.image), ("comments", content.comments), ("base", content.base))
    yield from (("author", name) for name in content.authors)
    yield from (("tag", tag.name) for tag in article.tags)
    yield from (("problem", problem) for problem in content.problems)
    for enclosure in content.enclosures:
        yield from (("enclosure", enclosure.url), ("enclosure", enclosure.mime))
        yield "enclosure", enclosure.title


def check_drawn(article: StoredArticle) -> None:
    """Lay the article out on a usual and on a narrow screen, and look at every line."""
    content, name = article.content, article.path
    shown = document(content.body, content.kind, base=content.base, title=content.title)
    for columns in (80, 20):
        for line in lay_out(shown.blocks(), columns):
            assert unsafe(line.text) == [], (name, columns, ascii(line.text))
            assert line.wide or width(line.text) <= columns, (name, columns, ascii(line.text))
    for link in shown.links:
        assert unsafe(link.url) == unsafe(link.text) == [], (name, ascii(link))
        assert openable(link.url) or not link.openable, (name, ascii(link))
    for image in shown.images:
        assert unsafe(image.url) == unsafe(image.text) == [], (name, ascii(image))
        assert unsafe(image.written) == [], (name, ascii(image))


@pytest.mark.parametrize(("part", "chunk", "chunks"), PARTS)
def test_every_file_opens_or_is_refused_with_a_reason(
    corpus: Path, part: str, chunk: int, chunks: int, tmp_path: Path
) -> None:
    folder = tmp_path / "news"
    count = as_articles(islice(files(corpus / part), chunk, None, chunks), corpus / part, folder)
    library = Library.open(tmp_path / "library.db", clock=lambda: NOW)
    library.add_folder(folder)
    asyncio.run(updated(library))
    ids = library.list_ids(Scope())
    refused = library.refused()
    left_alone = sum(path.name.endswith(("~", "#")) for path in files(folder))
    assert len(ids) + len(refused) == count - left_alone
    for refusal in refused:
        assert refusal.problem.startswith("It is "), refusal
        assert unsafe(refusal.problem) == []
    assert len(ids) > 10 * len(refused)
    for article_id in ids:
        start = time.process_time()
        article = library.article(article_id)
        assert article is not None
        wrong = [(field, unsafe(text)) for field, text in fields(article) if unsafe(text)]
        assert wrong == [], article.path
        check_drawn(article)
        assert time.process_time() - start < SECONDS_EACH, article.path
    for row in library.feed_rows():
        assert unsafe(row.title) == [], row
    for tag in library.tag_rows():
        assert unsafe(tag.name) == [], tag
    library.digest()
    library.close()


async def updated(library: Library) -> None:
    async for _ in library.update():
        pass
