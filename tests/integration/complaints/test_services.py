"""服务项目 over HTTP: offered by the coordinator, taken or left, and never told to anybody else or by its name."""

from __future__ import annotations

from uuid import uuid4

from shared.contracts.complaints import ServiceOffered, ServiceTaken
from tests.integration.complaints.town import Town, done, member_of

POINT = {"service": "outdoor_charging_point", "note": "118弄门口,找小区物业登记"}


async def test_a_service_is_offered_and_taken_and_the_other_side_learns_nothing(town: Town):
    case_id = await town.accepted()
    case = f"/v1/cases/{case_id}"
    parties = done(await town.zhou.get(case))["parties"]
    [shop] = [one["party_id"] for one in parties if one["side"] == "respondent"]
    before = done(await town.lin.get(case)), done(await town.lin.get(f"{case}/history"))
    choices = done(await town.zhou.get("/v1/categories"))["services"]
    assert POINT["service"] in {one["code"] for one in choices}
    done(await town.zhou.post(f"{case}/services", json=POINT | {"offered_to": shop}))
    for reader in (town.ma, town.zhou):
        [shown] = done(await reader.get(case))["services"]
        assert (shown["what"], shown["note"], shown["taken"]) == ("户外充电点", POINT["note"], None)
        assert shown["yours"] is (reader is town.ma)
    answer = f"{case}/services/{shown['id']}/answer"
    for taken in (False, True):
        done(await town.ma.post(answer, json={"taken": taken}))
    assert (done(await town.lin.get(case)), done(await town.lin.get(f"{case}/history"))) == before
    told = [one.data for one in await town.told(case_id)]
    [offered] = [one for one in told if isinstance(one, ServiceOffered)]
    assert offered.to == (member_of(town.ma),)
    assert len([one for one in told if isinstance(one, ServiceTaken)]) == 1
    assert "charging" not in "".join(str(one) for one in told)


async def test_it_is_the_coordinators_to_offer_and_the_partys_own_to_answer(town: Town):
    case = f"/v1/cases/{await town.accepted()}"
    parties = done(await town.zhou.get(case))["parties"]
    [shop] = [one["party_id"] for one in parties if one["side"] == "respondent"]
    form = POINT | {"offered_to": shop}
    for person, status in ((town.lin, 403), (town.ma, 403), (town.xu, 403), (town.sun, 404)):
        assert (await person.post(f"{case}/services", json=form)).status_code == status
    for wrong, pointer in (
        ({"service": "free_money"}, "/service"),
        ({"offered_to": str(uuid4())}, "/offered_to"),
    ):
        refusal = done(await town.zhou.post(f"{case}/services", json=form | wrong), 422)
        assert refusal["errors"][0]["pointer"] == pointer
    done(await town.zhou.post(f"{case}/services", json=form))
    again = await town.zhou.post(f"{case}/services", json=form)
    assert done(again, 409)["type"] == "/problems/service_offered_already"
    [offered] = done(await town.ma.get(case))["services"]
    taken = {"taken": True}
    assert (await town.zhou.post(f"{case}/services/{offered['id']}/answer", json=taken)).status_code == 403
    assert (await town.lin.post(f"{case}/services/{offered['id']}/answer", json=taken)).status_code == 409
