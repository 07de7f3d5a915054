"""What a mediation is after somebody was asked to lead it, accepted, declined, took it or left it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from services.mediation import events as happened
from services.mediation.decisions.attending import without
from services.mediation.state import (
    Asked,
    ChoosingMediator,
    Drafting,
    Matter,
    Mediation,
    OralUnrecorded,
    Scheduled,
    Scheduling,
    Signing,
    VoidSession,
    minutes_of,
    passed_of,
)

OfMediator = (
    happened.MediatorProposed
    | happened.MediatorAccepted
    | happened.MediatorDeclined
    | happened.MediatorTook
    | happened.MediatorPassed
    | happened.MediatorSteppedAside
    | happened.SessionVoided
    | happened.MediatorRemoved
)

Led = Scheduling | Scheduled | Drafting | Signing


def evolve(state: Mediation, event: OfMediator) -> Mediation | None:  # noqa: PLR0911 - one for each event
    """None when it could not have happened."""
    match state, event:
        case ChoosingMediator(matter) | OralUnrecorded(matter), happened.MediatorProposed(mediator):
            asked = replace(matter, asked=(*matter.asked, Asked(mediator)))
            return replace(state, proposed=mediator, matter=asked)
        case (
            ChoosingMediator() | Scheduling() | Scheduled() | OralUnrecorded(),
            happened.MediatorAccepted(mediator, party),
        ):
            return replace(state, matter=accepting(state.matter, mediator, party))
        case OralUnrecorded(matter, held), happened.MediatorTook(mediator, declared):
            noted = _noted(matter, mediator, declared=declared)
            return OralUnrecorded(noted, replace(held, mediator=mediator))
        case ChoosingMediator(matter, passed=passed), happened.MediatorTook(mediator, declared):
            return Scheduling(
                _noted(without(matter, mediator), mediator, declared=declared), mediator, passed
            )
        case (
            ChoosingMediator() | Scheduling() | Scheduled() | OralUnrecorded(),
            happened.MediatorPassed(mediator),
        ):
            return _without(state, mediator, left="passed")
        case (
            ChoosingMediator() | Scheduling() | Scheduled() | OralUnrecorded(),
            happened.MediatorDeclined(mediator, party),
        ):
            return _without(state, mediator, left="declined", by=party)
        case ChoosingMediator() | OralUnrecorded(), happened.MediatorSteppedAside(mediator, declared):
            return _without(state, mediator, left="stepped_aside", declared=declared)
        case Scheduled() | Drafting() | Signing(), happened.SessionVoided():
            return replace(state, matter=_voided(state, event))
        case (
            Scheduling() | Scheduled() | OralUnrecorded() | Drafting() | Signing(),
            happened.MediatorRemoved(),
        ):
            return _without(state, event.mediator, left="removed", by=event.by, note=event.note)
        case _:
            return None


def accepting(matter: Matter, mediator: UUID, party: UUID) -> Matter:
    """This party accepts this mediator; the others' answers are untouched."""
    before = matter.accepted(mediator)
    return matter if party in before else _noted(matter, mediator, accepted=(*before, party))


def _without(
    state: ChoosingMediator | OralUnrecorded | Led, mediator: UUID, **how: Any
) -> ChoosingMediator | OralUnrecorded:
    """Somebody else is looked for; nobody who left is asked again. What was agreed at the door waits for them."""
    if isinstance(state, OralUnrecorded):
        return OralUnrecorded(_noted(state.matter, mediator, **how), state.held, led=False)
    passed = tuple(dict.fromkeys((*passed_of(state), mediator)))
    return ChoosingMediator(_noted(state.matter, mediator, **how), passed=passed)


def _noted(matter: Matter, mediator: UUID, **what: Any) -> Matter:
    """More is known of the last time this mediator was asked."""
    places = [place for place, one in enumerate(matter.asked) if one.mediator == mediator]
    if not places:
        return replace(matter, asked=(*matter.asked, Asked(mediator, **what)))
    asked = list(matter.asked)
    asked[places[-1]] = replace(asked[places[-1]], **what)
    return replace(matter, asked=tuple(asked))


def _voided(state: Scheduled | Drafting | Signing, event: happened.SessionVoided) -> Matter:
    mediator, session = (
        (state.mediator, state.session)
        if isinstance(state, Scheduled)
        else (state.held.mediator, state.held.session)
    )
    void = VoidSession(event.session_id, mediator, session.starts_at, event.at, minutes_of(state))
    return replace(state.matter, void=(*state.matter.void, void))
