"""A group's agreement (群体纠纷): two speak for it, and each is bound by their own yes alone.

Its draft lies before everybody until a day that was named; whoever says nothing is informed and not bound. What those
who speak for the group confirm stands when nobody who is bound has objected for some days.
"""

from __future__ import annotations

from datetime import datetime

from services.mediation.commands import AnswerDraft, ConfirmCommitment, DisputeCommitment
from services.mediation.decisions import intent
from services.mediation.decisions.departing import is_last, last_settled
from services.mediation.decisions.moves import not_now
from services.mediation.events import (
    CommitmentAffirmed,
    CommitmentConfirmed,
    CommitmentObjected,
    DebtorLeft,
    DraftAnswered,
    Event,
    MinutesReleased,
    ObjectionWithdrawn,
)
from services.mediation.rules import Rules
from services.mediation.state import (
    Commitment,
    Matter,
    Mediation,
    Performed,
    Performing,
    Signing,
    fellows_of,
)
from shared.calendar.working_days import WorkingCalendar
from shared.clock import end_of_day, local_day
from shared.errors import Invalid, NotAllowed, NotFound, Refused


def answer_draft(state: Signing, command: AnswerDraft, now: datetime, *, content_hash: str) -> list[Event]:
    """Until the day named anybody may change their mind; afterwards nobody is bound late."""
    if command.agreement_id != state.content.agreement_id:
        raise NotFound
    fellow = state.matter.fellow(command.member)
    if fellow is None:
        raise NotFound
    if not is_put_to_them(state.matter, now):
        raise Refused("draft_time_over")
    if command.content_hash != content_hash:
        raise Invalid("/content_hash", "content_changed")
    proven_at = _proven(command) if command.agrees else None
    if fellow.agrees is command.agrees:
        return []
    return [DraftAnswered(command.member, command.agrees, command.content_hash, now, proven_at)]


def _proven(command: AnswerDraft) -> datetime:
    """A yes binds and is meant; a no leaves everything open."""
    return intent.proven(command.intent, by=command.member, content_hash=command.content_hash)


def release_minutes(state: Mediation) -> list[Event]:
    """Those for whom others speak were not in the room: once, when the mediator has read the record over."""
    if not isinstance(state, Signing | Performing | Performed):
        raise not_now(state)
    if not fellows_of(state):
        raise Refused("nobody_speaks_for_others")
    return [] if state.held.released else [MinutesReleased()]


def is_put_to_them(matter: Matter, now: datetime) -> bool:
    """Whether the day until which they may answer is not over."""
    return matter.fellows_until is not None and now < end_of_day(matter.fellows_until)


def is_awaited(matter: Matter, now: datetime) -> bool:
    """Whether somebody may still say yes or no: until then nothing takes effect."""
    return is_put_to_them(matter, now) and any(one.agrees is None for one in matter.fellows)


def is_kept_for_group(state: Performing, commitment: Commitment) -> bool:
    """Whether others than those who speak for it have a say in whether it was kept."""
    return bool(state.matter.bound) and commitment.promise.owner_side == "respondent"


def affirm(
    state: Performing,
    commitment: Commitment,
    command: ConfirmCommitment,
    now: datetime,
    *,
    rules: Rules,
    calendar: WorkingCalendar,
) -> list[Event]:
    """Both who speak for the group say that it is done; it stands when nobody has objected."""
    if command.party in commitment.affirmed_by:
        return []
    today = local_day(now)
    speak = {party.member_id for party in state.matter.present("complainant")}
    missing = speak - {*commitment.affirmed_by}
    until = calendar.after_working_days(today, rules.objection_working_days)
    last = until if missing == {command.party} else None
    return [CommitmentAffirmed(command.commitment_id, command.party, today, last)]


def object_to(
    state: Performing, commitment: Commitment, command: DisputeCommitment, now: datetime
) -> list[Event]:
    """One of them says that it is not done: that suspends what was confirmed until they say otherwise.

    Where whoever promised it has gone meanwhile, it is theirs on paper.
    """
    if command.party not in state.matter.bound or not is_kept_for_group(state, commitment):
        raise NotAllowed
    if commitment.is_settled or not (commitment.status == "proven" or commitment.affirmed_by):
        raise Refused("nothing_to_dispute")
    until = commitment.objections_until
    if until is not None and now >= end_of_day(until):
        raise Refused("objection_time_over")
    objected = CommitmentObjected(command.commitment_id, command.party, command.reason)
    gone = state.matter.is_deserted("respondent")
    return [objected, DebtorLeft(command.commitment_id)] if gone else [objected]


def withdraw_objection(
    state: Performing, commitment: Commitment, command: ConfirmCommitment, now: datetime
) -> list[Event]:
    """Whoever objected says that it is done now."""
    if command.party not in state.matter.bound:
        raise NotAllowed
    if command.party not in commitment.objections:
        raise Refused("nothing_to_confirm")
    left = [one for one in commitment.objections if one != command.party]
    withdrawn = ObjectionWithdrawn(command.commitment_id, command.party)
    return [withdrawn, *(() if left else _standing(state, commitment, now))]


def let_stand(state: Performing, commitment: Commitment, now: datetime) -> list[Event]:
    """The days are over: it is confirmed as of the day on which both said so."""
    return [] if commitment.objections else _standing(state, commitment, now)


def _standing(state: Performing, commitment: Commitment, now: datetime) -> list[Event]:
    until = commitment.objections_until
    if commitment.is_settled or until is None or now < end_of_day(until):
        return []
    confirmed = CommitmentConfirmed(commitment.promise.commitment_id)
    if not is_last(state, commitment):
        return [confirmed]
    days = [one.affirmed_on for one in state.commitments if one.affirmed_on]
    return [confirmed, last_settled(state, max(days))]
