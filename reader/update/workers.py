"""Processes that read hostile documents: one may crash, hang or grow without harm.

A parser that meets a bomb cannot be stopped from within Python (it may hold the
interpreter's lock in C), so it runs where it can be killed.
"""

from __future__ import annotations

import resource
from collections.abc import Callable
from concurrent.futures import Future
from typing import TYPE_CHECKING, ParamSpec, Self, TypeVar

from reader.model.errors import SourceUnreadable

if TYPE_CHECKING:
    from pebble import ProcessPool

P = ParamSpec("P")
T = TypeVar("T")

PROCESSES = 2
SECONDS = 30.0
ADDRESS_SPACE = 1 << 30


class Workers:
    """A pool of such processes, started when the first job arrives.

    A job that runs longer than ``seconds`` or takes its process down ends in
    ``SourceUnreadable``; the others go on in fresh processes.
    """

    def __init__(self, *, processes: int = PROCESSES, seconds: float = SECONDS) -> None:
        self._processes = processes
        self._seconds = seconds
        self._pool: ProcessPool | None = None

    def submit(self, job: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Run ``job`` in a process; it, its arguments and its result must be picklable."""
        if self._pool is None:
            import multiprocessing

            from pebble import ProcessPool

            # Not fork: the screen's process has threads, and a fork would copy their locks.
            self._pool = ProcessPool(
                max_workers=self._processes,
                initializer=_limit_memory,
                context=multiprocessing.get_context("spawn"),
            )
        done: Future[T] = Future()
        inner = self._pool.schedule(job, args=args, kwargs=kwargs, timeout=self._seconds)
        inner.add_done_callback(lambda ended: _hand_over(ended, done, self._seconds))
        return done

    def close(self) -> None:
        """Stop every process, whatever it is doing."""
        if self._pool is not None:
            self._pool.stop()
            self._pool.join()
            self._pool = None

    def __enter__(self) -> Self:
        """Itself; nothing is started yet."""
        return self

    def __exit__(self, *_: object) -> None:
        """Stop the processes."""
        self.close()


def _hand_over(ended: Future[T], done: Future[T], seconds: float) -> None:
    """Pass a job's end on, its death told as what it means for the source."""
    from pebble import ProcessExpired

    if ended.cancelled():
        done.cancel()
        return
    error = ended.exception()
    if isinstance(error, TimeoutError):
        done.set_exception(SourceUnreadable(f"reading it took longer than {seconds:.0f} seconds"))
    elif isinstance(error, ProcessExpired | MemoryError):
        done.set_exception(SourceUnreadable("reading it needed more memory than is allowed"))
    elif error is not None:
        done.set_exception(error)
    else:
        done.set_result(ended.result())


def _limit_memory() -> None:
    """Let a process that grows without end fail alone."""
    resource.setrlimit(
        resource.RLIMIT_AS, (ADDRESS_SPACE, resource.getrlimit(resource.RLIMIT_AS)[1])
    )
