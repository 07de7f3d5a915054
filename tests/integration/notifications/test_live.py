"""The inbox as it changes: told to whoever listens, each their own, under a mark by which they come back."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from uuid import UUID

import fastapi.routing
import httpx
import pytest

from services.notifications.live import MOST_LISTENERS
from services.notifications.main import SERVICE
from shared.contracts import complaints as c
from shared.service import api_app
from tests.support.http import Client, Served, served
from tests.support.tokens import an_actor
from tests.unit.notifications.news import LIN, MA

from .conftest import World, the_case, until

PATH = "/v1/inbox/stream"
SILENCE_SECONDS = 2.5
PATIENCE_SECONDS = 60


@pytest.fixture
async def service(world: World) -> AsyncIterator[Served]:
    async with served(api_app(SERVICE, world.settings), clock=world.clock) as running:
        yield running


class Listener:
    """Somebody's telephone with the stream open."""

    def __init__(self, answer: httpx.Response) -> None:
        self.answer = answer
        self._lines = answer.aiter_lines()

    async def line(self) -> str:
        async with asyncio.timeout(PATIENCE_SECONDS):
            return await anext(self._lines)

    async def hears(self) -> tuple[int, str]:
        """The next word: how much is unread, and under which mark."""
        event: dict[str, str] = {}
        while (line := await self.line()) or "data" not in event:
            name, _, value = line.partition(": ")
            event[name] = value
        assert event["event"] == "inbox"
        return json.loads(event["data"])["unread"], event["id"]

    async def hears_nothing(self) -> bool:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(SILENCE_SECONDS):
                await anext(self._lines)
        return True

    async def hears_it_end(self) -> bool:
        async with asyncio.timeout(PATIENCE_SECONDS):
            return [line async for line in self._lines if line and not line.startswith(":")] == []


@asynccontextmanager
async def listening(client: Client, member_id: UUID, seen: str | None = None) -> AsyncIterator[Listener]:
    headers = client.as_(an_actor("resident", member_id=member_id)).headers
    more = {"Last-Event-ID": seen} if seen else {}
    async with client.http.stream("GET", PATH, headers=headers | more) as answer:
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith("text/event-stream")
        yield Listener(answer)


async def test_a_notice_is_told_to_its_recipient_and_so_is_its_reading(world: World, service: Served) -> None:
    client = service.client
    lin, other = client.as_(an_actor(member_id=LIN)), an_actor(member_id=MA)
    async with listening(client, LIN) as listener, listening(client, MA) as beside:
        empty, (_, own) = await listener.hears(), await beside.hears()
        await world.hear(the_case(c.MessageSent, to=(LIN,)))
        one = await listener.hears()
        notice = (await lin.get("/v1/inbox")).json()["items"][0]["id"]
        assert (await client.as_(other).post(f"/v1/inbox/{notice}/read")).status_code == 404
        await lin.post(f"/v1/inbox/{notice}/read")
        assert ((await listener.hears())[0], empty[0], one[0]) == (0, 0, 1)
        assert await beside.hears_nothing()
    assert len({empty[1], one[1]}) == 2
    assert own == empty[1]


async def test_whoever_comes_back_hears_what_changed_and_nothing_else(world: World, service: Served) -> None:
    async with listening(service.client, LIN) as listener:
        _, seen = await listener.hears()
    async with listening(service.client, LIN, seen) as again:
        assert await again.hears_nothing()
    for _ in range(2):
        await world.hear(the_case(c.MessageSent, to=(LIN,)))
    async with listening(service.client, LIN, seen) as late:
        assert (await late.hears())[0] == 2


async def test_as_many_unread_but_others_is_a_change(world: World, service: Served) -> None:
    """One is read and another comes between two looks: the number is the same, the mark is not."""
    await world.hear(the_case(c.MessageSent, to=(LIN,)))
    async with listening(service.client, LIN) as listener:
        first = await listener.hears()
    lin = service.client.as_(an_actor(member_id=LIN))
    await lin.post(f"/v1/inbox/{(await lin.get('/v1/inbox')).json()['items'][0]['id']}/read")
    await world.hear(the_case(c.MessageSent, to=(LIN,)))
    async with listening(service.client, LIN, first[1]) as again:
        second = await again.hears()
    assert (first[0], second[0]) == (1, 1)
    assert first[1] != second[1]


async def test_a_silent_stream_says_that_it_is_there(
    service: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fastapi.routing, "_PING_INTERVAL", 0.1)
    async with listening(service.client, LIN) as listener:
        await listener.hears()
        assert (await listener.line()).startswith(":")


async def test_it_ends_with_the_token(world: World, service: Served) -> None:
    async with listening(service.client, LIN) as listener:
        await listener.hears()
        world.clock.advance(timedelta(minutes=11))
        assert await listener.hears_it_end()


async def test_it_ends_when_the_process_is_told_to_stop(service: Served) -> None:
    """Long before the server would cut off whoever is still being answered."""
    async with listening(service.client, LIN) as listener:
        await listener.hears()
        service.stop()
        assert await listener.hears_it_end()


async def test_one_person_has_so_many_and_no_more(service: Served) -> None:
    client = service.client
    async with AsyncExitStack() as streams:
        listeners = [await streams.enter_async_context(listening(client, LIN)) for _ in range(MOST_LISTENERS)]
        for listener in listeners:
            await listener.hears()
        refused = await client.as_(an_actor(member_id=LIN)).get(PATH)
        assert (refused.status_code, refused.headers["retry-after"]) == (429, "60")
        async with listening(client, MA) as beside:
            await beside.hears()

    async def there_is_a_place() -> bool:
        headers = client.as_(an_actor(member_id=LIN)).headers
        async with client.http.stream("GET", PATH, headers=headers) as answer:
            return answer.status_code == 200

    await until(there_is_a_place)


async def test_it_needs_a_sign_in(service: Served) -> None:
    answer = await service.client.get(PATH)
    assert (answer.status_code, answer.headers["content-type"]) == (401, "application/problem+json")
