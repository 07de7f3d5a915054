"""What is brought, shown, sealed and erased, and what a child said."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from services.complaints.decisions.evolution.evolutions import Evolutions
from services.complaints.decisions.exhibits import Exhibit, Shown
from services.complaints.decisions.state import Case
from services.complaints.events import (
    BoardAllowed,
    ChildHeard,
    ChildLetFollow,
    EvidenceAdded,
    EvidenceErased,
    EvidenceReleased,
    EvidenceSealed,
    PersonErased,
    ReadingRecorded,
    SealedEvidenceOpened,
    TakedownAsked,
    TakenDown,
)


def _evidence_added(case: Case, event: EvidenceAdded) -> Case:
    shown: Shown = "sealed" if event.sealed else "withheld"
    added = Exhibit(event.evidence_id, event.kind, event.side, event.party_id, shown, event.content)
    return replace(case, file=replace(case.file, exhibits=(*case.file.exhibits, added)))


def _child_heard(case: Case, event: ChildHeard) -> Case:
    added = Exhibit(event.evidence_id, "child_words", "coordinator", None, "sealed", event.content)
    return replace(case, file=replace(case.file, exhibits=(*case.file.exhibits, added)))


def _board_allowed(case: Case, event: BoardAllowed) -> Case:
    return replace(case, file=replace(case.file, on_board=event.allowed))


def _child_let_follow(case: Case, event: ChildLetFollow) -> Case:
    return replace(case, file=replace(case.file, child_follows=event.allowed))


def _takedown_asked(case: Case, event: TakedownAsked) -> Case:
    return replace(case, file=replace(case.file, takedowns=(*case.file.takedowns, event.side)))


def _taken_down(case: Case, event: TakenDown) -> Case:
    left = tuple(side for side in case.file.takedowns if side != event.side)
    return replace(case, file=replace(case.file, takedowns=left))


def _reading_recorded(case: Case, event: ReadingRecorded) -> Case:
    added = Exhibit(event.evidence_id, "reading", event.side, event.party_id, "withheld")
    return replace(case, file=replace(case.file, exhibits=(*case.file.exhibits, added)))


def _evidence_released(case: Case, event: EvidenceReleased) -> Case:
    return _with(case, event.evidence_id, shown="released", masked=event.masked)


def _evidence_sealed(case: Case, event: EvidenceSealed) -> Case:
    return _with(case, event.evidence_id, shown="sealed")


def _sealed_opened(case: Case, event: SealedEvidenceOpened) -> Case:
    exhibit = case.file.exhibit(event.evidence_id)
    opened = {*(exhibit.opened_by if exhibit else ()), event.coordinator_id}
    return _with(case, event.evidence_id, opened_by=tuple(sorted(opened)))


def _evidence_erased(case: Case, event: EvidenceErased) -> Case:
    return _with(case, event.evidence_id, shown="erased", content=None, masked=None)


def _person_erased(case: Case, event: PersonErased) -> Case:
    for evidence_id in event.evidence:
        case = _with(case, evidence_id, shown="erased", content=None, masked=None)
    return case


def _with(case: Case, evidence_id: UUID, **changes: Any) -> Case:
    exhibit = case.file.exhibit(evidence_id)
    return replace(case, file=case.file.with_exhibit(replace(exhibit, **changes))) if exhibit else case


EVOLUTIONS: Evolutions = {
    EvidenceAdded: _evidence_added,
    ReadingRecorded: _reading_recorded,
    ChildHeard: _child_heard,
    ChildLetFollow: _child_let_follow,
    BoardAllowed: _board_allowed,
    TakedownAsked: _takedown_asked,
    TakenDown: _taken_down,
    EvidenceReleased: _evidence_released,
    EvidenceSealed: _evidence_sealed,
    SealedEvidenceOpened: _sealed_opened,
    EvidenceErased: _evidence_erased,
    PersonErased: _person_erased,
}
