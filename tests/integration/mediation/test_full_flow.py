"""Steps 3 to 5 of the main job, by HTTP as four people, with a clock that the story moves."""

from __future__ import annotations

from datetime import date, timedelta

from icalendar import Calendar

from shared.clock import end_of_day
from tests.integration.mediation.neighbourhood import Case, Neighbourhood


async def test_a_routed_case_becomes_a_kept_promise(hill: Neighbourhood):
    case = await hill.opened()
    assert (await case.view(hill.lin))["status"] == "awaiting_consent"

    first = await case.do(hill.lin, "consent")
    assert (first["status"], first["due"]) == ("awaiting_consent", "2026-03-27")
    assert "等待" in first["next"]
    last = await case.do(hill.ma, "consent")
    assert last["status"] == "choosing_mediator"

    await case.do(hill.zhou, "nominate")
    proposed = (await case.view(hill.zhou))["proposed_id"]
    mediator = next(one for one in (hill.gu, hill.han) if str(one.member_id) == proposed)
    taken = await case.do(mediator, "take")
    assert "slots" in taken["possible"]

    await _finds_a_time(case, mediator)
    await _holds_the_session(case, mediator)
    await _agrees(case, mediator)
    await _keeps_the_promises(case)

    assert await case.types_told() == [
        "mediation_opened",
        "party_consented",
        "party_consented",
        "consent_completed",
        "mediator_proposed",
        "mediator_took",
        "slots_proposed",
        "session_scheduled",
        "session_held",
        "agreement_drafted",
        "agreement_signed",
        "agreement_signed",
        "agreement_effective",
        "commitment_proven",
        "commitment_confirmed",
        "commitment_soon_due",
        "commitment_due",
        "commitment_confirmed",
        "commitments_performed",
    ]


async def _finds_a_time(case: Case, mediator) -> None:
    hill = case.hill
    window = {"starts_at": "2026-03-24T13:00:00+08:00", "ends_at": "2026-03-24T18:00:00+08:00"}
    await case.do(hill.lin, "answers", {"available": [window]})
    await case.do(mediator, "slots", {"count": 2})
    slots = (await case.view(hill.ma))["slots"]
    assert [slot["starts_at"] for slot in slots] == ["2026-03-24T05:00:00Z", "2026-03-24T07:00:00Z"]
    said = [{"slot_id": slot["slot_id"], "answer": "if_need_be"} for slot in slots]
    for party in (hill.lin, hill.ma):
        await case.do(party, "answers", {"answers": said})
    fixed = await case.do(mediator, "schedule", {"slot_id": slots[0]["slot_id"]})
    assert fixed["clock"] == {"name": "session", "until": "2026-03-24"}
    assert "3月24日 周二 13:00" in fixed["next"]


async def _holds_the_session(case: Case, mediator) -> None:
    hill = case.hill
    early = await case.ask(mediator, "minutes", {"text": "谈了"})
    assert (early.status_code, early.json()["type"]) == (409, "/problems/session_not_begun")
    hill.clock.advance(timedelta(days=4, hours=1))
    held = await case.do(mediator, "minutes", {"text": "双方谈了后门"})
    assert held["status"] == "drafting"


async def _agrees(case: Case, mediator) -> None:
    hill = case.hill
    drafted = await case.do(mediator, "agreement", case.draft() | {"facts": ""})
    assert [warning["code"] for warning in drafted["warnings"]] == ["facts_missing"]
    for party in (hill.lin, hill.ma):
        named = (await case.view(party))["agreement"]["content_hash"]
        assert (await case.on_agreement(party, "sign", hill.meant(party, named))).status_code == 200
    assert (await case.on_agreement(mediator, "mark")).json()["status"] == "signing"
    assert (await case.on_agreement(hill.zhou, "mark")).json()["status"] == "performing"
    agreement = (await case.view(hill.lin))["agreement"]
    assert (agreement["effective_on"], agreement["court"]["until"]) == ("2026-03-24", "2026-04-23")
    assert [(one["by"], one["by_code"]) for one in agreement["signatures"]] == [
        ("party", True),
        ("party", True),
        ("mediator", False),
        ("committee", False),
    ]


async def _keeps_the_promises(case: Case) -> None:
    hill = case.hill
    assert (await case.on_commitment(hill.ma, 0, "proof", {"text": "照片一张"})).status_code == 200
    proven = (await case.view(hill.lin))["agreement"]["commitments"][0]
    assert (proven["status"], proven["confirm_until"]) == ("proven", "2026-03-27")
    assert (await case.on_commitment(hill.lin, 0, "confirm")).status_code == 200
    waiting = await hill.rows(
        "SELECT due_at FROM timers WHERE aggregate_id = $1 AND kind = 'commitment_due'", case.id
    )
    assert [row["due_at"] for row in waiting] == [end_of_day(date(2026, 4, 7))]

    due = end_of_day(date(2026, 4, 7))
    hill.clock.advance(due - hill.clock.now() - timedelta(seconds=1))
    await hill.fire_timers()
    assert "commitment_due" not in await case.types_told()
    assert not (await case.view(hill.ma))["agreement"]["commitments"][1]["overdue"]
    hill.clock.advance(timedelta(seconds=1))
    assert (await case.view(hill.ma))["agreement"]["commitments"][1]["overdue"]
    for _ in range(2):
        await hill.fire_timers()
    assert (await case.types_told()).count("commitment_due") == 1

    done = await case.on_commitment(hill.ma, 1, "confirm")
    assert done.json()["status"] == "performed"
    last = [one["data"] for one in await case.told() if one["type"] == "commitment_confirmed"][-1]
    assert last["open_count"] == 0


async def test_an_oral_agreement_binds_without_marks(hill: Neighbourhood):
    case = await hill.opened()
    await case.signed(form="oral")
    view = await case.view(hill.lin)
    assert (view["status"], view["agreement"]["form"]) == ("performing", "oral")
    assert view["agreement"]["effective_on"] == "2026-03-21"


async def test_the_calendar_file_follows_the_session(hill: Neighbourhood):
    case = await hill.opened()
    await case.answered()
    assert (await hill.get(hill.lin, f"/v1/mediations/{case.id}/calendar.ics")).status_code == 404
    first, second, *_ = (await case.view(hill.gu))["slots"]
    await case.do(hill.gu, "schedule", {"slot_id": first["slot_id"]})
    files = [await _file(case, hill.lin)]
    await case.do(hill.gu, "reschedule", {"slot_id": second["slot_id"], "reason": "病了"})
    files.append(await _file(case, hill.ma))
    third = {"starts_at": "2026-03-27T15:00:00+08:00", "room": "R1", "reason": "还没好"}
    await case.do(hill.gu, "reschedule", third)
    files.append(await _file(case, hill.gu))
    await case.do(hill.ma, "refuse")
    files.append(await _file(case, hill.lin))

    events = [file.events[0] for file in files]
    assert len({str(event["UID"]) for event in events}) == 1
    assert [int(event["SEQUENCE"]) for event in events] == [0, 1, 2, 3]
    assert [str(file["METHOD"]) for file in files] == ["PUBLISH", "PUBLISH", "PUBLISH", "CANCEL"]
    assert [str(event["STATUS"]) for event in events] == ["CONFIRMED"] * 3 + ["CANCELLED"]
    assert events[2].start.isoformat() == "2026-03-27T15:00:00+08:00"
    sessions = [one["data"] for one in await case.told() if one["type"].startswith("session_")]
    assert [one["sequence"] for one in sessions] == [0, 1, 2, 3]
    assert [one.get("moved") for one in sessions] == [False, True, True, None]
    assert {one["uid"] for one in sessions} == {str(events[0]["UID"])}


async def _file(case: Case, actor) -> Calendar:
    answer = await case.hill.get(actor, f"/v1/mediations/{case.id}/calendar.ics")
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    return Calendar.from_ical(answer.text)
