"""A party leaves the case: its mediation makes room for another, and who came after sees its promises alone."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from shared.access.actor import Actor
from shared.access.links import link_token
from shared.contracts import complaints
from tests.integration.mediation.neighbourhood import Case, Neighbourhood


async def leaves(hill: Neighbourhood, case: Case, who: Actor, side: Any, why: Any = "moved") -> None:
    about = hill.case(case.case_id, stage="supervise", status="being_confirmed")
    await hill.tell(complaints.PartyLeft(**about, side=side, left_id=who.member_id, why=why))


async def comes_after(hill: Neighbourhood, case: Case, who: Actor, side: Any) -> None:
    about = hill.case(case.case_id, stage="supervise", status="being_confirmed")
    await hill.tell(complaints.PartyAdded(**about, side=side, to=(who.member_id,), succeeds=True))


async def test_the_case_is_mediated_anew_beside_what_stands_on_paper(hill: Neighbourhood):
    # given
    case = await (await hill.opened()).in_effect()
    du = hill.somebody("merchant")
    # when
    await leaves(hill, case, hill.ma, "respondent")
    await comes_after(hill, case, du, "respondent")
    new = (
        complaints.Party(member_id=hill.lin.member_id, side="complainant"),
        complaints.Party(member_id=du.member_id, side="respondent"),
    )
    await hill.tell(hill.routed(case.case_id, parties=new))
    # then
    listed = await hill.get(hill.zhou, "/v1/mediations", params={"case_id": str(case.case_id)})
    assert [one["status"] for one in listed.json()["items"]] == ["awaiting_consent", "deserted"]
    assert (await case.types_told())[-2:] == ["release_asked", "mediation_opened"]


async def test_who_came_after_sees_the_promises_alone_and_releases_with_who_left(hill: Neighbourhood):
    # given
    case = await (await hill.opened()).in_effect()
    ding = hill.somebody("resident")
    await leaves(hill, case, hill.lin, "complainant")
    await leaves(hill, case, hill.ma, "respondent")
    await comes_after(hill, case, ding, "complainant")
    # then
    seen = await case.view(ding)
    assert (seen["parties"], seen["minutes"], seen["agreement"]["terms"]) == ([], [], "")
    assert [one["status"] for one in seen["agreement"]["commitments"]] == ["debtor_left", "lapsed"]
    agreement = seen["agreement"]["id"]
    assert (await hill.get(ding, f"/v1/agreements/{agreement}/document.pdf")).status_code == 404
    assert (await hill.get(ding, f"/v1/mediations/{case.id}/calendar.ics")).status_code == 404
    # when
    owed = seen["agreement"]["commitments"][0]["id"]
    for who in (ding, hill.lin):
        answer = await hill.post(who, f"/v1/commitments/{owed}/waive")
        assert answer.status_code == 200, answer.text
    # then
    assert (await case.types_told())[-1] == "agreement_ended"
    refused = await hill.post(ding, f"/v1/commitments/{owed}/proof", {"text": "照片"})
    assert refused.status_code == 403


async def test_a_party_who_left_before_the_agreement_ends_it_and_the_case_remains(hill: Neighbourhood):
    case = await (await hill.opened()).scheduled()
    for _ in range(2):
        await leaves(hill, case, hill.lin, "complainant")
    view = await case.view(hill.zhou)
    assert (view["status"], view["outcome"]) == ("ended", "deserted")
    assert "parties_gone" in await case.types_told()
    assert await hill.rows("SELECT FROM bookings WHERE mediation_id = $1", case.id) == []


async def test_a_personal_link_releases_for_whom_it_was_sent_to(hill: Neighbourhood):
    # given
    case = await (await hill.opened()).in_effect()
    ding, du = hill.somebody("resident"), hill.somebody("merchant")
    await leaves(hill, case, hill.lin, "complainant")
    await leaves(hill, case, hill.ma, "respondent")
    await comes_after(hill, case, ding, "complainant")
    new = (
        complaints.Party(member_id=ding.member_id, side="complainant"),
        complaints.Party(member_id=du.member_id, side="respondent"),
    )
    await hill.tell(hill.routed(case.case_id, parties=new))
    asked = [one["data"] for one in await case.told() if one["type"] == "release_asked"]
    assert {one["to"][0] for one in asked} == {str(hill.lin.member_id), str(ding.member_id)}
    secret = hill.client.kit.settings.link_secret.get_secret_value()
    links = [link_token(secret, "release", UUID(one["release_id"])) for one in asked]
    # when
    for link in links:
        shown = (await hill.client.get(f"/v1/releases/{link}")).json()
        assert shown["released"] is False
        for _ in range(2):
            answer = await hill.client.post(f"/v1/releases/{link}", json={}, key=None)
            assert answer.json()["released"], answer.text
    # then
    assert (await case.types_told())[-1] == "agreement_ended"
    assert (await hill.client.get(f"/v1/releases/{links[0][:-1]}x")).status_code == 404
