"""What is told of who is invited beside the parties, and to the guests themselves."""

from __future__ import annotations

from typing import Any

from services.mediation import events as happened
from services.mediation.decisions import attending
from services.mediation.publish.session import calendar_entry
from services.mediation.state import Ended, Opened, guests_of
from shared.contracts import mediation as told
from shared.contracts.envelope import Contract


def of_guest(  # noqa: PLR0911 - one for each event
    about: dict[str, Any], after: Opened, event: attending.OfGuest
) -> list[Contract]:
    """The parties are asked first; the guest hears of it with the last yes, and never before."""
    match event:
        case happened.GuestInvited(guest):
            waited_for = (party.member_id for party in after.matter.parties)
            to = tuple(member_id for member_id in waited_for if member_id not in guest.agreed)
            return [told.GuestProposed(**about, role=guest.role, to=to)]
        case happened.GuestAgreed(which):
            asked = [one for one in after.matter.asked_guests if one.member_id == which]
            return [told.GuestInvited(**about, role=one.role, guests=(which,)) for one in asked]
        case happened.InvitationEnded(_, role, withdrawn):
            return [told.InvitationEnded(**about, role=role, withdrawn=withdrawn)]
        case happened.GuestSteppedAside():
            return [told.InvitationEnded(**about, role="second_mediator", withdrawn=True)]
        case happened.GuestAnswered(which, role, comes):
            return [told.GuestAnswered(**about, role=role, comes=comes, guests=(which,))]
        case happened.GuestBooked(which, session):
            return [told.GuestBooked(**about, guests=(which,), **calendar_entry(session))]
        case happened.GuestReleased(which, session):
            when = calendar_entry(session) if session else {}
            return [told.GuestReleased(**about, guests=(which,), **when)]


def to_guests(about: dict[str, Any], after: Opened, event: happened.Event) -> list[Contract]:
    """What becomes of others by what becomes of the parties.

    With the mediation's end they need not come; whoever came to a session that is called off hears of that already.
    """
    if isinstance(event, happened.PartyDeparted):
        return _asked_by_departure(about, after, event)
    ends = (
        happened.MediationRefused
        | happened.MediationFailed
        | happened.MediationWithdrawn
        | happened.MediationDeserted
    )
    if not (isinstance(event, ends) and isinstance(after, Ended) and after.held is None):
        return []
    told_already = after.matter.coming if after.cancelled else ()
    waiting = [one for one in after.matter.asked_guests if one.comes is not False and one not in told_already]
    guests = tuple(guest.member_id for guest in waiting)
    return [told.GuestReleased(**about, guests=guests)] if guests else []


def _asked_by_departure(
    about: dict[str, Any], after: Opened, event: happened.PartyDeparted
) -> list[Contract]:
    """Where only the one who left had not agreed, everybody has now."""
    asked = [guest for guest in guests_of(after) if event.party not in guest.agreed]
    return [told.GuestInvited(**about, role=guest.role, guests=(guest.member_id,)) for guest in asked]
