"""05: the merchant does not come, twice; the second time is excused afterwards, and nobody was punished."""

from __future__ import annotations

import json
from typing import Any

from cli.people import Person
from tests.e2e.stories.telling import Matter, Story, refused, span, stands

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
    await they_find_a_time(matter, xu, ali, zhou, gu)

    await the_first_time(story, matter, xu, ali, gu)
    await the_second_time(story, matter, xu, ali, gu)
    await the_reason_is_seen(story, matter, xu, ali, zhou)
    await they_meet(story, matter, xu, ali, gu)
    await nobody_has_learnt_why(matter, xu, ali)


async def they_find_a_time(matter: Matter, xu: Person, ali: Person, zhou: Person, gu: Person) -> None:
    await matter.does(zhou, "route", path="mediation")
    for party in (xu, ali):
        await matter.mediates(party, "consent", available=[span("2026-06-24", "15:00", "16:30")])
    await matter.mediates(zhou, "nominate", mediator_id=gu.id)
    await matter.mediates(gu, "take")
    fixed = await fix(matter, gu, xu, ali)
    assert fixed["session"]["starts_at"].startswith("2026-06-24T07:00")


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
    """A fact, said to each in words of their own, and another time."""
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
    """She chooses, and nothing chooses for her; her choice waits a working day."""
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
    await story.at("2026-07-06 11:30")
    held = await matter.mediates(gu, "minutes", text="双方到场,谈了投放时间和桶。")
    assert held["status"] == "drafting"


async def nobody_has_learnt_why(matter: Matter, xu: Person, ali: Person) -> None:
    """No diagnosis and no mark, in any answer, notice or mail to her; and no reminder at night."""
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
