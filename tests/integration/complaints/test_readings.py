"""Noise readings over HTTP: judged, withheld until shown, and by the class in the register."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from services.portal.forms import Form
from services.portal.steps import STEPS
from tests.integration.complaints.town import Town, done, member_of

BY_PHONE = {
    "measured_at": "2026-03-12T15:30:00Z",
    "source": "sound_system",
    "point": "indoors_windows_open",
    "level_db": 51.3,
    "instrument": "phone",
    "seconds": 60,
    "steady": True,
    "boundary_m": 0.4,
    "background_db": "39.0",
    "zone_class": "4",
}


async def read(town: Town, case_id: str, by: Any = None, **more: Any) -> dict[str, Any]:
    answer = await (by or town.lin).post(f"/v1/cases/{case_id}/readings", json={**BY_PHONE, **more})
    return done(answer, 201)


async def readings_seen_by(who: Any, case_id: str) -> list[dict[str, Any]]:
    return done(await who.get(f"/v1/cases/{case_id}"))["readings"]


async def test_a_reading_is_answered_with_its_verdict(town: Town):
    case_id = await town.answered(identity="hidden")
    receipt = await read(town, case_id)
    verdict = receipt["reading"]["verdict"]
    assert (verdict["outcome"], verdict["grade"], verdict["period"]) == ("above_limit", "indicative", "night")
    assert (verdict["branch"], verdict["clause"], verdict["table"]) == ("near_boundary", "4.1.3", "1")
    assert (verdict["limit_db"], verdict["corrected_db"], verdict["margin_db"]) == (45, 51, 6)
    assert "GB 22337-2008" in verdict["text"]
    assert receipt["stage"] == "deliberate"


async def test_the_class_in_the_register_counts_before_what_is_said(town: Town):
    case_id = await town.answered()
    path = f"/v1/blocks/{town.block}/zone-class"
    zone = {"zone_class": "2", "source": "静安区声环境功能区划 2024"}
    assert (await town.lin.put(path, json=zone)).status_code == 403
    assert (await town.lin.get(path)).status_code == 404
    assert (await town.zhou.put(f"/v1/blocks/{uuid4()}/zone-class", json=zone)).status_code == 404
    done(await town.zhou.put(path, json=zone))
    assert done(await town.lin.get(path))["zone_class"] == "2"

    reading = (await read(town, case_id))["reading"]

    assert (reading["zone_class"], reading["zone_registered"]) == ("2", True)
    assert reading["verdict"]["limit_db"] == 40


async def test_without_a_class_it_cannot_be_decided(town: Town):
    reading = (await read(town, await town.answered(), zone_class=None))["reading"]
    assert reading["verdict"]["outcome"] == "cannot_decide"
    assert reading["verdict"]["reasons"] == ["class_not_confirmed"]


async def test_the_other_side_sees_it_when_the_coordinator_has_shown_it(town: Town):
    case_id = await town.answered(identity="hidden")
    reading = (await read(town, case_id, note="我家卧室"))["reading"]
    for who in (town.lin, town.zhou):
        [seen] = await readings_seen_by(who, case_id)
        assert seen["measured_at"] == "2026-03-12T15:30:00Z"
    assert await readings_seen_by(town.ma, case_id) == []
    assert await readings_seen_by(town.xu, case_id) == []
    history = (await town.ma.get(f"/v1/cases/{case_id}/history")).text
    assert "reading" not in history

    done(await town.zhou.post(f"/v1/cases/{case_id}/evidence/{reading['id']}/release", json={}))

    [seen] = await readings_seen_by(town.ma, case_id)
    assert (seen["measured_at"], seen["point"], seen["note"]) == (None, None, None)
    assert seen["verdict"]["margin_db"] == 6
    released = (await town.told(case_id))[-1].data
    assert released.to == (town.ma.actor.member_id,)


@pytest.mark.parametrize(
    ("more", "pointer"),
    [
        ({"level_db": 500}, "/level_db"),
        ({"source": "neighbour"}, "/source"),
        ({"measured_at": "2027-01-01T00:00:00Z"}, "/measured_at"),
        ({"measured_by": "cma_lab"}, "/measured_by"),
        ({"bands": [{"hz": "63", "level_db": 1}] * 2}, "/bands"),
        ({"note": "\0"}, "/note"),
        ({"colour": "red"}, "/colour"),
    ],
)
async def test_a_field_that_cannot_be_is_named(town: Town, more: dict[str, Any], pointer: str):
    case_id = await town.answered()
    answer = await town.lin.post(f"/v1/cases/{case_id}/readings", json={**BY_PHONE, **more})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == pointer


async def test_readings_belong_to_those_who_suffer_and_the_coordinator(town: Town):
    case_id = await town.answered()
    for who, status in ((town.ma, 403), (town.sun, 404), (town.xu, 403)):
        answer = await who.post(f"/v1/cases/{case_id}/readings", json=BY_PHONE)
        assert answer.status_code == status
    by_lab = await read(town, case_id, town.zhou, measured_by="cma_lab")
    assert by_lab["reading"]["added_by"] == "coordinator"


async def test_what_a_page_sends_of_a_whole_record_is_judged_and_counts_as_accredited(town: Town):
    zone = {"zone_class": "2", "source": "静安区声环境功能区划 2024"}
    done(await town.zhou.put(f"/v1/blocks/{town.block}/zone-class", json=zone))
    typed = {
        "measured_at_day": "2026-03-12",
        "measured_at_time": "15:00",
        "source": "fan",
        "point": "boundary",
        "level_db": "66",
        "background_db": "50",
        "seconds": "60",
        "steady": "yes",
        "instrument": "meter_type_1",
        "boundary_m": "4",
        "measured_by": "cma_lab",
        "bands": "31.5 60 50, 63 55",
        "calibrated_before_db": "94",
        "calibrated_after_db": "94.1",
        "weather": "fair",
        "wind_m_s": "1.5",
        "normal_operation": "yes",
        "height_m": "1.3",
        "surface_m": "1.5",
    }
    step = STEPS["readings_measured"]
    [record] = [one for one in step.inputs if one.name == "record"]
    fields = {name: [value] for name, value in typed.items()} | {"record": [*record.choices]}

    answer = await town.zhou.post(f"/v1/cases/{await town.answered()}/readings", json=step.body(Form(fields)))

    verdict = done(answer, 201)["reading"]["verdict"]
    assert (verdict["outcome"], verdict["grade"]) == ("exceeds", "accredited_cma")


async def test_the_officer_who_has_the_case_enters_what_the_agency_measured(town: Town):
    case_id = await town.answered(identity="hidden")
    officer, other = await town.newcomer("agency_officer"), await town.newcomer("agency_officer")
    handed = {"authority": "ecology", "note": "请测量", "officer_id": str(member_of(officer))}
    done(await town.zhou.post(f"/v1/cases/{case_id}/refer", json=handed))

    by_agency = await read(town, case_id, officer, measured_by="agency")

    assert by_agency["reading"]["added_by"] == "officer"
    assert (await other.post(f"/v1/cases/{case_id}/readings", json=BY_PHONE)).status_code == 404
    assert (await officer.get(f"/v1/cases/{case_id}/evidence")).status_code == 404
    assert len(await readings_seen_by(town.zhou, case_id)) == 1
    assert await readings_seen_by(town.lin, case_id) == []
    release = f"/v1/cases/{case_id}/evidence/{by_agency['reading']['id']}/release"
    done(await town.zhou.post(release, json={}))
    for who in (town.lin, town.ma):
        [seen] = await readings_seen_by(who, case_id)
        assert seen["verdict"]["limit_db"] == 45
