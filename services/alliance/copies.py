"""The copy of what the register holds of one person (PIPL art. 45)."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel

from services.alliance import views
from services.alliance.events import OccupancyKind
from shared.access.actor import Actor
from shared.persistence.database import Connection


class SessionView(BaseModel):
    """When somebody signed in, and how that ended."""

    started_at: datetime
    ended_at: datetime | None
    ended_because: str | None


class InvitationGiven(BaseModel):
    """A link they gave out; whoever came in by it is somebody else."""

    place: str
    kind: OccupancyKind
    invited_at: datetime
    accepted_at: datetime | None
    withdrawn_at: datetime | None


class OwnData(BaseModel):
    """Account, contact, roles, kin, every occupancy, and what belongs to the account."""

    member: views.MemberView
    homes: list[views.OwnHome]
    sessions: list[SessionView]
    invitations: list[InvitationGiven]


async def own_data(connection: Connection, actor: Actor, member_id: UUID, today: date) -> OwnData:
    """Raises NotFound."""
    homes = await views.own_carried_help(connection, member_id, today)
    return OwnData(
        member=await views.member(connection, actor.alliance_id, member_id, date.min),
        homes=homes.items,
        sessions=await _sessions(connection, member_id),
        invitations=await _invitations(connection, member_id),
    )


async def _sessions(connection: Connection, member_id: UUID) -> list[SessionView]:
    rows = await connection.fetch(
        """
        SELECT started_at, ended_at, ended_because FROM sessions
        WHERE member_id = $1
        ORDER BY started_at
        """,
        member_id,
    )
    return [SessionView(**dict(row)) for row in rows]


async def _invitations(connection: Connection, member_id: UUID) -> list[InvitationGiven]:
    rows = await connection.fetch(
        """
        SELECT places.name AS place, invitations.kind, invited_at, accepted_at, withdrawn_at
        FROM invitations JOIN places ON places.id = place_id
        WHERE invited_by = $1
        ORDER BY invited_at
        """,
        member_id,
    )
    return [InvitationGiven(**dict(row)) for row in rows]
