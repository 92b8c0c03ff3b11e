"""Saving articles: what is saved can be read again, here and elsewhere."""

import re
import zipfile
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from reader.text.article import document
from reader.text.as_html import to_html
from reader.text.as_markdown import to_markdown
from reader.text.blocks import BodyKind
from reader.text.export import Exported, as_epub, as_html, as_markdown, as_text
from reader.text.layout import lay_out
from reader.text.terminal import SafeText

DATA = Path(__file__).parents[1] / "data" / "article"
KINDS: dict[str, BodyKind] = {".html": "html", ".md": "markdown", ".txt": "text"}
SOURCES = sorted(
    path for path in DATA.iterdir() if path.suffix in KINDS and not path.name.endswith(".80.txt")
)
BASE = "https://example.org/dir/"


def words(body: str, kind: BodyKind) -> list[str]:
    article = document(body, kind, base=BASE)
    text = " ".join(line.text for line in lay_out(article.blocks(), 500))
    # The size of a picture is no word of the article, and Markdown has no place for it.
    text = re.sub(r"(?:, |: )\d+×\d+\]", "]", text)
    return re.findall(r"\w+", text)


def exported(body: str, kind: BodyKind = "html") -> Exported:
    return Exported(
        title=SafeText('A "title": with \\ signs'),
        document=document(body, kind, base=BASE),
        published=datetime(2026, 1, 28, 9, 30, tzinfo=UTC),
        link="https://example.org/a?b=1&c=2",
        feed=SafeText("The Outlet"),
        authors=(SafeText("A. Uthor"), SafeText("B. Writer")),
        tags=(SafeText("it's"), SafeText("null")),
        language="en",
    )


# Letters that number items become bullets in Markdown and HTML alike.
LOSSY = {"lists.html", "broken.html"}


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.name)
def test_articles_read_back_with_the_same_words(source: Path) -> None:
    kind = KINDS[source.suffix]
    body = source.read_bytes().decode()
    article = document(body, kind, base=BASE)
    before = words(body, kind)
    markdown = to_markdown(article.blocks(), article.links, article.images)
    html = "".join(to_html(article.blocks(), article.links, article.images))
    if source.name in LOSSY:
        assert set(before) - set(words(markdown, "markdown")) <= {"a", "b", "i", "ii"}
        assert set(before) - set(words(html, "html")) <= {"a", "b", "i", "ii"}
    else:
        assert words(markdown, "markdown") == before
        assert words(html, "html") == before


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.name)
def test_html_is_well_formed(source: Path) -> None:
    article = document(source.read_bytes().decode(), KINDS[source.suffix], base=BASE)
    html = "".join(to_html(article.blocks(), article.links, article.images))
    ET.fromstring(f"<div>{html}</div>")
    assert "javascript:" not in html.lower()
    assert "<script" not in html.lower()
    assert "<img" not in html


def test_markdown_keeps_what_could_be_taken_for_markup() -> None:
    body = (
        "<p># a * b_c_d [x](y) `z` &lt;b&gt; 1. | \\ {{ q }} {% r %} ![i](j) &amp;amp; ~x~ $y$</p>"
    )
    assert words(body, "html")
    article = document(body, "html")
    markdown = to_markdown(article.blocks(), article.links)
    (line,) = lay_out(document(markdown, "markdown").blocks(), 200)
    (wanted,) = lay_out(document(body, "html").blocks(), 200)
    assert line.text == wanted.text


def test_saved_markdown_has_front_matter_that_says_what_it_was() -> None:
    frontmatter = pytest.importorskip("frontmatter")
    saved = as_markdown(exported("<p>Body <b>text</b>.</p><hr><p>---</p>"))
    handler = frontmatter.YAMLHandler()
    head, body = handler.split(saved)
    assert handler.load(head) == {
        "title": 'A "title": with \\ signs',
        "date": datetime(2026, 1, 28, 9, 30, tzinfo=UTC),
        "author": ["A. Uthor", "B. Writer"],
        "link": "https://example.org/a?b=1&c=2",
        "source": "The Outlet",
        "language": "en",
        "tags": ["it's", "null"],
        "draft": False,
    }
    assert body.strip() == "Body **text**.\n\n---\n\n\\---"


def test_saved_text_lists_its_links() -> None:
    text = as_text(
        exported('<p>See <a href="/x">this</a> and <a href="javascript:y">that</a>.</p>')
    )
    assert text == (
        'A "title": with \\ signs\nA. Uthor, B. Writer · The Outlet · 2026-01-28\n'
        "https://example.org/a?b=1&c=2\n\nSee this and that.\n\n[1] https://example.org/x\n"
    )


def test_saved_page_is_whole_and_fetches_nothing() -> None:
    page = as_html(exported('<p>x <img src="https://e.example/a.png" alt="y"></p>'))
    assert page.startswith('<!DOCTYPE html>\n<html lang="en">')
    assert "<title>A &quot;title&quot;: with \\ signs</title>" in page
    assert "src=" not in page
    assert '<a href="https://e.example/a.png">[image: y]</a>' in page


def test_book_has_the_parts_an_epub_needs() -> None:
    articles = [exported("<p>One &amp; only<br>line</p>"), exported("# Two\n", "markdown")]
    now = datetime(2026, 2, 1, tzinfo=UTC)
    book = as_epub(articles, title="Two & more", now=now)
    with zipfile.ZipFile(BytesIO(book)) as archive:
        first = archive.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        assert archive.read("mimetype") == b"application/epub+zip"
        parsed = {
            name: ET.fromstring(archive.read(name))
            for name in archive.namelist()
            if name != "mimetype"
        }
    assert set(parsed) == {
        "META-INF/container.xml",
        "content.opf",
        "nav.xhtml",
        "article1.xhtml",
        "article2.xhtml",
    }
    opf = "{http://www.idpf.org/2007/opf}"
    manifest = {item.get("href") for item in parsed["content.opf"].iter(f"{opf}item")}
    assert manifest == {"nav.xhtml", "article1.xhtml", "article2.xhtml"}
    assert len(list(parsed["content.opf"].iter(f"{opf}itemref"))) == 2
    assert book == as_epub(articles, title="Two & more", now=now)
