"""A further party: asked by a notice of their own, heard for themselves, and in the mediation like the others."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from shared.contracts import complaints as contracts
from shared.contracts import notifications
from tests.integration.complaints.town import Town, done, member_of

ANSWER = {"kind": "propose", "text": "烟道我来申请。"}


async def add(town: Town, case_id: str, whom: Any, **more: Any) -> dict[str, Any]:
    form = {"member_id": str(member_of(whom)), "side": "respondent", "capacity": "owner", **more}
    return done(await town.zhou.post(f"/v1/cases/{case_id}/add-party", json=form))


async def reads_the_notice(town: Town, case_id: str, whom: Any) -> None:
    await town.tell(
        notifications.NoticeRead(
            notice_id=uuid4(),
            case_id=UUID(case_id),
            alliance_id=town.alliance_id,
            recipient_id=member_of(whom),
            kind="party_added",
        )
    )


async def test_the_landlord_is_asked_heard_and_mediated_with(town: Town):
    # given
    case_id = await town.answered()
    gu_lan = await town.newcomer("merchant")
    done(await gu_lan.get(f"/v1/cases/{case_id}"), 404)
    # when
    await add(town, case_id, gu_lan)
    await reads_the_notice(town, case_id, gu_lan)
    # then it is theirs to read and to answer, and no path is chosen meanwhile
    seen = done(await gu_lan.get(f"/v1/cases/{case_id}"))
    assert (seen["role_in_case"], seen["description"]) == ("respondent", None)
    assert "answer" in seen["possible"]
    assert {clock["name"]: clock["state"] for clock in seen["clocks"]}["party_answer"] == "running"
    assert "answer" not in done(await town.ma.get(f"/v1/cases/{case_id}"))["possible"]
    done(await town.zhou.post(f"/v1/cases/{case_id}/route", json={"path": "mediation"}), 409)
    # when
    done(await gu_lan.post(f"/v1/cases/{case_id}/answer", json=ANSWER))
    done(await town.zhou.post(f"/v1/cases/{case_id}/route", json={"path": "mediation"}))
    # then
    case = done(await town.lin.get(f"/v1/cases/{case_id}"))
    assert case["answer"]["text"] == "十点以后关后门。"
    [owner] = [party for party in case["parties"] if party["capacity"] == "owner"]
    assert (owner["answer"]["text"], owner["party_id"]) == (ANSWER["text"], None)
    told = [event.data for event in await town.told(case_id)]
    [routed] = [one for one in told if isinstance(one, contracts.CaseRouted)]
    assert {party.member_id for party in routed.parties} == {
        member_of(one) for one in (town.lin, town.ma, gu_lan)
    }
    [added] = [one for one in told if isinstance(one, contracts.PartyAdded)]
    assert added.to == (member_of(gu_lan),)


async def test_whom_no_notice_reaches_is_served_by_visit(town: Town):
    case_id = await town.answered()
    gu_lan = await town.newcomer("merchant")
    await add(town, case_id, gu_lan)
    case = done(await town.zhou.get(f"/v1/cases/{case_id}"))
    [owner] = [party for party in case["parties"] if party["served"] is False]
    assert "serve-party" in case["possible"]
    form = {"party_id": owner["party_id"], "how": "visit"}
    done(await town.zhou.post(f"/v1/cases/{case_id}/serve-party", json=form))
    assert "serve-party" not in done(await town.zhou.get(f"/v1/cases/{case_id}"))["possible"]


async def test_a_neighbour_joins_as_complainant_and_the_other_side_reads_no_step_of_it(town: Town):
    case_id = await town.answered(identity="hidden")
    await add(town, case_id, town.sun, side="complainant", capacity="neighbour")
    assert done(await town.sun.get(f"/v1/cases/{case_id}"))["role_in_case"] == "complainant"
    shown = done(await town.ma.get(f"/v1/cases/{case_id}/history"))["items"]
    assert "party_added" not in {step["type"] for step in shown}
    seen = done(await town.ma.get(f"/v1/cases/{case_id}"))
    assert all(party["member_id"] is None for party in seen["parties"] if party["side"] == "complainant")


async def test_who_joins_an_anonymous_matter_never_learns_that_somebody_told_of_it(town: Town):
    # given a matter told anonymously, with a word to whoever told it
    case_id = await town.accepted(identity="anonymous")
    word = {"to": "complainant", "text": "匿名的朋友,我们去看过了。"}
    done(await town.zhou.post(f"/v1/cases/{case_id}/messages", json=word))
    done(await town.ma.post(f"/v1/cases/{case_id}/answer", json=ANSWER))
    await town.later(days=1)
    # when a neighbour's own filing goes with it, and then they are added
    hers = await town.file(town.sun, identity="named")
    done(await town.zhou.post(f"/v1/cases/{hers['id']}/join", json={"lead_case_id": case_id}))
    assert "anonymous" not in (await town.sun.get(f"/v1/cases/{case_id}")).text
    await add(town, case_id, town.sun, side="complainant", capacity="neighbour")
    # then
    seen = await town.sun.get(f"/v1/cases/{case_id}")
    case = done(seen)
    assert (case["identity"], case["description"], case["details"]) == ("named", None, None)
    assert case["shared_summary"]
    assert case["filed_on"] == "2026-03-14"
    assert "triage" not in {clock["name"] for clock in case["clocks"]}
    steps = done(await town.sun.get(f"/v1/cases/{case_id}/history"))["items"]
    assert [step["type"] for step in steps] == ["party_added"]
    messages = await town.sun.get(f"/v1/cases/{case_id}/messages")
    assert "匿名" not in seen.text + messages.text
    assert "withdraw" not in case["possible"]
    # and the other side sees who joined by name, and still not when it was told
    theirs = done(await town.ma.get(f"/v1/cases/{case_id}"))
    [beside] = [one for one in theirs["parties"] if one["side"] == "complainant"]
    assert beside["member_id"] == str(member_of(town.sun))
    assert theirs["filed_on_is_half_month"]
    # and mediation is between people with names
    done(await town.zhou.post(f"/v1/cases/{case_id}/route", json={"path": "mediation"}))
    [routed] = [one.data for one in await town.told(case_id) if isinstance(one.data, contracts.CaseRouted)]
    assert routed.identity == "named"


async def test_who_is_a_party_or_unknown_is_not_added(town: Town):
    case_id = await town.answered()
    for member_id, code in ((member_of(town.lin), "already_party"), (uuid4(), "unknown_member")):
        form = {"member_id": str(member_id)}
        refused = done(await town.zhou.post(f"/v1/cases/{case_id}/add-party", json=form), 422)
        assert refused["errors"][0]["code"] == code
    done(await town.ma.post(f"/v1/cases/{case_id}/add-party", json={"member_id": str(uuid4())}), 403)
