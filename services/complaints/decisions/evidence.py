"""Evidence: laid before the case at once, shown to the other side when the coordinator has looked at it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from uuid import UUID

from services.complaints.commands.evidence import (
    AddEvidence,
    EraseSealed,
    OpenSealed,
    RecordReading,
    ReleaseEvidence,
    SealEvidence,
)
from services.complaints.decisions.exhibits import Exhibit
from services.complaints.decisions.state import CaseFile, Circumstances, Closed, Filed
from services.complaints.events import (
    Event,
    EvidenceAdded,
    EvidenceErased,
    EvidenceReleased,
    EvidenceSealed,
    ReadingRecorded,
    SealedEvidenceOpened,
)
from services.complaints.noise import judge
from services.complaints.terms import Role
from shared.errors import Invalid, NotFound, Refused

_CLOCK_SKEW = timedelta(minutes=10)


def add(case: Filed, command: AddEvidence, at: Circumstances) -> list[Event]:
    """Whoever is concerned may show what they have; nobody else sees it yet."""
    _require_room(case, at)
    if command.taken_at is not None and command.taken_at > at.now + _CLOCK_SKEW:
        raise Invalid("/taken_at", "in_the_future")
    return [
        EvidenceAdded(
            command.evidence_id,
            command.kind,
            at.by.role,
            at.by.party_id,
            command.content,
            command.taken_at,
            command.note,
            command.shows_minor,
        )
    ]


def carried_over(command: AddEvidence | RecordReading, party_id: UUID) -> EvidenceAdded | ReadingRecorded:
    """It is withheld again until the coordinator releases it: the other side may be somebody else this time."""
    match command:
        case AddEvidence():
            return EvidenceAdded(
                command.evidence_id,
                command.kind,
                "complainant",
                party_id,
                command.content,
                command.taken_at,
                command.note,
                sealed=False,
                carried=True,
            )
        case RecordReading():
            return ReadingRecorded(
                command.reading_id,
                "complainant",
                party_id,
                command.reading,
                command.zone_registered,
                judge(command.reading),
                command.note,
                carried=True,
            )


def record_reading(case: Filed, command: RecordReading, at: Circumstances) -> list[Event]:
    """A party brings clues; what a laboratory or an agency measured, staff enter from its report."""
    _require_room(case, at)
    reading = command.reading
    if reading.measured_at > at.now + _CLOCK_SKEW:
        raise Invalid("/measured_at", "in_the_future")
    if at.by.role == "complainant" and reading.measured_by != "party":
        raise Invalid("/measured_by", "entered_by_staff")
    return [
        ReadingRecorded(
            command.reading_id,
            at.by.role,
            at.by.party_id,
            reading,
            command.zone_registered,
            judge(reading),
            command.note,
        )
    ]


def _require_room(case: Filed, at: Circumstances) -> None:
    most = at.timetable.rules.in_force("evidence_per_case", at.today).value
    if len(case.file.exhibits) >= most:
        raise Refused("too_much_evidence", most=most)


def release(case: Filed, command: ReleaseEvidence, _: Circumstances) -> list[Event]:
    """The other side sees it from here, or the masked copy in its place.

    A document's own metadata cannot be trusted to be clean: it is shown as a masked picture or not at all.
    """
    exhibit = _exhibit(case, command)
    if exhibit.kind == "survey_slip":
        raise Refused("slip_is_confidential")
    match exhibit.shown:
        case "sealed" | "erased":
            raise Refused("evidence_sealed")
        case "released" if command.masked is None:
            raise Refused("evidence_released_already")
    if exhibit.kind == "document" and command.masked is None:
        raise Refused("document_needs_a_masked_copy")
    if exhibit.kind == "reading" and command.masked is not None:
        raise Refused("reading_has_no_file")
    return [
        EvidenceReleased(exhibit.evidence_id, exhibit.kind, exhibit.side, exhibit.party_id, command.masked)
    ]


def as_proof(
    file: CaseFile, evidence_ids: Sequence[UUID], shown_by: tuple[UUID, ...] | None, staff: Role = "mediator"
) -> list[EvidenceReleased]:
    """What shows that a promise is kept is for the other side to look at, at once, where nothing speaks against it.

    Whoever shows it names what they brought themselves, and nobody else's: as these parties, or as `staff`. The
    coordinator looks first at a document, at what a concealed side brought, and wherever a child is concerned.
    """
    if file.concerns_child:
        return []
    return [
        EvidenceReleased(one.evidence_id, one.kind, one.side, one.party_id, masked=None, as_proof=True)
        for one in file.exhibits
        if one.evidence_id in evidence_ids
        and is_theirs(one, shown_by, staff)
        and _speaks(one)
        and not (one.side == "complainant" and file.is_concealed)
    ]


def require_theirs(file: CaseFile, evidence_ids: Sequence[UUID], theirs: Callable[[Exhibit], bool]) -> None:
    """What is not theirs to name is as if it were not there. Raises Invalid."""
    for evidence_id in evidence_ids:
        exhibit = file.exhibit(evidence_id)
        if exhibit is None or not theirs(exhibit):
            raise Invalid("/evidence_ids", "unknown_evidence")


def is_theirs(exhibit: Exhibit, shown_by: tuple[UUID, ...] | None, staff: Role) -> bool:
    """Whether one of these parties brought it; where no party shows it, whether that one of the staff did."""
    return exhibit.side == staff if shown_by is None else exhibit.party_id in shown_by


def _speaks(exhibit: Exhibit) -> bool:
    return exhibit.shown == "withheld" and exhibit.kind in ("photo", "audio", "video")


def has_exhibits(case: Filed, _: Circumstances) -> bool:
    """Whether there is anything to show or to seal."""
    return any(one.shown in ("withheld", "released") for one in case.file.exhibits)


def seal(case: Filed, command: SealEvidence, _: Circumstances) -> list[Event]:
    """Who uploaded it may not have seen that a child is on it."""
    exhibit = _exhibit(case, command)
    if exhibit.shown in ("sealed", "erased"):
        raise Refused("evidence_sealed")
    if exhibit.kind == "reading":
        raise Refused("reading_has_no_file")
    return [EvidenceSealed(exhibit.evidence_id, exhibit.party_id)]


def open_sealed(case: Filed, command: OpenSealed, _: Circumstances) -> list[Event]:
    """Every look is written down with its reason."""
    exhibit = _exhibit(case, command)
    if exhibit.shown != "sealed":
        raise Refused("evidence_not_sealed")
    return [SealedEvidenceOpened(exhibit.evidence_id, command.coordinator_id, command.reason)]


def has_sealed(case: Filed, _: Circumstances) -> bool:
    """Whether anything is sealed."""
    return any(one.shown == "sealed" for one in case.file.exhibits)


def erase(case: Closed, _: EraseSealed, at: Circumstances) -> list[Event]:
    """What shows a child is kept no longer than the case can be taken up (PIPL art. 28, 31, 47)."""
    if case.erase_on is None or at.today < case.erase_on:
        return []
    return [
        EvidenceErased(one.evidence_id, one.party_id, one.content.sha256)
        for one in case.file.exhibits
        if one.shown == "sealed" and one.content is not None
    ]


def _exhibit(case: Filed, command: ReleaseEvidence | SealEvidence | OpenSealed) -> Exhibit:
    found = case.file.exhibit(command.evidence_id)
    if found is None:
        raise NotFound
    return found
