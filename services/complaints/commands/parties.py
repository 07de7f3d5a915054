"""Further parties: the owner behind a tenant, the neighbour who is troubled too."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.complaints.terms import Basis, Capacity, Service, Side


@dataclass(frozen=True)
class AddParty:
    """Somebody else is concerned; who it is was looked up before, and is not told here."""

    case_id: UUID
    party_id: UUID
    side: Side
    capacity: Capacity
    basis: Basis | None = None
    fact: str | None = None


@dataclass(frozen=True)
class ServeParty:
    """The notice reached a party who was added (送达)."""

    case_id: UUID
    party_id: UUID
    how: Service
    on: date | None = None
