"""When a feed is due again, for every kind of answer; no clock, no network."""

from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model.errors import NetworkFailed, SourceUnreadable
from reader.model.fetch import FetchState, hours_of_week
from reader.model.records import replace
from reader.net.failures import failure, of_status
from reader.net.message import Response
from reader.net.pace import DAY_S, Outcome, failed, plan, succeeded

NOW = datetime(2025, 11, 1, 12, 30, tzinfo=UTC)
HALF_HOUR = 1800
URL = "https://example.org/feed"
NEW = FetchState(url=URL)


def after(outcome: Outcome, state: FetchState = NEW, *, interval_s: int = HALF_HOUR) -> FetchState:
    return plan(outcome, state, now=NOW, interval_s=interval_s, rng=Random(1))


def wait(outcome: Outcome, state: FetchState = NEW, *, interval_s: int = HALF_HOUR) -> float:
    due = after(outcome, state, interval_s=interval_s).next_due
    assert due is not None
    return (due - NOW).total_seconds()


def answer(status: int = 200, permanent: str = URL, **headers: str) -> Response:
    return Response(
        url=URL,
        final_url=URL,
        permanent_url=permanent,
        status=status,
        headers={name.replace("_", "-"): (value,) for name, value in headers.items()},
        body=b"",
        received_bytes=0,
        elapsed_s=0.1,
    )


@pytest.mark.parametrize(
    ("outcome", "seconds"),
    [
        (Outcome(), HALF_HOUR),
        (Outcome(fresh_s=60), HALF_HOUR),
        (Outcome(fresh_s=7200), 7200),
        (Outcome(feed_interval_s=7200), 7200),
        (Outcome(feed_interval_s=7200, fresh_s=9000), 9000),
        (Outcome(fresh_s=10 * DAY_S), DAY_S),
        (Outcome(feed_interval_s=400 * DAY_S), DAY_S),
    ],
)
def test_a_success_waits_for_the_longest_wish_within_a_day(
    outcome: Outcome, seconds: float
) -> None:
    assert wait(outcome) == seconds


def test_a_person_s_own_interval_may_be_longer_than_a_day() -> None:
    assert wait(Outcome(fresh_s=60), interval_s=3 * DAY_S) == 3 * DAY_S


def test_an_answer_s_freshness_is_read_from_it() -> None:
    outcome = succeeded(answer(cache_control="max-age=5400"), now=NOW)
    assert wait(outcome) == 5400


def test_an_unchanged_answer_keeps_what_it_does_not_repeat() -> None:
    first = after(
        succeeded(
            answer(etag='W/"1"', last_modified="then"),
            now=NOW,
            digest="d",
            feed_interval_s=7200,
            skip_hours=(3,),
        )
    )
    second = after(succeeded(answer(304), now=NOW), first)
    assert (second.etag, second.last_modified, second.digest) == ('W/"1"', "then", "d")
    assert (second.feed_interval_s, second.skip_hours) == (7200, (3,))
    assert (second.fetches, second.unchanged) == (2, 1)
    third = after(succeeded(answer(304, etag='"2"'), now=NOW), second)
    assert third.etag == '"2"'


def test_a_whole_answer_replaces_the_validators_even_by_none() -> None:
    before = replace(NEW, etag='"1"', last_modified="then", digest="old")
    state = after(succeeded(answer(), now=NOW, digest="new"), before)
    assert (state.etag, state.last_modified, state.digest) == ("", "", "new")
    assert state.unchanged == 0


def test_the_same_body_again_counts_as_unchanged() -> None:
    before = replace(NEW, digest="same")
    assert after(succeeded(answer(), now=NOW, digest="same"), before).unchanged == 1


@pytest.mark.parametrize(
    ("hours", "due"),
    [
        ((), "13:00"),
        ((13,), "14:00"),
        ((13, 14, 15), "16:00"),
        ((12,), "13:00"),
        (tuple(range(24)), "13:00"),
        ((13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 0, 1), "02:00"),
        ((99, -1), "13:00"),
    ],
)
def test_hours_that_a_feed_wants_to_be_left_alone(hours: tuple[int, ...], due: str) -> None:
    planned = after(Outcome(skip_hours=hours_of_week(hours, ()))).next_due
    assert planned is not None
    assert planned.strftime("%H:%M") == due


@pytest.mark.parametrize(
    ("hours", "days", "due"),
    [
        ((), (0,), "Tue 00:00"),
        ((0, 1), (0,), "Tue 02:00"),
        ((), (0, 1, 2, 3, 4, 5), "Sun 00:00"),
        ((), (1,), "Mon 13:00"),
        ((), tuple(range(7)), "Mon 13:00"),
        (tuple(range(23)), (1,), "Mon 23:00"),
    ],
)
def test_days_that_a_feed_wants_to_be_left_alone(
    hours: tuple[int, ...], days: tuple[int, ...], due: str
) -> None:
    monday = datetime(2026, 3, 2, 12, tzinfo=UTC)
    outcome = Outcome(skip_hours=hours_of_week(hours, days))
    planned = plan(outcome, NEW, now=monday, interval_s=3600, rng=Random(1)).next_due
    assert planned is not None
    assert planned.strftime("%a %H:%M") == due


def test_failures_in_a_row_wait_longer_and_longer_up_to_a_day() -> None:
    state, waits = NEW, []
    for _ in range(12):
        waits.append(wait(failed(of_status(500, "h")), state))
        state = after(failed(of_status(500, "h")), state)
    expected = [900, 1800, 3600, 7200, 14400, 28800, 57600, *[DAY_S] * 5]
    for seconds, middle in zip(waits, expected, strict=True):
        assert 0.75 * middle <= seconds <= 1.25 * middle
    assert state.failures == 12
    assert state.problem == "h has an internal error (500)."
    assert state.advice
    assert after(Outcome(), state).failures == 0
    assert after(Outcome(), state).problem == ""


def test_chance_spreads_the_feeds_that_failed_together() -> None:
    rng = Random(7)
    outcome = failed(failure("timeout", "h"))
    dues = {plan(outcome, NEW, now=NOW, interval_s=60, rng=rng).next_due for _ in range(50)}
    assert len(dues) > 40


@pytest.mark.parametrize(("asked", "seconds"), [(7200.0, 7200.0), (30 * DAY_S * 1.0, 7.0 * DAY_S)])
def test_a_time_that_the_server_names_is_kept(asked: float, seconds: float) -> None:
    assert wait(failed(of_status(429, "h", retry_after_s=asked))) == seconds


def test_a_short_time_does_not_shorten_the_back_off() -> None:
    assert wait(failed(of_status(503, "h", retry_after_s=1))) > 600


def test_a_feed_that_was_not_asked_did_not_fail() -> None:
    before = replace(NEW, failures=2, problem="x", last_tried=NOW - timedelta(days=1))
    state = after(failed(failure("host-waits", "h", retry_after_s=90)), before)
    assert state == replace(before, next_due=NOW + timedelta(seconds=90))
    assert after(failed(failure("stopped", "h")), before) == before


def test_gone_for_good_is_not_asked_again() -> None:
    state = after(failed(of_status(410, "h")))
    assert state.retired
    assert not after(Outcome(), state).retired


def test_a_body_that_is_no_feed_is_a_failure_and_keeps_the_validators() -> None:
    before = replace(NEW, etag='"1"')
    state = after(failed(SourceUnreadable("This is a web page, not a feed.")), before)
    assert state.problem == "This is a web page, not a feed."
    assert (state.code, state.etag, state.failures) == ("unreadable", '"1"', 1)


def test_a_feed_moves_when_it_was_told_twice() -> None:
    there = "https://example.org/new"
    once = after(succeeded(answer(permanent=there), now=NOW))
    assert (once.url, once.moved_to, once.moved_seen) == (URL, there, 1)
    twice = after(succeeded(answer(permanent=there), now=NOW), once)
    assert (twice.url, twice.moved_to, twice.moved_seen) == (there, "", 0)


def test_a_feed_does_not_move_on_mixed_messages() -> None:
    once = after(succeeded(answer(permanent="https://example.org/a"), now=NOW))
    other = after(succeeded(answer(permanent="https://example.org/b"), now=NOW), once)
    assert (other.url, other.moved_to, other.moved_seen) == (URL, "https://example.org/b", 1)
    assert after(succeeded(answer(), now=NOW), once).moved_seen == 0
    failing = after(failed(of_status(500, "h")), once)
    assert failing.moved_seen == 1


@given(
    retry=st.floats(0, 1e12),
    failures=st.integers(0, 10**6),
    interval=st.integers(1, 40 * DAY_S),
    fresh=st.integers(0, 10**12),
    hours=st.lists(st.integers(-5, 170)).map(tuple),
)
def test_the_next_time_is_always_in_the_future_and_in_sight(
    retry: float, failures: int, interval: int, fresh: int, hours: tuple[int, ...]
) -> None:
    state = replace(NEW, failures=failures)
    good = wait(Outcome(fresh_s=fresh, skip_hours=hours), state, interval_s=interval)
    bad = wait(failed(NetworkFailed("x", retry_after_s=retry)), state, interval_s=interval)
    assert 0 < good <= max(interval, DAY_S) + 7 * DAY_S
    assert 0 < bad <= 7 * DAY_S
