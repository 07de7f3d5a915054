"""What is told of a joint request to the court, and of what the court said."""

from __future__ import annotations

from typing import Any

from services.mediation import events as happened
from services.mediation.decisions.court import agreement_in, is_asked_by_all
from services.mediation.state import Opened, Performed, Performing
from shared.contracts import mediation as told
from shared.contracts.envelope import Contract


def of_court(about: dict[str, Any], after: Opened, event: happened.Event) -> Contract | None:
    """The request is told when it is one: who asked first is not."""
    match after, event:
        case Performing() | Performed(), happened.CourtAsked(agreement_id=named):
            asked_for = agreement_in(after, named or after.agreement.content.agreement_id)
            if not is_asked_by_all(after.matter, asked_for):
                return None
            return told.CourtRequested(**about, agreement_id=asked_for.content.agreement_id)
        case _, happened.CourtDecided(decided, result):
            return told.CourtDecided(**about, agreement_id=decided, confirmed=result.confirmed)
        case _, happened.HandedOver(handover):
            sent = {"pack_id": handover.pack_id, "sha256": handover.sha256, "pages": handover.pages}
            return told.HandedToCourt(**about, **sent)
        case _:
            return None
