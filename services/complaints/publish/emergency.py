"""危急: who is called, and that it is over."""

from __future__ import annotations

from services.complaints import events as e
from services.complaints.publish.telling import Telling, Translations
from shared.contracts import complaints as contracts
from shared.contracts.envelope import Contract


def _emergency_confirmed(telling: Telling, _: e.EmergencyConfirmed) -> list[Contract]:
    return [contracts.EmergencyConfirmed(**telling.common)]


def _emergency_unanswered(telling: Telling, event: e.EmergencyUnanswered) -> list[Contract]:
    place = telling.case.file.place
    return [
        contracts.EmergencyUnanswered(
            **telling.common, step=event.step, building_id=place.building_id if place else None
        )
    ]


def _emergency_lifted(telling: Telling, _: e.EmergencyLifted) -> list[Contract]:
    return [contracts.EmergencyLifted(**telling.common)]


TRANSLATIONS: Translations = {
    e.EmergencyConfirmed: _emergency_confirmed,
    e.EmergencyUnanswered: _emergency_unanswered,
    e.EmergencyLifted: _emergency_lifted,
}
