"""Streams of changes: several as one."""

import asyncio
from collections.abc import AsyncIterator
from typing import TypeVar

T = TypeVar("T")


async def merged(*streams: AsyncIterator[T]) -> AsyncIterator[T]:
    """What any of ``streams`` gives, as it comes, until all have ended or one raises."""
    arrived: asyncio.Queue[T | None] = asyncio.Queue(maxsize=64)

    async def drain(stream: AsyncIterator[T]) -> None:
        async for item in stream:
            await arrived.put(item)

    async def drain_all() -> None:
        try:
            async with asyncio.TaskGroup() as group:
                for stream in streams:
                    group.create_task(drain(stream))
        except BaseExceptionGroup as several:
            raise several.exceptions[0] from several
        finally:
            await arrived.put(None)

    task = asyncio.create_task(drain_all())
    try:
        while (item := await arrived.get()) is not None:
            yield item
        await task
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
