"""06: one of three promises is kept; the rest goes to the court station, comes back with new days, and is kept."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from cli.people import Person
from tests.e2e.stories.telling import Json, Matter, Story, mark, promise, refused, sign, span, stands
from tests.support import files

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

    await her_state_is_hers_to_tell(matter, huang, zhou)
    await story.at("2026-07-08 09:00")
    stands(await matter.does(zhou, "accept", shared_summary=SUMMARY), "hear", mediation="2026-08-10")
    await matter.is_served(cao)
    stands(await matter.seen(cao), "hear", answer="2026-07-15")
    await they_agree(story, matter, huang, cao, (zhou, han))
    await only_one_asks_the_court(story, matter, huang, cao)
    await one_of_three_is_kept(story, matter, huang, cao)
    await the_other_is_reminded_to_ask(story, matter, huang, cao)
    await its_day_passes(story, matter, huang, cao, han)
    await it_is_handed_over(story, matter, huang, cao, he)
    await nobody_is_pressed_meanwhile(story, matter, huang, cao, han)
    await the_station_returns_it(story, matter, huang, cao, he)
    await they_name_new_days(matter, huang, cao, (zhou, han))
    await the_rest_is_kept(story, matter, huang, cao)
    await they_say_how_it_went(story, matter, huang, cao, zhou)
    await it_counts_as_performed(zhou)
    await he_has_not_learnt_of_her(matter, cao)


async def her_state_is_hers_to_tell(matter: Matter, huang: Person, zhou: Person) -> None:
    """Marked as a word on another's health: her husband cannot say yes for her, and she tells the coordinator alone."""
    health = (await matter.seen(zhou))["health"]
    assert health == {"of_another": True, "words": [HARDSHIP], "sharing": "asked"}
    await refused(matter.does(huang, "health-sharing", shared=True), 409, "health_of_another")
    await refused(telling_of_her(matter, zhou), 422, "health_not_shared")
    await refused(matter.does(huang, "health-consent", shared=False, how="phone", told_on="2026-07-06"), 403)
    await matter.does(zhou, "health-consent", shared=False, how="phone", told_on="2026-07-06")
    await refused(telling_of_her(matter, zhou), 422, "health_not_shared")
    assert (await matter.seen(huang))["health"]["sharing"] == "kept"


async def telling_of_her(matter: Matter, zhou: Person) -> Json:
    """A summary that would tell the other side."""
    summary = f"{SUMMARY},住户{HARDSHIP}"
    return await matter.does(zhou, "accept", shared_summary=summary, words_checked=True)


async def he_has_not_learnt_of_her(matter: Matter, cao: Person) -> None:
    """Nor of what was said in confidence, in any answer, notice or mail."""
    shown: list[Any] = [await matter.seen(cao, *more) for more in ((), ("history",), ("messages",))]
    shown.append(await matter.mediation(cao))
    mails = "".join(mail.subject + mail.text + mail.html for mail in await matter.mails(cao))
    everything = json.dumps(shown, ensure_ascii=False) + mails
    assert not [word for word in (HARDSHIP, "枕头上") if word in everything]


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
    """A request by one alone is no request; the other finds on the page that a word of theirs is waited for."""
    await story.at("2026-07-21 09:00")
    agreement = (await matter.mediation(huang))["agreement"]["id"]
    await huang.post("mediation", f"/v1/agreements/{agreement}/confirm-in-court")
    await refused(
        huang.get("mediation", f"/v1/agreements/{agreement}/court-package.json"), 409, "request_incomplete"
    )
    for party, waits in ((cao, True), (huang, False)):
        [line] = (await party.get("mediation", "/v1/mediations", case_id=matter.id))["items"]
        assert ("court" in line["waits"]) == waits


async def the_other_is_reminded_to_ask(story: Story, matter: Matter, huang: Person, cao: Person) -> None:
    """Five working days before the last, and two; whoever has asked is not."""
    for day, reminded in (("2026-08-11 20:00", 0), ("2026-08-12 07:59", 0), ("2026-08-12 08:00", 1)):
        await story.at(day)
        assert (await matter.mailed(cao))["court_reminder"] == reminded
    await story.at("2026-08-16 20:00")
    assert (await matter.heard(cao))["court_reminder"] == 1
    await story.at("2026-08-17 08:00")
    assert (await matter.mailed(cao))["court_reminder"] == 2
    assert "court_reminder" not in await matter.heard(huang)


async def one_of_three_is_kept(story: Story, matter: Matter, huang: Person, cao: Person) -> None:
    """In time, and Huang sees the picture; a request to the court station is none while nothing was missed."""
    mounts, *_ = await commitments(matter, cao)
    await story.at("2026-07-26 10:00")
    pieces = f"/v1/cases/{matter.id}/evidence"
    photo = (await cao.send_file("complaints", pieces, files.jpeg(), {"kind": "photo"}))["evidence_id"]
    await on(cao, mounts, "proof", text="垫子装了,见照片和发票。", evidence_ids=[photo])
    await story.at("2026-07-27 19:00")
    assert (await commitments(matter, huang))[0]["evidence_ids"] == [photo]
    assert "JFIF" in await huang.text("complaints", f"{pieces}/{photo}/content")
    assert (await matter.heard(huang))["evidence_shared"] == 0
    await on(huang, mounts, "confirm")
    assert (await matter.heard(cao))["commitment_confirmed"] == 1
    await refused(preview(matter, huang), 409, "nothing_missed")


async def its_day_passes(story: Story, matter: Matter, huang: Person, cao: Person, han: Person) -> None:
    """Reminded of once, in the morning; missed at midnight on read, and everybody's mail waits until eight.

    The day for asking the court is over by then too, and nobody is to blame for that.
    """
    await story.at("2026-08-18 07:59")
    before = (await matter.heard(cao))["commitment_soon_due"]
    await story.at("2026-08-18 08:00")
    assert (await matter.mailed(cao))["commitment_soon_due"] == before + 1
    await story.at("2026-08-19 23:59")
    assert "lapsed" not in await court_request(matter, cao)
    await story.at("2026-08-20 23:59")
    court = await court_request(matter, cao)
    assert (court["complete"], court["lapsed"]) == (False, True)
    assert [one["overdue"] for one in await commitments(matter, huang)] == [False] * 4
    await story.at("2026-08-21 00:00")
    assert [one["overdue"] for one in await commitments(matter, huang)] == [False, True, False, False]
    told = {"commitment_overdue": cao, "commitment_late": huang, "commitment_missed": han}
    assert not [kind for kind, who in told.items() if kind in await matter.mailed(who)]
    await story.at("2026-08-21 08:00")
    for kind, who in told.items():
        assert (await matter.mailed(who))[kind] == 1

    await story.at("2026-08-21 10:00")
    _, moved, measured, _ = await commitments(matter, cao)
    for one in (moved, measured):
        await on(cao, one, "decline-performance")
    assert (await matter.heard(huang))["performance_declined"] == 2
    assert (await matter.heard(han))["declined_to_follow"] == 2
    stands(await matter.seen(huang), "supervise")
    await nobody_enforces_and_nobody_closes(matter, huang, cao, han)


async def nobody_enforces_and_nobody_closes(matter: Matter, *people: Person) -> None:
    """Without a confirmation no court executes it: no step of anybody is called so; one kept is not the whole."""
    zhou = await matter.story.person("周敏")
    for person in (*people, zhou):
        possible = (await matter.mediation(person))["possible"] + (await matter.seen(person))["possible"]
        assert not [step for step in possible if "enforce" in step or "execut" in step]
        assert not {"survey", "conclude", "court-result"} & {*possible}
    await refused(matter.does(zhou, "conclude", result="settled", note="一项已完成"), 409)


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
    await matter.does(he, "referral-receipt")
    again = huang.post("mediation", f"/v1/mediations/{matter.mediation_id}/handover", {"sha256": "0" * 64})
    await refused(again, 409)

    [sent] = (await he.get("mediation", "/v1/handovers"))["items"]
    pack = await he.get("mediation", f"/v1/handovers/{sent['id']}/pack.json")
    written = json.dumps(pack, ensure_ascii=False)
    assert pack["pdf_sha256"] == shown["sha256"]
    assert "垫子装了" in written
    for left_out in (SEALED, HARDSHIP, "商量了移机和减震"):
        assert left_out not in written
    await refused(matter.seen(he), 404)


async def nobody_is_pressed_meanwhile(
    story: Story, matter: Matter, huang: Person, cao: Person, han: Person
) -> None:
    """The last day of what was given up, and of what the other side promised for it, pass while the station has it."""
    people = (huang, cao, han)
    before = [await matter.heard(person) for person in people]
    await story.at("2026-08-29 09:00")
    await story.at("2026-09-01 09:00")
    assert [await matter.heard(person) for person in people] == before
    assert (await matter.heard(cao))["court_reminder"] == 2
    assert [one["overdue"] for one in await commitments(matter, huang)] == [False, True, True, True]


async def the_station_returns_it(
    story: Story, matter: Matter, huang: Person, cao: Person, he: Person
) -> None:
    """What is owed stays open, the case does not close; the result comes back, and new days by a change."""
    await story.at("2026-09-09 15:00")
    await matter.does(he, "return", result="remedied", note="双方在工作站达成一致", document_no="调解笔录1号")
    await story.rests()
    case = await matter.seen(huang)
    stands(case, "supervise", "being_confirmed")
    assert [one["result"] for one in case["referrals"]] == ["remedied"]
    assert [one["status"] for one in await commitments(matter, huang)] == [
        "confirmed",
        "declined",
        "declined",
        "open",
    ]


async def they_name_new_days(
    matter: Matter, huang: Person, cao: Person, officials: tuple[Person, Person]
) -> None:
    """In the place of what was missed, under the paper of the station, by both signatures and both marks."""
    zhou, han = officials
    _, *broken = await commitments(matter, han)
    offered = await matter.mediates(
        han,
        "amendment",
        terms="按调解笔录1号,移机和测量另定日期。",
        replaces=[one["id"] for one in broken],
        commitments=[
            promise("respondent", "压缩机移到后墙,离卧室2米以上", "2026-09-25"),
            promise("respondent", "请有资质的机构夜间测一次", "2026-10-16"),
            promise("complainant", "配合进屋测量一晚", "2026-10-16"),
        ],
    )
    await sign(offered["amendment"], huang, cao)
    await mark(offered["amendment"], han, zhou)
    statuses = [one["status"] for one in await commitments(matter, huang)]
    assert statuses == ["confirmed", *["replaced"] * 3, *["open"] * 3]
    assert (await matter.heard(cao))["agreement_amended"] == 1
    stands(await matter.seen(huang), "supervise", commitments="2026-10-16")


async def the_rest_is_kept(story: Story, matter: Matter, huang: Person, cao: Person) -> None:
    """A day agreed on is not moved off the holiday, nor missed where the other side confirms after it."""
    before = late_words(await matter.heard(cao), await matter.heard(huang))
    *_, moved, measured, let_in = await commitments(matter, cao)
    await story.at("2026-09-24 17:00")
    await on(cao, moved, "proof", text="压缩机已移到后墙,见照片。")
    await story.at("2026-09-26 08:00")
    assert [one["due_on"] for one in await commitments(matter, huang)][4] == "2026-09-25"
    await on(huang, moved, "confirm")
    await story.asks_with_the_last_visit("2026-10-15")
    await story.at("2026-10-15 10:00")
    await on(huang, let_in, "proof", text="14日夜里请他们进来测的。")
    await on(cao, let_in, "confirm")
    await on(cao, measured, "proof", text="32分贝,63赫兹频带也在限值内,见报告。")
    await on(huang, measured, "confirm")
    assert [one["overdue"] for one in await commitments(matter, huang)] == [False] * 7
    assert late_words(await matter.heard(cao), await matter.heard(huang)) == before


def late_words(*heard: Counter[str]) -> list[tuple[int, int]]:
    return [(one["commitment_overdue"], one["commitment_late"]) for one in heard]


async def they_say_how_it_went(
    story: Story, matter: Matter, huang: Person, cao: Person, zhou: Person
) -> None:
    """Looked at twice, the second time on a Monday for a Saturday; solved, and neither is content."""
    stands(await matter.seen(huang), "supervise", "to_be_visited", last_visit="2026-11-16")
    assert [visit["due"] for visit in (await matter.seen(zhou))["visits"]] == ["2026-10-22", "2026-11-16"]
    await story.at("2026-10-22 10:00")
    await matter.does(zhou, "return-visits", lasting=True)
    for party in (huang, cao):
        assert "survey_asked" not in await matter.heard(party)
    await story.at("2026-11-16 10:00")
    stands(await matter.does(zhou, "return-visits", lasting=True), "review", survey="2026-11-23")
    await story.at("2026-11-23 19:00")
    for party, score, comment in ((huang, 3, "太久了"), (cao, 2, "花了两万三")):
        assert (await matter.heard(party))["survey_asked"] == 1
        said = await matter.does(party, "survey", solved=True, score=score, comment=comment)
    stands(said, "closed", "solved")


async def it_counts_as_performed(zhou: Person) -> None:
    """What was broken and made good through the station is kept in the end, and counted as that; no figure names a
    shop, and none says of one shop what it broke.
    """
    query = {"since": "2026-07-06", "until": "2026-07-06", "by": "subcategory"}
    page = await zhou.get("complaints", "/v1/figures", **query)
    [figures] = [one["figures"] for one in page["groups"] if one["key"] == "fixed_equipment"]
    rates = ("solved", "performed", "satisfied")
    assert [(figures[rate]["met"], figures[rate]["counted"]) for rate in rates] == [(1, 1), (1, 1), (0, 1)]
    assert (figures["broken"], figures["restored"]) == (2, 2)
    by_place = await zhou.get("complaints", "/v1/figures", **query | {"by": "place"})
    assert {one["figures"]["broken"] for one in by_place["groups"]} == {None}
    assert not [name for name in ("128", "曹海明") if name in json.dumps(page, ensure_ascii=False)]


async def court_request(matter: Matter, by: Person) -> Json:
    found: Json = (await matter.mediation(by))["agreement"]["court"]
    return found


async def commitments(matter: Matter, by: Person) -> list[Json]:
    found: list[Json] = (await matter.mediation(by))["agreement"]["commitments"]
    return found


async def on(by: Person, commitment: Json, command: str, **form: Any) -> None:
    await by.post("mediation", f"/v1/commitments/{commitment['id']}/{command}", form)


async def preview(matter: Matter, by: Person) -> dict[str, Any]:
    shown: dict[str, Any] = await by.get("mediation", f"/v1/mediations/{matter.mediation_id}/handover")
    return shown
