"""What a case is about, put right over HTTP before it is taken on."""

from __future__ import annotations

from shared.contracts.complaints import CategoryCorrected
from tests.integration.complaints.town import Town, done


async def test_the_coordinator_puts_it_right_and_whoever_complained_is_told(town: Town):
    filed = await town.file(details={"where_heard": ["bedroom"]})
    case = f"/v1/cases/{filed['id']}"
    asked = done(await town.lin.get(case))["details"]
    receipt = done(await town.zhou.post(f"{case}/category", json={"subcategory": "cooking_fumes"}))
    assert (receipt["stage"], receipt["clock"]["name"]) == ("hear", "triage")
    for reader in (town.lin, town.zhou):
        seen = done(await reader.get(case))
        assert (seen["category"], seen["subcategory"]) == ("sanitation", "cooking_fumes")
        assert seen["details"] == asked
        listed = done(await reader.get("/v1/cases?category=sanitation"))["items"]
        assert filed["id"] in {one["id"] for one in listed}
    [told] = [one.data for one in await town.told(filed["id"]) if isinstance(one.data, CategoryCorrected)]
    assert (told.before, told.subcategory, told.emergency) == ("bar_music", "cooking_fumes", False)
    done(await town.zhou.post(f"{case}/accept", json={"shared_summary": "油烟"}))
    texts = [one["type"] for one in done(await town.ma.get(f"{case}/history"))["items"]]
    assert "category_corrected" not in texts
    late = await town.zhou.post(f"{case}/category", json={"subcategory": "bar_music"})
    assert late.status_code == 409


async def test_danger_is_seen_to_at_once_and_nobody_is_named_whom_nobody_saw(town: Town):
    case = f"/v1/cases/{(await town.file())['id']}"
    done(await town.zhou.post(f"{case}/category", json={"subcategory": "dirty_water"}))
    parties = done(await town.zhou.get(case))["parties"]
    assert [one["member_id"] for one in parties if one["side"] == "respondent"] == [None]
    danger = done(await town.zhou.post(f"{case}/category", json={"subcategory": "gas_cylinder_indoor"}))
    assert danger["status"] == "emergency"
    assert "confirm-emergency" in danger["possible"]
    assert (await town.xu.get(case)).status_code == 200


async def test_it_is_the_coordinators_alone(town: Town):
    case = f"/v1/cases/{(await town.file())['id']}"
    form = {"subcategory": "cooking_fumes"}
    for person, status in ((town.lin, 403), (town.xu, 403), (town.ma, 404), (town.sun, 404)):
        assert (await person.post(f"{case}/category", json=form)).status_code == status
    unknown = done(await town.zhou.post(f"{case}/category", json={"subcategory": "bad_mood"}), 422)
    assert unknown["errors"][0]["pointer"] == "/subcategory"
