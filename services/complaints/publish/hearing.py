"""听: filed, taken on, served, answered."""

from __future__ import annotations

from services.complaints import events as e
from services.complaints.decisions.state import (
    Closed,
)
from services.complaints.publish.telling import Telling, Translations
from shared.contracts import complaints as contracts
from shared.contracts.envelope import Contract


def _filed(telling: Telling, event: e.CaseFiled) -> list[Contract]:
    place = event.place
    return [
        contracts.CaseFiled(
            **telling.common,
            identity=event.identity,
            place_id=place.place_id if place else None,
            block_id=place.block_id if place else None,
            building_id=place.building_id if place else None,
            emergency=event.alarm is not None,
            happening_now=event.happening_now,
            channel=event.channel,
            conflict_id=event.conflict_id,
            spoken=telling.was_over_before,
        )
    ]


def _category_corrected(telling: Telling, event: e.CategoryCorrected) -> list[Contract]:
    emergency = event.alarm is not None
    return [contracts.CategoryCorrected(**telling.common, before=event.before, emergency=emergency)]


def _accepted(telling: Telling, event: e.CaseAccepted) -> list[Contract]:
    if telling.was_over_before:
        return []
    return [contracts.CaseAccepted(**telling.common, mediation_until=event.mediation.until)]


def _declined(telling: Telling, event: e.CaseDeclined) -> list[Contract]:
    return [contracts.CaseDeclined(**telling.common, reason=event.reason, next_address=event.next_address)]


def _served(telling: Telling, event: e.NoticeServed) -> list[Contract]:
    return [contracts.NoticeServed(**telling.common, answer_until=event.answer.until)]


def _answered(telling: Telling, event: e.CaseAnswered) -> list[Contract]:
    if telling.was_over_before:
        return []
    settled = telling.settled("answer", telling.readers("respondent"))
    return [contracts.CaseAnswered(**telling.common, kind=event.kind), *settled]


def _mediation_declined(telling: Telling, _: e.MediationDeclined) -> list[Contract]:
    """Where the case ends by it, its end is told."""
    return [] if isinstance(telling.case, Closed) else [contracts.MediationDeclined(**telling.common)]


TRANSLATIONS: Translations = {
    e.CaseFiled: _filed,
    e.CategoryCorrected: _category_corrected,
    e.CaseAccepted: _accepted,
    e.CaseDeclined: _declined,
    e.MediationDeclined: _mediation_declined,
    e.NoticeServed: _served,
    e.CaseAnswered: _answered,
}
