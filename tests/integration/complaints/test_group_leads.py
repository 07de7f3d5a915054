"""Those who complain together name who speaks for them, talk among themselves, and hear of a day's news once."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

from shared.access.links import link_token
from shared.contracts import complaints
from shared.contracts import mediation as m
from tests.integration.complaints.town import Town, done, member_of
from tests.support.http import Client

SUMMARY = {"shared_summary": "后门夜间低频音乐,影响周边住户休息"}


class Group:
    """A lead of 林佩珍, and neighbours whose own cases are handled with it."""

    def __init__(self, town: Town, lead: str, fellows: list[Client]) -> None:
        self.town, self.lead, self.fellows = town, lead, fellows

    async def asks(self, by: Client, word: str, status: int = 200, **form: Any) -> dict[str, Any]:
        return done(await by.post(f"/v1/cases/{self.lead}/{word}", json=form), status)

    async def seen(self, by: Client, *more: str) -> dict[str, Any]:
        return done(await by.get("/".join((f"/v1/cases/{self.lead}", *more))))

    async def mark_of(self, by: Client) -> str:
        """Under which id the others know somebody."""
        members = (await self.seen(by))["group"]["members"]
        [own] = [one["id"] for one in members if one.get("is_you")]
        return str(own)

    async def told(self, kind: type) -> list[Any]:
        return [one.data for one in await self.town.told(self.lead) if isinstance(one.data, kind)]


async def a_group(town: Town, *hidden: bool) -> Group:
    lead = (await town.file())["id"]
    fellows = [await town.newcomer("resident") for _ in hidden]
    for one, hides in zip(fellows, hidden, strict=True):
        await town.file(one, joins=lead, identity="hidden" if hides else "named")
    group = Group(town, lead, fellows)
    await group.asks(town.zhou, "gather")
    return group


async def led(town: Town) -> Group:
    """A group for whom 林佩珍 and the first of the others speak."""
    group = await a_group(town, False, False, True)
    fang, _, ye = group.fellows
    await group.asks(town.lin, "messages", to="coordinator", text="打我电话13812345678")
    marks = [await group.mark_of(town.lin), await group.mark_of(fang)]
    for voter in (town.lin, fang, ye):
        await group.asks(voter, "leads", members=marks)
    for one in (town.lin, fang):
        await group.asks(one, "leads/accept", words="住了十年")
    await town.later(days=5)
    return group


async def test_the_group_names_who_speaks_for_it_and_both_are_parties_of_its_mediation(town: Town):
    # given
    group = await led(town)
    fang = group.fellows[0]
    # then
    shown = await group.seen(group.fellows[2])
    assert [one["words"] for one in shown["group"]["members"] if one.get("speaks")] == ["住了十年"] * 2
    assert (await group.seen(fang))["role_in_case"] == "complainant"
    [named] = await group.told(complaints.LeadsNamed)
    assert set(named.to) == {member_of(town.lin), member_of(fang)}
    # and what was said before they were named is not theirs to read
    told = json.dumps([await group.seen(fang), await group.seen(fang, "messages")], ensure_ascii=False)
    assert "13812345678" not in told
    assert (await group.seen(fang))["description"] is None
    steps = [one["type"] for one in (await group.seen(fang, "history"))["items"]]
    assert steps[:2] == ["case_filed", "group_gathered"]
    assert "message_sent" not in steps
    # and
    await group.asks(town.zhou, "accept", **SUMMARY)
    await group.asks(town.ma, "answer", kind="propose", text="十点关门")
    await group.asks(town.zhou, "route", path="mediation")
    [routed] = await group.told(complaints.CaseRouted)
    sides = {(one.member_id, one.side) for one in routed.parties}
    assert sides == {
        (member_of(town.lin), "complainant"),
        (member_of(fang), "complainant"),
        (member_of(town.ma), "respondent"),
    }
    # and the lead is still its filer's alone to withdraw
    assert (await fang.post(f"/v1/cases/{group.lead}/withdraw", json={})).status_code == 409


async def test_whoever_takes_their_own_case_back_speaks_for_the_group_no_more(town: Town):
    # given
    group = await led(town)
    fang = group.fellows[0]
    listed = done(await fang.get("/v1/cases", params={"mine": True}))["items"]
    [own] = [one["id"] for one in listed if one["id"] != group.lead]
    # when
    done(await fang.post(f"/v1/cases/{own}/withdraw", json={}))
    # then
    assert (await fang.get(f"/v1/cases/{group.lead}")).status_code == 404
    [stood_down] = await group.told(complaints.LeadStoodDown)
    assert stood_down.left_id == member_of(fang)
    assert [one.member_id for one in stood_down.parties] == [member_of(town.lin)]
    members = (await group.seen(town.lin))["group"]["members"]
    assert sum(one.get("speaks", False) for one in members) == 1
    assert "lead_stood_down" in [one["type"] for one in (await group.seen(town.lin, "history"))["items"]]


async def test_nobody_outside_names_anybody_and_nobody_sees_a_name(town: Town):
    group = await a_group(town, False, True)
    stranger = await town.newcomer("resident")
    mark = await group.mark_of(town.lin)
    assert (await stranger.post(f"/v1/cases/{group.lead}/leads", json={"members": [mark]})).status_code == 404
    assert (await town.zhou.post(f"/v1/cases/{group.lead}/leads", json={"members": []})).status_code == 403
    shown = json.dumps([await group.seen(one) for one in (town.lin, *group.fellows)])
    for one in group.fellows:
        assert str(member_of(one)) not in shown
    # and the other side sees nothing of the group
    await group.asks(town.zhou, "accept", **SUMMARY)
    assert (await group.seen(town.ma))["group"] is None
    assert (await town.ma.get(f"/v1/cases/{group.lead}/thread")).status_code == 403


async def test_a_word_with_an_address_waits_and_its_writer_is_told_why(town: Town):
    # given
    group = await a_group(town, False, False)
    tang, fang = group.fellows
    # when
    receipt = await group.asks(tang, "thread", text="谁去调解谁就是叛徒,他们老板住95弄!")
    # then
    assert "住95弄" in receipt["next"]
    [own] = (await group.seen(tang, "thread"))["items"]
    assert (own["held"], own["held_for"]) == (True, ["住95弄"])
    assert (await group.seen(fang, "thread"))["items"] == []
    waiting = done(await town.zhou.get("/v1/cases", params={"needs_me": True}))["items"]
    assert group.lead in [one["id"] for one in waiting]
    # when
    release = f"thread/{own['id']}/release"
    refused = await group.asks(town.zhou, release, 422, text="他是叛徒")
    assert refused["errors"][0]["code"] == "only_taken_out"
    await group.asks(town.zhou, release, text="谁去调解谁就是叛徒")
    # then
    [read] = (await group.seen(fang, "thread"))["items"]
    assert (read["text"], read["taken_out"], read["held_for"]) == ("谁去调解谁就是叛徒", True, [])
    [own] = (await group.seen(tang, "thread"))["items"]
    assert own["held_for"] == ["住95弄"]
    to_writer = (await group.told(complaints.MessageSent))[-1]
    assert to_writer.to == (member_of(tang),)
    assert (await fang.post(f"/v1/cases/{group.lead}/{release}", json={})).status_code == 403


async def test_a_coordinator_who_complains_too_is_told_that_their_word_waits(town: Town):
    # given
    group = await a_group(town, False)
    colleague = await town.newcomer("coordinator")
    await town.file(colleague, joins=group.lead)
    # when
    receipt = await group.asks(colleague, "thread", text="他们老板住95弄")
    # then
    assert "住95弄" in receipt["next"]
    [own] = (await group.seen(colleague, "thread"))["items"]
    assert own["held"]
    # and whoever handles it is told that theirs is out
    assert "住95弄" not in (await group.asks(town.zhou, "thread", text="他们老板住95弄"))["next"]


async def test_a_day_of_much_news_is_one_notice_to_each(town: Town):
    # given
    group = await a_group(town, False, True)
    await town.later(hours=19)
    [first] = await group.told(complaints.GroupNews)
    assert set(first.to) == {member_of(one) for one in group.fellows}
    assert first.until is not None
    # when
    await town.later(days=3, hours=14)  # Tuesday morning; nobody was named by Monday
    await group.asks(town.zhou, "accept", **SUMMARY)
    await group.asks(town.ma, "answer", kind="propose", text="十点关门")
    for one in group.fellows:
        await group.asks(one, "thread", text="好消息")
    await town.later(hours=12)
    # then
    assert len(await group.told(complaints.GroupNews)) == 2
    await town.later(days=3)
    assert len(await group.told(complaints.GroupNews)) == 2


async def test_each_gets_a_survey_of_their_own_by_a_personal_link(town: Town):
    # given
    group, mediation_id = await led(town), uuid4()
    await group.asks(town.zhou, "accept", **SUMMARY)
    await group.asks(town.ma, "answer", kind="propose", text="十点关门")
    await group.asks(town.zhou, "route", path="mediation")
    steps: list[tuple[type[m.MediationEvent], dict[str, Any]]] = [
        (m.MediationOpened, {"consent_until": "2026-03-25"}),
        (m.AgreementDrafted, {"agreement_id": mediation_id, "form": "written"}),
        (
            m.AgreementEffective,
            {
                "agreement_id": mediation_id,
                "effective_on": "2026-03-20",
                "judicial_until": "2026-04-19",
                "commitments": (),
            },
        ),
        (m.CommitmentsPerformed, {"agreement_id": mediation_id}),
    ]
    for kind, more in steps:
        await town.mediation(kind, group.lead, mediation_id, **more)
    # then
    asked = {one.member_id: one.survey_id for one in await group.told(complaints.SurveyRequested)}
    assert set(asked) == {member_of(one) for one in (town.lin, town.ma, *group.fellows)}
    # when
    ye = group.fellows[2]
    link = link_token("tests-link-secret", "survey", asked[member_of(ye)])
    assert done(await town.http.get(f"/v1/surveys/{link}"))["open"]
    done(await town.http.post(f"/v1/surveys/{link}", json={"solved": True, "score": 4}, key=None))
    # then
    [answered] = await group.told(complaints.SurveyAnswered)
    assert (answered.side, answered.solved) == ("complainant", True)
    [survey] = (await group.seen(ye))["surveys"]
    assert survey["answered"]


async def test_who_did_not_agree_has_their_own_matter_back_by_the_month_it_had(town: Town):
    # given
    group, mediation_id = await led(town), uuid4()
    tang, ye = group.fellows[1:]
    await group.asks(town.zhou, "accept", **SUMMARY)
    lead = await group.seen(town.zhou)
    [month] = [one["until"] for one in lead["clocks"] if one["name"] == "mediation"]
    await group.asks(town.ma, "answer", kind="propose", text="十点关门")
    await group.asks(town.zhou, "route", path="mediation")
    await town.mediation(m.MediationOpened, group.lead, mediation_id, consent_until="2026-03-25")
    draft = {"agreement_id": mediation_id, "form": "written", "group_until": "2026-03-20"}
    await town.mediation(m.AgreementDrafted, group.lead, mediation_id, **draft)
    await town.later(days=1)
    assert str((await group.told(complaints.GroupNews))[-1].until) == "2026-03-20"
    # when
    effect = {
        "agreement_id": mediation_id,
        "effective_on": "2026-03-21",
        "judicial_until": "2026-04-20",
        "commitments": (),
        "declined": (member_of(tang),),
    }
    await town.mediation(m.AgreementEffective, group.lead, mediation_id, **effect)
    # then
    [own] = [one["id"] for one in done(await tang.get("/v1/cases"))["items"]]
    back = done(await tang.get(f"/v1/cases/{own}"))
    assert (back["stage"], back["status"], back["lead"]) == ("deliberate", "answered", None)
    assert [(one["name"], one["until"]) for one in back["clocks"] if one["state"] == "running"] == [
        ("mediation", month)
    ]
    assert {one["code"] for one in back["other_routes"]} == {"arbitration", "administrative", "court"}
    assert (await tang.get(f"/v1/cases/{group.lead}")).status_code == 404
    # and the other side knows of it, and of no other's
    listed = [one["id"] for one in done(await town.ma.get("/v1/cases"))["items"]]
    assert set(listed) == {group.lead, own}
    shown = done(await town.ma.get(f"/v1/cases/{own}"))
    assert (shown["shared_summary"], shown["description"]) == (SUMMARY["shared_summary"], None)
    # and whoever said nothing stays informed
    [silent] = [one["id"] for one in done(await ye.get("/v1/cases"))["items"]]
    assert done(await ye.get(f"/v1/cases/{silent}"))["status"] == "joined"
    # and it goes on by itself
    done(await town.zhou.post(f"/v1/cases/{own}/route", json={"path": "direct"}))
    done(await town.zhou.post(f"/v1/cases/{own}/conclude", json={"result": "no_agreement"}))
    assert done(await tang.get(f"/v1/cases/{own}"))["status"] == "ended_without_agreement"
