"""The days of one's own cases: each party's own, and none that would betray when somebody complained."""

from __future__ import annotations

from typing import Any

from tests.integration.complaints.town import Town, done
from tests.support.http import Client


async def days(client: Client) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = done(await client.get("/v1/days"))["items"]
    return found


async def test_each_side_sees_the_days_that_are_theirs(town: Town):
    case_id = await town.accepted()
    done(await town.zhou.post(f"/v1/cases/{case_id}/serve", json={"how": "visit"}))
    [answer] = [day for day in await days(town.ma) if day["what"] == "answer"]
    assert answer["case_id"] == case_id
    assert answer in await days(town.lin)
    assert await days(town.sun) == []
    assert await days(town.zhou) == []


async def test_the_other_side_is_told_no_day_that_tells_the_filing(town: Town):
    await town.file()
    assert {day["what"] for day in await days(town.lin)} <= {"triage", "contact"}
    assert await days(town.ma) == []
    await town.accepted(identity="hidden")
    assert not {day["what"] for day in await days(town.ma)} & {"triage", "contact"}


async def test_what_is_closed_asks_for_no_day(town: Town):
    filed = await town.file()
    done(await town.lin.post(f"/v1/cases/{filed['id']}/withdraw", json={}))
    assert await days(town.lin) == []
