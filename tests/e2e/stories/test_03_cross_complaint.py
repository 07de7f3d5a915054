"""03: the shop answers a complaint with one of its own, against somebody whom nobody saw."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from cli.people import Person
from tests.e2e.stories.telling import Json, Matter, Story, mark, promise, refused, sign, span, stands
from tests.support import files

SHOP = "山北路114号"
FLAT = "118弄3号402"
HOMES = (FLAT, "118弄3号202", "118弄3号302", "118弄3号502", "118弄3号602")
LOUD = (
    "五一五天,114号花店门口大喇叭从早上八点喊到晚上九点,吵得我高血压都要发作。跟她讲,她说马路上又不是你家的。"
)
QUIET_SUMMARY = "114号门口扩音喇叭五一期间全天叫卖,影响楼上休息"
ANSWER = "喇叭我可以关小。但是楼上天天往下倒水、扔烟头。"
ACCUSING = (
    "楼上天天往下倒水、扔鱼骨头、烟头,我三把遮阳伞都烫穿了,5月3号一盆洗脚水直接浇在客人身上!"
    "四楼那家嫌疑最大。我有监控,要求赔1200块。"
)
NEUTRAL_SUMMARY = "遮阳棚上方泼水、掉落烟头,遮阳伞被烫坏"
QUESTION = "5月3日,您在家里看到或听到窗外有人倒水、扔东西吗?"
PRIVATE = "是我爸倒的洗拖把水,不是洗脚水,他看不清楼下有人。烟头不是我们家的,他不抽烟。"
OWN_WORD = "水是我倒的,烟头不认。"
ON_THE_DAY = "06-19 09:00至13:00又在门口放喇叭"


class Conflict(NamedTuple):
    """Two matters of the same people, and those who look after them."""

    story: Story
    first: Matter
    second: Matter
    wu: Person
    he: Person
    zhou: Person
    han: Person


async def test_two_matters_travel_together_and_are_judged_apart(story: Story) -> None:
    await story.at("2026-05-06 10:12")
    wu, daughter, he, zhou, han = await story.people("吴建国", "吴晓琳", "何丽芳", "周敏", "韩志明")
    before = await counted(zhou)
    first = await wu_complains(story, wu, he, zhou)
    second = await she_answers_with_a_claim(story, first, he, wu)
    conflict = Conflict(story, first, second, wu, he, zhou, han)
    await nobody_is_accused(conflict)
    await everybody_above_is_asked(conflict, daughter)
    await he_speaks_for_himself(conflict, daughter)
    await both_in_one_session(conflict)
    await they_understand_each_other(conflict)
    await two_agreements(conflict)
    await water_and_receipt(conflict)
    await the_loudspeaker_again(conflict)
    await she_takes_it_home(conflict)
    await both_are_visited(conflict)
    await nobody_has_learnt_what_was_private(conflict, daughter)
    after = await counted(zhou)
    assert (after["cases"] - before["cases"], after["conflicts"] - before["conflicts"]) == (2, 1)


async def counted(zhou: Person) -> Json:
    """What was filed on the days of these two matters, whichever stories were told before."""
    days = {"since": "2026-05-06", "until": "2026-05-09"}
    total: Json = (await zhou.get("complaints", "/v1/figures", **days))["total"]
    return total


async def wu_complains(story: Story, wu: Person, he: Person, zhou: Person) -> Matter:
    """His blood pressure is his to tell; he keeps it to himself, and the coordinator is held to it."""
    matter = await story.files(wu, SHOP, category="noise", subcategory="promo_speaker", description=LOUD)
    stands(matter.receipt, "hear", "filed", triage="2026-05-08")
    assert (await matter.seen(zhou))["health"] == {"words": ["血压"], "sharing": "asked"}
    await matter.does(wu, "health-sharing", shared=False)

    await story.at("2026-05-08 09:00")
    told_on = matter.does(zhou, "accept", shared_summary="喇叭扰民,反映人高血压", words_checked=True)
    problem = await refused(told_on, 422, "health_not_shared")
    assert problem["errors"][0]["pointer"] == "/shared_summary"
    accepted = await matter.does(zhou, "accept", shared_summary=QUIET_SUMMARY)
    stands(accepted, "hear", mediation="2026-06-08")
    await story.at("2026-05-08 11:30")
    await matter.is_served(he)
    stands(await matter.seen(he), "hear", answer="2026-05-14")
    return matter


async def she_answers_with_a_claim(story: Story, first: Matter, he: Person, wu: Person) -> Matter:
    """A case of its own on days of its own; the first goes on by its own days, and names nobody in the second."""
    await story.at("2026-05-09 16:40")
    claim = {
        "category": "sanitation",
        "subcategory": "falling_objects",
        "description": ACCUSING,
        "details": {"somebody_hurt": False},
    }
    answered = await first.does(he, "answer", kind="counter_claim", text=ANSWER, claim=claim)
    second = Matter(story, await he.get("complaints", f"/v1/cases/{answered['counter_claim']['id']}"))
    stands(second.receipt, "hear", "filed", triage="2026-05-12")
    stands(await first.seen(wu), "deliberate", mediation="2026-06-08")
    [unknown] = [party for party in second.receipt["parties"] if party["side"] == "respondent"]
    assert (unknown["label"], unknown["member_id"]) == ("未查明（上方住户）", None)
    assert [one["reference"] for one in second.receipt["linked"]] == [first.reference]
    await refused(second.seen(wu), 404)
    assert (await first.seen(wu))["linked"] == []
    return second


async def nobody_is_accused(conflict: Conflict) -> None:
    """What points at a flat stays with the coordinator; the film is seen by nobody else before she lets it out."""
    story, second, wu, he, zhou = (
        conflict.story,
        conflict.second,
        conflict.wu,
        conflict.he,
        conflict.zhou,
    )
    await story.at("2026-05-10 11:00")
    evidence = f"/v1/cases/{second.id}/evidence"
    note = {"kind": "video", "note": "店里自己的监控,朝遮阳棚"}
    film = (await he.send_file("complaints", evidence, files.mp4(), note))["evidence_id"]
    await story.at("2026-05-11 10:00")
    accusing = second.does(zhou, "accept", shared_summary="四楼那家往下倒水、扔烟头")
    assert (await refused(accusing, 422, "accusing_words"))["words"] == ["四楼那家"]
    named = second.does(zhou, "accept", shared_summary=NEUTRAL_SUMMARY, respondent_id=wu.id)
    assert (await refused(named, 422, "fact_missing"))["errors"][0]["pointer"] == "/respondent_fact"
    accepted = await second.does(zhou, "accept", shared_summary=NEUTRAL_SUMMARY)
    stands(accepted, "hear", "accepted", mediation="2026-06-11")
    masked = f"{evidence}/{film}/release"
    await zhou.send_file("complaints", masked, files.mp4(), {"kind": "video"})
    assert (await second.seen(zhou))["description"] == ACCUSING
    await refused(second.seen(wu), 404)
    assert await second.heard(wu) == {}


async def everybody_above_is_asked(conflict: Conflict, daughter: Person) -> None:
    """In the same words, five homes at once; what she answers stays with the coordinator and the mediator."""
    story, second, wu, zhou = conflict.story, conflict.second, conflict.wu, conflict.zhou
    await story.at("2026-05-12 09:00")
    homes = [await story.place(home) for home in HOMES]
    alone = second.does(zhou, "inquiries", question=QUESTION, place_ids=homes[:1])
    await refused(alone, 422, "too_few_homes")
    await second.does(zhou, "inquiries", question=QUESTION, place_ids=homes)
    await story.rests()
    [hers] = await asked(daughter)
    assert hers["question"] == QUESTION
    answer = {"text": PRIVATE, "shared_with": "mediator"}
    await daughter.post("complaints", f"/v1/inquiries/{hers['id']}/answer", answer)
    [his] = await asked(wu)
    assert his["text"] is None
    assert (await second.heard(zhou))["inquiry_answered"] == 1
    [inquiry] = (await second.seen(zhou, "inquiries"))["items"]
    [said] = [one for one in inquiry["answers"] if one["text"]]
    assert (said["text"], said["member_id"]) == (PRIVATE, daughter.id)
    await refused(second.seen(wu), 404)
    stands(await second.seen(conflict.he), "hear", "accepted")


async def asked(person: Person) -> list[Json]:
    items: list[Json] = (await person.get("complaints", "/v1/inquiries"))["items"]
    return items


async def he_speaks_for_himself(conflict: Conflict, daughter: Person) -> None:
    """By his own word he is a party, and by nobody else's; his days run from the notice."""
    story, second, wu, he = conflict.story, conflict.second, conflict.wu, conflict.he
    await story.at("2026-05-13 10:00")
    [his] = await asked(wu)
    own = {"text": OWN_WORD, "own_statement": True}
    await wu.post("complaints", f"/v1/inquiries/{his['id']}/answer", own)
    await second.is_served(wu, "party_added")
    stands(await second.seen(wu), "hear", "served", answer="2026-05-20")
    await second.does(wu, "answer", kind="propose", text=OWN_WORD)
    seen = await second.seen(he)
    stands(seen, "deliberate", mediation="2026-06-11")
    [party] = [one for one in seen["parties"] if one["side"] == "respondent"]
    assert (party["basis"], party["fact"]) == ("own_statement", None)
    await refused(second.seen(daughter), 404)


async def both_in_one_session(conflict: Conflict) -> None:
    """Said for each matter by itself: his no in one is no in the other, and may become a yes."""
    story, first, second, wu, he, zhou, han = conflict
    await story.at("2026-05-15 10:00")
    await comes_in_the_evening(han)
    for matter in (first, second):
        await matter.does(zhou, "route", path="mediation")
        await story.rests()
    for matter in (first, second):
        for party in (wu, he):
            said = {"available": [span("2026-05-19", "18:30", "20:00")]}
            yes = not (party is wu and matter is second)
            await matter.mediates(party, "consent", **said, joint_session=yes)
        await matter.mediates(zhou, "nominate", mediator_id=han.id)
        await matter.mediates(han, "take")
    [slot] = (await first.mediates(han, "slots"))["slots"]
    for party in (wu, he):
        await first.mediates(party, "answers", answers=[{"slot_id": slot["slot_id"], "answer": "yes"}])
    await first.mediates(han, "schedule", slot_id=slot["slot_id"])
    together = {"with_mediation_id": first.mediation_id}
    await refused(second.mediates(han, "schedule-together", **together), 409, "joint_not_agreed")
    assert (await first.mediation(wu))["joint"]["complete"]
    await second.mediates(wu, "joint-session", agreed=True)
    shared = await second.mediates(han, "schedule-together", **together)
    own = (await first.mediation(han))["session"]
    assert (shared["session"]["starts_at"], shared["session"]["room"]) == (own["starts_at"], own["room"])
    for party in (wu, he):
        assert (await second.heard(party))["session_scheduled"] == 1


async def comes_in_the_evening(han: Person) -> None:
    """The committee's rooms close at eight; he keeps that Tuesday evening free."""
    week = [{"weekday": day, "from": "09:00", "to": "18:00"} for day in range(5)]
    evening = {"day": "2026-05-19", "available": True, "from": "18:00", "to": "20:00"}
    await han.put("mediation", "/v1/mediators/me/availability", {"weekly": week, "exceptions": [evening]})


async def they_understand_each_other(conflict: Conflict) -> None:
    """Each had the word, each said what the other needs; who burnt the parasols was not established."""
    story, first, second, wu, he, _, han = conflict
    await story.at("2026-05-19 20:10")
    for matter in (first, second):
        await matter.mediates(han, "minutes", text="双方到场,两件事一起谈。")
    shared = [one["text"] for one in (await second.seen(han, "inquiries"))["items"][0]["answers"]]
    assert shared == [PRIVATE]
    await first.mediates(han, "exchange", complainant=14, respondent=15)
    await first.mediates(han, "restatements", side="respondent", text="老人要午睡")
    await first.mediates(wu, "restatements/answer", right=True)
    await first.mediates(han, "restatements", side="complainant", text="客人被浇到要跑掉的")
    await first.mediates(he, "restatements/answer", right=True)
    seen = await second.mediates(han, "findings", point="遮阳伞上的烟洞是谁烫的", established=False)
    assert seen["dialogue"]["findings"] == [{"point": "遮阳伞上的烟洞是谁烫的", "established": False}]
    assert (seen["outcome"], seen["refused_by"]) == (None, None)
    both = (await first.mediation(wu))["dialogue"]
    assert [one["right"] for one in both["restated"]] == [True, True]


async def two_agreements(conflict: Conflict) -> None:
    """Two documents, each in force the same day, and neither speaks of the other."""
    story, first, second = conflict.story, conflict.first, conflict.second
    await agree(
        conflict,
        first,
        promise("respondent", "不用喇叭;节日每天10:00至12:00,音量3", "2026-05-20"),
        promise("respondent", "节日促销前三天在楼组群里告知", "2026-06-16"),
    )
    stands(await second.seen(conflict.he), "deliberate")
    await agree(
        conflict,
        second,
        promise("respondent", "不从窗口倒水,拖把水倒入下水", "2026-05-20"),
        promise("respondent", "付300元分担一把遮阳伞,当面给何丽芳,出示收条", "2026-05-29"),
        promise("complainant", "删掉“四楼素质差”的签名", "2026-05-20"),
    )
    stands(await first.seen(conflict.wu), "act", commitments="2026-06-16")
    stands(await second.seen(conflict.wu), "act", commitments="2026-05-29")
    for matter, other in ((first, second), (second, first)):
        agreement = (await matter.mediation(conflict.wu))["agreement"]
        assert agreement["effective_on"] == "2026-05-19"
        assert other.reference not in json.dumps(agreement)
    await story.rests()


async def agree(conflict: Conflict, matter: Matter, *commitments: Json) -> None:
    _, _, _, wu, he, zhou, han = conflict
    words = {"form": "written", "facts": "双方各自说明。", "terms": "双方同意下列事项。"}
    drafted = await matter.mediates(han, "agreement", **words, commitments=[*commitments])
    content = drafted["agreement"]
    await sign(content, wu, he)
    await mark(content, han, zhou)
    await conflict.story.rests()


async def on(by: Person, commitment: Json, command: str, **form: Any) -> None:
    await by.post("mediation", f"/v1/commitments/{commitment['id']}/{command}", form)


async def commitments(matter: Matter, by: Person) -> list[Json]:
    found: list[Json] = (await matter.mediation(by))["agreement"]["commitments"]
    return found


async def water_and_receipt(conflict: Conflict) -> None:
    """The money goes from hand to hand: the receipt is proof like a photo, and no sum is kept anywhere."""
    story, first, second, wu, he = (
        conflict.story,
        conflict.first,
        conflict.second,
        conflict.wu,
        conflict.he,
    )
    no_speaker, tells = await commitments(first, he)
    no_water, pays, signature = await commitments(second, wu)
    await story.at("2026-05-20 18:00")
    await on(he, no_speaker, "proof", text="喇叭收起来了,节日音量3。")
    await on(he, signature, "proof", text="签名已删,见截图。")
    await on(wu, no_water, "proof", text="水倒在卫生间。")
    await story.at("2026-05-29 17:00")
    await on(wu, pays, "proof", text="收条一张,何丽芳亲笔。")
    await refused(on(wu, pays, "confirm"), 403)
    await story.asks_with_the_last_visit("2026-06-01")
    await story.at("2026-06-01 10:00")
    for one in (no_water, pays):
        await on(he, one, "confirm")
    await on(wu, signature, "confirm")
    await story.rests()
    stands(await second.seen(wu), "supervise", "to_be_visited", last_visit="2026-07-01")
    assert not {"amount", "payment", "currency"} & {*(await commitments(second, wu))[1]}
    await story.at("2026-06-08 10:00")
    stands(await second.does(conflict.zhou, "return-visits", lasting=True), "supervise", "to_be_visited")
    await story.at("2026-06-16 09:00")
    await on(he, tells, "proof", text="楼组群里已告知端午促销。")
    await on(wu, tells, "confirm")
    await story.rests()


async def the_loudspeaker_again(conflict: Conflict) -> None:
    """Disputed in one matter; the other goes on to its last visit by itself."""
    story, first, second, wu, he, _, han = conflict
    await story.at("2026-06-19 14:00")
    no_speaker, _ = await commitments(first, wu)
    await on(wu, no_speaker, "dispute", reason=ON_THE_DAY)
    disputed, _ = await commitments(first, he)
    assert (disputed["status"], disputed["dispute"]) == ("disputed", ON_THE_DAY)
    assert (await first.heard(he))["commitment_disputed"] == 1
    assert (await first.heard(han))["dispute_to_settle"] == 1
    stands(await first.seen(wu), "supervise")
    stands(await second.seen(wu), "supervise", "to_be_visited", last_visit="2026-07-01")
    assert "commitment_disputed" not in await second.heard(he)
    assert "case_reopened" not in await second.steps(conflict.zhou)


async def she_takes_it_home(conflict: Conflict) -> None:
    """A step in the place of the one that did not hold, by everybody's signature and both marks."""
    story, first, _, wu, he, zhou, han = conflict
    await story.at("2026-06-22 15:00")
    no_speaker, _ = await commitments(first, wu)
    offered = await first.mediates(
        han,
        "amendment",
        terms="何丽芳道歉;节日喇叭带回家。",
        replaces=[no_speaker["id"]],
        commitments=[promise("respondent", "节日把喇叭带回家", "2026-06-24")],
    )
    amendment = offered["amendment"]
    await sign(amendment, wu, he)
    await mark(amendment, han, zhou)
    replaced, _, home = await commitments(first, wu)
    assert (replaced["status"], home["status"]) == ("replaced", "open")
    await story.at("2026-06-24 20:00")
    await on(he, home, "proof", text="喇叭在家里,见照片。")
    await story.asks_with_the_last_visit("2026-06-25")
    await story.at("2026-06-25 09:00")
    await on(wu, home, "confirm")
    await story.rests()
    stands(await first.seen(wu), "supervise", "to_be_visited", last_visit="2026-07-27")


async def both_are_visited(conflict: Conflict) -> None:
    """Each matter by its own days; both hold, and what one side says of one it does not say of the other."""
    story, first, second, _, _, zhou, _ = conflict
    planned = {
        matter.reference: [one["due"] for one in (await matter.seen(zhou))["visits"]]
        for matter in (first, second)
    }
    assert planned == {
        second.reference: ["2026-06-08", "2026-07-01"],
        first.reference: ["2026-07-02", "2026-07-27"],
    }
    await story.at("2026-07-01 10:00")
    stands(await second.does(zhou, "return-visits", lasting=True), "review", survey="2026-07-08")
    await story.at("2026-07-02 10:00")
    stands(await first.does(zhou, "return-visits", lasting=True), "supervise", "to_be_visited")
    await they_say_how_it_went(conflict, second, "2026-07-08 19:00")
    stands(await first.seen(zhou), "supervise", "to_be_visited")
    await story.at("2026-07-27 10:00")
    stands(await first.does(zhou, "return-visits", lasting=True), "review", survey="2026-08-03")
    await they_say_how_it_went(conflict, first, "2026-08-03 19:00")


async def they_say_how_it_went(conflict: Conflict, matter: Matter, moment: str) -> None:
    for party in (conflict.wu, conflict.he):
        asked_of = {one.reference: (await one.heard(party))["survey_asked"] for one in conflict[1:3]}
        assert asked_of[matter.reference] == 1
    await conflict.story.at(moment)
    for party, score in ((conflict.wu, 5), (conflict.he, 4)):
        said = await matter.does(party, "survey", solved=True, score=score)
    stands(said, "closed", "solved")


async def nobody_has_learnt_what_was_private(conflict: Conflict, daughter: Person) -> None:
    """Neither side read her answer, and neither read of a flat, an illness or a suspicion."""
    _, first, second, wu, he, _, _ = conflict
    for reader, secrets in (
        (wu, (PRIVATE, "四楼那家", "嫌疑")),
        (he, (PRIVATE, daughter.id, "3号402", "402室", "血压")),
    ):
        shown: list[Any] = [await asked(reader)]
        for matter in (first, second):
            shown += [await matter.seen(reader, *more) for more in ((), ("history",), ("messages",))]
            shown.append(await matter.mediation(reader))
        own = ACCUSING if reader is he else LOUD
        everything = json.dumps(shown, ensure_ascii=False).replace(json.dumps(own, ensure_ascii=False), "")
        mails = [mail for matter in (first, second) for mail in await matter.mails(reader)]
        everything += "".join(mail.subject + mail.text + mail.html for mail in mails)
        for secret in secrets:
            assert secret not in everything, secret
