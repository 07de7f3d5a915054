"""What a mediation is after somebody was invited to its session, agreed to, sent away, or said whether they come."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

from services.mediation import events as happened
from services.mediation.state import Asked, Guest, Matter, Scheduled, Scheduling, Span

OfGuest = (
    happened.GuestInvited
    | happened.GuestAgreed
    | happened.InvitationEnded
    | happened.GuestSteppedAside
    | happened.GuestAnswered
    | happened.GuestBooked
    | happened.GuestReleased
)


def evolve(state: Scheduling | Scheduled, event: OfGuest) -> Scheduling | Scheduled:
    """Times that somebody answered who was sent away, or comes no more, wait for them no longer."""
    match event:
        case happened.GuestInvited(guest):
            return replace(state, matter=replace(state.matter, guests=(*state.matter.guests, guest)))
        case happened.GuestAgreed(which, party):
            return replace(
                state,
                matter=_changed(state.matter, which, lambda one: replace(one, agreed=(*one.agreed, party))),
            )
        case happened.InvitationEnded(which):
            return _unheard(replace(state, matter=without(state.matter, which)), which)
        case happened.GuestSteppedAside(which, declared):
            aside = Asked(which, declared=declared, left="stepped_aside")
            matter = without(state.matter, which)
            return _unheard(replace(state, matter=replace(matter, asked=(*matter.asked, aside))), which)
        case happened.GuestAnswered(which, _, comes, declared):
            said = replace(
                state,
                matter=_changed(
                    state.matter, which, lambda one: replace(one, comes=comes, declared=declared)
                ),
            )
            return said if comes else _unheard(said, which)
        case happened.GuestBooked() | happened.GuestReleased():
            return state


def available(matter: Matter, guest: UUID, windows: tuple[Span, ...]) -> Matter:
    """This guest named times of their own."""
    return _changed(matter, guest, lambda one: replace(one, windows=windows))


def without(matter: Matter, member_id: UUID) -> Matter:
    """Nobody of that id is invited; asked about again, they are another word to be reminded of."""
    guests = tuple(one for one in matter.guests if one.member_id != member_id)
    return replace(
        matter, guests=guests, reminded=tuple(one for one in matter.reminded if one.of != member_id)
    )


def _changed(matter: Matter, which: UUID, change: Callable[[Guest], Guest]) -> Matter:
    guests = tuple(change(one) if one.member_id == which else one for one in matter.guests)
    return replace(matter, guests=guests)


def _unheard(state: Scheduling | Scheduled, guest: UUID) -> Scheduling | Scheduled:
    return replace(state, answers=tuple(one for one in state.answers if one.party != guest))
