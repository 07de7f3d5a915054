"""Evidence as its reader may see it: nothing of what is withheld, not even that there is something."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from services.complaints import answers, showing
from services.complaints import events as e
from services.complaints.commands import StoredObject
from services.complaints.decisions import Standing
from services.complaints.decisions.exhibits import Exhibit
from services.complaints.decisions.state import CaseFile
from services.complaints.storage import Step
from shared.clock import local_day


def evidence(
    steps: Sequence[Step], by: Standing, reader_id: UUID | None, file: CaseFile
) -> list[answers.EvidenceView]:
    """What the reader may know of, in the order it came."""
    brought = (e.EvidenceAdded, e.ChildHeard)
    added = {step.event.evidence_id: step for step in steps if isinstance(step.event, brought)}
    added |= {
        step.event.scan.evidence_id: step
        for step in steps
        if isinstance(step.event, e.SurveyAnswered) and step.event.scan
    }
    released = {step.event.evidence_id: step for step in steps if isinstance(step.event, e.EvidenceReleased)}
    return [
        _view(exhibit, added[exhibit.evidence_id], released.get(exhibit.evidence_id), by, reader_id)
        for exhibit in file.exhibits
        if exhibit.kind != "reading" and showing.sees_exhibit(by, exhibit)
    ]


def _view(
    exhibit: Exhibit, added: Step, released: Step | None, by: Standing, reader_id: UUID | None
) -> answers.EvidenceView:
    """The other side gets the day of its release alone: hour and words of the bringer may betray them."""
    event, own = added.event, showing.is_own_or_staff(by, exhibit.party_id)
    assert isinstance(event, e.EvidenceAdded | e.ChildHeard | e.SurveyAnswered)  # noqa: S101
    said = event if isinstance(event, e.EvidenceAdded) else None
    content = showing.content_for(by, reader_id, exhibit)
    return answers.EvidenceView(
        id=exhibit.evidence_id,
        kind=exhibit.kind,
        added_by=exhibit.side,
        shown=exhibit.shown,
        masked=exhibit.masked is not None,
        carried=own and said is not None and said.carried,
        added_at=added.at if own else None,
        released_on=local_day(released.at) if released else None,
        taken_at=said.taken_at if own and said else None,
        note=said.note if own and said else None,
        sha256=_kept(event).sha256 if own else None,
        media_type=content.media_type if content else None,
        size=content.size if content else None,
        readable=content is not None,
    )


def _kept(event: e.EvidenceAdded | e.ChildHeard | e.SurveyAnswered) -> StoredObject:
    """What was brought by it: its hash outlives the bytes."""
    if isinstance(event, e.SurveyAnswered):
        assert event.scan is not None  # noqa: S101
        return event.scan.content
    return event.content
