"""What the screens on feeds are made of: stretches of time, paths, choices, work aside."""

import asyncio
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from reader.model.feed import FeedSettings
from reader.text.terminal import clean_line
from reader.tui.aside import aside
from reader.tui.paths import completions, is_path
from reader.tui.screens.choose import category_of, matching, of_categories
from reader.tui.settings import changed
from reader.tui.spans import ago, seconds_of, span, until
from reader.tui.widgets.choices import Choice

NOW = datetime(2026, 2, 4, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("seconds", "written"),
    [
        (0, "0 min"),
        (60, "1 min"),
        (3600, "1 hour"),
        (5400, "90 min"),
        (7200, "2 hours"),
        (86400, "1 day"),
        (100_000, "28 hours"),
        (172_800, "2 days"),
        (86400 * 400, "400 days"),
    ],
)
def test_stretches_of_time(seconds: int, written: str) -> None:
    assert span(seconds) == written


def test_what_is_written_is_read_again() -> None:
    for seconds in (300, 3600, 5400, 7200, 86400, 259_200):
        assert seconds_of(span(seconds)) == seconds
    assert [seconds_of(text) for text in ("90", "2h", " 1 day ", "3 HOURS", "5m")] == [
        5400, 7200, 86400, 10800, 300,
    ]  # fmt: skip
    assert [seconds_of(text) for text in ("", "soon", "-1", "1.5", "9999999", "²", "1 week")] == [
        None
    ] * 7


def test_how_long_ago_and_how_far_ahead() -> None:
    assert ago(None, NOW) == "never"
    assert ago(NOW, NOW) == ago(NOW + timedelta(hours=1), NOW) == "just now"
    assert ago(NOW - timedelta(hours=3), NOW) == "3 hours ago"
    assert until(NOW + timedelta(minutes=20), NOW) == "in 20 min"
    assert until(NOW - timedelta(days=1), NOW) == "now"


def test_paths_are_told_from_addresses() -> None:
    for typed in ("/tmp", "~/news", "./x", "../x", ".", " /tmp", "~"):
        assert is_path(typed)
    for typed in ("example.org", "https://example.org/", "@me@host", "news", ".org", ""):
        assert not is_path(typed)


def test_completions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("News", ".hidden", "notes"):
        (tmp_path / name).mkdir()
    (tmp_path / "news.opml").write_text("")
    (tmp_path / "news\x1b[31m.md").write_text("")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert completions("~/n") == ["~/News/", "~/notes/", "~/news\x1b[31m.md", "~/news.opml"]
    assert completions("~") == ["~/"]
    assert completions("~/.h") == ["~/.hidden/"]
    assert completions(f"{tmp_path}/nothing/x") == []
    assert completions("~nobody-of-that-name/") == []


def test_choices_that_match() -> None:
    every = of_categories([("News",), ("News", "Europe"), ("Sport/Games",)])
    assert [one.value for one in every] == ["", "News", "News / Europe", "Sport∕Games"]
    assert category_of("Sport∕Games") == ("Sport/Games",)
    assert category_of(" News /  Europe / ") == ("News", "Europe")
    assert category_of("") == ()

    def found(typed: str) -> list[str]:
        return [one.value for one in matching(every, typed, new="new")]

    assert found("") == [one.value for one in every]
    assert found("news") == ["News", "News / Europe"]
    assert found("eur") == ["News / Europe", "eur"]
    assert found("ew") == ["ew", "News", "News / Europe"]
    assert found("x" * 5) == ["xxxxx"]
    assert matching([Choice("a", clean_line("A"))], "b") == []


def test_settings_that_are_typed() -> None:
    settings = FeedSettings()
    assert changed(settings, "interval", "") == settings
    assert changed(settings, "interval", "1 h") == FeedSettings(interval_s=3600)
    assert isinstance(changed(settings, "interval", "1"), str)
    assert changed(settings, "keep_days", "7") == FeedSettings(keep_days=7)
    assert changed(FeedSettings(keep_articles=5), "keep_articles", "") == settings
    for wrong in ("-1", "1e3", "٣", "123456789"):
        assert isinstance(changed(settings, "keep_articles", wrong), str)


async def test_work_aside_gives_its_result_and_its_error() -> None:
    async def name() -> str:
        await asyncio.sleep(0)
        return threading.current_thread().name

    assert await aside(name) == "library-aside"

    async def fail() -> None:
        raise LookupError("gone")

    with pytest.raises(LookupError, match="gone"):
        await aside(fail)


async def test_work_aside_is_cancelled_with_who_waits_for_it() -> None:
    begun, ended = threading.Event(), threading.Event()

    async def work() -> None:
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    waiting = asyncio.create_task(aside(work))
    assert await asyncio.to_thread(begun.wait, 5)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert await asyncio.to_thread(ended.wait, 5)
