"""What is told of promises that change: by new words of all, or by one side's own."""

from __future__ import annotations

from typing import Any

from services.mediation import events as happened
from services.mediation.publish.telling import owed, promised, side_of
from services.mediation.state import Opened, Performed, Performing, amendment_ids_of, commitments_of
from shared.contracts import mediation as told
from shared.contracts.envelope import Contract


def of_amendment(about: dict[str, Any], after: Opened, event: happened.Event) -> Contract | None:
    match after, event:
        case _, happened.AmendmentProposed(content):
            return told.AmendmentProposed(**about, agreement_id=content.agreement_id)
        case _, happened.AmendmentSigned(party):
            latest_id = amendment_ids_of(after)[-1]
            return told.AgreementSigned(**about, agreement_id=latest_id, side=side_of(after, party))
        case _, happened.AmendmentDeclined():
            return told.AmendmentDeclined(**about)
        case Performing() | Performed(), happened.AmendmentEffective(effective_on, judicial_until):
            latest = after.amendments[-1].content
            waiting = [one.promise.due_on for one in after.commitments if not one.is_settled]
            return told.AgreementAmended(
                **about,
                agreement_id=latest.agreement_id,
                effective_on=effective_on,
                judicial_until=judicial_until,
                commitments=tuple(promised(after, one) for one in latest.promises),
                last_due_on=max(waiting, default=effective_on),
            )
        case _:
            return None


def of_change(about: dict[str, Any], after: Opened, event: happened.Event) -> Contract | None:
    match event:
        case happened.DayGranted(which, until):
            return told.CommitmentGranted(**about, **owed(after, which), until=until)
        case happened.CommitmentWaived(which):
            waived = any(
                one.status == "waived" and one.promise.commitment_id == which for one in commitments_of(after)
            )
            return told.CommitmentWaived(**about, **owed(after, which)) if waived else None
        case happened.CommitmentImpossible(which):
            return told.CommitmentImpossible(**about, **owed(after, which))
        case happened.PerformanceDeclined(which):
            return told.PerformanceDeclined(**about, **owed(after, which))
        case _:
            return None
