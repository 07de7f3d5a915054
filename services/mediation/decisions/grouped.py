"""What a group's word makes of a mediation. Never refuses: what happened, happened."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from services.mediation import events as happened
from services.mediation.decisions.amended import changed
from services.mediation.state import Commitment, Matter, Performing, Signing

OfGroup = (
    happened.DraftAnswered
    | happened.CommitmentAffirmed
    | happened.CommitmentObjected
    | happened.ObjectionWithdrawn
)


def evolve(state: Signing | Performing, event: OfGroup) -> Signing | Performing | None:
    """The mediation after `event`; None where it cannot have happened."""
    match state, event:
        case Signing(), happened.DraftAnswered(member, agrees):
            return replace(state, matter=_answered(state.matter, member, agrees=agrees))
        case Performing(), happened.CommitmentAffirmed(which):
            return changed(state, which, lambda one: _affirmed(one, event))
        case Performing(), happened.CommitmentObjected(which):
            return changed(state, which, lambda one: _objected(one, event))
        case Performing(), happened.ObjectionWithdrawn(which, member):
            return changed(state, which, lambda one: _without(one, member))
        case _:
            return None


def _answered(matter: Matter, member: UUID, *, agrees: bool) -> Matter:
    said = (replace(one, agrees=agrees) if one.member_id == member else one for one in matter.fellows)
    return replace(matter, fellows=tuple(said))


def _affirmed(one: Commitment, said: happened.CommitmentAffirmed) -> Commitment:
    until = said.objections_until or one.objections_until
    affirmed_by = (*one.affirmed_by, said.party)
    return replace(one, affirmed_by=affirmed_by, affirmed_on=said.on, objections_until=until)


def _objected(one: Commitment, said: happened.CommitmentObjected) -> Commitment:
    objections = (*one.objections, *(() if said.member in one.objections else (said.member,)))
    return replace(one, status="disputed", dispute=said.reason, objections=objections)


def _without(one: Commitment, member: UUID) -> Commitment:
    return replace(one, objections=tuple(other for other in one.objections if other != member))
