"""Who mediates: somebody without conflict of interest, who was asked and took it (art. 13–15, 19, 23)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from services.mediation.commands import (
    AcceptMediator,
    DeclineMediator,
    NominateMediator,
    PassOn,
    StopForConflict,
    TakeMediation,
)
from services.mediation.decisions.consent import cancelled_session
from services.mediation.decisions.moves import not_now
from services.mediation.events import (
    Event,
    MediatorAccepted,
    MediatorDeclined,
    MediatorPassed,
    MediatorProposed,
    MediatorRemoved,
    MediatorSteppedAside,
    MediatorTook,
    SessionVoided,
)
from services.mediation.state import (
    ChoosingMediator,
    Conflict,
    Drafting,
    Mediation,
    OralUnrecorded,
    Scheduled,
    Scheduling,
    Signing,
    candidate_of,
    passed_of,
    session_of,
)
from shared.errors import Invalid, NotFound, Refused

BeforeAnyDraft = ChoosingMediator | Scheduling | Scheduled | OralUnrecorded
Led = Scheduling | Scheduled | OralUnrecorded | Drafting | Signing

Choosing = NominateMediator | AcceptMediator | DeclineMediator | TakeMediation | PassOn | StopForConflict


class ConflictOfInterest(Invalid):
    """The mediator is too near to the matter. `kinds` is for the coordinator's eyes (回避)."""

    def __init__(self, kinds: Iterable[Conflict], *, field: str = "/mediator_id") -> None:
        super().__init__(field, "conflict_of_interest", kinds=sorted(kinds))

    def without_kinds(self) -> Invalid:
        """The same neutral refusal, whoever asks and whatever they guess."""
        return Invalid(self.field, self.code)


def decide(state: Mediation, command: Choosing, now: datetime) -> list[Event]:
    """A later nomination takes the place of an earlier one that nobody took."""
    match state, command:
        case OralUnrecorded(led=True), NominateMediator():
            raise Refused("mediator_there")
        case OralUnrecorded(led=False), StopForConflict():
            raise Refused("nobody_proposed")
        case ChoosingMediator() | OralUnrecorded(), NominateMediator():
            return _nominate(state, command)
        case ChoosingMediator() | Scheduling() | Scheduled() | OralUnrecorded(), AcceptMediator(party=party):
            return _accepted(state, _candidate(state), party)
        case ChoosingMediator() | Scheduling() | Scheduled() | OralUnrecorded(), DeclineMediator():
            return _decline(state, command, now)
        case ChoosingMediator() | OralUnrecorded(), TakeMediation():
            return _take(state, command)
        case ChoosingMediator() | Scheduling() | Scheduled() | OralUnrecorded(), PassOn(mediator=leaver):
            return [*cancelled_session(state, now), *_pass_on(candidate_of(state), leaver)]
        case Scheduling() | Scheduled() | OralUnrecorded() | Drafting() | Signing(), StopForConflict():
            return _stop(state, command, now)
        case _:
            raise not_now(state)


def _nominate(state: ChoosingMediator | OralUnrecorded, command: NominateMediator) -> list[Event]:
    _require_no_conflict(command.conflicts)
    if command.mediator in passed_of(state):
        raise Refused("mediator_passed")
    if command.mediator != state.proposed:
        accepted = [MediatorAccepted(command.mediator, command.party)] if command.party else []
        return [MediatorProposed(command.mediator), *accepted]
    return _accepted(state, command.mediator, command.party) if command.party else []


def _candidate(state: BeforeAnyDraft) -> UUID:
    candidate = candidate_of(state)
    if candidate is None:
        raise Refused("nobody_proposed")
    return candidate


def _accepted(state: BeforeAnyDraft, mediator: UUID, party: UUID) -> list[Event]:
    """One party's own; never taken for another's."""
    if state.matter.party(party) is None:
        raise NotFound
    return [] if party in state.matter.accepted(mediator) else [MediatorAccepted(mediator, party)]


def _decline(state: BeforeAnyDraft, command: DeclineMediator, now: datetime) -> list[Event]:
    """Whoever a party does not want leads no session of theirs (art. 23)."""
    mediator = _candidate(state)
    if state.matter.party(command.party) is None:
        raise NotFound
    if isinstance(state, Scheduled) and now >= state.session.starts_at:
        raise Refused("session_begun")
    declined = MediatorDeclined(mediator, command.party)
    return [*cancelled_session(state, now), declined, *_next(command.substitute)]


def _take(state: ChoosingMediator | OralUnrecorded, command: TakeMediation) -> list[Event]:
    if command.mediator != state.proposed:
        raise NotFound
    if command.relation != "none":
        return [MediatorSteppedAside(command.mediator, command.relation), *_next(command.substitute)]
    _require_no_conflict(command.conflicts)
    return [MediatorTook(command.mediator, command.relation)]


def _pass_on(asked: UUID | None, leaver: UUID) -> list[Event]:
    if leaver != asked:
        raise NotFound
    return [MediatorPassed(leaver)]


def _stop(state: Led, command: StopForConflict, now: datetime) -> list[Event]:
    """A session that had begun counts for nothing, whatever was said or written in it.

    What the parties settled at the door they settled themselves: somebody without ties records it.
    """
    session, mediator = session_of(state), _leader(state)
    begun = session is not None and now >= session.starts_at and not isinstance(state, OralUnrecorded)
    void = [SessionVoided(session.session_id, now)] if session and begun else []
    removed = MediatorRemoved(mediator, command.by, command.note, now)
    return [*cancelled_session(state, now), *void, removed, *_next(command.substitute)]


def _leader(state: Led) -> UUID:
    return state.mediator if isinstance(state, Scheduling | Scheduled) else state.held.mediator


def _next(substitute: UUID | None) -> list[Event]:
    return [MediatorProposed(substitute)] if substitute else []


def _require_no_conflict(conflicts: frozenset[Conflict]) -> None:
    if conflicts:
        raise ConflictOfInterest(conflicts)
