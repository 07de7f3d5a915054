"""The noise class of each block, as the alliance read it from the city's published map."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from shared.contracts.measurements import ZoneClass
from shared.persistence.database import Connection


async def zone_of(connection: Connection, alliance_id: UUID, block_id: UUID) -> tuple[ZoneClass, str] | None:
    """The class and its source, if somebody entered them."""
    row = await connection.fetchrow(
        "SELECT zone_class, source FROM noise_zones WHERE alliance_id = $1 AND block_id = $2",
        alliance_id,
        block_id,
    )
    return (row["zone_class"], row["source"]) if row else None


async def keep_zone(
    tx: Connection,
    alliance_id: UUID,
    block_id: UUID,
    *,
    zone_class: ZoneClass,
    source: str,
    by: UUID,
    now: datetime,
) -> bool:
    """Enters or replaces it; False for a block the alliance does not have."""
    done: str = await tx.execute(
        """
        INSERT INTO noise_zones (alliance_id, block_id, zone_class, source, recorded_by, recorded_at)
        SELECT $1, $2, $3, $4, $5, $6
        WHERE EXISTS (SELECT FROM places WHERE alliance_id = $1 AND $2 IN (place_id, block_id))
        ON CONFLICT (alliance_id, block_id) DO UPDATE SET
            zone_class = excluded.zone_class,
            source = excluded.source,
            recorded_by = excluded.recorded_by,
            recorded_at = excluded.recorded_at
        """,
        alliance_id,
        block_id,
        zone_class,
        source,
        by,
        now,
    )
    return done == "INSERT 0 1"
