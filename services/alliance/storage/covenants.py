"""Covenants as rows."""

from __future__ import annotations

from uuid import UUID

from services.alliance.decisions.covenants import Covenant, CovenantState
from services.alliance.events import CovenantEvent
from shared.errors import NotFound
from shared.persistence import saving
from shared.persistence.codec import Codec
from shared.persistence.database import Connection
from shared.persistence.saving import Aggregate, Change

STATES: Codec[Covenant] = Codec(Covenant)
EVENTS: Codec[CovenantEvent] = Codec(CovenantEvent)


async def lock_covenant(tx: Connection, covenant_id: UUID) -> Aggregate[CovenantState]:
    """The covenant, held until the transaction ends. Raises NotFound."""
    row = await tx.fetchrow(
        "SELECT id, alliance_id, state_type, state, version, head FROM covenants WHERE id = $1 FOR UPDATE",
        covenant_id,
    )
    if row is None:
        raise NotFound
    state = STATES.load(row["state_type"], row["state"])
    return Aggregate(row["id"], row["alliance_id"], state, row["version"], row["head"])


async def save_covenant(tx: Connection, change: Change[Covenant]) -> None:
    """With journal and outbox in one statement."""
    state_type, state = STATES.dump(change.after.state)
    await saving.save(
        tx,
        change,
        """
        INSERT INTO covenants (id, alliance_id, version, head, state_type, state)
        VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (id) DO UPDATE
        SET version = excluded.version, head = excluded.head, state_type = excluded.state_type,
            state = excluded.state
        """,
        change.after.id,
        change.after.alliance_id,
        change.after.version,
        change.after.head,
        state_type,
        state.decode(),
    )
