"""A report to the police over HTTP: recorded by the coordinator, read by who looks after the case, told to nobody."""

from __future__ import annotations

from tests.integration.complaints.town import Town, done

WHAT = {"what": "后门口有人被推倒", "reference": "沪公受2026-12"}


async def test_it_is_recorded_with_its_minute_and_neither_side_finds_it(town: Town):
    # given
    case_id = await town.accepted(description="他威胁我,说要砸店")
    told = len(await town.told(case_id))
    assert done(await town.zhou.get(f"/v1/cases/{case_id}"))["police"]["words"] == ["威胁", "砸店"]
    # when
    for other in (town.lin, town.ma):
        done(await other.post(f"/v1/cases/{case_id}/police-report", json=WHAT), 403)
    done(await town.zhou.post(f"/v1/cases/{case_id}/police-report", json=WHAT))
    # then
    [report] = done(await town.zhou.get(f"/v1/cases/{case_id}"))["police"]["reports"]
    assert (report["what"], report["reference"]) == (WHAT["what"], WHAT["reference"])
    for side in (town.lin, town.ma):
        seen = await side.get(f"/v1/cases/{case_id}")
        assert seen.json()["police"] is None
        assert WHAT["what"] not in seen.text + (await side.get(f"/v1/cases/{case_id}/history")).text
    assert len(await town.told(case_id)) == told


async def test_what_is_wrong_is_named_with_its_field(town: Town):
    case_id = await town.accepted()
    wrong = {"what": "有人被推倒", "at": "2099-01-01T00:00:00Z"}
    refused = done(await town.zhou.post(f"/v1/cases/{case_id}/police-report", json=wrong), 422)
    assert refused["errors"][0]["pointer"] == "/at"
    empty = done(await town.zhou.post(f"/v1/cases/{case_id}/police-report", json={"what": ""}), 422)
    assert empty["errors"][0]["pointer"] == "/what"
