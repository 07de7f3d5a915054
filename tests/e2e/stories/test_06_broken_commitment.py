"""06: one of three promises is kept; the rest goes to the court station, without a word that was said in the talks."""

from __future__ import annotations

import json
from typing import Any

from cli.people import Person
from tests.e2e.stories.telling import Matter, Story, mark, promise, refused, sign, span, stands

SHOP = "山北路128号"
WORDS = "128号冷库压缩机24小时嗡嗡响,枕头上都能感觉到震。我老婆怀孕六个月,两个礼拜没睡过整觉。"
SUMMARY = "128号冷库压缩机夜间低频噪声影响楼上住户休息"
SEALED = "对方说最多出一万,再多不干"
HARDSHIP = "怀孕"


async def test_what_was_not_kept_goes_to_the_court_station_and_comes_back(story: Story) -> None:
    await story.at("2026-07-06 06:15")
    huang, cao, zhou, han, he = await story.people("黄志伟", "曹海明", "周敏", "韩志明", "何静")
    matter = await story.files(
        huang, SHOP, category="noise", subcategory="fixed_equipment", happening_now=True, description=WORDS
    )
    stands(matter.receipt, "hear", "filed", triage="2026-07-08")

    await story.at("2026-07-08 09:00")
    stands(await matter.does(zhou, "accept", shared_summary=SUMMARY), "hear", mediation="2026-08-10")
    await matter.is_served(cao)
    stands(await matter.seen(cao), "hear", answer="2026-07-15")
    await they_agree(story, matter, huang, cao, (zhou, han))
    await only_one_asks_the_court(story, matter, huang, cao)
    await one_of_three_is_kept(story, matter, huang, cao, han)
    await it_is_handed_over(story, matter, huang, cao, he)
    await the_station_returns_it(story, matter, huang, cao, he)


async def they_agree(
    story: Story, matter: Matter, huang: Person, cao: Person, officials: tuple[Person, Person]
) -> None:
    zhou, han = officials
    await story.at("2026-07-09 10:00")
    await matter.does(cao, "answer", kind="agree", text="弄点橡胶垫好伐,我也不想吵人家。")
    await matter.does(zhou, "route", path="mediation")
    for party in (huang, cao):
        await matter.mediates(party, "consent", available=[span("2026-07-20", "15:00", "16:30")])
    await matter.mediates(zhou, "nominate", mediator_id=han.id)
    await matter.mediates(han, "take")
    [slot] = (await matter.mediates(han, "slots"))["slots"]
    for party in (huang, cao):
        await matter.mediates(party, "answers", answers=[{"slot_id": slot["slot_id"], "answer": "yes"}])
    await matter.mediates(han, "schedule", slot_id=slot["slot_id"])

    await story.at("2026-07-20 16:30")
    await matter.mediates(han, "caucus-notes", side="respondent", text=SEALED)
    await matter.mediates(han, "minutes", text="双方到场,商量了移机和减震。")
    drafted = await matter.mediates(
        han,
        "agreement",
        form="written",
        facts="128号冷库压缩机夜间运行,影响楼上休息。",
        terms="双方同意下列事项。",
        commitments=[
            promise("respondent", "压缩机下装橡胶垫", "2026-07-27"),
            promise("respondent", "压缩机移到后墙,离卧室2米以上", "2026-08-20"),
            promise("respondent", "请有资质的机构夜间测一次", "2026-08-31"),
            promise("complainant", "配合进屋测量一晚", "2026-08-31"),
        ],
    )
    content = drafted["agreement"]
    await sign(content, huang, cao)
    await mark(content, han, zhou)
    await story.rests()
    stands(await matter.seen(huang), "act", commitments="2026-08-31")
    assert (await matter.mediation(huang))["agreement"]["court"]["until"] == "2026-08-19"


async def only_one_asks_the_court(story: Story, matter: Matter, huang: Person, cao: Person) -> None:
    """A request by one alone is no request; when its day is over it has lapsed, and nobody is to blame."""
    await story.at("2026-07-21 09:00")
    agreement = (await matter.mediation(huang))["agreement"]["id"]
    await huang.post("mediation", f"/v1/agreements/{agreement}/confirm-in-court")
    await refused(
        huang.get("mediation", f"/v1/agreements/{agreement}/court-package.json"), 409, "request_incomplete"
    )
    await story.at("2026-08-20 00:00")
    court = (await matter.mediation(cao))["agreement"]["court"]
    assert (court["complete"], court["lapsed"]) == (False, True)


async def one_of_three_is_kept(story: Story, matter: Matter, huang: Person, cao: Person, han: Person) -> None:
    mounts, moved, measured, _ = (await matter.mediation(huang))["agreement"]["commitments"]
    await cao.post("mediation", f"/v1/commitments/{mounts['id']}/proof", {"text": "垫子装了,见照片和发票。"})
    await huang.post("mediation", f"/v1/commitments/{mounts['id']}/confirm")
    await refused(preview(matter, huang), 409, "nothing_missed")
    await story.at("2026-08-21 00:00")
    by_id = {one["id"]: one for one in (await matter.mediation(huang))["agreement"]["commitments"]}
    assert (by_id[moved["id"]]["overdue"], by_id[measured["id"]]["overdue"]) == (True, False)

    await story.at("2026-08-21 10:00")
    for one in (moved, measured):
        await cao.post("mediation", f"/v1/commitments/{one['id']}/decline-performance")
    assert (await matter.heard(huang))["performance_declined"] == 2
    assert (await matter.heard(han))["declined_to_follow"] == 2
    stands(await matter.seen(huang), "supervise")


async def it_is_handed_over(story: Story, matter: Matter, huang: Person, cao: Person, he: Person) -> None:
    """Looked at first, sent by its checksum; the other side sees the same list, the station the very bytes."""
    await story.at("2026-08-26 10:00")
    await refused(matter.mediation(he), 404)
    shown = await preview(matter, huang)
    assert "不能直接申请强制执行" in shown["limits"]
    await matter.mediates(huang, "handover", sha256=shown["sha256"])
    assert (await matter.heard(cao))["handed_to_court"] == 1
    his = (await matter.mediation(cao))["handover"]
    assert (his["contents"], his["sha256"]) == (shown["contents"], shown["sha256"])
    stands(await matter.seen(huang), "supervise", "paused")
    assert (await matter.heard(he))["referral_handed"] == 1

    [sent] = (await he.get("mediation", "/v1/handovers"))["items"]
    pack = await he.get("mediation", f"/v1/handovers/{sent['id']}/pack.json")
    written = json.dumps(pack, ensure_ascii=False)
    assert pack["pdf_sha256"] == shown["sha256"]
    assert "垫子装了" in written
    for left_out in (SEALED, HARDSHIP, "商量了移机和减震"):
        assert left_out not in written
    await refused(matter.seen(he), 404)


async def the_station_returns_it(
    story: Story, matter: Matter, huang: Person, cao: Person, he: Person
) -> None:
    """What is owed stays open, the case does not close; the result comes back, and new days by a change."""
    await story.at("2026-09-09 15:00")
    await matter.does(he, "return", result="remedied", note="双方在工作站达成一致", document_no="调解笔录1号")
    case = await matter.seen(huang)
    stands(case, "supervise", "being_confirmed")
    assert [one["result"] for one in case["referrals"]] == ["remedied"]
    open_ones = [one["status"] for one in (await matter.mediation(huang))["agreement"]["commitments"]]
    assert open_ones == ["confirmed", "declined", "declined", "open"]


async def preview(matter: Matter, by: Person) -> dict[str, Any]:
    shown: dict[str, Any] = await by.get("mediation", f"/v1/mediations/{matter.mediation_id}/handover")
    return shown
