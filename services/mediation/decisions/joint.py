"""One session for two mediations (一次谈两件事): agreed by every party in each, and each is judged by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from services.mediation import events as happened
from services.mediation.commands import AnswerJoint, FollowSession, NoteBeside, ScheduleTogether
from services.mediation.decisions.moves import not_now
from services.mediation.events import Event
from services.mediation.rules import Rules
from services.mediation.state import (
    AwaitingConsent,
    ChoosingMediator,
    Matter,
    Mediation,
    Scheduled,
    Scheduling,
    Session,
)
from shared.errors import Invalid, NotFound, Refused

Joining = NoteBeside | AnswerJoint | ScheduleTogether | FollowSession

Joined = happened.BesideNoted | happened.JointAnswered | happened.SessionParted


def decide(state: Mediation, command: Joining, now: datetime, *, rules: Rules) -> list[Event]:
    """A time is shared, and nothing else: what is agreed in one is no condition of the other."""
    match state, command:
        case (
            AwaitingConsent(matter) | ChoosingMediator(matter) | Scheduling(matter) | Scheduled(matter),
            NoteBeside(beside=beside),
        ):
            return [] if beside in matter.beside else [happened.BesideNoted(beside)]
        case AwaitingConsent(matter) | ChoosingMediator(matter) | Scheduling(matter), AnswerJoint():
            return [answered(matter, command)]
        case Scheduling(), ScheduleTogether():
            return [happened.SessionScheduled(_shared(state, command, now, rules))]
        case Scheduled(), FollowSession(session=session):
            return _following(state.session, session)
        case _:
            raise not_now(state)


def answered(matter: Matter, command: AnswerJoint) -> Event:
    """Each for themselves, and each mediation for itself. Raises NotFound, Refused."""
    if matter.party(command.party) is None:
        raise NotFound
    if not matter.beside:
        raise Refused("nothing_beside")
    return happened.JointAnswered(command.party, command.agreed)


def is_agreed(matter: Matter) -> bool:
    """Whether every party agreed to one session with the other mediation."""
    return all(party.joint for party in matter.parties)


def evolve(state: Mediation, event: Joined) -> Mediation | None:
    """None where it could not have happened."""
    match state, event:
        case Scheduled(), happened.SessionParted(session):
            return replace(state, session=session)
        case AwaitingConsent() | ChoosingMediator() | Scheduling() | Scheduled(), happened.BesideNoted(
            beside
        ):
            return replace(state, matter=replace(state.matter, beside=(*state.matter.beside, beside)))
        case AwaitingConsent() | ChoosingMediator() | Scheduling(), happened.JointAnswered(party, agreed):
            matter = state.matter.with_party(party, lambda one: replace(one, joint=agreed))
            return replace(state, matter=matter)
        case _:
            return None


def _shared(state: Scheduling, command: ScheduleTogether, now: datetime, rules: Rules) -> Session:
    if command.other not in {one.mediation_id for one in state.matter.beside}:
        raise Invalid("/with_mediation_id", "unknown_mediation")
    if not (command.agreed and is_agreed(state.matter)):
        raise Refused("joint_not_agreed")
    if command.session is None or command.mediator != state.mediator:
        raise Refused("no_session_to_share")
    if command.has_guests or state.matter.guests:
        raise Refused("guests_apart")
    if command.open or state.matter.is_open:
        raise Refused("closed_together")
    if command.session.parts or state.matter.separate:
        raise Refused("talks_apart")
    if command.session.starts_at - now < rules.notice:
        raise Refused("too_short_notice", hours=rules.notice_hours)
    uid = command.session_id.hex.upper()
    return replace(
        command.session, session_id=command.session_id, uid=uid, sequence=0, with_mediation=command.other
    )


def _following(own: Session, other: Session | None) -> list[Event]:
    if own.with_mediation is None:
        return []
    if other is None:
        return [happened.SessionParted(replace(own, with_mediation=None))]
    moved = replace(
        own,
        sequence=own.sequence + 1,
        starts_at=other.starts_at,
        ends_at=other.ends_at,
        room_id=other.room_id,
        room=other.room,
    )
    return [happened.SessionMoved(moved, "")]
