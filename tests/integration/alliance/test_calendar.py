"""The working calendar: everybody reads it, staff enter it, and a history is kept."""

from __future__ import annotations

import asyncio
import json
from typing import Any
from uuid import UUID

import pytest

from shared.contracts import alliance
from shared.contracts.envelope import decode
from shared.persistence import journal
from shared.persistence.database import Database
from tests.support.http import Client
from tests.support.tokens import an_actor

NEW_YEAR = {"day": "2027-01-01", "kind": "rests"}
MAKE_UP = {"day": "2027-01-03", "kind": "works"}


@pytest.fixture
def staff(client: Client, alliance_id: UUID) -> Client:
    return client.as_(an_actor("coordinator", alliance_id=alliance_id))


@pytest.fixture
def resident(client: Client, alliance_id: UUID) -> Client:
    return client.as_(an_actor("resident", alliance_id=alliance_id))


async def year(reader: Client, number: int) -> dict[str, Any]:
    answer = await reader.get(f"/v1/calendar?year={number}")
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def test_a_known_year_shows_its_holidays_and_make_up_days(resident: Client):
    shown = await year(resident, 2026)
    days = {one["day"]: one["kind"] for one in shown["days"]}
    assert (shown["provisional"], days["2026-10-01"], days["2026-10-10"]) == (False, "rests", "works")
    assert "2026-03-12" not in days


async def test_a_year_nobody_entered_is_provisional_until_it_is(staff: Client, resident: Client):
    assert await year(resident, 2027) == {"year": 2027, "provisional": True, "days": []}
    form = {"year": 2027, "days": [NEW_YEAR, {**MAKE_UP, "source": "国办发明电〔2026〕9号"}]}
    answer = await staff.put("/v1/calendar", json=form)
    assert answer.status_code == 200, answer.text
    shown = await year(resident, 2027)
    assert shown["provisional"] is False
    assert [(one["day"], one["kind"], one["own"]) for one in shown["days"]] == [
        ("2027-01-01", "rests", True),
        ("2027-01-03", "works", True),
    ]
    assert shown["days"][1]["source"] == "国办发明电〔2026〕9号"
    assert shown["days"][1]["set_by"] is None
    assert (await year(staff, 2027))["days"][1]["set_by"] == str(staff.actor.member_id)


async def test_one_day_is_set_without_making_its_year_known(staff: Client):
    answer = await staff.put("/v1/calendar/2028-05-04", json={"kind": "rests", "source": "街道通知"})
    assert answer.status_code == 200, answer.text
    assert (answer.json()["provisional"], len(answer.json()["days"])) == (True, 1)


async def test_those_who_may_not_are_told_so(client: Client, resident: Client):
    form = {"kind": "rests", "source": "x"}
    assert (await resident.put("/v1/calendar/2027-05-04", json=form)).status_code == 403
    assert (await client.get("/v1/calendar")).status_code == 401


@pytest.mark.parametrize(
    ("days", "pointer"),
    [
        ([], "/days"),
        ([{"day": "2028-01-01", "kind": "rests"}], "/days/0/day"),
        ([NEW_YEAR, NEW_YEAR], "/days/1/day"),
        ([{"day": "2027-01-01", "kind": "perhaps"}], "/days/0/kind"),
    ],
)
async def test_what_is_wrong_is_named(staff: Client, days: list[Any], pointer: str):
    answer = await staff.put("/v1/calendar", json={"year": 2027, "days": days})
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, pointer)


async def test_each_day_is_told_in_order_and_the_history_is_chained(
    staff: Client, database: Database, alliance_id: UUID
):
    await staff.put("/v1/calendar", json={"year": 2027, "days": [NEW_YEAR, MAKE_UP]})
    async with database.reading() as connection:
        rows = await connection.fetch(
            "SELECT headers, payload FROM outbox WHERE aggregateid = $1 ORDER BY position", alliance_id
        )
        entries = await connection.fetch(
            "SELECT * FROM journal WHERE aggregate_id = $1 ORDER BY version", alliance_id
        )
        head = await connection.fetchrow("SELECT version, head FROM calendars WHERE id = $1", alliance_id)
    told = [
        decode([(k, v.encode()) for k, v in json.loads(row["headers"]).items()], row["payload"]).data
        for row in rows
    ]
    assert told == [
        alliance.CalendarDaySet(alliance_id=alliance_id, day="2027-01-01", works=False),
        alliance.CalendarDaySet(alliance_id=alliance_id, day="2027-01-03", works=True),
        alliance.CalendarYearEntered(alliance_id=alliance_id, year=2027),
    ]
    assert head is not None
    broken = journal.verify(
        map(journal.from_row, entries), expected_version=head["version"], expected_head=head["head"]
    )
    assert broken is None


async def test_two_who_begin_the_calendar_at_once_take_turns(staff: Client):
    days = [f"2027-02-{day:02}" for day in range(1, 9)]
    form = {"kind": "rests", "source": "x"}
    answers = await asyncio.gather(*(staff.put(f"/v1/calendar/{day}", json=form) for day in days))
    assert {answer.status_code for answer in answers} == {200}
    entered = [one["day"] for one in (await year(staff, 2027))["days"] if one["own"]]
    assert entered == days
