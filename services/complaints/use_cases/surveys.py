"""Answers by personal link, and on a slip of those who complain together."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from services.complaints import storage
from services.complaints.commands import (
    AnswerSurvey,
    EnterSurvey,
)
from services.complaints.decisions import Circumstances, Standing
from services.complaints.decisions.state import Case, Joined, Surveyed, stage_of
from services.complaints.terms import Role
from services.complaints.use_cases.changing import (
    Begun,
    Done,
    apply,
    begin,
)
from shared.access.actor import PUBLIC, SYSTEM, Actor
from shared.errors import Invalid, NotFound, NotNow
from shared.persistence.database import Connection


async def answer_survey_by_link(
    tx: Connection,
    survey_id: UUID,
    now: datetime,
    *,
    solved: bool,
    score: int,
    comment: str | None,
    share_comment: bool,
) -> Done:
    """The holder of a personal link answers for the party it was sent to, once."""
    case_id, party_id = await storage.survey_party(tx, survey_id)
    stored = await storage.lock_case(tx, case_id, by=SYSTEM)
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
    return await apply(tx, AnswerSurvey(case_id, solved, score, comment, share_comment), begun)


async def enter_survey(
    tx: Connection, command: EnterSurvey, own_reference: str | None, actor: Actor, now: datetime
) -> Done:
    """A slip; of those who complain together, the number under which somebody filed says whose it is.

    Raises Invalid, for a number that is not handled with this case as for one that nobody has.
    """
    begun = await begin(tx, command, actor, now)
    if own_reference is None or command.side == "respondent":
        return await apply(tx, command, begun)
    writer = await _filed_under(tx, own_reference, begun)
    return await apply(tx, replace(command, party_id=writer), begun)


async def _filed_under(tx: Connection, reference: str, begun: Begun) -> UUID:
    """As which party of this case whoever filed under that number is asked."""
    found = await storage.cases_named(tx, [reference], begun.before.alliance_id)
    own = await storage.read_case(tx, found[reference], by=SYSTEM) if found else None
    if own is None or not _is_part_of(own.case, begun.before.id):
        raise Invalid("/own_reference", "unknown_reference")
    filed = [one for one in own.case.file.complainants if own.case.file.added_party(one) is None]
    parties = [one for member in own.people.behind(filed) for one in begun.people.parties_of(member)]
    if not parties:
        raise Invalid("/own_reference", "unknown_reference")
    return parties[0]


def _is_part_of(own: Case, lead_case_id: UUID) -> bool:
    return own.file.case_id == lead_case_id or (isinstance(own, Joined) and own.lead_case_id == lead_case_id)
