"""Invitations as rows."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from services.alliance.decisions.invitations import Invitation
from services.alliance.events import OccupancyKind
from shared.errors import NotFound
from shared.persistence.database import Connection

_INVITATION = """
    SELECT id, alliance_id, place_id, kind, invited_by, expires_at, withdrawn_at, accepted_at FROM invitations
"""


async def keep_invitation(tx: Connection, invitation: Invitation, now: datetime) -> None:
    """A new one."""
    await tx.execute(
        """
        INSERT INTO invitations (id, alliance_id, place_id, kind, invited_by, invited_at, expires_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        """,
        invitation.id,
        invitation.alliance_id,
        invitation.place_id,
        invitation.kind,
        invitation.invited_by,
        now,
        invitation.expires_at,
    )


async def read_invitation(connection: Connection, id: UUID) -> Invitation:
    """Raises NotFound."""
    row = await connection.fetchrow(f"{_INVITATION} WHERE id = $1", id)
    if row is None:
        raise NotFound
    return Invitation(**dict(row))


async def lock_invitation(tx: Connection, id: UUID) -> Invitation:
    """The same, held until the transaction ends: nobody comes in twice by one link. Raises NotFound."""
    row = await tx.fetchrow(f"{_INVITATION} WHERE id = $1 FOR UPDATE", id)
    if row is None:
        raise NotFound
    return Invitation(**dict(row))


async def note_accepted(tx: Connection, id: UUID, member_id: UUID, now: datetime) -> None:
    """The link opens nothing any more."""
    await tx.execute(
        "UPDATE invitations SET accepted_at = $2, accepted_by = $3 WHERE id = $1", id, now, member_id
    )


async def note_withdrawn(tx: Connection, id: UUID, now: datetime) -> None:
    """The same, because whoever gave it out took it back."""
    await tx.execute(
        "UPDATE invitations SET withdrawn_at = coalesce(withdrawn_at, $2) WHERE id = $1", id, now
    )


async def open_invitations(connection: Connection, place_id: UUID, now: datetime) -> list[Invitation]:
    """Those to a place that still open it, the one that ends first in front."""
    rows = await connection.fetch(
        f"""
        {_INVITATION}
        WHERE place_id = $1 AND withdrawn_at IS NULL AND accepted_at IS NULL AND expires_at > $2
        ORDER BY expires_at, id
        """,
        place_id,
        now,
    )
    return [Invitation(**dict(row)) for row in rows]


async def kinds_of(
    connection: Connection, member_id: UUID | None, place_id: UUID, today: date
) -> frozenset[OccupancyKind]:
    """As what somebody is at a place today."""
    rows = await connection.fetch(
        """
        SELECT kind FROM occupancies
        WHERE member_id = $1 AND place_id = $2 AND from_day <= $3 AND (until_day IS NULL OR until_day >= $3)
        """,
        member_id,
        place_id,
        today,
    )
    return frozenset(row["kind"] for row in rows)
