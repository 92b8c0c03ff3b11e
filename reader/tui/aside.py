"""Runs work of the library in a thread and on an event loop of its own: it holds up no key."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

T = TypeVar("T")


async def aside(work: Callable[[], Coroutine[Any, Any, T]]) -> T:
    """The result of a coroutine that may parse, import and read disks as long as it likes.

    Cancelling cancels it. The program does not wait for it at its end, so that a disk that
    does not answer keeps nobody from leaving.
    """
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[T] = loop.create_future()
    own = asyncio.new_event_loop()
    task = own.create_task(work())

    def deliver(result: T | None, error: BaseException | None) -> None:
        if answer.done():
            return
        if error is None:
            answer.set_result(result)  # type: ignore[arg-type]
        elif isinstance(error, asyncio.CancelledError):
            answer.cancel()
        else:
            answer.set_exception(error)

    def run() -> None:
        result, error = None, None
        try:
            result = own.run_until_complete(task)
        except BaseException as raised:  # noqa: BLE001  it is raised where it is waited for
            error = raised
        finally:
            own.run_until_complete(own.shutdown_asyncgens())
            own.close()
        with contextlib.suppress(RuntimeError):  # the screen is gone
            loop.call_soon_threadsafe(deliver, result, error)

    threading.Thread(target=run, name="library-aside", daemon=True).start()
    try:
        return await answer
    except asyncio.CancelledError:
        with contextlib.suppress(RuntimeError):  # it has just ended
            own.call_soon_threadsafe(task.cancel)
        raise
