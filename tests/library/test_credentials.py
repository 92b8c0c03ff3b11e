"""Secrets of one feed, changed one at a time and never shown."""

from datetime import UTC, datetime
from pathlib import Path

from reader.library import Library
from reader.model.feed import KeptSecret
from reader.model.subscription import Wanted


def test_one_thing_is_changed_and_the_rest_stays(tmp_path: Path) -> None:
    library = Library.open(tmp_path / "library.db", clock=lambda: datetime(2026, 1, 1, tzinfo=UTC))
    [(feed, _)] = library.add_feeds([Wanted(url="https://example.org/feed")])
    assert library.kept_secret(feed) == KeptSecret()
    library.change_secret(feed, user="me")
    library.change_secret(feed, password="hunter2")
    library.change_secret(feed, cookies="s=hunter2")
    library.change_secret(feed, header=("X-Key", "hunter2"))
    kept = library.change_secret(feed, header=("x-key", "hunter3"))
    assert kept == library.kept_secret(feed)
    assert kept == KeptSecret(user=kept.user, password=True, headers=kept.headers, cookies=True)
    assert (kept.user, kept.headers) == ("me", ("x-key",))
    assert "hunter" not in repr(kept)
    library.change_secret(feed, header=("X-KEY", ""))
    library.change_secret(feed, password="")
    library.change_secret(feed, cookies="")
    assert library.kept_secret(feed) == KeptSecret(user=kept.user)
    library.change_secret(feed, user="")
    assert "feed-" not in (tmp_path / "library.secrets").read_text()
    library.close()
