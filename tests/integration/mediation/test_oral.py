"""What was agreed on the spot reaches the mediation without a word, once, and each one finds what is theirs."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from shared.access.actor import Actor
from shared.contracts import complaints
from tests.integration.mediation.neighbourhood import Neighbourhood


async def stated(hill: Neighbourhood, captain: Actor, mediator: Actor) -> complaints.OralAgreementStated:
    """Told twice, as the bus may."""
    now = hill.clock.now()
    event = complaints.OralAgreementStated(
        **hill.case(stage="decide", status="oral_unrecorded"),
        mediation_id=uuid4(),
        agreement_id=uuid4(),
        mediator_id=mediator.member_id,
        captain_id=captain.member_id,
        spoken_for=hill.lin.member_id,
        place_id=hill.bar,
        talked_at=now - timedelta(minutes=30),
        agreed_at=now - timedelta(minutes=15),
        promises=(complaints.OralPromise(commitment_id=uuid4(), owner_side="respondent", due_on=now.date()),),
    )
    for _ in range(2):
        await hill.tell(event)
    return event


def record(event: complaints.OralAgreementStated) -> dict[str, Any]:
    words = [{"id": str(one.commitment_id), "what": "铁管放店里"} for one in event.promises]
    return {"terms": "门洞让出来", "commitments": words}


async def mine(hill: Neighbourhood, who: Actor) -> list[UUID]:
    answer = await hill.get(who, "/v1/mediations", params={"mine": "true"})
    return [UUID(one["id"]) for one in answer.json()["items"]]


async def test_it_is_opened_once_under_the_id_the_case_gave_it(hill: Neighbourhood):
    captain = hill.somebody("building_captain")
    event = await stated(hill, captain, hill.gu)
    for who in (captain, hill.gu, hill.ma):
        assert await mine(hill, who) == [event.mediation_id]
    view = (await hill.get(captain, f"/v1/mediations/{event.mediation_id}")).json()
    assert (view["status"], view["possible"], view["minutes"]) == ("oral_unrecorded", [], [])
    stranger = hill.somebody("building_captain")
    assert (await hill.get(stranger, f"/v1/mediations/{event.mediation_id}")).status_code == 404


async def test_a_mediator_with_ties_is_told_so_and_records_nothing(hill: Neighbourhood):
    event = await stated(hill, hill.somebody("building_captain"), hill.shen)
    refused = await hill.post(hill.shen, f"/v1/agreements/{event.agreement_id}/record", record(event))
    assert refused.status_code == 422
    assert "conflict_of_interest" in refused.text
    assert "lives_there" not in refused.text


async def test_somebody_without_ties_is_named_in_their_place_and_records_it(hill: Neighbourhood):
    event = await stated(hill, hill.somebody("building_captain"), hill.shen)
    path, agreement = f"/v1/mediations/{event.mediation_id}", f"/v1/agreements/{event.agreement_id}"
    stopped = await hill.post(hill.zhou, f"{path}/stop", {"note": "住在楼上"})
    assert stopped.status_code == 200, stopped.text
    assert (await hill.get(hill.shen, path)).status_code == 404
    seen = (await hill.get(hill.zhou, path)).json()
    assert (seen["status"], seen["mediator_id"]) == ("oral_unrecorded", None)
    [proposed] = [one for one in (hill.gu, hill.han) if str(one.member_id) == seen["proposed_id"]]
    assert (await hill.post(proposed, f"{agreement}/record", record(event))).status_code == 403

    near = {"mediator_id": str(hill.shen.member_id)}
    assert (await hill.post(hill.zhou, f"{path}/nominate", near)).status_code == 422
    await hill.post(proposed, f"{path}/take", {"relation": "friend"})
    [other] = [one for one in (hill.gu, hill.han) if one is not proposed]
    assert (await hill.get(hill.zhou, path)).json()["proposed_id"] == str(other.member_id)
    assert (await hill.post(other, f"{path}/take")).status_code == 200
    done = await hill.post(other, f"{agreement}/record", record(event))
    assert done.status_code == 200, done.text
    view = (await hill.get(hill.ma, path)).json()
    assert (view["status"], view["mediator_id"]) == ("performing", str(other.member_id))
    assert view["agreement"]["effective_on"] == view["oral"]["agreed_on"]
    assert view["void_sessions"] == []
    for party in (hill.lin, hill.ma):
        assert "friend" not in (await hill.get(party, path)).text


async def test_what_a_captain_passes_on_is_kept_as_the_word_of_who_said_it(hill: Neighbourhood):
    captain = hill.somebody("building_captain")
    event = await stated(hill, captain, hill.gu)
    done = await hill.post(hill.gu, f"/v1/agreements/{event.agreement_id}/record", record(event))
    assert done.status_code == 200, done.text
    [promise] = event.promises
    address = f"/v1/commitments/{promise.commitment_id}"
    assert (await hill.post(captain, f"{address}/confirm")).status_code == 403
    told = {"said": "confirmed", "told_on": hill.clock.now().date().isoformat()}
    assert (await hill.post(captain, f"{address}/by-mouth", told)).status_code == 200
    view = (await hill.get(hill.ma, f"/v1/mediations/{event.mediation_id}")).json()
    [kept] = view["agreement"]["commitments"]
    assert (kept["status"], kept["told_on"]) == ("confirmed", told["told_on"])
    wordless = {"said": "disputed", "told_on": told["told_on"]}
    assert (await hill.post(captain, f"{address}/by-mouth", wordless)).status_code == 422


async def test_the_court_is_asked_by_word_of_mouth_for_who_cannot_write(hill: Neighbourhood):
    captain = hill.somebody("building_captain")
    event = await stated(hill, captain, hill.gu)
    agreement = f"/v1/agreements/{event.agreement_id}"
    await hill.post(hill.gu, f"{agreement}/record", record(event))
    today = hill.clock.now().date().isoformat()
    path = f"{agreement}/confirm-in-court/by-mouth"
    assert (await hill.post(hill.ma, path, {"told_on": today})).status_code == 403
    assert (await hill.post(captain, path, {"told_on": "2020-01-01"})).status_code == 422
    assert (await hill.post(captain, path, {"told_on": today})).status_code == 200
    assert (await hill.post(hill.ma, f"{agreement}/confirm-in-court")).status_code == 200
    view = (await hill.get(hill.ma, f"/v1/mediations/{event.mediation_id}")).json()
    court = view["agreement"]["court"]
    assert (court["told_on"], court["complete"]) == (today, True)


async def test_no_word_of_it_is_on_the_bus(hill: Neighbourhood):
    event = await stated(hill, hill.somebody("building_captain"), hill.gu)
    await hill.post(hill.gu, f"/v1/agreements/{event.agreement_id}/record", record(event))
    rows = await hill.rows(
        "SELECT convert_from(payload, 'UTF8') AS payload FROM outbox WHERE aggregateid = $1", event.case_id
    )
    assert rows
    assert not [row for row in rows if "铁管" in row["payload"] or "门洞" in row["payload"]]
