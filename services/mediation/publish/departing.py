"""What is told of a mediation whose parties leave."""

from __future__ import annotations

from typing import Any

from services.mediation import events as happened
from services.mediation.publish.telling import owed
from services.mediation.state import Opened, content_of
from shared.contracts import mediation as told
from shared.contracts.envelope import Contract


def of_departure(about: dict[str, Any], after: Opened, event: happened.Event) -> Contract | None:
    match event:
        case happened.MediationDeserted():
            return told.PartiesGone(**about)
        case happened.DebtorLeft(which):
            return told.DebtorLeft(**about, **owed(after, which))
        case happened.ReleaseAsked(which, party, release_id):
            return told.ReleaseAsked(**about, **owed(after, which), release_id=release_id, to=(party,))
        case happened.AgreementEnded():
            content = content_of(after)
            return told.AgreementEnded(**about, agreement_id=content.agreement_id if content else None)
        case _:
            return None
