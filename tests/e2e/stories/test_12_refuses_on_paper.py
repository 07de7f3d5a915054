"""12: a new shop without an account, reached by visit and paper, refuses; the hazard goes on by another road."""

from __future__ import annotations

import json

from cli.people import Person
from tests.e2e.stories.telling import Matter, Story, refused, stands

WORDS = "126号新开的外卖站,十几辆电瓶车,拖线板拉到我们5号门洞里充电,报警器一夜叫到天亮。"


async def test_a_refusal_on_paper_ends_mediation_without_blame_and_the_authorities_go_on(
    story: Story,
) -> None:
    await story.at("2026-09-29 21:00")
    tang, zhou = await story.people("唐国良", "周敏")
    officer = await story.newcomer("消防专管员", "xiaofang@shanbei.example", "agency_officer")
    matter = await story.files(
        tang,
        place_text="126号新开的外卖站",
        category="noise",
        subcategory="ebike_alarm",
        description=WORDS,
    )
    stands(matter.receipt, "hear", "filed", triage="2026-10-08")

    await story.at("2026-09-30 09:00")
    accepted = await matter.does(zhou, "accept", shared_summary="电动车报警器夜间鸣响,门洞里充电")
    stands(accepted, "hear", mediation="2026-10-30")
    referral = {"note": "5号门洞疏散通道内充电", "part": "unlawful", "officer_id": officer.id}
    await matter.does(zhou, "refer", authority="fire_rescue", **referral)
    stands(await matter.seen(tang), "hear", referral="2026-10-27")

    await three_visits(story, matter, zhou)
    code = (await matter.seen(zhou, "paper-notice"))["code"]
    await the_slip_says_no(story, matter, zhou, tang)
    await the_authority_replies(story, matter, officer, tang)
    lu = await he_thinks_otherwise(story, matter, code, tang)
    await they_settle_it_themselves(story, matter, zhou, tang, lu)
    await it_lasts(story, matter, zhou, tang, lu)


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
    assert [one["returned_on"] for one in seen["referrals"]] == [None]
    assert len(seen["other_routes"]) == 3
    assert "没空开会" not in "".join(mail.text for mail in await matter.mails(tang))
    paper = "".join((await matter.seen(zhou, "paper-notice"))["lines"])
    assert "您可随时改变主意；不影响您的其他权利" in paper
    assert "照常办理" in paper
    assert "consent_asked" not in await matter.heard(tang)


async def the_authority_replies(story: Story, matter: Matter, officer: Person, tang: Person) -> None:
    """The officer confirms, and returns it with a result that 唐 reads; they see nothing else of the case."""
    await matter.does(officer, "referral-receipt")
    await refused(matter.seen(officer), 404)
    await story.at("2026-10-16 15:00")
    await matter.does(officer, "return", result="remedied", note="通道已清空")
    assert (await matter.heard(tang))["case_returned"] == 1
    seen = await matter.seen(tang)
    assert [(one["result"], one["returned_on"]) for one in seen["referrals"]] == [("remedied", "2026-10-16")]
    assert tang.id not in json.dumps(await officer.get("complaints", "/v1/referrals"))


async def he_thinks_otherwise(story: Story, matter: Matter, code: str, tang: Person) -> Person:
    """By himself, with an account he asked for and the code of the visit; nobody had invited him again."""
    await story.at("2026-10-19 10:00")
    lu = await story.newcomer("卢勇", "lu.yong@shanbei.example", "merchant")
    await refused(matter.seen(lu), 404)
    await lu.post("complaints", "/v1/claims", {"reference": matter.reference, "code": code})
    assert await matter.heard(lu) == {}
    words = "报警器我都关了,充电桩能不能帮忙申请?22:00后不响,车停到外面充电点,十月底前做到。"
    stands(await matter.does(lu, "answer", kind="propose", text=words), "deliberate", mediation="2026-11-16")
    assert (await matter.heard(tang))["case_answered"] == 1
    assert (await matter.seen(tang))["answer"]["text"] == words
    return lu


async def they_settle_it_themselves(
    story: Story, matter: Matter, zhou: Person, tang: Person, lu: Person
) -> None:
    """His word is a voluntary one: no agreement, no judicial clock, and settled is what both say afterwards."""
    work = {"note": "户外充电点需求转服务清单办理", "methods": [], "rungs": []}
    await matter.does(zhou, "work", **work)
    await matter.does(zhou, "route", path="direct")
    await story.at("2026-11-02 09:00")
    said = await matter.does(lu, "conclude", result="settled", note="报警器夜里关闭,车已停到充电点")
    stands(said, "deliberate")
    stands(await matter.does(tang, "conclude", result="settled"), "review")
    seen = await matter.seen(tang)
    assert seen["mediation"] is None
    assert not {"commitments", "judicial"} & {one["name"] for one in seen["clocks"]}


async def it_lasts(story: Story, matter: Matter, zhou: Person, tang: Person, lu: Person) -> None:
    """Looked at twice; both are asked, and nobody reads a refusal as guilt."""
    assert [visit["due"] for visit in (await matter.seen(zhou))["visits"]] == ["2026-11-09", "2026-12-02"]
    for person in (tang, lu):
        assert (await matter.heard(person))["survey_asked"] == 1
        await matter.does(person, "survey", solved=True, score=4)
    stands(await matter.seen(zhou), "closed", "solved")
    for day in ("2026-11-09", "2026-12-02"):
        await story.at(f"{day} 10:00")
        await matter.does(zhou, "return-visits", lasting=True)
    for person in (tang, lu):
        shown = json.dumps(
            [await matter.seen(person), await matter.seen(person, "history")], ensure_ascii=False
        )
        mails = "".join(mail.text for mail in await matter.mails(person))
        assert not [word for word in ("过错", "失信", "处罚", "没空开会") if word in shown + mails]
