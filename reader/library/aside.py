"""Work that must not hold up an event loop."""

from __future__ import annotations

from typing import TYPE_CHECKING, ParamSpec, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

P = ParamSpec("P")
T = TypeVar("T")


async def in_thread(call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """The result of a call that runs in another thread; what it raises is raised here."""
    # Imported late: most commands have no use for an event loop.
    import asyncio

    return await asyncio.to_thread(call, *args, **kwargs)
