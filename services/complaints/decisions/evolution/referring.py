"""移交: handed to an authority, asked about again, and back."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from services.complaints.decisions.evolution.evolutions import Evolutions
from services.complaints.decisions.state import Case, Referral
from services.complaints.events import CaseReferred, CaseReturned, ReferralChased, ReferralReceived


def _referred(case: Case, event: CaseReferred) -> Case:
    referral_id = event.referral_id or case.file.case_id
    referral = Referral(
        referral_id,
        event.authority,
        event.on,
        event.part,
        event.officer_id,
        evidence_ids=event.evidence_ids,
    )
    file = case.file.with_clock(replace(event.referral, of=referral_id)).with_referral(referral)
    file = replace(file, wishes_referral=False)
    month = file.clock("mediation")
    return replace(case, file=file.with_clock(month.paused(event.on)) if month else file)


def _received(case: Case, event: ReferralReceived) -> Case:
    return _with_referral(case, event.referral_id, received_on=event.on)


def _chased(case: Case, event: ReferralChased) -> Case:
    return _with_referral(case, event.referral_id, chased=event.times, chased_on=event.on)


def _returned(case: Case, event: CaseReturned) -> Case:
    referral_id = event.referral_id or case.file.case_id
    back = _with_referral(case, referral_id, returned_on=event.on, result=event.result)
    file = back.file.with_ended("referral", event.on, of=referral_id)
    return replace(back, file=file.with_clock(event.mediation) if event.mediation else file)


def _with_referral(case: Case, referral_id: UUID, **changes: Any) -> Case:
    referral = case.file.referral(referral_id)
    assert referral is not None  # noqa: S101
    return replace(case, file=case.file.with_referral(replace(referral, **changes)))


EVOLUTIONS: Evolutions = {
    CaseReferred: _referred,
    ReferralReceived: _received,
    ReferralChased: _chased,
    CaseReturned: _returned,
}
