"""A counter-claim names nobody on suspicion, and health is told on by the one who spoke of it alone."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID, uuid4

from shared.contracts import notifications
from tests.integration.complaints.town import FILED_AT, Town, done, member_of

WORDS = "楼上天天往下倒水、扔烟头,遮阳伞都烫穿了。四楼那家嫌疑最大。"
CLAIM = {"category": "sanitation", "subcategory": "falling_objects", "description": WORDS}
SUMMARY = {"shared_summary": "遮阳棚上方泼水、掉落烟头"}


async def claimed(town: Town, **more: Any) -> str:
    case_id = await town.accepted()
    answer = {"kind": "counter_claim", "text": "喇叭我可以关小。", "claim": {**CLAIM, **more}}
    return str(done(await town.ma.post(f"/v1/cases/{case_id}/answer", json=answer))["counter_claim"]["id"])


async def respondent_in(town: Town, case_id: str, reader: Any) -> dict[str, Any]:
    parties = done(await reader.get(f"/v1/cases/{case_id}"))["parties"]
    [found] = [party for party in parties if party["side"] == "respondent"]
    return dict(found)


async def test_nobody_is_respondent_of_what_nobody_saw(town: Town):
    claim = await claimed(town)
    for reader in (town.ma, town.zhou):
        party = await respondent_in(town, claim, reader)
        assert (party["label"], party["member_id"]) == ("未查明（上方住户）", None)
    # and the accusation stays with the coordinator
    refused = done(
        await town.zhou.post(f"/v1/cases/{claim}/accept", json={"shared_summary": "四楼那家往下倒水"}), 422
    )
    assert (refused["errors"][0]["pointer"], refused["errors"][0]["code"]) == (
        "/shared_summary",
        "accusing_words",
    )
    done(await town.zhou.post(f"/v1/cases/{claim}/accept", json=SUMMARY))
    assert done(await town.zhou.get(f"/v1/cases/{claim}"))["description"] == WORDS
    assert (await town.lin.get(f"/v1/cases/{claim}")).status_code == 404
    told = json.dumps([event.data.model_dump(mode="json") for event in await town.told(claim)])
    assert str(member_of(town.lin)) not in told


async def test_the_coordinator_names_nobody_without_a_fact(town: Town):
    claim = await claimed(town)
    named = {**SUMMARY, "respondent_id": str(member_of(town.lin))}
    refused = done(await town.zhou.post(f"/v1/cases/{claim}/accept", json=named), 422)
    assert (refused["errors"][0]["pointer"], refused["errors"][0]["code"]) == (
        "/respondent_fact",
        "fact_missing",
    )
    done(await town.zhou.post(f"/v1/cases/{claim}/accept", json=named | {"respondent_fact": "监控拍到"}))
    assert done(await town.lin.get(f"/v1/cases/{claim}"))["role_in_case"] == "respondent"


async def test_what_was_seen_names_whom_the_claim_answers(town: Town):
    claim = await claimed(town, respondent_fact="我抬头看见她在窗口端着盆。")
    party = await respondent_in(town, claim, town.ma)
    assert party["member_id"] == str(member_of(town.lin))
    assert done(await town.zhou.get(f"/v1/cases/{claim}"))["respondent_fact"] == "我抬头看见她在窗口端着盆。"
    done(await town.zhou.post(f"/v1/cases/{claim}/accept", json=SUMMARY))
    assert done(await town.lin.get(f"/v1/cases/{claim}"))["respondent_fact"] is None


async def test_a_person_is_named_with_what_was_seen_or_not_at_all(town: Town):
    form = {**CLAIM, "place_id": str(town.shop), "respondent_id": str(member_of(town.lin))}
    refused = done(await town.ma.post("/v1/cases", json=form), 422)
    assert (refused["errors"][0]["pointer"], refused["errors"][0]["code"]) == (
        "/respondent_fact",
        "fact_missing",
    )
    done(await town.ma.post("/v1/cases", json=form | {"respondent_fact": "当面看见"}), 201)
    # and whoever trades where it fell is not asked because of that
    struck = done(await town.lin.post("/v1/cases", json={**CLAIM, "place_id": str(town.shop)}), 201)
    assert (await respondent_in(town, struck["id"], town.lin))["member_id"] is None


async def test_a_shop_is_still_asked_about_water_at_its_own_door(town: Town):
    form = {**CLAIM, "subcategory": "dirty_water", "place_id": str(town.shop)}
    filed = done(await town.lin.post("/v1/cases", json=form), 201)
    assert (await respondent_in(town, filed["id"], town.lin))["member_id"] == str(member_of(town.ma))


async def test_by_their_own_statement_somebody_answers_for_it(town: Town):
    claim = await claimed(town)
    done(await town.zhou.post(f"/v1/cases/{claim}/accept", json=SUMMARY))
    form = {"member_id": str(member_of(town.lin)), "capacity": "neighbour"}
    add = f"/v1/cases/{claim}/add-party"
    assert done(await town.zhou.post(add, json=form), 422)["errors"][0]["pointer"] == "/basis"
    form |= {"basis": "own_statement", "fact": "上门时自己说水是她倒的"}
    done(await town.zhou.post(add, json=form))
    # when they read the notice
    await town.tell(
        notifications.NoticeRead(
            notice_id=uuid4(),
            case_id=UUID(claim),
            alliance_id=town.alliance_id,
            recipient_id=member_of(town.lin),
            kind="party_added",
        )
    )
    # then their days run, and the other side reads by what, not the coordinator's note
    seen = done(await town.lin.get(f"/v1/cases/{claim}"))
    assert (seen["status"], seen["clocks"][-1]["name"]) == ("served", "answer")
    theirs, staff = [await respondent_in(town, claim, one) for one in (town.ma, town.zhou)]
    assert (theirs["basis"], theirs["fact"]) == ("own_statement", None)
    assert staff["fact"] == form["fact"]
    done(await town.lin.post(f"/v1/cases/{claim}/answer", json={"kind": "propose", "text": "水是我倒的"}))
    assert done(await town.ma.get(f"/v1/cases/{claim}"))["answer"]["text"] == "水是我倒的"


async def test_anothers_health_takes_their_own_word(town: Town):
    filed = await town.file(description="我老婆怀孕六个月,睡不了整觉。")
    case = f"/v1/cases/{filed['id']}"
    asked = {"words": ["怀孕"], "sharing": "asked", "of_another": True}
    assert done(await town.zhou.get(case))["health"] == asked
    no = done(await town.lin.post(f"{case}/health-sharing", json={"shared": True}), 409)
    assert "本人" in no["detail"]
    summary = {"shared_summary": "住户怀孕,夜间噪声", "words_checked": True}
    done(await town.zhou.post(f"{case}/accept", json=summary), 422)
    said = {"shared": True, "how": "phone", "told_on": FILED_AT.date().isoformat()}
    done(await town.lin.post(f"{case}/health-consent", json=said), 403)
    done(await town.zhou.post(f"{case}/health-consent", json=said))
    done(await town.zhou.post(f"{case}/accept", json=summary))
    for reader, read in ((town.lin, True), (town.zhou, True), (town.ma, False)):
        texts = str(done(await reader.get(f"{case}/history"))["items"])
        assert ("本人同意把健康情况告诉对方" in texts) is read


async def test_health_is_marked_asked_about_and_kept_out_of_the_summary(town: Town):
    filed = await town.file(description="吵得我高血压都要发作。")
    case = f"/v1/cases/{filed['id']}"
    assert "health-sharing" in filed["possible"]
    assert done(await town.zhou.get(case))["health"] == {"words": ["血压"], "sharing": "asked"}
    summary = {"shared_summary": "音乐扰民,反映人血压高", "words_checked": True}
    for shared in (None, False):
        if shared is not None:
            done(await town.lin.post(f"{case}/health-sharing", json={"shared": shared}))
        refused = done(await town.zhou.post(f"{case}/accept", json=summary), 422)["errors"][0]
        assert (refused["pointer"], refused["code"]) == ("/shared_summary", "health_not_shared")
        assert "血压" in refused["detail"]
    done(await town.lin.post(f"{case}/health-sharing", json={"shared": True}))
    done(await town.zhou.post(f"{case}/accept", json=summary))
    assert done(await town.ma.get(case))["health"] is None
