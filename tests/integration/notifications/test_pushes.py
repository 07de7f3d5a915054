"""Word on the telephone: sealed for the browser that asked, silent about the matter, and at an end when it says so."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from services.notifications import decisions, outgoing
from services.notifications.main import SERVICE
from services.notifications.push.storage import MOST_DEVICES
from services.notifications.webhooks import guard
from shared.contracts import complaints as c
from shared.contracts import mediation as m
from tests.support.http import Client, client_of
from tests.support.tokens import an_actor
from tests.unit.notifications.news import LIN, MA

from .conftest import World, the_case, until
from .push_service import Browser, PushService
from .text_provider import close_in_the_middle, drip, hang, says

KEY = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"


@pytest.fixture(autouse=True)
def brisk(monkeypatch):
    monkeypatch.setattr(decisions, "RETRY_AFTER", (timedelta(seconds=0.05),))
    monkeypatch.setattr(guard, "ANSWER_SECONDS", 2)
    monkeypatch.setattr(outgoing, "POLL_SECONDS", 0.05)


@pytest.fixture
async def phones(world: World) -> AsyncIterator[PushService]:
    world.settings = world.settings.model_copy(
        update={"webhook_networks": "127.0.0.0/8", "push_key": type(world.settings.link_secret)(KEY)}
    )
    await world.people_arrive()
    async with PushService().open() as opened:
        yield opened


@pytest.fixture
async def client(world: World, phones: PushService) -> AsyncIterator[Client]:
    async with client_of(SERVICE, world.settings, clock=world.clock) as asked:
        yield asked


@asynccontextmanager
async def sending(world: World) -> AsyncIterator[None]:
    job = asyncio.create_task(outgoing.send_pushes(world.kit))
    try:
        yield
    finally:
        job.cancel()
        await asyncio.gather(job, return_exceptions=True)


async def asks(client: Client, browser: Browser, member_id: UUID = LIN) -> str:
    answer = await client.as_(an_actor("resident", member_id=member_id)).post("/v1/push", json=browser.form)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


async def pushes_are(world: World, *wanted: str) -> None:
    sql = "SELECT state FROM deliveries WHERE channel = 'push' ORDER BY id"

    async def reached() -> bool:
        return [row["state"] for row in await world.rows(sql)] == [*wanted]

    await until(reached)


async def test_the_telephone_shows_that_there_is_something_and_not_what(
    world: World, phones: PushService, client: Client
):
    await asks(client, phones.browser("lin"))
    event = the_case(c.MessageSent, to=(LIN, MA))
    await world.hear(event)
    async with sending(world):
        await pushes_are(world, "accepted")

    [shown] = phones.shown["/lin"]
    [notice] = await world.rows("SELECT id FROM notices WHERE recipient_id = $1", LIN)
    assert shown == {
        "title": "商居联盟",
        "body": "您有一条新消息，请打开查看。",
        "tag": notice["id"].hex,
        "open": "/inbox",
    }
    assert phones.bad == 0
    [headers] = phones.headers
    assert (headers["content-encoding"], headers["urgency"], headers["topic"]) == (
        "aes128gcm",
        "normal",
        notice["id"].hex,
    )
    assert event.reference not in str(headers)


@pytest.mark.parametrize("status", ["404 Not Found", "410 Gone"])
async def test_a_browser_that_wants_no_more_is_forgotten(
    world: World, phones: PushService, client: Client, status: str
):
    await asks(client, phones.browser("lin"))
    phones.acts["/lin"] = [says(status)]
    await world.hear(the_case(c.MessageSent, to=(LIN,)))
    async with sending(world):
        await pushes_are(world, "failed")
        await world.hear(the_case(c.MessageSent, to=(LIN,)))
        await asyncio.sleep(0.2)
    assert phones.asked == 1
    assert await world.rows("SELECT FROM push_subscriptions") == []


async def test_one_of_several_that_has_it_is_enough(world: World, phones: PushService, client: Client):
    for name in ("old", "new"):
        await asks(client, phones.browser(name))
    phones.acts["/old"] = [says("410 Gone")]
    await world.hear(the_case(c.MessageSent, to=(LIN,)))
    async with sending(world):
        await pushes_are(world, "accepted")
    assert (len(phones.shown["/new"]), len(phones.shown["/old"])) == (1, 0)
    assert await world.count("SELECT count(*) AS count FROM push_subscriptions") == 1


@pytest.mark.parametrize("act", [hang, drip, close_in_the_middle, says("500 Internal Server Error")])
async def test_what_may_have_been_taken_is_not_sent_again(
    world: World, phones: PushService, client: Client, act
):
    await asks(client, phones.browser("lin"))
    phones.acts["/lin"] = [act]
    await world.hear(the_case(c.MessageSent, to=(LIN,)))
    async with sending(world):
        await pushes_are(world, "unknown")
        await asyncio.sleep(0.3)
    assert phones.asked == 1


@pytest.mark.parametrize(
    "act",
    [
        says("429 Too Many Requests", b"", "Retry-After: 0"),
        says("301 Moved", b"", "Location: http://127.0.0.1:1/"),
    ],
)
async def test_what_was_not_taken_is_sent_later_and_shown_once(
    world: World, phones: PushService, client: Client, act
):
    await asks(client, phones.browser("lin"))
    phones.acts["/lin"] = [act]
    await world.hear(the_case(c.MessageSent, to=(LIN,)))
    async with sending(world):
        await pushes_are(world, "accepted")
    assert (phones.asked, len(phones.shown["/lin"])) == (2, 1)


async def test_a_kind_that_was_switched_off_comes_to_no_telephone(
    world: World, phones: PushService, client: Client
):
    await asks(client, phones.browser("lin"))
    lin = client.as_(an_actor("resident", member_id=LIN))
    chosen = {"language": "zh-CN", "mail": True, "pushes": {"messages": "never"}}
    assert (await lin.put("/v1/preferences", json=chosen)).status_code == 200
    await world.hear(the_case(c.MessageSent, to=(LIN,)))
    await world.hear(the_case(m.AgreementDrafted, form="written"))
    rows = await world.rows(
        """
        SELECT notice.kind FROM deliveries AS delivery JOIN notices AS notice ON notice.id = delivery.notice_id
        WHERE delivery.channel = 'push'
        """
    )
    assert [row["kind"] for row in rows] == ["agreement_to_sign"]


async def test_at_night_the_telephone_is_silent(world: World, phones: PushService, client: Client):
    await asks(client, phones.browser("lin"))
    world.clock.advance(timedelta(hours=14))
    await world.hear(the_case(c.MessageSent, to=(LIN,)))
    async with sending(world):
        await asyncio.sleep(0.3)
        await pushes_are(world, "pending")
        world.clock.advance(timedelta(hours=8))
        await pushes_are(world, "accepted")


async def test_a_shared_telephone_is_whoses_who_asked_last(world: World, phones: PushService, client: Client):
    browser = phones.browser("shared")
    await asks(client, browser, LIN)
    await asks(client, browser, MA)
    await world.hear(the_case(c.MessageSent, to=(LIN,)))
    assert await world.mails("push") == {}
    shown = await client.as_(an_actor("resident", member_id=LIN)).get("/v1/push")
    assert shown.json()["devices"] == []


async def test_who_was_erased_or_took_it_back_is_told_nothing(
    world: World, phones: PushService, client: Client
):
    for member_id, name in ((LIN, "lin"), (MA, "ma")):
        await asks(client, phones.browser(name), member_id)
    await world.hear(the_case(c.MessageSent, to=(LIN, MA)))
    ma = client.as_(an_actor("merchant", member_id=MA))
    [device] = (await ma.get("/v1/push")).json()["devices"]
    lin = client.as_(an_actor("resident", member_id=LIN))
    assert (await lin.post(f"/v1/push/{device['id']}/remove")).status_code == 404
    assert (await ma.post(f"/v1/push/{device['id']}/remove")).status_code == 200
    world.clock.advance(timedelta(minutes=1))
    await world.hear_tombstone(LIN)
    async with sending(world):
        await world.abandon()
        await pushes_are(world, "failed", "failed")
    assert phones.asked == 0
    assert await world.rows("SELECT FROM push_subscriptions") == []


async def test_nobody_has_more_than_so_many(phones: PushService, client: Client):
    ids = [await asks(client, phones.browser(f"phone-{number}")) for number in range(MOST_DEVICES + 1)]
    shown = (await client.as_(an_actor("resident", member_id=LIN)).get("/v1/push")).json()
    assert shown["key"] is not None
    assert [device["id"] for device in shown["devices"]] == ids[:0:-1]


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"endpoint": "ftp://push.example/1"}, "/endpoint"),
        ({"endpoint": "https://[::1"}, "/endpoint"),
        ({"endpoint": "https://push.example/a\0b"}, "/endpoint"),
        ({"keys": {"p256dh": "AAAA", "auth": "c2l4dGVlbiBieXRlcyBpdA"}}, "/keys"),
        ({"keys": {"p256dh": "é", "auth": "c2l4dGVlbiBieXRlcyBpdA"}}, "/keys"),
    ],
)
async def test_what_no_browser_says_is_refused(
    phones: PushService, client: Client, change: dict, pointer: str
):
    answer = await client.as_(an_actor()).post("/v1/push", json=phones.browser("x").form | change)
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, pointer)


async def test_an_address_inside_is_never_connected_to(world: World, phones: PushService, client: Client):
    world.settings = world.settings.model_copy(update={"webhook_networks": ""})
    await asks(client, phones.browser("lin"))
    await world.hear(the_case(c.MessageSent, to=(LIN,)))
    async with sending(world):
        await asyncio.sleep(0.3)
    [row] = await world.rows("SELECT state, reason FROM deliveries WHERE channel = 'push'")
    assert (row["state"], row["reason"], phones.asked) == ("pending", "address_forbidden", 0)


async def test_without_our_key_nobody_is_asked(world: World):
    async with client_of(SERVICE, world.settings, clock=world.clock) as asked:
        client = asked.as_(an_actor(member_id=uuid4()))
        assert (await client.get("/v1/push")).json() == {"key": None, "devices": []}
        assert (await client.post("/v1/push", json=Browser("https://push.example/1").form)).status_code == 404
