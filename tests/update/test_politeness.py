"""What servers and feeds ask for is kept, from their answer to the next request."""

import random
from datetime import timedelta
from email.utils import format_datetime

import pytest

from reader.library import Library
from reader.model.feed import FeedHealth
from reader.model.subscription import Wanted
from tests.fakes.clock import Clock
from tests.net.server import Exchange, Server
from tests.update.feeds import Item, Publisher
from tests.update.test_web import clock, library, server, update

__all__ = ["clock", "library", "server"]

SY = 'xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"'
SYNDICATION = (
    f"<sy:updatePeriod {SY}>daily</sy:updatePeriod><sy:updateFrequency {SY}>4</sy:updateFrequency>"
)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def health(library: Library) -> FeedHealth:
    [one] = library.feed_health()
    return one


def wait(library: Library, clock: Clock) -> timedelta:
    """How long the only feed is left alone from now."""
    due = health(library).next_due
    assert due is not None
    return due - clock.now


def follow(library: Library, server: Server, answer: dict[str, str], extra: str = "") -> Publisher:
    """Follow a feed whose server adds these header fields to its answers."""
    paper = Publisher(server, items=[Item("One", "1")], extra=extra)

    async def handler(exchange: Exchange) -> None:
        await exchange.send(200, paper.body, fields=tuple(answer.items()))

    server.routes["/feed"] = handler
    library.add_feeds([Wanted(url=server.url("/feed"))])
    update(library)
    return paper


@pytest.mark.parametrize(
    ("fields", "extra", "expected"),
    [
        ({}, "", HOUR),
        ({"Cache-Control": "max-age=60"}, "", HOUR),
        ({"Cache-Control": "public, max-age=14400"}, "", 4 * HOUR),
        ({"Cache-Control": "max-age=14400, no-cache"}, "", HOUR),
        ({"Cache-Control": "max-age=31536000"}, "", DAY),
        ({}, "<ttl>180</ttl>", 3 * HOUR),
        ({}, "<ttl>5</ttl>", HOUR),
        ({}, "<ttl>43200</ttl>", DAY),
        ({}, "<ttl>soon</ttl>", HOUR),
        ({"Cache-Control": "max-age=7200"}, "<ttl>180</ttl>", 3 * HOUR),
        (
            {},
            SYNDICATION,
            6 * HOUR,
        ),
        # it is 12 o'clock UTC, on a Sunday
        ({}, "<skipHours><hour>13</hour><hour>14</hour></skipHours>", 3 * HOUR),
        ({}, "<skipHours><hour>3</hour></skipHours>", HOUR),
        ({}, "<skipDays><day>Sunday</day></skipDays>", 12 * HOUR),
        ({}, "<skipDays><day>Monday</day></skipDays>", HOUR),
    ],
)
def test_the_longest_of_all_wishes_counts(
    library: Library,
    server: Server,
    clock: Clock,
    fields: dict[str, str],
    extra: str,
    expected: timedelta,
) -> None:
    follow(library, server, fields, extra)
    assert wait(library, clock) == expected
    clock.now += expected - timedelta(minutes=3)
    asked = len(server.asked)
    update(library, force=False)
    assert len(server.asked) == asked
    clock.now += timedelta(minutes=3)
    update(library, force=False)
    assert len(server.asked) == asked + 1


def test_a_304_keeps_to_what_the_feed_itself_wished(
    library: Library, server: Server, clock: Clock
) -> None:
    paper = Publisher(server, items=[Item("One", "1")], extra="<ttl>300</ttl>")
    library.add_feeds([Wanted(url=paper.url)])
    update(library)
    clock.now += 6 * HOUR
    update(library)
    assert "if-none-match" in server.asked[-1].headers
    assert health(library).unchanged == 1
    assert wait(library, clock) == 5 * HOUR


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize("form", ["seconds", "date"])
def test_retry_after_is_kept_even_by_who_updates_all(
    library: Library, server: Server, clock: Clock, status: int, form: str
) -> None:
    fields = {"Retry-After": "7200"}
    if form == "date":
        later = format_datetime(clock.now + 2 * HOUR, usegmt=True)
        fields = {"Date": format_datetime(clock.now, usegmt=True), "Retry-After": later}
    server.answer("/feed", status, b"", **fields)
    library.add_feeds([Wanted(url=server.url("/feed"))])
    update(library)
    assert wait(library, clock) == 2 * HOUR
    asked = len(server.asked)
    clock.now += HOUR
    update(library)  # R, or update --force
    assert len(server.asked) == asked
    clock.now += HOUR
    update(library, force=False)
    assert len(server.asked) == asked + 1


def test_failures_in_a_row_are_asked_ever_less_often(
    library: Library, server: Server, clock: Clock
) -> None:
    server.answer("/feed", 500, b"")
    library.add_feeds([Wanted(url=server.url("/feed"))])
    waits = []
    for _ in range(9):
        update(library)
        waits.append(wait(library, clock) / HOUR)
        clock.now += wait(library, clock)
    assert 0.18 <= waits[0] <= 0.32
    assert waits[2] > waits[0]
    assert 18 <= waits[-1] <= 30
    assert len({round(one, 4) for one in waits}) == len(waits)


def test_a_moved_feed_that_is_followed_twice_is_not_lost(library: Library, server: Server) -> None:
    paper = Publisher(server, items=[Item("One", "1")])
    server.answer("/old", 308, b"", Location=paper.url)
    library.add_feeds([Wanted(url=paper.url), Wanted(url=server.url("/old"))])
    for _ in range(3):
        assert update(library).failed == ()
    assert len(library.all_feeds()) == 2
    server.asked.clear()
    update(library)
    assert server.paths() == ["/feed", "/feed"]


@pytest.mark.parametrize("status", [302, 303, 307])
def test_a_temporary_move_moves_nothing(library: Library, server: Server, status: int) -> None:
    paper = Publisher(server, items=[Item("One", "1")])
    server.answer("/old", status, b"", Location=paper.url)
    library.add_feeds([Wanted(url=server.url("/old"))])
    for _ in range(4):
        update(library)
    assert server.asked[-2].path == "/old"


def test_a_move_that_is_taken_back_moves_nothing(library: Library, server: Server) -> None:
    paper = Publisher(server, path="/new", items=[Item("One", "1")])
    old = Publisher(server, path="/old", items=[Item("One", "1")])
    library.add_feeds([Wanted(url=old.url)])
    for moved in (True, False, True, False, True):
        if moved:
            server.answer("/old", 301, b"", Location=paper.url)
        else:
            server.routes["/old"] = old.answer
        update(library)
    server.routes["/old"] = old.answer
    server.asked.clear()
    update(library)
    assert server.paths() == ["/old"]


def test_what_is_gone_is_not_asked_again_until_a_person_does(
    library: Library, server: Server, clock: Clock
) -> None:
    server.answer("/feed", 410, b"")
    library.add_feeds([Wanted(url=server.url("/feed"))])
    update(library)
    assert health(library).retired
    for _ in range(3):
        clock.now += 30 * DAY
        update(library)
    assert len(server.asked) == 1
    assert "not asked again" in health(library).advice


def test_a_cookie_wall_without_end_is_one_failure_with_words(
    library: Library, server: Server
) -> None:
    async def wall(exchange: Exchange) -> None:
        name = f"n{random.randrange(10**6)}"
        await exchange.send(302, b"", Location="/feed", Set_Cookie=f"{name}=1; Path=/")

    server.routes["/feed"] = wall
    library.add_feeds([Wanted(url=server.url("/feed"))])
    [failure] = update(library).failed
    assert "redirects in circles" in failure.problem
    assert len(server.asked) <= 12
