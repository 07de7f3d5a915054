"""Group robots: told what waits, in order, so many a minute, at night only of danger, and never twice."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from uuid import uuid4

import pytest
from pydantic import SecretStr

from services.notifications import decisions
from services.notifications.main import SERVICE
from services.notifications.robots import sending
from services.notifications.robots.platforms import PLATFORMS
from services.notifications.webhooks import guard
from shared.contracts import complaints as c
from tests.support.http import Client, client_of
from tests.support.tokens import ALLIANCE, an_actor

from .conftest import World, the_case, until
from .group_robot import SECRET, GroupRobots, code
from .text_provider import close_in_the_middle, drip, hang, says

NIGHT = timedelta(hours=14)


@pytest.fixture(autouse=True)
def brisk(monkeypatch):
    monkeypatch.setattr(decisions, "RETRY_AFTER", (timedelta(seconds=0.05),))
    monkeypatch.setattr(sending, "POLL_SECONDS", 0.05)
    monkeypatch.setattr(guard, "ANSWER_SECONDS", 2)


@pytest.fixture
async def group(world: World) -> AsyncIterator[GroupRobots]:
    async with GroupRobots().open() as opened:
        world.settings = world.settings.model_copy(update=opened.settings)
        await world.people_arrive()
        yield opened


@pytest.fixture
async def zhou(world: World, group: GroupRobots) -> AsyncIterator[Client]:
    async with client_of(SERVICE, world.settings, clock=world.clock) as asked:
        yield asked.as_(an_actor("coordinator", member_id=uuid4(), alliance_id=ALLIANCE))


@asynccontextmanager
async def telling(world: World) -> AsyncIterator[None]:
    job = asyncio.create_task(sending.tell_groups(world.kit))
    try:
        yield
    finally:
        job.cancel()
        await asyncio.gather(job, return_exceptions=True)


async def registered(zhou: Client, group: GroupRobots, platform="wecom") -> str:
    answer = await zhou.post("/v1/robots", json=group.form(platform))
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


async def filed(world: World, **more):
    event = the_case(c.CaseFiled, identity="hidden", **more)
    await world.hear(event)
    return event


async def states(world: World) -> list[str]:
    return [row["state"] for row in await world.rows("SELECT state FROM robot_messages ORDER BY id")]


async def all_are(world: World, *wanted: str) -> None:
    async def reached() -> bool:
        return await states(world) == [*wanted]

    await until(reached)


@pytest.mark.parametrize("platform", PLATFORMS)
async def test_the_group_hears_number_stage_and_link(
    world: World, group: GroupRobots, zhou: Client, platform
):
    await registered(zhou, group, platform)
    event = await filed(world)
    await world.hear(the_case(c.MessageSent, to=()))
    async with telling(world):
        await all_are(world, "accepted")
    [heard] = group.heard
    assert group.bad == 0
    assert event.reference in heard
    assert f"https://shangju.example/cases/{event.case_id}" in heard
    assert not [party for party in event.parties if str(party.member_id) in heard]


@pytest.mark.parametrize("act", [hang, drip, close_in_the_middle, says("500 Internal Server Error")])
async def test_what_may_have_been_said_is_not_said_again(world: World, group: GroupRobots, zhou: Client, act):
    await registered(zhou, group)
    group.acts = [act]
    await filed(world)
    async with telling(world):
        await all_are(world, "unknown")
        await asyncio.sleep(0.3)
    assert group.asked == 1


@pytest.mark.parametrize(
    "act",
    [
        code("wecom", 45009),
        says("429 Too Many Requests", b"", "Retry-After: 0"),
        says("302 Found", b"", "Location: http://127.0.0.1:1/"),
    ],
)
async def test_what_was_not_said_is_said_later_and_once(world: World, group: GroupRobots, zhou: Client, act):
    await registered(zhou, group)
    group.acts = [act, act]
    await filed(world)
    async with telling(world):
        await all_are(world, "accepted")
    assert (group.asked, len(group.heard)) == (3, 1)


async def test_a_name_that_leads_inside_since_is_not_connected_to(
    world: World, group: GroupRobots, zhou: Client
):
    await registered(zhou, group)
    world.settings = world.settings.model_copy(update={"webhook_networks": ""})
    await filed(world)

    async def put_off() -> bool:
        rows = await world.rows("SELECT state, reason FROM robot_messages")
        return rows == [{"state": "pending", "reason": "address_forbidden"}]

    async with telling(world):
        await until(put_off)
    assert group.asked == 0


async def test_a_worker_that_was_killed_leaves_it_unknown(world: World, group: GroupRobots, zhou: Client):
    await registered(zhou, group)
    await filed(world)
    async with world.database.transaction() as tx:
        await tx.execute(
            "UPDATE robot_messages SET state = 'sending', due_at = clock_timestamp() - interval '1 s'"
        )
    async with telling(world):
        await all_are(world, "unknown")
    assert group.asked == 0


async def test_a_robot_that_is_gone_ends_and_is_forgotten(world: World, group: GroupRobots, zhou: Client):
    robot = await registered(zhou, group)
    group.acts = [code("wecom", 93000)]
    await filed(world)
    async with telling(world):
        await all_are(world, "failed")
    await filed(world)
    [shown] = (await zhou.get("/v1/robots")).json()["items"]
    assert (shown["id"], shown["ended_why"], shown["last_reason"]) == (robot, "gone", "robot_gone")
    assert await world.rows("SELECT sealed FROM robots") == [{"sealed": b""}]
    assert await states(world) == ["failed"]


async def test_after_the_secret_of_all_links_was_changed_it_says_so_and_others_are_told(
    world: World, group: GroupRobots, zhou: Client
):
    await registered(zhou, group)
    await filed(world)
    world.settings = world.settings.model_copy(update={"link_secret": SecretStr("another")})
    async with telling(world):
        await all_are(world, "failed")
    [shown] = (await zhou.get("/v1/robots")).json()["items"]
    assert (shown["last_reason"], shown["ended_why"], group.asked) == ("robot_key_changed", None, 0)


async def test_a_group_takes_so_many_a_minute_and_the_rest_comes_together(
    world: World, group: GroupRobots, zhou: Client
):
    """Counted, not timed: two messages fit the minute, whatever else has gathered waits for the next."""
    world.settings = world.settings.model_copy(update={"robot_messages_per_minute": 2})
    await registered(zhou, group)
    async with telling(world):
        for said in (1, 2):
            await filed(world)
            await all_are(world, *["accepted"] * said)
        events = [await filed(world) for _ in range(3)]
        await asyncio.sleep(0.5)
        assert group.asked == 2
        async with world.database.transaction() as tx:
            await tx.execute("UPDATE robot_messages SET sent_at = sent_at - interval '1 minute'")
        await all_are(world, *["accepted"] * 5)
    assert group.asked == 3
    assert [event.reference in group.heard[-1] for event in events] == [True] * 3


async def test_one_message_after_the_other_goes_through_a_robot(
    world: World, group: GroupRobots, zhou: Client
):
    await registered(zhou, group)
    for _ in range(25):
        await filed(world)
    async with telling(world):
        await all_are(world, *["accepted"] * 25)
    assert (group.asked, group.most_at_once) == (3, 1)


async def test_at_night_only_danger_is_told(world: World, group: GroupRobots, zhou: Client):
    await registered(zhou, group)
    world.clock.advance(NIGHT)
    await filed(world)
    danger = await filed(world, emergency=True)
    async with telling(world):
        await all_are(world, "pending", "accepted")
        assert [danger.reference in heard for heard in group.heard] == [True]
        world.clock.advance(timedelta(hours=9))
        await all_are(world, "accepted", "accepted")


async def test_a_trial_shows_what_came_of_it(world: World, group: GroupRobots, zhou: Client):
    robot = await registered(zhou, group, "feishu")
    assert (await zhou.post(f"/v1/robots/{robot}/try")).status_code == 200
    async with telling(world):
        await all_are(world, "accepted")
    [shown] = (await zhou.get("/v1/robots")).json()["items"]
    assert shown["last_state"] == "accepted"
    assert group.bad == 0


async def test_what_opens_the_group_is_never_shown_and_kept_sealed(
    world: World, group: GroupRobots, zhou: Client
):
    answer = await zhou.post("/v1/robots", json=group.form("dingtalk"))
    listed = await zhou.get("/v1/robots")
    kept = await world.rows("SELECT robots::text AS row FROM robots")
    for said in (answer.text, listed.text, *(row["row"] for row in kept)):
        assert SECRET not in said
        assert "access_token" not in said
    answers = await world.rows("SELECT convert_from(body, 'UTF8') AS row FROM idempotency")
    assert not [row for row in answers if SECRET in row["row"]]


@pytest.mark.parametrize(
    ("change", "field", "why"),
    [
        ({"url": "https://evil.example/send?key=k"}, "/url", "not_of_the_platform"),
        ({"url": "http://127.0.0.1:1/send"}, "/url", "not_of_the_platform"),
        ({"url": "ftp://127.0.0.1/send"}, "/url", "address_needed"),
        ({"url": "https://a@127.0.0.1/"}, "/url", "address_needed"),
        ({"url": "http://[::1"}, "/url", "address_needed"),
        ({"secret": ""}, "/secret", "secret_needed"),
        ({"secret": "a\0b"}, "/secret", "secret_needed"),
    ],
)
async def test_an_address_that_is_not_the_platforms_is_refused(
    zhou: Client, group: GroupRobots, change, field, why
):
    answer = await zhou.post("/v1/robots", json=group.form("feishu") | change)
    [error] = answer.json()["errors"]
    assert (answer.status_code, error["pointer"], error["code"]) == (422, field, why)


async def test_another_alliances_robot_is_like_one_that_is_not_there(zhou: Client, group: GroupRobots):
    robot = await registered(zhou, group)
    stranger = zhou.as_(an_actor("coordinator", member_id=uuid4(), alliance_id=uuid4()))
    answers = [
        await stranger.post(f"/v1/robots/{one}/{step}")
        for one in (robot, uuid4())
        for step in ("try", "remove")
    ]
    assert {(answer.status_code, answer.text) for answer in answers} == {(404, answers[0].text)}
    assert (await stranger.get("/v1/robots")).json() == {"items": []}
    assert (await zhou.as_(an_actor("mediator")).get("/v1/robots")).status_code == 403


async def test_what_was_taken_away_is_told_nothing(world: World, group: GroupRobots, zhou: Client):
    robot = await registered(zhou, group)
    await filed(world)
    assert (await zhou.post(f"/v1/robots/{robot}/remove")).json()["ended_why"] == "removed"
    await filed(world)
    async with telling(world):
        await asyncio.sleep(0.2)
    assert (await states(world), group.asked) == (["failed"], 0)
    assert (await zhou.post(f"/v1/robots/{robot}/try")).status_code == 404
