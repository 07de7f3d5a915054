"""What the story is told with: people, a mailbox, a clock, and checks that stop it at the first wrong answer."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import TypeVar

import httpx

from cli.mailbox import Mailbox
from cli.people import Answered, Person, ReadCode
from cli.running import Running
from shared.calendar.working_days import WorkingCalendar
from shared.clock import SHANGHAI, DevelopmentClock

T = TypeVar("T")

PATIENCE_SECONDS = 30.0
CODES_PAUSE = timedelta(seconds=61)


class Unexpected(Exception):
    """The system did something else than the story tells; the story ends here."""


def check(holds: object, what: str) -> None:
    """Raises Unexpected with `what` should have been."""
    if not holds:
        raise Unexpected(what)


async def eventually(ask: Callable[[], Awaitable[T]], until: Callable[[T], object], what: str) -> T:
    """What `ask` answers once it is so; between services word takes a moment. Raises Unexpected."""
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not until(answer := await ask()):  # noqa: ASYNC110
                await asyncio.sleep(0.1)
    except TimeoutError:
        raise Unexpected(f"within {PATIENCE_SECONDS:.0f} s: {what}; last seen: {answer}") from None
    return answer


@dataclass(frozen=True)
class World:
    """The running system as four people meet it."""

    where: Running
    http: httpx.AsyncClient
    mailbox: Mailbox
    clock: DevelopmentClock

    async def arrives(self, name: str, contact: str) -> Person:
        """Somebody signs in by the code that reaches them. Whoever just asked for one waits out the minute."""
        person = Person(name, contact, where=self.where, http=self.http)
        person.proves = lambda named: self._by_code(contact, partial(person.proves_by_code, named))
        await self._by_code(contact, person.sign_in)
        return person

    async def _by_code(self, contact: str, use: Callable[[ReadCode], Awaitable[T]]) -> T:
        try:
            return await use(await self.mailbox.code_reader(contact))
        except Answered as no:
            if no.status != 429:
                raise
            self.clock.advance(CODES_PAUSE)
            return await use(await self.mailbox.code_reader(contact))

    def wait_until(self, moment: datetime) -> None:
        """The story's time passes; nothing happens if it is that late already."""
        self.clock.advance(max(timedelta(), moment - self.clock.now()))

    @property
    def today(self) -> date:
        return self.clock.now().astimezone(SHANGHAI).date()


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """A time of day in Shanghai."""
    return datetime.combine(day, time(hour, minute), SHANGHAI)


def working_day(after: date, count: int) -> date:
    """The working day `count` working days later."""
    return WorkingCalendar().after_working_days(after, count)
