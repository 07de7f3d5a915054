"""Doing what was promised, and the other side's word that it is done (art. 31)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from services.mediation.commands import (
    ConfirmCommitment,
    DisputeCommitment,
    FallDue,
    LetStand,
    ProveCommitment,
    RemindAhead,
)
from services.mediation.decisions import departing, group
from services.mediation.decisions.moves import not_now
from services.mediation.events import (
    CommitmentConfirmed,
    CommitmentDisputed,
    CommitmentFellDue,
    CommitmentProven,
    CommitmentRemindedAhead,
    Event,
)
from services.mediation.rules import Rules
from services.mediation.state import (
    Commitment,
    Mediation,
    Performed,
    Performing,
    Side,
    other_side,
)
from shared.calendar.working_days import WorkingCalendar
from shared.clock import end_of_day, local_day
from shared.errors import NotAllowed, NotFound, Refused

Keeping = ProveCommitment | ConfirmCommitment | DisputeCommitment | RemindAhead | FallDue | LetStand


def decide(
    state: Mediation, command: Keeping, now: datetime, *, rules: Rules, calendar: WorkingCalendar
) -> list[Event]:
    """The owner's side proves; only the OTHER side confirms or disputes."""
    match state, command:
        case Performing(), ProveCommitment():
            until = calendar.after_working_days(local_day(now), rules.confirm_working_days)
            by_mediator = _is_mediators_statement(state, command.party)
            commitment = (
                find(state, command.commitment_id)
                if by_mediator
                else owned(state, command.commitment_id, command.party, by_owner=True)
            )
            if commitment.status == "proven" or commitment.is_settled:
                raise Refused(f"already_{commitment.status}")
            today = local_day(now)
            return [
                CommitmentProven(
                    command.commitment_id, command.text, until, today, by_mediator, command.evidence
                )
            ]
        case Performing(), ConfirmCommitment():
            return _confirm(state, command, now, rules=rules, calendar=calendar)
        case Performing(), DisputeCommitment():
            return _dispute(state, command, now)
        case Performing(), RemindAhead() | FallDue() | LetStand():
            return _by_the_clock(state, command, now)
        case Performed(), RemindAhead() | FallDue() | LetStand():
            return []
        case _:
            raise not_now(state)


def _by_the_clock(state: Performing, command: RemindAhead | FallDue | LetStand, now: datetime) -> list[Event]:
    commitment = find(state, command.commitment_id)
    match command:
        case RemindAhead():
            return [] if state.is_with_station else _remind(commitment, command, now)
        case FallDue():
            return _fall_due(state, commitment, now)
        case LetStand():
            return group.let_stand(state, commitment, now)


def _confirm(
    state: Performing, command: ConfirmCommitment, now: datetime, *, rules: Rules, calendar: WorkingCalendar
) -> list[Event]:
    if state.matter.fellow(command.party):
        return group.withdraw_objection(state, find(state, command.commitment_id), command, now)
    commitment = owned(state, command.commitment_id, command.party, by_owner=False)
    if commitment.status == "confirmed":
        return []
    if commitment.is_settled:
        raise Refused(f"already_{commitment.status}")
    if group.is_kept_for_group(state, commitment):
        return group.affirm(state, commitment, command, now, rules=rules, calendar=calendar)
    return closing_events(state, commitment, CommitmentConfirmed(command.commitment_id))


def closing_events(state: Performing, commitment: Commitment, confirmed: CommitmentConfirmed) -> list[Event]:
    """The last confirmation is the end of the performance."""
    if departing.is_last(state, commitment):
        return [confirmed, departing.last_settled(state)]
    return [confirmed]


def _is_mediators_statement(state: Performing, member: UUID) -> bool:
    """Where all was agreed on the spot, the mediator may say what they saw there."""
    return state.matter.oral is not None and member == state.held.mediator


def _dispute(state: Performing, command: DisputeCommitment, now: datetime) -> list[Event]:
    if state.matter.fellow(command.party):
        return group.object_to(state, find(state, command.commitment_id), command, now)
    commitment = owned(state, command.commitment_id, command.party, by_owner=False)
    if commitment.status != "proven":
        raise Refused("nothing_to_dispute")
    return [CommitmentDisputed(command.commitment_id, command.reason)]


def _remind(commitment: Commitment, command: RemindAhead, now: datetime) -> list[Event]:
    """Once for each last day, while its owner still has something to show; of a day that was moved, or is over, not."""
    if commitment.status not in ("open", "disputed") or command.due_on != commitment.last_day:
        return []
    if commitment.reminded_of == commitment.last_day or now >= end_of_day(commitment.last_day):
        return []
    return [CommitmentRemindedAhead(command.commitment_id, command.due_on)]


def _fall_due(state: Performing, commitment: Commitment, now: datetime) -> list[Event]:
    """Once, and never before the day named is over; that day is not moved to a working day.

    Of what was given up everybody has heard; of what lies with the court station nobody is pressed until it is back,
    and the day of the return is over: what the parties agree on there, or on the way, is told instead.
    """
    quiet = commitment.status == "declined" or state.is_with_station
    if commitment.is_settled or (commitment.reminded and (quiet or not commitment.untold)):
        return []
    if not _is_past_its_day(commitment, now) or now < _told_from(state, commitment):
        return []
    proven = commitment.status == "proven"
    return [CommitmentFellDue(commitment.promise.commitment_id, proven=proven, quiet=quiet)]


def _told_from(state: Performing, commitment: Commitment) -> datetime:
    returned_on = state.handover.returned_on if state.handover else None
    return end_of_day(max(commitment.last_day, returned_on or commitment.last_day))


def is_overdue(commitment: Commitment, now: datetime) -> bool:
    """Whether the due day has passed and nothing was shown by then; compared on read too, so a late timer shows
    nothing wrong. How long the other side takes to confirm it is not its owner's delay.
    """
    in_time = commitment.status == "proven" and late_days(commitment, commitment.last_day) == 0
    return _is_past_its_day(commitment, now) and not in_time


def _is_past_its_day(commitment: Commitment, now: datetime) -> bool:
    waited = not (commitment.is_settled or commitment.is_affirmed) and commitment.status != "debtor_left"
    return waited and now >= end_of_day(commitment.last_day)


def late_days(commitment: Commitment, day: date | None = None) -> int:
    """How many days after that day, or the day agreed at first, it was shown to be done."""
    shown = commitment.proven_on if commitment.status in {"proven", "confirmed"} else None
    return max(0, (shown - (day or commitment.promise.due_on)).days) if shown else 0


def done_by(commitments: Iterable[Commitment]) -> date | None:
    """The day by which all that was kept was shown to be; None where that is not known."""
    days = [_done_by(one) for one in commitments if one.status == "confirmed"]
    known = [day for day in days if day is not None]
    return max(known) if known and len(known) == len(days) else None


def _done_by(commitment: Commitment) -> date | None:
    """By its day was done what was confirmed without proof before it fell due, and what was shown by a later one that
    the other side granted: by that nobody missed anything.
    """
    due_on, shown = commitment.promise.due_on, commitment.proven_on
    if shown is None:
        return None if commitment.reminded else due_on
    return shown if late_days(commitment, commitment.last_day) else min(shown, due_on)


def owned(state: Performing, commitment_id: UUID, party_id: UUID, *, by_owner: bool) -> Commitment:
    """The commitment, if it is this party's part to speak of it."""
    commitment = find(state, commitment_id)
    party = state.matter.party(party_id) or state.matter.successor(party_id)
    if party is None:
        raise NotFound
    owner: Side = commitment.promise.owner_side
    if party.side != (owner if by_owner else other_side(owner)):
        raise NotAllowed
    return commitment


def find(state: Performing, commitment_id: UUID) -> Commitment:
    for commitment in state.commitments:
        if commitment.promise.commitment_id == commitment_id:
            return commitment
    raise NotFound
