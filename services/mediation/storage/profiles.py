"""What mediators say of themselves, and how much they lead."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from pydantic import TypeAdapter

from services.mediation.decisions.profile import Profile
from shared.persistence.database import Connection

_PROFILE = TypeAdapter(Profile)


async def keep_profile(tx: Connection, mediator_id: UUID, alliance_id: UUID, profile: Profile) -> None:
    """The latest word counts."""
    await tx.execute(
        """
        INSERT INTO mediator_profiles (mediator_id, alliance_id, profile) VALUES ($1, $2, $3)
        ON CONFLICT (mediator_id) DO UPDATE SET alliance_id = excluded.alliance_id, profile = excluded.profile
        """,
        mediator_id,
        alliance_id,
        _PROFILE.dump_json(profile).decode(),
    )


async def profiles(connection: Connection, mediator_ids: Sequence[UUID]) -> dict[UUID, Profile]:
    """Those of these mediators; who said nothing has an empty one."""
    rows = await connection.fetch(
        "SELECT mediator_id, profile FROM mediator_profiles WHERE mediator_id = ANY ($1)", mediator_ids
    )
    said = {row["mediator_id"]: _PROFILE.validate_json(row["profile"]) for row in rows}
    return {mediator_id: said.get(mediator_id, Profile()) for mediator_id in mediator_ids}


async def open_mediations(connection: Connection, mediator_ids: Sequence[UUID]) -> dict[UUID, int]:
    """How many each of them leads that are neither in effect nor over."""
    rows = await connection.fetch(
        """
        SELECT mediator_id, count(*) AS led FROM mediations
        WHERE mediator_id = ANY ($1) AND status IN ('scheduling', 'scheduled', 'drafting', 'signing')
        GROUP BY mediator_id
        """,
        mediator_ids,
    )
    led = {row["mediator_id"]: row["led"] for row in rows}
    return {mediator_id: led.get(mediator_id, 0) for mediator_id in mediator_ids}
