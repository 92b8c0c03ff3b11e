"""What many threads hand over to one."""

import threading
import time

from reader.update.handover import Handover


def test_what_waits_comes_out_in_lots_and_in_its_order() -> None:
    handover: Handover[int] = Handover(5)
    for number in range(5):
        handover.put(number)
    assert handover.take(3) == [0, 1, 2]
    assert handover.take(3, linger_s=60) == [3, 4]
    assert handover.take(3) == []


def test_a_lot_is_waited_for_until_it_is_full() -> None:
    handover: Handover[int] = Handover(9)
    taken: list[list[int]] = []
    taker = threading.Thread(target=lambda: taken.append(handover.take(2, linger_s=60)))
    taker.start()
    handover.put(1)
    handover.put(2)
    taker.join(10)
    assert taken == [[1, 2]]


def test_the_last_lot_is_not_waited_for() -> None:
    handover: Handover[int] = Handover(2)
    taken: list[list[int]] = []
    taker = threading.Thread(target=lambda: taken.append(handover.take(9, linger_s=60)))
    taker.start()
    handover.put(1)
    handover.put(2)
    taker.join(10)
    assert taken == [[1, 2]]


def test_a_lot_is_not_waited_for_for_ever() -> None:
    handover: Handover[int] = Handover(9)
    handover.put(1)
    begun = time.monotonic()
    assert handover.take(2, linger_s=0.01) == [1]
    assert time.monotonic() - begun < 10


def test_who_waits_is_told_of_the_end() -> None:
    handover: Handover[int] = Handover(9)
    taken: list[list[int]] = []
    taker = threading.Thread(target=lambda: taken.append(handover.take(2)))
    taker.start()
    handover.close()
    taker.join(10)
    assert taken == [[]]


def test_what_nobody_wants_is_dropped() -> None:
    handover: Handover[int] = Handover(9)
    handover.put(1)
    handover.close()
    handover.put(2)
    assert handover.take(2) == []
