"""11: over in twenty minutes; the captain enters it for an elder who has no telephone and reads little."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from cli.people import Person
from tests.e2e.stories.telling import Json, Matter, Story, refused, stands, when

PIPES, UNLOADING = "铁管放店里,3号门口让出来", "只在118弄门口卸货"


async def test_what_was_agreed_on_the_spot_weighs_as_much_as_any_filing(story: Story) -> None:
    await story.at("2026-04-21 15:45")
    zhou, xu, gu = await story.people("周敏", "徐桂英", "顾国强")
    fan = await the_shop(story, zhou)
    volunteer = await story.newcomer("小林志愿者", "zhiyuan@shanbei.example", "volunteer")
    ni = await the_elder(zhou)

    matter = await the_captain_enters_it(story, xu, gu, ni)
    await it_is_not_in_force_before_it_is_recorded(story, matter, fan, gu)
    await the_mediator_records_it(story, matter, xu, gu, fan)
    await the_receipt_is_handed_over(story, matter, xu, fan)
    await the_first_is_kept_and_confirmed_by_mouth(story, matter, xu, gu, ni)
    await the_court_is_asked_by_mouth(story, matter, xu, fan)
    await pipes_again_for_an_hour(story, matter, xu, zhou, fan)
    await the_second_is_kept(story, matter, xu, fan)
    await the_survey_is_asked_aloud(story, matter, xu, volunteer, fan)
    await it_weighs_as_much_as_any(zhou)
    await nothing_of_the_elder_was_sent_or_shown(story, matter, ni)


async def test_where_the_mediator_who_was_there_has_ties_another_records_it(story: Story) -> None:
    """沈怡 came by, and lives in the very building: she cannot record it, and the next one is asked."""
    await story.at("2026-04-23 16:00")
    zhou, xu, shen, liu = await story.people("周敏", "徐桂英", "沈怡", "刘洋")
    form = await the_form(story, shen, await the_elder(zhou), "山北路118号", day="2026-04-23")
    matter = Matter(story, await xu.post("complaints", "/v1/oral-agreements", form))
    await story.rests()
    spoken = (await matter.seen(shen))["spoken"]
    record = {
        "terms": "门洞前不堆放,以后只在118弄门口卸货",
        "commitments": [{"id": one["id"], "what": one["what"]} for one in spoken["promises"]],
    }
    path = f"/v1/agreements/{spoken['agreement_id']}/record"
    await refused(shen.post("mediation", path, record), 422, "conflict_of_interest")

    asked = await matter.mediates(zhou, "stop", note="住在3号")
    await story.rests()
    assert (asked["status"], asked["mediator_id"]) == ("oral_unrecorded", None)
    await refused(shen.get("mediation", f"/v1/mediations/{matter.mediation_id}"), 404)
    await refused(matter.seen(shen), 404)
    stands(await matter.seen(liu), "decide", "oral_unrecorded")
    assert (await matter.heard(liu))["mediator_removed"] == 1

    han = await story.person("韩志明")
    if asked["proposed_id"] != han.id:
        await matter.mediates(zhou, "nominate", mediator_id=han.id)
    await refused(han.post("mediation", path, record), 403)
    await matter.mediates(han, "take", relation="none")
    await story.rests()
    assert (await matter.seen(han))["role_in_case"] == "mediator"
    await han.post("mediation", path, record)
    await story.rests()
    stands(await matter.seen(liu), "act", "in_force")
    seen = await matter.mediation(liu)
    assert (seen["mediator_id"], seen["agreement"]["effective_on"]) == (han.id, "2026-04-23")
    assert "3号" not in json.dumps(seen["mediators_asked"], ensure_ascii=False)


async def the_shop(story: Story, zhou: Person) -> Person:
    building = await story.place("118弄3号")
    shop = {"kind": "shop", "name": "山北路114号甲 范氏五金", "parent_id": building, "trade": "hardware"}
    place = await zhou.post("alliance", "/v1/places", shop)
    trades = {"place_id": place["id"], "kind": "trades", "from_day": "2025-01-01"}
    return await story.newcomer("范磊", "fan@shanbei.example", "merchant", trades)


async def the_elder(zhou: Person) -> str:
    """A member without any contact."""
    [found] = (await zhou.get("alliance", "/v1/members", q="倪秀珍"))["items"]
    member = await zhou.get("alliance", f"/v1/members/{found['id']}")
    assert (member["email"], member["phone"]) == (None, None)
    return str(member["id"])


async def the_form(
    story: Story, gu: Person, ni: str, place: str = "山北路114号甲", *, day: str = "2026-04-21", **more: Any
) -> Json:
    return {
        "on_behalf_of": ni,
        "relation": "captain",
        "told_by": "mouth",
        "place_id": await story.place(place),
        "subcategory": "goods_on_pavement",
        "agreed": {
            "told_at": when(f"{day} 15:10").isoformat(),
            "talked_at": when(f"{day} 15:15").isoformat(),
            "agreed_at": when(f"{day} 15:30").isoformat(),
            "commitments": [
                {"owner_side": "respondent", "what": PIPES, "due_on": day},
                {"owner_side": "respondent", "what": UNLOADING, "due_on": "2026-05-21"},
            ],
        },
        "mediator_id": gu.id,
    } | more


async def the_captain_enters_it(story: Story, xu: Person, gu: Person, ni: str) -> Matter:
    """One form of seven fields; for her own building alone, its shops and its people."""
    neighbours = await xu.get("alliance", "/v1/members", building_id=await story.place("118弄3号"))
    assert ni in {one["id"] for one in neighbours["items"]}
    assert all(one.keys() == {"id", "display_name"} for one in neighbours["items"])
    elsewhere = await story.place("118弄4号")
    await refused(xu.get("alliance", "/v1/members", building_id=elsewhere), 403)
    form = await the_form(story, gu, ni)
    assert len(form) == 7
    other_shop = await the_form(story, gu, ni, "山北路120号")
    await refused(xu.post("complaints", "/v1/oral-agreements", other_shop), 403)
    shao = (await story.person("邵静")).id
    await refused(xu.post("complaints", "/v1/oral-agreements", form | {"on_behalf_of": shao}), 403)
    await refused(gu.post("complaints", "/v1/oral-agreements", form), 403)

    telling = form["agreed"] | {
        "commitments": [form["agreed"]["commitments"][0] | {"what": "88岁阿婆拄拐杖,让开"}]
    }
    await refused(
        xu.post("complaints", "/v1/oral-agreements", form | {"agreed": telling}), 422, "of_the_person"
    )

    matter = Matter(story, await xu.post("complaints", "/v1/oral-agreements", form))
    stands(matter.receipt, "decide", "oral_unrecorded", mediation="2026-05-21")
    assert matter.reference in json.dumps(await xu.get("complaints", f"/v1/cases/{matter.id}/oral-receipt"))
    history = (await matter.seen(xu, "history"))["items"]
    stated = {step["type"]: (step["stated_at"], step["at"]) for step in history}
    entered = {at for _, at in stated.values()}
    assert len(entered) == 1
    told, talked, agreed = (when(f"2026-04-21 {hour}") for hour in ("15:10", "15:15", "15:30"))
    assert {kind: datetime.fromisoformat(at) for kind, (at, _) in stated.items()} == {
        "case_filed": told,
        "case_accepted": told,
        "case_answered": talked,
        "case_routed": talked,
        "oral_agreement_stated": agreed,
    }
    return matter


async def it_is_not_in_force_before_it_is_recorded(
    story: Story, matter: Matter, fan: Person, gu: Person
) -> None:
    assert (await matter.heard(fan))["oral_to_check"] == 1
    assert (await matter.heard(gu))["oral_to_record"] == 1
    stands(await matter.seen(fan), "decide", "oral_unrecorded")
    seen = await matter.mediation(fan)
    assert (seen["status"], seen["agreement"]) == ("oral_unrecorded", None)
    oral = seen["oral"]
    assert (oral["recorded"], oral["dispute_until"], oral["judicial_until"]) == (
        False,
        "2026-04-24",
        "2026-05-21",
    )
    assert oral["judicial_note"] == "口头协议申请确认需有记录"
    assert "case_accepted" not in await matter.heard(fan)


async def the_mediator_records_it(story: Story, matter: Matter, xu: Person, gu: Person, fan: Person) -> None:
    """Only the mediator who was there; the shop finds the words right on the same day."""
    await story.at("2026-04-21 16:20")
    spoken = (await matter.seen(gu))["spoken"]
    record = {
        "terms": "铁管等货物收进店里,门洞前不堆放;以后只在118弄门口卸货",
        "commitments": [{"id": one["id"], "what": one["what"]} for one in spoken["promises"]],
    }
    agreement = f"/v1/agreements/{spoken['agreement_id']}"
    for other in (xu, fan, await story.person("韩志明")):
        await refused(
            other.post("mediation", f"{agreement}/record", record), 404 if other.name == "韩志明" else 403
        )
    await gu.post("mediation", f"{agreement}/record", record)
    await story.rests()
    stands(await matter.seen(fan), "act", "in_force")
    seen = await matter.mediation(fan)
    assert seen["agreement"]["effective_on"] == "2026-04-21"
    assert seen["agreement"]["court"]["until"] == "2026-05-21"
    assert (await matter.heard(fan))["agreement_effective"] == 1

    await fan.post("mediation", f"{agreement}/wording/accept", {})
    too_late = fan.post("mediation", f"{agreement}/wording/dispute", {"reason": "没说每天"})
    await refused(too_late, 409, "wording_stands")


async def the_receipt_is_handed_over(story: Story, matter: Matter, xu: Person, fan: Person) -> None:
    await story.at("2026-04-22 09:30")
    receipt = await xu.get("complaints", f"/v1/cases/{matter.id}/oral-receipt")
    paper = "".join(receipt["lines"])
    assert receipt["reference"] == matter.reference
    assert "021-5555 0118" in paper
    assert PIPES in paper
    assert "调解员已确认" in paper
    await refused(fan.get("complaints", f"/v1/cases/{matter.id}/oral-receipt"), 403)
    await matter.does(xu, "receipt-handed", on="2026-04-22")
    assert (await matter.seen(xu))["spoken"]["receipt_handed_on"] == "2026-04-22"


async def commitment(matter: Matter, by: Person, what: str) -> Json:
    [found] = [one for one in (await matter.mediation(by))["agreement"]["commitments"] if one["what"] == what]
    return dict(found)


async def the_first_is_kept_and_confirmed_by_mouth(
    story: Story, matter: Matter, xu: Person, gu: Person, ni: str
) -> None:
    """The mediator says what he saw; the captain passes on the elder's word and says none of her own."""
    first = await commitment(matter, gu, PIPES)
    address = f"/v1/commitments/{first['id']}"
    await gu.post("mediation", f"{address}/proof", {"text": "4月21日当场看着铁管搬进店里"})
    await refused(xu.post("mediation", f"{address}/confirm", {}), 403)
    await xu.post("mediation", f"{address}/by-mouth", {"said": "confirmed", "told_on": "2026-04-22"})
    kept = await commitment(matter, xu, PIPES)
    assert (kept["status"], kept["told_on"], kept["stated_by_mediator"]) == ("confirmed", "2026-04-22", True)
    await story.rests()
    stands(await matter.seen(gu), "supervise")


async def the_court_is_asked_by_mouth(story: Story, matter: Matter, xu: Person, fan: Person) -> None:
    """Hers to ask and hers alone; the captain enters it with the day on which she said it, and the shop asks too."""
    await story.at("2026-04-28 10:00")
    agreement = f"/v1/agreements/{(await matter.mediation(fan))['agreement']['id']}"
    path = f"{agreement}/confirm-in-court/by-mouth"
    await refused(fan.post("mediation", path, {"told_on": "2026-04-27"}), 403)
    await refused(xu.post("mediation", path, {"told_on": "2026-04-29"}), 422, "in_the_future")
    await xu.post("mediation", path, {"told_on": "2026-04-27"})
    court = (await matter.mediation(fan))["agreement"]["court"]
    assert (court["asked"], court["told_on"], court["complete"]) == (["complainant"], "2026-04-27", False)
    await fan.post("mediation", f"{agreement}/confirm-in-court", {})
    assert (await matter.mediation(fan))["agreement"]["court"]["complete"]
    assert (await matter.heard(fan))["court_requested"] == 1


async def pipes_again_for_an_hour(
    story: Story, matter: Matter, xu: Person, zhou: Person, fan: Person
) -> None:
    """The captain reminds (劝阻); what others said stands apart, as theirs."""
    await story.at("2026-05-06 16:00")
    told = "临时放一下,五一没人手。"
    await matter.does(xu, "work", note="劝阻:铁管又放门口约一小时,已收", said=told, said_by="respondent")
    await story.at("2026-05-06 16:30")
    hers = "好了好了,小伙子也不容易,不用再说了。"
    await matter.does(xu, "work", note="问过本人", said=hers, said_by="complainant")
    records = (await matter.seen(zhou, "work"))["items"]
    assert [(one["actor_role"], one["said"], one["said_by"]) for one in records] == [
        ("building_captain", told, "respondent"),
        ("building_captain", hers, "complainant"),
    ]
    await refused(matter.seen(fan, "work"), 403)


async def the_second_is_kept(story: Story, matter: Matter, xu: Person, fan: Person) -> None:
    await story.asks_with_the_last_visit("2026-05-21")
    await story.at("2026-05-21 17:00")
    second = await commitment(matter, fan, UNLOADING)
    address = f"/v1/commitments/{second['id']}"
    await fan.post("mediation", f"{address}/proof", {"text": "一个月都在弄口卸货"})
    await xu.post("mediation", f"{address}/by-mouth", {"said": "confirmed", "told_on": "2026-05-21"})
    await story.rests()
    seen = await matter.seen(fan)
    stands(seen, "supervise", "to_be_visited", last_visit="2026-06-22")
    assert [one["due"] for one in seen["visits"]] == ["2026-05-28", "2026-06-22"]


async def the_survey_is_asked_aloud(
    story: Story, matter: Matter, xu: Person, volunteer: Person, fan: Person
) -> None:
    """By a volunteer, so that the elder may complain about the captain too; and never by the captain."""
    answer = {"solved": True, "score": 5, "comment": "小伙子人蛮好"}
    await story.at("2026-05-28 10:00")
    first, _ = await tasks(volunteer, matter)
    assert (first["made"], first["survey_aloud"]) == (False, False)
    await matter.does(volunteer, "return-visits", lasting=True)
    await refused(matter.does(volunteer, "survey-aloud", **answer), 409)
    assert (await matter.heard(fan))["survey_asked"] == 0

    await story.at("2026-06-22 10:00")
    visited = await matter.does(volunteer, "return-visits", lasting=True, note="门口一直空着")
    stands(visited, "review", "surveyed", survey="2026-06-29")
    await refused(matter.does(xu, "survey-aloud", **answer), 403)
    [left] = await tasks(volunteer, matter)
    assert (left["made"], left["survey_aloud"], left["late_days"]) == (True, True, 0)
    assert await tasks(xu, matter) == []
    await matter.does(volunteer, "survey-aloud", **answer)
    await refused(matter.does(volunteer, "survey-aloud", **answer), 409)
    [left] = await tasks(volunteer, matter)
    assert (left["survey_aloud"], left["survey_slips"]) == (False, True)
    assert (await matter.heard(fan))["survey_asked"] == 1

    await story.at("2026-06-29 19:00")
    closed = await matter.does(fan, "survey", solved=True, score=5)
    stands(closed, "closed", "solved")
    assert [one["lasting"] for one in (await matter.seen(fan))["visits"]] == [True, True]


async def it_weighs_as_much_as_any(zhou: Person) -> None:
    """Counted whole in every rate that a filing counts in, and left out of none."""
    query = {"since": "2026-04-21", "until": "2026-04-21", "by": "subcategory"}
    groups = (await zhou.get("complaints", "/v1/figures", **query))["groups"]
    [goods] = [one["figures"] for one in groups if one["key"] == "goods_on_pavement"]
    for rate in ("responded", "solved", "satisfied", "performed"):
        assert (goods[rate]["met"], goods[rate]["counted"], goods[rate]["excluded"]) == (1, 1, {}), rate


async def tasks(by: Person, matter: Matter) -> list[Json]:
    items = (await by.get("complaints", "/v1/return-visits"))["items"]
    return [one for one in items if one["case_id"] == matter.id]


async def nothing_of_the_elder_was_sent_or_shown(story: Story, matter: Matter, ni: str) -> None:
    """No account and no mail; nothing of age or aid to the shop; none of her other matters to the captain."""
    zhou, xu, fan = await story.people("周敏", "徐桂英", "范磊")
    shown = [await matter.seen(fan), await matter.seen(fan, "history"), await matter.mediation(fan)]
    for word in ("88岁", "拐杖", "高龄", "桂英"):
        assert word not in json.dumps(shown, ensure_ascii=False)
    assert (await matter.seen(zhou))["description"] == ""
    deliveries = (await zhou.get("notifications", "/v1/deliveries", case_id=matter.id, limit=100))["items"]
    to_her = [one for one in deliveries if (one["recipient"], one["channel"]) == ("complainant", "mail")]
    assert not [one for one in to_her if one["state"] in ("accepted", "sending")]

    consent = {"how": "told_in_person", "at": when("2026-06-22 09:00").isoformat()}
    another = await story.files(
        zhou,
        "山北路120号",
        category="sanitation",
        subcategory="goods_on_pavement",
        description="另一件事",
        on_behalf_of=ni,
        relation="staff",
        consent=consent,
    )
    await refused(another.seen(xu), 404)
    assert another.id not in {one["id"] for one in (await xu.get("complaints", "/v1/cases"))["items"]}
