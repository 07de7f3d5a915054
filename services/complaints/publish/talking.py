"""Words between the sides, and what they bring."""

from __future__ import annotations

from services.complaints import events as e
from services.complaints.publish.telling import Telling, Translations
from shared.contracts import complaints as contracts
from shared.contracts.envelope import Contract


def _message_sent(telling: Telling, event: e.MessageSent) -> list[Contract]:
    """A held message waits for the coordinators; its reader hears of it when it is released."""
    readers = telling.readers("coordinator" if event.held else event.to)
    return [contracts.MessageSent(**telling.common, sender_role=event.sender, to=readers)]


def _message_released(telling: Telling, event: e.MessageReleased) -> list[Contract]:
    readers = telling.readers(event.to)
    return [contracts.MessageSent(**telling.common, sender_role=event.sender, to=readers)]


def _occurrence(telling: Telling, _: e.OccurrenceLogged) -> list[Contract]:
    return [contracts.OccurrenceLogged(**telling.common)]


def _takedown_asked(telling: Telling, event: e.TakedownAsked) -> list[Contract]:
    return [contracts.TakedownAsked(**telling.common, to=telling.readers(event.side))]


def _taken_down(telling: Telling, _: e.TakenDown) -> list[Contract]:
    return [contracts.TakenDown(**telling.common)]


def _evidence_added(telling: Telling, event: e.EvidenceAdded | e.ReadingRecorded) -> list[Contract]:
    """The coordinators are to look at it; what they add themselves, or what came with a filing, needs no word."""
    if event.side == "coordinator" or event.carried:
        return []
    kind = event.kind if isinstance(event, e.EvidenceAdded) else "reading"
    return [
        contracts.EvidenceAdded(
            **telling.common, evidence_id=event.evidence_id, kind=kind, to=telling.people.coordinators
        )
    ]


def _evidence_released(telling: Telling, event: e.EvidenceReleased) -> list[Contract]:
    """Who had not seen it is told: the other side, or both where the alliance brought it.

    Of what proves a commitment they are told as they are asked to confirm it.
    """
    if event.as_proof:
        return []
    sides = [side for side in ("complainant", "respondent") if side != event.side]
    readers = tuple(member for side in sides for member in telling.readers(side))
    return [
        contracts.EvidenceReleased(
            **telling.common, evidence_id=event.evidence_id, kind=event.kind, to=readers
        )
    ]


TRANSLATIONS: Translations = {
    e.MessageSent: _message_sent,
    e.MessageReleased: _message_released,
    e.OccurrenceLogged: _occurrence,
    e.EvidenceAdded: _evidence_added,
    e.TakedownAsked: _takedown_asked,
    e.TakenDown: _taken_down,
    e.ReadingRecorded: _evidence_added,
    e.EvidenceReleased: _evidence_released,
}
