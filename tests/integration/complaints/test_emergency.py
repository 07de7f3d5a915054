"""A blocked exit with people inside: help first, a human within minutes, and no word to the other side."""

from __future__ import annotations

from tests.integration.complaints.town import Town, done

BLOCKED = {
    "category": "fire_safety",
    "subcategory": "exit_blocked",
    "description": "后门用铁链锁着,里面有三桌客人。",
    "happening_now": True,
}


async def test_a_human_confirms_it_and_it_is_over_before_anything_else_happens(town: Town):
    # given
    receipt = await town.file(**BLOCKED)
    case_id = receipt["id"]
    assert (receipt["stage"], receipt["status"]) == ("hear", "emergency")
    assert receipt["emergency"]["call"][0] == "119"
    # when nobody confirms it in time
    await town.later(minutes=3)
    await town.later(minutes=8)
    # then whoever is on duty is called again, each time once, by building
    rung = [event.data for event in await town.told(case_id) if "unanswered" in event.type]
    assert [(one.step, one.building_id) for one in rung] == [
        ("reminder", town.building),
        ("overdue", town.building),
    ]
    # when the captain of the building has it in hand
    done(await town.xu.post(f"/v1/cases/{case_id}/confirm-emergency", json={"called": ["119"]}))
    call = {"number": "119", "at": town.clock.now().isoformat()}
    done(await town.zhou.post(f"/v1/cases/{case_id}/hotline-calls", json=call))
    visit = {"present": "消防中队", "found": "后门铁链锁闭", "done": "现场打开"}
    done(await town.xu.post(f"/v1/cases/{case_id}/site-visits", json=visit))
    # then it still comes before everything
    refused = await town.zhou.post(f"/v1/cases/{case_id}/accept", json={"shared_summary": "后门锁闭"})
    assert done(refused, 409)["possible"].count("lift-emergency") == 1
    assert (
        await town.xu.post(f"/v1/cases/{case_id}/lift-emergency", json={"reason": "x"})
    ).status_code == 403
    assert (await town.ma.get(f"/v1/cases/{case_id}")).status_code == 404
    assert (await town.ma.get(f"/v1/cases/{case_id}/emergency")).status_code == 404
    # when it is over
    await town.later(minutes=72)
    receipt = done(await town.zhou.post(f"/v1/cases/{case_id}/lift-emergency", json={"reason": "铁链已拆除"}))
    assert receipt["status"] == "filed"
    # then the record has it all, and the visit's words are for those on duty
    seen = done(await town.zhou.get(f"/v1/cases/{case_id}/emergency"))
    assert (seen["minutes"], seen["confirmed_late"], seen["called"]) == (83, True, ["119"])
    assert [one["found"] for one in seen["visits"]] == ["后门铁链锁闭"]
    assert [(one["number"], one["by"]) for one in seen["calls"]] == [("119", "coordinator")]
    assert done(await town.lin.get(f"/v1/cases/{case_id}/emergency"))["visits"] == []
    assert "不要乘电梯。" in done(await town.xu.get(f"/v1/cases/{case_id}/emergency"))["duty"]["dont"]
    # and the case goes its ordinary way
    done(await town.zhou.post(f"/v1/cases/{case_id}/accept", json={"shared_summary": "后门锁闭"}))
    assert (await town.ma.get(f"/v1/cases/{case_id}/emergency")).status_code == 404
    assert "emergency" not in (await town.ma.get(f"/v1/cases/{case_id}/history")).text


async def test_what_was_confirmed_in_time_rings_nobody(town: Town):
    case_id = (await town.file(**BLOCKED))["id"]
    await town.later(minutes=2)
    done(await town.zhou.post(f"/v1/cases/{case_id}/confirm-emergency", json={}))
    await town.later(hours=2)
    assert not [event for event in await town.told(case_id) if "unanswered" in event.type]
    assert not done(await town.zhou.get(f"/v1/cases/{case_id}/emergency"))["confirmed_late"]


async def test_a_case_without_one_has_nothing_to_confirm(town: Town):
    case_id = (await town.file())["id"]
    assert (await town.zhou.post(f"/v1/cases/{case_id}/confirm-emergency", json={})).status_code == 409
    assert (await town.zhou.get(f"/v1/cases/{case_id}/emergency")).status_code == 404
    wrong = await town.zhou.post(f"/v1/cases/{case_id}/confirm-emergency", json={"called": ["114"]})
    assert done(wrong, 422)["errors"][0]["pointer"] == "/called/0"
