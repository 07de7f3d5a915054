"""The work records of a case."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from pydantic import BaseModel

from services.complaints import events as e
from services.complaints.answers import Choice
from services.complaints.decisions import Case
from services.complaints.decisions.working import rungs_of
from services.complaints.sentences import word
from services.complaints.storage import Step
from services.complaints.terms import Role, Side
from shared.texts import Language


class WorkView(BaseModel):
    """What somebody on the committee's side did, and by which methods."""

    id: UUID
    at: datetime
    actor_role: Role
    methods: list[Choice]
    rungs: list[Choice]
    note: str
    said: str | None
    said_by: Side | None


class WorkPage(BaseModel):
    """The records in order, and the rungs the case stands on, from its path and its records."""

    items: list[WorkView]
    rungs: list[Choice]


def work(case: Case, steps: Sequence[Step], language: Language) -> WorkPage:
    """The records of a case in order."""
    return WorkPage(
        items=[
            WorkView(
                id=step.event_id,
                at=step.at,
                actor_role=step.actor_role,
                methods=_choices(step.event.methods, language),
                rungs=_choices(step.event.rungs, language),
                note=step.event.note,
                said=step.event.said,
                said_by=step.event.said_by,
            )
            for step in steps
            if isinstance(step.event, e.WorkRecorded)
        ],
        rungs=_choices(rungs_of(case), language),
    )


def _choices(codes: Sequence[str], language: Language) -> list[Choice]:
    return [Choice(code=code, label=word(code, language)) for code in codes]
