"""Worker processes: results come back, and a job that dies takes only itself along."""

import errno
import os
import time
from collections.abc import Iterator

import pytest

from reader.model.errors import SourceUnreadable
from reader.update.workers import NoProcess, Workers


def double(number: int) -> int:
    return 2 * number


def die() -> None:
    os.kill(os.getpid(), 11)


def hang() -> None:
    while True:
        time.monotonic()


def grow() -> int:
    return len(bytearray(4 << 30))


def refuse() -> None:
    raise SourceUnreadable("it is a picture")


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    with Workers(processes=1, seconds=1.0) as pool:
        yield pool


def test_a_result_comes_back(workers: Workers) -> None:
    assert workers.submit(double, 21).result(timeout=20) == 42


def test_a_refusal_keeps_its_reason(workers: Workers) -> None:
    with pytest.raises(SourceUnreadable, match="it is a picture"):
        workers.submit(refuse).result(timeout=20)


def test_a_crash_and_a_hang_end_alone(workers: Workers) -> None:
    crashed = workers.submit(die)
    hanging = workers.submit(hang)
    fine = workers.submit(double, 4)
    with pytest.raises(SourceUnreadable, match="needed more"):
        crashed.result(timeout=20)
    with pytest.raises(SourceUnreadable, match="longer than 1 second"):
        hanging.result(timeout=20)
    assert fine.result(timeout=20) == 8


def test_memory_is_bounded(workers: Workers) -> None:
    with pytest.raises(SourceUnreadable, match="memory"):
        workers.submit(grow).result(timeout=20)


def test_where_no_process_can_be_started_jobs_end(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse_all() -> None:
        raise OSError(errno.EAGAIN, os.strerror(errno.EAGAIN))

    with Workers(processes=1) as pool:
        with monkeypatch.context() as refused:
            refused.setattr("reader.update.workers._Process", refuse_all)
            jobs = [pool.submit(double, number) for number in range(3)]
            for job in jobs:
                with pytest.raises(NoProcess, match="temporarily unavailable"):
                    job.result(timeout=20)
        assert pool.submit(double, 21).result(timeout=20) == 42
