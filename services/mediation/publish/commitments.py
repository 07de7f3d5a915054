"""What is told of a promise as it falls due, is proven, confirmed or disputed."""

from __future__ import annotations

from typing import Any

from services.mediation import events as happened
from services.mediation.publish.telling import owed
from services.mediation.state import Opened, commitments_of
from shared.contracts import mediation as told
from shared.contracts.envelope import Contract


def of_commitment(about: dict[str, Any], after: Opened, event: happened.Event) -> Contract | None:
    match event:
        case happened.CommitmentProven(which, _, confirm_until, by_mediator=stated, evidence=shown):
            named = {"confirm_until": confirm_until, "evidence_ids": shown, "by_mediator": stated}
            return told.CommitmentProven(**about, **owed(after, which), **named)
        case happened.CommitmentConfirmed(which):
            left = sum(not one.is_settled for one in commitments_of(after))
            return told.CommitmentConfirmed(**about, **owed(after, which), open_count=left)
        case happened.CommitmentDisputed(which) | happened.CommitmentObjected(which):
            return told.CommitmentDisputed(**about, **owed(after, which))
        case happened.CommitmentRemindedAhead(which, day):
            return told.CommitmentSoonDue(**about, **{**owed(after, which), "due_on": day})
        case happened.CommitmentFellDue(which, proven, quiet=False):
            return told.CommitmentDue(**about, **owed(after, which), proven=proven)
        case _:
            return None
