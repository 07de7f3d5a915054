"""What is told of an agreement that was reached on the spot."""

from __future__ import annotations

from typing import Any

from services.mediation import events as happened
from services.mediation.state import Matter, Oral
from shared.contracts import mediation as told
from shared.contracts.envelope import Contract


def of_oral(about: dict[str, Any], event: happened.Event) -> Contract | None:
    """That the words were recorded for the first time is told by the effect they have."""
    match event:
        case happened.OralAgreementOpened(Matter(oral=Oral() as oral)):
            return told.OralAgreementOpened(
                **about,
                agreement_id=oral.agreement_id,
                agreed_on=oral.agreed_on,
                dispute_until=oral.dispute_until,
                judicial_until=oral.judicial_until,
            )
        case happened.OralAgreementRecorded(content, again=True):
            return told.WordingRecorded(**about, agreement_id=content.agreement_id)
        case happened.WordingDisputed():
            return told.WordingDisputed(**about)
        case _:
            return None
