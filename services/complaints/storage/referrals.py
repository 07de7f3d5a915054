"""What lies with the authorities, as their officers and the coordinators list it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.complaints.decisions.state import Case, Referral
from services.complaints.events import (
    CaseAccepted,
    CaseFiled,
    CaseReferred,
    CaseReturned,
    Event,
    SiteVisited,
)
from services.complaints.storage.cases import EVENTS, STATES
from shared.access.actor import Actor, Grant
from shared.persistence.database import Connection

LISTED_AT_MOST = 200

_SAID = (CaseFiled, SiteVisited, CaseAccepted, CaseReferred, CaseReturned)
"""The words that may go along, and those of the way to the authority and back."""


@dataclass(frozen=True)
class HandedOver:
    """One referral, its case, and the words that went along."""

    case: Case
    referral: Referral
    said: tuple[Event, ...]


async def referrals_for(connection: Connection, actor: Actor, *, is_open: bool | None) -> list[HandedOver]:
    """Those handed to this officer, as in policy.is_handed_to; all of the alliance for its coordinator."""
    buildings = [
        grant.place_id for grant in actor.grants if grant.role == "agency_officer" and grant.place_id
    ]
    courts = [grant.place_id for grant in actor.grants if grant.role == "court_liaison" and grant.place_id]
    rows = await connection.fetch(
        _FOR,
        actor.alliance_id,
        actor.member_id,
        actor.has("coordinator"),
        is_open,
        actor.has("agency_officer"),
        Grant("agency_officer") in actor.grants,
        buildings,
        actor.has("court_liaison"),
        Grant("court_liaison") in actor.grants,
        courts,
        LISTED_AT_MOST,
    )
    said = await _said(connection, {row["case_id"] for row in rows})
    return [
        _handed_over(STATES.load(row["state_type"], row["state"]), row["referral_id"], said) for row in rows
    ]


def _handed_over(case: Case, referral_id: UUID, said: dict[UUID, list[Event]]) -> HandedOver:
    referral = case.file.referral(referral_id)
    assert referral is not None  # noqa: S101
    own = (
        event
        for event in said[case.file.case_id]
        if getattr(event, "referral_id", referral_id) in (referral_id, None)
    )
    return HandedOver(case, referral, tuple(own))


async def _said(connection: Connection, case_ids: Iterable[UUID]) -> dict[UUID, list[Event]]:
    rows = await connection.fetch(
        """
        SELECT aggregate_id, type, coalesce(payload, remains) AS payload FROM journal
        WHERE aggregate_id = ANY ($1::uuid[]) AND type = ANY ($2::text[])
        ORDER BY aggregate_id, version
        """,
        list(case_ids),
        [kind.__name__ for kind in _SAID],
    )
    said: dict[UUID, list[Event]] = {}
    for row in rows:
        said.setdefault(row["aggregate_id"], []).append(EVENTS.load(row["type"], row["payload"]))
    return said


async def put_off(tx: Connection, dedupe_key: str, due_at: datetime) -> None:
    """The timer that is firing fires later instead."""
    await tx.execute(
        "UPDATE timers SET fired_at = NULL, due_at = $2 WHERE dedupe_key = $1", dedupe_key, due_at
    )


_FOR = """
SELECT referral_id, case_id, state_type, state
FROM referrals
JOIN cases ON cases.id = case_id
WHERE alliance_id = $1
  AND NOT EXISTS (SELECT FROM parties WHERE parties.case_id = cases.id AND member_id = $2)
  AND ($4::boolean IS NULL OR (returned_on IS NULL) = $4)
  AND ($3
       OR (authority <> 'court_station' AND (
               CASE WHEN officer_id IS NULL THEN $6 OR building_id = ANY ($7::uuid[])
                    ELSE $5 AND officer_id = $2 END))
       OR (authority = 'court_station' AND (
               CASE WHEN officer_id IS NULL THEN $9 OR building_id = ANY ($10::uuid[])
                    ELSE $8 AND officer_id = $2 END)))
ORDER BY sent_on DESC, referral_id
LIMIT $11
"""
