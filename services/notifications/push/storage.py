"""SQL of the browsers that asked for word on the telephone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.notifications.push.sealing import Subscription
from shared.errors import NotFound
from shared.ids import new_id
from shared.persistence.database import Connection

MOST_DEVICES = 5
"""Of one person; the one that asked longest ago makes room."""


@dataclass(frozen=True)
class Device:
    """A browser that asked, without what reaches it."""

    id: UUID
    created_at: datetime


async def add_device(tx: Connection, member_id: UUID, subscription: Subscription, now: datetime) -> Device:
    """Word goes there too from now on, and to nobody else who had asked on it before."""
    [row] = await tx.fetch(
        """
        INSERT INTO push_subscriptions (id, member_id, endpoint, public_key, secret, created_at)
        VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (endpoint) DO UPDATE
        SET member_id = excluded.member_id, public_key = excluded.public_key, secret = excluded.secret,
            created_at = excluded.created_at
        RETURNING id, created_at
        """,
        new_id(),
        member_id,
        subscription.endpoint,
        subscription.public_key,
        subscription.secret,
        now,
    )
    await tx.execute(
        """
        DELETE FROM push_subscriptions WHERE id IN (
            SELECT id FROM push_subscriptions WHERE member_id = $1
            ORDER BY created_at DESC, id DESC OFFSET $2
        )
        """,
        member_id,
        MOST_DEVICES,
    )
    return Device(**dict(row))


async def devices_of(connection: Connection, member_id: UUID) -> Sequence[Device]:
    """Which of theirs asked, the newest first."""
    rows = await connection.fetch(
        "SELECT id, created_at FROM push_subscriptions WHERE member_id = $1 ORDER BY created_at DESC, id DESC",
        member_id,
    )
    return [Device(**dict(row)) for row in rows]


async def remove_device(tx: Connection, device_id: UUID, *, member_id: UUID) -> Device:
    """Nothing goes there any more. Raises NotFound, also for somebody else's."""
    row = await tx.fetchrow(
        "DELETE FROM push_subscriptions WHERE id = $1 AND member_id = $2 RETURNING id, created_at",
        device_id,
        member_id,
    )
    if row is None:
        raise NotFound
    return Device(**dict(row))


async def subscriptions_of(connection: Connection, member_id: UUID) -> Sequence[Subscription]:
    """Where they are reached."""
    rows = await connection.fetch(
        "SELECT endpoint, public_key, secret FROM push_subscriptions WHERE member_id = $1 ORDER BY id",
        member_id,
    )
    return [Subscription(**dict(row)) for row in rows]


async def forget(tx: Connection, endpoints: Sequence[str]) -> None:
    """Their push services say that these browsers want no more."""
    await tx.execute("DELETE FROM push_subscriptions WHERE endpoint = ANY ($1)", endpoints)
