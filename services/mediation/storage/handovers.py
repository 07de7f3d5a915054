"""The packs that court stations were handed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.mediation.documents.packs import Pack
from services.mediation.state import Matter
from services.mediation.storage.reach import WITHIN_REACH, reach_of
from shared.access.actor import Actor
from shared.errors import NotFound
from shared.persistence.database import Connection

LISTED = 200


@dataclass(frozen=True)
class Sent:
    """One that was sent, without its bytes."""

    id: UUID
    mediation_id: UUID
    case_id: UUID
    reference: str
    sent_at: datetime
    pages: int
    sha256: str


async def keep_handover(tx: Connection, pack_id: UUID, matter: Matter, pack: Pack, now: datetime) -> None:
    """As it was sent: whoever compares the checksum later must find the same bytes."""
    await tx.execute(
        """
        INSERT INTO handovers (id, mediation_id, alliance_id, case_id, reference, sent_at, pages, sha256,
                               pdf, json)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        """,
        pack_id,
        matter.mediation_id,
        matter.alliance_id,
        matter.case_id,
        matter.reference,
        now,
        pack.pages,
        pack.sha256,
        pack.pdf,
        pack.json,
    )


async def mediation_handed(connection: Connection, pack_id: UUID) -> UUID | None:
    """Whose pack it is; None where no mediation sent one of that id."""
    found: UUID | None = await connection.fetchval(
        "SELECT mediation_id FROM handovers WHERE id = $1", pack_id
    )
    return found


async def handovers_of(connection: Connection, alliance_id: UUID) -> list[Sent]:
    """The newest first, two hundred at most."""
    rows = await connection.fetch(
        """
        SELECT id, mediation_id, case_id, reference, sent_at, pages, sha256 FROM handovers
        WHERE alliance_id = $1
        ORDER BY sent_at DESC, id
        LIMIT $2
        """,
        alliance_id,
        LISTED,
    )
    return [Sent(**row) for row in rows]


async def handed_over(connection: Connection, pack_id: UUID, by: Actor) -> tuple[str, bytes, bytes]:
    """The reference, the PDF and the JSON of one, for who has a part in its mediation. Raises NotFound."""
    row = await connection.fetchrow(
        f"""
        SELECT reference, pdf, json FROM handovers
        WHERE id = $1 AND EXISTS (SELECT FROM mediations WHERE mediations.id = mediation_id AND {WITHIN_REACH})
        """,  # noqa: S608
        pack_id,
        *reach_of(by, as_guest=False),
    )
    if row is None:
        raise NotFound
    return row["reference"], row["pdf"], row["json"]
