"""Scenario 04 in small: a mediator is accepted or declined, declares a tie, is taken off over one."""

from __future__ import annotations

import httpx

from shared.access.actor import Actor
from tests.integration.mediation.neighbourhood import Case, Neighbourhood


async def proposed(hill: Neighbourhood) -> Case:
    case = await (await hill.opened()).consented()
    await case.do(hill.zhou, "nominate", {"mediator_id": str(hill.gu.member_id)})
    return case


async def proposal(case: Case) -> str | None:
    return (await case.view(case.hill.zhou))["proposed_id"]


async def test_each_party_accepts_for_themselves(hill: Neighbourhood):
    case = await proposed(hill)
    assert "accept-mediator" in (await case.view(hill.lin))["possible"]
    await case.do(hill.lin, "accept-mediator")
    seen = await case.view(hill.ma)
    assert len(seen["accepted_by"]) == 1
    assert "accept-mediator" in seen["possible"]
    await case.do(hill.ma, "accept-mediator")
    assert len((await case.view(hill.zhou))["accepted_by"]) == 2
    assert (await case.ask(hill.zhou, "accept-mediator")).status_code == 403


async def test_who_is_declined_finds_nothing_and_the_next_is_asked(hill: Neighbourhood):
    case = await proposed(hill)
    await case.do(hill.lin, "decline-mediator")
    assert await proposal(case) == str(hill.han.member_id)
    assert (await case.ask(hill.gu, "take")).status_code == 404
    again = await case.ask(hill.zhou, "nominate", {"mediator_id": str(hill.gu.member_id)})
    assert (again.status_code, again.json()["type"]) == (409, "/problems/mediator_passed")
    assert (await case.view(hill.ma))["mediators_asked"] == []
    told = [event["data"] for event in await case.told() if event["type"] == "mediator_passed"]
    assert [(one["passed_id"], one["replaced"], one["declined"]) for one in told] == [
        (str(hill.gu.member_id), True, True)
    ]
    assert not any(str(hill.lin.member_id) in str({**one, "parties": ()}) for one in told)

    await case.do(hill.ma, "decline-mediator")
    assert await proposal(case) is None


async def test_a_declared_tie_makes_room_and_only_the_committee_learns_it(hill: Neighbourhood):
    case = await proposed(hill)
    assert (await case.ask(hill.gu, "take", {"relation": "cousin"})).status_code == 422
    answer = await case.ask(hill.gu, "take", {"relation": "kin"})
    assert answer.status_code == 200, answer.text
    assert await proposal(case) == str(hill.han.member_id)
    for party in (hill.lin, hill.ma):
        assert "kin" not in str((await case.view(party))["mediators_asked"])
    [told] = [event["data"] for event in await case.told() if event["type"] == "mediator_passed"]
    assert (told["replaced"], told["declined"]) == (True, False)
    assert "kin" not in str(told)
    [first, _] = (await case.view(hill.zhou))["mediators_asked"]
    assert (first["declared"], first["left"]) == ("kin", "stepped_aside")


async def what_is_open_to(mediator: Actor, case: Case) -> set[int]:
    paths = ["", "/calendar.ics", "/caucus-notes"]
    answers: list[httpx.Response] = [
        await case.hill.get(mediator, f"/v1/mediations/{case.id}{path}") for path in paths
    ]
    answers.append(await case.ask(mediator, "minutes", {"text": "还想写"}))
    return {answer.status_code for answer in answers}


async def test_a_conflict_that_comes_to_light_voids_the_session_and_shuts_the_mediator_out(
    hill: Neighbourhood,
):
    case = await (await hill.opened()).held()
    await case.do(hill.gu, "caucus-notes", {"side": "respondent", "text": "密谈"})
    link = (await hill.post(hill.gu, "/v1/mediators/me/calendar-link")).json()["url"]
    feed = "/v1/calendars/" + link.rpartition("/")[2]
    reference = (await case.view(hill.zhou))["reference"]
    assert reference in (await hill.get(hill.gu, feed)).text

    stopped = await case.ask(hill.ma, "stop", {"note": "调解员是房东的哥哥"})
    assert (stopped.status_code, stopped.json()["status"]) == (200, "choosing_mediator"), stopped.text
    assert await what_is_open_to(hill.gu, case) == {404}
    assert reference not in (await hill.get(hill.gu, feed)).text
    assert (await hill.get(hill.gu, "/v1/mediations")).json()["items"] == []

    for party in (hill.lin, hill.ma):
        seen = await case.view(party)
        [void] = seen["void_sessions"]
        assert (void["status"], void["minutes"], seen["minutes"], seen["session"]) == ("void", [], [], None)
        assert "哥哥" not in str(seen)
    [void] = (await case.view(hill.zhou))["void_sessions"]
    assert void["minutes"] == ["双方谈了后门"]
    notes = await hill.get(hill.zhou, f"/v1/mediations/{case.id}/caucus-notes")
    assert notes.status_code == 404


async def test_the_entry_about_the_mediator_is_for_coordinators_alone(hill: Neighbourhood):
    case = await (await hill.opened()).held()
    await case.do(hill.zhou, "stop", {"note": "会上发现是亲戚"})

    async def kept(actor: Actor) -> dict[str, object]:
        found = (await hill.get(actor, "/v1/mediators")).json()["items"]
        return {one["id"]: one["entries"] for one in found}

    [entry] = (await kept(hill.zhou))[str(hill.gu.member_id)]
    assert (entry["mediation_id"], entry["kind"]) == (str(case.id), "conflict_discovered")
    assert entry["note"] == "会上发现是亲戚"
    for somebody in (hill.lin, hill.gu, hill.han):
        assert set((await kept(somebody)).values()) == {None}


async def test_the_successor_leads_a_new_session_of_the_same_people_and_room(hill: Neighbourhood):
    case = await (await hill.opened()).held()
    await case.do(hill.lin, "stop")
    assert await proposal(case) == str(hill.han.member_id)
    await case.do(hill.han, "take", {"relation": "none"})
    await case.do(hill.han, "slots")
    for party in (hill.lin, hill.ma):
        slots = (await case.view(party))["slots"]
        await case.do(party, "answers", {"answers": [{"slot_id": slots[0]["slot_id"], "answer": "yes"}]})
    answer = await case.ask(hill.han, "schedule", {"slot_id": slots[0]["slot_id"]})
    assert answer.json()["status"] == "scheduled", answer.text
    assert len((await case.view(hill.zhou))["accepted_by"]) == 2
