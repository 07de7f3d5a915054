"""Filings about a child under 14: rows of their own, so that no list, search or figure of cases can find them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from services.complaints.commands import Filing
from services.complaints.events.minors import MinorEvent
from shared.errors import NotFound
from shared.persistence import saving
from shared.persistence.codec import Codec
from shared.persistence.database import Connection
from shared.persistence.saving import Aggregate, Change

MINOR_EVENTS: Codec[MinorEvent] = Codec(MinorEvent)
_FILINGS: Codec[Any] = Codec(Filing)


@dataclass(frozen=True)
class MinorNotice:
    """What was told of a child, waiting for a guardian."""

    filing: Filing
    filed_at: datetime
    case_id: UUID | None = None


async def lock_minor_notice(tx: Connection, notice_id: UUID, alliance_id: UUID) -> Aggregate[MinorNotice]:
    """One that still waits, held. Raises NotFound."""
    row = await tx.fetchrow(
        """
        SELECT version, head, filing_type, filing, filed_at FROM minor_notices
        WHERE id = $1 AND alliance_id = $2 AND filing IS NOT NULL
        FOR UPDATE
        """,
        notice_id,
        alliance_id,
    )
    if row is None:
        raise NotFound
    filing = _FILINGS.load(row["filing_type"], row["filing"])
    notice = MinorNotice(filing, row["filed_at"])
    return Aggregate(notice_id, alliance_id, notice, row["version"], row["head"])


async def save_minor_notice(tx: Connection, done: Change[MinorNotice]) -> None:
    """Notice, journal and outbox in one statement; the words go when they have become a case's."""
    after = done.after
    kind, filing = _FILINGS.dump(after.state.filing)
    waits = after.state.case_id is None
    await saving.save(
        tx,
        done,
        _SAVE,
        after.id,
        after.alliance_id,
        after.version,
        after.head,
        after.state.filing.reference,
        kind if waits else None,
        filing.decode() if waits else None,
        after.state.filed_at,
        after.state.case_id,
    )


_SAVE = """
INSERT INTO minor_notices (id, alliance_id, version, head, reference, filing_type, filing, filed_at, case_id)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
ON CONFLICT (id) DO UPDATE SET
    version = excluded.version,
    head = excluded.head,
    filing_type = excluded.filing_type,
    filing = excluded.filing,
    case_id = excluded.case_id
"""


async def open_minor_notices(connection: Connection, alliance_id: UUID) -> Sequence[MinorNotice]:
    """Those that wait for a guardian, the oldest first; two hundred at most."""
    rows = await connection.fetch(
        """
        SELECT filing_type, filing, filed_at FROM minor_notices
        WHERE alliance_id = $1 AND filing IS NOT NULL
        ORDER BY filed_at
        LIMIT 200
        """,
        alliance_id,
    )
    return [MinorNotice(_FILINGS.load(row["filing_type"], row["filing"]), row["filed_at"]) for row in rows]
