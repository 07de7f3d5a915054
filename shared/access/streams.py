"""Answers that go on for as long as somebody listens, and end when their process is told to stop."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from contextlib import aclosing
from typing import TypeVar

ASK_SECONDS = 1.0

T = TypeVar("T")


async def as_long_as(
    goes_on: Callable[[], Awaitable[bool]], items: AsyncGenerator[T, None]
) -> AsyncIterator[T]:
    """The items as they come, until there are no more or it does not go on; asked every second, also in silence.

    A server that stops waits for every open answer, and whoever's token ends must not hear on.
    """
    async with aclosing(items):
        coming = asyncio.ensure_future(anext(items, None))
        try:
            while await goes_on():
                done, _ = await asyncio.wait({coming}, timeout=ASK_SECONDS)
                if not done:
                    continue
                if (item := coming.result()) is None:
                    return
                yield item
                coming = asyncio.ensure_future(anext(items, None))
        finally:
            coming.cancel()
            await asyncio.gather(coming, return_exceptions=True)
