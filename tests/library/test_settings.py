"""Settings of one feed."""

from datetime import timedelta
from pathlib import Path

from reader.library import Library
from reader.model.feed import FeedSettings
from tests.fakes.clock import Clock
from tests.net.server import Server
from tests.tui.real import follow, paper


async def test_a_shorter_interval_makes_a_feed_due_sooner(tmp_path: Path) -> None:
    clock = Clock()
    library = Library.open(tmp_path / "library.db", clock=clock)
    with Server() as server:
        [feed] = await follow(library, (paper(server, "/a", "Alpha", "A one"), ()))

    def due_in() -> timedelta:
        [health] = library.feed_health()
        assert health.next_due is not None
        return health.next_due - clock.now

    assert due_in() == timedelta(hours=1)
    library.set_feed_settings(feed, FeedSettings(interval_s=1800))
    assert due_in() == timedelta(minutes=30)
    library.set_feed_settings(feed, FeedSettings(interval_s=7200))
    assert due_in() == timedelta(minutes=30)
    assert library.feed_settings(feed) == FeedSettings(interval_s=7200)
    library.close()


def test_what_is_no_web_feed_has_none(tmp_path: Path) -> None:
    library = Library.open(tmp_path / "library.db", clock=Clock())
    library.set_feed_settings(99, FeedSettings(interval_s=1800))
    assert library.feed_settings(99) == FeedSettings()
    library.close()
