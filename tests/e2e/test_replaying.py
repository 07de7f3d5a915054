"""Projections of the running system are what the topics tell, and are made so again when they are not."""

from __future__ import annotations

import re
from typing import Any

import asyncpg
import pytest

from cli.demo.telling import Told
from cli.running import Running
from tests.support import guide
from tests.support.command_line import printed, shangju

SERVICES = ("complaints", "mediation", "notifications")
AS_IN_THE_GUIDE = re.findall(r"-c '([^']+)'", guide.command("A replay, as an exercise", "psql"))
SPOILT = {
    "complaints": ("DELETE FROM places", "UPDATE members SET coordinates = NOT coordinates"),
    "mediation": (*AS_IN_THE_GUIDE, "DELETE FROM known_occupancies", "DELETE FROM calendar_days"),
    "notifications": ("UPDATE contacts SET email = NULL", "DELETE FROM members"),
}


def rows_before(replayed: dict[str, Any]) -> dict[str, int]:
    return {table["name"]: table["before"] for each in replayed.values() for table in each["tables"]}


@pytest.mark.parametrize("service", SERVICES)
async def test_given_a_spoilt_projection_when_replayed_then_it_is_as_before(
    told: Told, where: Running, service: str
) -> None:
    before = printed(where, "replay", "--service", service, "--dry-run")
    connection = await asyncpg.connect(where.database_url(service))
    try:
        for statement in SPOILT[service]:
            await connection.execute(statement)
    finally:
        await connection.close()
    assert "gone" in shangju(where, "replay", "--service", service, "--dry-run", code=1)

    shangju(where, "replay", "--service", service, "--from", "beginning")

    after = printed(where, "replay", "--service", service, "--dry-run")
    assert rows_before(after) == rows_before(before)
    assert sum(rows_before(before).values()) > 0
    assert [finding["breaks"] for finding in printed(where, "verify") if finding["breaks"]] == []


def test_given_a_moment_when_replayed_from_then_only_what_came_since_is_told(
    told: Told, where: Running
) -> None:
    nothing = printed(where, "replay", "--service", "mediation", "--from", "2100-01-01")
    assert {name: each["events"] for name, each in nothing.items()} == {"people": 0, "calendar": 0}
    everything = printed(where, "replay", "--service", "mediation", "--from", "2020-01-01")
    assert everything["people"]["events"] > 0
    assert "neither `beginning` nor a moment" in shangju(
        where, "replay", "--service", "mediation", "--from", "yesterday", code=1
    )


def test_given_no_service_when_asked_then_all_projections_are_named(where: Running) -> None:
    words = shangju(where, "replay")
    assert all(name in words for name in ("neighbourhood", "people", "calendar", "roles", "contacts"))
