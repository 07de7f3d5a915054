"""Whoever owes a word is reminded of it once or twice, on working days, and never once it is given or idle.

Nobody owes a word on who may listen to a session: unsaid, it is closed, and a reminder would tell that somebody
wishes otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from services.mediation.commands import RemindOfWord
from services.mediation.decisions import group, openness, session
from services.mediation.decisions.amending import waits_for_group
from services.mediation.decisions.court import agreements_of
from services.mediation.decisions.moves import not_now
from services.mediation.events import Event, WordAwaited
from services.mediation.rules import Rules
from services.mediation.state import (
    Amendment,
    AwaitingConsent,
    Commitment,
    Matter,
    Mediation,
    Opened,
    Performed,
    Performing,
    Reminder,
    Scheduled,
    Scheduling,
    Signature,
    Signing,
    Word,
    other_side,
)
from shared.calendar.working_days import WorkingCalendar
from shared.clock import end_of_day

Waiting = AwaitingConsent | Scheduling | Scheduled | Signing | Performing | Performed


@dataclass(frozen=True)
class Owed:
    """A word that is missing, by whom, and the last day named for it, if any was."""

    word: Word
    of: UUID
    by: tuple[UUID, ...]
    until: date | None = None

    @property
    def key(self) -> tuple[Word, UUID, date | None]:
        return self.word, self.of, self.until


def decide(state: Mediation, command: RemindOfWord, now: datetime) -> list[Event]:
    """Those who have not said it by now; nobody where it was said, taken back, overtaken, or its day is over."""
    if not isinstance(state, Waiting):
        raise not_now(state)
    said = command.reminder
    owed = {one.key: one for one in words_owed(state)}.get((said.word, said.of, said.until))
    if owed is None or said in state.matter.reminded or _is_over(state, owed, now):
        return []
    return [WordAwaited(said, owed.by)]


def evolve(state: Mediation, event: WordAwaited) -> Mediation | None:
    """It is kept, so that a timer that fires twice reminds once; None where it could not have happened."""
    if not isinstance(state, Waiting):
        return None
    reminded = (*state.matter.reminded, event.reminder)
    return replace(state, matter=replace(state.matter, reminded=reminded))


def reminders(
    before: Mediation, after: Mediation, today: date, *, rules: Rules, calendar: WorkingCalendar
) -> Iterator[tuple[Reminder, date]]:
    """For each word that is owed `after` and was not `before`: the days on which to remind of it."""
    known = {one.key for one in words_owed(before)}
    for owed in words_owed(after):
        if owed.key not in known:
            days = _days(owed, today, rules=rules, calendar=calendar)
            yield from ((Reminder(*owed.key, turn), day) for turn, day in enumerate(days, 1))


MAY_BE_KEPT_BACK: tuple[Word, ...] = ("slots", "guest", "confirmation")
"""What is asked by word that may wait as long as a reminder. The others are asked by word that is required."""


def settled(before: Mediation, after: Opened) -> Iterator[Owed]:
    """The words that somebody was asked for or reminded of by what may wait, and owes no more; by whom.

    On whoever else comes to a session it is one word, as long as there is one guest to agree to. Guests are asked for
    times of their own, and reminded of nothing.
    """
    if not isinstance(before, Waiting):
        return
    owing = {(_asked(one), who) for one in (*words_owed(after), *_asked_of_guests(after)) for who in one.by}
    reminded = {(one.word, one.of, one.until) for one in before.matter.reminded}
    for owed in (*words_owed(before), *_asked_of_guests(before)):
        by = tuple(who for who in owed.by if (_asked(owed), who) not in owing)
        if by and (owed.word in MAY_BE_KEPT_BACK or owed.key in reminded):
            yield replace(owed, by=by)


def _asked(owed: Owed) -> tuple[Word, UUID | None, date | None]:
    return owed.word, None if owed.word == "guest" else owed.of, owed.until


def words_owed(state: Mediation) -> list[Owed]:
    """Every word that is missing, and that is still somebody's to give."""
    return [one for one in _owed(state) if one.by]


def _owed(state: Mediation) -> Iterator[Owed]:
    match state:
        case AwaitingConsent(matter):
            by = tuple(one.member_id for one in matter.parties if not one.consented)
            yield Owed("consent", matter.mediation_id, by, matter.consent_until)
        case Scheduling() | Scheduled():
            yield from _of_session(state)
        case Signing(matter):
            agreement_id = state.content.agreement_id
            yield Owed("signature", agreement_id, _unsigned(matter, state.signatures))
            silent = tuple(one.member_id for one in matter.fellows if one.agrees is None)
            yield Owed("opt_in", agreement_id, silent, matter.fellows_until)
        case Performing():
            yield from _of_amendment(state, state.amendment)
            for commitment in state.commitments:
                yield from _of_commitment(state, commitment)
            yield from _of_court(state)
        case Performed():
            yield from _of_court(state)


def _of_session(state: Scheduling | Scheduled) -> Iterator[Owed]:
    """Of several guests to agree to, one is reminded once for all, from when the last of them was invited."""
    matter = state.matter
    parties = [one.member_id for one in matter.parties]
    if state.answer_until is not None:
        silent = tuple(one for one in parties if not _possible(state) <= _answered(state, one))
        yield Owed("slots", state.slots[0].slot_id, silent, state.answer_until)
    waiting = [guest for guest in matter.guests if not {*parties} <= {*guest.agreed}]
    if waiting:
        silent = tuple(one for one in parties if any(one not in guest.agreed for guest in waiting))
        yield Owed("guest", waiting[-1].member_id, silent)
    if isinstance(state, Scheduled) and (path := state.default) is not None and path.choice is None:
        chooses = tuple(one.member_id for one in matter.present(other_side(path.absent)))
        yield Owed("choice", state.session.session_id, chooses, path.choose_until)


def _asked_of_guests(state: Mediation) -> Iterator[Owed]:
    """The times to which somebody who comes beside the sides has not said whether they can."""
    if isinstance(state, Scheduling | Scheduled) and state.answer_until is not None:
        coming = [one.member_id for one in state.matter.coming]
        silent = tuple(one for one in coming if not _possible(state) <= _answered(state, one))
        yield Owed("slots", state.slots[0].slot_id, silent, state.answer_until)


def _possible(state: Scheduling | Scheduled) -> set[UUID]:
    """The times to which nobody whose no counts has said it: an answer to the others is idle."""
    return {one.slot_id for one in state.slots if session.objection(state, one) != "slot_declined"}


def _answered(state: Scheduling | Scheduled, party: UUID) -> set[UUID]:
    return {answer.slot_id for answer in state.answers if answer.party == party}


def _unsigned(matter: Matter, signatures: tuple[Signature, ...]) -> tuple[UUID, ...]:
    signed = {one.party for one in signatures}
    return tuple(
        one.member_id for one in matter.parties if one.left_on is None and one.member_id not in signed
    )


def _of_amendment(state: Performing, amendment: Amendment | None) -> Iterator[Owed]:
    if amendment is None:
        return
    agreement_id = amendment.content.agreement_id
    yield Owed("signature", agreement_id, _unsigned(state.matter, amendment.signatures))
    if waits_for_group(state, amendment):
        silent = tuple(one for one in state.matter.bound if one not in amendment.agreed)
        yield Owed("opt_in", agreement_id, silent)


def _of_commitment(state: Performing, commitment: Commitment) -> Iterator[Owed]:
    """What was shown to be done; of a group, until everybody who speaks for it has said so."""
    if commitment.status != "proven" or commitment.is_affirmed:
        return
    side = other_side(commitment.promise.owner_side)
    there = [
        one.member_id for one in (*state.matter.present(side), *state.matter.successors) if one.side == side
    ]
    said = commitment.affirmed_by if group.is_kept_for_group(state, commitment) else ()
    by = tuple(one for one in there if one not in said)
    yield Owed("confirmation", commitment.promise.commitment_id, by, commitment.confirm_until)


def _of_court(state: Performing | Performed) -> Iterator[Owed]:
    """Once one of them has asked the court, whether the others do: alone it is no request (art. 33)."""
    for agreement in agreements_of(state):
        if agreement.asked_court:
            there = [one.member_id for one in state.matter.parties if one.left_on is None]
            silent = tuple(one for one in there if one not in agreement.asked_court)
            yield Owed("court", agreement.content.agreement_id, silent, agreement.judicial_until)


def _is_over(state: Waiting, owed: Owed, now: datetime) -> bool:
    """Whether it would come too late: after its last day, and of a guest once the session has begun."""
    if owed.until is not None:
        return now >= end_of_day(owed.until)
    return owed.word == "guest" and openness.has_begun(state, now)


def _days(owed: Owed, today: date, *, rules: Rules, calendar: WorkingCalendar) -> list[date]:
    """Working days, none of them the day it was asked on nor after the last day named."""
    if owed.until is None:
        turns = range(1, rules.open_word_reminders + 1)
        return [
            calendar.after_working_days(today, turn * rules.open_word_reminder_working_days) for turn in turns
        ]
    tomorrow = calendar.after_working_days(today, 1)
    days = {
        max(calendar.before_working_days(owed.until, ahead), tomorrow) for ahead in _ahead(owed.word, rules)
    }
    return sorted(day for day in days if day <= owed.until)


def _ahead(word: Word, rules: Rules) -> tuple[int, ...]:
    return {
        "consent": (rules.consent_reminder_working_days,),
        "slots": (rules.slot_reminder_working_days,),
        "choice": (rules.choice_reminder_working_days,),
        "opt_in": (rules.opt_in_reminder_working_days,),
        "confirmation": (rules.confirm_reminder_working_days,),
        "court": (rules.court_reminder_working_days, rules.court_last_reminder_working_days),
    }[word]
