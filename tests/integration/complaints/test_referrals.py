"""A referral is sent, confirmed, chased and returned; its officer sees what was handed over and nothing else."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from tests.integration.complaints.town import A_NOISY_BAR, Town, done, member_of
from tests.support.http import Client

HANDED_OVER = {
    "authority": "fire_rescue",
    "note": "疏散通道请查",
    "documents": ["上门记录一页"],
    "part": "unlawful",
}


async def refer(town: Town, case_id: str, **more: Any) -> dict[str, Any]:
    return done(await town.zhou.post(f"/v1/cases/{case_id}/refer", json={**HANDED_OVER, **more}))


async def listed(client: Client, query: str = "") -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = done(await client.get(f"/v1/referrals{query}"))["items"]
    return items


async def told(town: Town, case_id: str, name: str) -> list[Any]:
    return [event.data for event in await town.told(case_id) if event.type.split(".")[3] == name]


class TestOfficer:
    async def test_sees_what_was_handed_over_and_nothing_else(self, town: Town):
        officer = await town.newcomer("agency_officer")
        case_id = await town.answered(identity="hidden")
        await refer(town, case_id)
        answer = await officer.get("/v1/referrals?open=true")
        [item] = done(answer)["items"]
        assert (item["case_id"], item["authority"], item["part"]) == (case_id, "fire_rescue", "unlawful")
        assert item["documents"] == ["上门记录一页"]
        assert item["summary"] == "后门夜间低频音乐,影响周边住户休息"
        assert "低音炮" not in answer.text
        assert str(member_of(town.lin)) not in answer.text
        for path in ("", "/history", "/messages"):
            assert (await officer.get(f"/v1/cases/{case_id}{path}")).status_code == 404
        assert [item["id"] for item in done(await officer.get("/v1/cases"))["items"]] == []

    async def test_reads_the_papers_that_were_chosen_for_them_and_nothing_of_their_making(self, town: Town):
        officer = await town.newcomer("agency_officer")
        case_id = await town.accepted()
        visit = {"present": "消防", "found": "四个钢瓶", "done": "搬走"}
        done(await town.zhou.post(f"/v1/cases/{case_id}/site-visits", json=visit))
        await refer(town, case_id, papers=["words", "site_visits"])
        [item] = await listed(officer)
        assert item["papers"] == [
            {"code": "words", "text": A_NOISY_BAR["description"]},
            {"code": "site_visits", "text": "在场:消防。查看到:四个钢瓶。已处理:搬走。".replace(":", "：")},
        ]
        assert not {"filed_on", "filed_at", "channel", "occurred_at"} & item.keys()

    async def test_never_reads_the_words_of_somebody_whose_name_is_hidden(self, town: Town):
        case_id = await town.accepted(identity="hidden")
        asked = {**HANDED_OVER, "papers": ["words"]}
        refused = done(await town.zhou.post(f"/v1/cases/{case_id}/refer", json=asked), 422)
        assert [(one["pointer"], one["code"]) for one in refused["errors"]] == [
            ("/papers", "words_could_betray")
        ]

    async def test_says_what_everybody_concerned_may_read_and_what_the_committee_alone(self, town: Town):
        officer = await town.newcomer("agency_officer")
        case_id = await town.answered()
        await refer(town, case_id)
        back = {"result": "ordered", "note": "复查人手不足", "public_note": "已责令立即搬走"}
        done(await officer.post(f"/v1/cases/{case_id}/return", json=back))
        for reader in (town.lin, town.ma):
            seen = await reader.get(f"/v1/cases/{case_id}")
            assert [one["text"] for one in done(seen)["results"]] == ["已责令立即搬走"]
            assert [one["public_note"] for one in done(seen)["referrals"]] == ["已责令立即搬走"]
            assert "复查人手不足" not in seen.text

    async def test_confirms_and_returns_it(self, town: Town):
        officer = await town.newcomer("agency_officer")
        case_id = await town.answered()
        await refer(town, case_id)
        receipt = done(await officer.post(f"/v1/cases/{case_id}/referral-receipt", json={}))
        assert receipt["next"] == "已记录，谢谢。"
        again = await officer.post(f"/v1/cases/{case_id}/referral-receipt", json={})
        assert done(again, 409)["possible"] == ["readings", "return"]
        back = {"result": "ordered", "note": "限期整改", "document_no": "沪消〔2026〕12号"}
        done(await officer.post(f"/v1/cases/{case_id}/return", json=back))
        [item] = await listed(officer, "?open=false")
        assert (item["result"], item["document_no"]) == ("ordered", "沪消〔2026〕12号")
        assert await listed(officer, "?open=true") == []
        [seen] = done(await town.lin.get(f"/v1/cases/{case_id}"))["referrals"]
        assert (seen["received_on"], seen["returned_on"]) == ("2026-03-13", "2026-03-13")
        assert len(await told(town, case_id, "referral_received")) == 1

    async def test_one_who_is_named_has_it_alone(self, town: Town):
        mine, other = await town.newcomer("agency_officer"), await town.newcomer("agency_officer")
        case_id = await town.answered()
        await refer(town, case_id, officer_id=str(member_of(mine)))
        assert len(await listed(mine)) == 1
        assert await listed(other) == []
        assert (await other.post(f"/v1/cases/{case_id}/referral-receipt", json={})).status_code == 404
        [sent] = await told(town, case_id, "case_referred")
        assert sent.to == (member_of(mine),)

    async def test_of_another_building_has_nothing(self, town: Town):
        here = await town.newcomer("agency_officer", place_id=town.building)
        elsewhere = await town.newcomer("agency_officer", place_id=uuid4())
        case_id = await town.answered()
        await refer(town, case_id)
        assert len(await listed(here)) == 1
        assert await listed(elsewhere) == []
        assert (
            await elsewhere.post(f"/v1/cases/{case_id}/return", json={"result": "ordered", "note": "好"})
        ).status_code == 404

    async def test_the_court_station_is_for_its_liaison(self, town: Town):
        officer, liaison = await town.newcomer("agency_officer"), await town.newcomer("court_liaison")
        case_id = await town.answered()
        await refer(town, case_id, authority="court_station")
        assert await listed(officer) == []
        assert len(await listed(liaison)) == 1
        assert (await officer.post(f"/v1/cases/{case_id}/referral-receipt", json={})).status_code == 404
        done(await liaison.post(f"/v1/cases/{case_id}/referral-receipt", json={}))

    async def test_nobody_is_named_who_holds_no_such_office(self, town: Town):
        case_id = await town.answered()
        for somebody in (town.gu, town.ma):
            form = {**HANDED_OVER, "officer_id": str(member_of(somebody))}
            answer = await town.zhou.post(f"/v1/cases/{case_id}/refer", json=form)
            assert done(answer, 422)["errors"][0]["pointer"] == "/officer_id"

    async def test_others_list_nothing(self, town: Town):
        assert (await town.lin.get("/v1/referrals")).status_code == 403
        assert (await town.http.get("/v1/referrals")).status_code == 401


async def test_two_authorities_at_once(town: Town):
    """Scenario 12: each with its own clock; the month goes on when the last one is back."""
    case_id = await town.answered()
    await refer(town, case_id)
    await refer(town, case_id, authority="urban_management")
    assert (await town.zhou.post(f"/v1/cases/{case_id}/refer", json=HANDED_OVER)).status_code == 409
    unnamed = {"result": "remedied", "note": "已清"}
    answer = await town.zhou.post(f"/v1/cases/{case_id}/return", json=unnamed)
    assert done(answer, 422)["errors"][0]["pointer"] == "/referral_id"
    first, second = (item["id"] for item in await listed(town.zhou))
    await town.later(days=10)
    done(await town.zhou.post(f"/v1/cases/{case_id}/return", json={**unnamed, "referral_id": first}))
    assert done(await town.lin.get(f"/v1/cases/{case_id}"))["status"] == "paused"
    await town.later(days=10)
    receipt = done(
        await town.zhou.post(f"/v1/cases/{case_id}/return", json={**unnamed, "referral_id": second})
    )
    assert receipt["clock"] == {"name": "mediation", "until": "2026-05-06"}
    [month] = [
        one
        for one in done(await town.lin.get(f"/v1/cases/{case_id}"))["clocks"]
        if one["name"] == "mediation"
    ]
    [pause] = month["pauses"]
    assert (pause["counted_before"], pause["days"], pause["counted_until"]) == (
        "2026-04-13",
        20,
        "2026-05-03",
    )
    assert pause["text"].startswith("2026年4月13日 + 20 天 → 2026年5月3日")


async def test_what_is_not_returned_is_chased_and_counted(town: Town):
    officer = await town.newcomer("agency_officer")
    case_id = await town.answered()
    await refer(town, case_id)
    await town.later(days=5)
    [chased] = await told(town, case_id, "referral_chased")
    assert (chased.reason, chased.times) == ("no_receipt", 1)
    assert set(chased.to) == {member_of(town.zhou), member_of(officer)}
    for _ in range(28):
        await town.later(days=1)
    chases = await told(town, case_id, "referral_chased")
    assert [one.times for one in chases] == list(range(1, len(chases) + 1))
    [item] = await listed(officer)
    assert (item["chased"], item["late_days"] > 0) == (len(chases), True)


async def test_withdrawing_the_case_loses_no_referral(town: Town):
    case_id = await town.answered()
    await refer(town, case_id)
    done(await town.lin.post(f"/v1/cases/{case_id}/withdraw", json={}))
    assert len(await listed(town.zhou, "?open=true")) == 1
    await town.later(days=5)
    assert await told(town, case_id, "referral_chased")
    receipt = done(
        await town.zhou.post(f"/v1/cases/{case_id}/return", json={"result": "remedied", "note": "已清"})
    )
    assert receipt["status"] == "withdrawn"
    assert await listed(town.zhou, "?open=true") == []


async def test_a_matter_handed_over_as_a_whole_waits_and_its_private_part_does_not(town: Town):
    whole, part = await town.answered(), await town.answered()
    await refer(town, whole, part="all")
    await refer(town, part)
    route = {"path": "mediation"}
    assert (
        done(await town.zhou.post(f"/v1/cases/{whole}/route", json=route), 409)["type"]
        == "/problems/matter_with_authority"
    )
    done(await town.zhou.post(f"/v1/cases/{part}/route", json=route))
