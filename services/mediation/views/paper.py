"""A sheet signed by hand, as its reader sees it."""

from __future__ import annotations

from services.mediation.state import Sheet
from services.mediation.views.models import SheetView
from services.mediation.views.reader import Reader


def sheet(reader: Reader, signed: Sheet | None) -> SheetView | None:
    """With the witness, who may be near to a party that is hidden."""
    if signed is None or not reader.sees("sheets"):
        return None
    return SheetView(
        hand=signed.hand,
        signed_on=signed.signed_on,
        witness=signed.witness,
        evidence_ids=list(signed.evidence),
    )
