"""Whom a case could concern, asked in SQL before any of it is read: what is not one's own is looked for no longer than
what is not there, and held by nobody whose it is not. What somebody may do with it, `policy` says.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from shared.access.actor import Actor, Grant

WITHIN_REACH = """
(
    $2
    OR alliance_id = $3 AND coalesce(
        (SELECT told OR side = 'complainant' OR standing <> 'party'
         FROM parties WHERE case_id = cases.id AND member_id = $4),
        $5
        OR mediator_id = $4
        OR $6
        OR building_id = ANY ($7::uuid[])
        OR EXISTS (SELECT FROM referrals
                   WHERE case_id = cases.id
                     AND CASE WHEN officer_id IS NOT NULL THEN officer_id = $4
                              WHEN authority = 'court_station' THEN $8 OR building_id = ANY ($9::uuid[])
                              ELSE $10 OR building_id = ANY ($11::uuid[]) END)
        OR EXISTS (SELECT FROM cases AS joined JOIN parties ON parties.case_id = joined.id
                   WHERE joined.lead_case_id = cases.id
                     AND side = 'complainant' AND member_id = $4)
    )
)
"""
"""Of a row of `cases`; `reach_of` gives $2 and on. A party is a party first, whatever else they are."""


def reach_of(actor: Actor) -> tuple[Any, ...]:
    """What `WITHIN_REACH` must know of whoever asks."""
    return (
        actor.role == "system",
        actor.alliance_id,
        actor.member_id,
        actor.has("coordinator"),
        Grant("volunteer") in actor.grants,
        _buildings(actor, "building_captain", "volunteer"),
        Grant("court_liaison") in actor.grants,
        _buildings(actor, "court_liaison"),
        Grant("agency_officer") in actor.grants,
        _buildings(actor, "agency_officer"),
    )


def _buildings(actor: Actor, *roles: str) -> list[UUID]:
    return [grant.place_id for grant in actor.grants if grant.role in roles and grant.place_id]
