"""What is told of the parties' yes or no to being mediated: never whose no it was."""

from __future__ import annotations

from typing import Any

from services.mediation import events as happened
from services.mediation.publish.telling import side_of
from services.mediation.state import Opened
from shared.contracts import mediation as told
from shared.contracts.envelope import Contract


def of_consent(about: dict[str, Any], after: Opened, event: happened.Event) -> Contract | None:
    match event:
        case happened.MediationOpened(matter):
            return told.MediationOpened(**about, consent_until=matter.consent_until)
        case happened.PartyConsented(party):
            return told.PartyConsented(**about, side=side_of(after, party))
        case happened.ConsentCompleted():
            return told.ConsentCompleted(**about)
        case happened.MediationRefused():
            return told.MediationRefused(**about)
        case happened.MediationFailed(reason, wishes_referral):
            return told.MediationFailed(**about, reason=reason, wishes_referral=wishes_referral)
        case _:
            return None
