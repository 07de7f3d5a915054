"""Scenario 04 in small: who lives too near is not asked, and what is said of it depends on who asks."""

from __future__ import annotations

from uuid import uuid4

from shared.contracts import alliance, complaints
from tests.integration.mediation.neighbourhood import LONG_AGO, Neighbourhood
from tests.support.tokens import an_actor


async def test_a_mediator_of_the_building_is_refused_in_the_same_words_to_both_sides(hill: Neighbourhood):
    case = await (await hill.opened()).consented()
    named = {"mediator_id": str(hill.shen.member_id)}
    answers = [await case.ask(party, "nominate", named) for party in (hill.lin, hill.ma)]
    assert {answer.status_code for answer in answers} == {422}
    assert answers[0].json() == answers[1].json()
    assert answers[0].json()["type"] == "/problems/conflict_of_interest"
    assert "lives" not in answers[0].text
    coordinator = await case.ask(hill.zhou, "nominate", named)
    assert coordinator.json()["kinds"] == ["lives_there"]
    assert (await hill.get(hill.shen, f"/v1/mediations/{case.id}")).status_code == 404


async def test_parties_see_the_eligible_and_the_coordinator_sees_why_not_the_others(hill: Neighbourhood):
    case = await (await hill.opened()).consented()
    path = f"/v1/mediators?mediation_id={case.id}"
    eligible = (await hill.get(hill.lin, path)).json()["items"]
    assert {one["id"] for one in eligible} == {str(hill.gu.member_id), str(hill.han.member_id)}
    assert {one["conflicts"] for one in eligible} == {None}
    all_of_them = (await hill.get(hill.zhou, path)).json()["items"]
    against = {one["id"]: one["conflicts"] for one in all_of_them}
    assert against[str(hill.shen.member_id)] == ["lives_there"]


async def test_the_proposal_goes_round_and_skips_who_passed(hill: Neighbourhood):
    asked = []
    for _ in range(4):
        case = await (await hill.opened()).consented()
        await case.do(hill.zhou, "nominate")
        asked.append((await case.view(hill.zhou))["proposed_id"])
    assert sorted(map(asked.count, {str(hill.gu.member_id), str(hill.han.member_id)})) == [2, 2]
    assert asked[0] != asked[1]

    first = next(one for one in (hill.gu, hill.han) if str(one.member_id) == asked[-1])
    await case.do(first, "pass-on")
    await case.do(hill.lin, "nominate")
    second = (await case.view(hill.zhou))["proposed_id"]
    assert second != asked[-1]
    other = hill.han if first is hill.gu else hill.gu
    await case.do(other, "pass-on")
    nobody = await case.ask(hill.zhou, "nominate")
    assert (nobody.status_code, nobody.json()["type"]) == (409, "/problems/no_mediator_free")


async def test_somebody_who_is_no_mediator_cannot_be_named(hill: Neighbourhood):
    case = await (await hill.opened()).consented()
    answer = await case.ask(hill.lin, "nominate", {"mediator_id": str(hill.zhou.member_id)})
    assert answer.json()["errors"][0]["code"] == "unknown_mediator"


async def test_a_tie_that_appears_after_the_proposal_refuses_the_taking(hill: Neighbourhood):
    case = await (await hill.opened()).consented()
    await case.do(hill.zhou, "nominate", {"mediator_id": str(hill.gu.member_id)})
    await hill.tell(
        alliance.KinshipDeclared(
            member_id=hill.ma.member_id, relative_id=hill.gu.member_id, alliance_id=hill.alliance_id
        )
    )
    taken = await case.ask(hill.gu, "take")
    assert (taken.status_code, taken.json()["type"]) == (422, "/problems/conflict_of_interest")
    assert "kinds" not in taken.json()


async def test_family_of_whom_a_party_acts_for_is_too_near(hill: Neighbourhood):
    mother = uuid4()
    near = {"relative_id": hill.gu.member_id, "alliance_id": hill.alliance_id}
    await hill.tell(alliance.KinshipDeclared(member_id=mother, **near))
    case = await (await hill.opened(represented=(mother,))).consented()
    named = await case.ask(hill.zhou, "nominate", {"mediator_id": str(hill.gu.member_id)})
    assert (named.status_code, named.json()["kinds"]) == (422, ["family"])
    assert str(mother) not in str(await case.view(hill.ma))


async def test_a_coordinator_for_whom_a_party_acts_runs_nothing_of_their_own_matter(hill: Neighbourhood):
    # given
    await hill.tell(hill.registered(mother := an_actor("coordinator", alliance_id=hill.alliance_id)))
    case = await hill.opened(represented=(mother.member_id,))
    # then
    assert (await hill.get(mother, f"/v1/mediations/{case.id}")).status_code == 404
    listed = await hill.get(mother, "/v1/mediations", params={"case_id": str(case.case_id)})
    assert listed.json()["items"] == []
    assert (await case.ask(mother, "nominate", {})).status_code == 404
    assert "nominate" in (await (await case.consented()).view(hill.zhou))["possible"]


async def test_who_moved_away_has_no_tie_any_more(hill: Neighbourhood):
    lived = hill.occupied(hill.han, uuid4(), hill.building_6, "lives")
    await hill.tell(lived)
    case = await (await hill.opened()).consented()
    named = {"mediator_id": str(hill.han.member_id)}
    assert (await case.ask(hill.zhou, "nominate", named)).status_code == 422
    ended = alliance.OccupancyEnded(
        member_id=hill.han.member_id,
        alliance_id=hill.alliance_id,
        occupancy_id=lived.occupancy_id,
        until_day=LONG_AGO.replace(year=2021),
    )
    await hill.tell(ended)
    assert (await case.ask(hill.zhou, "nominate", named)).status_code == 200


async def test_who_is_no_mediator_any_more_is_not_asked(hill: Neighbourhood):
    gone = alliance.MemberRegistered(member_id=hill.gu.member_id, alliance_id=hill.alliance_id, grants=())
    await hill.tell(gone)
    case = await (await hill.opened()).consented()
    await case.do(hill.zhou, "nominate")
    assert (await case.view(hill.zhou))["proposed_id"] == str(hill.han.member_id)


async def test_who_was_a_party_with_or_against_one_of_them_does_not_mediate_theirs(hill: Neighbourhood):
    # given
    earlier = (
        complaints.Party(member_id=hill.gu.member_id, side="complainant"),
        complaints.Party(member_id=hill.han.member_id, side="complainant"),
        complaints.Party(member_id=hill.ma.member_id, side="respondent"),
    )
    of_others = (
        complaints.Party(member_id=hill.shen.member_id, side="complainant"),
        complaints.Party(member_id=hill.gu.member_id, side="respondent"),
    )
    await hill.opened(parties=earlier)
    await hill.opened(parties=of_others)
    # when
    case = await (await hill.opened()).consented()
    listed = (await hill.get(hill.zhou, f"/v1/mediators?mediation_id={case.id}")).json()["items"]
    # then
    against = {one["id"]: one["conflicts"] for one in listed}
    assert against == {
        str(hill.gu.member_id): ["earlier_party"],
        str(hill.han.member_id): ["earlier_party"],
        str(hill.shen.member_id): ["lives_there"],
    }
    named = {"mediator_id": str(hill.gu.member_id)}
    refused = [await case.ask(party, "nominate", named) for party in (hill.lin, hill.ma)]
    assert {answer.status_code for answer in refused} == {422}
    assert "earlier" not in refused[0].text + refused[1].text
