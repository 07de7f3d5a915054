"""Whom neither mail nor text reaches is told at the door, by those who may know of it, and marked once."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.notifications.main import SERVICE
from shared.contracts import alliance
from shared.contracts import complaints as c
from shared.contracts.envelope import Contract
from tests.support.http import Client, client_of
from tests.support.tokens import ALLIANCE, an_actor
from tests.unit.notifications.news import LIN, MA, ZHOU

from .conftest import World, the_case, until
from .text_provider import refuses

OURS, THEIRS, HOME = uuid4(), uuid4(), uuid4()
DAY = timedelta(hours=24)


@pytest.fixture
async def client(world: World) -> AsyncIterator[Client]:
    async with client_of(SERVICE, world.settings, clock=world.clock) as asked:
        yield asked


def coordinator(client: Client) -> Client:
    return client.as_(an_actor("coordinator", member_id=ZHOU))


def captain(client: Client, building: UUID, alliance_id: UUID = ALLIANCE) -> Client:
    return client.as_(an_actor("building_captain", alliance_id=alliance_id, place_id=building))


async def lives_here(world: World, member_id: UUID) -> None:
    """In the building of OURS, known by name and by nothing else."""
    await world.contact_arrives(member_id, email=None)
    await world.hear(
        alliance.OccupancyStarted(
            member_id=member_id,
            alliance_id=ALLIANCE,
            occupancy_id=HOME,
            place_id=HOME,
            building_id=OURS,
            kind="lives",
            from_day=date(2026, 1, 1),
        )
    )


async def is_told_in_vain(world: World, contract: type[Contract], **changes: Any) -> None:
    """For a day no mail could go out."""
    await world.hear(the_case(contract, **changes))
    world.clock.advance(DAY)
    await world.abandon()


async def listed(client: Client) -> list[dict[str, Any]]:
    answer = await client.get("/v1/by-hand")
    assert answer.status_code == 200, answer.text
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


async def test_who_has_neither_is_on_the_list_of_the_coordinator_and_of_their_captain(
    world: World, client: Client
):
    await lives_here(world, MA)
    await is_told_in_vain(world, c.PartyServed, to=(MA,))

    for reader in (coordinator(client), captain(client, OURS)):
        [letter] = await listed(reader)
        assert (letter["recipient_id"], letter["name"], letter["places"]) == (str(MA), "某某", [str(HOME)])
        assert letter["title"] == "请您答复"
        assert "body" not in letter
    assert await listed(captain(client, THEIRS)) == []
    assert await listed(captain(client, OURS, alliance_id=uuid4())) == []


@pytest.mark.parametrize("role", ["resident", "merchant", "mediator", "operator", "volunteer"])
async def test_the_list_is_not_for(client: Client, role: str):
    other = client.as_(an_actor(role))
    assert (await other.get("/v1/by-hand")).status_code == 403
    assert (await other.post(f"/v1/by-hand/{uuid4()}/handed")).status_code == 403


async def test_a_complainant_is_on_no_captains_list_and_without_a_name_on_the_coordinators(
    world: World, client: Client
):
    await lives_here(world, LIN)
    await is_told_in_vain(world, c.SurveyRequested, member_id=LIN)

    assert await listed(captain(client, OURS)) == []
    answer = await coordinator(client).get("/v1/by-hand")
    [letter] = answer.json()["items"]
    assert letter["recipient"] == "complainant"
    assert (letter["recipient_id"], letter["name"], letter["places"]) == (None, None, [])
    assert str(LIN) not in answer.text
    assert (await captain(client, OURS).post(f"/v1/by-hand/{letter['id']}/handed")).status_code == 404


async def test_a_text_that_is_refused_for_ever_goes_on_to_the_door(world: World):
    await world.contact_arrives(MA, email=None, phone="13800000001")
    world.texts.acts["13800000001"] = [refuses("isv.MOBILE_NUMBER_ILLEGAL")]
    await world.hear(the_case(c.PartyServed, to=(MA,)))
    await world.abandon()

    async def is_there() -> bool:
        return await world.mails("paper") == {MA: "pending"}

    async with world.worker():
        await until(is_there)
    assert await world.mails("sms") == {MA: "failed"}


async def test_what_is_only_news_stays_in_the_inbox(world: World, client: Client):
    await lives_here(world, MA)
    await is_told_in_vain(world, c.MessageSent, to=(MA,))
    assert await listed(coordinator(client)) == []


async def test_it_is_marked_once_by_whom_and_is_off_the_list(world: World, client: Client):
    await lives_here(world, MA)
    await is_told_in_vain(world, c.PartyServed, to=(MA,))
    ours = captain(client, OURS)
    [letter] = await listed(ours)
    path = f"/v1/by-hand/{letter['id']}"

    assert (await captain(client, THEIRS).post(f"{path}/handed")).status_code == 404
    assert (await ours.post(f"{path}/missed", json={"reason": "asleep"})).status_code == 422
    assert (await ours.post(f"{path}/handed")).json() == {"id": letter["id"], "handed": True}
    assert await listed(ours) == []
    assert (await ours.post(f"{path}/missed", json={"reason": "refused"})).status_code == 404
    assert await world.mails("paper") == {MA: "accepted"}
    [kept] = await world.rows(
        "SELECT to_jsonb(journal)::text AS row FROM journal WHERE aggregate_id = $1", UUID(letter["id"])
    )
    assert str(ours.actor.member_id) in kept["row"]


async def test_the_bus_is_told_of_the_visit_and_its_day(world: World, client: Client):
    await lives_here(world, MA)
    await is_told_in_vain(world, c.PartyServed, to=(MA,))
    ours = captain(client, OURS)
    [letter] = await listed(ours)
    path = f"/v1/by-hand/{letter['id']}/handed"
    for on, code in (("2026-03-04", "before_the_notice"), ("2026-03-07", "in_the_future")):
        answer = await ours.post(path, json={"on": on, "signed": True})
        [error] = answer.json()["errors"]
        assert (answer.status_code, error["pointer"], error["code"]) == (422, "/on", code)
    for key in ("once", "once"):
        assert (await ours.post(path, key=key, json={"on": "2026-03-05", "signed": True})).status_code == 200

    told = await world.rows(
        "SELECT convert_from(payload, 'UTF8')::jsonb AS event FROM outbox WHERE type LIKE '%notice_brought%'"
    )
    [event] = [json.loads(row["event"]) for row in told]
    assert (event["recipient_id"], event["on"], event["result"]) == (str(MA), "2026-03-05", "signed")


async def test_why_nobody_was_reached_is_shown(world: World, client: Client):
    await lives_here(world, MA)
    await is_told_in_vain(world, c.PartyServed, to=(MA,))
    zhou = coordinator(client)
    [letter] = await listed(zhou)
    await zhou.post(f"/v1/by-hand/{letter['id']}/missed", json={"reason": "not_at_home"})

    shown = (await zhou.get("/v1/deliveries", params={"state": "failed"})).json()["items"]
    assert {(one["channel"], one["reason"]) for one in shown} == {
        ("mail", "no_contact"),
        ("paper", "not_at_home"),
    }


async def test_whoever_opened_it_meanwhile_needs_no_visit(world: World, client: Client):
    await lives_here(world, MA)
    await is_told_in_vain(world, c.PartyServed, to=(MA,))
    reader = client.as_(an_actor("merchant", member_id=MA))
    [item] = (await reader.get("/v1/inbox")).json()["items"]
    await reader.post(f"/v1/inbox/{item['id']}/read")
    assert await listed(coordinator(client)) == []


async def test_who_moved_out_is_not_looked_for_there(world: World, client: Client):
    await lives_here(world, MA)
    await is_told_in_vain(world, c.PartyServed, to=(MA,))
    await world.hear(
        alliance.OccupancyEnded(
            member_id=MA, alliance_id=ALLIANCE, occupancy_id=HOME, until_day=date(2026, 3, 1)
        )
    )
    assert await listed(captain(client, OURS)) == []
    [letter] = await listed(coordinator(client))
    assert letter["places"] == []


async def test_who_was_erased_is_on_no_list(world: World):
    await lives_here(world, MA)
    await world.hear(the_case(c.PartyServed, to=(MA,)))
    world.clock.advance(timedelta(minutes=1))
    await world.hear_tombstone(MA)
    world.clock.advance(DAY)
    await world.abandon()
    assert await world.mails() == {MA: "failed"}
    assert await world.mails("paper") == {}
