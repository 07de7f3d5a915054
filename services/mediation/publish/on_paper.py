"""What was entered for whoever has no account is told to themselves: that it was, of which day, and nothing else."""

from __future__ import annotations

from typing import Any

from services.mediation import events as happened
from shared.contracts import mediation as told
from shared.contracts.envelope import Contract


def to_signer(about: dict[str, Any], event: happened.Event) -> list[Contract]:
    """A refusal is told to every party alike, and never whose it was."""
    match event:
        case happened.PartyConsented(party=party, sheet=sheet) if sheet is not None:
            return [told.PaperEntered(**about, word="consent", to=(party,), signed_on=sheet.signed_on)]
        case (
            happened.AgreementSigned(party=party, sheet=sheet)
            | happened.AmendmentSigned(party=party, sheet=sheet)
        ) if sheet is not None:
            return [told.PaperEntered(**about, word="signature", to=(party,), signed_on=sheet.signed_on)]
        case _:
            return []
