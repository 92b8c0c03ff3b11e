"""Articles taken out of the library, opened again, and compared with what they were."""

import asyncio
import io
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from reader.library import Library
from reader.library.sharing import Form
from reader.model.article import Article, StoredArticle
from reader.model.errors import SavingRefused, SourceUnreadable
from reader.model.page import FullText
from reader.model.scope import Scope
from reader.sources import folder
from reader.storage import articles, feeds, pages
from reader.storage.intents import Replace
from reader.text.terminal import SafeText
from tests.storage.filling import NOW, article, brought, fill

BODY = (
    "<h2>Plan</h2><p>One <b>bold</b> and <a href='/two'>linked</a> word.</p>"
    "<ul><li>First</li><li>Second</li></ul><pre><code>x = 1\n\ny = 2</code></pre>"
    "<table><tr><th>Boat</th><th>Catch</th></tr><tr><td>Anna</td><td>12</td></tr></table>"
)


class Clock:
    now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def library(tmp_path: Path, clock: Clock) -> Iterator[Library]:
    opened = Library.open(tmp_path / "data" / "library.db", clock=clock)
    yield opened
    opened.close()


def boats() -> Article:
    return article(
        1,
        title='Boats: "back"? – yes & no',
        body=BODY,
        feed="The Paper",
        link="https://paper.example/boats?id=1",
        tags=["Harbour", "C++", "1.10", "yes"],
        published=datetime(2026, 2, 3, 9, 30, 15, tzinfo=UTC),
        authors=(SafeText("Ann Keeper"), SafeText("Ö. O'Neil")),
        summary=SafeText("What came back: #1"),
        image="https://paper.example/boats.jpg",
        language="nl",
    )


def stored(library: Library, article_id: int) -> StoredArticle:
    found = library.article(article_id)
    assert found is not None
    return found


def test_what_is_saved_opens_here_again(library: Library, tmp_path: Path) -> None:
    (one,) = fill(library, [boats()])
    library.tag([one], "to read", add=True)
    saved = library.save_article(one, "md", tmp_path / "saved")
    assert saved.name == "2026-02-03-Boats-back-–-yes-no.md"
    raw = folder.read(tmp_path / "saved", saved.name, now=NOW)
    given = boats()
    assert (raw.title, raw.published, raw.link) == (given.title, given.published, given.link)
    assert (raw.authors, raw.language, raw.feed) == (given.authors, "nl", "The Paper")
    assert (raw.summary, raw.image) == (given.summary, given.image)
    assert set(raw.tags) == {*given.tags, "to read"}
    assert raw.problems == ()
    assert not raw.draft

    again = Library.open(tmp_path / "again.db", clock=lambda: NOW)
    again.add_folder(tmp_path / "saved")

    async def update() -> None:
        async for _ in again.update():
            pass

    asyncio.run(update())
    (other,) = again.list_ids(Scope())
    assert again.exported(other, "md") == library.exported(one, "md")
    assert again.exported(other, "text") == library.exported(one, "text")
    again.close()


def test_a_page_that_is_saved_opens_here_again(library: Library, tmp_path: Path) -> None:
    (one,) = fill(library, [boats()])
    saved = library.save_article(one, "html", tmp_path)
    raw = folder.read(tmp_path, saved.name, now=NOW)
    given = boats()
    assert (raw.title, raw.published, raw.link) == (given.title, given.published, given.link)
    assert (raw.authors, raw.language, raw.feed) == (given.authors, "nl", "The Paper")
    assert (raw.summary, raw.image) == (given.summary, given.image)
    assert set(raw.tags) == set(given.tags)
    assert (raw.date_source, raw.problems) == ("given", ())


@pytest.mark.parametrize(
    ("form", "start"),
    [("md", b"---\n"), ("html", b"<!DOCTYPE html>"), ("text", b"Boats:"), ("epub", b"PK")],
)
def test_every_form(library: Library, tmp_path: Path, form: Form, start: bytes) -> None:
    (one,) = fill(library, [boats()])
    path = library.save_article(one, form, tmp_path / "new" / "folder")
    data = path.read_bytes()
    assert data.startswith(start)
    if form == "epub":
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            data = book.read("article1.xhtml")
    for words in (b"Plan", b"linked", b"Anna"):
        assert words in data


def test_nothing_is_ever_replaced(library: Library, tmp_path: Path) -> None:
    (one,) = fill(library, [boats()])
    first = library.save_article(one, "text", tmp_path)
    second = library.save_article(one, "text", tmp_path)
    assert (first.name, second.name) == (f"{first.stem}.txt", f"{first.stem}-2.txt")
    assert sorted(path.name for path in tmp_path.glob("*.txt")) == sorted([first.name, second.name])
    assert not list(tmp_path.glob(".*"))


def test_the_full_text_is_taken_where_there_is_one(library: Library) -> None:
    (one,) = fill(library, [boats()])
    page = FullText(
        article_id=one,
        body="<p>The whole <a href='x'>story</a>.</p>",
        kind="html",
        base="https://paper.example/deep/",
        words=3,
        fetched=NOW,
    )
    with library.store.write() as connection:
        pages.keep(connection, page)
    assert b"whole [story](<https://paper.example/deep/x>)" in library.exported(one, "md")
    assert b"whole" not in library.exported(one, "md", own=True)


def test_what_cannot_be_written_is_told(library: Library, tmp_path: Path) -> None:
    (one,) = fill(library, [boats()])
    (tmp_path / "file").touch()
    with pytest.raises(SavingRefused, match="sub could not be written"):
        library.save_article(one, "md", tmp_path / "file" / "sub")
    with pytest.raises(SourceUnreadable, match="gone"):
        library.exported(99, "md")


# --- revisions


def edit(library: Library, clock: Clock, article_id: int, body: str) -> None:
    clock.now += timedelta(hours=1)
    with library.store.write() as connection:
        (source,) = feeds.sources(connection)
        new = Replace(article_id, brought(article(1, body=body)))
        articles.apply(connection, source.id, [new], library.writer("update"))


def shown(library: Library, article_id: int, since: int | None = None) -> list[tuple[str, str]]:
    found = library.changes(article_id, since)
    assert found is not None
    return [(span.style, span.text.strip()) for block in found.blocks for span in block.spans]


def test_older_texts_are_kept_and_compared(library: Library, clock: Clock) -> None:
    (one,) = fill(library, [article(1, body="<p>Two boats came.</p>")])
    assert library.changes(one) is None
    assert [one.current for one in library.revisions(one)] == [True]
    edit(library, clock, one, "<p>Three boats came.</p>")
    edit(library, clock, one, "<p>Three boats came back.</p>")
    first, second, third = library.revisions(one)
    assert [r.words for r in (first, second, third)] == [3, 3, 4]
    assert [r.stored - NOW for r in (first, second, third)] == [
        timedelta(hours=hours) for hours in range(3)
    ]
    assert third.current
    assert shown(library, one) == [("", "Three boats came"), ("insert", "back"), ("", ".")]
    assert ("strike", "Two") in shown(library, one, first.id)


def test_what_changed_since_it_was_read(library: Library, clock: Clock) -> None:
    (one,) = fill(library, [article(1, body="<p>Two boats came.</p>")])
    library.mark([one], "read", value=True)
    edit(library, clock, one, "<p>Three boats came.</p>")
    edit(library, clock, one, "<p>Three boats came back.</p>")
    assert ("strike", "Two") in shown(library, one)
    found = library.changes(one)
    assert found is not None
    assert (found.seen, found.since) == (True, NOW)
    # Opening the newest marks it read: the question is still what is new in it.
    library.mark([one], "read", value=False)
    clock.now += timedelta(minutes=1)
    library.mark([one], "read", value=True)
    assert ("strike", "Two") in shown(library, one)


def test_a_page_that_was_fetched_is_no_revision(library: Library) -> None:
    (one,) = fill(library, [boats()])
    page = FullText(article_id=one, body="<p>x</p>", kind="html", base="", words=1, fetched=NOW)
    with library.store.write() as connection:
        pages.keep(connection, page)
    assert len(library.revisions(one)) == 1
    assert stored(library, one).content.body == BODY
