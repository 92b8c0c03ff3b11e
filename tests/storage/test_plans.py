"""Which way SQLite goes: no list of a plain scope looks at more than it shows."""

from collections.abc import Iterator

import pytest

from reader.library import Library
from reader.model.scope import Scope, Show
from reader.storage import tables
from tests.storage.filling import article, fill

MANY = 3000


@pytest.fixture
def filled(library: Library) -> Library:
    """Enough articles that looking at all of them can be told from looking at a page."""
    wanted = [
        article(n, feed=f"Feed {n % 19}", tags=["all", f"tag {n % 7}"], body="x")
        for n in range(MANY)
    ]
    ids = fill(library, wanted)
    library.mark(ids[::2], "read", value=True)
    library.mark(ids[::3], "starred", value=True)
    with library.store.write() as connection:
        connection.execute("INSERT INTO category (id, title) VALUES (1, 'News')")
        connection.execute("UPDATE feed SET category_id = 1 WHERE id % 2 = 0")
    return library


def steps(library: Library, scope: Scope) -> int:
    """Hundreds of steps that SQLite's machine takes for the first page of a scope."""
    taken = 0

    def count() -> bool:
        nonlocal taken
        taken += 1
        return False

    with library.store.read() as connection:
        connection.set_progress_handler(count, 100)
        try:
            page = library.list_ids(scope, limit=20)
        finally:
            connection.set_progress_handler(None, 0)
    assert len(page) == 20
    return taken


def scopes(library: Library) -> Iterator[Scope]:
    by_name = {str(row.name): row.id for row in library.tag_rows()}
    shows: tuple[Show, ...] = ("all", "unread", "starred")
    for show in shows:
        yield Scope(show=show)
        yield Scope(category_id=1, show=show)
        yield Scope(feed_id=library.all_feeds()[3].id, show=show)
        yield Scope(tag_ids=(by_name["all"],), show=show)
        yield Scope(tag_ids=(by_name["tag 3"], by_name["all"]), show=show)
    yield Scope(query="is:unread is:starred")
    yield Scope(query='#all -#"tag 1"')
    yield Scope(query="age:<3d lang:en has:image OR words:<5")
    yield Scope(query='feed:"Feed 3" is:unread')


def test_a_first_page_costs_the_page_and_not_the_library(filled: Library) -> None:
    for scope in scopes(filled):
        assert steps(filled, scope) < 80, scope


def test_a_whole_library_that_has_nothing_is_looked_through_in_one_index(filled: Library) -> None:
    assert not filled.list_ids(Scope(query="lang:fa"))
    with filled.store.read() as connection:
        asked: list[str] = []
        connection.set_trace_callback(asked.append)
        filled.list_ids(Scope(query="words:>1000 site:example.org"), limit=20)
        connection.set_trace_callback(None)
        (statement,) = (one for one in asked if "article_facts" in one)
        plan = " ".join(row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {statement}"))
    assert "article_facts" in plan


def test_every_index_tells_what_it_serves() -> None:
    before = ""
    for line in tables.INDEXES.splitlines():
        if line.startswith("CREATE"):
            assert before.startswith("--"), line
        before = line
