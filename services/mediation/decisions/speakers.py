"""Who of a group speaks at its session beside those who speak for all: by lot, and asked like any guest.

As many as there are seats. For whom a party does not want there, or who cannot come, the next of the lot is asked, and
whoever complains with the others no more speaks for none of them.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import reduce
from uuid import UUID, uuid5

from services.mediation.commands import InviteSpeakers
from services.mediation.decisions.attending import without
from services.mediation.decisions.guests import sent_away
from services.mediation.decisions.moves import not_now
from services.mediation.decisions.openness import has_begun
from services.mediation.events import Event, SpeakersInvited
from services.mediation.rules import Rules
from services.mediation.state import Guest, Matter, Mediation, Scheduled, Scheduling, session_of


def decide(state: Mediation, command: InviteSpeakers, now: datetime, *, rules: Rules) -> list[Event]:
    """Those of the group no more are sent away, and others asked in their places."""
    if not isinstance(state, Scheduling | Scheduled):
        raise not_now(state)
    if has_begun(state, now):
        return []
    gone = [one for one in state.matter.guests if one.drawn and one.member_id not in command.order]
    away = [event for one in gone for event in sent_away(state, one, withdrawn=True)]
    staying = reduce(without, (one.member_id for one in gone), state.matter)
    return [*away, *_invited(replace(state, matter=staying), command, rules)]


def _invited(state: Scheduling | Scheduled, command: InviteSpeakers, rules: Rules) -> list[Event]:
    """Nobody where guests are not invited at all: while a party is hidden, or with another matter in the session."""
    session, matter = session_of(state), state.matter
    shared = command.shared or (session is not None and session.with_mediation is not None)
    if matter.hidden or shared:
        return []
    free = min(command.seats - len(matter.seated), rules.session_guests - len(matter.guests))
    asked = tuple(_waiting(matter, command))[: max(0, free)]
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
