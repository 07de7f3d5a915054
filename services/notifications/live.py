"""What of an inbox is unread, told to whoever listens whenever it changes.

It is a state that is told and no entry of a log: how much is unread, under a mark that is another one whenever
something else is. So nothing is missed that was committed late or while nobody listened, and what a listener saw last
(`Last-Event-ID`) is the mark alone.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import AsyncGenerator, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from uuid import UUID

from services.notifications import views
from services.notifications.views import Unread
from shared.access.problem import TooManyRequests
from shared.persistence.database import UNAVAILABLE, Database, working_for_everybody

LOOK_SECONDS = 1.0
MOST_LISTENERS = 8
"""Of one person at once: a few telephones and pages, and no more than that of our memory."""

COME_AGAIN_SECONDS = 60

NOTHING = Unread(0, "0")

Changes = Callable[[str | None], AsyncGenerator[Unread, None]]
"""What is unread, unless that is what was seen last; and again whenever it changes."""


class Watch:
    """Looks at most once a second, in one question for all who listen here."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._listeners: Counter[UUID] = Counter()
        self._seen: Mapping[UUID, Unread] = {}
        self._seen_at = float("-inf")
        self._looking = asyncio.Lock()

    @contextmanager
    def seat(self, member_id: UUID) -> Iterator[Changes]:
        """A place among the listeners, from which the changes are heard. Raises TooManyRequests."""
        if self._listeners[member_id] >= MOST_LISTENERS:
            raise TooManyRequests(COME_AGAIN_SECONDS)
        self._listeners[member_id] += 1
        try:
            yield partial(self._changes, member_id)
        finally:
            self._listeners[member_id] -= 1
            if not self._listeners[member_id]:
                del self._listeners[member_id]

    async def _changes(self, member_id: UUID, seen: str | None) -> AsyncGenerator[Unread, None]:
        """Until the database is away: whoever listens comes again."""
        while True:
            try:
                unread = await self._unread(member_id)
            except UNAVAILABLE:
                return
            if unread.mark != seen:
                seen = unread.mark
                yield unread
            await asyncio.sleep(LOOK_SECONDS)

    async def _unread(self, member_id: UUID) -> Unread:
        async with self._looking:
            if member_id not in self._seen or time.monotonic() - self._seen_at >= LOOK_SECONDS:
                listeners = [*self._listeners]
                found = await self._unread_of_all(listeners)
                self._seen = {**dict.fromkeys(listeners, NOTHING), **found}
                self._seen_at = time.monotonic()
            return self._seen[member_id]

    async def _unread_of_all(self, listeners: Sequence[UUID]) -> Mapping[UUID, Unread]:
        """In the name of nobody: whoever's turn it is asks for the others of other alliances too."""
        with working_for_everybody():
            async with self._database.reading() as connection:
                return await views.unread_of(connection, listeners)
