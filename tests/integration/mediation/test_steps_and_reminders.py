"""What is promised several times is kept step by step; whoever owes it, or a word, is reminded before its day."""

from __future__ import annotations

from datetime import date, datetime

from shared.clock import SHANGHAI
from shared.contracts import complaints
from tests.integration.mediation.neighbourhood import Case, Neighbourhood

PHOTOS = {
    "owner_side": "respondent",
    "what": "每月1日拍定时器照片",
    "measure": "照片",
    "due_on": "2026-05-01",
    "steps": ["2026-04-01", "2026-05-01"],
}


async def promised(hill: Neighbourhood) -> Case:
    """In effect since 21 March: the same photo twice."""
    case = await hill.opened()
    await case.signed(commitments=[PHOTOS])
    for official in (hill.gu, hill.zhou):
        assert (await case.on_agreement(official, "mark")).status_code == 200
    return case


async def at(hill: Neighbourhood, day: date, hour: int) -> None:
    """Until that hour in Shanghai, with all that falls due on the way."""
    moment = datetime(day.year, day.month, day.day, hour, tzinfo=SHANGHAI)
    hill.clock.advance(moment - hill.clock.now())
    await hill.fire_timers()


async def reminded(case: Case) -> list[str]:
    told = await case.told()
    return [one["data"]["due_on"] for one in told if one["type"] == "commitment_soon_due"]


async def test_each_step_has_its_day_and_the_promise_is_kept_when_all_are(hill: Neighbourhood):
    case = await promised(hill)
    for step, (day, status) in enumerate((("2026-04-01", "performing"), ("2026-05-01", "performed"))):
        assert (await case.on_commitment(hill.ma, step, "proof", {"text": "照片一张"})).status_code == 200
        confirmed = await case.on_commitment(hill.lin, step, "confirm")
        seen = (await case.view(hill.lin))["agreement"]["commitments"][step]
        assert (seen["due_on"], seen["step"]) == (day, {"number": step + 1, "of": 2, "performed": step + 1})
        assert confirmed.json()["status"] == status


async def test_before_each_day_its_owner_is_reminded_once_in_the_morning(hill: Neighbourhood):
    case = await promised(hill)
    await at(hill, date(2026, 3, 30), 7)
    assert await reminded(case) == []
    for hour in (8, 9):
        await at(hill, date(2026, 3, 30), hour)
        assert await reminded(case) == ["2026-04-01"]
    [told] = [one["data"] for one in await case.told() if one["type"] == "commitment_soon_due"]
    assert told["owner_id"] == str(hill.ma.member_id)
    assert "照片" not in str(told)


async def test_a_step_that_is_shown_to_be_done_is_reminded_of_no_more(hill: Neighbourhood):
    case = await promised(hill)
    assert (await case.on_commitment(hill.ma, 0, "proof", {"text": "照片一张"})).status_code == 200
    await at(hill, date(2026, 3, 31), 9)
    assert await reminded(case) == []


async def test_the_alliance_says_how_many_days_before(hill: Neighbourhood):
    rule = {"value": 5, "effective_from": "2026-03-20", "source": "联盟议定"}
    assert (await hill.put(hill.zhou, "/v1/rules/reminder_days", rule)).status_code in (200, 201)
    case = await promised(hill)
    await at(hill, date(2026, 3, 27), 8)
    assert await reminded(case) == ["2026-04-01"]


async def test_a_later_day_has_a_reminder_of_its_own(hill: Neighbourhood):
    case = await promised(hill)
    granted = await case.on_commitment(hill.lin, 0, "grant-day", {"until": "2026-04-10"})
    assert granted.status_code == 200
    await at(hill, date(2026, 4, 1), 9)
    assert await reminded(case) == []
    await at(hill, date(2026, 4, 8), 9)
    assert await reminded(case) == ["2026-04-10"]


async def test_steps_that_do_not_lead_to_the_last_day_are_refused_at_their_promise(hill: Neighbourhood):
    case = await (await hill.opened()).held()
    wrong = case.draft() | {"commitments": [PHOTOS | {"steps": ["2026-05-01", "2026-04-01"]}]}
    answer = await case.ask(hill.gu, "agreement", wrong)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"].startswith("/commitments/0")


async def words_awaited(case: Case) -> list[tuple[str, list[str]]]:
    told = await case.told()
    return [(one["data"]["word"], one["data"]["to"]) for one in told if one["type"] == "word_awaited"]


async def test_whoever_owes_a_word_is_reminded_once_and_nobody_who_gave_it(hill: Neighbourhood):
    case = await hill.opened()
    await case.do(hill.ma, "consent")
    await at(hill, date(2026, 3, 25), 7)
    assert await words_awaited(case) == []
    for hour in (8, 9):
        await at(hill, date(2026, 3, 25), hour)
        assert await words_awaited(case) == [("consent", [str(hill.lin.member_id)])]

    await case.do(hill.lin, "consent")
    await case.do(hill.zhou, "nominate", {"mediator_id": str(hill.gu.member_id)})
    await case.do(hill.gu, "take")
    await case.do(hill.gu, "slots")
    slots = (await case.view(hill.lin))["slots"]
    said = [{"slot_id": slot["slot_id"], "answer": "yes"} for slot in slots]
    for party in (hill.lin, hill.ma):
        await case.do(party, "answers", {"answers": said})
    await at(hill, date(2026, 3, 26), 9)
    assert [word for word, _ in await words_awaited(case)] == ["consent"]


async def test_a_day_that_passed_at_the_court_station_is_told_after_the_day_of_its_return(
    hill: Neighbourhood,
):
    case = await promised(hill)
    await at(hill, date(2026, 4, 2), 9)
    assert await due(case) == ["2026-04-01"]
    preview = (await hill.get(hill.lin, f"/v1/mediations/{case.id}/handover")).json()
    await case.do(hill.lin, "handover", {"sha256": preview["sha256"]})
    await at(hill, date(2026, 5, 8), 10)
    pack = (await case.view(hill.lin))["handover"]["id"]
    back = {"authority": "court_station", "result": "not_settled", "referral_id": pack}
    await hill.tell(
        complaints.CaseReturned(
            **hill.case(case.case_id, stage="supervise", status="being_confirmed"), **back
        )
    )
    await at(hill, date(2026, 5, 8), 23)
    assert await due(case) == ["2026-04-01"]
    for hour in (0, 9):
        await at(hill, date(2026, 5, 9), hour)
        assert await due(case) == ["2026-04-01", "2026-05-01"]


async def due(case: Case) -> list[str]:
    return [one["data"]["due_on"] for one in await case.told() if one["type"] == "commitment_due"]
