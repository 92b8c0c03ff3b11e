"""Lists of feeds come in, and go out without loss; users of newsboat move over."""

import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest

from reader.library import Library
from reader.model.errors import SourceUnreadable
from reader.model.records import replace
from reader.model.scope import Scope
from reader.model.subscription import Wanted
from reader.sources import opml
from reader.sources.opml import Outline

DATA = Path(__file__).parents[1] / "data"
NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


def opened(path: Path) -> Library:
    return Library.open(path, clock=lambda: NOW)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    library = opened(tmp_path / "library.db")
    yield library
    library.close()


@pytest.fixture
def newsboat(tmp_path: Path) -> Path:
    folder = tmp_path / ".newsboat"
    folder.mkdir()
    for name in ("urls", "config"):
        (folder / name).write_bytes((DATA / "newsboat" / name).read_bytes())
    connection = sqlite3.connect(folder / "cache.db")
    connection.executescript((DATA / "newsboat" / "cache.sql").read_text(encoding="utf-8"))
    connection.close()
    return folder


def feeds(library: Library) -> dict[str, tuple[str, tuple[str, ...]]]:
    return {feed.location: (feed.title, feed.category) for feed in library.all_feeds()}


def flat(outlines: tuple[Outline, ...]) -> list[dict[str, str]]:
    found = []
    for outline in outlines:
        found.append(dict(outline.attributes))
        found += flat(outline.children)
    return found


def test_an_opml_list_is_followed_and_told(library: Library) -> None:
    report = library.import_path(DATA / "opml" / "nested.opml")
    assert feeds(library) == {
        "https://een.example.org/rss?a=1&b=2": ("Een", ("Nieuws", "Binnenland")),
        "http://twee.example.org/atom": ("Twee", ("Nieuws",)),
        "https://drie.example.org/": ("Drie", ()),
        "https://pad.example.org/": ("Pad", ("Tech", "Linux")),
        "https://bundel.example.org/": ("Bundel", ()),
        "https://deel.example.org/": ("Deel", ("Bundel",)),
    }
    assert (len(report.added), report.known) == (6, ())
    assert [one.name for one in report.refused] == [
        "https://EEN.example.org/rss?a=1&b=2",
        "Lijst",
        "Pagina",
        "exec:~/bin/feed.sh",
        "file:///home/me/feed.xml",
        "Niets",
    ]


def test_a_second_import_changes_nothing_and_one_undo_takes_all_back(library: Library) -> None:
    first = library.import_path(DATA / "opml" / "nested.opml")
    library.name_feed(first.added[0], "My own name")
    again = library.import_path(DATA / "opml" / "nested.opml")
    assert (again.added, set(again.known)) == ((), set(first.added))
    assert "My own name" in {title for title, _ in feeds(library).values()}
    library.undo()
    library.undo()
    assert feeds(library) == {}


def test_a_feed_that_is_followed_under_another_spelling_is_known(library: Library) -> None:
    library.add_feeds([Wanted(url="https://example.org/feed?utm_source=x")])
    report = library.import_opml(
        b"<opml version='2.0'><body><outline text='A' xmlUrl='https://EXAMPLE.org/feed'/></body></opml>"
    )
    assert (len(report.added), len(report.known)) == (0, 1)


def test_what_is_exported_is_what_was_imported(library: Library, tmp_path: Path) -> None:
    library.import_path(DATA / "opml" / "nested.opml")
    first = library.export_opml()
    told = {one["text"]: one for one in flat(opml.read(first).outlines)}
    assert told["Een"]["fz:quota"] == "50"
    assert told["Een"]["description"] == "regel 1\nregel 2 <b>"
    assert told["Nieuws"]["isOpen"] == "true"
    other = opened(tmp_path / "other.db")
    other.import_opml(first)
    assert other.export_opml() == first
    assert feeds(other) == feeds(library)
    other.close()
    assert opml.read(library.export_opml(version="1.0")).version == "1.0"


def test_a_moved_category_keeps_what_was_said_of_it(library: Library) -> None:
    library.import_path(DATA / "opml" / "nested.opml")
    rows: dict[str, int] = {
        row.title: row.id for row in library.feed_rows() if row.kind == "category"
    }
    assert library.move_category(rows["Nieuws"], ("Tech",)).journal_id
    assert library.move_category(rows["Tech"], ("Tech", "Nieuws")).journal_id == 0
    assert ("Tech", "Nieuws", "Binnenland") in library.categories()
    outlines = {one["text"]: one for one in flat(opml.read(library.export_opml()).outlines)}
    assert outlines["Nieuws"]["isOpen"] == "true"
    library.undo()
    assert ("Nieuws", "Binnenland") in library.categories()


def test_newsboats_folder_comes_over_whole(library: Library, newsboat: Path) -> None:
    report = library.import_path(newsboat)
    assert (len(report.added), report.articles) == (5, 5)
    heads = library.headlines(library.list_ids(Scope()))
    assert {head.title: (head.unread, head.starred) for head in heads} == {
        "Aflevering 11": (True, False),
        "Aflevering 12: De rivier & de stad": (False, True),
        "Writing <b> in HTML": (True, False),
        "Eén kop": (True, False),
    }
    assert (report.read, report.starred) == (2, 1)
    assert [row.title for row in library.feed_rows() if row.id >= 100] == ["Ongelezen", "Recent"]
    assert any("category of its first tag" in note for note in report.notes)
    assert any("out of its list" in note and "headlines.rdf" in note for note in report.notes)
    assert len(report.rules) == 1
    assert 'query = "title:/Sponsored/"' in report.rules[0]
    assert "secret" not in str(report)
    private = next(feed for feed in library.all_feeds() if "private" in feed.location)
    assert "secret" not in private.location
    kept = library.kept_secret(private.id)
    assert (kept.user, kept.password) == ("user", True)


def test_coming_over_twice_keeps_what_was_done_since(library: Library, newsboat: Path) -> None:
    library.import_path(newsboat)
    ids = library.list_ids(Scope())
    library.mark(ids, "read", value=True)
    again = library.import_path(newsboat)
    assert (again.added, again.articles, again.read) == ((), 0, 0)
    assert list(library.list_ids(Scope())) == list(ids)
    assert library.counts(Scope()).unread == 0
    assert [row.title for row in library.feed_rows() if row.id >= 100] == ["Ongelezen", "Recent"]


def test_a_cache_that_cannot_be_read_is_told_and_the_feeds_come(
    library: Library, newsboat: Path
) -> None:
    (newsboat / "cache.db").write_bytes(b"no database" * 100)
    report = library.import_path(newsboat)
    assert len(report.added) == 5
    assert any("cache.db cannot be read" in note for note in report.notes)


def test_settings_and_cache_are_found_where_newsboat_has_them_now(
    library: Library, newsboat: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    data = tmp_path / ".local" / "share" / "newsboat"
    data.mkdir(parents=True)
    (newsboat / "cache.db").rename(data / "cache.db")
    (tmp_path / ".config").mkdir()
    newsboat.rename(tmp_path / ".config" / "newsboat")
    assert library.import_path(tmp_path / ".config" / "newsboat" / "urls").articles == 5


def test_a_plain_list_of_addresses_is_a_list(library: Library, tmp_path: Path) -> None:
    listed = tmp_path / "mine.txt"
    listed.write_text("# mine\nhttps://a.example.org/feed\n\nhttps://b.example.org/\n")
    preview = library.look_at(listed)
    assert (preview.kind, preview.feeds, preview.known) == ("newsboat", 2, 0)
    library.import_path(listed)
    assert library.look_at(listed).known == 2


def test_a_preview_says_what_stands_there(library: Library, newsboat: Path, tmp_path: Path) -> None:
    assert library.look_at(newsboat).kind == "newsboat"
    assert "secret" not in str(library.look_at(newsboat))
    lists = library.look_at(DATA / "opml" / "nested.opml")
    assert (lists.kind, lists.feeds, len(lists.refused)) == ("opml", 6, 6)
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "one.md").write_text("---\ntitle: One\n---\nText\n")
    (folder / "urls").write_text("this is no list of addresses\n")
    assert replace(library.look_at(folder), names=()).articles == 1
    assert library.look_at(folder).kind == "folder"
    assert library.look_at(folder / "one.md").kind == "article"
    with pytest.raises(SourceUnreadable, match="There is no file or folder"):
        library.look_at(tmp_path / "nowhere")
    with pytest.raises(SourceUnreadable, match="as a folder of articles"):
        library.import_path(folder)


def test_rules_are_added_once(library: Library, newsboat: Path, tmp_path: Path) -> None:
    rules = library.import_path(newsboat).rules
    place = tmp_path / "config" / "rules.toml"
    assert library.add_rules(place, rules) == 1
    before = place.read_text()
    assert library.add_rules(place, rules) == 0
    assert place.read_text() == before


@pytest.mark.parametrize("folder", ["own", "engineering-blogs"])
def test_every_list_of_the_corpus_is_imported_or_refused_in_words(
    corpus: Path, tmp_path: Path, folder: str
) -> None:
    for path in sorted((corpus / "opml" / folder).glob("*.opml")):
        library = opened(tmp_path / f"{path.stem}.db")
        with suppress(SourceUnreadable):
            library.import_path(path)
            first = library.export_opml()
            assert library.import_opml(first).added == ()
            assert library.export_opml() == first
        library.close()
