"""What is found in articles behind the update, from real files into a real library."""

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.library import Library
from reader.model.change import LibraryChanged
from reader.model.scope import Scope
from reader.model.tag import TagRow
from reader.storage import articles, feeds
from reader.storage.intents import Replace, Store, incoming
from reader.text.plain import count_words
from reader.update import digest
from tests.storage.filling import NOW, article, brought, fill
from tests.storage.recount import assert_counters_exact

TEXT = (
    "<p>The council of Rotterdam met on Tuesday to speak about the harbour. Mayor Carola"
    " Schouten said that the harbour must grow, and Schouten wants that Rotterdam pays.</p>"
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "library.db"


@pytest.fixture
def library(path: Path) -> Iterator[Library]:
    opened = Library.open(path, clock=lambda: NOW)
    yield opened
    opened.close()


def opened_folder(library: Library, folder: Path) -> None:
    async def run() -> None:
        async for _ in library.update():
            pass

    library.add_folder(folder)
    asyncio.run(run())


def derived(library: Library) -> dict[str, TagRow]:
    return {str(row.name): row for row in library.tag_rows() if row.kind == "derived"}


def followed(library: Library, bodies: list[str]) -> list[int]:
    """Articles as a web feed brings them: without their texts."""
    with library.store.write() as connection:
        source = feeds.add_source(connection, "web", "https://example.org/feed", NOW)
        wanted = [
            article(number, body=body, words=0, language="") for number, body in enumerate(bodies)
        ]
        stored = articles.apply(
            connection,
            source.id,
            [Store(incoming(one)) for one in wanted],
            library.writer("update"),
        )
    return list(stored.new)


def test_the_seeds_are_about_rutte_nato_and_trump(library: Library, seeds: Path) -> None:
    opened_folder(library, seeds)
    assert library.digest_pending() == 5
    assert not library.digest()
    assert library.digest_pending() == 0
    rows = {str(row.name): row for row in library.tag_rows()}
    for name in ("Rutte", "NATO", "Trump"):
        assert rows[name].articles >= 4, name
        assert rows[name].unread == rows[name].articles
        assert len(library.list_ids(Scope(tag_ids=(rows[name].id,)))) == rows[name].articles
    assert_counters_exact(library)


def test_what_a_feed_brought_is_found_counted_and_its_language_told(library: Library) -> None:
    (one,) = followed(library, [TEXT])
    assert list(library.list_ids(Scope(query="harbour"))) == []
    assert not library.search_complete()
    assert not library.digest()
    assert library.search_complete()
    assert list(library.list_ids(Scope(query="harbour words:>20 lang:en"))) == [one]
    (head,) = library.headlines([one])
    assert (head.words, head.language) == (27, "en")
    assert "Rotterdam" in derived(library)
    assert_counters_exact(library)


def test_it_works_in_slices_and_goes_on_after_a_restart(library: Library, path: Path) -> None:
    followed(library, [TEXT.replace("harbour", f"harbour {n}") for n in range(60)])
    assert library.digest(seconds=0.0)
    assert library.digest_pending()
    library.close()
    again = Library.open(path, clock=lambda: NOW)
    slices = 0
    while again.digest(seconds=0.0):
        slices += 1
    assert slices > 2
    assert again.digest_pending() == 0
    assert derived(again)["Rotterdam"].articles == 60
    assert_counters_exact(again)
    again.close()


def test_much_is_read_by_other_processes(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(digest, "FEW", 20)
    followed(library, [TEXT.replace("harbour", f"harbour {n}") for n in range(130)])
    assert library.digest(seconds=0.0)
    while library.digest(seconds=0.0):
        pass
    assert derived(library)["Rotterdam"].articles == 130
    assert {head.words for head in library.headlines(library.list_ids(Scope()))} == {29}
    assert_counters_exact(library)


def test_two_sessions_count_each_article_once(library: Library, path: Path) -> None:
    followed(library, [TEXT] * 30)
    other = Library.open(path, clock=lambda: NOW)
    more = True
    while more:
        more = library.digest(seconds=0.0)
        more = other.digest(seconds=0.0) or more
    assert derived(other)["Rotterdam"].articles == 30
    with library.store.read() as connection:
        assert connection.execute("SELECT articles FROM topic WHERE key = 0").fetchone() == (30,)
    assert LibraryChanged() in other.poll()
    other.close()


def test_a_derived_tag_that_a_person_removes_stays_removed(library: Library) -> None:
    one, two = followed(library, [TEXT, TEXT])
    library.digest()
    library.tag([one], "Rotterdam", add=False)
    assert derived(library)["Rotterdam"].articles == 1
    with library.store.write() as connection:
        source = feeds.sources(connection)[0]
        new = brought(article(0, body=f"{TEXT} Rotterdam, Rotterdam and again Rotterdam."))
        articles.apply(connection, source.id, [Replace(one, new)], library.writer("update"))
    library.digest()
    assert list(library.list_ids(Scope(query="tag:rotterdam"))) == [two]
    library.undo()
    assert derived(library)["Rotterdam"].articles == 2
    assert_counters_exact(library)


def test_a_text_that_changed_is_about_something_else(library: Library) -> None:
    (one,) = followed(library, [TEXT])
    library.digest()
    with library.store.write() as connection:
        source = feeds.sources(connection)[0]
        new = brought(article(0, body=TEXT.replace("Rotterdam", "Antwerp")))
        articles.apply(connection, source.id, [Replace(one, new)], library.writer("update"))
    library.digest()
    assert "Antwerp" in derived(library)
    assert "Rotterdam" not in derived(library)
    assert_counters_exact(library)


def test_given_and_user_tags_are_left_alone(library: Library) -> None:
    ids = fill(library, [article(1, body=TEXT, tags=["Rotterdam", "harbours"])])
    library.tag(ids, "Carola", add=True)
    library.digest()
    kinds = {str(row.name): row.kind for row in library.tag_rows()}
    assert (kinds["Rotterdam"], kinds["harbours"], kinds["Carola"]) == ("given", "given", "user")
    assert "derived" in kinds.values()
    assert_counters_exact(library)


def test_a_name_of_one_article_becomes_a_tag_with_the_second(library: Library) -> None:
    others = [f"<p>Words about nothing at all in text number {n}.</p>" for n in range(40)]
    body = "<p>Some words of an evening on which Zeeland was seen for a while.</p>"
    followed(library, [*others, body])
    library.digest()
    assert "Zeeland" not in derived(library)
    with library.store.write() as connection:
        source = feeds.sources(connection)[0]
        articles.apply(
            connection,
            source.id,
            [Store(brought(article(99, body=f"{body} And Zeeland once more.")))],
            library.writer("update"),
        )
    library.digest()
    assert derived(library)["Zeeland"].articles == 2


def test_derived_tags_can_be_switched_off_and_on(library: Library, path: Path) -> None:
    followed(library, [TEXT, TEXT])
    library.digest()
    assert derived(library)
    without = Library.open(path, clock=lambda: NOW, derived_tags=False)
    without.digest()
    assert not derived(without)
    assert_counters_exact(without)
    without.close()
    again = Library.open(path, clock=lambda: NOW)
    again.digest()
    assert derived(again)["Rotterdam"].articles == 2
    assert_counters_exact(again)
    with again.store.read() as connection:
        assert connection.execute("SELECT articles FROM topic WHERE key = 0").fetchone() == (2,)
    again.close()


def test_hidden_and_read_articles_are_counted_as_such(library: Library) -> None:
    ids = followed(library, [TEXT] * 4)
    library.mark(ids[:1], "hidden", value=True)
    library.mark(ids[1:2], "read", value=True)
    library.digest()
    row = derived(library)["Rotterdam"]
    assert (row.articles, row.unread) == (3, 2)
    assert_counters_exact(library)


def test_a_mistake_of_ours_with_one_text_costs_the_others_nothing(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(text: str) -> int:
        if "mistaken" in text:
            raise ValueError(text)
        return count_words(text)

    monkeypatch.setattr("reader.update.digest.count_words", fail)
    ids = followed(library, [TEXT, "<p>mistaken</p>", TEXT])
    assert library.digest() is False
    assert library.digest_pending() == 0
    assert [row.words > 0 for row in library.headlines(sorted(ids))] == [True, False, True]


def test_where_nothing_waits_nothing_is_imported(library: Library, path: Path) -> None:
    followed(library, [TEXT])
    library.digest()
    library.close()
    code = (
        "import sys; from pathlib import Path; from datetime import datetime, UTC\n"
        "from reader.library import Library\n"
        f"library = Library.open(Path({str(path)!r}), clock=lambda: datetime.now(UTC))\n"
        "assert not library.digest(seconds=0.05)\n"
        "assert 'reader.text.topics' not in sys.modules\n"
        "assert 'reader.query.parse' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_where_nothing_can_be_saved_there_is_nothing_to_do(library: Library) -> None:
    followed(library, [TEXT] * 200)
    with library.store.read() as connection:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages}")
    assert not library.digest()
    assert library.digest_pending()
    assert "disk is full" in library.saving_problem
    with library.store.read() as connection:
        connection.execute("PRAGMA max_page_count = 1000000")
    library.digest()
    assert library.digest_pending() == 0
    assert derived(library)["Rotterdam"].articles == 200
    assert_counters_exact(library)
