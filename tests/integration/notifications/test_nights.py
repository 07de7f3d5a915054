"""At night the inbox is written and nobody's phone rings but in an emergency; in the morning the mails go."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest

from services.notifications import decisions, views
from services.notifications.main import SERVICE
from shared.clock import SHANGHAI
from shared.contracts import alliance
from shared.contracts import complaints as c
from tests.support.http import client_of
from tests.support.tokens import ALLIANCE, an_actor
from tests.unit.notifications.news import LIN, MA, ZHOU, an_event

from .conftest import ADDRESSES, World, the_case

ELSEWHERE = uuid4()


def it_is(world: World, text: str) -> None:
    """Time passes until that hour of 12 March or the day after (`+07:59`)."""
    hour = datetime.fromisoformat(f"2026-03-12 {text.lstrip('+')}").replace(tzinfo=SHANGHAI)
    then = hour + timedelta(days=text.startswith("+"))
    world.clock.advance(then - world.clock.now())


async def a_while() -> None:
    """Long enough for a worker to have looked several times."""
    await asyncio.sleep(1)


async def inbox_kinds(world: World, member_id: UUID) -> list[str]:
    rows = await world.rows("SELECT kind FROM notices WHERE recipient_id = $1 ORDER BY id", member_id)
    return [row["kind"] for row in rows]


async def test_what_happens_at_night_stands_in_the_inbox_and_is_mailed_at_eight(world: World):
    await world.people_arrive()
    it_is(world, "22:00")
    await world.hear(the_case(c.MessageSent, to=(LIN,)))

    async with world.worker():
        await a_while()
        assert await inbox_kinds(world, LIN) == ["message_waiting"]
        it_is(world, "+07:59")
        await a_while()
        assert world.post.offers == 0
        it_is(world, "+08:00")
        await world.settled(accepted=1)
    assert [to for to, _ in world.post.taken] == [ADDRESSES[LIN]]


async def test_a_mail_put_off_in_the_evening_is_not_tried_again_at_night(world: World, monkeypatch):
    monkeypatch.setattr(decisions, "RETRY_AFTER", (timedelta(seconds=0.05),))
    await world.people_arrive()
    it_is(world, "21:59")

    async def night_falls(_):
        it_is(world, "22:00")
        return "451 later"

    world.post.at_content[ADDRESSES[LIN]] = [night_falls]
    await world.hear(the_case(c.MessageSent, to=(LIN,)))
    async with world.worker():
        await a_while()
        assert (await world.mails(), world.post.offers) == ({LIN: "pending"}, 1)
        it_is(world, "+08:00")
        await world.settled(accepted=1)


async def test_an_emergency_is_mailed_at_night_and_waits_for_nothing_that_sleeps(world: World):
    await world.people_arrive()
    it_is(world, "23:10")
    case_id = uuid4()
    await world.hear(the_case(c.EvidenceAdded, case_id=case_id))
    await world.hear(the_case(c.EmergencyUnanswered, case_id=case_id))

    async with world.worker():
        await world.settled_all(1)
        await a_while()
        [(to, mail)] = world.post.taken
        assert to == ADDRESSES[ZHOU]
        assert "119" in mail.get_body(("plain",)).get_content()
        it_is(world, "+08:00")
        await world.settled_all(2)


async def test_an_alliance_rises_when_it_chose_to_and_the_others_sleep_on(world: World):
    await world.people_arrive()
    await world.hear(
        alliance.MemberRegistered(
            member_id=MA, alliance_id=ELSEWHERE, grants=(alliance.Grant(role="coordinator"),)
        )
    )
    async with client_of(SERVICE, world.settings, clock=world.clock) as client:
        zhou = client.as_(an_actor("coordinator", member_id=ZHOU, alliance_id=ALLIANCE))
        earlier = {"value": "07:00", "effective_from": "2026-03-06"}
        assert (await zhou.put("/v1/rules/quiet_until", json=earlier)).status_code == 200
        too_early = await zhou.put("/v1/rules/quiet_until", json=earlier | {"value": "23:00"})
        assert too_early.json()["errors"][0]["code"] == "figures_disagree"
        resident = client.as_(an_actor("resident", member_id=LIN, alliance_id=ALLIANCE))
        assert (await resident.put("/v1/rules/quiet_until", json=earlier)).status_code == 403
        assert {
            one["rule_id"]: one["value"] for one in (await resident.get("/v1/rules")).json()["items"]
        } == {
            "quiet_from": "22:00",
            "quiet_until": "08:00",
            "summary_at": "18:00",
        }

    it_is(world, "23:10")
    await world.hear(the_case(c.MessageSent, to=(LIN,)))
    await world.hear(an_event(c.MessageSent, alliance_id=ELSEWHERE, to=(MA,)))
    async with world.worker():
        it_is(world, "+07:00")
        await world.settled(accepted=1)
        await a_while()
        assert [to for to, _ in world.post.taken] == [ADDRESSES[LIN]]
        it_is(world, "+08:00")
        await world.settled(accepted=2)


@pytest.mark.parametrize(
    ("moment", "held", "waits"), [("23:10", 1, False), ("+07:59", 1, False), ("+08:00", 0, True)]
)
async def test_the_gauges_do_not_take_a_night_for_a_jam(world: World, moment: str, held: int, waits: bool):
    await world.people_arrive(LIN)
    it_is(world, "22:30")
    await world.hear(the_case(c.MessageSent, to=(LIN,)))
    await world.rows("UPDATE deliveries SET queued_at = queued_at - interval '9 hours'")
    it_is(world, moment)

    async with world.database.reading() as connection:
        standing = (await views.standing(connection, world.clock.now()))["mail"]
        later = (await views.standing(connection, world.clock.now() + timedelta(seconds=30)))["mail"]
    assert standing.counts == {"pending": 1 - held, "held": held, "sending": 0, "unknown": 0}
    assert standing.oldest_pending_seconds == 0
    if waits:
        assert later.oldest_pending_seconds == 30


async def test_the_gauges_do_not_take_a_missing_address_for_a_jam(world: World):
    it_is(world, "12:00")
    await world.hear(the_case(c.PartyServed, to=(MA,)))
    await world.rows("UPDATE deliveries SET queued_at = queued_at - interval '9 hours'")
    async with world.database.reading() as connection:
        waiting = await views.standing(connection, world.clock.now())
    world.clock.advance(timedelta(hours=24))
    await world.abandon()
    async with world.database.reading() as connection:
        at_the_door = await views.standing(connection, world.clock.now())
    assert (waiting["mail"].counts["held"], waiting["mail"].oldest_pending_seconds) == (1, 0)
    assert (at_the_door["paper"].counts["held"], at_the_door["paper"].oldest_pending_seconds) == (1, 0)
