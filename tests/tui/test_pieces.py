"""The pieces of the screen that need no terminal."""

from datetime import UTC, datetime, timedelta

import pytest

from reader.model.feed import FeedRow
from reader.model.scope import Scope
from reader.text.terminal import SafeText
from reader.tui import when
from reader.tui.arrangement import arrangement, beside
from reader.tui.frozen import FIRST, snapshot
from reader.tui.place import Place, from_session
from reader.tui.themes import DARK, LIGHT, look_of
from reader.tui.widgets.feed_list import unfolded
from tests.fakes.library import NOW, small


@pytest.mark.parametrize(
    ("moment", "shown"),
    [
        (NOW - timedelta(hours=3, minutes=5), "08:55"),
        (NOW - timedelta(hours=13), "20 Nov"),
        (datetime(2026, 11, 21, tzinfo=UTC), "21 Nov"),
        (datetime(2026, 1, 3, 4, 5, tzinfo=UTC), "3 Jan"),
        (datetime(2025, 12, 31, 4, 5, tzinfo=UTC), "2025-12"),
        (datetime(1999, 3, 1, 4, 5, tzinfo=UTC), "1999-03"),
        (NOW + timedelta(days=40), "31 Dec"),
    ],
)
def test_dates_of_rows(moment: datetime, shown: str) -> None:
    assert when.in_row(moment, NOW) == shown
    assert len(shown) <= when.ROW_WIDTH


def test_a_date_of_last_winter_keeps_its_day() -> None:
    now = datetime(2026, 2, 1, 12, tzinfo=UTC)
    assert when.in_row(datetime(2025, 12, 24, 4, 5, tzinfo=UTC), now) == "24 Dec"


def test_dates_of_articles_say_what_kind_of_date_they_are() -> None:
    moment = datetime(2025, 3, 26, 14, 3, tzinfo=UTC)
    assert when.in_article(moment, "given") == "Wed 26 March 2025, 14:03"
    assert when.in_article(moment, "text") == "Wed 26 March 2025, 14:03"
    assert when.in_article(moment, "file") == "file date Wed 26 March 2025, 14:03"
    assert when.in_article(moment, "seen") == "first seen Wed 26 March 2025, 14:03"
    midnight = moment.replace(hour=0, minute=0)
    assert when.in_article(midnight, "given") == "Wed 26 March 2025"


def test_reading_times() -> None:
    assert [when.reading_time(words) for words in (0, 5, 220, 1200)] == [
        "",
        "1 min",
        "1 min",
        "5 min",
    ]


def test_panes_of_a_wide_screen() -> None:
    wide = arrangement(160, 50, pane="headlines", zen=False)
    assert wide.shown == {"feeds", "headlines", "article", "tags"}
    assert (wide.feeds, wide.tags) == (28, 21)
    assert 14 <= wide.headlines <= 20
    assert arrangement(160, 50, pane="tags", zen=True).shown == {"article"}


def test_neighbours_of_panes() -> None:
    assert [beside(pane, 1) for pane in ("feeds", "article", "tags")] == [
        "headlines",
        "tags",
        "feeds",
    ]
    assert [beside(pane, -1) for pane in ("feeds", "tags")] == ["feeds", "article"]


def test_a_place_is_remembered_whole() -> None:
    place = Place(row=("smart", 1), query="is:unread", tags=(3, 9), show="starred")
    assert from_session(place.session(), show="all") == place
    assert place.scope == Scope(query="is:unread", tag_ids=(3, 9), show="starred")
    assert Place(row=("category", 4)).scope == Scope(category_id=4)
    assert from_session({}, show="unread") == Place(show="unread")


def _row(title: str, depth: int, *, kind: str = "feed", collapsed: bool = False) -> FeedRow:
    return FeedRow(
        kind="category" if kind == "category" else "feed",
        id=1,
        title=SafeText(title),
        depth=depth,
        unread=0,
        articles=0,
        collapsed=collapsed,
    )


def test_a_folded_category_hides_all_that_is_in_it() -> None:
    rows = [
        _row("a", 0, kind="category", collapsed=True),
        _row("b", 1, kind="category"),
        _row("c", 2),
        _row("d", 0, kind="category"),
        _row("e", 1, kind="category", collapsed=True),
        _row("f", 2),
        _row("g", 1),
        _row("h", 0),
    ]
    assert [row.title for row in unfolded(rows)] == ["a", "d", "e", "g", "h"]


def test_a_snapshot_takes_a_page_first_and_more_where_the_cursor_is_further_down() -> None:
    library = small(articles=1000)
    first = snapshot(library, Scope())
    assert (len(first.ids), first.at, first.complete) == (FIRST, 0, False)
    assert len(first.headlines) == 100
    deep = snapshot(library, Scope(), keep=750)
    assert (len(deep.ids), deep.ids[deep.at], deep.complete) == (1000, 750, True)
    assert 750 in {row.id for row in deep.headlines}
    gone = snapshot(library, Scope(), keep=5000)
    assert gone.at == 0
    assert snapshot(library, Scope(feed_id=99)).at == -1
    assert snapshot(small(articles=200), Scope()).complete is False
    assert snapshot(small(articles=199), Scope()).complete is True


def test_looks() -> None:
    for theme in (DARK, LIGHT):
        look = look_of(theme, bare=False)
        assert look.span("strong link").bold
        assert look.span("strong link").underline
        assert look.span("no-such-style").color is None
        assert look.span("tok-k") == look.primary
        assert look.span("tok-c1") == look.faint
        assert look.cursor.bgcolor != look.cursor_away.bgcolor != look.ground.bgcolor
