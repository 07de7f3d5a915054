"""A party without an account says yes, no or signs by hand (art. 29); of whoever has one nobody may enter a word."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from services.mediation.commands import EnterConsent, EnterRefusal, EnterSignature, PassOnTimes
from services.mediation.events import AgreementSigned, AmendmentSigned, MediationRefused, PartyConsented
from services.mediation.state import (
    Matter,
    Mediation,
    Opened,
    Party,
    Performing,
    Sheet,
    Signature,
    Signing,
    Unopened,
)
from shared.errors import Invalid, NotFound, Refused

Entered = EnterConsent | EnterRefusal | EnterSignature | PassOnTimes
OnSheet = PartyConsented | MediationRefused | AgreementSigned | AmendmentSigned


def require_no_account(matter: Matter, command: Entered) -> Party:
    """Whose word it is. Raises NotFound for who is no party or has left, Refused for whoever can speak for themselves.

    Whoever could when it was opened can for its whole life: staff may take a mail address out of the register.
    """
    party = matter.party(command.party)
    if party is None or party.left_on is not None:
        raise NotFound
    if command.has_account or not party.no_account:
        raise Refused("party_has_account")
    return party


def require_day(sheet: Sheet, today: date, *, since: date | None = None) -> None:
    """Nothing is signed on a day to come, nor before there was anything to sign. Raises Invalid."""
    if sheet.signed_on > today:
        raise Invalid("/signed_on", "in_the_future")
    if since is not None and sheet.signed_on < since:
        raise Invalid("/signed_on", "signed_too_early")


def require_fresh(matter: Matter, sheet: Sheet | None) -> None:
    """A picture stands for one word: under new words the old sheet is none. Raises Invalid."""
    for place, piece in enumerate(sheet.evidence if sheet else ()):
        if piece in matter.sheets:
            raise Invalid(f"/evidence_ids/{place}", "sheet_used")


def noted(state: Mediation, event: OnSheet) -> Mediation:
    """The mediation, with the pictures of the sheet that was entered: they stay used when its words are void."""
    if event.sheet is None or isinstance(state, Unopened):
        return state
    sheets = (*state.matter.sheets, *event.sheet.evidence)
    return replace(state, matter=replace(state.matter, sheets=sheets))


def unsigned(state: Opened) -> tuple[Party, ...]:
    """Those without an account whose signature under what lies ready is missing."""
    match state:
        case Signing(signatures=signatures):
            return _without(state.matter, signatures)
        case Performing(amendment=amendment) if amendment is not None:
            return _without(state.matter, amendment.signatures)
        case _:
            return ()


def spoken_for(state: Opened) -> tuple[Party, ...]:
    """Those without an account who have not left."""
    return _present(state.matter)


def _without(matter: Matter, signatures: tuple[Signature, ...]) -> tuple[Party, ...]:
    signed = {signature.party for signature in signatures}
    return tuple(party for party in _present(matter) if party.member_id not in signed)


def _present(matter: Matter) -> tuple[Party, ...]:
    return tuple(party for party in matter.parties if party.no_account and party.left_on is None)
