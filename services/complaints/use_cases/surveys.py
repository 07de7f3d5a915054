"""Answers by personal link."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from services.complaints import storage
from services.complaints.commands import (
    AnswerSurvey,
)
from services.complaints.decisions import Circumstances, Standing
from services.complaints.decisions.state import Surveyed, stage_of
from services.complaints.terms import Role
from services.complaints.use_cases.changing import (
    Begun,
    Done,
    apply,
)
from shared.access.actor import PUBLIC
from shared.errors import NotFound, NotNow
from shared.persistence.database import Connection


async def answer_survey_by_link(
    tx: Connection, survey_id: UUID, now: datetime, *, solved: bool, score: int, comment: str | None
) -> Done:
    """The holder of a personal link answers for the party it was sent to, once."""
    case_id, party_id = await storage.survey_party(tx, survey_id)
    stored = await storage.lock_case(tx, case_id)
    file = stored.case.file
    role: Role | None = "former" if file.former_party(party_id) else file.side_of(party_id)
    if party_id in stored.people.joined:
        role = "joined"
    if role is None:
        raise NotFound
    asked = isinstance(stored.case, Surveyed) and stored.case.open_survey_of(party_id)
    if not asked or asked.survey_id != survey_id:
        raise NotNow(stage_of(stored.case), [])
    at = Circumstances(Standing(role, party_id), now, stored.timetable)
    begun = Begun(stored.aggregate, stored.people, PUBLIC, at)
    return await apply(tx, AnswerSurvey(case_id, solved, score, comment), begun)
