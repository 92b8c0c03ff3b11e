"""Processes that read hostile documents: one may crash, hang or grow without harm.

A parser that meets a bomb cannot be stopped from within Python (it may hold the
interpreter's lock in C), so it runs where it can be killed.
"""

from __future__ import annotations

import contextlib
import os
import resource
import sys
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
            from multiprocessing import resource_tracker

            from pebble import ProcessPool

            # It hands the file behind sys.stderr on, and a screen puts one there without any.
            with contextlib.redirect_stderr(sys.__stderr__):
                resource_tracker.ensure_running()
            # Not fork: the screen's process has threads, and a fork would copy their locks.
            self._pool = ProcessPool(
                max_workers=self._processes,
                initializer=_prepare,
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


def _prepare() -> None:
    """Keep a process off the terminal, and let one that grows without end fail alone."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    resource.setrlimit(
        resource.RLIMIT_AS, (ADDRESS_SPACE, resource.getrlimit(resource.RLIMIT_AS)[1])
    )
