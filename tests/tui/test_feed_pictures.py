"""Pictures of the screens on feeds, to be looked at when they change."""

from datetime import datetime, timedelta

import pytest

from reader.model.candidate import Candidate
from reader.model.errors import HostUnreachable
from reader.model.feed import Feed, FeedHealth, FeedRow, FeedSettings, KeptSecret
from reader.text.terminal import SafeText, clean_line
from tests.fakes.library import NOW, FakeLibrary
from tests.tui.conftest import build
from tests.tui.test_pictures import SIZES, Compare, after, picture

NOTHING = SafeText("")
GONE = clean_line("example.org says that this is gone for good (410).")


class Papers(FakeLibrary):
    """A library whose feeds do well and badly."""

    def feed_rows(self) -> tuple[FeedRow, ...]:
        return tuple(self._rows())

    def _rows(self) -> list[FeedRow]:
        rows = list(super().feed_rows())[:3]
        for number, (kind, title, depth) in enumerate(
            (("category", "Politics", 0), ("feed", "politico.eu", 1), ("feed", "NRC", 0)), 1
        ):
            rows.append(
                FeedRow(
                    kind=kind,  # type: ignore[arg-type]
                    id=number,
                    title=clean_line(title),
                    depth=depth,
                    unread=0,
                    articles=3,
                )
            )
        return rows

    def all_feeds(self) -> tuple[Feed, ...]:
        return (
            Feed(
                id=2,
                source_id=2,
                source_kind="web",
                location="https://www.politico.eu/feed/",
                key="",
                title=clean_line("politico.eu"),
                category=(clean_line("Politics"),),
                site="https://www.politico.eu/",
                articles=3,
                unread=0,
                problem=NOTHING,
            ),
        )

    def feed_settings(self, feed_id: int) -> FeedSettings:
        return FeedSettings(interval_s=7200, full_text=True, keep_articles=200)

    def kept_secret(self, feed_id: int) -> KeptSecret:
        return KeptSecret(user=clean_line("me"), password=True)

    def categories(self) -> list[tuple[SafeText, ...]]:
        names = (("Politics",), ("Politics", "Europe"), ("Technology",))
        return [tuple(clean_line(part) for part in path) for path in names]

    async def discover(self, text: str) -> tuple[Candidate, ...]:
        if "example.org" not in text:
            raise HostUnreachable(
                f"{text} was not found.",
                advice="Check the spelling and your connection; if other sites work, the site may"
                " be gone.",
            )
        headlines = ("Rutte reageert voor het eerst", "日本政府、新しい経済対策を発表", "Short")
        return (
            Candidate(
                url="https://example.org/feed",
                title=clean_line("The Paper"),
                kind="rss",
                articles=20,
                newest=tuple(map(clean_line, headlines)),
            ),
            Candidate(
                url="https://example.org/comments",
                title=clean_line(
                    "The Paper: [b]comments[/b] of readers, all of them, at great length"
                ),
                kind="atom",
                articles=1,
            ),
            Candidate(
                url="https://www.politico.eu/feed/", title=clean_line("politico.eu"), kind="json"
            ),
        )

    def feed_health(self) -> list[FeedHealth]:
        def health(number: int, title: str, **more: object) -> FeedHealth:
            values: dict[str, object] = {
                "feed_id": number,
                "title": clean_line(title),
                "url": clean_line(f"https://example.org/{number}"),
                "last_tried": NOW - timedelta(minutes=20),
                "last_succeeded": NOW - timedelta(minutes=20),
                "next_due": NOW + timedelta(minutes=40),
                "failures": 0,
                "problem": NOTHING,
                "advice": NOTHING,
                "fetches": 120,
                "unchanged": 90,
                "cadence_s": 4 * 3600,
                "articles": 412,
                "paused": False,
            }
            return FeedHealth(**{**values, **more})  # type: ignore[arg-type]

        ago: datetime = NOW - timedelta(days=3)
        return [
            health(
                1,
                "A feed with an uncommonly long name, cut",
                problem=clean_line("example.org asks for a user name and password (401)."),
                advice=clean_line("Set them in the feed's settings."),
                failures=7,
                last_succeeded=ago,
            ),
            health(
                2,
                "日本経済新聞",
                problem=GONE,
                advice=clean_line(
                    "It is not asked again; look for another feed on the site, or unsubscribe."
                ),
                failures=1,
                last_succeeded=None,
                fetches=0,
                articles=0,
                cadence_s=0,
                next_due=None,
                retired=True,
            ),
            health(3, "[red]NRC[/red]"),
            health(4, "politico.eu", paused=True, next_due=None),
            health(
                5,
                "Quiet",
                cadence_s=0,
                last_tried=None,
                last_succeeded=None,
                fetches=0,
                next_due=None,
            ),
        ]


ADD = ("a", *"example.org", "enter")
SCENES = {
    "add": ("a",),
    "add-found": (*ADD, "space", "j"),
    "add-failed": ("a", *"exampel.org", "enter"),
    "add-category": (*ADD, "c", *"eu"),
    "settings": ("h", "G", "k", "e", "j", "j", "j"),
    "settings-mistake": ("h", "G", "k", "e", "j", "j", "j", "enter", *"x", "enter"),
    "health": ("H", "j"),
    "move": ("h", "G", "M"),
    "rename": ("h", "G", "k", "k", "e"),
}


@pytest.mark.parametrize("size", [*SIZES, (60, 20)], ids="{0[0]}x{0[1]}".format)
@pytest.mark.parametrize("scene", SCENES)
def test_pictures_of_feeds(snap_compare: Compare, scene: str, size: tuple[int, int]) -> None:
    app = build(Papers())
    assert picture(snap_compare, app, size, after(app, *SCENES[scene]))


def test_picture_of_health_without_feeds(snap_compare: Compare) -> None:
    class Empty(Papers):
        def feed_health(self) -> list[FeedHealth]:
            return []

    app = build(Empty())
    assert picture(snap_compare, app, (80, 24), after(app, "H"))
