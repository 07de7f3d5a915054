"""Warnings and escalations on the real database: once, by day, to whom the step waits for, and shown without timers."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from prometheus_client import REGISTRY

from services.complaints import metrics
from tests.integration.complaints.test_main_path import notice_is_read
from tests.integration.complaints.town import Town, done, member_of


async def told(town: Town, case_id: str, name: str) -> list[Any]:
    return [event.data for event in await town.told(case_id) if event.type.split(".")[3] == name]


async def clock(town: Town, case_id: str, name: str) -> dict[str, Any]:
    [found] = [
        one for one in done(await town.zhou.get(f"/v1/cases/{case_id}"))["clocks"] if one["name"] == name
    ]
    return found


async def until(town: Town, moment: datetime) -> None:
    await town.later(seconds=(moment - town.clock.now()).total_seconds())


def at(day: int, hour: int, minute: int = 0, month: int = 3) -> datetime:
    """That time in Shanghai."""
    return datetime(2026, month, day, tzinfo=UTC) + timedelta(hours=hour - 8, minutes=minute)


async def test_operators_are_told_how_many_cases_are_past_a_clock(town: Town):
    async def past(clock: str) -> float:
        await metrics.measure(town.http.kit)
        return REGISTRY.get_sample_value("shangju_cases_past_clock", {"clock": clock}) or 0

    case_id = await town.accepted()
    await notice_is_read(town, case_id)
    town.clock.advance(at(20, 23, 59) - town.clock.now())
    on_the_last_day = await past("answer")
    town.clock.advance(timedelta(minutes=2))
    over, surveys = await past("answer"), await past("survey")
    done(await town.lin.post(f"/v1/cases/{case_id}/withdraw", json={}))
    # then the days of others' cases, whatever they are, stand as they were
    assert (await past("answer"), await past("survey")) == (over - 1, surveys)
    town.clock.advance(-timedelta(minutes=2))
    assert await past("answer") == on_the_last_day


async def test_the_respondent_is_warned_once_in_the_morning(town: Town):
    case_id = await town.accepted()
    await notice_is_read(town, case_id)
    await until(town, at(18, 7, 59))
    assert await told(town, case_id, "word_awaited") == []
    await until(town, at(18, 8))
    await until(town, at(19, 12))
    [warned] = await told(town, case_id, "word_awaited")
    assert await told(town, case_id, "clock_warned") == []
    assert (warned.word, warned.until, warned.to) == ("answer", date(2026, 3, 20), (member_of(town.ma),))


async def test_a_missed_day_is_taken_up_step_by_step(town: Town):
    liaison = await town.newcomer("court_liaison")
    case_id = (await town.file())["id"]
    await until(town, at(17, 7, 59))
    assert [one for one in await told(town, case_id, "case_escalated") if one.clock == "triage"] == []
    for day in (17, 18, 19, 20, 21, 24):
        await until(town, at(day, 8))
    found = [one for one in await told(town, case_id, "case_escalated") if one.clock == "triage"]
    assert [(one.step, one.to) for one in found] == [
        ("captain", (member_of(town.xu),)),
        ("committee", (member_of(town.zhou),)),
        ("mediator", (member_of(town.zhou),)),
        ("court_station", (member_of(liaison),)),
    ]


async def test_a_worker_that_wakes_up_at_night_waits_for_the_morning(town: Town):
    case_id = (await town.file())["id"]
    await until(town, at(17, 23))
    assert await told(town, case_id, "case_escalated") == []
    shown = await clock(town, case_id, "triage")
    assert (shown["state"], shown["late_days"], shown["escalation_step"]) == ("missed", 1, "captain")
    await until(town, at(18, 7, 59))
    assert await told(town, case_id, "case_escalated") == []
    await until(town, at(18, 8))
    steps = [one.step for one in await told(town, case_id, "case_escalated") if one.clock == "triage"]
    assert steps == ["captain", "committee"]


async def test_an_emergency_wakes_people(town: Town):
    burning = {"category": "fire_safety", "subcategory": "gas_cylinder_indoor", "happening_now": True}
    case_id = (await town.file(**burning))["id"]
    await until(town, at(17, 0))
    steps = [one.step for one in await told(town, case_id, "case_escalated") if one.clock == "triage"]
    assert steps == ["captain"]


async def test_the_first_word_to_who_complained_is_the_contact(town: Town):
    case_id = (await town.file())["id"]
    assert (await clock(town, case_id, "contact"))["state"] == "running"
    done(await town.zhou.post(f"/v1/cases/{case_id}/messages", json={"to": "complainant", "text": "您好"}))
    assert (await clock(town, case_id, "contact"))["state"] == "met"


async def test_an_alliance_refines_a_clock_for_a_category_and_a_tier(town: Town):
    chief = await town.newcomer("operator")
    figure = {"value": 3, "effective_from": "2026-03-12"}
    done(await chief.put("/v1/rules/answer.noise.urgent", json=figure))
    wrong = await chief.put("/v1/rules/answer.nois", json=figure)
    assert wrong.status_code == 404
    receipt = await town.file()
    form = {"shared_summary": "夜间音乐", "tier": "urgent"}
    done(await town.zhou.post(f"/v1/cases/{receipt['id']}/accept", json=form))
    served = done(await town.zhou.post(f"/v1/cases/{receipt['id']}/serve", json={"how": "visit"}))
    assert served["clock"] == {"name": "answer", "until": "2026-03-17"}
