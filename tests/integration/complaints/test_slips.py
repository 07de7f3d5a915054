"""A survey slip over HTTP: printed, entered with its picture, seen by staff alone."""

from __future__ import annotations

from io import BytesIO

from PIL import Image

from tests.integration.complaints.town import Town, done

SLIP = {
    "side": "respondent",
    "received_on": "2026-03-13",
    "solved": "true",
    "score": "4",
    "comment": "都好了",
}


async def a_survey(town: Town) -> str:
    """Settled between the two; both are asked how it went."""
    case_id = await town.answered()
    done(await town.zhou.post(f"/v1/cases/{case_id}/route", json={"path": "direct"}))
    done(await town.zhou.post(f"/v1/cases/{case_id}/conclude", json={"result": "settled"}))
    return case_id


def a_picture() -> bytes:
    out = BytesIO()
    Image.new("RGB", (8, 8), "white").save(out, "JPEG")
    return out.getvalue()


async def test_a_slip_is_entered_with_its_picture_by_a_volunteer(town: Town):
    case_id = await a_survey(town)
    volunteer = await town.newcomer("volunteer")
    address = f"/v1/cases/{case_id}/survey-slips"
    assert "解决了吗" in "".join(done(await volunteer.get(address))["lines"])
    listed = done(await volunteer.get("/v1/return-visits"))["items"]
    assert {one["survey_slips"] for one in listed if one["case_id"] == case_id} == {True}
    # when
    files = {"file": ("slip.jpg", a_picture(), "image/jpeg")}
    receipt = done(await volunteer.post(address, data=SLIP, files=files))
    assert receipt["stage"] == "review"
    # then the picture is for staff alone, and not to be shown to a side
    [scan] = done(await town.zhou.get(f"/v1/cases/{case_id}/evidence"))["items"]
    assert (scan["kind"], scan["readable"]) == ("survey_slip", True)
    for party in (town.lin, town.ma):
        assert done(await party.get(f"/v1/cases/{case_id}/evidence"))["items"] == []
        content = f"/v1/cases/{case_id}/evidence/{scan['id']}/content"
        assert (await party.get(content)).status_code == 404
    release = await town.zhou.post(f"/v1/cases/{case_id}/evidence/{scan['id']}/release", json={})
    assert done(release, 409)["type"] == "/problems/slip_is_confidential"
    # and it is counted, once
    again = await volunteer.post(address, json=SLIP | {"solved": True, "score": 4})
    assert done(again, 409)["type"] == "/problems/survey_answered_already"
    done(await town.lin.post(f"/v1/cases/{case_id}/survey", json={"solved": True, "score": 5}))
    assert done(await town.zhou.get(f"/v1/cases/{case_id}"))["status"] == "solved"
    assert "都好了" not in str([event.data for event in await town.told(case_id)])


async def test_a_slip_is_nobodys_to_enter_for_themselves(town: Town):
    case_id = await a_survey(town)
    for party, status in ((town.ma, 403), (town.lin, 403), (town.sun, 404)):
        answer = await party.post(f"/v1/cases/{case_id}/survey-slips", json=SLIP)
        assert answer.status_code == status
    wrong = await town.zhou.post(f"/v1/cases/{case_id}/survey-slips", json=SLIP | {"score": 6})
    assert done(wrong, 422)["errors"][0]["pointer"] == "/score"


async def test_who_complains_together_with_others_is_told_by_their_own_number(town: Town):
    lead = await town.file()
    neighbour, volunteer = await town.newcomer("resident"), await town.newcomer("volunteer")
    joined = await town.file(neighbour, joins=lead["id"], identity="hidden")
    apart = await town.file(await town.newcomer("resident"))
    case_id = lead["id"]
    await town.later(hours=10)
    done(await town.zhou.post(f"/v1/cases/{case_id}/accept", json={"shared_summary": "后门夜间低频音乐"}))
    done(await town.ma.post(f"/v1/cases/{case_id}/answer", json={"kind": "agree", "text": "好"}))
    done(await town.zhou.post(f"/v1/cases/{case_id}/route", json={"path": "direct"}))
    done(await town.zhou.post(f"/v1/cases/{case_id}/conclude", json={"result": "settled"}))
    address = f"/v1/cases/{case_id}/survey-slips"
    assert "回执上的编号" in "".join(done(await volunteer.get(address))["lines"])
    # when nothing says whose it is, or a number that is none of this matter's
    slip = SLIP | {"side": "complainant", "solved": True, "score": 4}
    for number, code in ((None, "which_reference"), (apart["reference"], "unknown_reference")):
        refusal = done(await volunteer.post(address, json=slip | {"own_reference": number}), 422)
        [error] = refusal["errors"]
        assert (error["pointer"], error["code"]) == ("/own_reference", code)
    # then their own number says so, and that of the matter whose filer's it is
    for number in (joined["reference"].lower(), lead["reference"]):
        done(await volunteer.post(address, json=slip | {"own_reference": number}))
    again = await volunteer.post(address, json=slip | {"own_reference": joined["reference"]})
    assert done(again, 409)["type"] == "/problems/survey_answered_already"
    steps = done(await neighbour.get(f"/v1/cases/{case_id}/history"))["items"]
    [entered] = [one["text"] for one in steps if one["type"] == "survey_answered"]
    assert entered == "纸质测评已录入，收到日期2026年3月13日。"


async def test_before_anybody_is_asked_there_is_no_slip(town: Town):
    case_id = await town.answered()
    assert (await town.zhou.get(f"/v1/cases/{case_id}/survey-slips")).status_code == 409
