"""A group's draft lies before everybody for whom others speak, and before nobody else."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx

from services.mediation.storage import erasing
from shared.access.actor import Actor
from shared.contracts import complaints
from tests.integration.mediation.neighbourhood import Case, Neighbourhood
from tests.integration.mediation.test_amending import offered


def done(answer: httpx.Response) -> dict[str, Any]:
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def joins(hill: Neighbourhood, lead_case_id: UUID) -> tuple[Actor, UUID]:
    """A neighbour whose own case is handled with the lead, as complaints tells it."""
    neighbour, own = hill.somebody("resident"), uuid4()
    about = hill.case(own, stage="hear", status="joined")
    about["parties"] = (complaints.Party(member_id=neighbour.member_id, side="complainant"),)
    await hill.tell(complaints.CaseJoined(**about, lead_case_id=lead_case_id))
    return neighbour, own


async def draws(hill: Neighbourhood, lead_case_id: UUID, seats: int, *order: Actor) -> None:
    about = hill.case(lead_case_id, stage="deliberate", status="in_mediation")
    members = tuple(one.member_id for one in order)
    await hill.tell(complaints.SpeakersDrawn(**about, order=members, seats=seats))


async def leaves(hill: Neighbourhood, case_id: UUID) -> None:
    about = hill.case(case_id, stage="closed", status="withdrawn")
    closed = complaints.CaseClosed(**about, outcome="withdrawn", reopen_until=hill.clock.now().date())
    await hill.tell(closed)


async def says(case: Case, neighbour: Actor, *, agrees: bool) -> httpx.Response:
    named = (await case.view(case.hill.zhou))["agreement"]["content_hash"]
    body = (
        case.hill.meant(neighbour, named, agrees=True) if agrees else {"content_hash": named, "agrees": False}
    )
    return await case.on_agreement(neighbour, "opt-in", body)


async def test_each_says_for_themselves_and_both_marks_wait_for_it(hill: Neighbourhood):
    # given
    case_id = uuid4()
    ye, _ = await joins(hill, case_id)
    tang, _ = await joins(hill, case_id)
    gone, own = await joins(hill, case_id)
    await leaves(hill, own)
    stranger, _ = await joins(hill, uuid4())
    case = await (await hill.opened(case_id)).signed()
    # then
    seen = await case.view(ye)
    assert seen["possible"] == ["opt-in"]
    assert {one["member_id"] for one in seen["parties"]} == {None}
    assert seen["minutes"] == []
    assert (await hill.post(hill.zhou, f"/v1/mediations/{case.id}/minutes/release")).status_code == 403
    done(await hill.post(hill.gu, f"/v1/mediations/{case.id}/minutes/release"))
    assert (await case.view(ye))["minutes"]
    assert "minutes_released" in [one["type"] for one in await case.told()]
    for nobody in (gone, stranger):
        assert (await hill.get(nobody, f"/v1/mediations/{case.id}")).status_code == 404
    assert (await case.on_agreement(hill.gu, "mark")).status_code == 409
    # when
    done(await says(case, ye, agrees=True))
    done(await says(case, tang, agrees=False))
    for official in (hill.gu, hill.zhou):
        done(await case.on_agreement(official, "mark"))
    # then
    [told] = [one["data"] for one in await case.told() if one["type"] == "agreement_effective"]
    assert told["declined"] == [str(tang.member_id)]
    [drafted] = [one["data"] for one in await case.told() if one["type"] == "agreement_drafted"]
    assert drafted["group_until"] is not None
    # and who said no has no part in it any more
    assert (await hill.get(tang, f"/v1/mediations/{case.id}")).status_code == 404
    assert (await case.view(ye))["agreement"]["effective_on"]
    # and who is bound may print it, and finds nothing else
    agreement = (await case.view(ye))["agreement"]["id"]
    assert (await hill.get(ye, f"/v1/agreements/{agreement}/document.pdf")).status_code == 200
    assert (await hill.get(tang, f"/v1/agreements/{agreement}/document.pdf")).status_code == 404
    for path in ("caucus-notes", "handover"):
        assert (await hill.get(ye, f"/v1/mediations/{case.id}/{path}")).status_code in (403, 404)
    # and nothing of it changes without the yes of who is bound
    offer = await offered(case)
    path = f"/v1/agreements/{offer['id']}"
    for party in (hill.lin, hill.ma):
        done(await hill.post(party, f"{path}/sign", hill.meant(party, offer["content_hash"])))
    assert (await hill.post(hill.gu, f"{path}/mark")).json()["type"] == "/problems/bound_still_asked"
    asked = await case.view(ye)
    assert (asked["amendment"]["terms"], "opt-in" in asked["possible"]) == (offer["terms"], True)
    bare = await hill.post(ye, f"{path}/opt-in", {"content_hash": offer["content_hash"], "agrees": True})
    assert bare.json()["errors"][0]["pointer"] == "/proof"
    done(await hill.post(ye, f"{path}/opt-in", hill.meant(ye, offer["content_hash"], agrees=True)))
    for official in (hill.gu, hill.zhou):
        done(await hill.post(official, f"{path}/mark"))
    assert len((await case.view(ye))["amendments"]) == 1
    # and whoever said yes is named nowhere outside
    assert str(ye.member_id) not in str(await case.told())


async def test_a_confirmation_stands_when_nobody_bound_has_objected(hill: Neighbourhood):
    # given
    case_id = uuid4()
    ye, _ = await joins(hill, case_id)
    case = await (await hill.opened(case_id)).signed()
    done(await says(case, ye, agrees=True))
    for official in (hill.gu, hill.zhou):
        done(await case.on_agreement(official, "mark"))
    done(await case.on_commitment(hill.ma, 0, "proof", {"text": "见照片"}))
    # when
    done(await case.on_commitment(hill.lin, 0, "confirm"))
    done(await case.on_commitment(ye, 0, "dispute", {"reason": "人行道还堵着"}))
    hill.clock.advance(timedelta(days=10))
    await hill.fire_timers()
    # then
    promise = (await case.view(ye))["agreement"]["commitments"][0]
    assert (promise["status"], promise["objected"]) == ("disputed", True)
    # when
    done(await case.on_commitment(hill.ma, 0, "proof", {"text": "隔离带"}))
    done(await case.on_commitment(ye, 0, "confirm"))
    # then
    assert (await case.view(hill.lin))["agreement"]["commitments"][0]["status"] == "confirmed"
    assert (await case.types_told()).count("commitment_confirmed") == 1


async def test_without_an_objection_the_clockwork_lets_it_stand_once(hill: Neighbourhood):
    case_id = uuid4()
    ye, _ = await joins(hill, case_id)
    case = await (await hill.opened(case_id)).signed()
    done(await says(case, ye, agrees=True))
    for official in (hill.gu, hill.zhou):
        done(await case.on_agreement(official, "mark"))
    done(await case.on_commitment(hill.ma, 0, "proof", {"text": "见照片"}))
    done(await case.on_commitment(hill.lin, 0, "confirm"))
    assert "commitment_confirmed" not in await case.types_told()
    hill.clock.advance(timedelta(days=10))
    await hill.fire_timers()
    assert (await case.types_told()).count("commitment_confirmed") == 1


async def test_whoever_was_drawn_to_speak_is_invited_as_soon_as_there_is_a_session_to_come_to(
    hill: Neighbourhood,
):
    # given
    case_id = uuid4()
    (ye, _), (tang, _), (gone, own), (fang, _) = [await joins(hill, case_id) for _ in range(4)]
    await draws(hill, case_id, 2, ye, gone, tang, fang)
    await leaves(hill, own)
    # when
    case = await (await hill.opened(case_id)).led()
    # then
    first, _ = (await case.view(hill.ma))["guests"]
    assert (first["role"], first["name"]) == ("neighbour", "抽签发言人1")
    [proposed] = [one["data"] for one in await case.told() if one["type"] == "guest_proposed"]
    assert set(proposed["to"]) == {str(hill.lin.member_id), str(hill.ma.member_id)}
    # and nobody of them hears of it before every party agreed
    for speaker in (ye, tang):
        assert (await hill.get(speaker, f"/v1/mediations/{case.id}")).status_code == 404
        assert str(speaker.member_id) not in str(await case.view(hill.ma))
    for party in (hill.lin, hill.ma):
        await case.do(party, "invite/agree", {"guest_id": first["guest_id"]})
    done(await hill.post(ye, f"/v1/mediations/{case.id}/invite/answer", {"comes": False}))
    # and the next of the lot is asked for who cannot come
    asked = [one["name"] for one in (await case.view(hill.ma))["guests"]]
    assert asked == ["抽签发言人1", "抽签发言人2", "抽签发言人3"]


async def test_a_lot_drawn_while_a_time_is_looked_for_invites_at_once(hill: Neighbourhood):
    case_id = uuid4()
    ye, own = await joins(hill, case_id)
    case = await (await hill.opened(case_id)).led()
    await draws(hill, case_id, 1, ye)
    [guest] = (await case.view(hill.gu))["guests"]
    assert guest["name"] == "抽签发言人1"
    # and whoever takes their own complaint back speaks for nobody
    await leaves(hill, own)
    assert (await case.view(hill.gu))["guests"] == []


async def test_whoever_is_erased_is_in_no_lot_any_more(hill: Neighbourhood):
    case_id = uuid4()
    ye, _ = await joins(hill, case_id)
    tang, _ = await joins(hill, case_id)
    await draws(hill, case_id, 2, ye, tang)
    async with hill.client.kit.database.transaction() as tx:
        await erasing.forget_person(tx, ye.member_id)
    [row] = await hill.rows("SELECT drawn FROM known_speakers WHERE case_id = $1", case_id)
    assert row["drawn"] == [tang.member_id]
