"""Who must be carried out: marked by consent, read by the captain of the building alone, and every look is kept."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.alliance.main import SERVICE
from services.alliance.settings import Settings
from services.alliance.use_cases.register import found_alliance
from shared.persistence.database import Database
from tests.integration.alliance.conftest import NOON
from tests.integration.alliance.test_places import add
from tests.support.http import Client, SetClock, client_of
from tests.support.tokens import an_actor


@dataclass
class House:
    """A building with two homes, who lives in one, its captain, and the committee."""

    building: str
    homes: tuple[str, str]
    shop: str
    resident: Client
    captain: Client
    staff: Client
    alliance_id: UUID
    database: Database

    async def mark(self, by: Client, home: int, **form: Any) -> Any:
        return await by.put(f"/v1/places/{self.homes[home]}/carried-help", json={"needed": True, **form})

    async def look(self, by: Client, **form: Any) -> Any:
        return await by.post(f"/v1/places/{self.building}/carried-help/looks", json=form, key=None)

    async def own(self) -> list[dict[str, Any]]:
        items: list[dict[str, Any]] = (await self.resident.get("/v1/me/carried-help")).json()["items"]
        return items


@pytest.fixture
async def house(settings: Settings, clock: SetClock, database: Database) -> AsyncIterator[House]:
    alliance_id = uuid4()
    async with database.transaction() as tx:
        await found_alliance(tx, alliance_id, "新联盟", NOON)
    async with client_of(SERVICE, settings, clock=clock) as client:
        staff = client.as_(an_actor("coordinator", alliance_id=alliance_id))
        block = await add(staff, "block", "118弄")
        building = await add(staff, "building", "118弄3号", block)
        first, second = [await add(staff, "unit", f"118弄3号{n}", building) for n in (201, 202)]
        shop = await add(staff, "shop", "山北路112号", building)
        lives = {"place_id": first["id"], "kind": "lives", "from_day": "2026-01-01"}
        form = {
            "display_name": "戴敏",
            "email": f"{uuid4().hex}@shanbei.example",
            "grants": [{"role": "resident"}],
            "occupancies": [lives],
        }
        member = (await staff.post("/v1/members", json=form)).json()
        resident = an_actor("resident", alliance_id=alliance_id, member_id=UUID(member["id"]))
        captain = an_actor("building_captain", alliance_id=alliance_id, place_id=UUID(building["id"]))
        yield House(
            building["id"],
            (first["id"], second["id"]),
            shop["id"],
            client.as_(resident),
            client.as_(captain),
            staff,
            alliance_id,
            database,
        )


async def test_whoever_lives_there_marks_it_and_sees_when_the_captain_looked(house: House, clock: SetClock):
    # given
    assert [(one["name"], one["needed"], one["looked_at"]) for one in await house.own()] == [
        ("118弄3号201", False, [])
    ]
    assert (await house.mark(house.resident, 0)).status_code == 204
    # when
    seen = (await house.look(house.captain, case_id=str(uuid4()))).json()
    # then
    assert seen == {"items": [{"place_id": house.homes[0], "name": "118弄3号201"}]}
    assert [(one["needed"], len(one["looked_at"])) for one in await house.own()] == [(True, 1)]


async def test_the_captain_marks_it_for_somebody_who_agreed(house: House):
    refused = await house.mark(house.captain, 1)
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (422, "consent_missing")
    assert (await house.mark(house.captain, 1, consent="told_in_person")).status_code == 204
    assert [one["name"] for one in (await house.look(house.captain)).json()["items"]] == ["118弄3号202"]


async def test_nobody_else_marks_or_reads_it_staff_neither(house: House):
    other = an_actor("building_captain", alliance_id=house.alliance_id, place_id=uuid4())
    for by in (house.staff, house.captain.as_(other), house.resident):
        assert (await house.look(by)).status_code == 403
    assert (await house.mark(house.resident, 1)).status_code == 403
    assert (await house.mark(house.staff, 0, consent="phone")).status_code == 403
    stranger = house.staff.as_(an_actor("building_captain", place_id=UUID(house.building)))
    assert (await house.mark(stranger, 0, consent="phone")).status_code == 404
    shop = await house.captain.put(f"/v1/places/{house.shop}/carried-help", json={"needed": True})
    assert shop.status_code == 404
    async with house.database.reading() as connection:
        looks = await connection.fetchval(
            "SELECT count(*) FROM carried_help_looks WHERE building_id = $1", UUID(house.building)
        )
    assert looks == 0


async def test_cleared_it_is_gone_and_stands_in_no_journal_event_or_saved_answer(house: House):
    await house.mark(house.captain, 0, consent="written")
    await house.resident.put(f"/v1/places/{house.homes[0]}/carried-help", json={"needed": False})
    assert (await house.look(house.captain)).json() == {"items": []}
    async with house.database.reading() as connection:
        for table in ("carried_help", "journal", "outbox", "idempotency"):
            said = await connection.fetch(f"SELECT row_to_json(one)::text AS said FROM {table} AS one")
            assert not [row for row in said if house.homes[0] in row["said"] and "carried" in row["said"]]
        kept = await connection.fetchval(
            "SELECT count(*) FROM carried_help WHERE place_id = $1", UUID(house.homes[0])
        )
    assert kept == 0
