"""The way to an authority and back. A journal of before there were several referrals names none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.complaints.clocks import Clock
from services.complaints.terms import Paper, ReferralPart, ReferralResult


@dataclass(frozen=True)
class CaseReferred:
    on: date
    authority: str
    note: str
    referral: Clock
    referral_id: UUID | None = None
    part: ReferralPart = "all"
    documents: tuple[str, ...] = ()
    officer_id: UUID | None = None
    papers: tuple[Paper, ...] = ()
    evidence_ids: tuple[UUID, ...] = ()


@dataclass(frozen=True)
class ReferralReceived:
    on: date
    referral_id: UUID


@dataclass(frozen=True)
class CaseReturned:
    on: date
    authority: str
    result: ReferralResult
    note: str
    mediation: Clock | None
    referral_id: UUID | None = None
    document_no: str | None = None
    public_note: str | None = None
