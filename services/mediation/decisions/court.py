"""What a court said of an agreement, and handing on one that was not kept (art. 32, 33)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from services.mediation.commands import HandOver, NoteReturn, RecordCourtResult
from services.mediation.decisions.commitments import is_overdue
from services.mediation.decisions.moves import not_now
from services.mediation.events import CourtDecided, Event, HandedOver, HandoverReturned
from services.mediation.state import (
    Agreement,
    CourtResult,
    Handover,
    Matter,
    Mediation,
    Performed,
    Performing,
)
from shared.clock import local_day
from shared.errors import Invalid, NotFound, Refused

Judging = RecordCourtResult | HandOver | NoteReturn


def decide(state: Mediation, command: Judging, now: datetime) -> list[Event]:
    """A request of one side alone is none, and nothing is handed on that may still be kept."""
    match state, command:
        case Performing() | Performed(), RecordCourtResult():
            return _record(state, command, now)
        case Performing(), HandOver():
            return _hand_over(state, command, now)
        case Performing() | Performed(), NoteReturn():
            return [HandoverReturned(local_day(now))] if _waits_for(state, command.pack_id) else []
        case _:
            raise not_now(state)


def agreements_of(state: Performing | Performed) -> tuple[Agreement, ...]:
    """The agreement and its changes, the latest last."""
    return state.agreement, *state.amendments


def agreement_in(state: Performing | Performed, agreement_id: object) -> Agreement:
    """The agreement, or a change of it. Raises NotFound."""
    for agreement in agreements_of(state):
        if agreement.content.agreement_id == agreement_id:
            return agreement
    raise NotFound


def is_asked_by_all(matter: Matter, agreement: Agreement) -> bool:
    """Whether the joint request is one: every party made it (art. 33)."""
    return {party.member_id for party in matter.parties} <= {*agreement.asked_court}


def may_be_handed_over(state: Performing, now: datetime) -> bool:
    """Whether something was missed or given up, and nothing lies with the court station already."""
    broken = (one for one in state.commitments if is_overdue(one, now) or one.status == "declined")
    return state.handover is None and any(broken)


def _waits_for(state: Performing | Performed, pack_id: UUID) -> bool:
    handover = state.handover
    return handover is not None and handover.pack_id == pack_id and handover.returned_on is None


def _record(state: Performing | Performed, command: RecordCourtResult, now: datetime) -> list[Event]:
    agreement = agreement_in(state, command.agreement_id)
    if not is_asked_by_all(state.matter, agreement):
        raise Refused("request_incomplete")
    if agreement.court_result is not None:
        raise Refused("court_has_decided")
    if command.decided_on > local_day(now):
        raise Invalid("/decided_on", "in_the_future")
    result = CourtResult(command.confirmed, command.decided_on, command.document_no)
    return [CourtDecided(command.agreement_id, result)]


def _hand_over(state: Performing, command: HandOver, now: datetime) -> list[Event]:
    if state.handover is not None:
        raise Refused("handed_over_already")
    if not may_be_handed_over(state, now):
        raise Refused("nothing_missed")
    today = local_day(now)
    sent = Handover(command.pack_id, today, command.party, command.sha256, command.pages, command.contents)
    return [HandedOver(sent, today)]
