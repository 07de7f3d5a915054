"""A longer month and the end of a direct settlement, over HTTP."""

from __future__ import annotations

from tests.integration.complaints.town import Town, done


async def test_a_longer_month_by_consent_of_all(town: Town):
    case_id = await town.answered(identity="hidden")
    form = {"until": "2026-05-11", "reason": "我怀孕了,想慢一点"}
    receipt = done(await town.lin.post(f"/v1/cases/{case_id}/extension", json=form))
    assert receipt["clock"] == {"name": "mediation", "until": "2026-04-13"}
    asked = done(await town.ma.get(f"/v1/cases/{case_id}"))["extension"]
    assert asked == {"until": "2026-05-11", "agreed": 1, "needed": 2, "awaited": True, "reason": None}
    assert (await town.zhou.post(f"/v1/cases/{case_id}/extension/consent", json={})).status_code == 403
    receipt = done(await town.ma.post(f"/v1/cases/{case_id}/extension/consent", json={}))
    assert receipt["clock"] == {"name": "mediation", "until": "2026-05-11"}
    told = [event.data for event in await town.told(case_id) if event.type.endswith("month_extended.v1")]
    assert [str(one.mediation_until) for one in told] == ["2026-05-11"]
    history = done(await town.ma.get(f"/v1/cases/{case_id}/history"))
    assert "怀孕" not in str(history)
    again = {"until": "2026-05-01", "reason": "早一点"}
    answer = await town.zhou.post(f"/v1/cases/{case_id}/extension", json=again)
    assert done(answer, 422)["errors"][0]["pointer"] == "/until"


async def test_a_direct_settlement_ends_in_surveys_and_closes(town: Town):
    case_id = await town.answered()
    done(await town.zhou.post(f"/v1/cases/{case_id}/route", json={"path": "direct"}))
    settled = {"result": "settled", "note": "说好了"}
    assert done(await town.ma.post(f"/v1/cases/{case_id}/conclude", json=settled))["stage"] == "deliberate"
    assert done(await town.lin.post(f"/v1/cases/{case_id}/conclude", json=settled))["stage"] == "review"
    for party in (town.lin, town.ma):
        receipt = done(await party.post(f"/v1/cases/{case_id}/survey", json={"solved": True, "score": 5}))
    assert (receipt["stage"], receipt["status"]) == ("closed", "solved")


async def test_no_agreement_names_the_other_routes(town: Town):
    case_id = await town.answered()
    done(await town.zhou.post(f"/v1/cases/{case_id}/route", json={"path": "topic"}))
    receipt = done(await town.lin.post(f"/v1/cases/{case_id}/conclude", json={"result": "no_agreement"}))
    assert receipt["status"] == "ended_without_agreement"
    assert "向法院起诉" in receipt["next"]
