"""Lists that are looked for a little at a time are those that are found at once."""

import threading

import pytest

from reader.library import Library
from reader.model.errors import SearchStopped
from reader.model.scope import ListPart, Scope
from reader.storage import slices
from tests.storage.filling import article, fill

MANY = 400
QUERIES = (
    "/harbour.?1/", "title:/[05]$/", "-title:/[05]$/", "tenth /harbour/", "tenth -title:/7/",
    "url:/7 /1/", "url:nowhere", "is:unread title:/1/", "title:/1/ OR url:/20", "harbour*",
    "tenth title:/3/ sort:score", "feed:1 title:/3/", "tag:odd title:/1/", "title:/nothing/",
    "is:hidden title:/3/", "",
)  # fmt: skip


@pytest.fixture
def filled(library: Library) -> Library:
    """Articles that a third of the queries find in places far apart."""
    ids = fill(
        library,
        [
            article(
                n,
                feed=f"Feed {n % 3}",
                title=f"Title {n}",
                link=f"https://example.org/{n}",
                tags=["odd"] if n % 2 else [],
                body=f"<p>harbour {n} {'tenth' if n % 10 == 3 else ''}</p>",
            )
            for n in range(MANY)
        ],
    )
    library.digest()
    library.mark(ids[::3], "read", value=True)
    library.mark(ids[5:9], "hidden", value=True)
    return library


def parts(library: Library, query: str, *, seconds: float, limit: int = 20_000) -> list[ListPart]:
    found: list[ListPart] = []
    while not found or not found[-1].complete:
        before = found[-1] if found else None
        found.append(
            library.list_part(Scope(query=query), limit=limit, before=before, seconds=seconds)
        )
    return found


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize(("seconds", "limit"), [(0.0, 20_000), (60.0, 7), (60.0, 20_000)])
def test_the_parts_make_the_list(
    filled: Library, monkeypatch: pytest.MonkeyPatch, query: str, seconds: float, limit: int
) -> None:
    monkeypatch.setattr(slices, "_READ_AT_ONCE", 0)
    monkeypatch.setattr(slices, "_NEWEST", 9)
    found = parts(filled, query, seconds=seconds, limit=limit)
    listed = [one for part in found for one in part.ids]
    assert listed == list(filled.list_ids(Scope(query=query)))


def test_without_time_each_part_ends_soon(filled: Library) -> None:
    assert len(parts(filled, "/nowhere/", seconds=0.0)) > 2
    assert len(parts(filled, "/nowhere/", seconds=60.0)) == 1
    assert len(parts(filled, "tenth", seconds=0.0)) == 1


def test_an_article_that_left_ends_the_looking(filled: Library) -> None:
    part = filled.list_part(Scope(query="/harbour/"), limit=3, seconds=0.0)
    assert part.last is not None
    with filled.store.write() as db:
        db.execute("DELETE FROM article WHERE id = ?", (part.last,))
    after = filled.list_part(Scope(query="/harbour/"), limit=3, before=part, seconds=0.0)
    assert (list(after.ids), after.complete) == ([], True)


def test_a_part_is_given_up_when_nobody_waits_for_it(filled: Library) -> None:
    gone = threading.Event()
    gone.set()
    with pytest.raises(SearchStopped):
        filled.list_part(Scope(query="/nowhere/"), limit=9, seconds=60.0, stop=gone.is_set)
