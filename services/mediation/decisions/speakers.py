"""Who of a group speaks at its session beside those who speak for all: by lot, and asked like any guest.

As many as there are seats. For whom a party does not want there, or who cannot come, the next of the lot is asked.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid5

from services.mediation.commands import InviteSpeakers
from services.mediation.decisions.moves import not_now
from services.mediation.decisions.openness import has_begun
from services.mediation.events import Event, SpeakersInvited
from services.mediation.rules import Rules
from services.mediation.state import Guest, Matter, Mediation, Scheduled, Scheduling, session_of


def decide(state: Mediation, command: InviteSpeakers, now: datetime, *, rules: Rules) -> list[Event]:
    """Nobody where guests are not invited at all: while a party is hidden, or with another matter in the session."""
    if not isinstance(state, Scheduling | Scheduled):
        raise not_now(state)
    session = session_of(state)
    shared = command.shared or (session is not None and session.with_mediation is not None)
    if state.matter.hidden or shared or has_begun(state, now):
        return []
    free = min(command.seats - len(state.matter.seated), rules.session_guests - len(state.matter.guests))
    asked = tuple(_waiting(state.matter, command))[: max(0, free)]
    return [SpeakersInvited(asked, command.seats)] if asked else []


def _waiting(matter: Matter, command: InviteSpeakers) -> list[UUID]:
    """Of the lot those who were not asked yet, and come to the session in no other way."""
    asked = {*matter.speakers}
    return [one for one in command.order if one not in asked and not (matter.party(one) or matter.guest(one))]


def evolve(state: Mediation, event: SpeakersInvited) -> Mediation | None:
    """None where it could not have happened."""
    if not isinstance(state, Scheduling | Scheduled):
        return None
    marks = {one: uuid5(state.matter.mediation_id, one.hex) for one in event.guests}
    invited = tuple(Guest(one, "neighbour", mark=mark) for one, mark in marks.items())
    matter = replace(
        state.matter,
        guests=(*state.matter.guests, *invited),
        speakers=(*state.matter.speakers, *event.guests),
        seats=event.seats,
    )
    return replace(state, matter=matter)
