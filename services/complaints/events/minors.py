"""听: a filing about a child under 14, before and when a guardian consents. No word of it stands here."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from services.complaints.terms import Guardianship, RelationProof


@dataclass(frozen=True)
class MinorNoticed:
    reference: str
    category: str
    subcategory: str
    emergency: bool


@dataclass(frozen=True)
class GuardianConsented:
    case_id: UUID
    guardian_id: UUID
    relation: Guardianship
    proof: RelationProof
    purpose: str


MinorEvent = MinorNoticed | GuardianConsented
