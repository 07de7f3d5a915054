"""What stands on somebody's calendar: sessions they come to and promises that are owed, and nobody else's."""

from __future__ import annotations

from typing import Any

from shared.access.actor import Actor
from tests.integration.mediation.neighbourhood import Neighbourhood


async def days(hill: Neighbourhood, actor: Actor, **query: str) -> list[dict[str, Any]]:
    answer = await hill.get(actor, "/v1/days", params=query)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["items"]
    return found


async def test_a_session_stands_with_time_and_room_for_those_who_come_to_it(hill: Neighbourhood):
    case = await (await hill.opened()).scheduled()
    session = (await case.view(hill.gu))["session"]
    for actor in (hill.lin, hill.ma, hill.gu):
        [day] = await days(hill, actor)
        assert (day["what"], day["starts_at"], day["room"]) == (
            "session",
            session["starts_at"],
            session["room"],
        )
        assert day["room_name"] == session["room_name"] == "调解室"
    assert await days(hill, hill.han) == []
    on = day["on"]
    assert await days(hill, hill.lin, since=on, until=on) == [day]
    assert await days(hill, hill.lin, until="2026-03-01", since="2026-02-01") == []


async def test_a_session_called_off_is_gone(hill: Neighbourhood):
    case = await (await hill.opened()).scheduled()
    await case.do(hill.lin, "refuse")
    assert await days(hill, hill.ma) == []


async def test_promises_stand_once_the_agreement_is_in_effect(hill: Neighbourhood):
    await (await hill.opened()).drafted()
    assert [day["what"] for day in await days(hill, hill.lin) if day["what"] == "commitment"] == []
    case = await (await hill.opened()).in_effect()
    owed = {one["what"]: one for one in (await case.view(hill.lin))["agreement"]["commitments"]}
    found = [day for day in await days(hill, hill.lin) if day["reference"]]
    promised = {day["promise"]: day for day in found if day["what"] == "commitment"}
    assert promised.keys() == owed.keys()
    assert {day["on"] for day in promised.values()} == {one["due_on"] for one in owed.values()}


async def test_a_period_that_ends_before_it_begins_is_named(hill: Neighbourhood):
    answer = await hill.get(hill.lin, "/v1/days", params={"since": "2026-03-02", "until": "2026-03-01"})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "query/until"
