"""People who use the system while it breaks, and do not give up: every write is tried again under its own key."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar

import asyncpg
import httpx

import cli.demo.world as demo
from cli.demo.story import Story
from cli.demo.telling import world_of
from cli.demo.world import Unexpected, World
from cli.inside import kit_of
from cli.people import Answered, Person
from cli.running import Running
from cli.seeding import token_for
from tests.support.files import flat_png
from tests.support.intents import proof_from

T = TypeVar("T")

PATIENCE_SECONDS = 120.0
TO_THE_END = "told to the end"
AFTERWARDS = 3
"""So many stories are begun once nothing breaks any more; if none of them comes to its end, none will."""
AGAIN = {401, 500, 502, 503, 504}
"""401: a story moved the clock on while a new token was on its way."""

PHOTO = flat_png()
RESIDENTS = ("sun@shanbei.example", "lin@shanbei.example")


def _passes(error: Exception) -> bool:
    """Whether the same request is worth sending again: nobody has said no to it."""
    if isinstance(error, Answered):
        return error.status in AGAIN or error.code == "key_in_flight"
    return True


@dataclass
class Ledger:
    """What people were answered; the checks hold it against the databases."""

    filed: dict[str, str] = field(default_factory=dict)
    """Idempotency key → case, as answered with 201."""
    brought: dict[str, str] = field(default_factory=dict)
    """Evidence → its case, as answered with 201."""
    put_off: Counter[str] = field(default_factory=Counter)
    """What people were answered who brought evidence and had to come again."""
    stories: Counter[str] = field(default_factory=Counter)
    broken_off: list[str] = field(default_factory=list)

    def note(self, key: str, answer: httpx.Response) -> None:
        """The same key must be answered alike, however often it is asked."""
        case = answer.json()["id"]
        if self.filed.setdefault(key, case) != case:
            self.broken_off.append(f"{key}: the same request was answered with another case")


class Stubborn(Person):
    """Sends the same request, under the same key, until it is answered."""

    ledger: Ledger

    async def _request(self, method: str, service: str, path: str, **more: Any) -> httpx.Response:
        async with asyncio.timeout(PATIENCE_SECONDS):
            while (answer := await self._tried(method, service, path, **more)) is None:  # noqa: ASYNC110
                await asyncio.sleep(0.2)
        if (method, path) == ("POST", "/v1/cases"):
            self.ledger.note(more["headers"]["Idempotency-Key"], answer)
        return answer

    async def _tried(self, *request: Any, **more: Any) -> httpx.Response | None:
        try:
            return await super()._request(*request, **more)
        except (Answered, httpx.TransportError, OSError, asyncpg.PostgresError) as error:
            if not _passes(error):
                raise
            if isinstance(error, Answered) and request[2].endswith("/evidence"):
                self.ledger.put_off[error.code] += 1
        return None


@dataclass(frozen=True)
class BreakingWorld(World):
    """Signs people in by a token and lets them sign by a proof, so that a story is not about mails with codes."""

    ledger: Ledger

    async def arrives(self, name: str, contact: str) -> Person:
        person = Stubborn(name, contact, where=self.where, http=self.http)
        person.ledger = self.ledger

        async def token() -> str:
            async with kit_of("alliance", self.where) as kit:
                return await token_for(kit, contact)

        async def proof(content_hash: str) -> str:
            async with kit_of("alliance", self.where) as kit:
                return await proof_from(kit, person.id, content_hash)

        person.proves = lambda named: _until_it_goes(lambda: proof(named))
        await _until_it_goes(lambda: person.carry(token))
        person.id = (await person.get("alliance", "/v1/me"))["id"]
        return person


async def _until_it_goes(ask: Callable[[], Awaitable[T]]) -> T:
    async with asyncio.timeout(PATIENCE_SECONDS):
        while True:
            try:
                return await ask()
            except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
                await asyncio.sleep(0.2)


async def traffic(where: Running, ledger: Ledger, dice: random.Random, until: asyncio.Event) -> None:
    """Stories of whole cases one after the other, and beside them filings and answers, until told to end."""
    async with _patient(), world_of(where) as plain:
        world = BreakingWorld(plain.where, plain.http, plain.mailbox, plain.clock, ledger)
        async with asyncio.TaskGroup() as group:
            group.create_task(_stories(world, ledger, until))
            for number in range(3):
                group.create_task(_filings(world, ledger, random.Random(dice.random()), until, f"f{number}"))


@asynccontextmanager
async def _patient() -> AsyncIterator[None]:
    """Word takes longer while the bus is away."""
    usual, demo.PATIENCE_SECONDS = demo.PATIENCE_SECONDS, PATIENCE_SECONDS
    try:
        yield
    finally:
        demo.PATIENCE_SECONDS = usual


async def _stories(world: World, ledger: Ledger, until: asyncio.Event) -> None:
    """At least one is told to its end, however slow the machine: then every check has something to look at."""
    begun_afterwards = 0

    def is_enough() -> bool:
        return until.is_set() and ledger.stories[TO_THE_END] > 0

    while not is_enough() and begun_afterwards < AFTERWARDS:
        begun_afterwards += until.is_set()
        story = Story(world)
        try:
            for chapter in story.chapters:
                await chapter()
                ledger.stories[chapter.__name__] += 1
                if is_enough():
                    return
            ledger.stories[TO_THE_END] += 1
        except (Unexpected, Answered, TimeoutError) as broken:
            ledger.broken_off.append(f"{chapter.__name__}: {type(broken).__name__} {broken}"[:300])


async def _filings(
    world: World, ledger: Ledger, dice: random.Random, until: asyncio.Event, name: str
) -> None:
    """A resident files and brings a photo; now and then the coordinator refers it elsewhere while it is taken back."""
    resident = await world.arrives("resident", dice.choice(RESIDENTS))
    zhou = await world.arrives("zhou", "zhou@shanbei.example")
    number = 0
    while not until.is_set():
        number += 1
        key = f"faults-{name}-{number}"
        form = {
            "category": "noise",
            "subcategory": "loading_at_night",
            "place_text": "山北路",
            "description": f"夜里卸货 {key}",
        }
        case = await resident.post("complaints", "/v1/cases", form, key=key)
        await resident.post("complaints", "/v1/cases", form, key=key)
        if dice.random() < 0.5:
            path = f"/v1/cases/{case['id']}/evidence"
            brought = await resident.send_file("complaints", path, PHOTO, {"kind": "photo"})
            ledger.brought[brought["evidence_id"]] = case["id"]
        if dice.random() < 0.5:
            refusal = {"reason": "already_filed", "next_address": "hotline_12345"}
            await asyncio.gather(
                _if_it_may(zhou, f"/v1/cases/{case['id']}/decline", refusal),
                _if_it_may(resident, f"/v1/cases/{case['id']}/withdraw", {}),
            )
        await asyncio.sleep(dice.uniform(0.3, 1.2))


async def _if_it_may(person: Person, path: str, form: dict[str, Any]) -> None:
    """Of two who end the same case at once, one comes too late."""
    try:
        await person.post("complaints", path, form)
    except Answered as no:
        if no.status != 409:
            raise
