"""When a feed is fetched next, and what its last answer means for it: pure functions."""

from datetime import datetime, timedelta
from random import Random

from msgspec import Struct

from reader.model.errors import NetworkFailed, ReaderError
from reader.model.fetch import HOURS_OF_WEEK, FetchState, hour_of_week
from reader.model.records import replace
from reader.net.message import Response, max_age_s

DAY_S = 24 * 3600
LONGEST_WISH_S = DAY_S
"""A feed's own wish (max-age, ttl, sy:updatePeriod) keeps it from being asked no longer."""
LONGEST_BACK_OFF_S = DAY_S
LONGEST_RETRY_AFTER_S = 7 * DAY_S
FIRST_BACK_OFF_S = 15 * 60
JITTER = 0.25
SEEN_BEFORE_MOVING = 2

UNREADABLE_ADVICE = "It is tried again later; look at its address in a browser."

ASKED_TO_WAIT = "host-waits"
"""The code of a feed whose server named a time before which it is not to be asked."""

_GONE = 410
_NOT_TRIED = frozenset({"stopped", ASKED_TO_WAIT})


class Outcome(Struct, frozen=True, kw_only=True):
    """What one attempt to fetch a feed came to.

    ``moved_to`` is where permanent redirects alone led, "" for nowhere else. ``fresh_s`` is
    how long the answer says it stays fresh. ``feed_interval_s`` and ``skip_hours`` are the
    wishes written in the feed, None where it was not read again. ``failure`` is None for a
    success.
    """

    unchanged: bool = False
    etag: str = ""
    last_modified: str = ""
    digest: str = ""
    moved_to: str = ""
    fresh_s: int = 0
    feed_interval_s: int | None = None
    skip_hours: tuple[int, ...] | None = None
    failure: ReaderError | None = None


def succeeded(
    response: Response,
    *,
    now: datetime,
    digest: str = "",
    feed_interval_s: int | None = None,
    skip_hours: tuple[int, ...] | None = None,
) -> Outcome:
    """The outcome of an answer that was a feed, or said that it has not changed.

    ``digest`` is the body's; where it equals the one remembered, the body counts as
    unchanged although it came whole.
    """
    moved = response.permanent_url != response.url
    return Outcome(
        unchanged=response.unchanged,
        etag=response.header("etag"),
        last_modified=response.header("last-modified"),
        digest=digest,
        moved_to=response.permanent_url if moved else "",
        fresh_s=max_age_s(response.headers, now=now),
        feed_interval_s=feed_interval_s,
        skip_hours=skip_hours,
    )


def failed(error: ReaderError) -> Outcome:
    """The outcome of an attempt that brought no feed, whether the network or the body failed."""
    return Outcome(failure=error)


def plan(
    outcome: Outcome, state: FetchState, *, now: datetime, interval_s: int, rng: Random
) -> FetchState:
    """What is remembered after an attempt, with the time of the next one.

    ``interval_s`` is how often the person wants the feed at most. A success waits for the
    longest of that and the feed's own wishes; failures in a row wait ever longer, up to a
    day, with some chance in it so that feeds do not come back all at once.
    """
    if outcome.failure is not None:
        return _after_failure(outcome.failure, state, now=now, interval_s=interval_s, rng=rng)
    wish_s = state.feed_interval_s if outcome.feed_interval_s is None else outcome.feed_interval_s
    hours = state.skip_hours if outcome.skip_hours is None else outcome.skip_hours
    wait_s = max(interval_s, min(max(wish_s, outcome.fresh_s), LONGEST_WISH_S))
    same = outcome.unchanged or (outcome.digest != "" and outcome.digest == state.digest)
    keep = outcome.unchanged  # a 304 need not repeat the validators
    return _after_redirect(
        outcome.moved_to,
        replace(
            state,
            etag=outcome.etag or (state.etag if keep else ""),
            last_modified=outcome.last_modified or (state.last_modified if keep else ""),
            digest=outcome.digest or (state.digest if keep else ""),
            next_due=_outside(hours, now + timedelta(seconds=wait_s)),
            last_tried=now,
            last_succeeded=now,
            fetches=state.fetches + 1,
            unchanged=state.unchanged + same,
            failures=0,
            code="",
            problem="",
            advice="",
            retired=False,
            feed_interval_s=wish_s,
            skip_hours=hours,
        ),
    )


def _after_redirect(moved_to: str, state: FetchState) -> FetchState:
    """Move the subscription once a permanent redirect was seen twice in a row."""
    if not moved_to:
        return replace(state, moved_to="", moved_seen=0)
    seen = state.moved_seen + 1 if moved_to == state.moved_to else 1
    if seen >= SEEN_BEFORE_MOVING:
        return replace(state, url=moved_to, moved_to="", moved_seen=0)
    return replace(state, moved_to=moved_to, moved_seen=seen)


def _after_failure(
    error: ReaderError, state: FetchState, *, now: datetime, interval_s: int, rng: Random
) -> FetchState:
    network = error if isinstance(error, NetworkFailed) else None
    asked_s = min(network.retry_after_s if network else 0.0, LONGEST_RETRY_AFTER_S)
    if network and network.code in _NOT_TRIED:
        # The feed was not asked, so it did not fail.
        return replace(state, next_due=now + timedelta(seconds=asked_s)) if asked_s else state
    failures = state.failures + 1
    first_s = min(interval_s, FIRST_BACK_OFF_S)
    # 2**20 is far past every limit; more would only make a huge number.
    wait_s = min(first_s * 2 ** min(failures - 1, 20), LONGEST_BACK_OFF_S)
    wait_s *= 1 + JITTER * (2 * rng.random() - 1)
    retired = network is not None and network.status == _GONE
    return replace(
        state,
        next_due=None if retired else now + timedelta(seconds=max(wait_s, asked_s)),
        last_tried=now,
        failures=failures,
        code=_code(network, asked_s=asked_s),
        problem=str(error) if network else _sentence(str(error)),
        advice=network.advice if network else UNREADABLE_ADVICE,
        retired=retired,
    )


def _code(error: NetworkFailed | None, *, asked_s: float) -> str:
    """What a failure is called; ``ASKED_TO_WAIT`` where the server said for how long."""
    if error is None:
        return "unreadable"
    return ASKED_TO_WAIT if asked_s else error.code


def _outside(skip_hours: tuple[int, ...], due: datetime) -> datetime:
    """The first moment from ``due`` that lies in no hour of ``skip_hours`` (of the week, UTC)."""
    skipped = frozenset(skip_hours)
    if skipped.issuperset(range(HOURS_OF_WEEK)):
        return due  # a feed that never wants to be read is mistaken
    while hour_of_week(due) in skipped:
        due = due.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return due


def _sentence(text: str) -> str:
    """What a parser says, with a capital and a full stop."""
    return f"{text[:1].upper()}{text[1:]}".rstrip(".") + "."
