"""送达 without an account: silence and an unsigned slip are neither service nor consent, and a refusal is no guilt."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from services.complaints.commands import ClaimCase, EnterAnswer, RecordAttempt, RefuseMediation
from services.complaints.decisions import evidence
from services.complaints.decisions.closing import closed, may_reopen, outcome_of
from services.complaints.decisions.hearing import served
from services.complaints.decisions.state import (
    AwaitingAnswer,
    AwaitingRoute,
    AwaitingService,
    Circumstances,
    Closed,
    Filed,
)
from services.complaints.events import (
    AnswerEntered,
    CaseAnswered,
    Event,
    MediationDeclined,
    RespondentClaimed,
    ServiceAttempted,
)
from services.complaints.terms import ENDED_UNMEDIATED
from shared.errors import Invalid

Unrouted = AwaitingService | AwaitingAnswer | AwaitingRoute


def attempt(case: AwaitingService, command: RecordAttempt, at: Circumstances) -> list[Event]:
    """Every visit stands in the record; the answer's days run from the signed slip alone."""
    _require_possible(command.on, "/on", case, at)
    tried = ServiceAttempted(command.on, command.outcome, command.note)
    return [tried, served(case, "paper", at, on=command.on)] if command.outcome == "signed" else [tried]


def claim(_: Filed, command: ClaimCase, __: Circumstances) -> list[Event]:
    """Whoever has the paper notice's code answers for themselves from now on."""
    return [RespondentClaimed(command.respondent)]


def has_nobody_to_answer(case: Filed, _: Circumstances) -> bool:
    """Whether the respondent is not on the platform."""
    return not case.file.respondents


def may_still_come(case: Closed, at: Circumstances) -> bool:
    """Whether somebody who refused on paper may still think otherwise (他可以随时改变主意), and pledge something."""
    return case.outcome in ENDED_UNMEDIATED and not case.file.respondents and may_reopen(case, at)


def enter(case: Unrouted, command: EnterAnswer, at: Circumstances) -> list[Event]:
    """Equal to an answer given on the platform, and as old as the day it was received.

    The paper itself lies beside it, the coordinator's to look at and to release like anything they brought.
    """
    _require_possible(command.received_on, "/received_on", case, at)
    evidence.require_theirs(case.file, command.evidence_ids, lambda one: one.side == at.by.role)
    entered = AnswerEntered(command.slip, command.received_on, command.evidence_ids)
    reached = _reached(case, command.received_on, at)
    if command.kind is None:
        return [*reached, entered, *_declined(case, command.received_on, at)]
    return [*reached, entered, CaseAnswered(command.received_on, command.kind, command.text)]


def refuse(case: Unrouted, _: RefuseMediation, at: Circumstances) -> list[Event]:
    """If one party expressly refuses, there is no mediation (art. 17), and nobody is to blame for it."""
    return [*_reached(case, at.today, at), *_declined(case, at.today, at)]


def is_unanswered(case: Unrouted, _: Circumstances) -> bool:
    """Whether the respondent has not had a word yet."""
    return case.file.answer in (None, "silent")


def _declined(case: Filed, on: date, at: Circumstances) -> list[Event]:
    """What lies with an authority goes on by itself; without it the case ends, and the other routes are named."""
    declined = MediationDeclined(on)
    if case.file.open_referrals:
        return [declined]
    outcome = outcome_of(case.file, "ended_without_agreement", refused=True)
    return [declined, closed(outcome, at)]


def _reached(case: Unrouted, on: date, at: Circumstances) -> Sequence[Event]:
    """Whoever answers has been reached."""
    return [served(case, "answer", at, on=on)] if isinstance(case, AwaitingService) else []


def _require_possible(day: date, field: str, case: Filed, at: Circumstances) -> None:
    accepted_on = case.file.accepted_on or at.today
    if day > at.today:
        raise Invalid(field, "in_the_future")
    if day < accepted_on:
        raise Invalid(field, "before_acceptance")
