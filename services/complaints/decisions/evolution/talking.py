"""Words between the sides, the work that is recorded, and what leaves a case where it is."""

from __future__ import annotations

from dataclasses import replace

from services.complaints.decisions.evolution.evolutions import Evolutions
from services.complaints.decisions.state import Case, HeldMessage
from services.complaints.events import (
    AnswerEntered,
    CaseWithdrawn,
    HotlineCalled,
    InquiryOpened,
    MatterSplit,
    MessageReleased,
    MessageSent,
    OccurrenceLogged,
    PoliceReported,
    ServiceAttempted,
    WorkRecorded,
)


def _message_sent(case: Case, event: MessageSent) -> Case:
    if not event.held:
        return case
    held = HeldMessage(event.message_id, event.sender, event.to)
    return replace(case, file=replace(case.file, held=(*case.file.held, held)))


def _message_released(case: Case, event: MessageReleased) -> Case:
    held = tuple(one for one in case.file.held if one.message_id != event.message_id)
    return replace(case, file=replace(case.file, held=held))


def _unmoved(
    case: Case,
    _: OccurrenceLogged
    | CaseWithdrawn
    | HotlineCalled
    | PoliceReported
    | ServiceAttempted
    | AnswerEntered
    | MatterSplit
    | InquiryOpened,
) -> Case:
    return case


def _work_recorded(case: Case, event: WorkRecorded) -> Case:
    rungs = dict.fromkeys((*case.file.rungs, *event.rungs))
    return replace(case, file=replace(case.file, rungs=tuple(rungs)))


EVOLUTIONS: Evolutions = {
    MatterSplit: _unmoved,
    MessageSent: _message_sent,
    MessageReleased: _message_released,
    OccurrenceLogged: _unmoved,
    InquiryOpened: _unmoved,
    CaseWithdrawn: _unmoved,
    WorkRecorded: _work_recorded,
    ServiceAttempted: _unmoved,
    AnswerEntered: _unmoved,
    HotlineCalled: _unmoved,
    PoliceReported: _unmoved,
}
