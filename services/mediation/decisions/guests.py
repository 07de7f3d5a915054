"""Who else is at the session: with every party's yes, and without anybody's no (art. 20, 23)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from services.mediation.commands import (
    AgreeToGuest,
    AnswerInvitation,
    DeclineGuest,
    InviteGuest,
    WithdrawInvitation,
)
from services.mediation.decisions.mediator import ConflictOfInterest
from services.mediation.decisions.moves import not_now
from services.mediation.events import (
    Event,
    GuestAgreed,
    GuestAnswered,
    GuestBooked,
    GuestInvited,
    GuestReleased,
    GuestSteppedAside,
    InvitationEnded,
)
from services.mediation.rules import Rules
from services.mediation.state import (
    Guest,
    Matter,
    Mediation,
    Relation,
    Scheduled,
    Scheduling,
    Session,
    guests_of,
    passed_of,
)
from shared.errors import Invalid, NotFound, Refused

Attending = InviteGuest | AgreeToGuest | DeclineGuest | WithdrawInvitation | AnswerInvitation


def decide(state: Mediation, command: Attending, now: datetime, *, rules: Rules) -> list[Event]:
    """While a time is looked for or fixed; a session that has begun goes on with those who are there."""
    if not isinstance(state, Scheduling | Scheduled):
        raise not_now(state)
    if isinstance(state, Scheduled) and now >= state.session.starts_at:
        raise Refused("invited_too_late")
    match command:
        case InviteGuest():
            return _invite(state, command, rules)
        case AgreeToGuest():
            guest = _invited(state.matter, command.guest, command.party)
            agreed = command.party in guest.agreed
            return [] if agreed else [GuestAgreed(guest.member_id, command.party)]
        case DeclineGuest():
            return sent_away(state, _invited(state.matter, command.guest, command.party))
        case WithdrawInvitation():
            return [_withdrawn(state.matter, command)]
        case AnswerInvitation():
            return _answer(state, command)


def _invite(state: Scheduling | Scheduled, command: InviteGuest, rules: Rules) -> list[Event]:
    matter = state.matter
    if matter.hidden and command.role == "neighbour":
        raise Refused("no_guests_while_hidden")
    session = _session(state)
    if command.shared or (session is not None and session.with_mediation is not None):
        raise Refused("guests_apart")
    if len(matter.guests) >= rules.session_guests:
        raise Refused("guests_enough", most=rules.session_guests)
    if command.guest == state.mediator or matter.party(command.guest) or matter.guest(command.guest):
        raise Invalid("/member_id", "guest_is_there")
    _require_fit(state, command)
    agreed = (command.party,) if command.party else ()
    guest = Guest(command.guest, command.role, command.required, command.name, agreed, by=command.by)
    return [GuestInvited(guest)]


def _require_fit(state: Scheduling | Scheduled, command: InviteGuest) -> None:
    """A second mediator is held to what the first is; a judge sits at the court; others are known by a name."""
    match command.role:
        case "second_mediator":
            if any(one.role == "second_mediator" for one in state.matter.guests):
                raise Refused("second_mediator_there")
            if "mediator" not in command.held or command.guest in passed_of(state):
                raise Invalid("/member_id", "guest_no_mediator")
            if command.conflicts:
                raise ConflictOfInterest(command.conflicts, field="/member_id")
        case "judge":
            if "court_liaison" not in command.held:
                raise Invalid("/member_id", "guest_no_judge")
        case "neighbour" | "interpreter":
            if not command.name:
                raise Invalid("/name", "field_missing")


def _invited(matter: Matter, guest_id: UUID, party: UUID) -> Guest:
    guest = matter.guest_known_as(guest_id)
    if matter.party(party) is None:
        raise NotFound
    if guest is None:
        raise Invalid("/guest_id", "unknown_guest")
    return guest


def may_be_withdrawn(matter: Matter, guest: Guest, by: UUID | None) -> bool:
    """By whoever invited them, and not once they were asked."""
    return guest.by == by and guest not in matter.asked_guests


def _withdrawn(matter: Matter, command: WithdrawInvitation) -> Event:
    guest = matter.guest_known_as(command.guest)
    if guest is None:
        raise Invalid("/guest_id", "unknown_guest")
    if guest.by != command.by:
        raise Refused("invitation_of_another")
    if not may_be_withdrawn(matter, guest, command.by):
        raise Refused("invitation_agreed")
    return InvitationEnded(guest.member_id, guest.role, withdrawn=True)


def sent_away(state: Scheduling | Scheduled, guest: Guest, *, withdrawn: bool = False) -> list[Event]:
    """Whoever was not asked yet never hears of it."""
    ended = InvitationEnded(guest.member_id, guest.role, withdrawn)
    if guest not in state.matter.asked_guests or guest.comes is False:
        return [ended]
    return [ended, GuestReleased(guest.member_id, _session(state) if guest.comes else None)]


def _seat_is_gone(state: Scheduling | Scheduled, guest: Guest) -> bool:
    """Whether somebody else of the lot was asked in their place."""
    seated = state.matter.seated
    return guest.drawn and guest.member_id not in seated and len(seated) >= state.matter.seats


def _answer(state: Scheduling | Scheduled, command: AnswerInvitation) -> list[Event]:
    guest = next((one for one in guests_of(state) if one.member_id == command.guest), None)
    if guest is None:
        raise NotFound
    if guest.role == "second_mediator" and command.comes:
        return _mediating(state, guest, command)
    if command.comes and _seat_is_gone(state, guest):
        raise Refused("seat_given_on")
    return [] if guest.comes == command.comes else _said(state, guest, comes=command.comes)


def _mediating(state: Scheduling | Scheduled, guest: Guest, command: AnswerInvitation) -> list[Event]:
    """Held to what the first mediator is: nobody is booked who has not declared that they have no tie."""
    if command.relation is None:
        raise Invalid("/relation", "field_missing")
    if command.relation != "none":
        aside = GuestSteppedAside(guest.member_id, command.relation)
        return [aside, GuestReleased(guest.member_id, _session(state))] if guest.comes else [aside]
    if command.conflicts:
        raise ConflictOfInterest(command.conflicts, field="/comes")
    return [] if guest.comes else _said(state, guest, comes=True, declared=command.relation)


def staying_away(state: Scheduling | Scheduled, slot_id: UUID) -> list[Event]:
    """Whoever need not be there and cannot make the time that is fixed does not come to it."""
    no = {one.party for one in state.answers if one.slot_id == slot_id and one.answer == "no"}
    away = (guest for guest in state.matter.coming if guest.member_id in no and not guest.required)
    return [event for guest in away for event in _said(state, guest, comes=False)]


def _said(
    state: Scheduling | Scheduled, guest: Guest, *, comes: bool, declared: Relation | None = None
) -> list[Event]:
    """If a time stands already, their calendar is told."""
    answered, session = GuestAnswered(guest.member_id, guest.role, comes, declared), _session(state)
    if session is None or not (comes or guest.comes):
        return [answered]
    changed = GuestBooked if comes else GuestReleased
    return [answered, changed(guest.member_id, session)]


def _session(state: Scheduling | Scheduled) -> Session | None:
    return state.session if isinstance(state, Scheduled) else None
