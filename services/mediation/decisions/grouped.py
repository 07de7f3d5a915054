"""What a group's word makes of a mediation. Never refuses: what happened, happened."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from services.mediation import events as happened
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
        case Performing(), happened.DraftAnswered():
            return None
        case Performing(commitments=commitments), _:
            changed = (_changed(one, event) for one in commitments)
            return replace(state, commitments=tuple(changed))
        case _:
            return None


def _answered(matter: Matter, member: UUID, *, agrees: bool) -> Matter:
    said = (replace(one, agrees=agrees) if one.member_id == member else one for one in matter.fellows)
    return replace(matter, fellows=tuple(said))


def _changed(one: Commitment, event: OfGroup) -> Commitment:
    match event:
        case happened.CommitmentAffirmed(which, party, on, until) if which == one.promise.commitment_id:
            affirmed_by = (*one.affirmed_by, party)
            return replace(
                one, affirmed_by=affirmed_by, affirmed_on=on, objections_until=until or one.objections_until
            )
        case happened.CommitmentObjected(which, member, reason) if which == one.promise.commitment_id:
            objections = (*one.objections, *(() if member in one.objections else (member,)))
            return replace(one, status="disputed", dispute=reason, objections=objections)
        case happened.ObjectionWithdrawn(which, member) if which == one.promise.commitment_id:
            return replace(one, objections=tuple(other for other in one.objections if other != member))
        case _:
            return one
