"""05: the merchant does not come, twice; the second time is excused, nobody was punished, and what they agree holds."""

from __future__ import annotations

import json
from typing import Any

from cli.people import Person
from tests.e2e.stories.telling import Json, Matter, Story, mark, promise, refused, sign, span, stands

SHOP = "山北路122号"
WORDS = "122号每天晚上把泔脚倒进我们居民的干垃圾桶,汤水流一地,苍蝇老鼠都来了。"
SUMMARY = "122号厨余垃圾投放影响4号楼垃圾房环境"
DIAGNOSIS = "早上送医院,人已经住院了"


async def test_an_excused_absence_undoes_the_choice_and_leaves_no_mark(story: Story) -> None:
    await story.at("2026-06-10 07:50")
    ali, zhou, gu = await story.people("阿力木", "周敏", "顾国强")
    xu = await story.newcomer(
        "许文娟",
        "xu.wenjuan@shanbei.example",
        "resident",
        {"place_id": await story.place("118弄4号201"), "kind": "lives"},
    )
    matter = await story.files(
        xu, SHOP, category="sanitation", subcategory="kitchen_waste", description=WORDS
    )
    stands(matter.receipt, "hear", "filed", triage="2026-06-12")

    await story.at("2026-06-12 17:00")
    stands(await matter.does(zhou, "accept", shared_summary=SUMMARY), "hear", mediation="2026-07-13")
    await matter.is_served(ali)
    stands(await matter.seen(ali), "hear", answer="2026-06-22")

    await story.at("2026-06-16 10:00")
    await matter.does(ali, "answer", kind="agree", text="我们新来的,不知道哪个桶。可以谈。")
    fixed = await they_find_a_time(matter, xu, ali, (zhou, gu), span("2026-06-24", "15:00", "16:30"))
    assert fixed["session"]["starts_at"].startswith("2026-06-24T07:00")
    other, untouched = await his_other_matter(story, xu, ali, (zhou, gu))

    await the_first_time(story, matter, xu, ali, gu)
    await the_second_time(story, matter, xu, ali, gu)
    await the_reason_is_seen(story, matter, xu, ali, zhou)
    assert (await other.mediation(gu), await other.heard(xu)) == untouched
    await they_meet(story, matter, xu, ali, gu)
    await they_agree(story, matter, xu, ali, (zhou, gu))
    await each_keeps_it(story, matter, xu, ali)
    await it_holds(story, matter, xu, ali, zhou)
    await it_is_counted_by_what_helped(matter, xu, ali, zhou)
    await nobody_has_learnt_why(matter, xu, ali)


async def they_find_a_time(
    matter: Matter, xu: Person, ali: Person, officials: tuple[Person, Person], time: Json
) -> Json:
    zhou, gu = officials
    await matter.does(zhou, "route", path="mediation")
    for party in (xu, ali):
        await matter.mediates(party, "consent", available=[time])
    await matter.mediates(zhou, "nominate", mediator_id=gu.id)
    await matter.mediates(gu, "take")
    return await fix(matter, gu, xu, ali)


async def his_other_matter(
    story: Story, xu: Person, ali: Person, officials: tuple[Person, Person]
) -> tuple[Matter, tuple[Any, Any]]:
    """Beside this one, with a time of its own; what is seen and told of it as long as he is away elsewhere."""
    zhou, gu = officials
    words = {"subcategory": "goods_on_pavement", "description": "122号门口堆着面粉袋,轮椅过不去。"}
    other = await story.files(xu, SHOP, category="sanitation", **words)
    await other.does(zhou, "accept", shared_summary="122号门口堆物")
    await other.is_served(ali)
    await other.does(ali, "answer", kind="agree", text="搬进去。")
    await they_find_a_time(other, xu, ali, officials, span("2026-07-03", "15:00", "16:30"))
    return other, (await other.mediation(gu), await other.heard(xu))


async def fix(matter: Matter, gu: Person, *parties: Person) -> dict[str, Any]:
    """The one time all named is offered, answered and fixed, or moved to."""
    [slot] = (await matter.mediates(gu, "slots"))["slots"]
    for party in parties:
        answer = {"slot_id": slot["slot_id"], "answer": "yes"}
        await matter.mediates(party, "answers", answers=[answer])
    if (await matter.mediation(gu))["session"] is None:
        return await matter.mediates(gu, "schedule", slot_id=slot["slot_id"])
    return await matter.mediates(gu, "reschedule", slot_id=slot["slot_id"], reason="对方未到,另约")


async def the_first_time(story: Story, matter: Matter, xu: Person, ali: Person, gu: Person) -> None:
    """Reminded a day and two hours before; then a fact, said to each in words of their own, and another time."""
    for moment, reminded in (("23 14:59", 0), ("23 15:00", 1), ("24 12:59", 1), ("24 13:00", 2)):
        await story.at(f"2026-06-{moment}")
        for person in (xu, ali, gu):
            assert (await matter.mailed(person))["session_near"] == reminded
    await story.at("2026-06-24 15:20")
    await matter.mediates(gu, "absences", side="respondent", waited_minutes=20)
    told = await matter.mediation(xu)
    assert told["next"] == "对方今天未到，已联系，将另约一次。"
    assert told["default_path"] is None
    assert (await matter.heard(xu))["session_missed"] == 1
    assert (await matter.heard(ali))["session_missed_own"] == 1
    await refused(xu.post("mediation", await path(matter, xu, "default-path"), {"choice": "refer"}), 409)

    await story.at("2026-06-24 20:00")
    await matter.mediates(ali, "absences/explain", text="三点是我们和面的时间,我点错了,对不起。")
    assert (await matter.mediation(gu))["absences"][0]["explanation"]
    assert (await matter.mediation(xu))["absences"][0]["explanation"] is None

    await story.at("2026-06-26 11:00")
    for party in (xu, ali):
        await matter.mediates(party, "answers", available=[span("2026-06-30", "09:30", "11:00")])
    moved = await fix(matter, gu, xu, ali)
    assert moved["session"]["starts_at"].startswith("2026-06-30T01:30")


async def the_second_time(story: Story, matter: Matter, xu: Person, ali: Person, gu: Person) -> None:
    """She chooses, and nothing chooses for her; her choice waits a working day.

    Two hours before half past nine it is night for mails still.
    """
    await story.at("2026-06-29 09:30")
    assert (await matter.mailed(ali))["session_near"] == 3
    await story.at("2026-06-30 07:30")
    assert ((await matter.heard(ali))["session_near"], (await matter.mailed(ali))["session_near"]) == (4, 3)
    await story.at("2026-06-30 08:00")
    assert (await matter.mailed(ali))["session_near"] == 4
    await story.at("2026-06-30 10:00")
    await matter.mediates(gu, "absences", side="respondent", waited_minutes=30)
    hers = await matter.mediation(xu)
    assert hers["default_path"]["choose_until"] == "2026-07-03"
    assert hers["clock"] == {"name": "default_path", "until": "2026-07-03"}
    assert (await matter.heard(xu))["default_path_open"] == 1
    assert (await matter.mediation(ali))["default_path"] is None
    stands(await matter.seen(xu), "deliberate", mediation="2026-07-13")

    await story.at("2026-06-30 11:05")
    chosen = await matter.mediates(xu, "default-path", choice="refer")
    assert chosen["default_path"]["takes_effect_at"].startswith("2026-07-01T01:00")
    assert "mediation_failed" not in await matter.heard(ali)


async def the_reason_is_seen(story: Story, matter: Matter, xu: Person, ali: Person, zhou: Person) -> None:
    """What excuses him is seen and not kept; her choice is not thrown away, but asked for again."""
    await story.at("2026-06-30 16:30")
    await matter.mediates(zhou, "absences/explain", side="respondent", text=DIAGNOSIS)
    await matter.mediates(zhou, "absences/excuse", side="respondent", seen_on="2026-06-30")
    asked = await matter.mediation(xu)
    assert (asked["default_path"]["choice"], asked["default_path"]["excused"]) == (None, True)
    assert "理由已核实" in asked["next"]
    assert (await matter.heard(xu))["choice_asked_again"] == 1
    await story.at("2026-07-01 09:30")
    stands(await matter.seen(xu), "deliberate")
    await matter.mediates(xu, "default-path", choice="again")


async def they_meet(story: Story, matter: Matter, xu: Person, ali: Person, gu: Person) -> None:
    await story.at("2026-07-01 10:00")
    for party in (xu, ali):
        await matter.mediates(party, "answers", available=[span("2026-07-06", "10:00", "11:30")])
    moved = await fix(matter, gu, xu, ali)
    assert moved["session"]["starts_at"].startswith("2026-07-06T02:00")
    assert moved["default_path"] is None
    await she_interprets(story, matter, xu, ali, gu)
    await story.at("2026-07-06 11:30")
    await matter.does(gu, "work", note="晚上到店里看了关门的过程", methods=["front_line", "others_shoes"])
    held = await matter.mediates(gu, "minutes", text="双方到场,谈了投放时间和桶。")
    assert held["status"] == "drafting"


async def she_interprets(story: Story, matter: Matter, xu: Person, ali: Person, gu: Person) -> None:
    """His wife is there by the yes of both, and knows of no time before."""
    guli = await story.newcomer("古丽", "guli@shanbei.example", "resident")
    await matter.mediates(gu, "invite", member_id=guli.id, role="interpreter", name="古丽", required=True)
    await matter.mediates(ali, "invite/agree", guest_id=guli.id)
    assert await matter.heard(guli) == {}
    await matter.mediates(xu, "invite/agree", guest_id=guli.id)
    await matter.mediates(guli, "invite/answer", comes=True)
    assert (await matter.mediation(guli))["session"]["starts_at"].startswith("2026-07-06T02:00")
    assert await matter.heard(guli) == {"guest_invited": 1, "guest_session": 1}


async def they_agree(
    story: Story, matter: Matter, xu: Person, ali: Person, officials: tuple[Person, Person]
) -> None:
    """In writing, as she asked; in force the same day."""
    drafted = await matter.mediates(
        officials[1],
        "agreement",
        form="written",
        facts="122号闭店后厨余垃圾投入4号楼垃圾房。",
        terms="双方同意下列事项;译文供阅读,以中文文本为准。",
        commitments=[
            promise("respondent", "与厨余垃圾收运方签约,23:15收运,出示合同", "2026-07-13"),
            promise("respondent", "店内自备120升带盖桶,不投4号楼垃圾房", "2026-07-20"),
            promise("respondent", "冲洗垃圾房门前地面一次", "2026-07-08"),
            promise("complainant", "和志愿者一起给店员讲半小时分类牌", "2026-07-10"),
        ],
    )
    await sign(drafted["agreement"], xu, ali)
    await mark(drafted["agreement"], *officials)
    await story.rests()
    stands(await matter.seen(xu), "act", commitments="2026-07-20")
    agreement = (await matter.mediation(ali))["agreement"]
    assert (agreement["effective_on"], agreement["court"]["until"]) == ("2026-07-06", "2026-08-05")


async def each_keeps_it(story: Story, matter: Matter, xu: Person, ali: Person) -> None:
    """He confirms hers as she confirms his; one is reminded in the morning alone, and mailed nothing at night."""
    await story.at("2026-07-08 10:00")
    await done(matter, 2, ali, xu, "已冲洗,见照片。")
    await story.at("2026-07-10 16:00")
    await done(matter, 3, xu, ali, "半小时,小钱也在。")
    await story.at("2026-07-11 07:59")
    assert "commitment_soon_due" not in await matter.heard(ali)
    await story.at("2026-07-11 08:00")
    assert (await matter.mailed(ali))["commitment_soon_due"] == 1
    before = await matter.mailed(xu)
    await story.at("2026-07-13 23:20")
    await on(matter, 0, ali, "proof", text="合同见照片,今晚车来过了。")
    assert (await matter.heard(xu))["commitment_to_confirm"] == 2
    assert await matter.mailed(xu) == before
    await story.at("2026-07-14 08:00")
    assert (await matter.mailed(xu))["commitment_to_confirm"] == 2
    await on(matter, 0, xu, "confirm")
    await story.at("2026-07-20 21:00")
    await on(matter, 1, ali, "proof", text="十四天照片,缺一天。")
    stands(await matter.seen(xu), "supervise")
    await story.asks_with_the_last_visit("2026-07-21")
    await story.at("2026-07-21 10:00")
    await on(matter, 1, xu, "confirm")
    assert not {"commitment_overdue", "commitment_late"} & {*await matter.heard(ali), *await matter.heard(xu)}


async def on(matter: Matter, number: int, by: Person, command: str, **form: Any) -> None:
    one = (await matter.mediation(by))["agreement"]["commitments"][number]
    await by.post("mediation", f"/v1/commitments/{one['id']}/{command}", form)


async def done(matter: Matter, number: int, owner: Person, owed_to: Person, text: str) -> None:
    """Shown by the one who promised it, confirmed by the other side and by nobody else."""
    await on(matter, number, owner, "proof", text=text)
    await refused(on(matter, number, owner, "confirm"), 403)
    await on(matter, number, owed_to, "confirm")


async def it_holds(story: Story, matter: Matter, xu: Person, ali: Person, zhou: Person) -> None:
    """Looked at twice; with the last look both are asked."""
    stands(await matter.seen(xu), "supervise", "to_be_visited", last_visit="2026-08-20")
    assert [visit["due"] for visit in (await matter.seen(zhou))["visits"]] == ["2026-07-28", "2026-08-20"]
    await story.at("2026-07-28 10:00")
    await matter.does(zhou, "return-visits", lasting=True)
    for party in (xu, ali):
        assert "survey_asked" not in await matter.heard(party)
    await story.at("2026-08-20 10:00")
    stands(await matter.does(zhou, "return-visits", lasting=True), "review", survey="2026-08-27")
    await story.at("2026-08-27 19:00")
    for party, comment in ((xu, "现在见面还打招呼"), (ali, "车天天来")):
        assert (await matter.heard(party))["survey_asked"] == 1
        said = await matter.does(party, "survey", solved=True, score=5, comment=comment)
    stands(said, "closed", "solved")


async def it_is_counted_by_what_helped(matter: Matter, xu: Person, ali: Person, zhou: Person) -> None:
    """By the methods, which no side reads; kept in time, and no figure knows of who did not come."""
    [work] = (await matter.seen(zhou, "work"))["items"]
    assert [one["code"] for one in work["methods"]] == ["front_line", "others_shoes"]
    for side in (xu, ali):
        await refused(matter.seen(side, "work"), 403)
    query = {"since": "2026-06-10", "until": "2026-06-10", "by": "subcategory"}
    groups = (await zhou.get("complaints", "/v1/figures", **query))["groups"]
    [figures] = [one["figures"] for one in groups if one["key"] == "kitchen_waste"]
    assert figures["methods"] == {"front_line": 1, "others_shoes": 1}
    rates = ("responded", "solved", "satisfied", "performed")
    assert [(figures[rate]["met"], figures[rate]["counted"]) for rate in rates] == [(1, 1)] * 4
    assert "absen" not in json.dumps(figures)


async def nobody_has_learnt_why(matter: Matter, xu: Person, ali: Person) -> None:
    """No diagnosis and no mark, in any answer, notice or mail to her."""
    shown = json.dumps(
        [await matter.seen(xu), await matter.seen(xu, "history"), await matter.mediation(xu)],
        ensure_ascii=False,
    )
    mails = [*await matter.mails(xu), *await matter.mails(ali)]
    for word in ("医院", "住院", "和面"):
        assert word not in shown + "".join(mail.text for mail in await matter.mails(xu))
    assert mails
    for word in ("处罚", "罚款", "失信"):
        assert word not in shown + "".join(mail.text for mail in mails)


async def path(matter: Matter, by: Person, command: str) -> str:
    await matter.mediation(by)
    return f"/v1/mediations/{matter.mediation_id}/{command}"
