"""Cases handled with a lead case: nobody is lost by it, each hears the end, and it can be undone."""

from __future__ import annotations

import asyncio
from uuid import UUID

import asyncpg
import pytest

from services.complaints import use_cases
from services.complaints.commands import JoinCase
from shared.contracts import complaints
from shared.contracts import mediation as m
from shared.contracts.complaints import Party
from tests.integration.complaints.town import Town, done, member_of


async def joined(town: Town, lead: str) -> str:
    """The id of 孙's complaint of the same bar, joined to a lead."""
    case_id: str = (await town.file(town.sun))["id"]
    done(await town.zhou.post(f"/v1/cases/{case_id}/join", json={"lead_case_id": lead}))
    return case_id


async def the_end_is_told(town: Town, case_id: str) -> None:
    """The case's own word of its end comes back over the bus."""
    [closed] = [event for event in await town.told(case_id) if isinstance(event.data, complaints.CaseClosed)]
    await town.tell(closed.data)


async def names_of(town: Town, case_id: str) -> list[str]:
    return [event.type.split(".")[3] for event in await town.told(case_id)]


async def test_a_joined_case_ends_with_its_lead_and_counts_once(town: Town):
    # given
    lead, mediation_id = await town.in_mediation()
    other = await joined(town, lead)
    # when
    await town.mediation(m.MediationFailed, lead, mediation_id, reason="no_agreement")
    await the_end_is_told(town, lead)
    # then
    ended = done(await town.sun.get(f"/v1/cases/{other}"))
    assert (ended["stage"], ended["status"]) == ("closed", "ended_without_agreement")
    told = (await town.told(other))[-1].data
    assert told.parties == (Party(member_id=member_of(town.sun), side="complainant"),)
    figures = done(await town.zhou.get("/v1/figures"))["total"]
    assert figures["solved"]["excluded"]["joined"] == 1
    # and it is 孙's to take up again, on its own
    receipt = done(await town.sun.post(f"/v1/cases/{other}/reopen", json={"reason": "还是吵"}))
    assert (receipt["stage"], receipt["status"]) == ("hear", "filed")


async def test_a_lead_that_is_withdrawn_takes_nobody_elses_complaint_with_it(town: Town):
    # given
    lead = await town.accepted()
    other = await joined(town, lead)
    # when
    done(await town.lin.post(f"/v1/cases/{lead}/withdraw", json={}))
    await the_end_is_told(town, lead)
    # then
    case = done(await town.sun.get(f"/v1/cases/{other}"))
    assert (case["stage"], case["status"]) == ("hear", "filed")
    assert [one["name"] for one in case["clocks"] if one["state"] == "running"] == ["triage"]
    assert (await names_of(town, other))[-1] == "case_separated"
    waiting = done(await town.zhou.get("/v1/cases", params={"needs_me": True}))["items"]
    assert other in [one["id"] for one in waiting]


async def test_a_merge_can_be_undone_by_the_coordinator_alone(town: Town):
    # given
    lead = await town.accepted()
    other = await joined(town, lead)
    assert (await town.sun.post(f"/v1/cases/{other}/separate", json={})).status_code == 403
    assert (await town.ma.post(f"/v1/cases/{other}/separate", json={})).status_code == 404
    # when
    receipt = done(await town.zhou.post(f"/v1/cases/{other}/separate", json={}))
    # then
    assert (receipt["stage"], receipt["status"]) == ("hear", "filed")
    history = done(await town.sun.get(f"/v1/cases/{other}/history"))["items"]
    assert [step["type"] for step in history] == ["case_filed", "case_joined", "case_separated"]
    assert (await town.zhou.post(f"/v1/cases/{other}/separate", json={})).status_code == 409
    # and what becomes of the lead no longer concerns it
    done(await town.lin.post(f"/v1/cases/{lead}/withdraw", json={}))
    await the_end_is_told(town, lead)
    assert (await names_of(town, other))[-1] == "case_separated"


async def test_thirty_at_once_become_one_matter_and_all_hear_its_end(town: Town):
    # given
    lead, mediation_id = await town.in_mediation()
    neighbours = [await town.newcomer("resident") for _ in range(30)]
    receipts = await asyncio.gather(*(town.file(one) for one in neighbours))
    assert len({receipt["reference"] for receipt in receipts}) == 30
    # when
    answers = await asyncio.gather(
        *(
            town.zhou.post(f"/v1/cases/{receipt['id']}/join", json={"lead_case_id": lead})
            for receipt in receipts
        )
    )
    await town.mediation(m.MediationFailed, lead, mediation_id, reason="no_agreement")
    await the_end_is_told(town, lead)
    # then
    assert {answer.status_code for answer in answers} == {200}
    for neighbour, receipt in zip(neighbours, receipts, strict=True):
        case = done(await neighbour.get(f"/v1/cases/{receipt['id']}"))
        assert case["status"] == "ended_without_agreement"


async def test_a_lead_cannot_end_unnoticed_while_another_case_is_joined_to_it(town: Town):
    # given
    lead = await town.accepted()
    other = (await town.file(town.sun))["id"]
    database = town.http.kit.database
    # when
    async with database.transaction() as joining:
        command = JoinCase(UUID(other), UUID(lead))
        await use_cases.join_case(joining, command, town.zhou.actor, town.clock.now())
        # then
        with pytest.raises(asyncpg.LockNotAvailableError):
            async with database.transaction() as ending:
                await ending.execute("SELECT FROM cases WHERE id = $1 FOR UPDATE NOWAIT", UUID(lead))
