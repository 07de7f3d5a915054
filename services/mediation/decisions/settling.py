"""Promises that end otherwise than by being done: granted a later day, waived, impossible, given up.

None of them disappears: a waived one was waived by everybody it was owed to, an impossible or given up one stays
until it is replaced, waived, or handed on.
"""

from __future__ import annotations

from datetime import datetime

from services.mediation.commands import DeclinePerformance, GrantDay, MarkImpossible, WaiveCommitment
from services.mediation.decisions import departing
from services.mediation.decisions.commitments import find, is_overdue, owned
from services.mediation.decisions.moves import not_now
from services.mediation.events import (
    CommitmentImpossible,
    CommitmentWaived,
    DayGranted,
    Event,
    PerformanceDeclined,
)
from services.mediation.state import Commitment, Mediation, Performing, other_side
from shared.errors import Invalid, Refused

Settling = GrantDay | WaiveCommitment | MarkImpossible | DeclinePerformance


def decide(state: Mediation, command: Settling, now: datetime) -> list[Event]:
    """The side it is owed to grants and waives, the owner gives up, the mediator says what cannot be done."""
    match state, command:
        case Performing(), GrantDay():
            commitment = _open(owned(state, command.commitment_id, command.party, by_owner=False))
            return _grant(commitment, command, now)
        case Performing(), WaiveCommitment():
            return _waive(state, command)
        case Performing(), MarkImpossible():
            commitment = _open(find(state, command.commitment_id))
            return [CommitmentImpossible(commitment.promise.commitment_id, command.reason)]
        case Performing(), DeclinePerformance():
            commitment = _open(owned(state, command.commitment_id, command.party, by_owner=True))
            known = commitment.status == "declined"
            return [] if known else [PerformanceDeclined(commitment.promise.commitment_id)]
        case _:
            raise not_now(state)


def _grant(commitment: Commitment, command: GrantDay, now: datetime) -> list[Event]:
    """Before its day is over; afterwards it was missed, whatever is agreed (the day is compared on read)."""
    if is_overdue(commitment, now):
        raise Refused("day_is_over")
    if command.until <= commitment.last_day:
        raise Invalid("/until", "not_later")
    return [DayGranted(command.commitment_id, command.until)]


def _waive(state: Performing, command: WaiveCommitment) -> list[Event]:
    commitment = owned(state, command.commitment_id, command.party, by_owner=False)
    if commitment.status != "waived":
        _open(commitment)
    if command.party in commitment.waived_by:
        return []
    waived = CommitmentWaived(command.commitment_id, command.party)
    owed_to = state.matter.owed_to(other_side(commitment.promise.owner_side))
    complete = owed_to <= {*commitment.waived_by, command.party}
    if complete and departing.is_last(state, commitment):
        return [waived, departing.last_settled(state)]
    return [waived]


def _open(commitment: Commitment) -> Commitment:
    if commitment.is_settled:
        raise Refused(f"already_{commitment.status}")
    return commitment
