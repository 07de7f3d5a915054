"""04: a mediator who lives too near is never offered; another turns out to be family in the middle of the session."""

from __future__ import annotations

import json
from typing import Any

from cli.people import Person
from tests.e2e.stories.telling import Matter, Story, mark, promise, refused, sign, span, stands, when

SHOP = "山北路118号"
WORDS = (
    "118号烧烤的烟囱只接到二楼,油烟全部灌进我妈厨房,窗玻璃上能刮下油来。"
    "她八十四了,一到晚上就咳。清明放假人更多,你们能不能先让他停两天?"
)
SUMMARY = "118号油烟影响3号楼住户"
NEUTRAL = "该调解员与本案存在利害关系，依规回避。"
SAID_IN_VAIN = "刘洋说可以白天不烧炭,顾美兰叫调解员阿哥"
WHY = "调解员是房东的哥哥"
FACTS = "烟道出口在二楼,净化器上次清洗是2025年11月。"
TERMS = "净化器每月保养;烟道上屋顶要先申请立面许可,装好以前17:00前、22:30后不用炭。"
REFUSED = "外立面受保护,许可没有批"
EACH_MONTH = [f"2026-0{month}-08" for month in (5, 6, 7, 8)]
PROMISES = [
    promise("respondent", "净化器保养,传发票", EACH_MONTH[-1]) | {"steps": EACH_MONTH},
    promise("respondent", "申请烟道上屋顶的许可,交回执", "2026-05-29"),
    promise("respondent", "烟道装好以前17:00前、22:30后不用炭", "2026-04-30"),
    promise("respondent", "获准后装烟道(房东六成,店家四成)", "2026-07-31"),
    promise("complainant", "让安装师傅用两天窗台", "2026-07-24"),
]


async def test_nobody_too_near_leads_it_and_a_void_session_counts_for_nothing(story: Story) -> None:
    await story.at("2026-04-02 20:30")
    chen, liu, zhou = await story.people("陈立新", "刘洋", "周敏")
    gu, shen, han = await story.people("顾国强", "沈怡", "韩志明")
    owner = await story.newcomer("顾美兰", "gu.meilan@shanbei.example", "merchant")
    consent = {"how": "told_in_person", "at": when("2026-04-02 19:00").isoformat()}
    kind = {"category": "sanitation", "subcategory": "cooking_fumes", "description": WORDS}
    for_her = {"on_behalf_of": await his_mother(zhou), "relation": "kin"}
    await refused(story.files(chen, SHOP, **kind, **for_her), 422, "field_missing")
    matter = await story.files(chen, SHOP, **kind, **for_her, consent=consent)
    stands(matter.receipt, "hear", "filed", triage="2026-04-07")
    assert "平台无权责令停业" in matter.receipt["next"]

    await story.at("2026-04-03 10:00")
    stands(await matter.does(zhou, "accept", shared_summary=SUMMARY), "hear", mediation="2026-05-06")
    await matter.is_served(liu)
    stands(await matter.seen(liu), "hear", answer="2026-04-13")
    await the_landlord_is_heard_too(story, matter, liu, zhou, owner)

    parties = (chen, liu, owner)
    await who_lives_above_is_not_offered(story, matter, zhou, shen, *parties)
    await each_accepts_for_themselves(story, matter, zhou, gu, *parties)
    await the_session_is_stopped(story, matter, gu, *parties)
    await who_led_it_finds_nothing(matter, gu, zhou, *parties)
    await another_begins_anew(story, matter, zhou, han, *parties)
    await they_agree(story, matter, zhou, han, *parties)
    await one_of_three_asks_the_court(matter, *parties)
    await the_first_are_kept(story, matter, *parties)
    await a_promise_that_cannot_be_kept_gives_way(story, matter, zhou, han, *parties)
    await the_last_one_is_a_day_late(story, matter, *parties)
    await they_say_how_it_went(story, matter, zhou, *parties)
    await nobody_has_learnt_where_she_lives(matter, *parties)
    await who_led_it_finds_nothing(matter, gu, zhou, *parties)
    assert await matter.heard(shen) == {}
    assert set(await matter.heard(gu)) == {"mediation_offered", "session_scheduled", "mediator_dismissed"}
    await refused(matter.seen(gu), 404)


async def his_mother(zhou: Person) -> str:
    """She lives with him, and has no account."""
    [found] = (await zhou.get("alliance", "/v1/members", q="王阿妹"))["items"]
    return str(found["id"])


async def the_landlord_is_heard_too(
    story: Story, matter: Matter, liu: Person, zhou: Person, owner: Person
) -> None:
    """Named by the answer, added by the coordinator; her days are her own, and the month does not begin again.

    Her mail is taken as read the day after it came, and her days run from there.
    """
    await story.at("2026-04-07 10:00")
    words = "净化器我装了的,三万块。烟道是房东的,我一个租客怎么改?你们找房东去。"
    await matter.does(liu, "answer", kind="add_party", text=words)
    await matter.does(zhou, "add-party", member_id=owner.id, side="respondent", capacity="owner")
    assert (await matter.heard(owner))["party_added"] == 1
    stands(await matter.seen(owner), "deliberate", party_answer="2026-04-15", mediation="2026-05-06")
    await story.at("2026-04-08 09:00")
    await matter.does(owner, "answer", kind="propose", text="烟道的事我来申请。")
    stands(await matter.does(zhou, "route", path="mediation"), "deliberate", mediation="2026-05-06")


async def eligible(matter: Matter, by: Person) -> dict[str, list[str] | None]:
    """Who is listed to that person, and what is said against them."""
    found = await by.get("mediation", "/v1/mediators", mediation_id=matter.mediation_id)
    return {one["id"]: one["conflicts"] for one in found["items"]}


async def who_lives_above_is_not_offered(
    story: Story, matter: Matter, zhou: Person, shen: Person, *parties: Person
) -> None:
    """The same sentence to everybody, nothing of her home, and nothing of the case to her."""
    for party in parties:
        await matter.mediates(party, "consent", available=[span("2026-04-16", "14:00", "15:30")])
    for party in parties:
        listed = await eligible(matter, party)
        assert shen.id not in listed
        assert set(listed.values()) == {None}
        asked = party.post("mediation", f"/v1/mediations/{matter.mediation_id}/nominate", at(shen))
        no = await refused(asked, 422, "conflict_of_interest")
        assert NEUTRAL in json.dumps(no, ensure_ascii=False)
        assert "502" not in json.dumps(no)
    assert (await eligible(matter, zhou))[shen.id] == ["lives_there"]
    await refused(shen.get("mediation", f"/v1/mediations/{matter.mediation_id}"), 404)
    await refused(matter.seen(shen), 404)
    await finds_nothing(matter, shen)


async def finds_nothing(matter: Matter, mediator: Person) -> None:
    """Neither in a list, nor in the calendar that follows their sessions."""
    listed = await mediator.get("complaints", "/v1/cases", limit=100)
    assert matter.reference not in json.dumps(listed)
    assert (await mediator.get("mediation", "/v1/mediations", case_id=matter.id))["items"] == []
    link = (await mediator.post("mediation", "/v1/mediators/me/calendar-link", {}))["url"]
    feed = await mediator.text("mediation", link.partition("/api/mediation")[2])
    assert feed.startswith("BEGIN:VCALENDAR")
    assert matter.reference not in feed
    days = await mediator.get("mediation", "/v1/days", since="2026-04-02", until="2026-09-30")
    assert matter.reference not in json.dumps(days)


def at(mediator: Person) -> dict[str, Any]:
    return {"mediator_id": mediator.id}


async def each_accepts_for_themselves(
    story: Story, matter: Matter, zhou: Person, gu: Person, *parties: Person
) -> None:
    """Three answers, and nobody's counts for another."""
    await story.at("2026-04-09 10:00")
    await matter.mediates(zhou, "nominate", **at(gu))
    for heard, party in enumerate(parties, start=1):
        assert (await matter.heard(party))["mediator_suggested"] == 1
        seen = await matter.mediates(party, "accept-mediator")
        assert len(seen["accepted_by"]) == heard
    await matter.mediates(gu, "take", relation="none")
    stands(await matter.seen(zhou), "deliberate", mediation="2026-05-06")
    [slot] = (await matter.mediates(gu, "slots"))["slots"]
    fixed = await meet(matter, gu, slot, *parties)
    assert fixed["session"]["starts_at"].startswith("2026-04-16T06:00")


async def meet(matter: Matter, mediator: Person, slot: dict[str, Any], *parties: Person) -> dict[str, Any]:
    for party in parties:
        answer = {"slot_id": slot["slot_id"], "answer": "yes"}
        await matter.mediates(party, "answers", answers=[answer])
    return await matter.mediates(mediator, "schedule", slot_id=slot["slot_id"])


async def the_session_is_stopped(story: Story, matter: Matter, gu: Person, *parties: Person) -> None:
    """By one party's own control, and void: what was noted is nobody's to read among them."""
    _, liu, _ = parties
    await story.at("2026-04-16 14:10")
    await matter.mediates(gu, "minutes", text=SAID_IN_VAIN)
    await story.at("2026-04-16 14:12")
    stopped = await matter.mediates(liu, "stop", note=WHY)
    assert stopped["status"] == "choosing_mediator"
    for party in parties:
        seen = await matter.mediation(party)
        [void] = seen["void_sessions"]
        assert (void["status"], void["stopped_at"][:16], void["minutes"]) == ("void", "2026-04-16T06:12", [])
        all_of_it = [seen, await matter.seen(party), await matter.seen(party, "history")]
        shown = json.dumps(all_of_it, ensure_ascii=False)
        assert (await matter.heard(party))["mediator_removed"] == 1
        mails = "".join(mail.text for mail in await matter.mails(party))
        for words in (SAID_IN_VAIN, WHY):
            assert words not in shown + mails


async def who_led_it_finds_nothing(matter: Matter, gu: Person, zhou: Person, *parties: Person) -> None:
    """Every door he had is shut; the committee has the entry and the sealed minutes, and his declaration stays."""
    for path in ("", "/calendar.ics", "/caucus-notes"):
        await refused(gu.get("mediation", f"/v1/mediations/{matter.mediation_id}{path}"), 404)
    await refused(matter.seen(gu), 404)
    await finds_nothing(matter, gu)
    listed = (await gu.get("complaints", "/v1/cases", limit=100))["items"]
    assert matter.id not in {one["id"] for one in listed}
    assert (await matter.heard(gu))["mediator_dismissed"] == 1
    assert (await matter.heard(zhou))["mediator_to_look_into"] == 1
    theirs = await matter.mediation(zhou)
    assert theirs["void_sessions"][0]["minutes"] == [SAID_IN_VAIN]
    was = theirs["mediators_asked"][0]
    assert (was["mediator_id"], was["declared"], was["left"]) == (gu.id, "none", "removed")
    kept = {one["id"]: one["entries"] for one in (await zhou.get("mediation", "/v1/mediators"))["items"]}
    assert [entry["note"] for entry in kept[gu.id] if entry["reference"] == matter.reference] == [WHY]
    for party in parties:
        listed = (await party.get("mediation", "/v1/mediators"))["items"]
        assert {one["entries"] for one in listed} == {None}


async def another_begins_anew(
    story: Story, matter: Matter, zhou: Person, han: Person, *parties: Person
) -> None:
    """The next in turn is asked; the month stands until all three agree to a longer one."""
    chen, liu, owner = parties
    seen = await matter.mediation(zhou)
    assert seen["proposed_id"] == han.id
    await refused(
        zhou.post("mediation", f"/v1/mediations/{matter.mediation_id}/nominate", at_removed(seen)), 409
    )
    await story.at("2026-04-20 10:00")
    for party in parties:
        await matter.mediates(party, "accept-mediator")
    await matter.mediates(han, "take", relation="none")
    stands(await matter.seen(chen), "deliberate", mediation="2026-05-06")
    await matter.does(zhou, "extension", until="2026-05-20", reason="更换调解员")
    for party in (chen, liu):
        await matter.does(party, "extension/consent")
        stands(await matter.seen(party), "deliberate", mediation="2026-05-06")
    await story.at("2026-04-21 09:00")
    await matter.does(owner, "extension/consent")
    stands(await matter.seen(owner), "deliberate", mediation="2026-05-20")
    assert "extension_reminder" not in await matter.heard(owner)


def at_removed(seen: dict[str, Any]) -> dict[str, Any]:
    return {"mediator_id": seen["mediators_asked"][0]["mediator_id"]}


async def they_agree(story: Story, matter: Matter, zhou: Person, han: Person, *parties: Person) -> None:
    """After a look on the spot, in a session of its own; nothing of the void one stands in what binds them."""
    await story.at("2026-04-27 15:00")
    found = "烟道出口在二楼;净化器清洗记录到2025年11月"
    await matter.does(han, "site-visits", present="韩志明、刘洋", found=found, done="拍照")
    await they_stay_open_late(zhou, han)
    for party in parties:
        await matter.mediates(party, "answers", available=[span("2026-04-29", "19:00", "20:30")])
    [slot] = (await matter.mediates(han, "slots"))["slots"]
    fixed = await meet(matter, han, slot, *parties)
    assert fixed["session"]["starts_at"].startswith("2026-04-29T11:00")

    await story.at("2026-04-29 20:30")
    helped = (await matter.seen(han))["helped"]
    assert (helped["relation"], helped["acts"]) == ("kin", True)
    held = await matter.mediates(han, "minutes", text="比较了三种办法;电话里单独问过王阿妹:我同意的。")
    assert SAID_IN_VAIN not in json.dumps(held, ensure_ascii=False)
    drafted = await matter.mediates(
        han, "agreement", form="written", facts=FACTS, terms=TERMS, commitments=PROMISES
    )
    agreement = drafted["agreement"]
    await sign(agreement, *parties)
    await mark(agreement, han)
    await story.at("2026-04-30 10:00")
    await mark(agreement, zhou)
    agreed = (await matter.mediation(zhou))["agreement"]
    assert SAID_IN_VAIN not in json.dumps(agreed, ensure_ascii=False)
    assert agreed["effective_on"] == "2026-04-30"
    assert agreed["court"]["until"] == "2026-06-01"
    assert [one["due_on"] for one in agreed["commitments"][:4]] == EACH_MONTH
    await story.rests()
    stands(await matter.seen(parties[0]), "act", commitments="2026-08-08")


async def one_of_three_asks_the_court(matter: Matter, *parties: Person) -> None:
    """It takes all of them, and each for themselves."""
    agreement = (await matter.mediation(parties[0]))["agreement"]["id"]
    await parties[0].post("mediation", f"/v1/agreements/{agreement}/confirm-in-court")
    assert not (await matter.mediation(parties[0]))["agreement"]["court"]["complete"]


async def they_stay_open_late(zhou: Person, han: Person) -> None:
    """A room and a mediator for that evening."""
    evening = {"from": "18:00", "to": "21:00"}
    room = {"name": "居委会活动室", "weekly": [{"weekday": 2, **evening}]}
    await zhou.put("mediation", "/v1/rooms/Z4", room)
    diary = {
        "weekly": [{"weekday": day, "from": "09:00", "to": "18:00"} for day in range(5)],
        "exceptions": [{"day": "2026-04-29", "available": True, **evening}],
    }
    await han.put("mediation", "/v1/mediators/me/availability", diary)


async def commitments(matter: Matter, by: Person) -> list[dict[str, Any]]:
    """All there is to do, first what was agreed first, then what took its place."""
    found: list[dict[str, Any]] = (await matter.mediation(by))["agreement"]["commitments"]
    return found


async def on(matter: Matter, number: int, by: Person, command: str, **form: Any) -> None:
    which = (await commitments(matter, by))[number]["id"]
    await by.post("mediation", f"/v1/commitments/{which}/{command}", form)


async def done(matter: Matter, number: int, owner: Person, other: Person) -> None:
    """Shown by the one side, confirmed by the other."""
    await on(matter, number, owner, "proof", text="见发票")
    await on(matter, number, other, "confirm")


async def the_first_are_kept(story: Story, matter: Matter, *parties: Person) -> None:
    """Whoever has not joined the request to the court is reminded of it, and the owner no more once she has."""
    chen, liu, owner = parties
    await story.at("2026-04-30 23:00")
    await on(matter, 5, liu, "proof", text="见营业记录")
    await story.at("2026-05-08 10:00")
    await on(matter, 5, chen, "confirm")
    await done(matter, 0, liu, chen)
    await story.at("2026-05-25 09:00")
    assert [(await matter.heard(one))["court_reminder"] for one in parties] == [0, 1, 1]
    agreement = (await matter.mediation(owner))["agreement"]["id"]
    await owner.post("mediation", f"/v1/agreements/{agreement}/confirm-in-court")
    await story.at("2026-05-28 10:00")
    assert [(await matter.heard(one))["court_reminder"] for one in parties] == [0, 2, 1]
    await done(matter, 4, owner, chen)
    await story.at("2026-06-08 10:00")
    await done(matter, 1, liu, chen)
    court = (await matter.mediation(liu))["agreement"]["court"]
    assert (court["complete"], court["lapsed"]) == (False, True)


async def a_promise_that_cannot_be_kept_gives_way(
    story: Story, matter: Matter, zhou: Person, han: Person, *parties: Person
) -> None:
    """The permission is refused: the flue is impossible, and all sign another way; the old words stay readable."""
    chen, liu, owner = parties
    await story.at("2026-06-25 15:00")
    *_, flue, ledge = await commitments(matter, han)
    await han.post("mediation", f"/v1/commitments/{flue['id']}/impossible", {"reason": REFUSED})
    await story.at("2026-07-02 19:00")
    body = {
        "terms": "改装内置活性炭过滤",
        "replaces": [flue["id"]],
        "commitments": [promise("respondent", "装内置活性炭过滤", "2026-07-31")],
    }
    offer = (await matter.mediates(han, "amendment", **body))["amendment"]
    await sign(offer, *parties)
    await mark(offer, han, zhou)
    for owed in (liu, owner):
        await owed.post("mediation", f"/v1/commitments/{ledge['id']}/waive")
    seen = await matter.mediation(chen)
    assert [one["status"] for one in seen["agreement"]["commitments"][6:]] == ["replaced", "waived", "open"]
    assert seen["agreement"]["commitments"][6]["what"] == flue["what"]
    assert seen["agreement"]["terms"] == TERMS
    paper = await chen.text("mediation", f"/v1/agreements/{seen['agreement']['id']}/document.pdf")
    assert paper.startswith("%PDF")
    assert [one["terms"] for one in seen["amendments"]] == ["改装内置活性炭过滤"]


async def the_last_one_is_a_day_late(
    story: Story, matter: Matter, chen: Person, *respondents: Person
) -> None:
    """A day agreed on is not moved off a weekend; late is late, and a promise kept is still kept."""
    liu, owner = respondents
    await story.at("2026-07-08 10:00")
    await done(matter, 2, liu, chen)
    await story.at("2026-07-30 10:00")
    await done(matter, 8, owner, chen)
    assert "commitment_overdue" not in await matter.heard(liu)
    await story.at("2026-08-06 07:59")
    before = (await matter.heard(liu))["commitment_soon_due"]
    await story.at("2026-08-06 08:00")
    assert (await matter.mailed(liu))["commitment_soon_due"] == before + 1
    await story.at("2026-08-08 23:59")
    assert not (await commitments(matter, chen))[3]["overdue"]
    await story.at("2026-08-09 10:00")
    last = (await commitments(matter, chen))[3]
    assert (last["due_on"], last["status"], last["overdue"]) == ("2026-08-08", "open", True)
    assert (await matter.heard(liu))["commitment_overdue"] == 1
    await on(matter, 3, liu, "proof", text="周日补做,见发票")
    assert (await commitments(matter, chen))[3]["late_days"] == 1
    await story.asks_with_the_last_visit("2026-08-12")
    await story.at("2026-08-12 09:00")
    await on(matter, 3, chen, "confirm")
    await story.rests()
    last = (await commitments(matter, chen))[3]
    assert (last["status"], last["late_days"]) == ("confirmed", 1)


async def they_say_how_it_went(story: Story, matter: Matter, zhou: Person, *parties: Person) -> None:
    """With the last visit; the owner says nothing, and the end of its day ends it without her."""
    chen, liu, _ = parties
    stands(await matter.seen(chen), "supervise", "to_be_visited", last_visit="2026-09-11")
    assert [visit["due"] for visit in (await matter.seen(zhou))["visits"]] == ["2026-08-19", "2026-09-11"]
    await story.at("2026-08-19 10:00")
    await matter.does(zhou, "return-visits", lasting=True)
    assert [(await matter.heard(one))["survey_asked"] for one in parties] == [0, 0, 0]
    await story.at("2026-09-11 10:00")
    stands(await matter.does(zhou, "return-visits", lasting=True), "review", survey="2026-09-18")
    assert [(await matter.heard(one))["survey_asked"] for one in parties] == [1, 1, 1]
    by_telephone = {"side": "complainant", "slip": "phone", "received_on": "2026-09-11"}
    await matter.does(zhou, "survey-slips", **by_telephone, solved=True, score=5)
    await refused(matter.does(chen, "survey", solved=True, score=1), 409)
    texts = [step["text"] for step in (await matter.seen(chen, "history"))["items"]]
    assert sum("电话测评已录入" in text for text in texts) == 1
    await matter.does(liu, "survey", solved=True, score=4)
    await story.at("2026-09-18 23:59")
    stands(await matter.seen(zhou), "review")
    await story.at("2026-09-19 00:01")
    stands(await matter.seen(zhou), "closed", "solved")
    assert [visit["lasting"] for visit in (await matter.seen(zhou))["visits"]] == [True, True]


async def nobody_has_learnt_where_she_lives(matter: Matter, *parties: Person) -> None:
    """Of the mediator who was not offered no home, and of the one who was taken off no reason but the parties' own."""
    for party in parties:
        shown = [await matter.seen(party, *more) for more in ((), ("history",), ("messages",))]
        shown.append(await matter.mediation(party))
        mails = "".join(mail.text + mail.html for mail in await matter.mails(party))
        everything = json.dumps(shown, ensure_ascii=False) + mails
        assert not [word for word in ("3号502", "lives_there", SAID_IN_VAIN, WHY) if word in everything]
