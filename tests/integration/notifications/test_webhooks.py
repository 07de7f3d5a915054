"""Platforms of the city are told, signed, at least once, wherever they stand, and never anything inside."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from uuid import uuid4

import pytest

from services.notifications.commands import NotYet, Yes
from services.notifications.main import SERVICE
from services.notifications.webhooks import decisions, guard, sending
from services.notifications.webhooks.guard import Guard, Reply, networks
from shared.contracts import complaints as c
from tests.support.http import Client, client_of
from tests.support.tokens import ALLIANCE, an_actor
from tests.unit.notifications.news import LIN, MA

from .conftest import World, the_case, until
from .platform import Platform
from .text_provider import Act, close_in_the_middle, drip, hang, says

HERE = "127.0.0.0/8"


@pytest.fixture(autouse=True)
def brisk(monkeypatch):
    monkeypatch.setattr(decisions, "RETRY_AFTER", (timedelta(seconds=0.05),))
    monkeypatch.setattr(sending, "POLL_SECONDS", 0.05)
    monkeypatch.setattr(guard, "ANSWER_SECONDS", 0.5)


@pytest.fixture
async def platform(world: World) -> AsyncIterator[Platform]:
    world.settings = world.settings.model_copy(update={"webhook_networks": HERE})
    async with Platform().open() as opened:
        yield opened


@pytest.fixture
async def operator(world: World) -> AsyncIterator[Client]:
    async with client_of(SERVICE, world.settings, clock=world.clock) as asked:
        yield asked.as_(an_actor("operator", member_id=uuid4(), alliance_id=ALLIANCE))


async def registered(operator: Client, platform: Platform) -> str:
    """The webhook's id; the platform is given its secret."""
    answer = await operator.post("/v1/webhooks", json={"url": platform.url})
    assert answer.status_code == 201, answer.text
    platform.secrets = [answer.json()["secret"]]
    return str(answer.json()["id"])


@asynccontextmanager
async def telling(world: World) -> AsyncIterator[None]:
    job = asyncio.create_task(sending.tell_platforms(world.kit))
    try:
        yield
    finally:
        job.cancel()
        await asyncio.gather(job, return_exceptions=True)


async def states(world: World) -> list[str]:
    return [row["state"] for row in await world.rows("SELECT state FROM webhook_messages ORDER BY id")]


async def all_are(world: World, state: str, count: int = 1) -> None:
    async def reached() -> bool:
        return await states(world) == [state] * count

    await until(reached)


async def test_a_platform_is_told_where_a_matter_stands_once_and_signed(
    world: World, platform: Platform, operator: Client
):
    await world.people_arrive()
    await registered(operator, platform)
    event = the_case(c.CaseAccepted)
    event_id = await world.hear(event)
    await world.rows("DELETE FROM inbox")
    await world.hear(event, event_id=event_id)
    await world.hear(the_case(c.MessageSent, to=(LIN,)))
    await world.hear(the_case(c.CaseReopened))
    async with telling(world):
        await all_are(world, "accepted", 2)

    first = platform.asked[0]
    assert (len(platform.taken), platform.bad) == (2, 0)
    assert first.address == "/hooks?of=shangju"
    assert json.loads(first.body)["data"]["reference"] == event.reference
    said = "".join(one.body.decode() for one in platform.asked)
    assert not [member for member in (LIN, MA) if str(member) in said]


@pytest.mark.parametrize(
    "act",
    [
        says("500 Internal Server Error", took=True),
        says("404 Not Found"),
        says("429 Too Many Requests"),
        says("302 Found", b"", "Location: http://127.0.0.1:1/inside"),
        hang,
        drip,
        close_in_the_middle,
    ],
    ids=["500", "404", "429", "redirect", "hangs", "drips", "closes in the middle"],
)
async def test_one_that_misbehaves_is_told_again_under_the_same_id_until_it_takes_it(
    world: World, platform: Platform, operator: Client, act: Act
):
    await world.people_arrive()
    await registered(operator, platform)
    platform.acts = [act, act]
    await world.hear(the_case(c.CaseAccepted))
    async with telling(world):
        await all_are(world, "accepted")
    assert len(platform.asked) == 3
    assert len({asked.headers["webhook-id"] for asked in platform.asked}) == 1


async def test_one_that_hangs_holds_up_no_other(
    world: World, platform: Platform, operator: Client, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(guard, "ANSWER_SECONDS", 60)
    await world.people_arrive()
    await registered(operator, platform)
    platform.acts = [hang] * 3
    async with Platform().open() as quick:
        await registered(operator, quick)
        for _ in range(3):
            await world.hear(the_case(c.CaseReopened))
        async with telling(world):
            await until(lambda: _asked(quick, 3))
            await until(lambda: _asked(platform, 1))

    assert len(quick.taken) == 3
    assert len(platform.asked) == 1


async def test_one_that_asks_for_patience_is_left_alone(world: World, platform: Platform, operator: Client):
    await world.people_arrive()
    await registered(operator, platform)
    platform.acts = [says("503 Service Unavailable", b"", "Retry-After: 3600")]
    await world.hear(the_case(c.CaseAccepted))
    async with telling(world):
        await until(lambda: _put_off(world, "http_503"))
        await asyncio.sleep(0.4)
    assert len(platform.asked) == 1


async def test_one_that_is_gone_is_told_nothing_more(world: World, platform: Platform, operator: Client):
    await world.people_arrive()
    await registered(operator, platform)
    platform.acts = [says("410 Gone")]
    await world.hear(the_case(c.CaseAccepted))
    async with telling(world):
        await all_are(world, "failed")
        await until(lambda: _ended(world))
        await world.hear(the_case(c.CaseReopened))
        await asyncio.sleep(0.3)
    assert len(platform.asked) == 1
    [shown] = (await operator.get("/v1/webhooks")).json()["items"]
    assert shown["ended_why"] == "gone"


async def _put_off(world: World, reason: str) -> bool:
    rows = await world.rows("SELECT state, reason FROM webhook_messages")
    return rows == [{"state": "pending", "reason": reason}]


async def _ended(world: World) -> bool:
    return await world.count("SELECT count(*) AS count FROM webhooks WHERE ended_at IS NOT NULL") == 1


async def test_a_secret_is_rotated_while_both_are_good(world: World, platform: Platform, operator: Client):
    await world.people_arrive()
    webhook = await registered(operator, platform)
    old = platform.secrets[0]
    rotated = await operator.post(f"/v1/webhooks/{webhook}/rotate")
    assert rotated.status_code == 200
    new = rotated.json()["secret"]
    assert new != old

    await world.hear(the_case(c.CaseAccepted))
    async with telling(world):
        await all_are(world, "accepted")
    [asked] = platform.asked
    for secret in (old, new):
        platform.secrets = [secret]
        assert platform.knows(asked)

    await world.rows("UPDATE webhooks SET rotated_at = rotated_at - interval '24 hours'")
    await world.hear(the_case(c.CaseReopened))
    async with telling(world):
        await all_are(world, "accepted", 2)
    platform.secrets = [old]
    assert not platform.knows(platform.asked[-1])


async def test_a_secret_is_shown_when_it_is_made_and_at_no_other_time(
    world: World, platform: Platform, operator: Client
):
    key = {"Idempotency-Key": "once"}
    made = await operator.post("/v1/webhooks", json={"url": platform.url}, headers=key)
    webhook, secret = made.json()["id"], made.json()["secret"]
    assert made.headers["cache-control"] == "no-store"
    again = await operator.post("/v1/webhooks", json={"url": platform.url}, headers=key)
    assert (again.json(), again.headers["idempotent-replayed"]) == (made.json(), "true")

    rotated = (await operator.post(f"/v1/webhooks/{webhook}/rotate")).json()
    assert rotated["generation"] == made.json()["generation"] + 1
    kept = await world.rows("SELECT convert_from(body, 'UTF8') AS body FROM idempotency")
    told = [(await operator.get(path)).text for path in ("/v1/webhooks", f"/v1/webhooks/{webhook}/messages")]
    told += [row["body"] for row in kept]
    assert len(kept) >= 2
    assert not [text for text in told if secret in text or rotated["secret"] in text]
    assert (await operator.get(f"/v1/webhooks/{webhook}/secret")).status_code == 404


async def test_what_the_release_before_kept_of_an_answer_goes_out_without_a_secret(
    world: World, platform: Platform, operator: Client
):
    key = {"Idempotency-Key": "over the upgrade"}
    made = await operator.post("/v1/webhooks", json={"url": platform.url}, headers=key)
    await world.rows(
        """
        UPDATE idempotency SET body = convert_to((convert_from(body, 'UTF8')::jsonb - 'generation')::text, 'UTF8')
        WHERE key = 'over the upgrade'
        """
    )
    again = await operator.post("/v1/webhooks", json={"url": platform.url}, headers=key)
    assert (again.status_code, again.json()["id"], "secret" in again.json()) == (
        201,
        made.json()["id"],
        False,
    )


async def test_the_log_shows_what_was_told_and_replays_it_under_its_id(
    world: World, platform: Platform, operator: Client
):
    await world.people_arrive()
    webhook = await registered(operator, platform)
    await world.hear(the_case(c.CaseAccepted))
    await world.hear(the_case(c.CaseReopened))
    async with telling(world):
        await all_are(world, "accepted", 2)
        page = (await operator.get(f"/v1/webhooks/{webhook}/messages", params={"limit": 1})).json()
        [newest] = page["items"]
        assert newest["type"] == c.CaseReopened.TYPE
        path = f"/v1/webhooks/{webhook}/messages/{newest['id']}/replay"
        assert (await operator.post(path)).json()["state"] == "pending"
        await until(lambda: _asked(platform, 3))
        await all_are(world, "accepted", 2)
    assert platform.taken[1] == platform.taken[2]
    rest = await operator.get(f"/v1/webhooks/{webhook}/messages", params={"cursor": page["next_cursor"]})
    assert [one["type"] for one in rest.json()["items"]] == [c.CaseAccepted.TYPE]
    assert platform.url not in rest.text


async def _asked(platform: Platform, count: int) -> bool:
    return len(platform.asked) == count


async def test_a_removed_one_is_told_nothing(world: World, platform: Platform, operator: Client):
    await world.people_arrive()
    webhook = await registered(operator, platform)
    await world.hear(the_case(c.CaseAccepted))
    assert (await operator.post(f"/v1/webhooks/{webhook}/remove")).status_code == 200
    await world.hear(the_case(c.CaseReopened))
    async with telling(world):
        await asyncio.sleep(0.4)
    assert platform.asked == []
    assert len(await states(world)) == 1


class TestTheDoor:
    @pytest.mark.parametrize("role", ["coordinator", "resident", "mediator"])
    async def test_is_for_operators(self, operator: Client, role: str):
        other = operator.as_(an_actor(role, member_id=uuid4(), alliance_id=ALLIANCE))
        assert (await other.get("/v1/webhooks")).status_code == 403
        assert (await other.post("/v1/webhooks", json={"url": "https://a.example"})).status_code == 403

    async def test_shows_nothing_of_another_alliance(self, operator: Client, platform: Platform):
        webhook = await registered(operator, platform)
        other = operator.as_(an_actor("operator", member_id=uuid4(), alliance_id=uuid4()))
        assert (await other.get("/v1/webhooks")).json() == {"items": []}
        for path in ("secret", "messages"):
            assert (await other.get(f"/v1/webhooks/{webhook}/{path}")).status_code == 404
        for path in ("rotate", "remove", f"messages/{uuid4()}/replay"):
            assert (await other.post(f"/v1/webhooks/{webhook}/{path}")).status_code == 404

    @pytest.mark.parametrize(
        "url",
        ["", "a.example", "ftp://a.example/", "https://", "https://u:p@a.example/", "https://a.example/#x",
         "https://a.example/ b", "https://a.example:99999/", "file:///etc/passwd", "https://例子.example/"],
    )  # fmt: skip
    async def test_takes_no_address_that_is_none(self, operator: Client, url: str):
        answer = await operator.post("/v1/webhooks", json={"url": url})
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["pointer"] == "/url"


DOORS = [Guard.post, Guard.ask]


class TestTheGuard:
    @pytest.mark.parametrize("door", DOORS)
    async def test_goes_nowhere_inside(self, platform: Platform, door):
        assert await door(Guard(()), platform.url, {}, b"{}") == NotYet("address_forbidden")
        assert platform.asked == []

    @pytest.mark.parametrize("door", DOORS)
    async def test_follows_no_name_that_leads_inside_too(self, platform: Platform, door):
        async def both(_: str, __: int) -> list[str]:
            return ["8.8.8.8", "127.0.0.1"]

        answer = await door(Guard((), resolve=both), f"http://a.example:{platform.port}/", {}, b"{}")
        assert answer == NotYet("address_forbidden")
        assert platform.asked == []

    @pytest.mark.parametrize("door", DOORS)
    async def test_connects_to_the_very_address_it_looked_at_although_the_name_changes(self, door):
        there, inside = "127.0.0.2", "127.0.0.1"
        answers = [[there], [inside]]

        async def rebinding(_: str, __: int) -> list[str]:
            return answers.pop(0)

        port = Platform().port
        async with Platform(there, port).open() as city, Platform(inside, port).open() as ours:
            watched = Guard(networks(f"{there}/32"), resolve=rebinding)
            url = f"http://platform.example:{port}/hooks"
            first = await door(watched, url, {"webhook-id": "1", **SIGNED}, b"{}")
            second = await door(watched, url, {"webhook-id": "2", **SIGNED}, b"{}")

        assert first in (Yes(), Reply(204, None, b""))
        assert second == NotYet("address_forbidden")
        assert city.taken == ["1"]
        assert [asked.headers["host"] for asked in city.asked] == [f"platform.example:{port}"]
        assert ours.asked == []

    async def test_a_name_without_an_address_is_tried_again(self):
        async def nowhere(_: str, __: int) -> list[str]:
            raise OSError

        assert await Guard((), resolve=nowhere).post("https://a.example/", {}, b"") == NotYet("no_address")

    async def test_reads_no_more_than_it_must(self, platform: Platform):
        platform.acts = [says("200 OK", b"x" * 5_000_000, took=True)]
        assert await Guard(networks(HERE)).post(platform.url, {"webhook-id": "1", **SIGNED}, b"{}") == Yes()


SIGNED = {"webhook-timestamp": "1", "webhook-signature": "v1,"}


async def test_no_address_of_a_platform_and_no_member_is_in_a_log(
    world: World, platform: Platform, operator: Client, caplog
):
    caplog.set_level("INFO")
    await world.people_arrive()
    await registered(operator, platform)
    platform.acts = [says("500 Internal Server Error")]
    await world.hear(the_case(c.CaseAccepted))
    async with telling(world):
        await all_are(world, "accepted")
    assert not [one for one in caplog.records if "/hooks" in one.getMessage()]
