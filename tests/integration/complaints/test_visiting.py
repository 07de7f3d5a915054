"""Return visits over HTTP: told, listed, recorded by who may."""

from __future__ import annotations

from tests.integration.complaints.test_main_path import go_the_main_path
from tests.integration.complaints.town import Town, done, member_of


async def test_a_visit_is_due_listed_and_recorded_by_a_volunteer(town: Town):
    volunteer = await town.newcomer("volunteer", place_id=town.building)
    case_id = await go_the_main_path(town)
    first, second = done(await town.lin.get(f"/v1/cases/{case_id}"))["visits"]
    assert done(await volunteer.get("/v1/return-visits?due=true"))["items"] == []
    await town.later(days=8)
    told = [one.data for one in await town.told(case_id) if one.type.endswith("return_visit_due.v1")]
    assert [str(one.visit_id) for one in told] == [first["id"]]
    assert {member_of(town.zhou), member_of(town.xu), member_of(volunteer)} == set(told[0].to)
    [task] = done(await volunteer.get("/v1/return-visits?due=true"))["items"]
    assert (task["id"], task["case_id"]) == (first["id"], case_id)

    note = {"lasting": False, "note": "凌晨又响了一次"}
    assert (await town.ma.post(f"/v1/cases/{case_id}/return-visits", json=note)).status_code == 403
    done(await volunteer.post(f"/v1/cases/{case_id}/return-visits", json=note))
    assert (await volunteer.get(f"/v1/cases/{case_id}")).status_code == 404
    assert done(await town.zhou.get(f"/v1/cases/{case_id}"))["visits"][0]["note"] == "凌晨又响了一次"
    assert "凌晨又响了一次" not in (await town.ma.get(f"/v1/cases/{case_id}")).text
    assert [one["id"] for one in done(await town.xu.get("/v1/return-visits"))["items"]] == [second["id"]]
    assert (await town.lin.get("/v1/return-visits")).status_code == 403
