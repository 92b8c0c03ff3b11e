"""The document an article was made of: its file as it is on disk, or its feed's fields."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from reader.library import Library
from reader.model.article import Enclosure
from reader.model.errors import SourceUnreadable
from reader.model.scope import Scope
from reader.sources import header
from tests.storage.filling import NOW, article, fill


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    opened = Library.open(tmp_path / "library.db", clock=lambda: NOW)
    yield opened
    opened.close()


def read(library: Library, path: Path) -> int:
    """Add a folder or a file; the newest article."""
    library.add_folder(path)

    async def update() -> None:
        async for _ in library.update(force=True):
            pass

    asyncio.run(update())
    return library.newest_id()


@pytest.mark.parametrize(
    ("name", "head", "syntax"),
    [
        ("one.md", '---\ntitle: "One"\ntags: [a, b]\n---\n', "yaml"),
        ("one.md", '+++\ntitle = "One"\n+++\n', "toml"),
        ("one.html", "", ""),
        ("one.txt", "", ""),
    ],
)
def test_a_document_is_given_back_as_it_is_on_disk(
    library: Library, tmp_path: Path, name: str, head: str, syntax: str
) -> None:
    body = "<p>Boats\x1b[31m came back.</p>\n"
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / name).write_text(head + body)
    found = library.original(read(library, folder))
    assert (found.head, found.body, found.syntax) == (head, body, syntax)
    assert found.path == str(folder / name)


def test_a_single_file_and_another_encoding(library: Library, tmp_path: Path) -> None:
    file = tmp_path / "one.md"
    file.write_bytes("---\ntitle: Één\n---\nCrème.\n".encode("utf-16"))
    found = library.original(read(library, file))
    assert (found.head, found.body) == ("---\ntitle: Één\n---\n", "Crème.\n")


def test_the_file_may_have_changed_or_gone(library: Library, tmp_path: Path) -> None:
    folder = tmp_path / "news"
    folder.mkdir()
    file = folder / "one.md"
    file.write_text("---\ntitle: One\n---\nBefore.\n")
    number = read(library, folder)
    file.write_text("Now without a header.\n")
    assert library.original(number).body == "Now without a header.\n"
    file.unlink()
    with pytest.raises(SourceUnreadable, match="gone"):
        library.original(number)
    file.symlink_to("/etc/hostname")
    with pytest.raises(SourceUnreadable, match="leads out"):
        library.original(number)
    with pytest.raises(SourceUnreadable, match="This article is gone"):
        library.original(99)


def test_what_a_feed_gave_is_a_document_that_can_be_read(library: Library) -> None:
    given = article(
        1,
        title='Boats: "back"? – yes & no',
        body="<p>They came <b>back</b>.</p>",
        published=datetime(2026, 2, 3, 9, 30, 15, tzinfo=UTC),
        tags=["Harbour", "C++"],
        enclosures=(Enclosure(url="https://a.example/1.mp3", mime="audio/mpeg", size=9),),
    )
    (number,) = fill(library, [given])
    found = library.original(number)
    assert found.body == given.body
    assert (found.path, found.syntax) == ("", "yaml")
    fields = header.read(found.head + found.body)
    assert fields.body.strip() == given.body
    assert fields.problems == ()
    assert fields.fields["title"] == given.title
    assert fields.fields["tags"] in (["C++", "Harbour"], ["Harbour", "C++"])
    assert fields.fields["id"] == given.identity
    assert list(library.list_ids(Scope())) == [number]
