"""Open or closed (公开或者不公开): closed unless every party wishes it open, and each may change that until it begins.

People's Mediation Law art. 23: the parties may ask for either; what one of them would not say before others is
never said before others.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from services.mediation import events as happened
from services.mediation.commands import ChooseOpenness
from services.mediation.decisions.moves import not_now
from services.mediation.events import Event
from services.mediation.state import (
    ChoosingMediator,
    Matter,
    Mediation,
    Opened,
    Party,
    Scheduled,
    Scheduling,
    session_of,
)
from shared.errors import NotFound, Refused

OfOpenness = happened.OpennessChosen | happened.OpennessChanged


def decide(state: Mediation, command: ChooseOpenness, now: datetime) -> list[Event]:
    """Raises NotFound, Refused, and NotNow before all consented and once it was held."""
    if not isinstance(state, ChoosingMediator | Scheduling | Scheduled):
        raise not_now(state)
    if has_begun(state, now):
        raise Refused("openness_too_late")
    party = state.matter.party(command.party)
    if party is None:
        raise NotFound
    if command.open and (command.shared or not may_be_open(state)):
        raise Refused("closed_sessions_alone")
    if party.open is command.open:
        return []
    chosen = happened.OpennessChosen(command.party, command.open)
    is_open = _chosen(state.matter, chosen).is_open
    return [chosen] if is_open == state.matter.is_open else [chosen, happened.OpennessChanged(is_open)]


def may_be_open(state: Opened) -> bool:
    """Never where a child is concerned, where sides are heard apart, or together with another matter."""
    session = session_of(state)
    shared = session is not None and session.with_mediation is not None
    return not (state.matter.minor or state.matter.separate or shared)


def is_announced(state: Opened, now: datetime) -> bool:
    """Whether everybody may know when and where to come and listen: until the session begins."""
    is_ahead = isinstance(state, Scheduled) and now < state.session.starts_at
    return is_ahead and state.matter.is_open and may_be_open(state)


def has_begun(state: Opened, now: datetime) -> bool:
    """Whether whoever is in the room is there already."""
    return isinstance(state, Scheduled) and now >= state.session.starts_at


def evolve(state: Mediation, event: OfOpenness) -> Mediation | None:
    """None where it could not have happened."""
    match state, event:
        case ChoosingMediator() | Scheduling() | Scheduled(), happened.OpennessChosen():
            return replace(state, matter=_chosen(state.matter, event))
        case ChoosingMediator() | Scheduling() | Scheduled(), happened.OpennessChanged():
            return state
        case _:
            return None


def _chosen(matter: Matter, chosen: happened.OpennessChosen) -> Matter:
    def said(party: Party) -> Party:
        return replace(party, open=chosen.open)

    return matter.with_party(chosen.party, said)
