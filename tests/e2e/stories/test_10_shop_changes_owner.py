"""10: a tenant moves out and the shop changes its owner; nobody is bound by what others agreed, and nothing is lost."""

from __future__ import annotations

import json
from typing import Any

from cli.people import Person
from tests.e2e.stories.telling import Matter, Story, mark, promise, refused, sign, span, stands

SHOP, HOME = "山北路124号", "118弄4号301"
WORDS = "锅贴店油烟机冲着我窗口,衣服晾出去全是油味。"
SUMMARY = "124号排油烟口正对楼上住户窗口"
ANSWER = "我换个弯头就行。"
FACTS = "124号油烟:弯头已改向;约定装净化器。"
STATEMENT = "店我盘出去了,净化器的钱我让新老板扣了。"


async def test_nobody_is_a_party_by_the_address_alone(story: Story) -> None:
    await story.at("2026-06-01 10:00")
    shao, he, zhou, gu = await story.people("邵静", "贺军", "周敏", "顾国强")
    matter = await story.files(
        shao, SHOP, category="sanitation", subcategory="cooking_fumes", description=WORDS
    )
    stands(matter.receipt, "hear", "filed", triage="2026-06-03")
    await they_agree(story, matter, shao, he, (zhou, gu))
    await she_moves_out(story, matter, shao, he, zhou)
    await the_shop_is_sold(story, matter, he, zhou, gu)
    ding, du = await others_come_after(story, matter, shao, he, zhou)
    await they_agree_for_themselves(story, matter, ding, du, (zhou, gu))
    await the_old_promise_is_released(story, matter, shao, he, ding)
    await it_is_kept(story, matter, ding, du, zhou)
    await each_says_how_their_own_part_went(story, matter, (shao, he, ding, du), zhou)
    await the_building_file_knows_who_was_there(story, zhou, he, du)
    await what_must_never_happen(matter, shao, he, ding, du)


async def they_agree(
    story: Story, matter: Matter, shao: Person, he: Person, officials: tuple[Person, Person]
) -> None:
    zhou, gu = officials
    await story.at("2026-06-03 10:00")
    stands(await matter.does(zhou, "accept", shared_summary=SUMMARY), "hear", mediation="2026-07-03")
    await matter.is_served(he)
    await story.at("2026-06-05 10:00")
    await matter.does(he, "answer", kind="agree", text=ANSWER)
    await matter.does(zhou, "route", path="mediation")
    promises = [
        promise("respondent", "排烟弯头改向", "2026-06-17"),
        promise("respondent", "装净化器", "2026-07-10"),
        promise("complainant", "先在平台上说", "2026-08-10"),
    ]
    await mediated(story, matter, gu, (shao, he), day="2026-06-10", promises=promises)
    await marked(matter, (shao, he), officials)
    await story.rests()
    stands(await matter.seen(shao), "act", commitments="2026-08-10")
    assert (await matter.mediation(shao))["agreement"]["court"]["until"] == "2026-07-10"
    await story.at("2026-06-16 10:00")
    await kept(matter, 0, he)
    await story.at("2026-06-17 10:00")
    await confirmed(matter, 0, shao)


async def mediated(
    story: Story, matter: Matter, gu: Person, parties: tuple[Person, ...], *, day: str, promises: list[Any]
) -> None:
    """From every party's consent to the draft."""
    await story.rests()
    for party in parties:
        await matter.mediates(party, "consent", available=[span(day, "14:00", "16:00")])
    zhou = await story.person("周敏")
    await matter.mediates(zhou, "nominate", mediator_id=gu.id)
    await matter.mediates(gu, "take")
    [slot] = (await matter.mediates(gu, "slots"))["slots"]
    for party in parties:
        await matter.mediates(party, "answers", answers=[{"slot_id": slot["slot_id"], "answer": "yes"}])
    if (await matter.mediation(gu))["status"] == "scheduling":
        await matter.mediates(gu, "schedule", slot_id=slot["slot_id"])
    await story.at(f"{day} 16:00")
    await matter.mediates(gu, "minutes", text="双方到场,商量了油烟。")
    terms = {"facts": "124号油烟影响楼上。", "terms": "双方同意下列事项。"}
    await matter.mediates(gu, "agreement", form="written", commitments=promises, **terms)


async def marked(matter: Matter, parties: tuple[Person, ...], officials: tuple[Person, Person]) -> None:
    content = (await matter.mediation(officials[1]))["agreement"]
    await sign(content, *parties)
    await mark(content, *officials)


async def commitments(matter: Matter, by: Person) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await matter.mediation(by))["agreement"]["commitments"]
    return found


async def kept(matter: Matter, number: int, owner: Person) -> None:
    which = (await commitments(matter, owner))[number]["id"]
    await owner.post("mediation", f"/v1/commitments/{which}/proof", {"text": "见照片"})


async def confirmed(matter: Matter, number: int, by: Person) -> None:
    which = (await commitments(matter, by))[number]["id"]
    await by.post("mediation", f"/v1/commitments/{which}/confirm")


async def she_moves_out(story: Story, matter: Matter, shao: Person, he: Person, zhou: Person) -> None:
    """Entered by herself on a Saturday; she is asked, and the other side learns nothing of it."""
    await story.at("2026-06-20 10:00")
    before = await matter.heard(he)
    [home] = (await shao.get("alliance", "/v1/me"))["occupancies"]
    await shao.post("alliance", f"/v1/occupancies/{home['id']}/end")
    assert (await matter.heard(shao))["leaving_to_settle"] == 1
    assert (await matter.heard(zhou))["party_left"] == 1
    await matter.does(shao, "leaving", wish="leave_to_flat")
    hers = await matter.seen(shao)
    assert (hers["role_in_case"], hers["description"]) == ("former", WORDS)
    assert (await matter.heard(zhou))["leaving_settled"] == 1
    assert await matter.heard(he) == before
    assert "party_left" not in await matter.steps(he)
    assert [one["status"] for one in await commitments(matter, he)] == ["confirmed", "open", "lapsed"]


async def the_shop_is_sold(story: Story, matter: Matter, he: Person, zhou: Person, gu: Person) -> None:
    """The purifier stays his on paper: not missed, not moved; the mediator is to see to it."""
    await story.at("2026-06-25 10:00")
    [shop] = (await he.get("alliance", "/v1/me"))["occupancies"]
    await zhou.post("alliance", f"/v1/occupancies/{shop['id']}/end")
    await story.rests()
    stands(await matter.seen(zhou), "supervise")
    assert (await commitments(matter, gu))[1]["status"] == "debtor_left"
    assert (await matter.heard(gu))["debtor_to_follow"] == 1
    waiting = (await gu.get("complaints", "/v1/cases", needs_me="true"))["items"]
    assert matter.id in {one["id"] for one in waiting}
    former = {one["side"]: one["party_id"] for one in (await matter.seen(zhou))["left"]}
    await matter.does(zhou, "leaving", former_id=former["respondent"], text=STATEMENT)
    left = (await matter.seen(gu))["left"]
    assert [one["said"] for one in left if one["side"] == "respondent"] == [[STATEMENT]]


async def others_come_after(
    story: Story, matter: Matter, shao: Person, he: Person, zhou: Person
) -> tuple[Person, Person]:
    """Neither is a party before their own yes; she reads public facts, he reads no word of the earlier filing."""
    shop = {"place_id": await story.place(SHOP), "kind": "trades", "from_day": "2026-06-26"}
    flat = {"place_id": await story.place(HOME), "kind": "lives", "from_day": "2026-06-22"}
    await story.at("2026-06-29 10:00")
    du = await story.newcomer("杜鹃", "du.juan@shanbei.example", "merchant", shop)
    ding = await story.newcomer("丁师傅", "ding@shanbei.example", "resident", flat)
    await story.rests()
    for newcomer in (du, ding):
        await refused(matter.seen(newcomer), 404)
    await matter.does(zhou, "invite", member_id=du.id, side="respondent", facts=FACTS)
    shown = await matter.seen(du)
    assert shown["invited"][0]["facts"] == FACTS
    assert (shown["answer"], shown["description"], shown["shared_summary"]) == (None, None, None)
    written = json.dumps(shown, ensure_ascii=False)
    assert not {name for name in (shao.id, he.id, ANSWER, "贺军", "邵静") if name in written}
    invited = {one["side"]: one["party_id"] for one in (await matter.seen(zhou))["invited"]}
    said = {"affected": True, "text": "转让费里没说有这个事啊!不过净化器我本来就要装。"}
    await matter.does(zhou, "invitation", invited_id=invited["respondent"], **said)

    await story.at("2026-06-30 10:00")
    await matter.does(zhou, "invite", member_id=ding.id, side="complainant", facts=FACTS)
    assert (await matter.heard(ding))["invited_to_join"] == 1
    await matter.does(ding, "invitation", affected=True, text="有味道,但我白天不在。")
    his = await matter.seen(ding)
    assert (his["role_in_case"], his["shared_summary"]) == ("complainant", SUMMARY)
    assert (his["description"], his["answer"]) == (None, None)
    await story.rests()
    assert [one["what"] for one in await commitments(matter, ding)][1] == "装净化器"
    return ding, du


async def they_agree_for_themselves(
    story: Story, matter: Matter, ding: Person, du: Person, officials: tuple[Person, Person]
) -> None:
    zhou, gu = officials
    receipt = await matter.does(zhou, "route", path="mediation")
    stands(receipt, "deliberate", mediation="2026-07-30")
    matter.mediation_id = ""
    await story.at("2026-07-01 09:00")
    promises = [
        promise("respondent", "开业前净化器运行", "2026-07-10"),
        promise("respondent", "每30天清洗一次,记录上墙", "2026-08-10"),
        promise("complainant", "闻到味道两天内告诉店里", "2026-08-10"),
    ]
    await mediated(story, matter, gu, (ding, du), day="2026-07-02", promises=promises)
    await marked(matter, (ding, du), (zhou, gu))
    await story.rests()
    stands(await matter.seen(ding), "act", commitments="2026-08-10")


async def the_old_promise_is_released(
    story: Story, matter: Matter, shao: Person, he: Person, ding: Person
) -> None:
    """By each of the two it was owed to, over a personal link; then the old agreement is over."""
    for owed in (shao, ding):
        assert (await matter.heard(owed))["release_asked"] == 1
        [mail] = [one for one in await matter.mails(owed) if "/release/" in one.text]
        token = mail.text.partition("/release/")[2].split()[0]
        shown = await owed.get("mediation", f"/v1/releases/{token}")
        assert (shown["what"], shown["released"]) == ("装净化器", False)
        await owed.post("mediation", f"/v1/releases/{token}", {})
    await story.rests()
    listed = (await he.get("mediation", "/v1/mediations", case_id=matter.id))["items"]
    assert [one["status"] for one in listed] == ["performed"]
    old = await he.get("mediation", f"/v1/mediations/{listed[0]['id']}")
    assert [one["status"] for one in old["agreement"]["commitments"]] == ["confirmed", "waived", "lapsed"]
    stands(await matter.seen(ding), "act")


async def it_is_kept(story: Story, matter: Matter, ding: Person, du: Person, zhou: Person) -> None:
    await story.at("2026-07-09 10:00")
    await kept(matter, 0, du)
    await story.at("2026-07-10 10:00")
    await confirmed(matter, 0, ding)
    await story.at("2026-08-10 10:00")
    await kept(matter, 1, du)
    await kept(matter, 2, ding)
    await story.asks_with_the_last_visit("2026-08-11")
    await story.at("2026-08-11 10:00")
    await confirmed(matter, 1, ding)
    await confirmed(matter, 2, du)
    await story.rests()
    stands(await matter.seen(ding), "supervise", "to_be_visited", last_visit="2026-09-10")
    assert [visit["due"] for visit in (await matter.seen(zhou))["visits"]] == ["2026-08-18", "2026-09-10"]


async def each_says_how_their_own_part_went(
    story: Story, matter: Matter, people: tuple[Person, ...], zhou: Person
) -> None:
    """Also those who left, and all of them with the last visit, none before."""
    await story.at("2026-08-18 10:00")
    stands(await matter.does(zhou, "return-visits", lasting=True), "supervise", "to_be_visited")
    assert [(await matter.heard(person))["survey_asked"] for person in people] == [0] * len(people)
    await story.at("2026-09-10 10:00")
    stands(await matter.does(zhou, "return-visits", lasting=True), "review", survey="2026-09-17")
    assert [(await matter.heard(person))["survey_asked"] for person in people] == [1] * len(people)
    await story.at("2026-09-17 20:00")
    for person in people:
        await matter.does(person, "survey", solved=True, score=4)
    stands(await matter.seen(zhou), "closed", "solved")


async def the_building_file_knows_who_was_there(story: Story, zhou: Person, he: Person, du: Person) -> None:
    """By the day: he until he left, she from the day after; of his time she is told nothing."""
    occupants = f"/v1/places/{await story.place(SHOP)}/occupants"
    for day, there in (("2026-06-25", he), ("2026-06-26", du), ("2026-09-17", du)):
        listed = (await zhou.get("alliance", occupants, on=day))["items"]
        assert [one["member_id"] for one in listed] == [there.id], day
    own = await du.get("alliance", occupants, on="2026-06-24")
    assert [one["member_id"] for one in own["items"]] == [du.id]


async def what_must_never_happen(matter: Matter, shao: Person, he: Person, ding: Person, du: Person) -> None:
    assert "commitment_overdue" not in await matter.heard(he) + await matter.heard(du)
    zhou = await matter.story.person("周敏")
    query = {"since": "2026-06-01", "until": "2026-06-01", "by": "subcategory"}
    groups = (await zhou.get("complaints", "/v1/figures", **query))["groups"]
    [fumes] = [one["figures"] for one in groups if one["key"] == "cooking_fumes"]
    assert (fumes["cases"], fumes["broken"]) == (1, 0)
    hers = await matter.heard(shao)
    assert (hers["consent_asked"], hers["commitment_to_confirm"], hers["party_joined"]) == (1, 1, 0)
    for path in ("", "history", "messages"):
        seen = json.dumps(await matter.seen(ding, *([path] if path else [])), ensure_ascii=False)
        assert WORDS not in seen
        assert shao.id not in seen
    mine = (await du.get("complaints", "/v1/cases", mine="true", limit=100))["items"]
    assert [one["id"] for one in mine] == [matter.id]
