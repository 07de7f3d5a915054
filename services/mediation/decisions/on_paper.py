"""A party without an account says yes, no or signs by hand (art. 29); of whoever has one nobody may enter a word."""

from __future__ import annotations

from datetime import date

from services.mediation.commands import EnterConsent, EnterRefusal, EnterSignature, PassOnTimes
from services.mediation.state import (
    Matter,
    Opened,
    Party,
    Performing,
    Sheet,
    Signature,
    Signing,
)
from shared.errors import Invalid, NotFound, Refused

Entered = EnterConsent | EnterRefusal | EnterSignature | PassOnTimes


def require_no_account(matter: Matter, command: Entered) -> None:
    """Raises NotFound for who is no party, Refused for whoever can speak for themselves."""
    if matter.party(command.party) is None:
        raise NotFound
    if command.has_account:
        raise Refused("party_has_account")


def require_day(sheet: Sheet, today: date, *, since: date | None = None) -> None:
    """Nothing is signed on a day to come, nor before there was anything to sign. Raises Invalid."""
    if sheet.signed_on > today:
        raise Invalid("/signed_on", "in_the_future")
    if since is not None and sheet.signed_on < since:
        raise Invalid("/signed_on", "signed_too_early")


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
    """Those without an account."""
    return tuple(party for party in state.matter.parties if party.no_account)


def _without(matter: Matter, signatures: tuple[Signature, ...]) -> tuple[Party, ...]:
    signed = {signature.party for signature in signatures}
    return tuple(party for party in matter.parties if party.no_account and party.member_id not in signed)
