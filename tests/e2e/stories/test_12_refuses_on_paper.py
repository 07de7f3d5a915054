"""12: a new shop without an account, reached by visit and paper, refuses; the hazard goes on by another road."""

from __future__ import annotations

import json

from cli.people import Person
from tests.e2e.stories.telling import Matter, Story, refused, stands

WORDS = "126号新开的外卖站,十几辆电瓶车,拖线板拉到我们5号门洞里充电,报警器一夜叫到天亮。"
NEED = "报警器我都关了,充电桩能不能帮忙申请?"
PLEDGE = "22:00至07:00报警器不响,车停到户外充电点"


async def test_a_refusal_on_paper_ends_mediation_without_blame_and_the_authorities_go_on(
    story: Story,
) -> None:
    await story.at("2026-09-29 21:00")
    tang, zhou = await story.people("唐国良", "周敏")
    wardens = await story.newcomer("城管专管员", "chengguan@shanbei.example", "agency_officer")
    firemen = await story.newcomer("消防专管员", "xiaofang@shanbei.example", "agency_officer")
    matter = await story.files(
        tang,
        place_text="126号新开的外卖站",
        category="noise",
        subcategory="ebike_alarm",
        description=WORDS,
    )
    stands(matter.receipt, "hear", "filed", triage="2026-10-08")
    assert matter.receipt["emergency"] is None
    unknown = await zhou.get("complaints", "/v1/queue", respondent_unknown=True, limit=100)
    assert matter.id in {one["id"] for one in unknown["items"]}

    await story.at("2026-09-30 09:00")
    await people_are_asked_with_the_last_visit(zhou)
    told = {"shared_summary": "电动车报警器夜间鸣响,门洞里充电", "tier": "complex"}
    accepted = await matter.does(zhou, "accept", **told)
    stands(accepted, "hear", mediation="2026-10-30")
    await two_authorities_are_asked(matter, zhou, wardens, firemen)
    await somebody_looks_the_same_day(story, matter, zhou, tang)
    await three_visits(story, matter, zhou)
    code = (await matter.seen(zhou, "paper-notice"))["code"]
    await the_slip_says_no(story, matter, zhou, tang)
    await the_authorities_reply(story, matter, tang, wardens, firemen)
    lu = await he_thinks_otherwise(story, matter, code, zhou, tang)
    await he_keeps_his_pledge(story, matter, zhou, tang, lu)
    await it_lasts(story, matter, zhou, tang, lu)


async def people_are_asked_with_the_last_visit(zhou: Person) -> None:
    """As this alliance wishes of what is tangled."""
    rule = {"value": "last_visit", "effective_from": "2026-09-30"}
    await zhou.put("complaints", "/v1/rules/survey_after.noise.complex", rule)


async def two_authorities_are_asked(matter: Matter, zhou: Person, wardens: Person, firemen: Person) -> None:
    """The corridor is 城管's and the passage 消防's, and one of them confirms."""
    corridor = {"note": "拖线板拉过5号门洞", "part": "unlawful", "officer_id": wardens.id}
    passage = {"note": "5号门洞疏散通道内充电", "part": "unlawful", "officer_id": firemen.id}
    await matter.does(zhou, "refer", authority="urban_management", **corridor)
    await matter.does(zhou, "refer", authority="fire_rescue", **passage)
    await refused(
        matter.does(zhou, "refer", authority="fire_rescue", **passage), 409, "already_with_authority"
    )
    await matter.does(wardens, "referral-receipt")


async def somebody_looks_the_same_day(story: Story, matter: Matter, zhou: Person, tang: Person) -> None:
    """劝阻 and 制止, and whoever complained reads of it."""
    stands(await matter.seen(tang), "hear", "paused", referral="2026-10-27")
    await story.at("2026-09-30 17:20")
    seen = {"present": "周敏、店员两人", "found": "十余辆电动车拉线充电", "done": "劝阻后当场拔线"}
    await matter.does(zhou, "site-visits", public_note="已当场劝阻,充电线已拔", **seen)
    assert [one["text"] for one in (await matter.seen(tang))["results"]] == ["已当场劝阻,充电线已拔"]


async def three_visits(story: Story, matter: Matter, zhou: Person) -> None:
    """Neither a closed door nor an unsigned slip serves; no day of the holidays counts."""
    await story.at("2026-09-30 17:30")
    await matter.does(zhou, "attempts", outcome="closed")
    await story.at("2026-10-02 11:00")
    await matter.does(zhou, "attempts", outcome="handed_unsigned", note="店员不肯签")
    steps = await matter.steps(zhou)
    assert (steps.count("service_attempted"), "notice_served" in steps) == (2, False)
    paper = "".join((await matter.seen(zhou, "paper-notice"))["lines"])
    assert "自愿" in paper
    assert "不收费" in paper
    assert [way for way in ("填回执", "021-5555 0118", "编码") if way not in paper] == []
    assert not [word for word in ("唐国良", "拖线板", "一夜叫到天亮") if word in paper]
    await story.at("2026-10-03 10:00")
    await matter.does(zhou, "attempts", outcome="signed")
    stands(await matter.seen(zhou), "hear", answer="2026-10-13")


async def the_slip_says_no(story: Story, matter: Matter, zhou: Person, tang: Person) -> None:
    """Entered two days after it came: mediation cannot begin, nobody is invited again, and 唐 hears at once."""
    await story.at("2026-10-08 09:00")
    early = {"kind": "refuse", "text": "没空开会", "slip": "paper"}
    await refused(matter.does(zhou, "enter-answer", received_on="2026-10-09", **early), 422, "in_the_future")
    await matter.does(zhou, "enter-answer", received_on="2026-10-06", **early)
    assert (await matter.heard(tang))["mediation_refused"] == 1
    seen = await matter.seen(tang)
    assert seen["stage"] == "deliberate"
    assert [(one["returned_on"], one["until"]) for one in seen["referrals"]] == [(None, "2026-10-27")] * 2
    assert len(seen["other_routes"]) == 3
    assert "没空开会" not in "".join(mail.text for mail in await matter.mails(tang))
    paper = "".join((await matter.seen(zhou, "paper-notice"))["lines"])
    assert "您可随时改变主意；不影响您的其他权利" in paper
    assert "照常办理" in paper
    assert "consent_asked" not in await matter.heard(tang)


async def the_authorities_reply(
    story: Story, matter: Matter, tang: Person, wardens: Person, firemen: Person
) -> None:
    """Each by itself: one had not confirmed and was asked again; the case waits for both, and its month with it."""
    await story.at("2026-10-16 15:00")
    seen = await matter.seen(tang)
    assert [(one["authority"], one["chased"] > 0) for one in seen["referrals"]] == [
        ("urban_management", False),
        ("fire_rescue", True),
    ]
    await matter.does(firemen, "referral-receipt")
    await refused(matter.seen(firemen), 404)
    await matter.does(
        wardens, "return", result="remedied", note="拖线板已拆,口头警告", public_note="拖线板已拆除"
    )
    stands(await matter.seen(tang), "deliberate", "paused", referral="2026-10-27")
    assert "conclude" not in (await matter.seen(tang))["possible"]
    await matter.does(firemen, "return", result="remedied", note="通道已清空", public_note="疏散通道已清空")
    stands(await matter.seen(tang), "deliberate", "answered", mediation="2026-11-16")
    assert (await matter.heard(tang))["case_returned"] == 2
    seen = await matter.seen(tang)
    assert {(one["result"], one["returned_on"]) for one in seen["referrals"]} == {("remedied", "2026-10-16")}
    for officer in (wardens, firemen):
        assert tang.id not in json.dumps(await officer.get("complaints", "/v1/referrals"))


async def he_thinks_otherwise(story: Story, matter: Matter, code: str, zhou: Person, tang: Person) -> Person:
    """By himself, with an account he asked for and the code of the visit; nobody had invited him again."""
    await story.at("2026-10-19 10:00")
    lu = await story.newcomer("卢勇", "lu.yong@shanbei.example", "merchant")
    await refused(matter.seen(lu), 404)
    await lu.post("complaints", "/v1/claims", {"reference": matter.reference, "code": code})
    assert await matter.heard(lu) == {}
    await matter.does(lu, "messages", to="coordinator", text=NEED)
    assert (await matter.heard(zhou))["message_waiting"] == 1
    assert NEED in {one["text"] for one in (await matter.seen(zhou, "messages"))["items"]}
    await a_charging_point_is_on_the_list(matter, zhou, tang, lu)

    await refused(matter.does(lu, "pledges", what=PLEDGE, due_on="2026-10-18"), 422, "in_the_past")
    stands(await matter.does(lu, "pledges", what=PLEDGE, due_on="2026-10-31"), "deliberate")
    await refused(matter.does(lu, "pledges", what="再加一条", due_on="2026-10-31"), 409)
    assert (await matter.heard(tang))["pledge_offered"] == 1
    [pledge] = (await matter.seen(tang))["pledges"]
    assert (pledge["what"], pledge["status"]) == (PLEDGE, "offered")
    await refused(matter.does(lu, f"pledges/{pledge['id']}/answer", wanted=True), 403)
    wanted = await matter.does(tang, f"pledges/{pledge['id']}/answer", wanted=True)
    stands(wanted, "act", "pledged", pledge="2026-10-31")
    assert (await matter.heard(lu))["pledge_wanted"] == 1
    return lu


async def a_charging_point_is_on_the_list(matter: Matter, zhou: Person, tang: Person, lu: Person) -> None:
    """His need is met from the service list: he takes it, which is no condition of anything and 唐 hears nothing of."""
    [his] = [one["party_id"] for one in (await matter.seen(zhou))["parties"] if one["side"] == "respondent"]
    before = await matter.seen(tang), await matter.heard(tang)
    await matter.does(zhou, "services", offered_to=his, service="outdoor_charging_point", note="118弄西门")
    assert (await matter.heard(lu))["service_offered"] == 1
    [offered] = (await matter.seen(lu))["services"]
    assert (offered["what"], offered["taken"]) == ("户外充电点", None)
    await matter.does(lu, f"services/{offered['id']}/answer", taken=True)
    assert (await matter.heard(zhou))["service_taken"] == 1
    assert (await matter.seen(tang), await matter.heard(tang)) == before


async def he_keeps_his_pledge(story: Story, matter: Matter, zhou: Person, tang: Person, lu: Person) -> None:
    """It is no agreement: nothing is signed, no court has days for it, and nobody is handed a pack."""
    seen = await matter.seen(tang)
    assert seen["mediation"] is None
    assert not {"commitments", "judicial"} & {one["name"] for one in seen["clocks"]}
    assert (await zhou.get("mediation", "/v1/mediations", case_id=matter.id))["items"] == []
    await refused(matter.does(zhou, "route", path="mediation"), 409)

    await story.at("2026-10-30 18:00")
    [pledge] = seen["pledges"]
    await refused(matter.does(tang, f"pledges/{pledge['id']}/dispute", reason="还没到时候"), 409)
    done = await matter.does(lu, f"pledges/{pledge['id']}/proof", text="22点后关报警器,车都停户外充电点")
    stands(done, "supervise", confirm_done="2026-11-04")
    assert (await matter.heard(tang))["pledge_to_confirm"] == 1
    await story.at("2026-11-02 09:00")
    confirmed = await matter.does(tang, f"pledges/{pledge['id']}/confirm")
    stands(confirmed, "supervise", "to_be_visited", last_visit="2026-12-02")
    assert (await matter.heard(lu))["pledge_confirmed"] == 1
    assert not {"pledge_missed", "pledge_day_passed"} & {
        *(await matter.heard(lu)),
        *(await matter.heard(tang)),
    }


async def it_lasts(story: Story, matter: Matter, zhou: Person, tang: Person, lu: Person) -> None:
    """Looked at twice; with the last look both are asked, and nobody reads a refusal as guilt."""
    assert [visit["due"] for visit in (await matter.seen(zhou))["visits"]] == ["2026-11-09", "2026-12-02"]
    await story.at("2026-11-09 10:00")
    await matter.does(zhou, "return-visits", lasting=True)
    assert "survey_asked" not in await matter.heard(tang)
    await story.at("2026-12-02 10:00")
    stands(await matter.does(zhou, "return-visits", lasting=True), "review", survey="2026-12-09")
    for person in (tang, lu):
        assert (await matter.heard(person))["survey_asked"] == 1
    await matter.does(tang, "survey", solved=True, score=4)
    await he_answers_on_paper(story, matter, zhou, lu)
    stands(await matter.seen(zhou), "closed", "hazard_removed")
    for person in (tang, lu):
        shown = json.dumps(
            [await matter.seen(person), await matter.seen(person, "history")], ensure_ascii=False
        )
        mails = "".join(mail.text for mail in await matter.mails(person))
        assert not [word for word in ("过错", "失信", "没空开会") if word in shown + mails]
    await the_refusal_counts_for_nothing(zhou)


async def he_answers_on_paper(story: Story, matter: Matter, zhou: Person, lu: Person) -> None:
    """The slip a volunteer handed over and entered, marked as such and counted once."""
    volunteer = await story.newcomer("小乔志愿者", "xiaoqiao@shanbei.example", "volunteer")
    slip = await volunteer.get("complaints", f"/v1/cases/{matter.id}/survey-slips")
    assert slip["reference"] == matter.reference
    listed = (await volunteer.get("complaints", "/v1/return-visits"))["items"]
    assert [one["survey_slips"] for one in listed if one["case_id"] == matter.id] == [True]
    written = {"side": "respondent", "received_on": "2026-12-02", "solved": True, "score": 4}
    await refused(
        matter.does(volunteer, "survey-slips", **written | {"received_on": "2026-12-01"}),
        422,
        "before_survey",
    )
    await matter.does(volunteer, "survey-slips", **written)
    await refused(matter.does(lu, "survey", solved=True, score=5), 409)
    texts = [step["text"] for step in (await matter.seen(lu, "history"))["items"]]
    assert sum("纸质测评已录入" in text for text in texts) == 1
    await refused(matter.does(zhou, "survey-slips", **written), 409)


async def the_refusal_counts_for_nothing(zhou: Person) -> None:
    """Neither solved nor unsolved: it is left out of the rate, and the reason is named."""
    query = {"since": "2026-09-29", "until": "2026-09-29", "by": "subcategory"}
    figures = await zhou.get("complaints", "/v1/figures", **query)
    [alarms] = [one["figures"] for one in figures["groups"] if one["key"] == "ebike_alarm"]
    assert alarms["solved"]["excluded"] == {"hazard_removed": 1}
    assert alarms["performed"]["excluded"] == {"without_agreement": 1}
