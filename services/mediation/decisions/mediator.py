"""Who mediates: somebody without conflict of interest, who was asked and took it (art. 13–15, 19, 23)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from services.mediation.commands import NominateMediator, PassOn, TakeMediation
from services.mediation.decisions.consent import cancelled_session
from services.mediation.decisions.moves import not_now
from services.mediation.events import Event, MediatorPassed, MediatorProposed, MediatorTook
from services.mediation.state import ChoosingMediator, Conflict, Mediation, Scheduled, Scheduling
from shared.errors import Invalid, NotFound, Refused

Choosing = NominateMediator | TakeMediation | PassOn


class ConflictOfInterest(Invalid):
    """The mediator is too near to the matter. `kinds` is for the coordinator's eyes (回避)."""

    def __init__(self, kinds: Iterable[Conflict]) -> None:
        super().__init__("/mediator_id", "conflict_of_interest", kinds=sorted(kinds))

    def without_kinds(self) -> Invalid:
        """The same neutral refusal, whoever asks and whatever they guess."""
        return Invalid(self.field, self.code)


def decide(state: Mediation, command: Choosing, now: datetime) -> list[Event]:
    """A later nomination takes the place of an earlier one that nobody took."""
    match state, command:
        case ChoosingMediator(), NominateMediator():
            return _nominate(state, command)
        case ChoosingMediator(proposed=asked), TakeMediation(mediator=taker):
            if taker != asked:
                raise NotFound
            _require_no_conflict(command.conflicts)
            return [MediatorTook(taker)]
        case ChoosingMediator(proposed=mediator), PassOn(mediator=leaver):
            return _pass_on(mediator, leaver)
        case Scheduling(mediator=mediator), PassOn(mediator=leaver):
            return _pass_on(mediator, leaver)
        case Scheduled(mediator=mediator), PassOn(mediator=leaver):
            return [*cancelled_session(state, now), *_pass_on(mediator, leaver)]
        case _:
            raise not_now(state)


def _nominate(state: ChoosingMediator, command: NominateMediator) -> list[Event]:
    _require_no_conflict(command.conflicts)
    if command.mediator in state.passed:
        raise Refused("mediator_passed")
    if command.mediator == state.proposed:
        return []
    return [MediatorProposed(command.mediator)]


def _pass_on(asked: UUID | None, leaver: UUID) -> list[Event]:
    if leaver != asked:
        raise NotFound
    return [MediatorPassed(leaver)]


def _require_no_conflict(conflicts: frozenset[Conflict]) -> None:
    if conflicts:
        raise ConflictOfInterest(conflicts)
