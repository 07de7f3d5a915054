"""The way to an authority and back."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from services.complaints.terms import Paper, ReferralPart, ReferralResult


@dataclass(frozen=True)
class ReferCase:
    """Hand it to an authority (移交); the mediation clock stands still.

    `documents` lists what goes along outside the platform, `papers` and `evidence_ids` what the officer reads and
    looks at here.
    """

    case_id: UUID
    referral_id: UUID
    authority: str
    note: str
    part: ReferralPart = "all"
    documents: tuple[str, ...] = ()
    officer_id: UUID | None = None
    papers: tuple[Paper, ...] = ()
    evidence_ids: tuple[UUID, ...] = ()


@dataclass(frozen=True)
class ReceiveReferral:
    """The authority has it (签收). Where only one is out, it need not be named."""

    case_id: UUID
    referral_id: UUID | None = None


@dataclass(frozen=True)
class ReturnCase:
    """The authority is done with it (办结退回); when the last one is, the clock goes on."""

    case_id: UUID
    result: ReferralResult
    note: str
    referral_id: UUID | None = None
    document_no: str | None = None
    public_note: str | None = None
    """What of the result the people of the case may read; `note` stays with the committee."""
