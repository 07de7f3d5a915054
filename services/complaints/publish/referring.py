"""移交: handed to an authority, asked about again, and back."""

from __future__ import annotations

from services.complaints import events as e
from services.complaints.publish.telling import Telling, Translations
from shared.contracts import complaints as contracts
from shared.contracts.envelope import Contract


def _referred(telling: Telling, event: e.CaseReferred) -> list[Contract]:
    referral_id = event.referral_id or telling.case.file.case_id
    return [
        contracts.CaseReferred(
            **telling.common,
            authority=event.authority,
            reply_until=event.referral.until,
            referral_id=referral_id,
            part=event.part,
            to=telling.officers(referral_id),
        )
    ]


def _received(telling: Telling, event: e.ReferralReceived) -> list[Contract]:
    referral = telling.referral(event.referral_id)
    return [
        contracts.ReferralReceived(
            **telling.common, referral_id=event.referral_id, authority=referral.authority
        )
    ]


def _chased(telling: Telling, event: e.ReferralChased) -> list[Contract]:
    referral = telling.referral(event.referral_id)
    clock = telling.case.file.clock("referral", event.referral_id)
    assert clock is not None  # noqa: S101
    return [
        contracts.ReferralChased(
            **telling.common,
            referral_id=event.referral_id,
            authority=referral.authority,
            reason=event.reason,
            times=event.times,
            reply_until=clock.until,
            to=(*telling.people.coordinators, *telling.officers(event.referral_id)),
        )
    ]


def _returned(telling: Telling, event: e.CaseReturned) -> list[Contract]:
    return [
        contracts.CaseReturned(
            **telling.common,
            authority=event.authority,
            result=event.result,
            referral_id=event.referral_id or telling.case.file.case_id,
        )
    ]


TRANSLATIONS: Translations = {
    e.CaseReferred: _referred,
    e.ReferralReceived: _received,
    e.ReferralChased: _chased,
    e.CaseReturned: _returned,
}
