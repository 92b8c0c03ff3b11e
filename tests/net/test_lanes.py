"""Whose turn it is: a simulated clock, no waiting."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from reader.net.lanes import FIRST_GAP_S, LONGEST_GAP_S, MOST_REFUSALS, Lanes


def test_the_second_request_waits_until_the_pace_of_the_host_is_known() -> None:
    lanes: Lanes[str] = Lanes(total=10, per_host=2)
    for item in ("a", "b", "c"):
        lanes.put("host", item)
    assert lanes.take(0.0) == "a"
    assert lanes.take(0.0) is None
    assert lanes.next_start() == FIRST_GAP_S
    lanes.finished("host", answered_in_s=0.04)
    assert lanes.next_start() == 0.01
    assert lanes.take(0.01) == "b"
    assert lanes.take(0.019) is None
    assert lanes.take(0.02) == "c"


def test_no_more_than_the_places_of_a_host_and_of_all() -> None:
    lanes: Lanes[int] = Lanes(total=3, per_host=2)
    for number in range(4):
        lanes.put("one", number)
        lanes.put("two", number)
    assert [lanes.take(9.0 + n) for n in range(4)].count(None) == 1
    assert lanes.next_start() is None
    lanes.finished("one", answered_in_s=None)
    assert lanes.take(20.0) is not None
    assert lanes.take(30.0) is None


def test_hosts_take_turns() -> None:
    lanes: Lanes[str] = Lanes(total=10, per_host=2)
    for item in ("a1", "a2", "a3"):
        lanes.put("a", item)
    lanes.put("b", "b1")
    assert {lanes.take(0.0), lanes.take(0.0)} == {"a1", "b1"}


def test_an_urgent_item_goes_first_of_all_but_keeps_to_the_places() -> None:
    lanes: Lanes[str] = Lanes(total=10, per_host=1)
    for host in ("a", "b"):
        for item in ("1", "2"):
            lanes.put(host, host + item)
    assert lanes.take(0.0) == "a1"
    lanes.put("a", "now", urgent=True)
    lanes.put("c", "c!", urgent=True)
    assert lanes.take(0.0) == "c!"
    assert lanes.take(0.0) == "b1"
    assert lanes.take(0.0) is None
    lanes.finished("a", answered_in_s=1.0)
    assert lanes.take(0.0) == "now"


def test_a_held_host_waits_and_others_do_not() -> None:
    lanes: Lanes[str] = Lanes(total=10, per_host=2)
    lanes.hold("a", 5.0)
    lanes.put("a", "a1")
    lanes.put("b", "b1")
    assert lanes.held_for("a", 1.0) == 4.0
    assert lanes.held_for("b", 1.0) == 0.0
    assert lanes.take(1.0) == "b1"
    assert lanes.take(4.9) is None
    assert lanes.take(5.0) == "a1"


def test_a_host_next_door_is_not_made_to_wait_for_the_clock() -> None:
    lanes: Lanes[str] = Lanes(total=10, per_host=2)
    for item in ("a1", "a2", "a3"):
        lanes.put("a", item)
    lanes.take(0.0)
    lanes.finished("a", answered_in_s=0.001)
    assert (lanes.take(0.001), lanes.take(0.001)) == ("a2", "a3")


def test_slow_hosts_are_not_given_up_for_ever() -> None:
    lanes: Lanes[str] = Lanes(total=10, per_host=2)
    lanes.put("a", "a1")
    lanes.take(0.0)
    lanes.finished("a", answered_in_s=50.0)
    lanes.put("a", "a2")
    assert lanes.next_start() == LONGEST_GAP_S


def test_a_host_without_connection_is_counted_until_it_answers() -> None:
    lanes: Lanes[str] = Lanes(total=10, per_host=1)
    for item in ("1", "2", "3", "4"):
        lanes.put("a", item)
    lanes.take(0.0)
    lanes.finished("a", answered_in_s=None)
    assert lanes.unreachable("a") == 1
    lanes.take(1.0)
    lanes.finished("a", answered_in_s=0.1)
    lanes.take(2.0)
    lanes.finished("a", answered_in_s=None)
    assert lanes.unreachable("a") == 1
    assert lanes.drain("a") == ["4"]
    assert lanes.drain("a") == []


def test_a_host_that_refuses_is_asked_slowly_until_it_does_not() -> None:
    lanes: Lanes[int] = Lanes(total=10, per_host=2)
    for number in range(MOST_REFUSALS + 2):
        lanes.put("a", number)
    now = 0.0
    for _ in range(MOST_REFUSALS - 1):
        assert lanes.take(now) is not None
        lanes.finished("a", answered_in_s=0.01, refused=True)
        assert lanes.next_start() == now + LONGEST_GAP_S
        assert not lanes.keeps_refusing("a")
        now += LONGEST_GAP_S
    lanes.take(now)
    lanes.finished("a", answered_in_s=0.01, refused=True)
    assert lanes.keeps_refusing("a")
    lanes.take(now + 9)
    lanes.finished("a", answered_in_s=0.04)
    assert not lanes.keeps_refusing("a")
    assert lanes.next_start() == now + 9 + 0.01


def test_removed_items_never_start() -> None:
    lanes: Lanes[str] = Lanes(total=10, per_host=2)
    lanes.put("a", "1")
    assert lanes.remove("a", "1")
    assert not lanes.remove("a", "1")
    assert not lanes.remove("z", "1")
    assert lanes.take(9.0) is None
    lanes.put("a", "2")
    assert lanes.take(9.0) == "2"


@given(
    items=st.lists(st.tuples(st.integers(0, 5), st.booleans()), max_size=60),
    total=st.integers(1, 8),
    per_host=st.integers(1, 3),
    seconds=st.lists(st.floats(0.001, 3.0), min_size=1, max_size=10),
)
def test_everything_starts_once_and_within_every_limit(
    items: list[tuple[int, bool]], total: int, per_host: int, seconds: list[float]
) -> None:
    lanes: Lanes[tuple[str, int]] = Lanes(total=total, per_host=per_host)
    for number, (host, urgent) in enumerate(items):
        lanes.put(str(host), (str(host), number), urgent=urgent)
    now = 0.0
    started: list[int] = []
    running: list[tuple[float, str, float]] = []
    while len(started) < len(items):
        while (item := lanes.take(now)) is not None:
            took = seconds[item[1] % len(seconds)]
            running.append((now + took, item[0], took))
            started.append(item[1])
            assert len(running) <= total
            assert max(Counter(host for _, host, _ in running).values()) <= per_host
        times = [end for end, _, _ in running]
        if (start := lanes.next_start()) is not None:
            times.append(start)
        if len(started) < len(items):
            assert times, "items wait and nothing will ever happen"
            now = max(now, min(times))
        for entry in [entry for entry in running if entry[0] <= now]:
            running.remove(entry)
            lanes.finished(entry[1], answered_in_s=entry[2])
    assert sorted(started) == list(range(len(items)))
