"""The work behind a case: its records, and the rungs of governance it stands on (四治融合)."""

from __future__ import annotations

from services.complaints.commands import RecordWork
from services.complaints.decisions.state import (
    Acting,
    AwaitingMarks,
    Case,
    Circumstances,
    Deliberating,
    Filed,
    Supervised,
    Surveyed,
)
from services.complaints.decisions.talking import first_contact
from services.complaints.events import Event, WorkRecorded
from services.complaints.terms import RUNGS, Rung
from shared.errors import Invalid


def record_work(case: Filed, command: RecordWork, at: Circumstances) -> list[Event]:
    """A method is a tag on work done, never a score of who did it (宝兴十法)."""
    if command.said_by and not command.said:
        raise Invalid("/said", "field_missing")
    return [
        WorkRecorded(command.methods, command.rungs, command.note, command.said, command.said_by),
        *first_contact(case, at),
    ]


def rungs_of(case: Case) -> tuple[Rung, ...]:
    """The rungs a case has used: where its path has led it, and what its records add (pledge, thanks, apology)."""
    used = set(case.file.rungs)
    if isinstance(case, Deliberating):
        used.add("self" if case.path == "direct" else "together")
    if case.file.mediation is not None:
        used.add("together")
    if isinstance(case, AwaitingMarks | Acting | Supervised | Surveyed) or case.file.clock("commitments"):
        used.add("law")
    if case.file.clock("referral") is not None:
        used.add("law")
    return tuple(rung for rung in RUNGS if rung in used)
