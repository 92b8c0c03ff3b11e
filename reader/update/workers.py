"""Processes that read hostile documents: one may crash, hang or grow without harm.

A parser that meets a bomb cannot be stopped from within Python (it may hold the
interpreter's lock in C), so it runs where it can be killed. Pools of others were measured:
what they import costs each process more than the documents of twenty feeds.
"""

from __future__ import annotations

import contextlib
import os
import queue
import resource
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any, ParamSpec, Self, TypeVar

from reader.model.errors import SourceUnreadable

if TYPE_CHECKING:
    from collections.abc import Sequence
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess

P = ParamSpec("P")
T = TypeVar("T")

SECONDS = 30.0
ADDRESS_SPACE = 1 << 30
WORN_OUT = 1000
"""Jobs after which a process is replaced, so that what leaks stays small."""
LOT = 4
"""Jobs that a process is given at once where many wait: it need not wait for each next one."""

Job = tuple[Future[Any], Callable[..., Any], tuple[Any, ...], dict[str, Any]]


class NoProcess(SourceUnreadable):
    """The system refuses to start a process: nothing is wrong with what was to be read."""


class Workers:
    """Such processes, up to ``processes`` of them, started as jobs arrive.

    A job that runs longer than ``seconds`` or takes its process down ends in
    ``SourceUnreadable``; the others go on in fresh processes. Where none can be started
    jobs end in ``NoProcess``.
    """

    def __init__(self, *, processes: int = 2, seconds: float = SECONDS) -> None:
        self._processes = processes
        self._seconds = seconds
        self._jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._threads: list[threading.Thread] = []
        self._running: set[_Process] = set()
        self._closed = False
        self._idle = 0
        self._lock = threading.Lock()

    def submit(self, job: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Run ``job`` in a process; it, its arguments and its result must be picklable."""
        done: Future[T] = Future()
        with self._lock:
            if self._closed:
                raise RuntimeError("the workers are closed")
            if self._idle <= 0 and len(self._threads) < self._processes:
                thread = threading.Thread(target=self._serve, daemon=True)
                self._threads.append(thread)
                thread.start()
            else:
                self._idle -= 1
        self._jobs.put((done, job, args, kwargs))
        return done

    def close(self) -> None:
        """Stop every process, whatever it is doing, and drop what waits."""
        with self._lock:
            self._closed = True
            for process in self._running:
                process.kill()
        with contextlib.suppress(queue.Empty):
            while dropped := self._jobs.get_nowait():
                dropped[0].cancel()
        for _ in self._threads:
            self._jobs.put(None)
        for thread in self._threads:
            thread.join()
        self._threads.clear()

    def __enter__(self) -> Self:
        """Itself; nothing is started yet."""
        return self

    def __exit__(self, *_: object) -> None:
        """Stop the processes."""
        self.close()

    def _serve(self) -> None:
        """A thread's life: pass jobs to a process of its own, a few at a time."""
        process: _Process | None = None
        while (job := self._jobs.get()) is not None:
            lot = [job, *self._more()]
            process = self._run(process, lot)
            with self._lock:
                self._idle += len(lot)
        if process is not None:
            self._ended(process)

    def _more(self) -> list[Job]:
        """What else the process may be given, where more waits than the others can take."""
        more: list[Job] = []
        with contextlib.suppress(queue.Empty):
            while len(more) < min(LOT - 1, self._jobs.qsize() // self._processes):
                job = self._jobs.get_nowait()
                if job is None:  # the end, which comes after these
                    self._jobs.put(None)
                    break
                more.append(job)
        return more

    def _run(self, process: _Process | None, lot: list[Job]) -> _Process | None:
        """Have jobs done, by ``process`` or a new one; gives the process for the next."""
        waiting = [job for job in lot if job[0].set_running_or_notify_cancel()]
        while waiting:
            try:
                process = process or self._started()
            except OSError as error:
                why = error.strerror or type(error).__name__
                for done, *_ in waiting:
                    refusal = f"no process could be started to read it ({why})"
                    done.set_exception(NoProcess(refusal))
                return None
            if process is None:
                for done, *_ in waiting:
                    done.set_exception(SourceUnreadable("the reader is closing"))
                return None
            del waiting[: process.run(waiting, self._seconds)]
            if process.finished:
                self._ended(process)
                process = None
        return process

    def _started(self) -> _Process | None:
        process = _Process()
        with self._lock:
            if self._closed:
                process.kill()
                return None
            self._running.add(process)
        return process

    def _ended(self, process: _Process) -> None:
        with self._lock:
            self._running.discard(process)
        process.end()


class _Process:
    """One process and the pipe to it."""

    def __init__(self) -> None:
        import multiprocessing
        from multiprocessing import resource_tracker

        # It hands the file behind sys.stderr on, and a screen puts one there without any.
        with contextlib.redirect_stderr(sys.__stderr__):
            resource_tracker.ensure_running()
        # Not fork: the screen's process has threads, and a fork would copy their locks.
        context = multiprocessing.get_context("spawn")
        self._pipe, other = context.Pipe()
        self._process: SpawnProcess = context.Process(target=_work, args=(other,), daemon=True)
        self._process.start()
        other.close()
        self._jobs = 0
        self.finished = False

    def run(self, lot: Sequence[Job], seconds: float) -> int:
        """Have jobs done, one after the other; how many ended before it was ``finished``."""
        with contextlib.suppress(OSError):  # it is gone, as will be seen
            self._pipe.send([call for _, *call in lot])
        for count, (done, *_) in enumerate(lot, 1):
            try:
                if self._pipe.poll(seconds):
                    ended: tuple[bool, Any] = self._pipe.recv()
                else:
                    self.finished = True
                    late = f"reading it took longer than {seconds:.0f} seconds"
                    ended = (False, SourceUnreadable(late))
            except (EOFError, OSError):
                self.finished = True
                ended = (False, SourceUnreadable("reading it needed more memory than is allowed"))
            succeeded, value = ended
            if succeeded:
                done.set_result(value)
            else:
                done.set_exception(value)
            if self.finished:
                return count
        self._jobs += len(lot)
        self.finished = self._jobs >= WORN_OUT
        return len(lot)

    def kill(self) -> None:
        """Stop it at once; who waits for it sees its end."""
        self._process.kill()

    def end(self) -> None:
        """Stop it and clear up."""
        self._process.kill()
        self._process.join()
        self._pipe.close()


def _work(pipe: Connection) -> None:
    """The process's life. It keeps off the terminal, and what grows without end fails alone."""
    os.nice(10)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    resource.setrlimit(
        resource.RLIMIT_AS, (ADDRESS_SPACE, resource.getrlimit(resource.RLIMIT_AS)[1])
    )
    while True:
        try:
            lot = pipe.recv()
        except (EOFError, OSError):
            return
        for job, args, kwargs in lot:
            try:
                ended = (True, job(*args, **kwargs))
            except MemoryError:
                ended = (False, SourceUnreadable("reading it needed more memory than is allowed"))
            except Exception as error:  # noqa: BLE001 - the edge of a worker: it becomes data
                ended = (False, error)
            pipe.send(ended)
