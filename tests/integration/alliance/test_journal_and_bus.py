"""What is written of each change: a chained history, and events without names."""

from __future__ import annotations

import json
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from services.alliance.commands import (
    ChangeContact,
    DeclareAdjacency,
    DeclareKin,
    EndOccupancy,
    GrantRole,
    MemberCommand,
    Neighbour,
    NewOccupancy,
    RegisterPlace,
    StartOccupancy,
    WithdrawRole,
)
from services.alliance.storage.register import lock_member, lock_place
from services.alliance.use_cases.register import handle
from shared.access.actor import SYSTEM, Grant
from shared.contracts import topics
from shared.contracts.envelope import decode
from shared.errors import Invalid
from shared.persistence import journal
from shared.persistence.database import Database
from tests.integration.alliance.conftest import NOON, Register
from tests.support.tokens import ALLIANCE

TODAY = NOON.date()


async def unit_of(database: Database) -> UUID:
    block, building, unit = uuid4(), uuid4(), uuid4()
    async with database.transaction() as tx:
        for command in (
            RegisterPlace(block, ALLIANCE, "block", "118弄"),
            RegisterPlace(building, ALLIANCE, "building", "118弄6号", block),
            RegisterPlace(unit, ALLIANCE, "unit", "118弄6号301", building),
            DeclareAdjacency(unit, Neighbour(building, "above", 0)),
        ):
            await handle(tx, command, SYSTEM, NOON)
    return unit


async def entries_of(database: Database, aggregate_id: UUID) -> list[journal.Entry]:
    async with database.reading() as connection:
        rows = await connection.fetch(
            "SELECT * FROM journal WHERE aggregate_id = $1 ORDER BY version", aggregate_id
        )
    return [journal.from_row(row) for row in rows]


async def test_a_members_life_is_a_chained_history_and_nameless_events(
    database: Database, register: Register
) -> None:
    unit, stay = await unit_of(database), NewOccupancy(uuid4(), uuid4(), "lives", TODAY)
    lin, aunt = await register(), await register()
    stay = NewOccupancy(stay.occupancy_id, unit, "lives", TODAY)
    commands: list[MemberCommand] = [
        StartOccupancy(lin.id, stay),
        GrantRole(lin.id, Grant("volunteer")),
        WithdrawRole(lin.id, Grant("volunteer")),
        DeclareKin(lin.id, aunt.id),
        ChangeContact(lin.id, "林阿姨", lin.contact, "13811112222", "en"),
        EndOccupancy(stay.occupancy_id, TODAY + timedelta(days=9)),
    ]
    async with database.transaction() as tx:
        for command in commands:
            await handle(tx, command, SYSTEM, NOON)

    entries = await entries_of(database, lin.id)
    async with database.transaction() as tx:
        member = await lock_member(tx, lin.id)
    assert [entry.version for entry in entries] == [1, 2, 3, 4, 5, 6, 7]
    assert journal.verify(entries, expected_version=member.version, expected_head=member.head) is None

    async with database.reading() as connection:
        rows = await connection.fetch(
            "SELECT topic, headers, payload FROM outbox WHERE aggregateid = $1 ORDER BY position", lin.id
        )
    told = [
        decode(((name, value.encode()) for name, value in json.loads(row["headers"]).items()), row["payload"])
        for row in rows
    ]
    assert [(event.type.split(".")[3], event.aggregate_version) for event in told] == [
        ("member_registered", 1),
        ("contact_changed", 1),
        ("occupancy_started", 2),
        ("member_registered", 3),
        ("member_registered", 4),
        ("kinship_declared", 5),
        ("member_registered", 6),
        ("contact_changed", 6),
        ("occupancy_ended", 7),
    ]
    for row in rows:
        text = bytes(row["payload"]).decode() + row["headers"]
        personal = [word for word in (lin.contact, "林佩珍", "林阿姨", "13811112222") if word in text]
        assert (row["topic"] == topics.CONTACTS) == bool(personal)


async def test_a_places_history_is_chained_too(database: Database) -> None:
    unit = await unit_of(database)
    async with database.transaction() as tx:
        place = await lock_place(tx, unit)
    entries = await entries_of(database, unit)
    assert [entry.type for entry in entries] == ["PlaceRegistered", "AdjacencyDeclared"]
    assert journal.verify(entries, expected_version=place.version, expected_head=place.head) is None


async def test_nothing_is_written_of_what_changes_nothing(database: Database, register: Register) -> None:
    lin = await register()
    async with database.transaction() as tx:
        await handle(tx, GrantRole(lin.id, Grant("resident")), SYSTEM, NOON)
    assert len(await entries_of(database, lin.id)) == 1


async def test_nothing_is_written_of_what_is_refused(database: Database, register: Register) -> None:
    lin = await register()

    async def grant(*roles: str) -> None:
        async with database.transaction() as tx:
            for role in roles:
                await handle(tx, GrantRole(lin.id, Grant(role)), SYSTEM, NOON)

    with pytest.raises(Invalid):
        await grant("mediator", "building_captain")
    assert len(await entries_of(database, lin.id)) == 1
