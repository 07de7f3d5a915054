"""Filing for somebody else, with the consent that was given; and stopping, with what only the coordinator reads."""

from __future__ import annotations

from uuid import uuid4

import pytest

from tests.integration.complaints.town import FILED_AT, Town, done, member_of

CONSENT = {"how": "told_in_person", "at": FILED_AT.isoformat()}


async def test_a_captain_files_for_people_of_the_own_building_with_their_consent(town: Town):
    # when
    more = {"on_behalf_of": str(member_of(town.lin)), "relation": "captain", "consent": CONSENT}
    case_id = (await town.file(town.xu, channel="visit", **more))["id"]
    # then
    for reader in (town.lin, town.zhou):
        helped = done(await reader.get(f"/v1/cases/{case_id}"))["helped"]
        assert (helped["relation"], helped["consent_how"]) == ("captain", "told_in_person")
    assert done(await town.xu.get(f"/v1/cases/{case_id}"))["helped"] is None


async def test_a_captain_of_another_building_does_not(town: Town):
    other = await town.newcomer("building_captain", place_id=uuid4())
    form = {"category": "noise", "subcategory": "bar_music", "description": "吵", "place_id": str(town.shop)}
    form["on_behalf_of"] = str(member_of(town.lin))
    done(await other.post("/v1/cases", json=form), 403)


async def test_consent_is_somebodys_and_of_the_past(town: Town):
    form = {"category": "noise", "subcategory": "bar_music", "description": "吵", "place_id": str(town.shop)}
    of_nobody = done(await town.zhou.post("/v1/cases", json={**form, "consent": CONSENT}), 422)
    assert of_nobody["errors"][0]["code"] == "helped_whom"
    late = {"how": "phone", "at": "2099-01-01T00:00:00Z"}
    form["on_behalf_of"] = str(member_of(town.lin))
    future = done(await town.zhou.post("/v1/cases", json={**form, "consent": late}), 422)
    assert future["errors"][0]["pointer"] == "/consent/at"


@pytest.mark.parametrize("pressured", [True, False])
async def test_whether_somebody_was_pressed_the_coordinator_alone_reads(town: Town, *, pressured: bool):
    # given
    case_id = await town.accepted()
    # when
    said = {"reason": "settled_privately", "pressured": pressured}
    done(await town.lin.post(f"/v1/cases/{case_id}/withdraw", json=said))
    # then
    shown = [
        done(await one.get(f"/v1/cases/{case_id}"))["withdrawal"] for one in (town.zhou, town.lin, town.ma)
    ]
    assert shown == [
        {"reason": "settled_privately", "note": None, "pressured": pressured},
        {"reason": "settled_privately", "note": None, "pressured": None},
        None,
    ]
